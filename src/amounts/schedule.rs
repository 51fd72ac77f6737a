//! A limit in bytes/s that may change with the hour: "20MiB", "off", "08:00,5MiB 23:00,off".

use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use jiff::civil::Time;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::size;
use crate::error::{Error, Kind};
use crate::say;

/// The lowest limit, bytes/s: below it a request is taken for dead, and most likely a unit was forgotten.
pub const SLOWEST: u64 = 1024;

/// What holds from a time of day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    from: Time,
    rate: Option<NonZeroU64>,
}

/// A limit for each time of the day. The last mark of a day holds until the first of the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// In the order of the day, each time once; never empty. A single one holds all day.
    marks: Vec<Mark>,
}

/// The limit that holds at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct InForce {
    /// Bytes/s; `None` is no limit.
    pub rate: Option<NonZeroU64>,
    /// The time of day at which another one begins to hold, where one does.
    pub until: Option<Time>,
}

impl Schedule {
    /// The same limit all day, in bytes/s; `None` is no limit.
    #[must_use]
    pub fn constant(rate: Option<NonZeroU64>) -> Self {
        Self { marks: vec![Mark { from: Time::midnight(), rate }] }
    }

    /// No limit at any hour.
    #[must_use]
    pub fn unlimited() -> Self {
        Self::constant(None)
    }

    /// Whether no hour has a limit.
    #[must_use]
    pub fn is_unlimited(&self) -> bool {
        self.marks.iter().all(|mark| mark.rate.is_none())
    }

    /// The limit in bytes/s, where the same one holds at every hour.
    #[must_use]
    pub fn all_day(&self) -> Option<NonZeroU64> {
        let first = self.marks.first()?.rate;
        first.filter(|_| self.marks.iter().all(|mark| mark.rate == first))
    }

    /// The limit at `time`, in bytes/s; `None` is no limit.
    #[must_use]
    pub fn at(&self, time: Time) -> Option<NonZeroU64> {
        self.in_force(time).rate
    }

    /// The limit at `time`, and until when it holds.
    #[must_use]
    pub fn in_force(&self, time: Time) -> InForce {
        let begun = self.marks.partition_point(|mark| mark.from <= time);
        // Before the first mark of the day, the last one of the day before still holds.
        let now = begun.checked_sub(1).map_or_else(|| self.marks.last(), |last| self.marks.get(last));
        let rate = now.and_then(|mark| mark.rate);
        let later = self.marks[begun..].iter().chain(&self.marks[..begun]);
        let until = later.into_iter().find(|mark| mark.rate != rate).map(|mark| mark.from);
        InForce { rate, until }
    }

    fn parse(text: &str) -> Result<Self, String> {
        if !text.contains(',') {
            return rate(text).map(Self::constant);
        }
        let mut marks = text.split_whitespace().map(mark).collect::<Result<Vec<_>, _>>()?;
        marks.sort_by_key(|mark| mark.from);
        if let Some(twice) = marks.windows(2).find(|pair| pair[0].from == pair[1].from) {
            return Err(say!("limit-twice", time = clock(twice[0].from)));
        }
        Ok(match marks.as_slice() {
            [only] => Self::constant(only.rate),
            _ => Self { marks },
        })
    }
}

/// No limit.
impl Default for Schedule {
    fn default() -> Self {
        Self::unlimited()
    }
}

impl FromStr for Schedule {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text.trim()).map_err(|why| {
            let shown = crate::words::excerpt(text);
            Error::new(Kind::Usage, say!("limit-refused", text = shown)).because(why).hint(say!("limit-hint"))
        })
    }
}

fn mark(text: &str) -> Result<Mark, String> {
    let Some((from, limit)) = text.split_once(',') else {
        return Err(say!("limit-no-pair", text = crate::words::excerpt(text)));
    };
    Ok(Mark { from: time(from)?, rate: rate(limit)? })
}

/// A time of day, "08:00" or "8:00". Seconds are not worth a limit.
fn time(text: &str) -> Result<Time, String> {
    let digits = |text: &str, most: usize| {
        let fits = (1..=most).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit());
        if fits { text.parse::<i8>().ok() } else { None }
    };
    let both = text.split_once(':').filter(|(_, minute)| minute.len() == 2);
    let both = both.and_then(|(hour, minute)| digits(hour, 2).zip(digits(minute, 2)));
    let time = both.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
    time.ok_or_else(|| say!("limit-no-time", text = crate::words::excerpt(text)))
}

fn rate(text: &str) -> Result<Option<NonZeroU64>, String> {
    if ["off", "none"].iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return Ok(None);
    }
    let amount = text.strip_suffix("/s").unwrap_or(text);
    match size::parse(amount).map(NonZeroU64::new) {
        Some(Some(rate)) if rate.get() >= SLOWEST => Ok(Some(rate)),
        Some(_) => Err(say!("limit-too-slow", text = crate::words::excerpt(text))),
        None => Err(say!("limit-no-rate", text = crate::words::excerpt(text))),
    }
}

fn clock(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

/// As it can be parsed again.
impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written =
            |mark: &Mark| mark.rate.map_or_else(|| "off".to_owned(), |rate| size::exact(rate.get()));
        match self.marks.as_slice() {
            [only] => f.write_str(&written(only)),
            marks => {
                let marks = marks.iter().map(|mark| format!("{},{}", clock(mark.from), written(mark)));
                f.write_str(&marks.collect::<Vec<_>>().join(" "))
            }
        }
    }
}

/// For people: "none", "5 MiB/s", "5 MiB/s until 23:00".
impl fmt::Display for InForce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rate = self.rate.map_or_else(|| say!("limit-none"), |rate| crate::words::rate(rate.get()));
        match self.until {
            Some(until) => f.write_str(&say!("limit-until", rate = rate, time = clock(until))),
            None => f.write_str(&rate),
        }
    }
}

impl Serialize for Schedule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Schedule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
