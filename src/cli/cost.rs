//! `cost`: what stands in the bucket costs a month, after the archive rule, and to get it back.

use std::collections::BTreeMap;

use futures::{StreamExt as _, TryStreamExt as _};
use serde_json::json;

use super::counter::{Counter, unless_stopped};
use super::place::{Place, shown};
use super::table::{Side, table};
use super::{Exit, Output, args};
use crate::bucket::protection::{self, ArchiveRule, Reading};
use crate::bucket::{Bucket, Extent, Parts};
use crate::context::Context;
use crate::cost::{self, Archiving, ClassCost, Group, Holding, Prices, Saving};
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::words::{harmless, size};

/// What the archive rule moves.
const ARCHIVED: &str = "raw/";

/// Does it.
pub(super) async fn run(context: &Context, flags: &args::Cost, output: &Output) -> Result<Exit> {
    let place = Place::read(flags.prefix.as_deref().unwrap_or_default())?;
    let bucket = place.open(context, output).await?;
    let held = unless_stopped(hold(&bucket, &place.key, output)).await?;
    let prices = Prices::embedded();
    let holding = prices.holding(bucket.region(), &held.groups());
    let holding = holding.ok_or_else(|| Error::new(Kind::Fatal, say!("cli-cost-no-prices")))?;
    tell(&bucket, &place.key, &held, &holding, output);
    show(&bucket, &place.key, &held, &holding, output);
    Ok(Exit::Done)
}

/// Everything that is billed under a prefix.
struct Held {
    /// Sizes by class, and whether the archive rule moves them.
    sizes: BTreeMap<(String, bool), Vec<u64>>,
    rule: Option<ArchiveRule>,
    extent: Extent,
    /// Parts of unfinished uploads.
    unfinished: Parts,
}

impl Held {
    fn groups(&self) -> Vec<Group<'_>> {
        let rule =
            self.rule.as_ref().map(|rule| Archiving { class: &rule.class, after_days: rule.after_days });
        let mut groups = Vec::new();
        for ((class, moves), sizes) in &self.sizes {
            groups.push(Group { class, sizes, archive: rule.filter(|_| *moves) });
        }
        groups
    }

    fn add(&mut self, key: &str, class: Option<&str>, size: u64) {
        let class = class.unwrap_or("STANDARD");
        let moves = class == "STANDARD" && key.starts_with(ARCHIVED) && self.rule.is_some();
        self.sizes.entry((class.to_owned(), moves)).or_default().push(size);
    }
}

/// Older versions are billed as well. A store that knows none is asked for its objects.
async fn hold(bucket: &Bucket, prefix: &str, output: &Output) -> Result<Held> {
    let current = protection::read(bucket).await?;
    let rule = match current.archive {
        Reading::Is(rule) => rule,
        Reading::Unsupported | Reading::Denied => None,
    };
    let (sizes, extent, unfinished) = (BTreeMap::new(), Extent::default(), Parts::default());
    let mut held = Held { sizes, rule, extent, unfinished };
    let counter = Counter::new(output);
    match versions(bucket, prefix, &mut held, &counter).await {
        Err(error) if error.kind() == Kind::Unsupported => {
            objects(bucket, prefix, &mut held, &counter).await?;
        }
        ended => ended?,
    }
    for upload in bucket.uploads().await?.iter().filter(|upload| upload.key.starts_with(prefix)) {
        let parts = bucket.parts_of(upload).await?.unwrap_or_default();
        held.unfinished.count += parts.count;
        held.unfinished.bytes += parts.bytes;
    }
    Ok(held)
}

async fn versions(bucket: &Bucket, prefix: &str, held: &mut Held, counter: &Counter) -> Result<()> {
    let mut pages = bucket.versions(prefix, None).boxed();
    while let Some(page) = pages.try_next().await? {
        for version in &page.versions {
            held.extent.add_version(version);
            if !version.is_delete_marker {
                held.add(&version.key, version.class.as_deref(), version.size);
            }
        }
        counter.count(&held.extent);
    }
    Ok(())
}

async fn objects(bucket: &Bucket, prefix: &str, held: &mut Held, counter: &Counter) -> Result<()> {
    let mut pages = bucket.pages(prefix, None).boxed();
    while let Some(page) = pages.try_next().await? {
        for object in &page {
            held.extent.add_object(object);
            held.add(&object.key, object.class.as_deref(), object.size);
        }
        counter.count(&held.extent);
    }
    Ok(())
}

fn tell(bucket: &Bucket, prefix: &str, held: &Held, holding: &Holding, output: &Output) {
    for class in &holding.classes {
        output.event("class", class);
    }
    let mut facts = json!(holding);
    if let Some(facts) = facts.as_object_mut() {
        facts.remove("classes");
    }
    facts["bucket"] = json!(bucket.name());
    facts["prefix"] = json!(prefix);
    facts["region"] = json!(bucket.region());
    facts["as_of"] = json!(Prices::embedded().as_of());
    facts["objects"] = json!(held.extent.objects);
    facts["bytes"] = json!(held.extent.bytes);
    facts["unfinished_bytes"] = json!(held.unfinished.bytes);
    output.event("summary", facts);
}

fn show(bucket: &Bucket, prefix: &str, held: &Held, holding: &Holding, output: &Output) {
    output.heading(&shown(bucket, prefix));
    let mut rows: Vec<_> = holding.classes.iter().map(row).collect();
    rows.push(vec![
        cost::usd_per_month(holding.month_usd),
        size(held.extent.bytes),
        say!("cli-objects", objects = held.extent.objects),
        say!("cli-cost-now"),
    ]);
    output.lines(table(&[Side::Right; 3], &rows).into_iter().map(|line| format!("  {line}")));
    if let Some(saving) = &holding.archived {
        show_saving(saving, output);
    }
    holding.classes.iter().filter(|class| class.bytes > 0).for_each(|class| show_back(class, output));
    output.line(say!("cli-cost-egress", cost = cost::usd(holding.egress_usd)));
    if held.unfinished.bytes > 0 {
        output.line(say!("cli-cost-unfinished", bytes = size(held.unfinished.bytes)));
    }
    show_whose(bucket, holding, output);
}

fn row(class: &ClassCost) -> Vec<String> {
    let month = class.month_usd.map_or_else(|| say!("cli-cost-unknown"), cost::usd_per_month);
    vec![month, size(class.bytes), say!("cli-objects", objects = class.objects), harmless(&class.class)]
}

fn show_saving(saving: &Saving, output: &Output) {
    let known = |amount: Option<f64>| amount.map_or_else(|| say!("cli-cost-unknown"), cost::usd);
    output.line(say!(
        "cli-cost-archived",
        class = saving.class.as_str(),
        days = saving.after_days,
        month = cost::usd_per_month(saving.month_usd),
        saves = cost::usd_per_month(saving.saves_usd)
    ));
    output.line(say!(
        "cli-cost-archived-back",
        moving = known(saving.moving_usd),
        back = known(saving.back_usd),
        minimum = saving.minimum_days
    ));
}

/// What it costs to get back what lies in a class that asks for something.
fn show_back(class: &ClassCost, output: &Output) {
    let retrieval = match class.retrieval_usd {
        Some(usd) if usd > 0.0 => cost::usd(usd),
        Some(_) => return,
        None if class.month_usd.is_none() => return,
        None => say!("cli-cost-unknown"),
    };
    output.line(say!(
        "cli-cost-back",
        class = harmless(&class.class),
        retrieval = retrieval,
        early = class.early_usd.map_or_else(|| say!("cli-cost-unknown"), cost::usd),
        minimum = class.minimum_days
    ));
}

fn show_whose(bucket: &Bucket, holding: &Holding, output: &Output) {
    let region = harmless(&holding.prices_of);
    output.line(say!("cli-cost-prices", region = region.as_str(), as_of = Prices::embedded().as_of()));
    if holding.prices_of != bucket.region() {
        output.line(say!("cli-cost-other-region", region = harmless(bucket.region()), shown = region));
    }
    if !holding.unknown.is_empty() {
        output.line(say!("cli-cost-left-out", classes = harmless(&holding.unknown.join(", "))));
    }
}
