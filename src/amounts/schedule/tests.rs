use jiff::civil::time;
use proptest::prelude::*;

use super::*;

fn schedule(text: &str) -> Schedule {
    text.parse().unwrap()
}

fn rate_at(text: &str, hour: i8, minute: i8) -> Option<u64> {
    schedule(text).at(time(hour, minute, 0, 0)).map(NonZeroU64::get)
}

#[test]
fn one_limit_holds_all_day() {
    for (text, rate) in [
        ("20MiB", Some(20 << 20)),
        ("20MB", Some(20_000_000)),
        ("2500000", Some(2_500_000)),
        ("5 MiB/s", Some(5 << 20)),
        ("off", None),
        ("None", None),
        ("08:00,5MiB", Some(5 << 20)),
    ] {
        assert_eq!((rate_at(text, 0, 0), rate_at(text, 23, 59)), (rate, rate), "{text}");
        assert_eq!(schedule(text).in_force(Time::midnight()).until, None, "{text}");
        assert_eq!(schedule(text).all_day().map(NonZeroU64::get), rate, "{text}");
    }
}

#[test]
fn a_limit_by_the_hour_wraps_round_midnight() {
    let text = "23:00,off 8:00,5MiB 12:30,1MiB";
    for (hour, minute, rate) in [
        (0, 0, None),
        (7, 59, None),
        (8, 0, Some(5 << 20)),
        (12, 29, Some(5 << 20)),
        (12, 30, Some(1 << 20)),
        (22, 59, Some(1 << 20)),
        (23, 0, None),
    ] {
        assert_eq!(rate_at(text, hour, minute), rate, "{hour}:{minute}");
    }
}

#[test]
fn a_limit_says_until_when_it_holds() {
    let day = schedule("08:00,5MiB 12:00,5MiB 23:00,off");
    let at = |hour| day.in_force(time(hour, 15, 0, 0)).to_string();
    assert_eq!(
        [at(9), at(13), at(23), at(2)],
        ["5 MiB/s until 23:00", "5 MiB/s until 23:00", "none until 08:00", "none until 08:00"]
    );
    assert_eq!(day.all_day(), None);
    assert_eq!(Schedule::unlimited().in_force(Time::midnight()).to_string(), "none");
}

#[test]
fn it_is_written_as_it_is_read() {
    assert_eq!(schedule("23:00,none 8:00,5mib").to_string(), "08:00,5MiB 23:00,off");
    assert_eq!(schedule(" 1.5MiB ").to_string(), "1536KiB");
    assert_eq!(serde_json::to_string(&schedule("20MB")).unwrap(), "\"20MB\"");
    assert_eq!(serde_json::from_str::<Schedule>("\"20MB\"").unwrap(), schedule("20MB"));
    assert!(serde_json::from_str::<Schedule>("\"fast\"").is_err());
}

#[test]
fn what_is_no_limit_is_refused_with_the_reason_and_examples() {
    for (text, reason) in [
        ("", "is not a rate"),
        ("fast", "is not a rate"),
        ("-5MiB", "is not a rate"),
        ("20", "is less than 1 KiB/s"),
        ("0", "is less than 1 KiB/s"),
        ("25:00,5MiB 08:00,off", "is not a time of day"),
        ("8:0,5MiB", "is not a time of day"),
        ("+8:00,5MiB", "is not a time of day"),
        ("08:00,quick", "is not a rate"),
        ("08:00,5MiB 23:00", "has no time"),
        ("08:00,5MiB 8:00,off", "08:00 stands twice"),
        ("5MiB\u{1b}[2J", "is not a rate"),
    ] {
        let error = text.parse::<Schedule>().unwrap_err();
        assert_eq!(error.kind(), Kind::Usage);
        assert!(error.why().unwrap().contains(reason), "{text:?}: {error}");
        assert!(error.advice().unwrap().contains("08:00,5MiB 23:00,off"), "{error}");
        assert!(!error.to_string().contains('\u{1b}'));
    }
}

prop_compose! {
    fn marks()(
        marks in proptest::collection::btree_map(
            (0..24_i8, 0..60_i8),
            proptest::option::of(SLOWEST..=u64::MAX),
            1..6,
        ),
    ) -> Vec<((i8, i8), Option<u64>)> {
        marks.into_iter().collect()
    }
}

fn written(marks: &[((i8, i8), Option<u64>)]) -> String {
    let mark = |((hour, minute), rate): &((i8, i8), Option<u64>)| {
        format!("{hour}:{minute:02},{}", rate.map_or_else(|| "off".to_owned(), |rate| rate.to_string()))
    };
    marks.iter().map(mark).collect::<Vec<_>>().join(" ")
}

proptest! {
    #[test]
    fn every_schedule_is_read_again_as_it_was_written(marks in marks()) {
        let schedule: Schedule = written(&marks).parse().unwrap();
        prop_assert_eq!(schedule.to_string().parse::<Schedule>().unwrap(), schedule);
    }

    #[test]
    fn at_any_minute_the_last_mark_before_it_holds_on_the_clock_face(marks in marks(), now in 0..1440_i32) {
        let schedule: Schedule = written(&marks).parse().unwrap();
        let ago = |((hour, minute), _): &&((i8, i8), Option<u64>)| {
            (now - i32::from(*hour) * 60 - i32::from(*minute)).rem_euclid(1440)
        };
        let holds = marks.iter().min_by_key(ago).unwrap().1;
        let (hour, minute) = (i8::try_from(now / 60).unwrap(), i8::try_from(now % 60).unwrap());
        prop_assert_eq!(schedule.at(time(hour, minute, 59, 0)).map(NonZeroU64::get), holds);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC*") {
        let _any = text.parse::<Schedule>();
    }
}
