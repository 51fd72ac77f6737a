//! What was being tried when the SDK failed, as sentences.

use crate::say;

/// What was tried, so that an error can say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// Asking who one is, at an endpoint.
    Connect,
    /// Listing one's buckets.
    ListBuckets,
    /// Making a bucket.
    CreateBucket,
    /// Looking whether a bucket is there and may be used.
    OpenBucket,
    /// Listing a bucket's objects.
    ListObjects,
    /// Listing the versions of a bucket's objects.
    ListVersions,
    /// Asking for an object's description.
    HeadObject,
    /// Reading an object.
    GetObject,
    /// Writing an object in one go.
    PutObject,
    /// Deleting an object.
    DeleteObject,
    /// Asking for an archived object back.
    RestoreObject,
    /// Beginning a multipart upload.
    CreateUpload,
    /// Sending one part.
    UploadPart,
    /// Asking which parts are there.
    ListParts,
    /// Making an object of the parts.
    CompleteUpload,
    /// Throwing an unfinished upload away.
    AbortUpload,
    /// Listing unfinished uploads.
    ListUploads,
    /// Reading one of a bucket's settings.
    ReadSetting,
    /// Writing one of a bucket's settings.
    WriteSetting,
}

impl Operation {
    /// "Cannot … `subject`", in the user's language.
    #[must_use]
    pub fn sentence(self, subject: &str) -> String {
        match self {
            Self::Connect => say!("bucket-cannot-connect", subject = subject),
            Self::ListBuckets => say!("bucket-cannot-list-buckets", subject = subject),
            Self::CreateBucket => say!("bucket-cannot-create", subject = subject),
            Self::OpenBucket => say!("bucket-cannot-open", subject = subject),
            Self::ListObjects => say!("bucket-cannot-list-objects", subject = subject),
            Self::ListVersions => say!("bucket-cannot-list-versions", subject = subject),
            Self::HeadObject => say!("bucket-cannot-head", subject = subject),
            Self::GetObject => say!("bucket-cannot-get", subject = subject),
            Self::PutObject => say!("bucket-cannot-put", subject = subject),
            Self::DeleteObject => say!("bucket-cannot-delete", subject = subject),
            Self::RestoreObject => say!("bucket-cannot-restore", subject = subject),
            Self::CreateUpload => say!("bucket-cannot-create-upload", subject = subject),
            Self::UploadPart => say!("bucket-cannot-upload-part", subject = subject),
            Self::ListParts => say!("bucket-cannot-list-parts", subject = subject),
            Self::CompleteUpload => say!("bucket-cannot-complete-upload", subject = subject),
            Self::AbortUpload => say!("bucket-cannot-abort-upload", subject = subject),
            Self::ListUploads => say!("bucket-cannot-list-uploads", subject = subject),
            Self::ReadSetting => say!("bucket-cannot-read-setting", subject = subject),
            Self::WriteSetting => say!("bucket-cannot-write-setting", subject = subject),
        }
    }
}
