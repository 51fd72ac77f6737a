//! `restore`: asks for an archived object back, and says how it stands.

use serde_json::json;

use super::args::{self, Global};
use super::ask::Asker;
use super::place::{Place, shown};
use super::status::day;
use super::{Exit, Output};
use crate::bucket::{Bucket, Object, Restoring, Tier, tiers};
use crate::context::Context;
use crate::cost::{self, Group, Prices};
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::words::{harmless, size};

/// How long a copy stays when nothing else is said.
const DAYS: u32 = 7;

/// Does it.
pub(super) async fn run(
    context: &Context,
    global: &Global,
    flags: &args::Restore,
    output: &Output,
) -> Result<Exit> {
    let place = Place::read(&flags.key)?;
    context.may_change(say!("cli-restore-refused"))?;
    let bucket = place.open(context, output).await?;
    let object = bucket.head(&place.key).await?.ok_or_else(|| missing(&bucket, &place.key))?;
    let before = object.restoring.unwrap_or(Restoring::NotNeeded);
    let is_asked_again = matches!(before, Restoring::Restored { .. }) && flags.days.is_some();
    if before != Restoring::Needed && !is_asked_again {
        show(&bucket, &object, before, output);
        return Ok(Exit::Done);
    }
    let tier = flags.tier.map_or(Tier::Standard, Tier::from);
    let asker = Asker::new(global.yes)?;
    describe(&bucket, &object, tier, output);
    asker.confirm(say!("cli-restore-confirm")).await?;
    let after = bucket.restore(&object.key, flags.days.unwrap_or(DAYS), tier).await?;
    show(&bucket, &object, after, output);
    Ok(Exit::Done)
}

fn missing(bucket: &Bucket, key: &str) -> Error {
    Error::new(Kind::NotFound, say!("cli-not-there", place = shown(bucket, key)))
}

/// How long it takes and what it costs, where that is known: the price list has the standard tier only.
fn describe(bucket: &Bucket, object: &Object, tier: Tier, output: &Output) {
    let class = object.class.as_deref().unwrap_or_default();
    let hours = tier.hours(class).map_or_else(|| "?".to_owned(), |hours| hours.to_string());
    output.line(say!(
        "cli-restore-takes",
        place = shown(bucket, &object.key),
        bytes = size(object.size),
        class = harmless(class),
        tier = tier.name(),
        hours = hours
    ));
    let sizes = [object.size];
    let groups = [Group { class, sizes: &sizes, archive: None }];
    let holding = Prices::embedded().holding(bucket.region(), &groups);
    let known = holding.filter(|_| tier == Tier::Standard);
    match known.and_then(|holding| Some((holding.classes.first()?.retrieval_usd?, holding.prices_of))) {
        Some((usd, region)) => {
            output.line(say!("cli-restore-cost", cost = cost::usd(usd), region = harmless(&region)));
        }
        None => output.line(say!("cli-restore-cost-unknown")),
    }
}

fn show(bucket: &Bucket, object: &Object, state: Restoring, output: &Output) {
    let class = object.class.as_deref().unwrap_or_default();
    let mut facts = json!(state);
    facts["key"] = json!(object.key);
    facts["class"] = json!(class);
    facts["tiers"] = json!(tiers(class));
    output.event("restore", facts);
    let place = shown(bucket, &object.key);
    output.line(match state {
        Restoring::NotNeeded => say!("cli-restore-not-needed", place = place, class = harmless(class)),
        Restoring::Needed => say!("cli-restore-needed", place = place, class = harmless(class)),
        Restoring::InProgress => say!("cli-restore-in-progress", place = place),
        Restoring::Restored { until } => say!("cli-restore-restored", place = place, until = day(until)),
    });
}

impl From<args::Tier> for Tier {
    fn from(tier: args::Tier) -> Self {
        match tier {
            args::Tier::Expedited => Self::Expedited,
            args::Tier::Standard => Self::Standard,
            args::Tier::Bulk => Self::Bulk,
        }
    }
}
