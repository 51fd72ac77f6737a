//! Settings and the places where files lie.
//!
//! `settings` merges a file, the environment and the flags, later ones being stronger; `file` reads the file; `paths` knows the folders;
//! `draft` changes one line of it; `remembered` keeps what the last run worked with. Functions here block on small files: call them before the runtime starts, or on a
//! thread that may block. What a setting is used for is the business of `cli` and `tui`.

mod data_dir;
mod draft;
mod file;
mod key;
mod look;
mod paths;
mod read;
mod remembered;
mod settings;

pub use data_dir::prepare_data_dir;
pub use draft::Draft;
pub use file::Binding;
use key::Set;
pub use key::{Group, Key, Origin, Shape};
pub use look::Palette;
pub use paths::Paths;
pub use read::check;
pub use remembered::{Rates, Remembered, keep, recall};
pub use settings::{Flags, Mode, Row, Settings, aws_environment, environment};
