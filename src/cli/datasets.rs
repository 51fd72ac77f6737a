//! `datasets`: what can be lifted, what the mirror has of it now, and what the bucket has.

use serde_json::json;

use super::plan::{self, Wish};
use super::table::{Side, table};
use super::{Exit, Output, ground};
use crate::bucket::Bucket;
use crate::catalog::{self, Archive, Dataset, FamilyListing};
use crate::context::Context;
use crate::error::{Kind, Result};
use crate::say;
use crate::transfer::{Choice, Line};
use crate::words::{self, harmless, size};

/// Does it.
pub(super) async fn run(context: &Context, output: &Output) -> Result<Exit> {
    let datasets = catalog::datasets();
    let listing = ground::discover(context, &datasets, output).await?;
    let bucket = bucket_if_there_is_one(context, output).await?;
    let archives: Vec<Archive> = listing.archives().cloned().collect();
    let wish = Wish { archives: &archives, bucket: bucket.as_ref(), choice: Choice::default() };
    let plan = plan::make(context, &wish).await?;
    let mut exit = Exit::Done;
    for family in &listing.families {
        let lines: Vec<&Line> =
            plan.lines.iter().filter(|line| line.archive.dump.family == family.family).collect();
        exit = exit.max(show(family, &datasets, &lines, bucket.is_some(), output));
    }
    Ok(exit)
}

/// The bucket that was named, or the last one; without either, datasets are shown without it. One that was named must be there.
async fn bucket_if_there_is_one(context: &Context, output: &Output) -> Result<Option<Bucket>> {
    let is_known = ground::remembered(context).await.is_some();
    if context.bucket.is_none() && !is_known {
        return Ok(None);
    }
    match ground::open_bucket(context, output).await {
        Ok(bucket) => Ok(Some(bucket)),
        Err(error) if context.bucket.is_none() && error.kind() != Kind::Credentials => {
            output.note(error.to_string());
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

fn show(
    family: &FamilyListing,
    datasets: &[Dataset],
    lines: &[&Line],
    with_state: bool,
    output: &Output,
) -> Exit {
    let title = match &family.dump {
        Ok(dump) => format!("{}  {}", harmless(&dump.name), words::day(&dump.date())),
        Err(_) => family.family.folder().to_owned(),
    };
    output.heading(&title);
    if let Err(error) = &family.dump {
        output.error(error);
    }
    let of_family: Vec<&Dataset> =
        datasets.iter().filter(|dataset| dataset.family == family.family).collect();
    let rows = of_family.into_iter().map(|dataset| {
        let line = lines.iter().find(|line| line.archive.dataset == dataset.id).copied();
        tell(dataset, line, with_state, output);
        row(dataset, line, with_state)
    });
    let rows: Vec<Vec<String>> = rows.collect();
    output.lines(table(&[Side::Left, Side::Left, Side::Right], &rows));
    output.line("");
    family.dump.as_ref().map_or_else(|error| Exit::from(error.kind()), |_| Exit::Done)
}

fn row(dataset: &Dataset, line: Option<&Line>, with_state: bool) -> Vec<String> {
    let mark = if dataset.guide { "*" } else { " " };
    let bytes = line.map_or_else(|| "–".to_owned(), |line| size(line.archive.size));
    let state = match line {
        Some(line) if with_state => line.verdict.reason(),
        Some(_) => dataset.summary.clone(),
        None => say!("cli-not-offered-short"),
    };
    vec![mark.to_owned(), dataset.id.0.clone(), bytes, state]
}

fn tell(dataset: &Dataset, line: Option<&Line>, with_state: bool, output: &Output) {
    output.event(
        "dataset",
        json!({
            "dataset": dataset.id,
            "family": dataset.family,
            "summary": dataset.summary,
            "caveat": dataset.caveat,
            "licence": dataset.licence,
            "guide": dataset.guide,
            "personal": dataset.personal,
            "unpacked": dataset.unpacked,
            "archive": line.map(|line| &line.archive),
            "state": line.filter(|_| with_state).map(|line| &line.verdict),
        }),
    );
}
