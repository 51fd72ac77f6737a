//! The regions that are offered.

/// The region that is assumed where none is set anywhere.
pub const DEFAULT_REGION: &str = "eu-west-3";

/// AWS's regions that need no opt-in, and the common ones that do: code and place. The default comes first, then Europe,
/// because MetaBrainz's dumps and most of who use them are there.
pub const REGIONS: &[(&str, &str)] = &[
    ("eu-west-3", "Paris"),
    ("eu-west-1", "Dublin"),
    ("eu-west-2", "London"),
    ("eu-central-1", "Frankfurt"),
    ("eu-central-2", "Zürich"),
    ("eu-north-1", "Stockholm"),
    ("eu-south-1", "Milano"),
    ("eu-south-2", "Aragón"),
    ("us-east-1", "N. Virginia"),
    ("us-east-2", "Ohio"),
    ("us-west-1", "N. California"),
    ("us-west-2", "Oregon"),
    ("ca-central-1", "Montréal"),
    ("ca-west-1", "Calgary"),
    ("mx-central-1", "Querétaro"),
    ("sa-east-1", "São Paulo"),
    ("af-south-1", "Cape Town"),
    ("il-central-1", "Tel Aviv"),
    ("me-central-1", "UAE"),
    ("me-south-1", "Bahrain"),
    ("ap-east-1", "Hong Kong"),
    ("ap-east-2", "Taipei"),
    ("ap-northeast-1", "Tokyo"),
    ("ap-northeast-2", "Seoul"),
    ("ap-northeast-3", "Osaka"),
    ("ap-south-1", "Mumbai"),
    ("ap-south-2", "Hyderabad"),
    ("ap-southeast-1", "Singapore"),
    ("ap-southeast-2", "Sydney"),
    ("ap-southeast-3", "Jakarta"),
    ("ap-southeast-4", "Melbourne"),
    ("ap-southeast-5", "Malaysia"),
    ("ap-southeast-7", "Thailand"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_default_region_comes_first_and_no_region_twice() {
        assert_eq!(REGIONS[0].0, DEFAULT_REGION);
        let codes: BTreeSet<_> = REGIONS.iter().map(|(code, _)| code).collect();
        assert_eq!(codes.len(), REGIONS.len());
    }
}
