//! Facts of a transfer in words and as events.

use serde_json::json;

use super::output::{Failure, Output};
use crate::error::Error;
use crate::say;
use crate::transfer::{Checked, Fact, Leg, Line, Plan, Proof, What};
use crate::words::{self, size};

/// Says what happened to one archive: an event for programs, a line for people.
pub(super) fn tell(plan: &Plan, fact: &Fact, output: &Output) {
    let Some(line) = plan.lines.get(fact.line) else { return };
    let name = line.archive.name.as_str();
    tracing::info!(archive = name, what = ?fact.what, "fact");
    event(line, &fact.what, output);
    if let Some(text) = text(name, &fact.what) {
        output.note(text);
    }
    if let What::Failed { why } | What::Waiting { why } = &fact.what
        && let Some(hint) = why.advice()
    {
        output.note(format!("  {}", say!("hint", text = hint)));
    }
}

fn event(line: &Line, what: &What, output: &Output) {
    let (name, mut fields) = match what {
        What::Started { down_from, up_from } => {
            ("started", json!({ "down_from": down_from, "up_from": up_from }))
        }
        What::Retrying { leg, attempt, wait, why } => (
            "retrying",
            json!({ "leg": leg, "attempt": attempt, "wait": wait.as_secs_f64(), "error": failure(why) }),
        ),
        What::Restarted { why } => ("restarted", json!({ "error": failure(why) })),
        What::Repinned { archive, key } => {
            ("repinned", json!({ "dump": archive.dump.name, "size": archive.size, "key": key }))
        }
        What::Downloaded => ("downloaded", json!({})),
        What::Verified => ("verified", json!({ "sha256": line.archive.sha256 })),
        What::Uploaded => ("uploaded", json!({})),
        What::Proven(proof) => ("proven", json!({ "proof": &**proof })),
        What::Skipped => ("skipped", json!({ "reason": line.verdict.reason() })),
        What::Waiting { why } => ("waiting", json!({ "error": failure(why) })),
        What::Paused => ("paused", json!({})),
        What::Resumed => ("resumed", json!({})),
        What::Cancelled => ("cancelled", json!({})),
        What::Interrupted => ("interrupted", json!({})),
        What::Failed { why } => ("failed", json!({ "error": failure(why) })),
    };
    fields["dataset"] = json!(line.archive.dataset);
    fields["archive"] = json!(line.archive.name);
    output.event(name, fields);
}

fn failure(error: &Error) -> serde_json::Value {
    json!(Failure::from(error))
}

/// The line for people; what they need not know has none.
fn text(name: &str, what: &What) -> Option<String> {
    Some(match what {
        What::Started { down_from: 0, up_from: 0 } => say!("cli-started", archive = name),
        What::Started { down_from, up_from } => {
            say!("cli-resumed", archive = name, down = size(*down_from), up = size(*up_from))
        }
        What::Retrying { leg, attempt, wait, why } => {
            let (why, wait) = (why.to_string(), words::wait(*wait));
            match leg {
                Leg::Download => say!(
                    "cli-retrying-down",
                    archive = name,
                    why = why,
                    wait = wait,
                    attempt = attempt.to_string()
                ),
                Leg::Upload => say!(
                    "cli-retrying-up",
                    archive = name,
                    why = why,
                    wait = wait,
                    attempt = attempt.to_string()
                ),
            }
        }
        What::Restarted { why } => say!("cli-restarted", archive = name, why = why.to_string()),
        What::Repinned { archive, .. } => {
            say!("cli-repinned", archive = name, dump = archive.dump.name.clone())
        }
        What::Verified => say!("cli-verified", archive = name),
        What::Proven(proof) => format!("✓ {name}  {}", checks(proof)),
        What::Skipped => say!("cli-skipped", archive = name),
        What::Waiting { why } => say!("cli-waiting", archive = name, why = why.to_string()),
        What::Cancelled => say!("cli-cancelled", archive = name),
        What::Interrupted => say!("cli-interrupted", archive = name),
        What::Failed { why } => format!("✗ {}", words::because(name, &why.to_string())),
        What::Downloaded | What::Uploaded | What::Paused | What::Resumed => return None,
    })
}

/// What was checked, in a few words.
fn checks(proof: &Proof) -> String {
    let mut checks = vec!["SHA-256 ✓".to_owned()];
    checks.extend(match proof.checksum {
        Some(weaker) if proof.crc64nvme_checked != Checked::Equal => {
            check(&say!("cli-of-parts", what = weaker.name()), proof.checksum_checked)
        }
        _ => check("CRC64NVME", proof.crc64nvme_checked),
    });
    checks.extend(check(&say!("cli-size"), proof.size_checked));
    format!("{}  {}", checks.join("  "), size(proof.size))
}

fn check(name: &str, checked: Checked) -> Option<String> {
    match checked {
        Checked::Equal => Some(format!("{name} ✓")),
        Checked::NotGiven => Some(say!("cli-not-given", what = name)),
        Checked::Malformed => Some(say!("cli-malformed", what = name)),
        Checked::NotApplicable => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::DatasetId;
    use crate::sha256::Sha256Digest;
    use crate::transfer::Checksum;

    fn proof(checksum: Option<Checksum>) -> Proof {
        Proof {
            dataset: DatasetId("musicbrainz/artist".to_owned()),
            dump: "20260523-001002".to_owned(),
            archive: "artist.tar.xz".to_owned(),
            place: "s3://b/raw/musicbrainz/artist.tar.xz".to_owned(),
            size: 1024,
            sha256: Sha256Digest([0; 32]),
            crc64nvme: None,
            size_checked: Checked::Equal,
            crc64nvme_checked: Checked::Malformed,
            checksum,
            checksum_checked: if checksum.is_some() { Checked::Equal } else { Checked::Malformed },
            at: 0,
        }
    }

    #[test]
    fn a_proof_says_by_which_weaker_checksum_it_is_one() {
        let text = checks(&proof(Some(Checksum::Md5)));
        assert!(text.contains("MD5") && !text.contains("CRC64NVME"), "{text}");
    }

    #[test]
    fn a_proof_says_what_could_not_be_compared() {
        let text = checks(&proof(None));
        assert!(
            text.contains("SHA-256 ✓") && text.contains("CRC64NVME") && !text.contains("CRC64NVME ✓"),
            "{text}"
        );
    }
}
