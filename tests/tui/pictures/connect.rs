use brainzlift::Kind;
use brainzlift::bucket::credentials::{LookedAt, Profile, ProfileKind};
use brainzlift::tui::screens::connect::Message;
use brainzlift::tui::{self, App};
use crossterm::event::KeyCode::{Char, Enter, Tab};

use crate::stage::{connected, pictures, press, started, trouble, type_in};

fn tell(app: &mut App, message: Message) {
    app.update(tui::Message::Connect(message));
}

/// Without credentials; the places come from a machine that has none.
fn without_credentials() -> App {
    let mut app = started(false);
    let place = |place: &str, found, note: &str| LookedAt { place: place.into(), found, note: note.into() };
    tell(
        &mut app,
        Message::LookedAt(vec![
            place("profile default", false, "not in the files"),
            place("AWS_ACCESS_KEY_ID", false, "not set"),
            place("AWS_SECRET_ACCESS_KEY", false, "not set"),
            place("/home/alice/.aws/credentials", false, "no such file"),
            place("/home/alice/.aws/config", true, "there"),
            place("instance metadata 169.254.169.254", false, "no role there"),
        ]),
    );
    tell(&mut app, Message::Mirror(Ok(())));
    tell(&mut app, Message::Connected(Err(trouble(Kind::Credentials))));
    app
}

#[test]
fn waiting() {
    pictures("connect-waiting", || started(false));
}

#[test]
fn is_connected() {
    pictures("connect-connected", || connected(false));
}

#[test]
fn in_the_sandbox() {
    pictures("connect-sandbox", || connected(true));
}

#[test]
fn nothing_found() {
    pictures("connect-no-credentials", without_credentials);
}

#[test]
fn form() {
    pictures("connect-form", || {
        let mut app = without_credentials();
        press(&mut app, &[Enter]);
        type_in(&mut app, "AKIAIOSFODNN7EXAMPLE");
        press(&mut app, &[Tab]);
        type_in(&mut app, "a-secret");
        app
    });
}

#[test]
fn form_refused() {
    pictures("connect-form-refused", || {
        let mut app = without_credentials();
        press(&mut app, &[Enter]);
        type_in(&mut app, "AKIAIOSFODNN7EXAMPLE");
        press(&mut app, &[Tab]);
        type_in(&mut app, "a-secret");
        press(&mut app, &[Enter, Enter, Enter, Enter]);
        tell(&mut app, Message::Saved(Err(trouble(Kind::Credentials))));
        app
    });
}

#[test]
fn profiles() {
    pictures("connect-profiles", || {
        let mut app = connected(false);
        let profile =
            |name: &str, kind| Profile { name: name.into(), region: Some("eu-west-3".into()), kind };
        let profiles = vec![profile("default", ProfileKind::Keys), profile("studio", ProfileKind::Sso)];
        tell(&mut app, Message::Profiles(profiles));
        press(&mut app, &[Char('p')]);
        app
    });
}

#[test]
fn regions() {
    pictures("connect-regions", || {
        let mut app = connected(false);
        press(&mut app, &[Char('g')]);
        app
    });
}

#[test]
fn both_ends_silent() {
    pictures("connect-error", || {
        let mut app = started(false);
        tell(&mut app, Message::Mirror(Err(trouble(Kind::Transient))));
        tell(&mut app, Message::Connected(Err(trouble(Kind::Transient))));
        app
    });
}
