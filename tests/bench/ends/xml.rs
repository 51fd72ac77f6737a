//! The documents of S3 and STS that the discarding S3 answers with.

use std::fmt::Write as _;

use crate::memory::{Memory, Upload};
use crate::wire::Head;

const S3: &str = "http://s3.amazonaws.com/doc/2006-03-01/";
const MODIFIED: &str = "2026-01-01T00:00:00.000Z";

/// Whoever asks is this one.
pub(crate) const IDENTITY: &str = "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
    <GetCallerIdentityResult><Arn>arn:aws:iam::000000000000:user/bench</Arn><UserId>AIDABENCH</UserId>\
    <Account>000000000000</Account></GetCallerIdentityResult>\
    <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>";

fn root(name: &str, inside: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{name} xmlns=\"{S3}\">{inside}</{name}>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

pub(crate) fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

pub(crate) fn error(code: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{code}</Message></Error>"
    )
}

/// An element with nothing inside, as settings have that were never set.
pub(crate) fn nothing(name: &str) -> String {
    root(name, "")
}

/// What every bucket of S3 is encrypted with since 2023.
pub(crate) fn encryption() -> String {
    let rule = "<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>\
                </ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule>";
    root("ServerSideEncryptionConfiguration", rule)
}

pub(crate) fn buckets(memory: &Memory) -> String {
    let mut names: Vec<&String> = memory.objects.keys().map(|(bucket, _)| bucket).collect();
    names.dedup();
    let mut list = String::from("<Owner><ID>bench</ID></Owner><Buckets>");
    for name in names {
        let _ = write!(
            list,
            "<Bucket><Name>{}</Name><CreationDate>{MODIFIED}</CreationDate></Bucket>",
            escaped(name)
        );
    }
    root("ListAllMyBucketsResult", &(list + "</Buckets>"))
}

pub(crate) fn begun(head: &Head, id: &str) -> String {
    let (bucket, key) = (escaped(&head.bucket), escaped(&head.key));
    root(
        "InitiateMultipartUploadResult",
        &format!("<Bucket>{bucket}</Bucket><Key>{key}</Key><UploadId>{id}</UploadId>"),
    )
}

pub(crate) fn completed(head: &Head, etag: &str) -> String {
    let (bucket, key) = (escaped(&head.bucket), escaped(&head.key));
    root(
        "CompleteMultipartUploadResult",
        &format!("<Bucket>{bucket}</Bucket><Key>{key}</Key><ETag>&quot;{etag}&quot;</ETag>"),
    )
}

pub(crate) fn parts(id: &str, upload: &Upload) -> String {
    let (bucket, key) = (escaped(&upload.bucket), escaped(&upload.key));
    let mut list = format!(
        "<Bucket>{bucket}</Bucket><Key>{key}</Key><UploadId>{id}</UploadId><IsTruncated>false</IsTruncated>"
    );
    for (number, part) in &upload.parts {
        let _ = write!(
            list,
            "<Part><PartNumber>{number}</PartNumber><LastModified>{MODIFIED}</LastModified>\
             <ETag>&quot;{}&quot;</ETag><Size>{}</Size></Part>",
            part.etag, part.size
        );
    }
    root("ListPartsResult", &list)
}

pub(crate) fn uploads(memory: &Memory, head: &Head) -> String {
    let prefix = head.query("prefix").unwrap_or_default();
    let mut list = format!("<Bucket>{}</Bucket><IsTruncated>false</IsTruncated>", escaped(&head.bucket));
    let here = |upload: &Upload| upload.bucket == head.bucket && upload.key.starts_with(prefix);
    for (id, upload) in memory.uploads.iter().filter(|(_, upload)| here(upload)) {
        let _ = write!(
            list,
            "<Upload><Key>{}</Key><UploadId>{id}</UploadId><Initiated>{MODIFIED}</Initiated></Upload>",
            escaped(&upload.key)
        );
    }
    root("ListMultipartUploadsResult", &list)
}

/// Both kinds of listing, in one page.
pub(crate) fn objects(memory: &Memory, head: &Head) -> String {
    let prefix = head.query("prefix").unwrap_or_default();
    let delimiter = head.query("delimiter").filter(|delimiter| !delimiter.is_empty());
    let (mut list, mut folders) = (String::new(), Vec::new());
    for ((bucket, key), object) in &memory.objects {
        let Some(rest) = key.strip_prefix(prefix).filter(|_| *bucket == head.bucket) else { continue };
        if let Some((folder, after)) =
            delimiter.and_then(|delimiter| Some((rest.find(delimiter)?, delimiter)))
        {
            folders.push(format!("{prefix}{}", &rest[..folder + after.len()]));
            continue;
        }
        let _ = write!(
            list,
            "<Contents><Key>{}</Key><LastModified>{MODIFIED}</LastModified><ETag>&quot;{}&quot;</ETag>\
             <Size>{}</Size><StorageClass>STANDARD</StorageClass></Contents>",
            escaped(key),
            object.etag,
            object.size
        );
    }
    folders.dedup();
    for folder in folders {
        let _ = write!(list, "<CommonPrefixes><Prefix>{}</Prefix></CommonPrefixes>", escaped(&folder));
    }
    let (name, prefix) = (escaped(&head.bucket), escaped(prefix));
    let about = format!("<Name>{name}</Name><Prefix>{prefix}</Prefix><MaxKeys>1000</MaxKeys>");
    root("ListBucketResult", &(about + "<IsTruncated>false</IsTruncated>" + &list))
}

pub(crate) fn deleted(keys: &[String]) -> String {
    let each = keys.iter().map(|key| format!("<Deleted><Key>{}</Key></Deleted>", escaped(key)));
    root("DeleteResult", &each.collect::<String>())
}
