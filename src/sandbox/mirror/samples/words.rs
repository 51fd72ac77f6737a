//! Made-up names: of people, bands, titles, places. None needs escaping in JSON or CSV.

use super::random::Random;

const FIRST: &[&str] = &[
    "Ada", "Björk", "Chidi", "Dolores", "Émile", "Fatima", "Goran", "Hélène", "Ingrid", "Jun", "Kwame",
    "Lúcia", "Mads", "Noor", "Orla", "Pavel", "Quentin", "Ravi", "Saoirse", "Tomás", "Ursula", "Vera",
    "Wanda", "Ximena", "Yuki", "Zoë",
];

const LAST: &[&str] = &[
    "Abel",
    "Brandt",
    "Castillo",
    "Dvořák",
    "Eriksson",
    "Fontaine",
    "Garcia",
    "Haddad",
    "Ivanova",
    "Jansen",
    "Kobayashi",
    "Lindqvist",
    "Moreau",
    "Nakamura",
    "Okafor",
    "Petrov",
    "Quinn",
    "Rossi",
    "Santos",
    "Tanaka",
    "Usman",
    "Varga",
    "Weiss",
    "Xu",
    "Yılmaz",
    "Zimmer",
];

const WORDS: &[&str] = &[
    "Amber",
    "Below",
    "Carousel",
    "Distant",
    "Ember",
    "Falling",
    "Glass",
    "Harbour",
    "Island",
    "Juniper",
    "Kites",
    "Lantern",
    "Midnight",
    "Northern",
    "Orbit",
    "Paper",
    "Quiet",
    "River",
    "Silver",
    "Tides",
    "Under",
    "Velvet",
    "Winter",
    "Xylophone",
    "Years",
    "Zenith",
    "Aurora",
    "Bridge",
    "Cinder",
    "Dust",
    "Echo",
    "Fever",
    "Garden",
    "Hollow",
    "Indigo",
    "Jade",
];

/// The tags and genres that records are given.
pub(super) const TAGS: &[&str] = &[
    "rock",
    "jazz",
    "ambient",
    "electronic",
    "folk",
    "hip hop",
    "classical",
    "post-punk",
    "shoegaze",
    "soul",
    "metal",
];

/// Countries of artists and releases.
pub(super) const COUNTRIES: &[&str] = &["FR", "US", "GB", "JP", "DE", "SE", "BR", "NG", "CZ", "XW"];

/// Writes the name of a person or a band.
pub(super) fn artist(random: &mut Random, out: &mut String) {
    if random.below(2) == 0 {
        out.push_str(random.pick(FIRST));
        out.push(' ');
        out.push_str(random.pick(LAST));
    } else {
        out.push_str("The ");
        title(random, out);
    }
}

/// Writes a title of two or three words.
pub(super) fn title(random: &mut Random, out: &mut String) {
    out.push_str(random.pick(WORDS));
    for _ in 0..=random.below(2) {
        out.push(' ');
        out.push_str(random.pick(WORDS));
    }
}

/// Writes the name of a `ListenBrainz` user.
pub(super) fn user(random: &mut Random, out: &mut String) {
    out.push_str(random.pick(WORDS));
    out.push('_');
    out.push_str(random.pick(FIRST));
    out.push_str(&random.below(1000).to_string());
}
