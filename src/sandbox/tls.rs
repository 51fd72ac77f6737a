//! The sandbox's own certificate authority, and what its servers need to speak TLS.
//!
//! Here lives the making and keeping of the authority (`tls/ca.pem`, `tls/ca.key`) and of the servers' certificate, which is made at
//! each start. How a connection is secured is the business of `wire`.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};

/// The names of this machine for itself.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// How long a server's certificate is good, in days; no sandbox serves for as long.
const GOOD_FOR: i64 = 365;

/// Both servers speak HTTP/1.1 only.
const PROTOCOL: &[u8] = b"http/1.1";

/// What secures the servers of one sandbox.
pub(super) struct Tls {
    /// The authority's certificate, PEM: what clients must trust.
    pub(super) ca_file: PathBuf,
    /// What shakes hands with them.
    pub(super) acceptor: TlsAcceptor,
}

impl Tls {
    /// Reads the authority under `dir`, or makes it there, and has it sign a certificate for this machine and for `names`. Blocks.
    pub(super) fn at(dir: &Path, names: &[String]) -> io::Result<Self> {
        let dir = dir.join("tls");
        std::fs::create_dir_all(&dir)?;
        let key = key_at(&dir.join("ca.key"))?;
        let ca_file = dir.join("ca.pem");
        keep_certificate(&ca_file, &key)?;
        let config = server(&Issuer::new(authority(&key), key), names)?;
        Ok(Self { ca_file, acceptor: TlsAcceptor::from(Arc::new(config)) })
    }
}

/// Reads the key in `path`, or makes it there. The file is its owner's alone from the start.
fn key_at(path: &Path) -> io::Result<KeyPair> {
    match std::fs::read_to_string(path) {
        // The parser's error would not quote the file, but says nothing that helps either.
        Ok(text) => KeyPair::from_pem(&text).map_err(|_| io::ErrorKind::InvalidData.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key = KeyPair::generate().map_err(io::Error::other)?;
            let mut temporary = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
            temporary.write_all(key.serialize_pem().as_bytes())?;
            temporary.as_file().sync_all()?;
            temporary.persist(path)?;
            Ok(key)
        }
        Err(error) => Err(error),
    }
}

/// Leaves the certificate in `path` as it is when it is of `key`, and writes it anew otherwise.
fn keep_certificate(path: &Path, key: &KeyPair) -> io::Result<()> {
    let kept = CertificateDer::from_pem_file(path).ok();
    let public = key.public_key_raw();
    if kept.is_some_and(|kept| kept.windows(public.len()).any(|window| window == public)) {
        return Ok(());
    }
    let certificate = authority(key).self_signed(key).map_err(io::Error::other)?;
    std::fs::write(path, certificate.pem())
}

/// What the authority says of itself. Its name is told from those of other sandboxes by its key, so that a certificate of theirs
/// is one of an unknown authority and not one with a wrong signature.
fn authority(key: &KeyPair) -> CertificateParams {
    let mut params = CertificateParams::default();
    let mark = hex::encode(key.public_key_raw().iter().rev().take(6).copied().collect::<Vec<u8>>());
    params.distinguished_name.push(DnType::CommonName, format!("brainzlift sandbox {mark}"));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.not_before = date_time_ymd(2026, 1, 1);
    params.not_after = date_time_ymd(2126, 1, 1);
    params
}

/// A server with a fresh certificate.
fn server(issuer: &Issuer<'_, KeyPair>, names: &[String]) -> io::Result<ServerConfig> {
    let key = KeyPair::generate().map_err(io::Error::other)?;
    let leaf = leaf(names)?.signed_by(&key, issuer).map_err(io::Error::other)?;
    let private = PrivatePkcs8KeyDer::from(key.serialize_der());
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|config| {
            config.with_no_client_auth().with_single_cert(vec![leaf.der().clone()], private.into())
        })
        .map_err(io::Error::other)?;
    config.alpn_protocols = vec![PROTOCOL.to_vec()];
    Ok(config)
}

/// From yesterday, for clocks that are behind, until a year from now.
fn leaf(names: &[String]) -> io::Result<CertificateParams> {
    let all: Vec<String> = NAMES.map(str::to_owned).into_iter().chain(names.iter().cloned()).collect();
    let mut params = CertificateParams::new(all).map_err(io::Error::other)?;
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let day = |days: i64| {
        let date = today.saturating_add(days.days());
        date_time_ymd(date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs())
    };
    (params.not_before, params.not_after) = (day(-1), day(GOOD_FOR));
    params.distinguished_name.push(DnType::CommonName, "brainzlift sandbox");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_authority_is_made_once_and_its_key_is_for_its_owner_only() {
        let dir = tempfile::tempdir().unwrap();
        let first = Tls::at(dir.path(), &[]).unwrap();
        let certificate = std::fs::read(&first.ca_file).unwrap();
        let second = Tls::at(dir.path(), &[]).unwrap();
        assert_eq!(std::fs::read(&second.ca_file).unwrap(), certificate);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(dir.path().join("tls/ca.key")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_certificate_that_is_not_the_keys_is_written_anew() {
        let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (own, foreign) = (Tls::at(dir.path(), &[]).unwrap(), Tls::at(other.path(), &[]).unwrap());
        for wrong in [std::fs::read(&foreign.ca_file).unwrap(), b"nonsense".to_vec()] {
            std::fs::write(&own.ca_file, &wrong).unwrap();
            Tls::at(dir.path(), &[]).unwrap();
            assert_ne!(std::fs::read(&own.ca_file).unwrap(), wrong);
        }
    }

    #[test]
    fn a_key_file_that_is_none_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("tls")).unwrap();
        std::fs::write(dir.path().join("tls/ca.key"), "sesame").unwrap();
        let error = Tls::at(dir.path(), &[]).err().unwrap();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        assert!(!error.to_string().contains("sesame"));
    }

    #[test]
    fn two_authorities_have_two_names() {
        let name = || authority(&KeyPair::generate().unwrap()).distinguished_name;
        assert_ne!(name(), name());
    }
}
