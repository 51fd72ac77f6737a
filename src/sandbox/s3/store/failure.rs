//! What can go wrong in the store, and what a client is told of it.

use s3s::S3Error;

/// The result of a look or a change.
pub(crate) type Outcome<T> = Result<T, Failure>;

/// Why a look or a change failed: the request's own fault, or the disk's.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// An answer that S3 itself would give.
    #[error("{0}")]
    Refused(#[from] S3Error),
    /// The metadata file could not be opened.
    #[error("{0}")]
    Open(#[from] redb::DatabaseError),
    /// The metadata file could not be read or written.
    #[error("{0}")]
    Metadata(#[from] redb::Error),
    /// A record is not what it was written as.
    #[error("{0}")]
    Record(#[from] serde_json::Error),
    /// A body file could not be read or written.
    #[error("{0}")]
    Body(#[from] std::io::Error),
}

/// redb has one error type an operation, and one that holds them all.
macro_rules! from_redb {
    ($($name:ident),+) => {
        $(impl From<redb::$name> for Failure {
            fn from(error: redb::$name) -> Self {
                Self::Metadata(error.into())
            }
        })+
    };
}
from_redb!(CommitError, StorageError, TableError, TransactionError);

impl From<Failure> for S3Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(error) => error,
            other => {
                tracing::error!(error = %other, "the sandbox's store failed");
                Self::internal_error(other)
            }
        }
    }
}
