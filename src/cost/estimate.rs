//! From the sizes of objects to what they cost: requests of the upload, storage, the archive rule, and getting things back.

use serde::Serialize;

use super::Prices;
use super::prices::{Quote, Region};

const GB: f64 = 1_073_741_824.0;
/// AWS bills part of a month by the day.
pub(super) const DAYS_A_MONTH: f64 = 30.0;
/// S3's default: a lifecycle rule leaves smaller objects where they are.
const SMALLEST_MOVED: u64 = 128 << 10;

/// Where and how objects are stored.
#[derive(Debug, Clone, Copy)]
pub struct Storing<'a> {
    /// S3's name of the region: `eu-west-3`.
    pub region: &'a str,
    /// S3's name of the storage class: `STANDARD`.
    pub class: &'a str,
    /// The archive rule, where there is one.
    pub archive: Option<Archiving<'a>>,
}

/// An archive rule: after so many days, objects move to a cheaper class.
#[derive(Debug, Clone, Copy)]
pub struct Archiving<'a> {
    /// S3's name of the storage class: `GLACIER_IR`.
    pub class: &'a str,
    /// After how many days in the first class.
    pub after_days: u32,
}

/// What storing objects costs, in US dollars. A price that is not known is `None`, never a guess.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Estimate {
    /// Whose prices these are.
    pub prices_of: String,
    /// Whether they are those of the region that was asked for, and confirmed; else they are to be shown as those of `prices_of`.
    pub exact: bool,
    /// How many objects.
    pub objects: u64,
    /// Their bytes, all together.
    pub bytes: u64,
    /// How many requests their upload takes.
    pub requests: u64,
    /// What these cost, once.
    pub requests_usd: Option<f64>,
    /// What storing them costs a month before any archive rule.
    pub month_usd: f64,
    /// What reading them all once from this class costs in requests, one a part, and in retrieval; without the way to the internet.
    pub reading_usd: Option<f64>,
    /// What sending them all once over the internet costs.
    pub egress_usd: f64,
    /// What becomes of it with the archive rule.
    pub archived: Option<Archived>,
}

/// What objects cost once the archive rule has moved them, in US dollars.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Archived {
    /// S3's name of the storage class.
    pub class: String,
    /// After how many days they move there.
    pub after_days: u32,
    /// What storing them costs a month from then on, those that are too small to move included.
    pub month_usd: f64,
    /// What moving them costs, once.
    pub moving_usd: Option<f64>,
    /// What taking them all out again costs, once, without the way to the internet.
    pub retrieval_usd: Option<f64>,
    /// How many hours a restore takes first; 0 where they can be read at once.
    pub restore_hours: u32,
    /// For how many days they are billed even if they leave earlier.
    pub minimum_days: u32,
    /// What one day in this class costs for those that moved.
    day_usd: f64,
}

impl Archived {
    /// What is billed on top when the objects are deleted or moved away after only `days` in this class.
    #[must_use]
    pub fn early_usd(&self, days: u32) -> f64 {
        f64::from(self.minimum_days.saturating_sub(days)) * self.day_usd
    }

    /// What storing costs less a month than `estimate` says of the first class; never less than nothing.
    #[must_use]
    pub fn saves_usd(&self, estimate: &Estimate) -> f64 {
        (estimate.month_usd - self.month_usd).max(0.0)
    }

    /// Getting everything back after `days` in this class and deleting it there: retrieval, and the days not stayed.
    #[must_use]
    pub fn back_usd(&self, days: u32) -> Option<f64> {
        Some(self.retrieval_usd? + self.early_usd(days))
    }
}

/// Sums over objects, each looked at once.
#[derive(Debug, Default, Clone, Copy)]
struct Sums {
    objects: u64,
    bytes: u64,
    /// Bytes as billed in the first class.
    billed: u64,
    requests: u64,
    parts: u64,
    /// Of those that the archive rule would move.
    moved: u64,
    moved_bytes: u64,
    /// As billed in the first class, of those that stay.
    stay_billed: u64,
}

impl Sums {
    fn with(mut self, size: u64, part_size: u64, first: &Quote, smallest_moved: u64) -> Self {
        let billed = size.max(first.rules.minimum_bytes);
        self.objects += 1;
        self.bytes += size;
        self.billed += billed;
        let parts = parts(size, part_size);
        self.parts += parts;
        self.requests += upload_requests(parts);
        if size >= smallest_moved {
            self.moved += 1;
            self.moved_bytes += size;
        } else {
            self.stay_billed += billed;
        }
        self
    }
}

/// How many parts of `part_size` bytes there are in `size` bytes; an empty object is one, too.
fn parts(size: u64, part_size: u64) -> u64 {
    size.div_ceil(part_size.max(1)).max(1)
}

/// How many requests an upload takes: one, or one to begin, one a part, one to complete.
const fn upload_requests(parts: u64) -> u64 {
    if parts == 1 { 1 } else { parts + 2 }
}

impl Prices {
    /// What it costs to upload and store objects of these `sizes` in bytes, each in parts of `part_size(size)` bytes.
    ///
    /// `None` for a storage class that is not known. A region that is not known is answered with the prices of another, and said so in
    /// [`Estimate::exact`].
    #[must_use]
    pub fn estimate(
        &self,
        sizes: impl IntoIterator<Item = u64>,
        part_size: impl Fn(u64) -> u64,
        storing: Storing<'_>,
    ) -> Option<Estimate> {
        let (prices_of, region) = self.region(storing.region)?;
        let first = self.quote(region, storing.class)?;
        let then = match storing.archive {
            Some(rule) => Some((rule, self.quote(region, rule.class)?)),
            None => None,
        };
        let smallest_moved =
            then.map_or(u64::MAX, |(_, quote)| quote.rules.minimum_bytes.max(SMALLEST_MOVED));
        let add = |sums: Sums, size| sums.with(size, part_size(size), &first, smallest_moved);
        let sums = sizes.into_iter().fold(Sums::default(), add);
        let is_certain = !first.price.uncertain && then.is_none_or(|(_, quote)| !quote.price.uncertain);
        Some(Estimate {
            prices_of: prices_of.to_owned(),
            exact: prices_of == storing.region && is_certain,
            objects: sums.objects,
            bytes: sums.bytes,
            requests: sums.requests,
            requests_usd: first.price.put_1000.map(|price| per_thousand(sums.requests, price)),
            month_usd: self.month(region, &first, sums.objects, sums.billed),
            reading_usd: reading(&first, sums),
            egress_usd: gigabytes(sums.bytes) * region.egress_gb,
            archived: then.map(|(rule, quote)| self.archived(region, rule, &first, &quote, sums)),
        })
    }

    fn archived(
        &self,
        region: &Region,
        rule: Archiving<'_>,
        first: &Quote,
        quote: &Quote,
        sums: Sums,
    ) -> Archived {
        let moved_month = self.month(region, quote, sums.moved, sums.moved_bytes);
        let stay_month = self.month(region, first, sums.objects - sums.moved, sums.stay_billed);
        Archived {
            class: rule.class.to_owned(),
            after_days: rule.after_days,
            month_usd: moved_month + stay_month,
            moving_usd: quote.price.put_1000.map(|price| per_thousand(sums.moved, price)),
            retrieval_usd: quote.price.retrieval_gb.map(|price| gigabytes(sums.moved_bytes) * price),
            restore_hours: quote.rules.restore_hours,
            minimum_days: quote.rules.minimum_days,
            day_usd: moved_month / DAYS_A_MONTH,
        }
    }

    /// A month of `bytes` in `objects` in a class, with what each object adds.
    pub(super) fn month(&self, region: &Region, quote: &Quote, objects: u64, bytes: u64) -> f64 {
        let standard = self.quote(region, "STANDARD").map_or(0.0, |quote| quote.price.month_gb);
        gigabytes(bytes + objects * quote.rules.overhead_bytes) * quote.price.month_gb
            + gigabytes(objects * quote.rules.standard_overhead_bytes) * standard
    }
}

fn reading(quote: &Quote, sums: Sums) -> Option<f64> {
    let requests = per_thousand(sums.parts, quote.price.get_10000?) / 10.0;
    Some(requests + gigabytes(sums.bytes) * quote.price.retrieval_gb?)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "an estimate in dollars: 2^53 bytes are exact, more are never a cent off"
)]
pub(super) fn gigabytes(bytes: u64) -> f64 {
    bytes as f64 / GB
}

#[expect(clippy::cast_precision_loss, reason = "nobody sends 2^53 requests")]
fn per_thousand(requests: u64, price: f64) -> f64 {
    requests as f64 / 1000.0 * price
}

#[cfg(test)]
mod tests;
