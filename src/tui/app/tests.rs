use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;
use crate::transfer::{Choice, Contents, Fact, Locals, What, plan};
use crate::tui::screens::sample;

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

/// One archive moves.
fn transferring() -> App {
    let archives = sample::four();
    let plan = plan(&archives, &Locals::default(), Some(&Contents::default()), Choice::default());
    let mut app = App::new(Known { plan: Some(plan), ..sample::known() }, Theme::plain());
    app.step = Step::Transfer;
    app.start();
    app.update(fact(0, What::Started { down_from: 0, up_from: 0 }));
    app
}

fn fact(line: usize, what: What) -> Message {
    Message::Transfer(transfer::Message::Fact(Fact { line, what }))
}

fn ctrl_c() -> Message {
    Message::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL))
}

#[test]
fn q_asks_while_archives_move_and_esc_goes_on() {
    let mut app = transferring();
    assert!(press(&mut app, KeyCode::Char('q')).is_empty());
    assert_eq!(app.overlay, Some(Overlay::AskQuit));
    assert!(press(&mut app, KeyCode::Char('p')).is_empty(), "the question takes the keys");
    assert!(press(&mut app, KeyCode::Esc).is_empty());
    assert_eq!(app.overlay, None);
}

#[test]
fn enter_stops_the_transfer_and_leaves_when_the_engine_has_wound_down() {
    let mut app = transferring();
    press(&mut app, KeyCode::Char('q'));
    let effects = press(&mut app, KeyCode::Enter);
    assert!(matches!(effects[..], [Effect::Control(Command::Stop)]), "{effects:?}");
    assert_eq!(app.overlay, Some(Overlay::Stopping));
    assert!((0..4).all(|line| app.update(fact(line, What::Interrupted)).is_empty()));
    let finished = transfer::Message::Finished(crate::transfer::Summary::default());
    assert!(matches!(app.update(Message::Transfer(finished))[..], [Effect::Quit]));
}

#[test]
fn a_second_ctrl_c_leaves_at_once_from_the_question_and_from_stopping() {
    let mut app = transferring();
    assert!(app.update(ctrl_c()).is_empty());
    assert!(matches!(app.update(ctrl_c())[..], [Effect::Leave]));
    press(&mut app, KeyCode::Enter);
    assert_eq!(app.overlay, Some(Overlay::Stopping));
    assert!(matches!(app.update(ctrl_c())[..], [Effect::Leave]));
}

#[test]
fn a_signal_stops_a_transfer_without_asking() {
    let mut app = transferring();
    assert!(matches!(app.update(Message::Terminate)[..], [Effect::Control(Command::Stop)]));
    assert_eq!(app.overlay, Some(Overlay::Stopping));
}
