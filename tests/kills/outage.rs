//! The network goes in the middle of a lift, and comes back: the lift goes on by itself.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::relay::Relay;
use super::round::{Round, compare, ended_well, run};
use super::stage::Stage;

/// What came out of it.
#[derive(Debug)]
pub(crate) struct Outage {
    /// How often each leg was told to have been tried again, by its name.
    pub(crate) retries: [(&'static str, usize); 2],
    pub(crate) round: Round,
}

/// Refuses connections on both legs for `length` and cuts those that there are, once a third of the archive has passed.
pub(crate) async fn outage(stage: &Stage, (name, mode): (&str, &str), length: Duration) -> Outage {
    let (began, home, bucket) = (Instant::now(), stage.home(), stage.bucket(name).await);
    let mut mirror = Relay::before(stage.sandbox.mirror_url()).await;
    let mut store = Relay::before(stage.store()).await;
    let mut command = stage.lift(home.path(), name, mode);
    command.env("BRAINZLIFT_MIRROR", mirror.url(stage.sandbox.mirror_url()));
    command.env("AWS_ENDPOINT_URL", store.url(stage.store()));
    let mut wrong = Vec::new();
    let weather = async {
        let part = stage.archive.size / 3;
        while mirror.answered() < part || store.asked() < part / 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::join!(mirror.down(), store.down());
        tokio::time::sleep(length).await;
        tokio::join!(mirror.up(), store.up());
        // It is not killed: what follows waits for its own end.
        std::future::pending::<()>().await;
    };
    let ran = run(command, weather).await;
    let retries = ["download", "upload"]
        .map(|leg| (leg, ran.named("retrying").filter(|event| event["leg"] == leg).count()));
    if began.elapsed() < length {
        wrong.push("it ended before the network was back".to_owned());
    }
    wrong.extend(
        retries.iter().filter(|(_, count)| *count == 0).map(|(leg, _)| format!("no {leg} was tried again")),
    );
    wrong.extend(ended_well(&ran));
    wrong.extend(compare(stage, &bucket, home.path(), mode, &BTreeSet::new()).await);
    Outage { retries, round: Round { wrong, took: began.elapsed(), ..Round::default() } }
}
