use brainzlift::Kind;
use brainzlift::bucket::LAYOUT;
use brainzlift::bucket::protection::{Change, Current, Outcome, Reading};
use brainzlift::tui::screens::protect::Message;
use brainzlift::tui::{self, App};
use crossterm::event::KeyCode::{Char, Down, Enter};

use crate::stage::{at_protection, choosing, pictures, press, trouble};

fn tell(app: &mut App, message: Message) {
    app.update(tui::Message::Protect(message));
}

fn fresh() -> Current {
    Current {
        versioning: Reading::Is(false),
        archive: Reading::Is(None),
        abort_days: Reading::Is(None),
        foreign_rules: 1,
        public_access_block: Reading::Is(true),
        encryption: Reading::Is(Some("AES256".to_owned())),
    }
}

#[test]
fn reading() {
    pictures("protect-reading", at_protection);
}

#[test]
fn unreadable() {
    pictures("protect-error", || {
        let mut app = at_protection();
        tell(&mut app, Message::Read(Err(trouble(Kind::Permission))));
        app
    });
}

#[test]
fn fresh_bucket() {
    pictures("protect-fresh", || choosing(fresh()));
}

#[test]
fn everything_asked_for() {
    pictures("protect-all", || {
        let mut app = choosing(fresh());
        press(&mut app, &[Char(' '), Down, Char(' '), Down, Down]);
        app
    });
}

#[test]
fn a_store_that_knows_little() {
    pictures("protect-odd-store", || {
        choosing(Current {
            versioning: Reading::Unsupported,
            archive: Reading::Denied,
            abort_days: Reading::Denied,
            foreign_rules: 0,
            public_access_block: Reading::Unsupported,
            encryption: Reading::Unsupported,
        })
    });
}

#[test]
fn applying() {
    pictures("protect-applying", || {
        let mut app = choosing(fresh());
        press(&mut app, &[Char(' '), Enter]);
        tell(&mut app, Message::Layout(LAYOUT.map(str::to_owned).to_vec()));
        tell(&mut app, Message::Outcome(Change::Versioning { enable: true }, Outcome::Done));
        app
    });
}

#[test]
fn applied() {
    pictures("protect-applied", || {
        let mut app = choosing(fresh());
        press(&mut app, &[Char(' '), Enter]);
        tell(&mut app, Message::Layout(Vec::new()));
        tell(&mut app, Message::Outcome(Change::Versioning { enable: true }, Outcome::Done));
        tell(&mut app, Message::Outcome(Change::AbortUnfinished { from: None, to: 7 }, Outcome::NotKept));
        tell(&mut app, Message::Outcome(Change::BlockPublicAccess, Outcome::Unsupported));
        let why = "cannot change a setting of the bucket: AccessDenied".to_owned();
        tell(&mut app, Message::Outcome(Change::Encrypt, Outcome::Failed { why }));
        tell(&mut app, Message::Applied(Ok(())));
        app
    });
}
