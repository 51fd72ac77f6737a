//! What came in and what was struck, for tests that must count.

use super::fault::{On, What};

/// A request as it came in, before any fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The server.
    pub on: On,
    /// The method, in capitals.
    pub method: String,
    /// The path, percent-decoded.
    pub path: String,
    /// The raw query, without its `?`; empty where there is none.
    pub query: String,
    /// The value of `Range`, where there was one.
    pub range: Option<String>,
    /// Whether the signature is of the payload, too.
    pub is_payload_signed: bool,
}

/// A fault that struck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What went wrong.
    pub what: What,
    /// The request it went wrong for.
    pub seen: Seen,
}
