//! The way out that both clients share, the one to S3 and the one to the mirror.
//!
//! `trust` knows which certificate authorities are trusted besides the system's, `proxies` which proxies can be used and who is never
//! asked through one, `obstacle` what it means when no secure connection came about. The clients themselves live in `bucket` and
//! `catalog`.

mod obstacle;
mod proxies;
mod trust;

pub(crate) use obstacle::Obstacle;
pub use proxies::check as check_proxies;
pub(crate) use proxies::{are_set as proxies_are_set, is_near};
pub use trust::Trust;
