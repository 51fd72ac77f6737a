use ratatui::style::Color;

use super::*;

/// The relative luminance of WCAG 2.2, <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>.
fn luminance(colour: Color) -> f64 {
    let Color::Rgb(r, g, b) = colour else { panic!("{colour} is not one of 16 million") };
    let part = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
}

fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Every style that letters are written in.
fn texts(theme: &Theme) -> [(&'static str, Style); 18] {
    [
        ("text", theme.text),
        ("dim", theme.dim),
        ("strong", theme.strong),
        ("accent", theme.accent),
        ("good", theme.good),
        ("warn", theme.warn),
        ("bad", theme.bad),
        ("danger", theme.danger),
        ("marked", theme.marked),
        ("key", theme.key),
        ("badge", theme.badge),
        ("bar", theme.bar),
        ("bar_down", theme.bar_down),
        ("bar_hashed", theme.bar_hashed),
        ("bar_up", theme.bar_up),
        ("bar_proven", theme.bar_proven),
        ("chart_down", theme.chart_down),
        ("chart_up", theme.chart_up),
    ]
}

fn hold(palette: Palette, least: f64) {
    let theme = Theme::of(palette);
    let ground = theme.base.bg.unwrap();
    for (name, style) in texts(&theme) {
        let colour = style.fg.or(theme.base.fg).unwrap();
        // Reversed letters swap the two, which changes no contrast.
        for under in [style.bg.unwrap_or(ground), theme.selected.bg.unwrap_or(ground)] {
            let found = contrast(colour, under);
            assert!(found >= least, "{palette:?}: {name} {colour} on {under} has {found:.2}");
        }
    }
    for (name, style) in [("border", theme.border), ("focus", theme.focus)] {
        let found = contrast(style.fg.unwrap(), ground);
        assert!(found >= 3.0, "{palette:?}: {name} has {found:.2}");
    }
}

#[test]
fn what_is_known_of_contrast_is_computed_right() {
    let (black, white) = (Color::Rgb(0, 0, 0), Color::Rgb(255, 255, 255));
    assert!((contrast(black, white) - 21.0).abs() < 1e-9);
    assert!((contrast(Color::Rgb(0x76, 0x76, 0x76), white) - 4.54).abs() < 0.01);
}

#[test]
fn every_text_of_dark_and_light_can_be_read_on_every_ground() {
    hold(Palette::Dark, 4.5);
    hold(Palette::Light, 4.5);
}

#[test]
fn high_contrast_is_high() {
    hold(Palette::HighContrast, 7.0);
}

#[test]
fn without_colours_there_are_none_and_sixteen_are_the_terminals_own() {
    let plain = format!("{:?}", Theme::plain());
    assert!(!plain.contains("fg: Some") && !plain.contains("bg: Some"), "{plain}");
    let sixteen = Theme::colours();
    assert_eq!(sixteen.base, Style::new());
    assert!(texts(&sixteen).iter().all(|(_, style)| !matches!(style.fg, Some(Color::Rgb(..)))));
}

#[test]
fn without_colours_every_state_that_matters_still_stands_out() {
    let plain = Theme::plain();
    for style in [plain.selected, plain.danger, plain.badge, plain.bad, plain.marked, plain.accent] {
        assert_ne!(style, plain.text);
    }
}

#[test]
fn the_key_goes_through_all_of_them_and_comes_back() {
    let begin = Theme::colours();
    let mut seen = vec![begin.palette];
    let mut theme = begin.next();
    while theme != begin {
        seen.push(theme.palette);
        theme = theme.next();
    }
    assert_eq!(seen.len(), Palette::CHOSEN.len());
}
