//! Whom to trust besides the authorities of the system: the bundles that the environment names, and the sandbox's own authority.
//!
//! `SSL_CERT_FILE` and `SSL_CERT_DIR` stand in place of the system's authorities where the TLS library reads them (not on macOS and
//! Windows, for the mirror), as with OpenSSL; `AWS_CA_BUNDLE` is in addition to them, so that a bundle for a store of one's own does
//! not make upstream's mirror unknown.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::error::{Error, Kind, Result};
use crate::say;
use crate::words::harmless;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// Certificates of authorities that are trusted besides the system's; none by default. Cloning is cheap.
#[derive(Clone, Default)]
pub struct Trust {
    /// Each one PEM block that the TLS library can read.
    blocks: Arc<Vec<String>>,
    /// Whether `AWS_CA_BUNDLE` is among them, which is stronger than a profile's `ca_bundle`.
    has_aws_bundle: bool,
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trust").field("certificates", &self.blocks.len()).finish_non_exhaustive()
    }
}

impl Trust {
    /// What `AWS_CA_BUNDLE` and `SSL_CERT_FILE` name. A file that cannot be read or holds no certificate is an error, and so is an
    /// `SSL_CERT_DIR` of that kind where there is nothing else. Blocks on small files.
    pub fn from_environment(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self> {
        let mut trust = Self::from_system(&variable)?;
        if let Some(path) = variable("AWS_CA_BUNDLE").filter(|path| !path.is_empty()) {
            trust = trust.and_file("AWS_CA_BUNDLE", path.as_ref())?;
            trust.has_aws_bundle = true;
        }
        Ok(trust)
    }

    /// [`Trust::from_environment`] without `AWS_CA_BUNDLE`: what a run in the sandbox hears.
    pub fn from_system(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self> {
        match (variable("SSL_CERT_FILE"), variable("SSL_CERT_DIR")) {
            (Some(path), _) => Self::default().and_file("SSL_CERT_FILE", path.as_ref()),
            (None, Some(folders)) if !folders.is_empty() => {
                check_folders(&folders)?;
                Ok(Self::default())
            }
            _ => Ok(Self::default()),
        }
    }

    /// Adds the certificates in the PEM file at `path`. `named_by` is the variable or setting that names it, for the error. Blocks.
    pub fn and_file(self, named_by: &str, path: &Path) -> Result<Self> {
        let text =
            std::fs::read(path).map_err(|error| unusable(named_by, path).because(&error).caused_by(error))?;
        let found = usable(&String::from_utf8_lossy(&text));
        if found.is_empty() {
            return Err(unusable(named_by, path).because(say!("network-bundle-empty")));
        }
        let blocks = self.blocks.iter().cloned().chain(found).collect();
        Ok(Self { blocks: Arc::new(blocks), ..self })
    }

    /// Whether `AWS_CA_BUNDLE` is among them.
    pub(crate) const fn has_aws_bundle(&self) -> bool {
        self.has_aws_bundle
    }

    /// The certificates, each one PEM block that the TLS library can read.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().map(String::as_str)
    }

    /// The same for the client to the mirror.
    pub(crate) fn certificates(&self) -> Vec<reqwest::Certificate> {
        self.blocks().filter_map(|block| reqwest::Certificate::from_pem(block.as_bytes()).ok()).collect()
    }
}

fn unusable(named_by: &str, path: &Path) -> Error {
    let path = harmless(&path.display().to_string());
    let what = say!("network-bundle-unusable", variable = harmless(named_by), path = path);
    Error::new(Kind::Usage, what).hint(say!("network-bundle-hint", variable = harmless(named_by)))
}

/// The certificates in `text` that the TLS library can read. Bundles of long standing hold some that it cannot.
fn usable(text: &str) -> Vec<String> {
    let blocks: Vec<String> = blocks(text).collect();
    if blocks.is_empty() || are_readable(&blocks) {
        return blocks;
    }
    let (good, bad): (Vec<_>, Vec<_>) =
        blocks.into_iter().partition(|block| are_readable(std::slice::from_ref(block)));
    tracing::warn!(good = good.len(), bad = bad.len(), "certificates that cannot be read are passed over");
    good
}

fn blocks(text: &str) -> impl Iterator<Item = String> {
    text.split(BEGIN).skip(1).filter_map(|rest| {
        let (body, _) = rest.split_once(END)?;
        Some(format!("{BEGIN}{body}{END}\n"))
    })
}

/// Whether a client can be made that trusts these alone: the TLS library reads each of them then.
fn are_readable(blocks: &[String]) -> bool {
    let read = |block: &String| reqwest::Certificate::from_pem(block.as_bytes());
    let Ok(certificates) = blocks.iter().map(read).collect::<Result<Vec<_>, _>>() else { return false };
    reqwest::Client::builder().no_proxy().tls_certs_only(certificates).build().is_ok()
}

/// At least one of `folders` must hold a certificate.
fn check_folders(folders: &OsStr) -> Result<()> {
    let mut trouble = None;
    for folder in std::env::split_paths(folders).filter(|folder| !folder.as_os_str().is_empty()) {
        let error = unusable("SSL_CERT_DIR", &folder);
        match holds_certificate(&folder) {
            Ok(true) => return Ok(()),
            Ok(false) => trouble = Some(error.because(say!("network-bundle-empty"))),
            Err(cause) => trouble = Some(error.because(&cause).caused_by(cause)),
        }
    }
    trouble.map_or(Ok(()), Err)
}

fn holds_certificate(folder: &Path) -> std::io::Result<bool> {
    Ok(std::fs::read_dir(folder)?.flatten().any(|entry| has_certificate(&entry.path())))
}

fn has_certificate(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|text| blocks(&String::from_utf8_lossy(&text)).next().is_some())
}

#[cfg(test)]
#[cfg(feature = "sandbox")]
mod tests;
