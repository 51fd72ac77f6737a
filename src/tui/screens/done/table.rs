//! How each archive ended as a table that can be taken along: as text and as JSON. Pure.

use serde_json::{Value, json};

use super::State;
use crate::say;
use crate::transfer::Status;
use crate::tui::known::Ended;
use crate::tui::screens::figures::span;
use crate::tui::widgets::{pad, width};
use crate::words;

impl State {
    /// The table as lines of text, a row an archive, columns apart by two spaces.
    pub(super) fn table(&self) -> String {
        let titles = [
            say!("table-archive"),
            say!("table-state"),
            say!("table-size"),
            say!("table-time"),
            "SHA-256".to_owned(),
            "CRC64NVME".to_owned(),
            say!("table-place"),
        ];
        let rows: Vec<[String; 7]> = std::iter::once(titles).chain(self.ended.iter().map(row)).collect();
        let wide = |column: usize| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0);
        let widths: Vec<usize> = (0..7).map(wide).collect();
        let line = |row: &[String; 7]| {
            let cells = row.iter().zip(&widths).map(|(cell, wide)| pad(cell, *wide));
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
        };
        rows.iter().map(line).collect()
    }

    /// The text that is saved: the sum, then the table.
    pub(super) fn as_text(&self) -> String {
        format!("s3://{}/ · {}\n\n{}", self.bucket, self.summary(), self.table())
    }

    /// The same for programs; sizes in bytes, times in seconds.
    pub(super) fn as_json(&self) -> String {
        let archives: Vec<Value> = self.ended.iter().map(as_value).collect();
        let value = json!({
            "bucket": self.bucket,
            "region": self.region,
            "summary": self.report,
            "archives": archives,
        });
        serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
    }
}

fn row(ended: &Ended) -> [String; 7] {
    let proof = ended.proof.as_deref();
    [
        ended.name.clone(),
        state_words(ended.status),
        words::size(ended.size),
        ended.took.map(span).unwrap_or_default(),
        proof.map(|proof| proof.sha256.to_string()).unwrap_or_default(),
        proof.and_then(|proof| proof.crc64nvme.clone()).unwrap_or_default(),
        proof.map_or_else(|| ended.key.clone(), |proof| words::harmless(&proof.place)),
    ]
}

fn state_words(status: Status) -> String {
    match status {
        Status::Proven => say!("table-proven"),
        Status::Skipped => say!("table-skipped"),
        Status::Failed => say!("transfer-failed"),
        Status::Cancelled => say!("table-cancelled"),
        Status::Interrupted => say!("table-interrupted"),
        Status::Queued | Status::Running | Status::Paused | Status::Waiting => say!("done-not-moved"),
    }
}

fn as_value(ended: &Ended) -> Value {
    let error = ended.why.as_ref().map(|why| words::harmless(&why.to_string()));
    json!({
        "archive": ended.name,
        "key": ended.key,
        "size": ended.size,
        "status": ended.status,
        "seconds": ended.took.map(|took| took.as_secs_f64()),
        "proof": ended.proof.as_deref(),
        "error": error,
    })
}
