use super::*;

const GIB: u64 = 1 << 30;
const PART: u64 = 8 << 20;

fn estimate(sizes: &[u64], region: &str, class: &str, archive: Option<(&str, u32)>) -> Option<Estimate> {
    let archive = archive.map(|(class, after_days)| Archiving { class, after_days });
    Prices::embedded().estimate(sizes.iter().copied(), |_| PART, Storing { region, class, archive })
}

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9, "{a} is not {b}");
}

#[test]
fn a_hundred_gigabytes_in_paris_cost_what_the_table_says() {
    let found = estimate(&[60 * GIB, 40 * GIB], "eu-west-3", "STANDARD", None).unwrap();
    close(found.month_usd, 2.4);
    close(found.egress_usd, 9.0);
    assert!(found.exact);
    assert_eq!((found.prices_of.as_str(), found.objects, found.bytes), ("eu-west-3", 2, 100 * GIB));
}

#[test]
fn an_upload_is_one_request_or_its_parts_and_two_more() {
    let found = estimate(&[PART, PART + 1, 0], "us-east-1", "STANDARD", None).unwrap();
    assert_eq!(found.requests, 1 + 4 + 1);
    close(found.requests_usd.unwrap(), 6.0 / 1000.0 * 0.005);
    close(found.reading_usd.unwrap(), 4.0 / 10_000.0 * 0.004);
}

#[test]
fn the_archive_rule_makes_a_month_cheaper_and_coming_back_early_dearer() {
    let found = estimate(&[100 * GIB], "us-east-1", "STANDARD", Some(("GLACIER_IR", 90))).unwrap();
    let archived = found.archived.unwrap();
    close(archived.month_usd, 0.4);
    close(archived.moving_usd.unwrap(), 0.02 / 1000.0);
    close(archived.retrieval_usd.unwrap(), 3.0);
    close(archived.early_usd(0), 1.2);
    close(archived.early_usd(60), 0.4);
    close(archived.early_usd(1000), 0.0);
    close(archived.back_usd(60).unwrap(), 3.4);
    assert_eq!(archived.restore_hours, 0);
}

#[test]
fn glacier_adds_forty_kilobytes_an_object() {
    let found = estimate(&[GIB, GIB], "us-east-1", "GLACIER", None).unwrap();
    let (at_glacier, at_standard) = (2.0 * 32768.0 / GB * 0.0036, 2.0 * 8192.0 / GB * 0.023);
    close(found.month_usd, 2.0 * 0.0036 + at_glacier + at_standard);
}

#[test]
fn a_small_object_is_billed_as_the_smallest_and_is_not_moved() {
    let small = estimate(&[1], "us-east-1", "GLACIER_IR", None).unwrap();
    close(small.month_usd, 131_072.0 / GB * 0.004);
    assert_eq!(small.reading_usd, None, "its GET price is not in the table");
    let found = estimate(&[1000, GIB], "us-east-1", "STANDARD", Some(("DEEP_ARCHIVE", 1))).unwrap();
    let archived = found.archived.unwrap();
    let (stays, moves) = (1000.0 / GB * 0.023, 0.00099 * (1.0 + 32768.0 / GB) + 0.023 * 8192.0 / GB);
    close(archived.month_usd, stays + moves);
    assert_eq!((archived.restore_hours, archived.moving_usd), (12, None));
}

#[test]
fn an_unknown_region_is_answered_with_another_and_said_so() {
    let found = estimate(&[GIB], "mars-north-1", "STANDARD", None).unwrap();
    assert!(!found.exact);
    assert_eq!(found.prices_of, "us-east-1");
}

#[test]
fn an_unconfirmed_price_is_not_exact_and_an_unknown_class_has_none() {
    assert!(!estimate(&[GIB], "eu-west-3", "STANDARD", Some(("DEEP_ARCHIVE", 90))).unwrap().exact);
    assert!(estimate(&[GIB], "eu-west-3", "GOLD", None).is_none());
    assert!(estimate(&[GIB], "eu-west-3", "STANDARD", Some(("GOLD", 1))).is_none());
}
