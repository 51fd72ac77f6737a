use brainzlift::config::{Flags, Key, Palette, Paths, Settings};
use brainzlift::tui::screens::settings::Message;
use brainzlift::tui::{self, App, Theme};
use brainzlift::{Error, Kind, words};
use crossterm::event::KeyCode::{self, Char, Down, End, Enter};
use ratatui::buffer::Buffer;

use crate::stage::{connected, drawn, pictures, press, speaking};

const FILE: &str =
    "# mine\nbucket = \"music-recommendation-data\"\nlimit_up = \"08:00,5MiB 23:00,off\"\ntheme = \"dark\"\n";

/// What a file at the same place every time comes to, with a flag and a variable over it.
fn read() -> Box<Settings> {
    let dir = tempfile::tempdir().unwrap();
    let paths = Paths::under(dir.path());
    std::fs::create_dir_all(paths.config_file.parent().unwrap()).unwrap();
    std::fs::write(&paths.config_file, FILE).unwrap();
    let variable = |name: &str| (name == "BRAINZLIFT_BELL").then(|| "off".to_owned());
    let flags = Flags { ascii: true, ..Flags::default() };
    let mut settings = Settings::load(&flags, variable, &paths).unwrap();
    settings.file = "/home/alice/.config/brainzlift/config.toml".into();
    Box::new(settings)
}

fn tell(app: &mut App, message: Message) {
    app.update(tui::Message::Settings(message));
}

fn opened() -> App {
    let mut app = connected(false);
    press(&mut app, &[Char(',')]);
    app
}

fn shown() -> App {
    let mut app = opened();
    tell(&mut app, Message::Read(Ok(read())));
    app
}

fn at(key: Key) -> App {
    let mut app = shown();
    let below = Key::ALL.iter().position(|other| *other == key).unwrap();
    press(&mut app, &vec![Down; below]);
    app
}

#[test]
fn loading() {
    pictures("settings-loading", opened);
}

#[test]
fn all() {
    pictures("settings", shown);
}

/// The keys of the last action.
fn keys(more: &[KeyCode]) -> App {
    let mut app = shown();
    press(&mut app, &[End]);
    press(&mut app, more);
    app
}

#[test]
fn keys_of_actions() {
    pictures("settings-keys", || keys(&[]));
}

#[test]
fn a_key_is_awaited() {
    pictures("settings-keys-awaited", || keys(&[Enter]));
}

#[test]
fn a_key_that_is_another_actions() {
    pictures("settings-keys-taken", || keys(&[Enter, Char('?')]));
}

#[test]
fn forced_by_a_flag() {
    pictures("settings-forced", || at(Key::Ascii));
}

#[test]
fn a_wrong_value() {
    pictures("settings-wrong", || {
        let mut app = at(Key::Memory);
        press(&mut app, &[Enter, Char('x')]);
        app
    });
}

#[test]
fn not_written() {
    pictures("settings-error", || {
        let mut app = at(Key::Bell);
        let error = Error::new(Kind::Fatal, "/home/alice/.config/brainzlift/config.toml cannot be written")
            .because("permission denied")
            .hint("check its permissions and those of its folder, or name another file with --config");
        tell(&mut app, Message::Written(Key::Bell, Some("true".to_owned()), Err(error)));
        app
    });
}

#[test]
fn in_every_theme() {
    let _english = speaking("en");
    for palette in [Palette::Dark, Palette::Light, Palette::HighContrast, Palette::Plain] {
        let mut app = shown();
        app.theme = Theme::of(palette);
        insta::assert_debug_snapshot!(format!("settings-80x24-{}", palette.name()), drawn(&app, (80, 24)));
    }
}

#[test]
fn in_ascii() {
    let mut app = shown();
    app.eyes.ascii = true;
    pictures("settings-ascii", || {
        let mut app = shown();
        app.eyes.ascii = true;
        app
    });
    let _english = speaking("en");
    let buffer = drawn(&app, (80, 24));
    let is_plain = |c: char| c.is_ascii() || c.is_alphanumeric();
    assert!(buffer.content.iter().all(|cell| cell.symbol().chars().all(is_plain)));
}

/// All that a screen says, a line each.
fn text(buffer: &Buffer) -> String {
    let line = |y| (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>() + "\n";
    (0..buffer.area.height).map(line).collect()
}

#[test]
fn french_writes_figures_as_french_does() {
    let _french = speaking("fr");
    assert_eq!(words::size(22_011_707_392), "20,5\u{a0}Gio");
    assert_eq!(words::rate(40_055_603), "38,2\u{a0}Mio/s");
    assert_eq!(words::percent(48), "48\u{a0}%");
    assert_eq!(words::count(1_234_567), "1\u{202f}234\u{202f}567");
    assert_eq!(words::decimal(-12345.678, 1), "-12\u{202f}345,7");
    assert_eq!(words::day("2026-05-23T10:00:00Z"), "23/05/2026");
    assert_eq!(
        brainzlift::say!("money-later", cost = "0,09 $", days = 12345),
        "0,09 $ après 12\u{202f}345 jours"
    );
}

#[test]
fn no_cell_of_any_screen_holds_what_moves_or_reorders_at_any_size() {
    for language in words::LANGUAGES {
        let _guard = speaking(language);
        let screens: [fn() -> App; 4] = [opened, shown, || at(Key::Bell), || connected(true)];
        for app in screens.map(|build| Box::new(build())) {
            for size in [(60, 18), (80, 24), (100, 30), (120, 40), (200, 50), (300, 80)] {
                let buffer = drawn(&app, size);
                assert!(buffer.content.iter().all(|cell| !cell.symbol().contains(words::is_harmful)));
            }
        }
    }
}

#[test]
fn every_setting_can_be_read_whole_at_the_smallest_size() {
    let _english = speaking("en");
    for key in Key::ALL {
        let drawn = text(&drawn(&at(*key), (60, 18)));
        assert!(drawn.contains(&format!("▸ {}", key.title())), "{drawn}");
    }
}
