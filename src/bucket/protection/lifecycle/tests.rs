use aws_sdk_s3::types::{LifecycleExpiration, LifecycleRuleAndOperator, Tag};

use super::*;

fn foreign() -> Vec<LifecycleRule> {
    let both = LifecycleRuleAndOperator::builder()
        .prefix("logs/")
        .tags(Tag::builder().key("k").value("v").build().unwrap())
        .object_size_greater_than(17)
        .build();
    let expire = LifecycleRule::builder()
        .id("expire logs")
        .status(ExpirationStatus::Enabled)
        .filter(LifecycleRuleFilter::builder().and(both).build())
        .expiration(LifecycleExpiration::builder().days(3).build());
    let unnamed = LifecycleRule::builder()
        .status(ExpirationStatus::Disabled)
        .filter(LifecycleRuleFilter::builder().prefix("raw/").build())
        .transitions(Transition::builder().days(1).storage_class(TransitionStorageClass::StandardIa).build());
    vec![expire.build().unwrap(), unnamed.build().unwrap()]
}

fn archive(days: u32) -> Change {
    let rule = ArchiveRule { after_days: days, class: "GLACIER_IR".into() };
    Change::Archive { from: None, to: Some(rule) }
}

#[test]
fn foreign_rules_come_back_as_they_were_whatever_is_done_to_ours() {
    let start = Lifecycle { rules: foreign(), minimum_size: None };
    let changes = [
        archive(90),
        Change::AbortUnfinished { from: None, to: 7 },
        archive(30),
        Change::Archive { from: None, to: None },
        Change::AbortUnfinished { from: Some(7), to: 3 },
    ];
    let end = changes.iter().fold(start, |lifecycle, change| lifecycle.merged(change).unwrap());
    assert_eq!(end.foreign(), foreign().iter().collect::<Vec<_>>());
    assert_eq!((end.archive(), end.abort_days()), (None, Some(3)));
    assert_eq!(end.rules.len(), 3);
}

#[test]
fn what_is_written_is_what_is_read() {
    let after = Lifecycle::default().merged(&archive(0)).unwrap();
    assert_eq!(after.archive(), Some(ArchiveRule { after_days: 0, class: "GLACIER_IR".into() }));
    assert_eq!(after.rules[0].filter().unwrap().prefix(), Some("raw/"));
}

#[test]
fn a_rule_of_ours_keeps_its_place_when_it_changes() {
    let mut rules = foreign();
    rules.insert(1, Lifecycle::default().merged(&archive(90)).unwrap().rules.remove(0));
    let after = Lifecycle { rules, minimum_size: None }.merged(&archive(30)).unwrap();
    assert_eq!(after.rules[1].id(), Some(ARCHIVE_RULE));
    assert_eq!(after.archive().unwrap().after_days, 30);
}

#[test]
fn a_rule_of_ours_that_was_switched_off_or_moved_elsewhere_does_not_count() {
    let mut rule = Lifecycle::default().merged(&archive(90)).unwrap().rules.remove(0);
    rule.status = ExpirationStatus::Disabled;
    let off = Lifecycle { rules: vec![rule.clone()], minimum_size: None };
    assert_eq!(off.archive(), None);
    rule.status = ExpirationStatus::Enabled;
    rule.filter = Some(LifecycleRuleFilter::builder().prefix("elsewhere/").build());
    let moved = Lifecycle { rules: vec![rule], minimum_size: None };
    assert_eq!(moved.archive(), None);
    assert_eq!(moved.merged(&archive(90)).unwrap().rules.len(), 1);
}

#[test]
fn beside_a_rule_of_the_old_form_ours_takes_that_form_too() {
    #[expect(deprecated, reason = "the old form is what is tested")]
    let old =
        LifecycleRule::builder().id("old").prefix("x/").status(ExpirationStatus::Enabled).build().unwrap();
    let after = Lifecycle { rules: vec![old], minimum_size: None }.merged(&archive(9)).unwrap();
    assert!(after.rules.iter().all(|rule| rule.filter().is_none()));
    assert_eq!(after.archive().unwrap().after_days, 9);
}
