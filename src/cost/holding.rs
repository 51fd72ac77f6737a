//! What stands in a bucket already and what it costs a month, class by class: now, after the archive rule, and to get it back.

use serde::Serialize;

use super::estimate::{Archiving, DAYS_A_MONTH, gigabytes};
use super::{Estimate, Prices, Storing};

/// Objects of one storage class.
#[derive(Debug, Clone)]
pub struct Group<'a> {
    /// S3's name of the class.
    pub class: &'a str,
    /// Their sizes in bytes.
    pub sizes: &'a [u64],
    /// The archive rule, where it will move them.
    pub archive: Option<Archiving<'a>>,
}

/// What standing objects cost, in US dollars. What is not known is left out of every sum, and named in `unknown`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Holding {
    /// Whose prices these are.
    pub prices_of: String,
    /// Whether they are those of the region that was asked for, and confirmed.
    pub exact: bool,
    /// Each class by itself; a class may stand here twice, once with and once without the archive rule.
    pub classes: Vec<ClassCost>,
    /// A month of all of it now.
    pub month_usd: f64,
    /// What the archive rule makes of it, where it moves anything.
    pub archived: Option<Saving>,
    /// What sending all of it once over the internet costs.
    pub egress_usd: f64,
    /// Classes without a known price.
    pub unknown: Vec<String>,
}

/// One class of what stands there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClassCost {
    /// S3's name of the class.
    pub class: String,
    /// How many objects.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
    /// A month of them; `None` where the class has no known price.
    pub month_usd: Option<f64>,
    /// What taking all of them out of the class costs once, without requests and without the way to the internet.
    pub retrieval_usd: Option<f64>,
    /// What is billed on top when they are deleted before `minimum_days` are over, at most: on the first day.
    pub early_usd: Option<f64>,
    /// For how many days they are billed at least.
    pub minimum_days: u32,
    /// How many hours a restore takes first; 0 where they can be read at once.
    pub restore_hours: u32,
}

/// What the archive rule makes of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Saving {
    /// S3's name of the class that objects move to.
    pub class: String,
    /// After how many days.
    pub after_days: u32,
    /// A month of everything from then on.
    pub month_usd: f64,
    /// What that saves a month.
    pub saves_usd: f64,
    /// What moving costs, once.
    pub moving_usd: Option<f64>,
    /// What getting everything that moved back on the first day costs, once: retrieval and the days not stayed.
    pub back_usd: Option<f64>,
    /// How many hours a restore takes first.
    pub restore_hours: u32,
    /// For how many days what moved is billed at least.
    pub minimum_days: u32,
}

impl Prices {
    /// What `groups` cost where they stand. A region that is not known is answered with the prices of another, and said so in
    /// [`Holding::exact`]; `None` where there are no prices at all.
    #[must_use]
    pub fn holding(&self, region: &str, groups: &[Group<'_>]) -> Option<Holding> {
        let (prices_of, prices) = self.region(region)?;
        let mut holding = Holding {
            prices_of: prices_of.to_owned(),
            exact: prices_of == region,
            classes: Vec::new(),
            month_usd: 0.0,
            archived: None,
            egress_usd: 0.0,
            unknown: Vec::new(),
        };
        for group in groups {
            let storing = Storing { region, class: group.class, archive: group.archive };
            let estimate = self.estimate(group.sizes.iter().copied(), |size| size, storing);
            let quote = self.quote(prices, group.class);
            match (estimate, quote) {
                (Some(estimate), Some(quote)) => {
                    let early = f64::from(quote.rules.minimum_days) * estimate.month_usd / DAYS_A_MONTH;
                    let retrieval = quote.price.retrieval_gb.map(|price| gigabytes(estimate.bytes) * price);
                    holding.classes.push(ClassCost {
                        class: group.class.to_owned(),
                        objects: estimate.objects,
                        bytes: estimate.bytes,
                        month_usd: Some(estimate.month_usd),
                        retrieval_usd: retrieval,
                        early_usd: Some(early),
                        minimum_days: quote.rules.minimum_days,
                        restore_hours: quote.rules.restore_hours,
                    });
                    holding.add(&estimate);
                }
                _ => holding.add_unknown(group),
            }
        }
        holding.finish();
        Some(holding)
    }
}

impl Holding {
    fn add(&mut self, estimate: &Estimate) {
        self.exact &= estimate.exact;
        self.month_usd += estimate.month_usd;
        self.egress_usd += estimate.egress_usd;
        let Some(archived) = &estimate.archived else { return };
        let before = self.archived.take();
        let sum = |ours: Option<f64>, theirs: Option<f64>| Some(ours? + theirs?);
        let so_far = before.as_ref();
        self.archived = Some(Saving {
            class: archived.class.clone(),
            after_days: archived.after_days,
            month_usd: 0.0,
            saves_usd: so_far.map_or(0.0, |so_far| so_far.saves_usd) + estimate.month_usd
                - archived.month_usd,
            moving_usd: sum(so_far.map_or(Some(0.0), |so_far| so_far.moving_usd), archived.moving_usd),
            back_usd: sum(so_far.map_or(Some(0.0), |so_far| so_far.back_usd), archived.back_usd(0)),
            restore_hours: archived.restore_hours,
            minimum_days: archived.minimum_days,
        });
    }

    fn add_unknown(&mut self, group: &Group<'_>) {
        self.exact = false;
        self.unknown.push(group.class.to_owned());
        self.classes.push(ClassCost {
            class: group.class.to_owned(),
            objects: group.sizes.len() as u64,
            bytes: group.sizes.iter().sum(),
            month_usd: None,
            retrieval_usd: None,
            early_usd: None,
            minimum_days: 0,
            restore_hours: 0,
        });
    }

    fn finish(&mut self) {
        let month = self.month_usd;
        if let Some(saving) = &mut self.archived {
            saving.month_usd = month - saving.saves_usd;
        }
        self.unknown.sort();
        self.unknown.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GB: u64 = 1 << 30;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn classes_are_added_up_and_the_rule_touches_only_what_it_moves() {
        let rule = Archiving { class: "GLACIER_IR", after_days: 90 };
        let (ten, cold) = ([10 * GB], [100 * GB]);
        let groups = [
            Group { class: "STANDARD", sizes: &ten, archive: Some(rule) },
            Group { class: "STANDARD", sizes: &ten, archive: None },
            Group { class: "GLACIER_IR", sizes: &cold, archive: None },
        ];
        let holding = Prices::embedded().holding("eu-west-3", &groups).unwrap();
        assert!(holding.exact && holding.unknown.is_empty());
        assert!(near(holding.month_usd, 20.0 * 0.024 + 100.0 * 0.005), "{holding:?}");
        let saving = holding.archived.unwrap();
        assert!(near(saving.saves_usd, 10.0 * (0.024 - 0.005)));
        assert!(near(saving.month_usd, holding.month_usd - saving.saves_usd));
        assert!(near(saving.back_usd.unwrap(), 10.0 * 0.03 + 3.0 * 10.0 * 0.005));
        assert!(near(holding.classes[2].retrieval_usd.unwrap(), 3.0));
        assert!(near(holding.classes[2].early_usd.unwrap(), 3.0 * 0.5));
    }

    #[test]
    fn a_price_that_is_not_known_is_named_and_never_made_up() {
        let sizes = [GB];
        let groups = [
            Group { class: "STANDARD", sizes: &sizes, archive: None },
            Group { class: "INTELLIGENT_TIERING", sizes: &sizes, archive: None },
        ];
        let holding = Prices::embedded().holding("eu-west-3", &groups).unwrap();
        assert_eq!(
            (holding.exact, holding.unknown.as_slice()),
            (false, &["INTELLIGENT_TIERING".to_owned()][..])
        );
        assert!(near(holding.month_usd, 0.024));
        assert_eq!(holding.classes[1].month_usd, None);
        let elsewhere = Prices::embedded().holding("mars-north-1", &groups[..1]).unwrap();
        assert_eq!((elsewhere.exact, elsewhere.prices_of.as_str()), (false, "us-east-1"));
    }
}
