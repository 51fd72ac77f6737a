//! What the end screen says, as sections of lines. Pure.

use std::ops::Range;
use std::time::Duration;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::State;
use crate::bucket::LAYOUT;
use crate::catalog;
use crate::transfer::Status;
use crate::tui::Theme;
use crate::tui::known::Ended;
use crate::tui::screens::figures::{at_right, both_ends, span};
use crate::tui::screens::money;
use crate::tui::screens::transfer::proof_words;
use crate::tui::widgets::{fit, lines_at, pad, width};
use crate::{say, words};

/// A heading and its lines.
pub(super) struct Section {
    pub(super) title: String,
    pub(super) lines: Vec<Line<'static>>,
    /// The lines of each command in it.
    pub(super) commands: Vec<Range<usize>>,
}

impl Section {
    fn new(title: String, lines: Vec<Line<'static>>) -> Self {
        Self { title, lines, commands: Vec::new() }
    }
}

impl State {
    /// What there is to say in `cells` cells: how it ended and the proofs; what it costs; what is next; what stands in the bucket.
    pub(super) fn sections(&self, cells: usize, theme: &Theme) -> [Section; 4] {
        [
            Section::new(say!("done-proofs"), self.result(cells, theme)),
            Section::new(say!("done-cost"), self.cost(cells, theme)),
            self.next(cells, theme),
            Section::new(say!("done-bucket"), self.tree(cells, theme)),
        ]
    }

    /// At most how far it makes sense to scroll.
    pub(super) fn most_lines(&self) -> usize {
        let sections = self.sections(60, &Theme::plain());
        sections.iter().map(|section| section.lines.len() + 2).sum()
    }

    /// About where what is picked stands, with some lines above it.
    pub(super) fn line_of_picked(&self) -> usize {
        let all = self.all(76, &Theme::plain());
        let picked = self.picked.checked_sub(1).and_then(|index| all.commands.get(index));
        picked.map_or(0, |lines| lines.start.saturating_sub(4))
    }

    fn result(&self, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
        let good = self.ended.iter().all(|ended| matches!(ended.status, Status::Proven | Status::Skipped));
        let (mark, style) = if good { ("✓", theme.good) } else { ("⚠", theme.warn) };
        let mut lines = lines_at(&format!("{mark} {}", self.summary()), cells, 0, style);
        if let Some(told) = &self.told {
            lines.extend(lines_at(&format!("→ {told}"), cells, 0, theme.accent));
        }
        let longest = self.ended.iter().map(|ended| width(&ended.name)).max().unwrap_or(0);
        let name = longest.min(cells / 2);
        self.ended.iter().for_each(|ended| lines.extend(ended_lines(ended, name, cells, theme)));
        lines
    }

    /// `4 proven · 1 failed · 22.1 GiB in 12 min 04 s`
    pub(super) fn summary(&self) -> String {
        let report = &self.report;
        let counts = [
            (report.proven, say!("done-proven", count = report.proven)),
            (report.skipped, say!("done-skipped", count = report.skipped)),
            (report.failed, say!("done-failed", count = report.failed)),
            (report.cancelled, say!("done-cancelled", count = report.cancelled)),
            (report.interrupted, say!("done-interrupted", count = report.interrupted)),
        ];
        let mut words: Vec<String> =
            counts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
        if report.bytes > 0 {
            let time = Duration::try_from_secs_f64(report.seconds).unwrap_or_default();
            words.push(say!("transfer-size-in", size = words::size(report.bytes), time = span(time)));
        }
        let moved = report.downloaded.max(report.uploaded);
        if moved > 0 {
            let (down, up) = (words::size(report.downloaded), words::size(report.uploaded));
            words.push(say!("done-moved", down = down, up = up));
        }
        if words.is_empty() { say!("done-nothing") } else { words.join(" · ") }
    }

    fn cost(&self, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
        let Some(estimate) =
            money::estimate(self.standing.values().copied(), &self.region, self.archive.as_ref())
        else {
            return lines_at(&say!("done-cost-nothing"), cells, 0, theme.dim);
        };
        let held = say!("done-cost-of", size = words::size(estimate.bytes), region = self.region.as_str());
        let parts =
            [Some(held), Some(money::now(&estimate)), money::later(&estimate), money::caveat(&estimate)];
        let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        lines_at(&text, cells, 0, theme.text)
    }

    fn next(&self, cells: usize, theme: &Theme) -> Section {
        let (mut lines, mut commands) = (Vec::new(), Vec::new());
        if self
            .ended
            .iter()
            .any(|ended| matches!(ended.status, Status::Failed | Status::Interrupted | Status::Cancelled))
        {
            lines.extend(lines_at(&format!("→ {}", say!("done-again")), cells, 0, theme.warn));
        }
        lines.extend(lines_at(&self.hint(), cells, 0, theme.dim));
        for (number, (says, command)) in (1..).zip(self.commands()) {
            let first = lines.len();
            let mark = if self.picked == number { "▸ " } else { "  " };
            let says = fit(&says, cells.saturating_sub(2));
            lines.push(Line::from(vec![Span::styled(mark, theme.accent), Span::styled(says, theme.dim)]));
            lines.extend(lines_at(&command, cells, 4, theme.strong));
            commands.push(first..lines.len());
        }
        Section { title: say!("done-next"), lines, commands }
    }

    fn hint(&self) -> String {
        if self.sandbox { say!("done-sandbox-hint") } else { say!("done-copy-hint") }
    }

    /// What to do with it as lines for a terminal that wraps nothing into a box: each command whole, after a comment that says what it
    /// does. Nothing for the sandbox, which is gone by then.
    pub(in crate::tui) fn to_copy(&self) -> Vec<String> {
        if self.sandbox {
            return Vec::new();
        }
        self.commands().into_iter().flat_map(|(says, command)| [format!("# {says}"), command]).collect()
    }

    /// What to do with it, as commands that can be copied.
    pub(super) fn commands(&self) -> Vec<(String, String)> {
        let bucket = &self.bucket;
        let endpoint =
            self.endpoint_url.as_ref().map(|url| format!(" --endpoint-url {}", words::harmless(url)));
        let endpoint = endpoint.unwrap_or_default();
        let aws = format!("aws s3{endpoint}");
        let mut commands = vec![(
            say!("done-next-list"),
            format!("{aws} ls --recursive --human-readable s3://{bucket}/raw/"),
        )];
        if let Some(entity) = self.entity() {
            let from = format!("s3://{bucket}/raw/musicbrainz/{entity}.tar.xz");
            let to = format!("s3://{bucket}/extracted/musicbrainz/{entity}.jsonl");
            commands.push((
                say!("done-next-extract"),
                format!("{aws} cp {from} - | tar -xJO mbdump/{entity} | {aws} cp - {to}"),
            ));
            commands.push((
                say!("done-next-spark"),
                format!("spark.read.json(\"s3a://{bucket}/extracted/musicbrainz/{entity}.jsonl\")"),
            ));
        }
        let lift = format!("brainzlift lift {} --bucket {bucket}{endpoint} --json", self.chosen_words());
        commands.push((
            say!("done-next-airflow"),
            format!("BashOperator(task_id=\"lift\", bash_command=\"{lift}\")"),
        ));
        commands
    }

    /// What was chosen as one types it; the guide's set has a word of its own.
    fn chosen_words(&self) -> String {
        let guide = catalog::datasets().into_iter().filter(|dataset| dataset.guide);
        if guide.map(|dataset| dataset.id.0).eq(self.chosen.iter().cloned()) {
            return "musicbrainz".to_owned();
        }
        self.chosen.join(" ")
    }

    /// The smallest of the MusicBrainz JSON archives that stand: the one to try out first.
    fn entity(&self) -> Option<&str> {
        let entity = |key: &'_ str| -> Option<usize> {
            key.starts_with("raw/musicbrainz/").then_some(())?;
            key.ends_with(".tar.xz").then_some("raw/musicbrainz/".len())
        };
        let archives = self.standing.iter().filter_map(|(key, size)| Some((entity(key)?, key, size)));
        let (start, key, _) = archives.min_by_key(|(_, _, size)| **size)?;
        key.get(start..)?.strip_suffix(".tar.xz")
    }

    /// The layout with the archives in it.
    fn tree(&self, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
        let mut lines = vec![Line::styled(format!("s3://{}/", self.bucket), theme.strong)];
        for folder in LAYOUT {
            lines.push(Line::styled(format!("  {folder}"), theme.text));
            let inside =
                self.standing.iter().filter_map(|(key, size)| Some((key.strip_prefix(folder)?, size)));
            for (name, size) in inside.filter(|(name, _)| !name.is_empty() && !name.contains('/')) {
                let text =
                    both_ends(&format!("    {}", words::harmless(name)), &words::size(*size), cells.min(64));
                lines.push(Line::styled(text, theme.dim));
            }
        }
        lines
    }
}

/// `✓ artist.tar.xz  ✓ SHA-256 ✓ CRC64NVME ✓ size      1.6 GiB in 41 s`
fn ended_lines(ended: &Ended, name: usize, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
    let (symbol, style, says) = words_of(ended, theme);
    let size = words::size(ended.size);
    let figures = match ended.took {
        Some(took) if ended.status == Status::Proven => {
            say!("transfer-size-in", size = size, time = span(took))
        }
        _ => size,
    };
    let head = 2 + name + 2;
    let fits = head + width(&says) + 1 + width(&figures) <= cells;
    let beside = if fits { says.clone() } else { String::new() };
    let mut lines = vec![Line::from(vec![
        Span::styled(format!("{symbol} "), style),
        Span::styled(format!("{}  ", pad(&ended.name, name)), theme.strong),
        Span::styled(beside.clone(), style),
        Span::styled(at_right(&figures, cells.saturating_sub(head + width(&beside))), theme.dim),
    ])];
    if !fits {
        lines.extend(lines_at(&says, cells, 2, style));
    }
    if let Some(why) = &ended.why {
        lines.extend(lines_at(&words::harmless(&why.to_string()), cells, 2, theme.warn));
        lines.extend(
            why.advice()
                .into_iter()
                .flat_map(|advice| lines_at(&format!("→ {advice}"), cells, 2, theme.text)),
        );
    }
    lines
}

fn words_of(ended: &Ended, theme: &Theme) -> (&'static str, Style, String) {
    match ended.status {
        Status::Proven => ("✓", theme.good, ended.proof.as_deref().map(proof_words).unwrap_or_default()),
        Status::Skipped => ("●", theme.good, say!("transfer-skipped")),
        Status::Failed => ("✗", theme.bad, say!("transfer-failed")),
        Status::Cancelled => ("–", theme.dim, say!("transfer-cancelled")),
        Status::Interrupted => ("‖", theme.warn, say!("transfer-interrupted")),
        Status::Queued | Status::Running | Status::Paused | Status::Waiting => {
            ("○", theme.warn, say!("done-not-moved"))
        }
    }
}
