//! When a run is killed: at a random time, or just after a request that is worth being killed after was seen.

use std::time::Duration;

use brainzlift::sandbox::faults::{Faults, On};
use rand::Rng;
use rand::rngs::StdRng;

/// After the request that is aimed at, so long at most.
const AFTER_REQUEST: Duration = Duration::from_millis(40);

/// The moment of one kill.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Moment {
    /// So long after the start.
    After(Duration),
    /// So long after S3 has received the next request of this method and with this in its query.
    Request(&'static str, &'static str, Duration),
}

/// What an upload hangs on: its beginning, a part, its completion.
const REQUESTS: [(&str, &str); 3] = [("POST", "uploads"), ("PUT", "partNumber="), ("POST", "uploadId=")];

impl Moment {
    /// Three of four are within `span` of the start, the others right behind a request, where requests are seen.
    pub(crate) fn random(random: &mut StdRng, span: Duration, sees_requests: bool) -> Self {
        if sees_requests && random.random_ratio(1, 4) {
            let (method, query) = REQUESTS[random.random_range(0..REQUESTS.len())];
            return Self::Request(method, query, random.random_range(Duration::ZERO..AFTER_REQUEST));
        }
        Self::After(random.random_range(Duration::ZERO..span))
    }

    /// Waits for it.
    pub(crate) async fn wait(self, faults: &Faults) {
        let rest = match self {
            Self::After(span) => span,
            Self::Request(method, query, rest) => {
                let count = || {
                    let is_it = |on, m: &str, q: &str| on == On::S3 && m == method && q.contains(query);
                    faults.seen().iter().filter(|seen| is_it(seen.on, &seen.method, &seen.query)).count()
                };
                let before = count();
                while count() == before {
                    tokio::time::sleep(Duration::from_millis(2)).await;
                }
                rest
            }
        };
        tokio::time::sleep(rest).await;
    }
}
