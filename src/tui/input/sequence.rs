//! One key, one move of the mouse or one sequence at the beginning of some bytes, as xterm and those that follow it send them.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

/// What the first bytes are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Parsed {
    /// So many bytes are an event.
    Event(usize, Event),
    /// So many bytes mean nothing here.
    Nothing(usize),
    /// It depends on what comes next.
    More,
}

/// No sequence of a terminal is longer than this; what is, is none.
const LONGEST: usize = 64;
/// Answers of a terminal that nobody asked for can be longer.
const LONGEST_STRING: usize = 64 * 1024;

/// Reads the beginning of `bytes`, which is not empty.
pub(super) fn parse(bytes: &[u8]) -> Parsed {
    match bytes {
        [] | [0x1b] => Parsed::More,
        [0x1b, 0x1b, ..] => key(1, KeyCode::Esc, KeyModifiers::NONE),
        [0x1b, b'[', ..] => control(bytes),
        [0x1b, b'O', ..] => application(bytes),
        [0x1b, b']' | b'P' | b'_' | b'^' | b'X', ..] => string(bytes),
        [0x1b, rest @ ..] => match plain(rest) {
            Parsed::Event(used, Event::Key(pressed)) => {
                key(used + 1, pressed.code, pressed.modifiers | KeyModifiers::ALT)
            }
            Parsed::Nothing(used) => Parsed::Nothing(used + 1),
            other => other,
        },
        _ => plain(bytes),
    }
}

fn key(used: usize, code: KeyCode, modifiers: KeyModifiers) -> Parsed {
    Parsed::Event(used, Event::Key(KeyEvent::new(code, modifiers)))
}

/// A letter, or one of the control bytes.
fn plain(bytes: &[u8]) -> Parsed {
    let Some(first) = bytes.first() else { return Parsed::More };
    let ctrl = |letter: u8| key(1, KeyCode::Char(char::from(letter)), KeyModifiers::CONTROL);
    match *first {
        b'\r' => key(1, KeyCode::Enter, KeyModifiers::NONE),
        b'\t' => key(1, KeyCode::Tab, KeyModifiers::NONE),
        0x7f => key(1, KeyCode::Backspace, KeyModifiers::NONE),
        0 => ctrl(b' '),
        byte @ 0x01..=0x1a => ctrl(byte - 1 + b'a'),
        0x1b => Parsed::Nothing(1),
        byte @ 0x1c..=0x1f => ctrl(byte - 0x1c + b'\\'),
        _ => letter(bytes),
    }
}

fn letter(bytes: &[u8]) -> Parsed {
    let long = match bytes[0] {
        0x20..=0x7e => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Parsed::Nothing(1),
    };
    let begun = &bytes[..long.min(bytes.len())];
    if begun[1..].iter().any(|byte| !(0x80..0xc0).contains(byte)) {
        return Parsed::Nothing(1);
    }
    if begun.len() < long {
        return Parsed::More;
    }
    match std::str::from_utf8(begun).ok().and_then(|text| text.chars().next()) {
        Some(letter) => key(long, KeyCode::Char(letter), shift_of(letter)),
        None => Parsed::Nothing(long),
    }
}

fn shift_of(letter: char) -> KeyModifiers {
    if letter.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE }
}

/// `ESC O`: keys of the keypad and F1 to F4.
fn application(bytes: &[u8]) -> Parsed {
    let Some(last) = bytes.get(2) else { return Parsed::More };
    match named(*last) {
        Some(code) => key(3, code, KeyModifiers::NONE),
        None if last.is_ascii_graphic() => Parsed::Nothing(3),
        None => Parsed::Nothing(2),
    }
}

/// An answer of the terminal, up to BEL or `ESC \`.
fn string(bytes: &[u8]) -> Parsed {
    for (at, byte) in bytes.iter().enumerate().skip(2) {
        match byte {
            0x07 => return Parsed::Nothing(at + 1),
            0x1b => match bytes.get(at + 1) {
                Some(b'\\') => return Parsed::Nothing(at + 2),
                Some(_) => return Parsed::Nothing(at),
                None => return Parsed::More,
            },
            _ => {}
        }
    }
    if bytes.len() > LONGEST_STRING { Parsed::Nothing(bytes.len()) } else { Parsed::More }
}

/// `ESC [`: parameters, then the letter that says what it is.
fn control(bytes: &[u8]) -> Parsed {
    let after = &bytes[2..];
    // The console of Linux sends F1 to F5 so.
    if let [b'[', rest @ ..] = after {
        return match rest.first() {
            None => Parsed::More,
            Some(letter @ b'A'..=b'E') => key(4, KeyCode::F(letter - b'A' + 1), KeyModifiers::NONE),
            Some(_) => Parsed::Nothing(3),
        };
    }
    let Some(end) = after.iter().position(|byte| !(0x20..0x40).contains(byte)) else {
        return if bytes.len() > LONGEST { Parsed::Nothing(bytes.len()) } else { Parsed::More };
    };
    let used = 2 + end + 1;
    let (parameters, last) = (&after[..end], after[end]);
    match (parameters, last) {
        (_, ..0x40 | 0x7f..) => Parsed::Nothing(used - 1),
        ([], b'M') => old_mouse(bytes),
        ([b'<', numbers @ ..], b'M' | b'm') => mouse(used, numbers, last),
        _ => match pressed(parameters, last) {
            Some((code, modifiers)) => key(used, code, modifiers),
            None => Parsed::Nothing(used),
        },
    }
}

/// The parameters as numbers; one that is left out is 0, and what stands behind a colon does not count.
fn numbers(parameters: &[u8]) -> Vec<u32> {
    let text = std::str::from_utf8(parameters).unwrap_or_default();
    let number = |part: &str| part.split(':').next().and_then(|part| part.parse().ok()).unwrap_or(0);
    text.split(';').map(number).collect()
}

fn pressed(parameters: &[u8], last: u8) -> Option<(KeyCode, KeyModifiers)> {
    let numbers = numbers(parameters);
    let modifiers = modifiers(numbers.get(1).copied().unwrap_or(0));
    let first = numbers.first().copied().unwrap_or(0);
    match last {
        b'Z' => Some((KeyCode::BackTab, KeyModifiers::SHIFT)),
        // Keys that a terminal tells by their letter: `CSI letter ; modifiers u` and `CSI 27 ; modifiers ; letter ~`.
        b'u' => Some((code_of(first)?, modifiers)),
        b'~' if first == 27 => Some((code_of(numbers.get(2).copied()?)?, modifiers)),
        b'~' => Some((numbered(first)?, modifiers)),
        letter => Some((named(letter)?, modifiers)),
    }
}

fn code_of(number: u32) -> Option<KeyCode> {
    Some(match number {
        9 => KeyCode::Tab,
        13 => KeyCode::Enter,
        27 => KeyCode::Esc,
        127 => KeyCode::Backspace,
        letter => KeyCode::Char(char::from_u32(letter).filter(|letter| !letter.is_control())?),
    })
}

fn named(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'M' => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    })
}

fn numbered(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(u8::try_from(number - 10).ok()?),
        17..=21 => KeyCode::F(u8::try_from(number - 11).ok()?),
        23 | 24 => KeyCode::F(u8::try_from(number - 12).ok()?),
        _ => return None,
    })
}

fn modifiers(number: u32) -> KeyModifiers {
    let held = number.saturating_sub(1);
    let each = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)];
    each.into_iter().filter(|(bit, _)| held & bit > 0).map(|(_, modifier)| modifier).collect()
}

/// `CSI < buttons ; column ; row M`, and `m` where a button was let go.
fn mouse(used: usize, parameters: &[u8], last: u8) -> Parsed {
    let numbers = numbers(parameters);
    let [buttons, column, row] = numbers[..] else { return Parsed::Nothing(used) };
    let place = |number: u32| u16::try_from(number.saturating_sub(1)).ok();
    let (Some(column), Some(row)) = (place(column), place(row)) else { return Parsed::Nothing(used) };
    moved(used, buttons, last == b'm', column, row)
}

/// `CSI M` and three bytes, where a terminal knows no better.
fn old_mouse(bytes: &[u8]) -> Parsed {
    let Some([buttons, column, row]) = bytes.get(3..6) else { return Parsed::More };
    let place = |byte: u8| u16::from(byte.saturating_sub(33));
    let buttons = u32::from(buttons.saturating_sub(32));
    moved(6, buttons, buttons & 0b11 == 3, place(*column), place(*row))
}

fn moved(used: usize, buttons: u32, is_up: bool, column: u16, row: u16) -> Parsed {
    let button = match buttons & 0b11 {
        0 => MouseButton::Left,
        1 => MouseButton::Middle,
        _ => MouseButton::Right,
    };
    let is_moving = buttons & 32 > 0;
    let kind = match (buttons & 64 > 0, buttons & 0b11) {
        (true, 0) => MouseEventKind::ScrollUp,
        (true, 1) => MouseEventKind::ScrollDown,
        (true, 2) => MouseEventKind::ScrollLeft,
        (true, _) => MouseEventKind::ScrollRight,
        (false, 3) if is_moving => MouseEventKind::Moved,
        (false, _) if is_moving => MouseEventKind::Drag(button),
        (false, _) if is_up => MouseEventKind::Up(button),
        (false, _) => MouseEventKind::Down(button),
    };
    Parsed::Event(used, Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
}
