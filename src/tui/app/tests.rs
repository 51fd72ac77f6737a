use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;

fn app() -> App {
    App::new(Known::default(), Theme::plain())
}

fn press(app: &mut App, code: KeyCode) -> Vec<Effect> {
    app.update(Message::Key(KeyEvent::new(code, KeyModifiers::NONE)))
}

#[test]
fn the_help_opens_with_its_key_and_closes_with_any() {
    let mut app = app();
    press(&mut app, KeyCode::Char('?'));
    assert_eq!(app.overlay, Some(Overlay::Help));
    assert!(press(&mut app, KeyCode::Char('q')).is_empty(), "the key closes the help and does nothing else");
    assert_eq!(app.overlay, None);
}

#[test]
fn q_and_ctrl_c_leave_where_nothing_moves() {
    assert!(matches!(press(&mut app(), KeyCode::Char('q'))[..], [Effect::Quit]));
    let ctrl_c = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
    assert!(matches!(app().update(Message::Key(ctrl_c))[..], [Effect::Quit]));
}

#[test]
fn the_language_key_asks_for_the_other_language() {
    assert!(matches!(press(&mut app(), KeyCode::F(2))[..], [Effect::Speak(_)]));
}
