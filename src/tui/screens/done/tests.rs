use std::sync::Arc;

use crossterm::event::KeyCode::{Char, Enter, PageDown};

use super::*;
use crate::transfer::Checked;
use crate::tui::screens::sample;
use crate::tui::testing::{press, words_of};

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
fn pictures() {
    for (name, state) in [("proven", entered(false)), ("failed", entered(true)), ("empty", State::default())]
    {
        sample::pictures(&format!("done_{name}"), &state);
    }
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
