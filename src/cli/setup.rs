//! `setup`: opens or makes the bucket, lays it out and protects it. Shows the difference first and asks.

use serde_json::json;

use super::args::{self, Global};
use super::ask::Asker;
use super::{Exit, Output, ground};
use crate::bucket::protection::{self, ArchiveRule, Change, Current, Outcome, Reading, Wanted};
use crate::bucket::{Bucket, Connection, Created};
use crate::context::Context;
use crate::error::{Kind, Result};
use crate::{say, words};

/// Does it.
pub(super) async fn run(
    context: &Context,
    global: &Global,
    flags: &args::Setup,
    output: &Output,
) -> Result<Exit> {
    let name = ground::bucket_name(context).await;
    let wanted = wanted(flags)?;
    if !flags.dry_run {
        context.may_change(say!("cli-setup-refused"))?;
    }
    let asker = if flags.dry_run { Asker::Nobody } else { Asker::new(global.yes)? };
    let connection = ground::connect(context, output).await?;
    let standing = find(&connection, &name).await?;
    let wanted = asker.fill(wanted, flags, standing.as_ref().map(|(_, current)| current)).await;
    let current = standing.as_ref().map_or_else(nothing_set, |(_, current)| current.clone());
    let changes = protection::diff(&current, &wanted);
    show(output, &connection, &name, standing.is_some(), &changes, &protection::skipped(&current, &wanted));
    if flags.dry_run {
        return Ok(Exit::Done);
    }
    if standing.is_none() || !changes.is_empty() {
        asker.confirm(say!("cli-setup-confirm")).await?;
    }
    let bucket = open_or_create(&connection, &name, standing.map(|(bucket, _)| bucket), output).await?;
    ground::remember(context, &bucket, &[]).await;
    lay_out(&bucket, output).await?;
    protect(&bucket, &wanted, output).await
}

/// What the flags want; what they do not say is left as it is.
fn wanted(flags: &args::Setup) -> Result<Wanted> {
    let versioning = match (flags.versioning, flags.no_versioning) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    };
    let mut wanted = Wanted { versioning, ..Wanted::default() };
    if flags.no_archive {
        wanted.archive = Some(None);
    } else if flags.archive_after.is_some() || flags.archive_class.is_some() {
        let mut rule = ArchiveRule::offered();
        rule.after_days = flags.archive_after.unwrap_or(rule.after_days);
        rule.class = flags.archive_class.as_deref().map_or(rule.class, str::to_uppercase);
        rule.check()?;
        wanted.archive = Some(Some(rule));
    }
    Ok(wanted)
}

/// The bucket and its settings, where it exists; a name that S3 cannot have is refused.
async fn find(connection: &Connection, name: &str) -> Result<Option<(Bucket, Current)>> {
    match connection.bucket(name).await {
        Ok(bucket) => {
            let current = protection::read(&bucket).await?;
            Ok(Some((bucket, current)))
        }
        Err(error) if error.kind() == Kind::NotFound => connection.check_name(name).map(|()| None),
        // S3 answers 403 for somebody else's bucket too.
        Err(error) if error.kind() == Kind::Permission => Err(match connection.free_name(name).await {
            Some(free) => error.hint(say!("bucket-hint-free-name", name = free)),
            None => error,
        }),
        Err(error) => Err(error),
    }
}

/// A bucket that does not exist yet.
const fn nothing_set() -> Current {
    Current {
        versioning: Reading::Is(false),
        archive: Reading::Is(None),
        abort_days: Reading::Is(None),
        foreign_rules: 0,
        public_access_block: Reading::Is(false),
        encryption: Reading::Is(None),
    }
}

fn show(
    output: &Output,
    connection: &Connection,
    name: &str,
    exists: bool,
    changes: &[Change],
    skipped: &[Change],
) {
    output.event(
        "plan",
        json!({ "bucket": name, "exists": exists, "region": connection.region, "changes": changes }),
    );
    if exists {
        output.line(say!("cli-setup-open", bucket = name));
    } else {
        output.line(say!("cli-setup-create", bucket = name, region = connection.region.clone()));
    }
    for change in changes {
        output.line(format!("  + {change}"));
    }
    for change in skipped {
        output.event("skipped", json!({ "change": change }));
        output
            .line(format!("  - {}", words::because(&change.to_string(), &Outcome::Unsupported.to_string())));
    }
    if exists && changes.is_empty() {
        output.line(format!("  {}", say!("cli-setup-as-wanted")));
    }
}

async fn open_or_create(
    connection: &Connection,
    name: &str,
    standing: Option<Bucket>,
    output: &Output,
) -> Result<Bucket> {
    let (bucket, result) = match standing {
        Some(bucket) => (bucket, "exists"),
        None => match connection.create(name, &connection.region).await? {
            Created::New(bucket) => (bucket, "created"),
            Created::AlreadyYours(bucket) => (bucket, "exists"),
        },
    };
    tracing::info!(bucket = bucket.name(), region = bucket.region(), result, "bucket");
    output.event("bucket", json!({ "bucket": bucket.name(), "region": bucket.region(), "result": result }));
    if result == "created" {
        output.line(say!("cli-setup-created", bucket = bucket.name(), region = bucket.region()));
    }
    Ok(bucket)
}

async fn lay_out(bucket: &Bucket, output: &Output) -> Result<()> {
    let made = bucket.ensure_layout().await?;
    output.event("layout", json!({ "made": made }));
    for key in made {
        output.line(format!("  ✓ {}", bucket.uri(&key)));
    }
    Ok(())
}

/// Brings about what is still missing: a new bucket may have more than nothing set.
async fn protect(bucket: &Bucket, wanted: &Wanted, output: &Output) -> Result<Exit> {
    let current = protection::read(bucket).await?;
    let changes = protection::diff(&current, wanted);
    let outcomes =
        protection::apply(bucket, &changes, |change, outcome| tell(output, change, outcome)).await?;
    let count = |is: fn(&Outcome) -> bool| outcomes.iter().filter(|(_, outcome)| is(outcome)).count();
    let failed = count(|outcome| matches!(outcome, Outcome::Failed { .. }));
    output.event(
        "summary",
        json!({
            "bucket": bucket.name(),
            "changes": outcomes.len(),
            "done": count(|outcome| *outcome == Outcome::Done),
            "unsupported": count(|outcome| *outcome == Outcome::Unsupported),
            "not_kept": count(|outcome| *outcome == Outcome::NotKept),
            "failed": failed,
        }),
    );
    output.line(say!("cli-setup-done", bucket = bucket.name()));
    Ok(if failed == 0 { Exit::Done } else { Exit::Failed })
}

fn tell(output: &Output, change: &Change, outcome: &Outcome) {
    tracing::info!(?change, ?outcome, "setting");
    output.event("setting", json!({ "change": change, "outcome": outcome }));
    let mark = match outcome {
        Outcome::Done => '✓',
        Outcome::Failed { .. } => '✗',
        _ => '-',
    };
    output.line(format!(
        "  {mark} {}",
        words::harmless(&words::because(&change.to_string(), &outcome.to_string()))
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_flag_says_is_left_as_it_is() {
        let asked = wanted(&args::Setup::default()).unwrap();
        assert_eq!((asked.versioning, asked.archive, asked.abort_days), (None, None, 7));
    }

    #[test]
    fn flags_say_what_is_wanted() {
        let flags = args::Setup { no_versioning: true, archive_after: Some(30), ..args::Setup::default() };
        let asked = wanted(&flags).unwrap();
        let rule = asked.archive.flatten().unwrap();
        assert_eq!((asked.versioning, rule.after_days, rule.class.as_str()), (Some(false), 30, "GLACIER"));
        let class = args::Setup { archive_class: Some("deep_archive".to_owned()), ..args::Setup::default() };
        let rule = wanted(&class).unwrap().archive.flatten().unwrap();
        assert_eq!((rule.after_days, rule.class.as_str()), (90, "DEEP_ARCHIVE"));
        let none = args::Setup { no_archive: true, ..args::Setup::default() };
        assert_eq!(wanted(&none).unwrap().archive, Some(None));
    }
}
