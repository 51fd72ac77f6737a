use brainzlift::tui::{App, Known, Theme};
use crossterm::event::KeyCode::Char;

use crate::stage::{connected, drawn, pictures, press, speaking, type_in};

#[test]
fn help() {
    pictures("frame-help", || {
        let mut app = connected(false);
        press(&mut app, &[Char('?')]);
        app
    });
}

/// The palette with `text` typed into it.
fn palette(text: &str) -> App {
    let mut app = connected(false);
    press(&mut app, &[Char(':')]);
    type_in(&mut app, text);
    app
}

#[test]
fn the_palette_with_every_action() {
    pictures("frame-palette", || palette(""));
}

#[test]
fn the_palette_with_what_was_looked_for() {
    pictures("frame-palette-found", || palette("th"));
}

#[test]
fn the_palette_where_nothing_is_called_so() {
    pictures("frame-palette-nothing", || palette("zzz"));
}

#[test]
fn without_colours() {
    let _english = speaking("en");
    let plain = App::new(Known { sandbox: true, ..Known::default() }, Theme::plain());
    insta::assert_debug_snapshot!(drawn(&plain, (80, 24)));
}

#[test]
fn a_terminal_that_is_too_small_says_so() {
    let _english = speaking("en");
    insta::assert_debug_snapshot!(drawn(&connected(false), (59, 18)));
    insta::assert_debug_snapshot!(drawn(&connected(false), (60, 17)));
    insta::assert_debug_snapshot!(drawn(&connected(false), (12, 3)));
    drawn(&connected(false), (1, 1));
}

#[test]
fn no_screen_breaks_at_any_size() {
    let _english = speaking("en");
    for width in (1..200).step_by(7) {
        for height in 1..60 {
            drawn(&connected(true), (width, height));
        }
    }
}
