use proptest::prelude::*;

use super::*;

const MIB: u64 = 1 << 20;
/// Between two frames, in milliseconds.
const FRAME: u64 = 33;

/// Simulates a lift: the download at `down` bytes/s one archive after the other, the upload of whole parts at `up` bytes/s, a part
/// acknowledged at once. Gives (truth, shown) at each frame, in seconds.
fn lift(sizes: &[u64], down: u64, up: u64) -> Vec<(f64, Option<f64>)> {
    let mut archives: Vec<Sample> = sizes.iter().map(|size| fresh(*size)).collect();
    let (mut pace, mut shown, mut flying) = (Pace::default(), Vec::new(), 0_u64);
    let mut moved_up = 0;
    for frame in 0.. {
        download(&mut archives, down * FRAME * frame / 1000);
        match archives.iter_mut().find(|sample| ready(sample) > 0) {
            None => flying = 0,
            Some(sample) => {
                flying += up * FRAME / 1000;
                let part = part(sample).min(ready(sample));
                if flying >= part {
                    flying -= part;
                    sample.uploaded += part;
                    moved_up += part;
                }
            }
        }
        for sample in &mut archives {
            sample.status = if sample.uploaded == sample.size { Status::Proven } else { Status::Running };
        }
        let moved_down = archives.iter().map(|sample| sample.downloaded).sum();
        let snapshot = Snapshot { archives: archives.clone(), moved_down, moved_up, ..Snapshot::default() };
        if snapshot.is_final() {
            break;
        }
        pace.feed(Duration::from_millis(frame * FRAME), &snapshot);
        shown.push(pace.left().map(|left| left.as_secs_f64()));
    }
    let end = shown.len();
    let truth = |frame: usize| f64::from(u32::try_from((end - frame) * 33).unwrap()) / 1000.0;
    shown.into_iter().enumerate().map(|(frame, shown)| (truth(frame), shown)).collect()
}

fn fresh(size: u64) -> Sample {
    Sample { status: Status::Running, size, down: size, up: size, ..Sample::default() }
}

/// All archives at once, each at an equal share.
fn download(archives: &mut [Sample], bytes: u64) {
    let mut order: Vec<&mut Sample> = archives.iter_mut().collect();
    order.sort_by_key(|sample| sample.size);
    let (mut left, mut open) = (bytes, u64::try_from(order.len()).unwrap());
    for sample in order {
        sample.downloaded = (left / open).min(sample.size);
        sample.hashed = sample.downloaded;
        left -= sample.downloaded;
        open -= 1;
    }
}

/// Every time that was shown after `from` seconds is off by less than `by` seconds.
fn is_right(frames: &[(f64, Option<f64>)], from: usize, by: f64) {
    let after = from * 1000 / 33;
    assert!(frames.len() > after, "it ended before anything was compared");
    for (truth, shown) in &frames[after..] {
        let shown = shown.unwrap_or_else(|| panic!("nothing is said with {truth} s to go"));
        assert!((shown - truth).abs() < by, "{shown} is shown with {truth} s to go");
    }
}

#[test]
fn small_archives_that_are_uploaded_in_one_part_read_the_time_of_their_download() {
    let sizes = [6, 8, 3, 7].map(|mib| mib * MIB);
    let frames = lift(&sizes, MIB, 50 * MIB);
    assert!((24.0..26.0).contains(&frames[0].0));
    is_right(&frames, 3, 2.0);
}

#[test]
fn a_large_archive_over_a_fast_upload_reads_the_time_of_its_download() {
    is_right(&lift(&[400 * MIB], 10 * MIB, 50 * MIB), 3, 3.0);
}

#[test]
fn a_slow_upload_decides_once_it_has_shown_its_speed() {
    let frames = lift(&[400 * MIB], 40 * MIB, 4 * MIB);
    is_right(&frames, 15, 10.0);
}

#[test]
fn nothing_is_said_until_a_slow_upload_has_shown_its_speed() {
    let frames = lift(&[400 * MIB], 40 * MIB, MIB);
    let silent = frames.iter().take_while(|(_, shown)| shown.is_none()).count();
    assert!(silent * 33 >= 8000, "{silent} frames");
}

#[test]
fn it_does_not_jump() {
    for (down, up) in [(10, 50), (40, 4), (10, 10), (2, 1)] {
        let frames = lift(&[100 * MIB, 60 * MIB], down * MIB, up * MIB);
        let shown: Vec<f64> = frames.iter().filter_map(|(_, shown)| *shown).collect();
        for pair in shown.windows(2).filter(|pair| pair[1] > 3.0) {
            let step = (pair[1] - pair[0]).abs() / pair[0].max(10.0);
            assert!(step < 0.05, "from {} to {} at {down}/{up}", pair[0], pair[1]);
        }
    }
}

fn uploading(uploaded: u64) -> Snapshot {
    let size = 100 * MIB;
    let sample = Sample { down: 0, downloaded: size, hashed: size, uploaded, ..fresh(size) };
    Snapshot { archives: vec![sample], moved_down: 0, moved_up: uploaded, ..Snapshot::default() }
}

#[test]
fn an_upload_alone_is_timed_by_itself() {
    let mut pace = Pace::default();
    for second in 0..20 {
        pace.feed(Duration::from_secs(second), &uploading(second * MIB));
    }
    let left = pace.left().unwrap().as_secs_f64();
    assert!((79.0..83.0).contains(&left), "{left}");
}

#[test]
fn a_limit_is_believed_before_it_is_felt() {
    let (mut free, mut held) = (Pace::default(), Pace::default());
    for second in 0..20 {
        let snapshot = uploading(second * MIB);
        free.feed(Duration::from_secs(second), &snapshot);
        let limit = std::num::NonZeroU64::new(MIB / 4).filter(|_| second > 14);
        let limit_up = crate::transfer::InForce { rate: limit, until: None };
        held.feed(Duration::from_secs(second), &Snapshot { limit_up, ..snapshot });
    }
    assert!(held.left().unwrap() > free.left().unwrap() * 2, "{held:?}");
}

#[test]
fn a_pause_does_not_count_as_slowness() {
    let mut pace = Pace::default();
    for second in 0..20 {
        pace.feed(Duration::from_secs(second), &uploading(second * MIB));
    }
    let before = pace.left().unwrap();
    let mut paused = uploading(19 * MIB);
    paused.archives[0].status = Status::Paused;
    pace.feed(Duration::from_hours(1), &paused);
    pace.feed(Duration::from_millis(3_600_033), &uploading(19 * MIB));
    assert!(before.abs_diff(pace.left().unwrap()) < Duration::from_secs(1));
}

#[test]
fn a_stall_makes_it_longer() {
    let mut pace = Pace::default();
    for second in 0..60 {
        pace.feed(Duration::from_secs(second), &uploading(second.min(20) * MIB));
    }
    assert!(pace.left().unwrap() > Duration::from_mins(3), "{:?}", pace.left());
}

proptest! {
    #[test]
    fn whatever_is_fed_gives_a_time_that_can_be_shown(
        steps in prop::collection::vec((0u64..5000, any::<[u32; 3]>(), any::<u32>()), 0..100)
    ) {
        let (mut pace, mut now, mut moved) = (Pace::default(), 0, 0);
        for (millis, [downloaded, hashed, uploaded], more) in steps {
            (now, moved) = (now + millis, moved + u64::from(more));
            let [downloaded, hashed, uploaded] = [downloaded, hashed, uploaded].map(u64::from);
            let sample = Sample { downloaded, hashed, uploaded, ..fresh(3 << 30) };
            let snapshot = Snapshot { archives: vec![sample], moved_down: moved, moved_up: moved / 3, ..Snapshot::default() };
            pace.feed(Duration::from_millis(now), &snapshot);
            prop_assert!(pace.left().is_none_or(|left| left.as_secs_f64() <= MOST));
        }
    }
}
