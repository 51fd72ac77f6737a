//! The network goes in the middle, and comes back: the transfer goes on by itself.

use std::time::Duration;

use brainzlift::Kind;
use brainzlift::bucket::{Connection, Target};
use brainzlift::catalog::Mirror;
use brainzlift::transfer::{Ends, Leg, Limits, Mode, Options, What, start};

use crate::relay::Relay;
use crate::rig::{Ran, Rig, run, target};

const RELEASE: &[&str] = &["musicbrainz/release"];
/// Longer than eight tries in a row take that a far end which does answer is given, if it answers badly.
const OUTAGE: Duration = Duration::from_secs(8);
/// What must have passed on each leg before the network goes, in bytes.
const MIDDLE: u64 = 100_000;

/// How often `leg` found nobody at the far end.
fn refused(ran: &Ran, leg: Leg) -> usize {
    let is_refused = |what: &What| matches!(what, What::Retrying { leg: of, why, .. } if *of == leg && why.kind() == Kind::Offline);
    ran.count(is_refused)
}

async fn lift_through_an_outage(mode: Mode) {
    let rig = Rig::at_rate(3 << 19).await;
    let mut mirror = Relay::before(rig.sandbox.mirror_url()).await;
    let mut store = Relay::before(rig.sandbox.s3_url()).await;
    let to = Target { endpoint_url: Some(store.url(rig.sandbox.s3_url())), ..target(&rig.sandbox) };
    let bucket = Connection::open(&to).await.unwrap().bucket("lifted").await.unwrap();
    let through = Mirror::new(mirror.url(rig.sandbox.mirror_url()).parse().unwrap()).unwrap();
    let mut plan = rig.plan(RELEASE, mode).await;
    for line in &mut plan.lines {
        line.archive.url = mirror.url(line.archive.url.as_str()).parse().unwrap();
    }
    let limits = Limits { up: "2MiB".parse().unwrap(), ..Limits::default() };
    let options = Options { limits, ..rig.options() };
    let ends = Ends { mirror: Some(through), bucket: Some(bucket) };
    let running = start(plan, &ends, options);
    let weather = async {
        while mirror.answered() < MIDDLE || store.asked() < MIDDLE {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::join!(mirror.down(), store.down());
        tokio::time::sleep(OUTAGE).await;
        tokio::join!(mirror.up(), store.up());
    };
    let (ran, ()) = tokio::join!(run(running), weather);
    assert_eq!(ran.proven(), 1, "{mode:?}: {:?}", ran.facts);
    assert!(ran.summary.seconds > OUTAGE.as_secs_f64(), "it ended before the network was back");
    for leg in [Leg::Download, Leg::Upload] {
        assert!(refused(&ran, leg) > 1, "{mode:?}, {leg:?}: {:?}", ran.facts);
    }
    rig.assert_identical(&rig.archives(RELEASE).await).await;
    rig.assert_nothing_left().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_in_the_middle_a_lift_that_keeps_goes_on_by_itself_when_it_is_back() {
    lift_through_an_outage(Mode::Keep).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_in_the_middle_a_stream_goes_on_by_itself_when_it_is_back() {
    lift_through_an_outage(Mode::Stream).await;
}
