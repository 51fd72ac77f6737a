//! `plan`, and the plan that `lift`, `download` and `upload` show before they begin: a reason for every line, then the totals.

use serde_json::json;

use super::Output;
use super::table::{Side, table};
use crate::bucket::Bucket;
use crate::catalog::Archive;
use crate::context::Context;
use crate::cost::{self, Estimate, Prices, Storing};
use crate::error::Result;
use crate::say;
use crate::transfer::{self, Action, Choice, Limits, Line, Plan, Schedule};
use crate::words::{self, harmless, size};

/// What is wanted of which archives, and where they go.
#[derive(Debug)]
pub(super) struct Wish<'a> {
    /// The archives.
    pub(super) archives: &'a [Archive],
    /// The bucket, where one is involved.
    pub(super) bucket: Option<&'a Bucket>,
    /// How.
    pub(super) choice: Choice,
}

/// Looks at the disk and the bucket and says what would be done. Changes nothing.
pub(super) async fn make(context: &Context, wish: &Wish<'_>) -> Result<Plan> {
    let paths = &context.paths;
    let (locals, contents) =
        transfer::survey(wish.archives, wish.bucket, &paths.data_dir, &paths.state_dir).await?;
    Ok(transfer::plan(wish.archives, &locals, contents.as_ref(), wish.choice))
}

/// Shows the plan line by line.
pub(super) fn show(plan: &Plan, output: &Output) {
    for line in &plan.lines {
        output.event(
            "plan",
            json!({ "dataset": line.archive.dataset, "reason": line.verdict.reason(), "line": line }),
        );
    }
    let rows: Vec<Vec<String>> = plan.lines.iter().map(row).collect();
    let sides = [Side::Left, Side::Left, Side::Right, Side::Left];
    output.lines(table(&sides, &rows));
}

fn row(line: &Line) -> Vec<String> {
    let mark = match line.action {
        Action::Skip => "●",
        Action::Lift if line.up == 0 => "↓",
        Action::Lift => "↑",
        Action::Blocked => "⚠",
    };
    let archive = &line.archive;
    vec![
        mark.to_owned(),
        archive.dataset.0.clone(),
        size(archive.size),
        words::day(&archive.dump.date()),
        line.verdict.reason(),
    ]
}

/// Shows what the plan moves, needs and costs.
pub(super) fn show_totals(plan: &Plan, bucket: Option<&Bucket>, limits: &Limits, output: &Output) {
    let count = |action: Action| plan.lines.iter().filter(|line| line.action == action).count();
    let cost = bucket.and_then(|bucket| estimate(plan, bucket));
    output.event(
        "summary",
        json!({
            "mode": plan.mode,
            "suggested_mode": plan.suggestion().map(|suggestion| suggestion.mode),
            "limits": limits,
            "archives": plan.lines.len(),
            "to_lift": count(Action::Lift),
            "skipped": count(Action::Skip),
            "blocked": count(Action::Blocked),
            "down": plan.down(),
            "up": plan.up(),
            "disk": plan.disk(),
            "free": plan.free,
            "cost": cost,
        }),
    );
    output.line(say!("cli-plan-legs", down = size(plan.down()), up = size(plan.up())));
    show_limits(plan, limits, output);
    show_disk(plan, output);
    if let Some(cost) = cost {
        let (month, once) = (
            cost::usd_per_month(cost.month_usd),
            cost.requests_usd.map_or_else(|| "?".to_owned(), cost::usd),
        );
        let text = say!("cli-plan-cost", month = month, once = once, region = harmless(&cost.prices_of));
        output.line(text);
    }
}

fn show_limits(plan: &Plan, limits: &Limits, output: &Output) {
    let leg = |wanted: bool, symbol, limit: &Schedule| {
        (wanted && !limit.is_unlimited()).then(|| format!("{symbol} {limit}"))
    };
    let legs = [leg(plan.mode.downloads(), "↓", &limits.down), leg(plan.mode.uploads(), "↑", &limits.up)];
    let legs: Vec<String> = legs.into_iter().flatten().collect();
    if !legs.is_empty() {
        output.line(say!("cli-plan-limits", limits = legs.join(" · ")));
    }
}

fn show_disk(plan: &Plan, output: &Output) {
    let free = plan.free.map_or_else(|| "?".to_owned(), size);
    if plan.mode.keeps() {
        output.line(say!("cli-plan-disk", needed = size(plan.disk()), free = free));
    } else if plan.mode.downloads() {
        output.line(say!("cli-plan-streamed", free = free));
    }
    output.lines(advice(plan));
}

/// That files which stay leave hardly any room, where they do, and what to do about it.
pub(super) fn advice(plan: &Plan) -> Option<String> {
    let suggested =
        plan.suggestion().filter(|suggestion| suggestion.mode != plan.mode && plan.mode.keeps())?;
    Some(say!("cli-plan-suggest", reason = suggested.reason()))
}

/// What all archives of the plan cost where the bucket lies; `None` where nobody knows.
fn estimate(plan: &Plan, bucket: &Bucket) -> Option<Estimate> {
    let sizes = plan.lines.iter().map(|line| line.archive.size);
    let storing = Storing { region: bucket.region(), class: "STANDARD", archive: None };
    let part = |size| transfer::part_size(size, transfer::USUAL_PART);
    Prices::embedded().estimate(sizes, part, storing)
}
