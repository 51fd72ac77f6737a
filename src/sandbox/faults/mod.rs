//! Faults on purpose: a plan of what goes wrong, on which server, for which requests, how often.
//!
//! Here lives [`Faults`], the plan shared by both servers and whoever holds a clone, with its log of requests and its counts of
//! bytes; [`Layered`] wraps a service and carries the plan out. What the servers answer without faults lives with them.
//!
//! # The file
//!
//! One `[[fault]]` table each; all keys that are not known are refused.
//!
//! ```toml
//! [[fault]]
//! on = "mirror"                # or "s3"
//! method = "GET"               # any method where it is not said
//! path = "*/artist.tar.xz"     # the decoded path; * stands for anything, / included
//! what = "reset"
//! after = 1_000_000            # bytes that pass before
//!
//! [[fault]]
//! on = "s3"
//! path = "/music-recommendation-data/raw/*"
//! query = "partNumber="        # text that the raw query holds
//! skip = 2                     # matching requests that are let through first
//! times = 3                    # then so many are struck; 0 is all of them; 1 where it is not said
//! what = "slow-down"
//! ```
//!
//! | `what` | parameters (defaults) | what happens |
//! |---|---|---|
//! | `internal-error` | | 500 |
//! | `slow-down` | | 503, `SlowDown` on S3 |
//! | `too-many-requests` | `retry_after` (1 s) | 429 |
//! | `error-in-ok` | | 200 whose body is an error, as S3 may answer Complete (S3 only) |
//! | `reset` | `after` (0) | TCP reset in the answer; in the request of a PUT or POST |
//! | `lost-answer` | | the request is carried out, then the connection is reset |
//! | `refuse` | | the connection is closed without an answer |
//! | `stall` | `after` (0), `seconds` (60) | nothing moves for a while; in the request of a PUT or POST |
//! | `truncate` | `after` (0) | the body ends early |
//! | `flip-byte` | `offset` (the middle) | a wrong byte; in the request of a PUT or POST |
//! | `ignore-range` | | 200 with the whole file (mirror only) |
//! | `wrong-content-range` | | 206 for other bytes than those asked for |
//! | `changed-etag` | | other `ETag` and `Last-Modified` |
//! | `vanish` | | 404, and gone from the mirror's listings |
//! | `wrong-digest` | | wrong digests in a checksum file (mirror only) |
//! | `expired-token` | | 400 `ExpiredToken` (S3 only) |
//! | `access-denied` | | 403 `AccessDenied` |
//! | `want-signed-payload` | | 403 `AccessDenied` for a payload that is not signed, as some bucket policies give it (S3 only) |
//!
//! `changed-etag`, `vanish` and `wrong-digest` are changes of state: they stay (`times` is 0 where it is not said) and go together
//! with other faults. A fault passes by where there is nothing to go wrong: a flipped byte waits for a body, a wrong
//! `Content-Range` for a range. Of the others, a request meets at most one: the first in the file that still has a strike left.

mod answers;
mod fault;
mod file;
mod glob;
mod layer;
mod log;
mod rewrite;
mod shape;

use std::collections::VecDeque;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(super) use answers::html as error_page;
pub use fault::{Fault, On, What};
pub use layer::Layered;
pub use log::{Hit, Seen};

use crate::error::{Error, Kind, Result};
use crate::say;

/// How many requests the log keeps; older ones are forgotten.
const KEPT: usize = 20_000;

/// A plan of faults, with what was seen while it was in force. Clones share it.
#[derive(Clone, Default, Debug)]
pub struct Faults(Arc<Shared>);

#[derive(Default, Debug)]
struct Shared {
    plan: Mutex<Vec<Planned>>,
    seen: Mutex<VecDeque<Seen>>,
    hits: Mutex<Vec<Hit>>,
    mirror_bytes: AtomicU64,
    s3_bytes: AtomicU64,
}

/// A fault and how far its counts are.
#[derive(Debug)]
struct Planned {
    fault: Fault,
    matched: u64,
    struck: u64,
}

impl Planned {
    const fn is_due(&self) -> bool {
        self.matched > self.fault.skip && (self.fault.times == 0 || self.struck < self.fault.times)
    }
}

impl Faults {
    /// No fault; requests and bytes are counted all the same.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The plan that `text` describes; a mistake is named with its line.
    pub fn from_toml(text: &str) -> Result<Self> {
        let faults = Self::none();
        file::parse(text)?.into_iter().for_each(|fault| faults.add(fault));
        Ok(faults)
    }

    /// The plan in the file at `path`.
    pub async fn read(path: &Path) -> Result<Self> {
        let text = tokio::fs::read_to_string(path).await.map_err(|error| {
            Error::new(Kind::Usage, say!("sandbox-faults-unreadable", path = path.display().to_string()))
                .because(&error)
                .hint(say!("sandbox-faults-unreadable-hint"))
                .caused_by(error)
        })?;
        Self::from_toml(&text)
    }

    /// Adds a fault to the end of the plan, in force at once.
    pub fn add(&self, fault: Fault) {
        lock(&self.0.plan).push(Planned { fault, matched: 0, struck: 0 });
    }

    /// Forgets the plan: from now on nothing goes wrong. The log and the counts stay.
    pub fn clear(&self) {
        lock(&self.0.plan).clear();
    }

    /// What struck so far, in order.
    #[must_use]
    pub fn hits(&self) -> Vec<Hit> {
        lock(&self.0.hits).clone()
    }

    /// The last requests to both servers, in the order they came in, before any fault.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        lock(&self.0.seen).iter().cloned().collect()
    }

    /// Bytes of archives that the mirror has sent since it was started.
    #[must_use]
    pub fn mirror_bytes_sent(&self) -> u64 {
        self.0.mirror_bytes.load(Ordering::Relaxed)
    }

    /// Bytes of request bodies (objects and parts, and the little there is of settings) that the S3 server has received.
    #[must_use]
    pub fn s3_bytes_received(&self) -> u64 {
        self.0.s3_bytes.load(Ordering::Relaxed)
    }

    /// Logs a request and says what goes wrong with it: every change of state that is due, then at most one accident.
    fn strike(&self, seen: &Seen) -> Vec<What> {
        self.remember(seen.clone());
        let mut struck = Vec::new();
        for planned in lock(&self.0.plan).iter_mut() {
            let fault = &planned.fault;
            if !fault.is_for(seen) {
                continue;
            }
            planned.matched += 1;
            let is_second_accident =
                !planned.fault.what.lasts() && struck.iter().any(|what: &What| !what.lasts());
            if planned.is_due() && !is_second_accident {
                planned.struck += 1;
                struck.push(planned.fault.what.clone());
            }
        }
        lock(&self.0.hits).extend(struck.iter().map(|what| Hit { what: what.clone(), seen: seen.clone() }));
        struck
    }

    fn remember(&self, seen: Seen) {
        let mut log = lock(&self.0.seen);
        if log.len() == KEPT {
            log.pop_front();
        }
        log.push_back(seen);
    }

    /// Whether `path` of the mirror has vanished: a fault says so and has struck already.
    fn has_vanished(&self, path: &str) -> bool {
        lock(&self.0.plan).iter().any(|planned| {
            let fault = &planned.fault;
            fault.what == What::Vanish
                && planned.struck > 0
                && planned.is_due()
                && fault.on == On::Mirror
                && glob::matches(&fault.path, path)
        })
    }

    /// Whether a look at each line of a listing is worth it.
    fn anything_vanished(&self) -> bool {
        lock(&self.0.plan).iter().any(|planned| planned.fault.what == What::Vanish && planned.struck > 0)
    }

    fn count(&self, on: On, bytes: usize) {
        let counter = match on {
            On::S3 => &self.0.s3_bytes,
            On::Mirror => &self.0.mirror_bytes,
        };
        counter.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

/// A lock whose holder panicked still guards plain counts and lists.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(path: &str) -> Seen {
        let (on, method) = (On::Mirror, "GET".to_owned());
        Seen { on, method, path: path.to_owned(), query: String::new(), range: None, is_payload_signed: true }
    }

    #[test]
    fn a_fault_skips_then_strikes_then_rests() {
        let faults = Faults::none();
        faults.add(Fault::new(On::Mirror, "/a", What::SlowDown).skip(1).times(2));
        let struck: Vec<bool> = (0..5).map(|_| !faults.strike(&get("/a")).is_empty()).collect();
        assert_eq!(struck, [false, true, true, false, false]);
        assert_eq!(faults.hits().len(), 2);
        assert_eq!(faults.seen().len(), 5);
    }

    #[test]
    fn accidents_come_one_after_the_other_and_changes_come_along() {
        let faults = Faults::none();
        faults.add(Fault::new(On::Mirror, "*", What::SlowDown));
        faults.add(Fault::new(On::Mirror, "*", What::Refuse));
        faults.add(Fault::new(On::Mirror, "*", What::ChangedEtag));
        assert_eq!(faults.strike(&get("/a")), [What::SlowDown, What::ChangedEtag]);
        assert_eq!(faults.strike(&get("/a")), [What::Refuse, What::ChangedEtag]);
        assert_eq!(faults.strike(&get("/a")), [What::ChangedEtag]);
    }

    #[test]
    fn a_dump_vanishes_when_the_fault_first_strikes_and_not_before() {
        let faults = Faults::none();
        faults.add(Fault::new(On::Mirror, "/dump/*", What::Vanish).skip(1));
        assert!(faults.strike(&get("/dump/a")).is_empty());
        assert!(!faults.has_vanished("/dump/"));
        assert_eq!(faults.strike(&get("/dump/b")), [What::Vanish]);
        assert!(faults.has_vanished("/dump/"));
        faults.clear();
        assert!(!faults.has_vanished("/dump/"));
    }

    #[test]
    fn the_log_forgets_the_oldest() {
        let faults = Faults::none();
        (0..=KEPT).for_each(|n| drop(faults.strike(&get(&n.to_string()))));
        assert_eq!(faults.seen().len(), KEPT);
        assert_eq!(faults.seen()[0].path, "1");
    }

    #[test]
    fn the_example_of_the_docs_is_a_valid_plan() {
        let lines: Vec<&str> = include_str!("mod.rs").lines().filter_map(|l| l.strip_prefix("//!")).collect();
        let text = lines.join("\n");
        let example = text.split("```toml").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let faults = Faults::from_toml(&example.replace("\n ", "\n")).unwrap();
        assert_eq!(lock(&faults.0.plan).len(), 2);
    }

    #[tokio::test]
    async fn a_missing_file_is_the_users_mistake() {
        let error = Faults::read(Path::new("/nonexistent/faults.toml")).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Usage);
        assert!(error.advice().is_some());
    }
}
