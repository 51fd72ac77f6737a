use crossterm::event::{KeyCode, KeyModifiers};
use proptest::prelude::*;

use super::*;

const CTRL: KeyModifiers = KeyModifiers::CONTROL;
const ALT: KeyModifiers = KeyModifiers::ALT;

fn drawn(field: &Field, look: Look) -> String {
    let area = Rect::new(0, 0, 8, 1);
    let mut buffer = Buffer::empty(area);
    field.render(area, &mut buffer, look, &Theme::plain());
    buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect()
}

fn press(field: &mut Field, code: KeyCode, modifiers: KeyModifiers) -> bool {
    field.key(KeyEvent::new(code, modifiers))
}

fn type_in(field: &mut Field, text: &str) {
    for letter in text.chars() {
        press(field, KeyCode::Char(letter), KeyModifiers::NONE);
    }
}

fn ctrl(field: &mut Field, letter: char) -> bool {
    press(field, KeyCode::Char(letter), CTRL)
}

#[test]
fn a_secret_is_dots_until_it_is_peeked_at() {
    let mut field = Field::masked();
    field.paste("s3cret\n");
    assert_eq!(field.value(), "s3cret");
    assert_eq!(drawn(&field, Look::default()).trim(), "••••••");
    assert_eq!(drawn(&field, Look { peek: true, ..Look::default() }).trim(), "s3cret");
    assert!(!format!("{field:?}").contains("s3cret"));
}

#[test]
fn a_long_text_scrolls_so_that_its_end_is_seen_while_typing() {
    let mut field = Field::new("abcdefghijk");
    type_in(&mut field, "l");
    assert_eq!(drawn(&field, Look { focused: true, ..Look::default() }), "fghijkl ");
}

#[test]
fn an_empty_field_says_what_it_is_for() {
    let look = Look { placeholder: "name", ..Look::default() };
    assert_eq!(drawn(&Field::default(), look), "name    ");
}

#[test]
fn the_keys_of_a_shell_move_and_delete() {
    let mut field = Field::new("raw/musicbrainz-json dump");
    press(&mut field, KeyCode::Left, CTRL);
    press(&mut field, KeyCode::Char('b'), ALT);
    assert!(ctrl(&mut field, 'w'));
    assert_eq!(field.value(), "raw/json dump");
    assert!(press(&mut field, KeyCode::Char('d'), ALT));
    assert_eq!(field.value(), "raw/ dump");
    assert!(ctrl(&mut field, 'k'));
    assert_eq!(field.value(), "raw/");
    ctrl(&mut field, 'a');
    press(&mut field, KeyCode::Right, ALT);
    assert!(ctrl(&mut field, 'u'));
    assert_eq!(field.value(), "/");
    ctrl(&mut field, 'e');
    assert!(ctrl(&mut field, 'h'));
    assert!(!ctrl(&mut field, 'h'), "nothing is left");
}

#[test]
fn undo_takes_back_what_was_typed_in_one_go_and_redo_brings_it_again() {
    let mut field = Field::new("one");
    type_in(&mut field, " two");
    field.paste("-three");
    assert!(ctrl(&mut field, '_'));
    assert_eq!(field.value(), "one two");
    assert!(press(&mut field, KeyCode::Char('z'), ALT));
    assert_eq!(field.value(), "one");
    assert!(!ctrl(&mut field, '_'));
    assert!(ctrl(&mut field, 'y'));
    assert!(ctrl(&mut field, 'y'));
    assert_eq!(field.value(), "one two-three");
    ctrl(&mut field, '_');
    type_in(&mut field, "!");
    assert!(!ctrl(&mut field, 'y'), "what was typed since has no other future");
}

#[test]
fn a_letter_with_its_accents_is_one_letter() {
    let mut field = Field::new("cafe\u{301}👩\u{200d}🎤");
    press(&mut field, KeyCode::Backspace, KeyModifiers::NONE);
    assert_eq!(field.value(), "cafe\u{301}");
    press(&mut field, KeyCode::Left, KeyModifiers::NONE);
    type_in(&mut field, "x");
    assert_eq!(field.value(), "cafxe\u{301}");
    press(&mut field, KeyCode::Delete, KeyModifiers::NONE);
    assert_eq!(field.value(), "cafx");
}

#[test]
fn wide_letters_take_two_cells_and_a_click_finds_them() {
    let field = Field::new("椎名a");
    let area = Rect::new(10, 2, 8, 1);
    let look = Look { focused: true, ..Look::default() };
    assert_eq!(drawn(&field, look), "椎 名 a   ");
    let hit = |x| field.hit(area, Position::new(x, 2), look);
    assert_eq!(
        [hit(10), hit(11), hit(12), hit(14), hit(15), hit(17)],
        [Some(0), Some(0), Some(3), Some(6), Some(7), Some(7)]
    );
    assert_eq!([hit(9), hit(18), field.hit(area, Position::new(10, 3), look)], [None; 3]);
}

#[test]
fn a_click_puts_the_cursor_where_the_scrolled_text_shows_the_letter() {
    let mut field = Field::new("abcdefghijk");
    let look = Look { focused: true, ..Look::default() };
    let Some(at) = field.hit(Rect::new(0, 0, 8, 1), Position::new(1, 0), look) else { panic!("no hit") };
    field.put(at);
    type_in(&mut field, "-");
    assert_eq!(field.value(), "abcde-fghijk");
}

#[test]
fn five_megabytes_are_cut_at_a_letter_and_said() {
    let mut field = Field::default();
    field.paste(&"é".repeat(2_500_000));
    assert_eq!(field.value().len(), LIMIT);
    assert!(field.is_cut());
    assert!(!press(&mut field, KeyCode::Char('x'), KeyModifiers::NONE));
    ctrl(&mut field, 'u');
    assert!(!field.is_cut());
    let mut short = Field::default().at_most(4);
    short.paste("e\u{301}e\u{301}");
    assert_eq!(short.value(), "e\u{301}");
}

#[test]
fn what_cannot_be_seen_is_not_pasted() {
    let mut field = Field::default();
    field.paste("\u{feff} AK\u{202e}IA\r\nX\u{1b}\t");
    assert_eq!(field.value(), "AKIAX");
}

proptest! {
    #[test]
    fn no_keys_break_it_and_the_cursor_stands_between_letters(
        text in "[a-z é椎\u{301}👩\u{200d}🎤/-]{0,12}",
        keys in prop::collection::vec((0_usize..14, 0_u8..3), 0..40),
    ) {
        let mut field = Field::new(text).at_most(40);
        let codes = [
            KeyCode::Left, KeyCode::Right, KeyCode::Home, KeyCode::End, KeyCode::Backspace, KeyCode::Delete, KeyCode::Char('w'),
            KeyCode::Char('u'), KeyCode::Char('k'), KeyCode::Char('y'), KeyCode::Char('_'), KeyCode::Char('\u{301}'),
            KeyCode::Char('椎'), KeyCode::Char('d'),
        ];
        for (key, held) in keys {
            press(&mut field, codes[key], [KeyModifiers::NONE, CTRL, ALT][usize::from(held)]);
            let mut boundaries = field.value().grapheme_indices(true).map(|(index, _)| index);
            prop_assert!(field.at == field.value().len() || boundaries.any(|index| index == field.at));
            prop_assert!(field.value().len() <= 40);
            drawn(&field, Look { focused: true, ..Look::default() });
        }
    }
}
