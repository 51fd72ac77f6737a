//! The S3 calls of one object's upload, each once: no policy, no retries, no progress. Those are the business of `upload`.

use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::create_multipart_upload::{
    CreateMultipartUploadError, CreateMultipartUploadOutput,
};
use aws_sdk_s3::operation::put_object::{PutObjectError, PutObjectOutput};
use aws_sdk_s3::operation::upload_part::UploadPartOutput;
use aws_sdk_s3::types::{
    ChecksumAlgorithm, ChecksumType, CompletedMultipartUpload, CompletedPart, Part as ListedPart,
    ServerSideEncryption,
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::checksum::{self, Checksum, PartChecksum, Told};
use super::upload::Load;
use crate::bucket::sdk::{self, Operation, explain};
use crate::bucket::{Bucket, meta};
use crate::catalog::Archive;
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::words::harmless;

/// A part that S3 has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// From 1.
    pub(super) number: i32,
    /// Bytes.
    pub(super) size: u64,
    /// S3's ETag, as it gave it.
    pub(super) etag: String,
    /// The checksum that went with it, or that S3 lists for it; `None` where it lists none or something that is none.
    pub(super) checksum: Option<PartChecksum>,
    /// By what it is known that S3 has these very bytes; `None` where S3 gave nothing that could be compared.
    pub(super) proven_by: Option<Checksum>,
}

/// An upload that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Created {
    /// S3's id.
    pub(super) id: String,
    /// What each of its parts is sent with: the strongest that the store takes and says that it keeps.
    pub(super) checksum: Checksum,
}

/// Why a request with a payload was not taken.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) error: Error,
    /// Whether it may be that the payload was not signed: stores and bucket policies that want that say so in various ways.
    pub(super) may_mean_unsigned: bool,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self { error, may_mean_unsigned: false }
    }
}

impl Refusal {
    fn of<E>(operation: Operation, uri: &str, error: &Refused<E>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        let may_mean_unsigned = matches!(
            sdk::code(error),
            Some(
                "AccessDenied"
                    | "InvalidArgument"
                    | "InvalidRequest"
                    | "NotImplemented"
                    | "SignatureDoesNotMatch"
                    | "XAmzContentSHA256Mismatch"
            )
        );
        Self { error: explain(operation, uri, error), may_mean_unsigned }
    }
}

/// Where one object is being put.
#[derive(Debug, Clone)]
pub(super) struct Target<'a> {
    pub(super) bucket: &'a Bucket,
    pub(super) key: &'a str,
}

type Refused<E> = SdkError<E, HttpResponse>;

impl Target<'_> {
    fn uri(&self) -> String {
        self.bucket.uri(self.key)
    }

    /// Begins an upload with the strongest checksum that the store knows: one that it refuses, or that it does not name in its
    /// answer, would be checked by nobody.
    pub(super) async fn create(&self, archive: &Archive) -> Result<Created> {
        let mut checksum = Checksum::default();
        loop {
            let weaker = checksum.weaker();
            match self.create_with(archive, checksum).await {
                Ok(created) => {
                    let id = created.upload_id.unwrap_or_default();
                    let Some(next) = weaker.filter(|_| !names(checksum, created.checksum_algorithm.as_ref()))
                    else {
                        return Ok(Created { id, checksum });
                    };
                    self.let_go(&id).await;
                    checksum = next;
                }
                Err(error) => match weaker.filter(|_| is_refused(&error)) {
                    Some(next) => checksum = next,
                    None => return Err(explain(Operation::CreateUpload, &self.uri(), &error)),
                },
            }
            tracing::info!(bucket = self.bucket.name(), weaker = checksum.name(), "the store checks less");
        }
    }

    async fn create_with(
        &self,
        archive: &Archive,
        checksum: Checksum,
    ) -> Result<CreateMultipartUploadOutput, Refused<CreateMultipartUploadError>> {
        let request = self.bucket.client().create_multipart_upload().bucket(self.bucket.name()).key(self.key);
        let request = request.set_metadata(Some(metadata(archive).into()));
        let request = match checksum {
            Checksum::Crc64Nvme => request
                .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme)
                .checksum_type(ChecksumType::FullObject),
            // Of the parts only, which every store that knows CRC32C can; older ones know no other type and no name for it.
            Checksum::Crc32c => request.checksum_algorithm(ChecksumAlgorithm::Crc32C),
            Checksum::Md5 => request,
        };
        request.send().await
    }

    /// An upload without a part costs nothing, so that it could not be aborted is no reason to fail.
    async fn let_go(&self, id: &str) {
        if let Err(error) = self.abort(id).await {
            tracing::warn!(%error, "an empty upload is left");
        }
    }

    /// The parts that S3 has of upload `id`, all pages; an upload that is gone is [`crate::Kind::NotFound`].
    pub(super) async fn parts(&self, id: &str) -> Result<Vec<Part>> {
        let mut parts = Vec::new();
        let mut marker = None;
        loop {
            let request =
                self.bucket.client().list_parts().bucket(self.bucket.name()).key(self.key).upload_id(id);
            let page = request.set_part_number_marker(marker.take()).send().await;
            let page = page.map_err(|error| explain(Operation::ListParts, &self.uri(), &error))?;
            parts.extend(page.parts().iter().filter_map(listed));
            let next = page.next_part_number_marker.filter(|next| !next.is_empty() && next != "0");
            match next {
                Some(next) if page.is_truncated == Some(true) => marker = Some(next),
                _ => return Ok(parts),
            }
        }
    }

    /// Sends part `number`; its checksum goes ahead as a signed header, so that S3 refuses damaged bytes, and what S3 answers is
    /// compared, so that a store that only took the header is found out.
    pub(super) async fn send(
        &self,
        id: &str,
        number: i32,
        load: &Load,
        sent: PartChecksum,
    ) -> Result<Part, Refusal> {
        let size = load.length();
        let request =
            self.bucket.client().upload_part().bucket(self.bucket.name()).key(self.key).upload_id(id);
        let request = request
            .part_number(number)
            .content_length(i64::try_from(size).unwrap_or(i64::MAX))
            .body(load.body());
        let request = match sent {
            PartChecksum::Crc64Nvme(_) => request.checksum_crc64_nvme(sent.text()),
            PartChecksum::Crc32c(_) => request.checksum_crc32_c(sent.text()),
            PartChecksum::Md5(_) => request.content_md5(sent.text()),
        };
        let request = match load.signature() {
            Some(signature) => request.customize().interceptor(signature),
            None => request.customize(),
        };
        let answer =
            request.send().await.map_err(|error| Refusal::of(Operation::UploadPart, &self.uri(), &error))?;
        let proven_by = self.proven(Operation::UploadPart, &told_of_part(&answer), sent, load).await?;
        Ok(Part { number, size, etag: answer.e_tag.unwrap_or_default(), checksum: Some(sent), proven_by })
    }

    /// By what it is known that the store has exactly `bytes`. Bytes that it has otherwise are an error.
    async fn proven(
        &self,
        operation: Operation,
        told: &Told,
        sent: PartChecksum,
        load: &Load,
    ) -> Result<Option<Checksum>> {
        told.confirms(sent, load.pieces()).await?.map_err(|(here, there)| {
            let (name, here, there) = (here.checksum().name(), here.text(), there.text());
            Error::new(Kind::Integrity, operation.sentence(&harmless(&self.uri())))
                .because(say!("transfer-part-differs", name = name, here = here, there = there))
                .hint(say!("transfer-part-differs-hint"))
        })
    }

    /// Makes the object of its parts. Where they went with CRC64NVME, S3 compares the size and the checksum of the whole before
    /// the object exists.
    pub(super) async fn complete(
        &self,
        id: &str,
        checksum: Checksum,
        parts: &[Part],
        archive: &Archive,
        crc64nvme: u64,
    ) -> Result<()> {
        let parts =
            CompletedMultipartUpload::builder().set_parts(Some(parts.iter().map(named).collect())).build();
        let request =
            self.bucket.client().complete_multipart_upload().bucket(self.bucket.name()).key(self.key);
        let request = request
            .upload_id(id)
            .mpu_object_size(i64::try_from(archive.size).unwrap_or(i64::MAX))
            .multipart_upload(parts);
        let request = match checksum {
            Checksum::Crc64Nvme => request
                .checksum_type(ChecksumType::FullObject)
                .checksum_crc64_nvme(PartChecksum::Crc64Nvme(crc64nvme).text()),
            Checksum::Crc32c | Checksum::Md5 => request,
        };
        let answer = request.send().await;
        answer.map(drop).map_err(|error| explain(Operation::CompleteUpload, &self.uri(), &error))
    }

    /// Puts a small object in one request, with the strongest checksum that the store takes; says by which it is known to stand as
    /// it left. Only for bytes whose SHA-256 was found to be the published one. One that stands otherwise is taken away again.
    pub(super) async fn put(
        &self,
        archive: &Archive,
        load: &Load,
        crc64nvme: u64,
    ) -> Result<Option<Checksum>, Refusal> {
        let pieces = load.pieces();
        let mut sent = PartChecksum::Crc64Nvme(crc64nvme);
        // Of Amazon's S3 is known that it checks; of the others the oldest way is asked for besides.
        let md5 = if self.bucket.is_amazons() { None } else { Some(Checksum::Md5.of_aside(pieces).await?) };
        loop {
            let error = match self.put_with(archive, load, sent, md5).await {
                Ok(answer) => {
                    let told = told_of_object(&answer);
                    let proven = self.proven(Operation::PutObject, &told, sent, load).await;
                    if proven.is_err() {
                        self.delete().await?;
                    }
                    return proven.map_err(Refusal::from);
                }
                Err(error) => error,
            };
            match sent.checksum().weaker().filter(|_| is_refused(&error)) {
                Some(weaker) => sent = weaker.of_aside(pieces).await?,
                None => return Err(Refusal::of(Operation::PutObject, &self.uri(), &error)),
            }
        }
    }

    async fn put_with(
        &self,
        archive: &Archive,
        load: &Load,
        sent: PartChecksum,
        md5: Option<PartChecksum>,
    ) -> Result<PutObjectOutput, Refused<PutObjectError>> {
        let request = self.bucket.client().put_object().bucket(self.bucket.name()).key(self.key);
        let request = request
            .content_length(i64::try_from(load.length()).unwrap_or(i64::MAX))
            .set_content_md5(md5.map(PartChecksum::text))
            .set_metadata(Some(metadata(archive).into()))
            .body(load.body());
        let request = match sent {
            PartChecksum::Crc64Nvme(_) => request.checksum_crc64_nvme(sent.text()),
            PartChecksum::Crc32c(_) => request.checksum_crc32_c(sent.text()),
            PartChecksum::Md5(_) => request.content_md5(sent.text()),
        };
        match load.signature() {
            Some(signature) => request.customize().interceptor(signature).send().await,
            None => request.send().await,
        }
    }

    /// Throws upload `id` and its parts away; one that is gone already is fine.
    pub(super) async fn abort(&self, id: &str) -> Result<()> {
        let upload =
            crate::bucket::Upload { key: self.key.to_owned(), upload_id: id.to_owned(), initiated: None };
        self.bucket.abort(&upload).await
    }

    /// Removes the object at the key.
    pub(super) async fn delete(&self) -> Result<()> {
        let request = self.bucket.client().delete_object().bucket(self.bucket.name()).key(self.key);
        request.send().await.map(drop).map_err(|error| explain(Operation::DeleteObject, &self.uri(), &error))
    }
}

/// What is written beside the object, so that anybody can see where it came from and what it must be.
fn metadata(archive: &Archive) -> [(String, String); 4] {
    [
        (meta::SHA256, archive.sha256.to_string()),
        (meta::DUMP, archive.dump.name.clone()),
        (meta::DATASET, archive.dataset.0.clone()),
        (meta::SOURCE, archive.url.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
}

/// A part as Complete names it. A checksum of the parts' checksums is made of those that are named; the others are S3's own business.
fn named(part: &Part) -> CompletedPart {
    let crc32c = part.checksum.filter(|checksum| checksum.checksum() == Checksum::Crc32c);
    CompletedPart::builder()
        .part_number(part.number)
        .e_tag(&part.etag)
        .set_checksum_crc32_c(crc32c.map(PartChecksum::text))
        .build()
}

fn listed(part: &ListedPart) -> Option<Part> {
    let crc64nvme = part.checksum_crc64_nvme().and_then(|text| PartChecksum::read(Checksum::Crc64Nvme, text));
    let crc32c = part.checksum_crc32_c().and_then(|text| PartChecksum::read(Checksum::Crc32c, text));
    let checksum = crc64nvme.or(crc32c);
    Some(Part {
        number: part.part_number()?,
        size: u64::try_from(part.size()?).ok()?,
        etag: part.e_tag()?.to_owned(),
        checksum,
        // A store that lists a checksum compared it with the one that went with the part.
        proven_by: checksum.map(PartChecksum::checksum),
    })
}

/// Whether a store's answer names the checksum that was asked for.
fn names(checksum: Checksum, algorithm: Option<&ChecksumAlgorithm>) -> bool {
    algorithm.is_some_and(|algorithm| algorithm.as_str().eq_ignore_ascii_case(checksum.name()))
}

fn is_refused<E: ProvideErrorMetadata>(error: &Refused<E>) -> bool {
    let message = error.as_service_error().and_then(ProvideErrorMetadata::message).unwrap_or_default();
    checksum::is_refused(sdk::code(error).unwrap_or_default(), message, sdk::status(error))
}

fn told_of_part(answer: &UploadPartOutput) -> Told {
    Told {
        crc64nvme: answer.checksum_crc64_nvme.clone(),
        crc32c: answer.checksum_crc32_c.clone(),
        etag: answer.e_tag.clone(),
        is_etag_opaque: is_opaque(answer.server_side_encryption(), answer.sse_customer_algorithm()),
    }
}

fn told_of_object(answer: &PutObjectOutput) -> Told {
    Told {
        crc64nvme: answer.checksum_crc64_nvme.clone(),
        crc32c: answer.checksum_crc32_c.clone(),
        etag: answer.e_tag.clone(),
        is_etag_opaque: is_opaque(answer.server_side_encryption(), answer.sse_customer_algorithm()),
    }
}

/// With any encryption but S3's own, an ETag is no MD5 (API reference, "Object": ETag).
fn is_opaque(encryption: Option<&ServerSideEncryption>, customers: Option<&str>) -> bool {
    customers.is_some() || encryption.is_some_and(|name| *name != ServerSideEncryption::Aes256)
}
