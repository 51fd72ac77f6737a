use brainzlift::Kind;
use brainzlift::bucket::BucketSummary;
use brainzlift::tui::screens::bucket::{Message, Refused};
use brainzlift::tui::{self, App};
use crossterm::event::KeyCode::{Char, Down, Enter, Esc};

use crate::stage::{at_buckets, pictures, press, trouble};

fn tell(app: &mut App, message: Message) {
    app.update(tui::Message::Bucket(message));
}

fn listed(names: &[(&str, &str)]) -> App {
    let mut app = at_buckets();
    let created = Some("2026-05-23T10:00:00Z".to_owned());
    let summary = |(name, region): &(&str, &str)| BucketSummary {
        name: (*name).to_owned(),
        region: Some((*region).to_owned()),
        created: created.clone(),
    };
    tell(&mut app, Message::Listed(Ok(names.iter().map(summary).collect())));
    app
}

const MANY: [(&str, &str); 4] = [
    ("backups-of-the-studio", "us-east-1"),
    ("music-recommendation-data", "eu-west-3"),
    ("a-name-that-is-as-long-as-s3-lets-a-bucket-have-it-63-characters", "ap-southeast-2"),
    ("photos", "eu-west-3"),
];

#[test]
fn waiting() {
    pictures("bucket-waiting", at_buckets);
}

#[test]
fn none_yet() {
    pictures("bucket-empty", || listed(&[]));
}

#[test]
fn several() {
    pictures("bucket-several", || listed(&MANY));
}

#[test]
fn in_another_region() {
    pictures("bucket-elsewhere", || {
        let mut app = listed(&MANY);
        press(&mut app, &[Down]);
        app
    });
}

#[test]
fn a_bad_name() {
    pictures("bucket-bad-name", || {
        let mut app = listed(&[]);
        press(&mut app, &[Char('.'), Char('.'), Char('X')]);
        app
    });
}

#[test]
fn a_taken_name() {
    pictures("bucket-taken", || {
        let mut app = listed(&[]);
        press(&mut app, &[Enter]);
        let free = vec!["music-recommendation-data-123456789012".to_owned()];
        tell(&mut app, Message::Opened(Err(Refused { error: trouble(Kind::Usage), free })));
        app
    });
}

#[test]
fn opening() {
    pictures("bucket-opening", || {
        let mut app = listed(&MANY);
        press(&mut app, &[Enter]);
        app
    });
}

#[test]
fn no_list() {
    pictures("bucket-error", || {
        let mut app = at_buckets();
        tell(&mut app, Message::Listed(Err(trouble(Kind::Permission))));
        app
    });
}

#[test]
fn esc_from_an_empty_list_goes_back_to_connect() {
    let mut app = listed(&[]);
    press(&mut app, &[Esc]);
    assert_eq!(app.step, tui::Step::Connect);
}
