//! What would have to change. Pure.

use super::{Change, Current, Reading, Wanted};

/// The changes that lead from `current` to `wanted`. What the store does not know is left out: see [`skipped`]. What could not be
/// read for want of permission is tried all the same, for writing may be allowed.
#[must_use]
pub fn diff(current: &Current, wanted: &Wanted) -> Vec<Change> {
    let differs = |known: &(Change, State)| matches!(known.1, State::Differs);
    all(current, wanted).into_iter().filter(differs).map(|(change, _)| change).collect()
}

/// What is wanted and not possible, because the store does not know the setting. It is said, and nothing is tried.
#[must_use]
pub fn skipped(current: &Current, wanted: &Wanted) -> Vec<Change> {
    let unsupported = |known: &(Change, State)| matches!(known.1, State::Unsupported);
    all(current, wanted).into_iter().filter(unsupported).map(|(change, _)| change).collect()
}

enum State {
    Same,
    Differs,
    Unsupported,
}

/// Every setting that is wanted, as the change that would bring it about.
fn all(current: &Current, wanted: &Wanted) -> Vec<(Change, State)> {
    let versioning = wanted
        .versioning
        .map(|enable| (Change::Versioning { enable }, state(&current.versioning, |kept| *kept == enable)));
    let archive = wanted.archive.clone().map(|to| {
        let state = state(&current.archive, |from| *from == to);
        (Change::Archive { from: known(&current.archive), to }, state)
    });
    let abort = (
        Change::AbortUnfinished { from: known(&current.abort_days), to: wanted.abort_days },
        state(&current.abort_days, |days| *days == Some(wanted.abort_days)),
    );
    let block = (Change::BlockPublicAccess, state(&current.public_access_block, |all_on| *all_on));
    // Whatever encryption is set is at least as strong as S3's own keys: a bucket with aws:kms keeps it.
    let encrypt = (Change::Encrypt, state(&current.encryption, Option::is_some));
    versioning.into_iter().chain(archive).chain([abort, block, encrypt]).collect()
}

fn state<T>(reading: &Reading<T>, is_as_wanted: impl Fn(&T) -> bool) -> State {
    match reading {
        Reading::Is(value) if is_as_wanted(value) => State::Same,
        Reading::Is(_) | Reading::Denied => State::Differs,
        Reading::Unsupported => State::Unsupported,
    }
}

fn known<T: Clone>(reading: &Reading<Option<T>>) -> Option<T> {
    match reading {
        Reading::Is(value) => value.clone(),
        Reading::Unsupported | Reading::Denied => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::ArchiveRule;
    use super::*;

    fn fresh() -> Current {
        Current {
            versioning: Reading::Is(false),
            archive: Reading::Is(None),
            abort_days: Reading::Is(None),
            foreign_rules: 0,
            public_access_block: Reading::Is(true),
            encryption: Reading::Is(Some("AES256".into())),
        }
    }

    fn settled() -> Current {
        Current { abort_days: Reading::Is(Some(7)), ..fresh() }
    }

    #[test]
    fn a_new_bucket_lacks_only_the_abort_of_unfinished_uploads() {
        assert_eq!(diff(&fresh(), &Wanted::default()), [Change::AbortUnfinished { from: None, to: 7 }]);
        assert_eq!(diff(&settled(), &Wanted::default()), []);
    }

    #[test]
    fn versioning_is_touched_only_when_it_was_asked_for() {
        for (now, asked, want) in [
            (false, None, None),
            (true, None, None),
            (false, Some(true), Some(true)),
            (true, Some(true), None),
            (true, Some(false), Some(false)),
            (false, Some(false), None),
        ] {
            let current = Current { versioning: Reading::Is(now), ..settled() };
            let changes = diff(&current, &Wanted { versioning: asked, ..Wanted::default() });
            let expected: Vec<Change> =
                want.map(|enable| Change::Versioning { enable }).into_iter().collect();
            assert_eq!(changes, expected, "{now} {asked:?}");
        }
    }

    #[test]
    fn an_archive_rule_is_put_changed_or_taken_away() {
        let rule = |days| ArchiveRule { after_days: days, class: "GLACIER".into() };
        for (now, asked, is_changed) in [
            (None, None, false),
            (Some(rule(90)), None, false),
            (None, Some(Some(rule(90))), true),
            (Some(rule(90)), Some(Some(rule(90))), false),
            (Some(rule(90)), Some(Some(rule(30))), true),
            (Some(rule(90)), Some(None), true),
            (None, Some(None), false),
        ] {
            let current = Current { archive: Reading::Is(now.clone()), ..settled() };
            let changes = diff(&current, &Wanted { archive: asked.clone(), ..Wanted::default() });
            let expected = is_changed.then(|| Change::Archive { from: now, to: asked.flatten() });
            assert_eq!(changes, expected.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn public_access_and_encryption_are_always_wanted_and_stronger_encryption_stays() {
        let open =
            Current { public_access_block: Reading::Is(false), encryption: Reading::Is(None), ..settled() };
        assert_eq!(diff(&open, &Wanted::default()), [Change::BlockPublicAccess, Change::Encrypt]);
        let kms = Current { encryption: Reading::Is(Some("aws:kms".into())), ..settled() };
        assert_eq!(diff(&kms, &Wanted::default()), []);
    }

    #[test]
    fn what_a_store_does_not_know_is_skipped_and_what_is_denied_is_tried() {
        let odd =
            Current { public_access_block: Reading::Unsupported, encryption: Reading::Denied, ..settled() };
        assert_eq!(diff(&odd, &Wanted::default()), [Change::Encrypt]);
        assert_eq!(skipped(&odd, &Wanted::default()), [Change::BlockPublicAccess]);
    }
}
