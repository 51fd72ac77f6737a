//! Holds the shape of the house: which room may name which, and how large a room may be.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, and the rooms that each may name besides itself and the leaves.
const DIRECTIONS: &[(&str, &[&str])] = &[
    ("main", &["cli", "tui"]),
    ("cli", &["context", "transfer", "bucket", "catalog", "config", "cost", "sandbox", "log"]),
    ("tui", &["context", "transfer", "bucket", "catalog", "config", "cost"]),
    ("context", &["transfer", "bucket", "catalog", "config", "sandbox", "log"]),
    ("transfer", &["bucket", "catalog"]),
    ("bucket", &[]),
    ("catalog", &[]),
    ("cost", &[]),
    ("config", &[]),
    ("sandbox", &[]),
    ("log", &[]),
    ("amounts", &[]),
    ("network", &[]),
    ("sha256", &[]),
    ("words", &[]),
    ("error", &[]),
    (
        "lib",
        &[
            "amounts", "bucket", "catalog", "cli", "config", "context", "cost", "log", "sandbox", "transfer",
            "tui",
        ],
    ),
];

/// What anyone may name: errors and words, the macro that says them, amounts, digests, the way out.
const LEAVES: &[&str] = &["error", "words", "amounts", "sha256", "network", "say", "Error", "Kind", "Result"];

/// What draws a screen or reads a command line.
const FRONT: &[&str] = &["ratatui", "crossterm", "clap", "indicatif", "tui_input"];

/// The longest a file may be, in lines.
const LONGEST: usize = 400;

struct Source {
    path: PathBuf,
    room: String,
    text: String,
}

/// Every Rust file under `folder` of this package.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read = |path: PathBuf| {
        let inside = path.strip_prefix(&root).unwrap().to_owned();
        let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
        Source { room: first.trim_end_matches(".rs").to_owned(), text: code(&path), path: inside }
    };
    files("src").into_iter().map(read).collect()
}

/// The file without comments, so that a link in the docs is no import.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
    lines.collect::<Vec<_>>().join("\n")
}

/// The first names after each `crate::` (or `brainzlift::`), with those in braces.
fn named(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for prefix in ["crate::", "brainzlift::"] {
        for (at, _) in text.match_indices(prefix) {
            let before = text[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"' || c == ':') {
                continue;
            }
            let rest = &text[at + prefix.len()..];
            match rest.strip_prefix('{') {
                Some(group) => names.extend(heads(group)),
                None => drop(names.insert(word(rest))),
            }
        }
    }
    names
}

/// The first name of each item of a brace group that begins here.
fn heads(group: &str) -> Vec<String> {
    let (mut depth, mut start, mut items) = (0_u32, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                items.push(word(group[start..at].trim_start()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(word(group[start..at].trim_start()));
                start = at + 1;
            }
            _ => {}
        }
    }
    items.retain(|item| !item.is_empty());
    items
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Whether a crate is named as a path or imported whole.
fn names_crate(text: &str, name: &str) -> bool {
    let is_border = |c: Option<char>| c.is_none_or(|c| !(c.is_alphanumeric() || c == '_'));
    text.match_indices(name).any(|(at, _)| {
        let after = &text[at + name.len()..];
        let is_path = after.starts_with("::") || after.starts_with(';') || after.starts_with(" as ");
        is_border(text[..at].chars().next_back()) && is_path
    })
}

#[test]
fn imports_run_one_way() {
    let sources = sources();
    assert!(sources.len() > 20, "the sources were not found");
    for Source { path, room, text } in sources {
        let (_, allowed) = DIRECTIONS.iter().find(|(name, _)| *name == room).unwrap_or_else(|| {
            panic!("{}: the room `{room}` stands in no direction", path.display());
        });
        for name in named(&text) {
            let is_allowed =
                name == room || LEAVES.contains(&name.as_str()) || allowed.contains(&name.as_str());
            assert!(is_allowed, "{} names `{name}`, which `{room}` must not know", path.display());
        }
    }
}

#[test]
fn what_does_the_work_knows_no_screen_and_no_command_line() {
    let quiet = [
        "catalog", "bucket", "transfer", "cost", "config", "sandbox", "error", "words", "amounts", "log",
        "context", "network",
    ];
    for Source { path, text, .. } in
        sources().into_iter().filter(|source| quiet.contains(&source.room.as_str()))
    {
        for name in FRONT {
            assert!(!names_crate(&text, name), "{} names {name}", path.display());
        }
    }
}

#[test]
fn each_front_keeps_to_its_own_libraries() {
    for Source { path, room, text } in sources() {
        assert!(room == "main" || !names_crate(&text, "color_eyre"), "{} names color_eyre", path.display());
        assert!(room == "cli" || !names_crate(&text, "clap"), "{} names clap", path.display());
        assert!(room == "tui" || !names_crate(&text, "ratatui"), "{} names ratatui", path.display());
    }
}

#[test]
fn no_file_is_a_warehouse() {
    for path in ["src", "tests"].into_iter().flat_map(files) {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines; split it by concern", path.display());
    }
}

#[test]
fn every_file_of_the_library_says_what_lives_there() {
    for path in files("src") {
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            text.starts_with("//! ") || path.ends_with("tests.rs"),
            "{} begins without `//!`",
            path.display()
        );
    }
}

#[test]
fn the_reader_of_imports_sees_what_it_must() {
    let names = |text: &str| named(text).into_iter().collect::<Vec<_>>();
    assert_eq!(names("use crate::tui::App;"), ["tui"]);
    assert_eq!(names("use crate::{say, bucket::{self, Target}, words};"), ["bucket", "say", "words"]);
    assert_eq!(names("let x = crate::cost::usd(1.0); $crate::words::loader()"), ["cost", "words"]);
    assert_eq!(names("use aws_crate::x; use my::crate::y;"), Vec::<String>::new());
    assert!(names_crate("use clap::Parser;", "clap") && names_crate("use ratatui;", "ratatui"));
    assert!(!names_crate("let clapped = overclap::x;", "clap"));
}
