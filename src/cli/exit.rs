//! Exit codes: the one place where a kind of error becomes a number.

use std::process::ExitCode;

use crate::error::Kind;

/// How a run ended. Of several, the later in this list wins: what one must know first is that bytes were wrong, then what
/// one must change before trying again, then that something failed, and only then that the run was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: all is done.
    Done,
    /// 5: stopped on the way; it can be resumed.
    Interrupted,
    /// 1: failed.
    Failed,
    /// 2: a flag, a setting or a name is wrong.
    Usage,
    /// 3: no credentials, wrong ones, or they do not allow it.
    Credentials,
    /// 6: the disk is full, or would be.
    OutOfSpace,
    /// 4: bytes are not the published ones.
    Integrity,
}

impl Exit {
    /// The end of a run in which things of these kinds failed, and perhaps something was stopped.
    #[must_use]
    pub fn worst(failures: impl IntoIterator<Item = Kind>, interrupted: bool) -> Self {
        let stopped = if interrupted { Self::Interrupted } else { Self::Done };
        failures.into_iter().map(Self::from).fold(stopped, Self::max)
    }

    /// The number.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Credentials => 3,
            Self::Integrity => 4,
            Self::Interrupted => 5,
            Self::OutOfSpace => 6,
        }
    }
}

impl From<Kind> for Exit {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Usage => Self::Usage,
            Kind::Credentials | Kind::Permission => Self::Credentials,
            Kind::Integrity => Self::Integrity,
            Kind::Interrupted => Self::Interrupted,
            Kind::OutOfSpace => Self::OutOfSpace,
            _ => Self::Failed,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_the_documented_ones() {
        let codes = [
            (Kind::Fatal, 1),
            (Kind::Transient, 1),
            (Kind::Offline, 1),
            (Kind::SourceChanged, 1),
            (Kind::NotFound, 1),
            (Kind::Usage, 2),
            (Kind::Credentials, 3),
            (Kind::Permission, 3),
            (Kind::Integrity, 4),
            (Kind::Interrupted, 5),
            (Kind::OutOfSpace, 6),
        ];
        for (kind, code) in codes {
            assert_eq!(Exit::from(kind).code(), code, "{kind:?}");
        }
        assert_eq!(Exit::Done.code(), 0);
    }

    #[test]
    fn of_several_ends_the_one_to_act_on_first_wins() {
        assert_eq!(Exit::worst([], false), Exit::Done);
        assert_eq!(Exit::worst([], true), Exit::Interrupted);
        assert_eq!(Exit::worst([Kind::Transient], true), Exit::Failed);
        assert_eq!(Exit::worst([Kind::Integrity, Kind::Transient], true), Exit::Integrity);
        assert_eq!(Exit::worst([Kind::Permission, Kind::OutOfSpace], false), Exit::OutOfSpace);
    }
}
