use std::sync::atomic::AtomicI8;

use futures::FutureExt;
use jiff::civil::time;
use proptest::prelude::*;

use super::*;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

fn at(text: &str) -> Throttle {
    Throttle::new(text.parse().unwrap())
}

async fn pass(time: Duration) {
    tokio::time::advance(time).await;
}

/// How long it takes until `bytes` may move.
async fn taking(throttle: &Throttle, bytes: u64) -> Duration {
    let begun = Instant::now();
    throttle.take(bytes).await;
    begun.elapsed()
}

fn is_about(time: Duration, seconds: f64) -> bool {
    (time.as_secs_f64() - seconds).abs() < 0.01
}

#[tokio::test(start_paused = true)]
async fn without_a_limit_nothing_waits() {
    let throttle = at("off");
    assert_eq!(throttle.reserve(u64::MAX), Duration::ZERO);
    assert_eq!(taking(&throttle, u64::MAX).await, Duration::ZERO);
    assert_eq!((throttle.rate_now(), throttle.in_force()), (None, InForce::default()));
}

#[tokio::test(start_paused = true)]
async fn each_piece_waits_for_those_before_it() {
    let throttle = at("1MiB");
    assert_eq!(throttle.reserve(MIB), Duration::from_secs(1));
    assert_eq!(throttle.reserve(MIB), Duration::from_secs(2));
    pass(Duration::from_secs(1)).await;
    assert_eq!(throttle.reserve(MIB), Duration::from_secs(2));
}

#[tokio::test(start_paused = true)]
async fn a_long_pause_builds_up_a_quarter_of_a_second_and_no_more() {
    let throttle = at("1MiB");
    pass(Duration::from_hours(1)).await;
    assert_eq!(throttle.reserve(MIB / 4), Duration::ZERO);
    assert_eq!(throttle.reserve(MIB), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn who_waits_moves_at_the_new_limit_at_once() {
    let throttle = Arc::new(at("1KiB"));
    let waits = tokio::spawn({
        let throttle = Arc::clone(&throttle);
        async move { taking(&throttle, 100 * KIB).await }
    });
    tokio::time::sleep(Duration::from_secs(50)).await;
    throttle.set("25KiB".parse().unwrap());
    assert!(is_about(waits.await.unwrap(), 52.0));
    assert_eq!(throttle.rate_now(), NonZeroU64::new(25 * KIB));
}

#[tokio::test(start_paused = true)]
async fn who_waits_is_let_go_when_the_limit_is_taken_away() {
    let throttle = Arc::new(at("1KiB"));
    let waits = tokio::spawn({
        let throttle = Arc::clone(&throttle);
        async move { taking(&throttle, MIB).await }
    });
    tokio::time::sleep(Duration::from_millis(1500)).await;
    throttle.set(Schedule::unlimited());
    assert_eq!(waits.await.unwrap(), Duration::from_millis(1500));
    assert_eq!(throttle.reserve(MIB), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_is_set_later_has_no_old_debt_and_no_old_credit() {
    let throttle = at("off");
    throttle.take(1000 * MIB).await;
    pass(Duration::from_mins(1)).await;
    throttle.set("1MiB".parse().unwrap());
    assert!(is_about(taking(&throttle, MIB).await, 1.0));
    throttle.set(Schedule::unlimited());
    throttle.take(1000 * MIB).await;
    throttle.set("1MiB".parse().unwrap());
    assert!(is_about(taking(&throttle, MIB).await, 1.0));
}

#[tokio::test(start_paused = true)]
async fn the_hour_changes_the_limit_of_those_who_wait() {
    let hour = Arc::new(AtomicI8::new(9));
    let wall = {
        let hour = Arc::clone(&hour);
        Box::new(move || time(hour.load(Relaxed), 0, 0, 0))
    };
    let throttle = Throttle::with_wall("08:00,1KiB 23:00,off".parse().unwrap(), wall);
    let force = throttle.in_force();
    assert_eq!((force.rate, force.until), (NonZeroU64::new(KIB), Some(time(23, 0, 0, 0))));
    let begun = Instant::now();
    let waits = throttle.take(MIB);
    tokio::pin!(waits);
    assert!(waits.as_mut().now_or_never().is_none());
    hour.store(23, Relaxed);
    waits.await;
    assert!(begun.elapsed() <= HOUR_CHECK, "{:?}", begun.elapsed());
    assert_eq!(throttle.rate_now(), None);
}

#[tokio::test(start_paused = true)]
async fn who_gives_up_lets_the_others_move_up() {
    let throttle = at("1MiB");
    let gone = throttle.take(10 * MIB);
    let stays = taking(&throttle, 2 * MIB);
    tokio::pin!(stays);
    {
        tokio::pin!(gone);
        assert!(gone.as_mut().now_or_never().is_none());
        assert!(stays.as_mut().now_or_never().is_none());
        pass(Duration::from_secs(1)).await;
    }
    assert!(is_about(stays.await, 2.0));
}

#[tokio::test(start_paused = true)]
async fn those_who_take_share_in_turn() {
    let throttle = at("1MiB");
    let takes = |name: &'static str| {
        let throttle = &throttle;
        async move {
            let mut ends = Vec::new();
            for _ in 0..3 {
                throttle.take(MIB).await;
                ends.push((Instant::now(), name));
            }
            ends
        }
    };
    let (a, b) = tokio::join!(takes("a"), takes("b"));
    let mut ends = [a, b].concat();
    ends.sort_by_key(|(end, _)| *end);
    assert_eq!(ends.iter().map(|(_, name)| *name).collect::<String>(), "ababab");
}

proptest! {
    #[test]
    fn over_any_stretch_of_time_no_more_moves_than_the_limit_and_one_burst(
        rate in 1024..10 * MIB,
        steps in proptest::collection::vec((0..2 * MIB, 0..3000_u64), 1..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let throttle = at(&rate.to_string());
            let mut moved: Vec<(Instant, u64)> = Vec::new();
            for (bytes, pause) in steps {
                pass(Duration::from_millis(pause)).await;
                throttle.take(bytes).await;
                moved.push((Instant::now(), bytes));
            }
            for (index, (from, _)) in moved.iter().enumerate() {
                // The first piece was paid for before the stretch began.
                let mut sum = 0;
                for (to, bytes) in &moved[index + 1..] {
                    sum += bytes;
                    let stretch = (*to - *from + BURST).as_secs_f64();
                    assert!(float(sum) <= float(rate) * (stretch + 0.001) + 1.0);
                }
            }
        });
    }
}
