use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use proptest::prelude::*;

use super::*;

/// Everything that `bytes` are, once nothing more comes.
fn decoded(bytes: &[u8]) -> Vec<Event> {
    let mut decoder = Decoder::default();
    let mut events = decoder.feed(bytes);
    events.extend(decoder.flush());
    events
}

fn keys(bytes: &[u8]) -> Vec<(KeyCode, KeyModifiers)> {
    let key = |event| match event {
        Event::Key(key) => (key.code, key.modifiers),
        other => panic!("no key: {other:?}"),
    };
    decoded(bytes).into_iter().map(key).collect()
}

#[test]
fn letters_and_control_bytes_are_keys() {
    let none = KeyModifiers::NONE;
    assert_eq!(
        keys("aé椎G\r\t\x7f \x03\x1f".as_bytes()),
        [
            (KeyCode::Char('a'), none),
            (KeyCode::Char('é'), none),
            (KeyCode::Char('椎'), none),
            (KeyCode::Char('G'), KeyModifiers::SHIFT),
            (KeyCode::Enter, none),
            (KeyCode::Tab, none),
            (KeyCode::Backspace, none),
            (KeyCode::Char(' '), none),
            (KeyCode::Char('c'), KeyModifiers::CONTROL),
            (KeyCode::Char('_'), KeyModifiers::CONTROL),
        ]
    );
}

#[test]
fn the_sequences_of_all_common_terminals_are_keys() {
    for (bytes, code) in [
        ("\x1b[A", KeyCode::Up),
        ("\x1bOB", KeyCode::Down),
        ("\x1b[H", KeyCode::Home),
        ("\x1b[1~", KeyCode::Home),
        ("\x1b[8~", KeyCode::End),
        ("\x1b[3~", KeyCode::Delete),
        ("\x1b[5~", KeyCode::PageUp),
        ("\x1bOP", KeyCode::F(1)),
        ("\x1b[[A", KeyCode::F(1)),
        ("\x1b[11~", KeyCode::F(1)),
        ("\x1b[15~", KeyCode::F(5)),
        ("\x1b[17~", KeyCode::F(6)),
        ("\x1b[24~", KeyCode::F(12)),
        ("\x1b[13u", KeyCode::Enter),
    ] {
        assert_eq!(keys(bytes.as_bytes()), [(code, KeyModifiers::NONE)], "{bytes:?}");
    }
}

#[test]
fn what_is_held_down_beside_a_key_is_told() {
    let (ctrl, alt) = (KeyModifiers::CONTROL, KeyModifiers::ALT);
    assert_eq!(keys(b"\x1b[1;5D"), [(KeyCode::Left, ctrl)]);
    assert_eq!(keys(b"\x1b[1;3C"), [(KeyCode::Right, alt)]);
    assert_eq!(keys(b"\x1bb"), [(KeyCode::Char('b'), alt)]);
    assert_eq!(keys(b"\x1b\x7f"), [(KeyCode::Backspace, alt)]);
    assert_eq!(keys(b"\x1b[Z"), [(KeyCode::BackTab, KeyModifiers::SHIFT)]);
    assert_eq!(keys(b"\x1b[122;5u"), [(KeyCode::Char('z'), ctrl)]);
    assert_eq!(keys(b"\x1b[27;5;122~"), [(KeyCode::Char('z'), ctrl)]);
}

#[test]
fn an_esc_is_the_key_once_nothing_follows_it() {
    let mut decoder = Decoder::default();
    assert!(decoder.feed(b"\x1b").is_empty());
    assert_eq!(decoder.patience(), Some(SEQUENCE));
    assert_eq!(decoder.flush(), decoded(b"\x1b"));
    assert_eq!(decoder.patience(), None);
    assert_eq!(keys(b"\x1b\x1b"), [(KeyCode::Esc, KeyModifiers::NONE); 2]);
    assert_eq!(keys(b"\x1b["), [(KeyCode::Char('['), KeyModifiers::ALT)]);
}

#[test]
fn the_mouse_is_told_in_both_dialects() {
    let at =
        |kind, column, row| Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
    let down = MouseEventKind::Down(MouseButton::Left);
    assert_eq!(decoded(b"\x1b[<0;11;21M"), [at(down, 10, 20)]);
    assert_eq!(decoded(b"\x1b[M +5"), [at(down, 10, 20)]);
    assert_eq!(decoded(b"\x1b[<0;300;1m"), [at(MouseEventKind::Up(MouseButton::Left), 299, 0)]);
    assert_eq!(decoded(b"\x1b[<32;1;2M"), [at(MouseEventKind::Drag(MouseButton::Left), 0, 1)]);
    assert_eq!(decoded(b"\x1b[<65;1;2M"), [at(MouseEventKind::ScrollDown, 0, 1)]);
}

#[test]
fn what_nobody_knows_is_dropped_whole() {
    for bytes in [
        "\x1b[?62;c",
        "\x1b]11;rgb:1e1e/1e1e/2e2e\x07",
        "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
        "\x1bP1$r0m\x1b\\",
        "\x1b[I",
        "\x1b[201~",
        "\x1b[<0;1M",
        "\x1b[<0;999999999;1M",
        "\x1b[12",
    ] {
        assert_eq!(decoded(bytes.as_bytes()), [], "{bytes:?}");
    }
    assert_eq!(decoded(b"\xff\xc3(\xe2\x82q").len(), 2, "only ( and q are letters");
}

#[test]
fn a_paste_is_one_event_with_its_escapes_in_it() {
    let pasted = decoded(b"\x1b[200~two\nlines \x1b[20 \xc3\xa9\x1b[201~q");
    assert_eq!(pasted[0], Event::Paste("two\nlines \u{1b}[20 é".to_owned()));
    assert_eq!(pasted.len(), 2);
}

#[test]
fn five_megabytes_are_cut_short_and_the_next_key_is_heard() {
    let mut decoder = Decoder::default();
    let mut events = decoder.feed(b"\x1b[200~");
    for _ in 0..80 {
        events.extend(decoder.feed("é".repeat(32 * 1024).as_bytes()));
        assert!(decoder.pending.len() < 16, "nothing piles up");
    }
    events.extend(decoder.feed(b"\x1b[201~q"));
    let [Event::Paste(text), Event::Key(_)] = &events[..] else { panic!("{} events", events.len()) };
    assert!(text.len() <= PASTE_LIMIT && text.chars().all(|letter| letter == 'é'));
}

#[test]
fn a_paste_that_never_ends_gives_the_keys_back() {
    let mut decoder = Decoder::default();
    assert!(decoder.feed(b"\x1b[200~half").is_empty());
    assert_eq!(decoder.patience(), Some(PASTE));
    assert_eq!(decoder.flush(), [Event::Paste("half".to_owned())]);
    assert_eq!(decoder.feed(b"q").len(), 1);
}

proptest! {
    #[test]
    fn it_does_not_matter_where_a_read_cuts(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "a", "é", "椎", "\x1b[A", "\x1bOP", "\x1b[<0;11;21M", "\x1b[<0;11;21m", "\x1b[1;5D", "\x1b[24~", "\r", "\x1bb",
                "\x1b]11;rgb:1/2/3\x07", "\x1b[200~pasted \x1b[x\x1b[201~",
            ]),
            0..12,
        ),
        cuts in prop::collection::vec(0_usize..200, 0..6),
    ) {
        let bytes = parts.concat().into_bytes();
        let mut decoder = Decoder::default();
        let (mut events, mut from) = (Vec::new(), 0);
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
        cuts.sort_unstable();
        for cut in cuts {
            events.extend(decoder.feed(&bytes[from..cut]));
            from = cut;
        }
        events.extend(decoder.feed(&bytes[from..]));
        events.extend(decoder.flush());
        prop_assert_eq!(events, decoded(&bytes));
    }

    #[test]
    fn no_bytes_make_it_stop_or_pile_up(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut decoder = Decoder::default();
        decoder.feed(&bytes);
        decoder.flush();
        decoder.feed(b"\x1b\\\x07\x1b[201~");
        decoder.flush();
        prop_assert_eq!(decoder.feed(b"q").len(), 1);
    }
}
