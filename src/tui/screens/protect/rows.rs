//! The rows that can be chosen.

/// A row of the screen that the cursor can stand on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Row {
    /// Whether versions are kept.
    #[default]
    Versioning,
    /// Whether `raw/` is archived.
    Archive,
    /// After how many days.
    Days,
    /// To which class.
    Class,
}
