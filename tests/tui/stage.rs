//! Brings the interface into a state by messages alone, and draws it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use brainzlift::bucket::Identity;
use brainzlift::config::Palette;
use brainzlift::tui::screens::connect::{self, Connected};
use brainzlift::tui::screens::{bucket, protect};
use brainzlift::tui::{App, Known, Message, Theme, view};
use brainzlift::{Error, Kind, words};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

#[path = "../../src/tui/dressed.rs"]
mod dressed;

/// The sizes at which every screen is looked at.
pub(crate) const SIZES: [(u16, u16); 3] = [(60, 18), (80, 24), (120, 40)];

/// The language is one for the whole process: whoever draws holds it.
static LANGUAGE: Mutex<()> = Mutex::new(());

/// Speaks `language` until the guard is dropped.
pub(crate) fn speaking(language: &str) -> MutexGuard<'static, ()> {
    let guard = LANGUAGE.lock().unwrap_or_else(PoisonError::into_inner);
    words::choose_language(Some(language));
    guard
}

/// The interface at that size, with its styles.
pub(crate) fn drawn(app: &App, (width, height): (u16, u16)) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    view(app, &mut buffer);
    buffer
}

/// Takes the pictures `name` of what `build` makes: in each language one file, with every size in it, in the dark palette and without
/// colours.
pub(crate) fn pictures(name: &str, build: impl Fn() -> App) {
    for language in words::LANGUAGES {
        let _speaking = speaking(language);
        let sizes: Vec<String> = SIZES.into_iter().map(|size| picture(build(), size)).collect();
        insta::assert_snapshot!(format!("{name}-{language}"), sizes.join("\n"));
    }
}

fn picture(mut app: App, size: (u16, u16)) -> String {
    let mut in_palette = |palette| {
        app.theme = Theme::of(palette);
        drawn(&app, size)
    };
    dressed::written(&in_palette(Palette::Dark), &in_palette(Palette::Plain))
}

pub(crate) fn press(app: &mut App, codes: &[KeyCode]) {
    for code in codes {
        app.update(Message::Key(KeyEvent::new(*code, KeyModifiers::NONE)));
    }
}

pub(crate) fn type_in(app: &mut App, text: &str) {
    press(app, &text.chars().map(KeyCode::Char).collect::<Vec<_>>());
}

/// The interface right after its start.
pub(crate) fn started(sandbox: bool) -> App {
    let known = Known {
        sandbox,
        mirror: "https://data.metabrainz.org/pub/musicbrainz/".to_owned(),
        last_bucket: Some("music-recommendation-data".to_owned()),
        resumable: 2,
        ..Known::default()
    };
    let mut app = App::new(known, Theme::colours());
    app.start();
    app
}

/// Connected to AWS, or to the sandbox.
pub(crate) fn connected(sandbox: bool) -> App {
    let mut app = started(sandbox);
    let identity = Identity {
        account: Some("123456789012".to_owned()),
        arn: Some("arn:aws:iam::123456789012:user/alice".to_owned()),
        access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        provider: "profile default".to_owned(),
    };
    let endpoint_url = sandbox.then(|| "http://127.0.0.1:9000".to_owned());
    let connected =
        Connected { identity, region: "eu-west-3".to_owned(), region_is_assumed: false, endpoint_url };
    app.update(Message::Connect(connect::Message::Mirror(Ok(()))));
    app.update(Message::Connect(connect::Message::Connected(Ok(connected))));
    app
}

/// On the screen of buckets, with its list still to come.
pub(crate) fn at_buckets() -> App {
    let mut app = connected(false);
    press(&mut app, &[KeyCode::Enter]);
    app
}

/// On the screen of protection, with its settings still to come.
pub(crate) fn at_protection() -> App {
    let mut app = at_buckets();
    app.update(Message::Bucket(bucket::Message::Listed(Ok(Vec::new()))));
    press(&mut app, &[KeyCode::Enter]);
    let opened = bucket::Opened {
        name: "music-recommendation-data".to_owned(),
        region: "eu-west-3".to_owned(),
        made: true,
    };
    app.update(Message::Bucket(bucket::Message::Opened(Ok(opened))));
    app
}

/// The settings were read.
pub(crate) fn choosing(current: brainzlift::bucket::protection::Current) -> App {
    let mut app = at_protection();
    app.update(Message::Protect(protect::Message::Read(Ok(current))));
    app
}

/// Something went wrong, in three parts.
pub(crate) fn trouble(kind: Kind) -> Error {
    Error::new(kind, "cannot connect to AWS eu-west-3")
        .because("no answer came in time")
        .hint("check the network and the endpoint (--endpoint-url, AWS_ENDPOINT_URL)")
}
