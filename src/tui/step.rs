//! The steps of the wizard and their order.

use crate::say;

/// A screen: the steps of the wizard, and the places that one visits from any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Step {
    /// What is in the bucket, what is newer, what can be resumed.
    Home,
    /// What stands in the bucket, to look at and to act on.
    Browser,
    /// How the program behaves.
    Settings,
    /// Who one is, and where the bucket and the mirror are.
    #[default]
    Connect,
    /// Which bucket.
    Bucket,
    /// How it is protected.
    Protect,
    /// What is lifted.
    Datasets,
    /// What would be done, and why.
    Review,
    /// Bytes move.
    Transfer,
    /// What was proven, and what to do next.
    Done,
}

impl Step {
    /// The steps that the stepper numbers; the end screen is not one of them.
    pub const NUMBERED: [Self; 6] =
        [Self::Connect, Self::Bucket, Self::Protect, Self::Datasets, Self::Review, Self::Transfer];

    /// Its name in the stepper, in the user's language.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Home => say!("tui-step-home"),
            Self::Browser => say!("tui-step-browser"),
            Self::Settings => say!("tui-step-settings"),
            Self::Connect => say!("tui-step-connect"),
            Self::Bucket => say!("tui-step-bucket"),
            Self::Protect => say!("tui-step-protect"),
            Self::Datasets => say!("tui-step-datasets"),
            Self::Review => say!("tui-step-review"),
            Self::Transfer => say!("tui-step-transfer"),
            Self::Done => say!("tui-step-done"),
        }
    }
}
