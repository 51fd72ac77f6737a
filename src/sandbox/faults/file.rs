//! The file of faults: one `[[fault]]` table each, read strictly, with the line in every complaint.
//!
//! The format is described in the module above; here it becomes [`Fault`]s.

use serde::Deserialize;

use super::fault::{Fault, On, What};
use crate::error::{Error, Kind, Result};
use crate::say;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fault: Vec<Fault>,
}

/// A `[[fault]]` table as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    on: On,
    method: Option<String>,
    path: String,
    query: Option<String>,
    #[serde(default)]
    skip: u64,
    times: Option<u64>,
    what: Name,
    after: Option<u64>,
    seconds: Option<u64>,
    offset: Option<u64>,
    retry_after: Option<u64>,
}

/// The names of [`What`] in the file.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Name {
    InternalError,
    SlowDown,
    TooManyRequests,
    ErrorInOk,
    Reset,
    LostAnswer,
    Refuse,
    Stall,
    Truncate,
    FlipByte,
    IgnoreRange,
    WrongContentRange,
    ChangedEtag,
    Vanish,
    WrongDigest,
    ExpiredToken,
    AccessDenied,
    WantSignedPayload,
}

/// How long a stall lasts when the file does not say, in seconds: longer than patience should be.
const STALL: u64 = 60;

impl Entry {
    /// What goes wrong, taking the parameters that it has.
    fn what(&mut self) -> What {
        match self.what {
            Name::InternalError => What::InternalError,
            Name::SlowDown => What::SlowDown,
            Name::TooManyRequests => {
                What::TooManyRequests { retry_after: self.retry_after.take().unwrap_or(1) }
            }
            Name::ErrorInOk => What::ErrorInOk,
            Name::Reset => What::Reset { after: self.after.take().unwrap_or(0) },
            Name::LostAnswer => What::LostAnswer,
            Name::Refuse => What::Refuse,
            Name::Stall => What::Stall {
                after: self.after.take().unwrap_or(0),
                seconds: self.seconds.take().unwrap_or(STALL),
            },
            Name::Truncate => What::Truncate { after: self.after.take().unwrap_or(0) },
            Name::FlipByte => What::FlipByte { offset: self.offset.take() },
            Name::IgnoreRange => What::IgnoreRange,
            Name::WrongContentRange => What::WrongContentRange,
            Name::ChangedEtag => What::ChangedEtag,
            Name::Vanish => What::Vanish,
            Name::WrongDigest => What::WrongDigest,
            Name::ExpiredToken => What::ExpiredToken,
            Name::AccessDenied => What::AccessDenied,
            Name::WantSignedPayload => What::WantSignedPayload,
        }
    }

    /// A parameter that was given and that this `what` does not have.
    fn left_over(&self) -> Option<&'static str> {
        let given = [
            (self.after, "after"),
            (self.seconds, "seconds"),
            (self.offset, "offset"),
            (self.retry_after, "retry_after"),
        ];
        given.into_iter().find_map(|(value, name)| value.map(|_| name))
    }
}

impl TryFrom<Entry> for Fault {
    type Error = String;

    fn try_from(mut entry: Entry) -> Result<Self, String> {
        let what = entry.what();
        if let Some(parameter) = entry.left_over() {
            return Err(format!("`{parameter}` says nothing to {:?}", entry.what));
        }
        if !is_known_to(&what, entry.on) {
            return Err(format!("{:?} has no {:?}", entry.on, entry.what));
        }
        let mut fault = Self::new(entry.on, entry.path, what).skip(entry.skip);
        fault.method = entry.method;
        fault.query = entry.query;
        fault.times = entry.times.unwrap_or(fault.times);
        Ok(fault)
    }
}

/// Whether that server has this fault. On S3, `Range` is part of what is signed and nothing publishes digests.
const fn is_known_to(what: &What, on: On) -> bool {
    match what {
        What::IgnoreRange | What::WrongDigest => matches!(on, On::Mirror),
        What::ErrorInOk | What::ExpiredToken => matches!(on, On::S3),
        _ => true,
    }
}

/// The faults that `text` describes.
pub(super) fn parse(text: &str) -> Result<Vec<Fault>> {
    toml::from_str::<File>(text).map(|file| file.fault).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        Error::new(Kind::Usage, say!("sandbox-faults-wrong", line = line.to_string()))
            .because(error.message())
            .hint(say!("sandbox-faults-wrong-hint"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_the_list_can_be_written() {
        let names = "internal-error slow-down too-many-requests error-in-ok reset lost-answer refuse stall truncate \
                     flip-byte ignore-range wrong-content-range changed-etag vanish wrong-digest expired-token access-denied";
        for name in names.split_whitespace() {
            let table = |on: &str| parse(&format!("[[fault]]\non = '{on}'\npath = '*'\nwhat = '{name}'"));
            let count = ["s3", "mirror"].into_iter().filter(|on: &&str| table(on).is_ok()).count();
            let on_one = ["error-in-ok", "expired-token", "ignore-range", "wrong-digest"].contains(&name);
            assert_eq!(count, if on_one { 1 } else { 2 }, "{name}");
        }
    }

    #[test]
    fn a_table_says_where_how_often_and_what() {
        let text = "[[fault]]\non = 'mirror'\nmethod = 'GET'\npath = '*/artist.tar.xz'\nskip = 2\ntimes = 3\nwhat = 'stall'\nafter = 10\nseconds = 5\n";
        let wanted = Fault::new(On::Mirror, "*/artist.tar.xz", What::Stall { after: 10, seconds: 5 });
        assert_eq!(parse(text).unwrap(), [wanted.method("GET").skip(2).times(3)]);
        assert_eq!(parse("").unwrap(), []);
    }

    fn complaint(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        let unknown = complaint("# first\n[[fault]]\non = 's3'\npath = '*'\nwhat = 'explode'\n");
        assert!(unknown.contains("line 5") && unknown.contains("explode"), "{unknown}");
        let misspelt = complaint("[[fault]]\non = 's3'\npaht = '*'\nwhat = 'reset'\n");
        assert!(misspelt.contains("line 3") && misspelt.contains("paht"), "{misspelt}");
        let idle = complaint("\n\n[[fault]]\non = 's3'\npath = '*'\nwhat = 'slow-down'\nafter = 3\n");
        assert!(idle.contains("line 3") && idle.contains("after"), "{idle}");
        let broken = complaint("[[fault]\n");
        assert!(broken.contains("line 1"), "{broken}");
    }
}
