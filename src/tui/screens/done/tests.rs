use std::sync::Arc;

use crossterm::event::KeyCode::{BackTab, Char, Enter, PageDown, Tab};
use ratatui::layout::Position;

use super::*;
use crate::transfer::Checked;
use crate::tui::screens::sample;
use crate::tui::testing::{press, type_in, words_of};

fn entered(fail: bool) -> State {
    let archives = sample::four();
    let ended = archives.iter().enumerate().map(|(index, archive)| {
        let failed = fail && index == 1;
        Ended {
            name: archive.name.clone(),
            key: archive.key(),
            size: archive.size,
            status: if failed { Status::Failed } else { Status::Proven },
            proof: (!failed).then(|| sample::proof(archive, Checked::Equal)),
            why: failed.then(|| Arc::new(sample::unreachable())),
            took: Some(Duration::from_secs(41)),
        }
    });
    let failed = usize::from(fail);
    let report = Summary {
        archives: 4,
        proven: 4 - failed,
        failed,
        bytes: 1 << 34,
        seconds: 724.0,
        ..Summary::default()
    };
    let known = Known { ended: ended.collect(), report: Some(report), contents: None, ..sample::known() };
    let mut state = State::default();
    assert!(state.enter(&known).is_empty());
    state
}

#[test]
fn the_proofs_the_cost_and_what_comes_next_are_told() {
    let words = words_of(&entered(false), (109, 60));
    for expected in [
        "4 proven",
        "✓ SHA-256 ✓ CRC64NVME ✓ size",
        "after 90 days",
        "ls --recursive --human-readable",
        "spark.read.json",
        "brainzlift lift musicbrainz --bucket",
        "raw/listenbrainz/",
        "processed/features/",
    ] {
        assert!(words.contains(expected), "{expected} in\n{words}");
    }
}

#[test]
fn what_failed_says_why_and_what_to_do() {
    let words = words_of(&entered(true), (80, 21));
    for expected in ["3 proven · 1 failed", "connection refused", "→ check the network"] {
        assert!(words.contains(expected), "{expected} in\n{words}");
    }
}

#[test]
fn everything_can_be_scrolled_to_where_it_does_not_fit() {
    let mut state = entered(true);
    assert!(!words_of(&state, (60, 16)).contains("processed/features/"));
    press(&mut state, &[PageDown; 20]);
    assert!(words_of(&state, (60, 16)).contains("processed/features/"));
}

#[test]
fn enter_leaves_and_b_goes_back_to_the_datasets() {
    assert!(matches!(press(&mut entered(false), &[Enter])[..], [Effect::Quit]));
    assert!(matches!(press(&mut entered(false), &[Char('b')])[..], [Effect::Go(Step::Datasets)]));
}

#[test]
fn the_table_and_each_command_can_be_copied() {
    let mut state = entered(true);
    let copied = |effects: &[Effect]| match effects {
        [Effect::Copy(text)] => text.clone(),
        other => panic!("{other:?}"),
    };
    let table = copied(&press(&mut state, &[Char('y')]));
    assert_eq!(table.lines().count(), 5, "{table}");
    assert!(
        table.contains(&"07".repeat(32)) && table.contains("s3://music-recommendation-data/raw/"),
        "{table}"
    );
    assert!(words_of(&state, (80, 21)).contains("copied"));
    let command = copied(&press(&mut state, &[Tab, Char('y')]));
    assert!(command.starts_with("aws s3 ls --recursive"), "{command}");
    let last = copied(&press(&mut state, &[BackTab, BackTab, Char('y')]));
    assert!(last.starts_with("BashOperator("), "{last}");
}

#[test]
fn the_table_is_saved_under_a_name_that_is_asked_for() {
    let mut state = entered(true);
    press(&mut state, &[Char('w')]);
    assert!(state.is_typing() && words_of(&state, (80, 21)).contains("/data/brainzlift-report"));
    type_in(&mut state, "-2");
    let effects = press(&mut state, &[Enter]);
    let [Effect::SaveReport { name, text, json }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(name.to_str(), Some("/data/brainzlift-report-2"));
    let parsed: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(parsed["archives"][1]["status"], "failed");
    assert_eq!(parsed["archives"][0]["proof"]["sha256"], "07".repeat(32));
    assert!(text.contains("3 proven · 1 failed"), "{text}");
    let there = crate::Error::new(crate::Kind::Usage, "it is there already");
    state.update(Message::Saved(Err(there)));
    assert!(words_of(&state, (80, 21)).contains("it is there already"));
    state.update(Message::Saved(Ok(vec!["/data/r.txt".into(), "/data/r.json".into()])));
    assert!(words_of(&state, (80, 21)).contains("/data/r.txt, /data/r.json") && !state.is_typing());
}

#[test]
fn what_was_moved_for_nothing_is_told_too() {
    let mut state = entered(true);
    (state.report.downloaded, state.report.uploaded) = (3 << 30, 1 << 30);
    assert!(words_of(&state, (80, 21)).contains("↓ 3 GiB ↑ 1 GiB"));
}

fn pressed(keys: &[crossterm::event::KeyCode]) -> State {
    let mut state = entered(true);
    press(&mut state, keys);
    state
}

#[test]
fn pictures() {
    sample::pictures("done_proven", || entered(false));
    sample::pictures("done_failed", || entered(true));
    sample::pictures("done_empty", State::default);
    sample::pictures("done_saving", || pressed(&[Char('w')]));
    sample::pictures("done_saved", || {
        let mut state = pressed(&[Char('w'), Enter]);
        state.update(Message::Saved(Ok(vec!["/data/r.txt".into(), "/data/r.json".into()])));
        state
    });
    sample::pictures("done_copied", || pressed(&[Tab, Char('y')]));
}

#[test]
fn commands_are_left_behind_whole_but_not_those_of_a_sandbox_that_is_gone() {
    let lines = entered(false).to_copy();
    assert!(
        lines.iter().any(|line| line.starts_with("aws s3 cp s3://") && line.contains("| tar ")),
        "{lines:?}"
    );
    let sandbox = State { sandbox: true, ..entered(false) };
    assert!(sandbox.to_copy().is_empty());
}

/// Where `text` is shown first.
fn place(words: &str, text: &str) -> Position {
    let found = words.lines().zip(0..).find_map(|(line, y)| line.find(text).map(|at| (line, at, y)));
    let (line, at, y) = found.unwrap_or_else(|| panic!("{text} in\n{words}"));
    Position::new(u16::try_from(line[..at].chars().count()).unwrap(), y)
}

#[test]
fn what_is_picked_is_in_sight_and_keys_scroll_on_from_there() {
    let mut state = entered(true);
    assert!(!words_of(&state, (80, 21)).contains("BashOperator"));
    press(&mut state, &[BackTab]);
    assert!(words_of(&state, (80, 21)).contains("▸ keep it current from Airflow"));
    press(&mut state, &[Tab]);
    assert!(words_of(&state, (80, 21)).contains("3 proven"), "the table stands at the top");
}

#[test]
fn a_click_picks_a_command_and_the_second_one_copies_it() {
    for size in [(80, 60), (120, 36)] {
        let mut state = entered(false);
        let area = Rect::new(0, 0, size.0, size.1);
        let at = place(&words_of(&state, size), "spark.read.json");
        let click = state.mouse(area, Mouse::Click(at)).unwrap();
        assert!(state.update(click).is_empty());
        assert!(words_of(&state, size).contains("▸ read it with Spark"), "{size:?}");
        let again = state.mouse(area, Mouse::Again(at)).unwrap();
        let effects = state.update(again);
        assert!(
            matches!(&effects[..], [Effect::Copy(text)] if text.starts_with("spark.read.json")),
            "{effects:?}"
        );
    }
}

#[test]
fn the_scroll_bar_is_taken_to_the_end_and_back() {
    let (mut state, area) = (entered(true), Rect::new(0, 0, 60, 16));
    for (y, seen) in [(15, "processed/features/"), (0, "3 proven")] {
        let drag = state.mouse(area, Mouse::Drag(Position::new(59, y))).unwrap();
        state.update(drag);
        assert!(words_of(&state, (60, 16)).contains(seen), "{seen}");
    }
}
