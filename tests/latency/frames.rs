//! What drawing cost, out of the program's own log.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use crate::sample::Times;

/// The frames of each screen, from the log under `home`.
pub(crate) fn read(home: &Path) -> Vec<(String, Times)> {
    let log = std::fs::read_to_string(home.join(".local/state/brainzlift/brainzlift.log")).unwrap();
    let mut screens: BTreeMap<String, Times> = BTreeMap::new();
    for line in log.lines().filter(|line| line.contains("brainzlift::frame")) {
        let field = |name: &str| {
            let rest = line.split_once(&format!(" {name}="))?.1;
            Some(rest.split_whitespace().next()?.to_owned())
        };
        let (Some(screen), Some(micros)) = (field("screen"), field("micros")) else { continue };
        screens.entry(screen).or_default().add(Duration::from_micros(micros.parse().unwrap()));
    }
    screens.into_iter().collect()
}
