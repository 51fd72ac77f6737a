//! Limits hold on the wire, in every mode, and let go when they are taken away.

use std::num::NonZeroU64;
use std::time::{Duration, Instant};

use brainzlift::transfer::{Leg, Limits, Mode, Options, Schedule, start};

use crate::rig::{Rig, run};

const RELEASE: &[&str] = &["musicbrainz/release"];

/// How long it takes to lift the release archive with its leg held to a rate at which that leg alone takes two seconds.
async fn held(mode: Mode, leg: Leg) -> f64 {
    let rig = Rig::new().await;
    let plan = rig.plan(RELEASE, mode).await;
    let limit = Schedule::constant(NonZeroU64::new(plan.lines[0].archive.size / 2));
    let limits = match leg {
        Leg::Download => Limits { down: limit, ..Limits::default() },
        Leg::Upload => Limits { up: limit, ..Limits::default() },
    };
    let ran = run(start(plan, &rig.ends(), Options { limits, ..rig.options() })).await;
    assert_eq!(ran.proven(), 1, "{:?}", ran.facts);
    ran.summary.seconds
}

#[tokio::test(flavor = "multi_thread")]
async fn each_leg_keeps_its_limit_with_and_without_a_local_file() {
    for mode in [Mode::Keep, Mode::Stream] {
        for leg in [Leg::Download, Leg::Upload] {
            // What may pass at once after a quiet time is a quarter of a second's worth.
            let seconds = held(mode, leg).await;
            assert!((1.7..8.0).contains(&seconds), "{mode:?} {leg:?}: {seconds} s");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_is_taken_away_lets_go_of_what_waits() {
    for leg in [Leg::Download, Leg::Upload] {
        let rig = Rig::new().await;
        let plan = rig.plan(RELEASE, Mode::Stream).await;
        // At this rate it would take minutes.
        let slow: Schedule = "2KiB".parse().unwrap();
        let limits = Limits { down: slow.clone(), up: slow };
        let running =
            start(plan, &rig.ends(), Options { limits, stall: Duration::from_secs(30), ..rig.options() });
        let other = if leg == Leg::Download { Leg::Upload } else { Leg::Download };
        running.control.limit(other, Schedule::unlimited());
        tokio::time::sleep(Duration::from_secs(1)).await;
        let freed = Instant::now();
        running.control.limit(leg, Schedule::unlimited());
        assert_eq!(run(running).await.proven(), 1);
        assert!(freed.elapsed() < Duration::from_secs(10), "{leg:?}: {:?}", freed.elapsed());
    }
}
