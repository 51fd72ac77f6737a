use std::sync::Arc;

use crossterm::event::KeyCode::{self, Char, Down, Enter, Esc};

use super::*;
use crate::error::Kind;
use crate::transfer::{Checked, Choice, Contents, Leg, Locals, PartState, Sample, What, plan};
use crate::tui::Command;
use crate::tui::effect::Renewal;
use crate::tui::screens::sample;
use crate::tui::testing::{press, type_in, words_of};

mod steer;

use steer::{expired, opened};

const SECOND: u64 = 1000;

fn started() -> State {
    let plan = plan(&sample::four(), &Locals::default(), Some(&Contents::default()), Choice::default());
    let mut state = State::default();
    let effects = state.enter(&Known { plan: Some(plan), ..sample::known() });
    assert!(matches!(&effects[..], [Effect::Start(_)]));
    state
}

fn tell(state: &mut State, line: usize, what: What) {
    state.update(Message::Fact(Fact { line, what }));
}

fn tick(state: &mut State, millis: u64, samples: &[(Status, u64)]) {
    let archives = sample::four();
    let archives = archives.iter().zip(samples).map(|(archive, (status, percent))| {
        let bytes = archive.size / 100 * percent;
        let size = archive.size;
        Sample {
            status: *status,
            size,
            down: size,
            up: size,
            downloaded: bytes,
            hashed: bytes / 10 * 9,
            uploaded: bytes / 10 * 8,
            sending: 0,
        }
    });
    let archives: Vec<Sample> = archives.collect();
    let moved = |of: fn(&Sample) -> u64| archives.iter().map(of).sum();
    let snapshot = Snapshot {
        moved_down: moved(|s| s.downloaded),
        moved_up: moved(|s| s.uploaded),
        connections: 2,
        connected: 2,
        flying: 3,
        archives,
        ..Snapshot::default()
    };
    state.tick(&Tick { now: Duration::from_millis(millis), snapshot: Some(snapshot) });
}

/// artist is proven, recording retries, release runs, release-group is queued.
fn running() -> State {
    let mut state = started();
    (0..3).for_each(|line| tell(&mut state, line, What::Started { down_from: 0, up_from: 0 }));
    for step in 0..=40_u64 {
        let samples =
            [(Status::Running, step), (Status::Running, step), (Status::Running, step), (Status::Queued, 0)];
        tick(&mut state, step * SECOND, &samples);
    }
    tell(&mut state, 0, What::Proven(sample::proof(&sample::four()[0], Checked::Equal)));
    let why = Arc::new(sample::unreachable());
    tell(&mut state, 1, What::Retrying { leg: Leg::Download, attempt: 1, wait: Duration::from_secs(4), why });
    let samples = [(Status::Proven, 100), (Status::Running, 40), (Status::Running, 41), (Status::Queued, 0)];
    tick(&mut state, 41 * SECOND, &samples);
    state
}

fn failed() -> State {
    let mut state = running();
    tell(&mut state, 1, What::Failed { why: Arc::new(sample::unreachable()) });
    tell(&mut state, 2, What::Cancelled);
    tell(&mut state, 3, What::Skipped);
    let samples =
        [(Status::Proven, 100), (Status::Failed, 40), (Status::Cancelled, 41), (Status::Skipped, 0)];
    tick(&mut state, 50 * SECOND, &samples);
    state
}

fn proven() -> State {
    let mut state = running();
    let checked = [Checked::Equal, Checked::NotGiven, Checked::Malformed, Checked::Equal];
    for (line, (archive, checked)) in sample::four().iter().zip(checked).enumerate() {
        tell(&mut state, line, What::Proven(sample::proof(archive, checked)));
    }
    tick(&mut state, 60 * SECOND, &[(Status::Proven, 100); 4]);
    state
}

fn paused() -> State {
    let mut state = running();
    (1..3).for_each(|line| tell(&mut state, line, What::Paused));
    let samples = [(Status::Proven, 100), (Status::Paused, 40), (Status::Paused, 41), (Status::Paused, 0)];
    tick(&mut state, 42 * SECOND, &samples);
    state
}

#[test]
fn all_bytes_moved_do_not_read_as_done_before_the_proof() {
    let mut state = started();
    tick(&mut state, SECOND, &[(Status::Running, 100); 4]);
    let words = words_of(&state, (80, 21));
    assert!(!words.contains("100 %"), "{words}");
    assert!(words_of(&proven(), (80, 21)).contains("100 %"));
}

#[test]
fn a_proof_that_comes_after_the_last_frame_fills_both_legs() {
    let mut state = running();
    for (line, archive) in sample::four().iter().enumerate() {
        tell(&mut state, line, What::Proven(sample::proof(archive, Checked::Equal)));
    }
    let words = words_of(&state, (80, 21));
    assert_eq!(words.matches("23.1 GiB of 23.1 GiB").count(), 2, "{words}");
}

#[test]
fn a_run_that_moves_asks_before_quitting_and_an_ended_one_does_not() {
    assert!(running().is_running());
    assert!(!proven().is_running());
    assert!(!State::default().is_running());
}

#[test]
fn a_stopped_run_is_running_until_the_engine_has_wound_down() {
    let mut state = running();
    (1..4).for_each(|line| tell(&mut state, line, What::Interrupted));
    assert!(state.is_running());
    state.update(Message::Finished(Summary::default()));
    assert!(!state.is_running());
}

#[test]
fn p_pauses_all_and_resumes_all() {
    let mut state = running();
    assert!(matches!(press(&mut state, &[Char('p')])[..], [Effect::Control(Command::Pause(None))]));
    assert!(matches!(press(&mut paused(), &[Char('p')])[..], [Effect::Control(Command::Resume(None))]));
}

#[test]
fn with_the_cursor_on_an_archive_keys_act_on_it_alone_until_esc() {
    let mut state = running();
    let effects = press(&mut state, &[Down, Down, Char('p')]);
    assert!(matches!(effects[..], [Effect::Control(Command::Pause(Some(1)))]));
    let effects = press(&mut state, &[Esc, Char('p')]);
    assert!(matches!(effects[..], [Effect::Control(Command::Pause(None))]));
}

/// The limits that keys ordered, in the order of the legs.
fn ordered(effects: &[Effect]) -> Vec<(Leg, Option<u64>)> {
    let limit = |effect: &Effect| match effect {
        Effect::Control(Command::Limit(leg, rate)) => (*leg, rate.map(std::num::NonZeroU64::get)),
        other => panic!("{other:?}"),
    };
    effects.iter().map(limit).collect()
}

#[test]
fn plus_and_minus_change_the_limit_of_both_legs_or_of_the_one_that_t_chooses() {
    const MIB: u64 = 1 << 20;
    let mut state = started();
    assert!(words_of(&state, (80, 21)).contains("limit  ▸↓ none  ▸↑ none"));
    let slower = press(&mut state, &[Char('-'), Char('-')]);
    let both = |rate| [(Leg::Download, Some(rate)), (Leg::Upload, Some(rate))];
    assert_eq!(ordered(&slower), [both(200 * MIB), both(100 * MIB)].concat());
    assert!(words_of(&state, (80, 21)).contains("▸↓ 100 MiB/s  ▸↑ 100 MiB/s"));
    let faster = press(&mut state, &[Char('t'), Char('t'), Char('+'), Char('+')]);
    assert_eq!(ordered(&faster), [(Leg::Upload, Some(200 * MIB)), (Leg::Upload, None)]);
    assert!(words_of(&state, (80, 21)).contains(" ↓ 100 MiB/s  ▸↑ none"));
    let both_again = press(&mut state, &[Char('t'), Char('-')]);
    assert_eq!(ordered(&both_again), [(Leg::Download, Some(50 * MIB)), (Leg::Upload, Some(200 * MIB))]);
    assert!(press(&mut proven(), &[Char('-')]).is_empty());
}

#[test]
fn the_engine_has_the_last_word_on_what_holds() {
    let mut state = started();
    press(&mut state, &[Char('-')]);
    let day: crate::transfer::Schedule = "08:00,5MiB 23:00,off".parse().unwrap();
    let limit_down = day.in_force(jiff::civil::time(9, 0, 0, 0));
    let snapshot = Some(Snapshot { limit_down, ..Snapshot::default() });
    state.tick(&Tick { now: Duration::from_secs(1), snapshot });
    assert!(words_of(&state, (80, 21)).contains("▸↓ 5 MiB/s until 23:00  ▸↑ none"));
}

/// The same without a local file, held to limits.
fn streamed() -> State {
    let choice = Choice { mode: Mode::Stream, ..Choice::default() };
    let plan = plan(&sample::four(), &Locals::default(), Some(&Contents::default()), choice);
    let mut state = State::default();
    state.enter(&Known { plan: Some(plan), ..sample::known() });
    tell(&mut state, 0, What::Started { down_from: 0, up_from: 0 });
    tick(
        &mut state,
        SECOND,
        &[(Status::Running, 40), (Status::Queued, 0), (Status::Queued, 0), (Status::Queued, 0)],
    );
    press(&mut state, &[Char('t'), Char('-')]);
    state
}

#[test]
fn a_stream_is_called_one_and_speaks_of_no_file() {
    let words = words_of(&streamed(), (80, 21));
    assert!(words.contains("streamed, no local file") && words.contains("% up"), "{words}");
}

#[test]
fn r_tries_failed_ones_again_and_goes_on_with_those_that_wait() {
    let mut state = failed();
    let effects = press(&mut state, &[Char('r')]);
    assert!(matches!(effects[..], [Effect::Control(Command::Retry(1)), Effect::Control(Command::Retry(2))]));
    let mut state = running();
    tell(&mut state, 2, What::Waiting { why: Arc::new(sample::unreachable()) });
    let effects = press(&mut state, &[Down, Down, Down, Char('r')]);
    assert!(matches!(effects[..], [Effect::Control(Command::Resume(Some(2)))]));
}

#[test]
fn enter_does_nothing_until_the_end_and_then_shows_the_result() {
    assert!(press(&mut running(), &[Enter]).is_empty());
    let effects = press(&mut proven(), &[Enter]);
    assert!(matches!(effects[..], [Effect::Control(Command::Stop), Effect::Go(Step::Done)]));
    let mut known = Known::default();
    proven().leave(&mut known);
    assert_eq!(known.ended.len(), 4);
    assert_eq!(known.report.map(|report| (report.proven, report.failed)), Some((4, 0)));
}

#[test]
fn entering_a_run_that_moves_does_not_start_another() {
    let mut state = running();
    assert!(state.enter(&sample::known()).is_empty());
    assert_eq!(state.rows.len(), 4);
}

#[test]
fn a_retry_counts_down_and_goes_when_bytes_move_again() {
    let mut state = running();
    let words = words_of(&state, (80, 21));
    assert!(words.contains("try 1 failed; retrying in"), "{words}");
    let samples = [(Status::Proven, 100), (Status::Running, 50), (Status::Running, 51), (Status::Queued, 0)];
    tick(&mut state, 50 * SECOND, &samples);
    assert!(!words_of(&state, (80, 21)).contains("retrying in"));
}

#[test]
fn a_proof_says_what_this_store_did_not_give() {
    let words = words_of(&proven(), (80, 21));
    assert!(words.contains("✓ SHA-256 ✓ CRC64NVME ✓ size"), "{words}");
    assert!(words.contains("CRC64NVME not given by this store") && words.contains("malformed"), "{words}");
}

#[test]
fn the_log_has_every_fact_and_scrolls() {
    let mut state = proven();
    press(&mut state, &[Char('l')]);
    assert!(words_of(&state, (120, 37)).contains("try 1 failed"));
    assert_eq!(state.log.len(), 9);
    (0..100).for_each(|_| tell(&mut state, 3, What::Resumed));
    let newest = words_of(&state, (80, 21));
    press(&mut state, &[crossterm::event::KeyCode::PageUp]);
    state.log.scroll(-200);
    let oldest = words_of(&state, (80, 21));
    assert!(oldest.contains("started") && !newest.contains("started"), "{oldest}");
}

/// release waits for somebody.
fn waiting(kind: Kind, what: &str) -> State {
    let mut state = running();
    let why =
        crate::Error::new(kind, what).because("no room is left").hint("make room; it goes on by itself");
    tell(&mut state, 2, What::Waiting { why: Arc::new(why) });
    let samples = [(Status::Proven, 100), (Status::Running, 40), (Status::Waiting, 41), (Status::Queued, 0)];
    tick(&mut state, 42 * SECOND, &samples);
    state
}

/// Nothing answers.
fn offline() -> State {
    let mut state = running();
    for line in 1..3 {
        let why = Arc::new(sample::unreachable());
        let wait = Duration::from_secs(10);
        tell(&mut state, line, What::Retrying { leg: Leg::Download, attempt: 7, wait, why });
    }
    state
}

#[test]
fn a_wait_before_another_try_is_cut_short_with_one_key() {
    let effects = press(&mut offline(), &[Char('r')]);
    let resumed =
        |line| matches!(effects[line - 1], Effect::Control(Command::Resume(Some(at))) if at == line);
    assert!(effects.len() == 2 && resumed(1) && resumed(2), "{effects:?}");
}

#[test]
fn pictures() {
    let take = |name: &str, state: fn() -> State| sample::pictures(&format!("transfer_{name}"), state);
    take("started", started);
    take("running", running);
    take("streamed", streamed);
    take("paused", paused);
    take("failed", failed);
    take("proven", proven);
    take("log", || pressed(running(), &[Char('l')]));
    take("asking", || pressed(running(), &[Down, Down, Down, Char('c')]));
    take("filtered", || typed(pressed(running(), &[Char('/')]), "started"));
    take("whole_run", || pressed(running(), &[Char('z')]));
    take("limited", || pressed(running(), &[Char('t'), Char('-')]));
    take("opened", opened);
    take("proof", || pressed(proven(), &[Down, Enter]));
    take("credentials", expired);
    take("renewing", renewing);
    take("renewing_keys", || typed(pressed(expired(), &[Char('n'), Down, Enter]), "AKIAEXAMPLE"));
    take("no_room", || waiting(Kind::OutOfSpace, "the disk is full"));
    take("offline", offline);
    take("vanished", vanished);
}

fn pressed(mut state: State, keys: &[KeyCode]) -> State {
    press(&mut state, keys);
    state
}

fn typed(mut state: State, text: &str) -> State {
    type_in(&mut state, text);
    state
}

/// Other credentials are chosen.
fn renewing() -> State {
    let mut state = pressed(expired(), &[Char('n')]);
    state.update(Message::Profiles(vec!["default".into(), "work".into()]));
    state
}

/// One archive's dump is gone from the mirror.
fn vanished() -> State {
    let mut state = failed();
    let gone = crate::Error::new(crate::Kind::NotFound, "cannot download release.tar.xz");
    tell(&mut state, 1, What::Failed { why: Arc::new(gone) });
    state
}

#[test]
fn where_a_dump_is_gone_the_way_back_says_that_it_leads_to_the_newest() {
    let words = |state: &State| state.keys().iter().map(|hint| hint.says.clone()).collect::<Vec<_>>();
    let mut state = failed();
    assert!(!words(&state).contains(&say!("transfer-key-newest")));
    state = vanished();
    assert!(words(&state).contains(&say!("transfer-key-newest")));
}
