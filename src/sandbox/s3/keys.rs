//! The one pair of keys that the sandbox takes: made at the first start, kept in a file that only its owner can read.

use std::io::{self, Write as _};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use s3s::auth::{S3Auth, SecretKey};
use s3s::{S3Result, s3_error};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

/// The access key of every sandbox.
const ACCESS_KEY: &str = "BRAINZLIFTSANDBOX01";

/// An access key and its secret.
#[derive(Debug, Clone)]
pub(in crate::sandbox) struct Keys {
    pub(in crate::sandbox) access_key: String,
    pub(in crate::sandbox) secret_key: SecretString,
}

#[async_trait::async_trait]
impl S3Auth for Keys {
    async fn get_secret_key(&self, access_key: &str) -> S3Result<SecretKey> {
        if access_key == self.access_key {
            return Ok(SecretKey::from(self.secret_key.expose_secret()));
        }
        Err(s3_error!(
            InvalidAccessKeyId,
            "The AWS Access Key Id you provided does not exist in our records."
        ))
    }
}

/// The keys as they lie in the file.
#[derive(Serialize, Deserialize)]
struct File {
    access_key: String,
    secret_key: String,
}

impl Keys {
    /// Reads the keys in `path`, or makes them there. Blocks.
    pub(in crate::sandbox) fn at(path: &Path) -> io::Result<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::read(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let keys = Self::fresh();
                keys.write(path)?;
                Ok(keys)
            }
            Err(error) => Err(error),
        }
    }

    /// A secret of 240 bits, as long as AWS's.
    fn fresh() -> Self {
        let secret = STANDARD_NO_PAD.encode(rand::random::<[u8; 30]>());
        Self { access_key: ACCESS_KEY.to_owned(), secret_key: secret.into() }
    }

    fn read(text: &str) -> io::Result<Self> {
        // The parser's error would quote the file.
        let file: File = toml::from_str(text).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        Ok(Self { access_key: file.access_key, secret_key: file.secret_key.into() })
    }

    /// A temporary file is its owner's alone from the start (0600), and becomes the file as a whole.
    fn write(&self, path: &Path) -> io::Result<()> {
        let secret_key = self.secret_key.expose_secret().to_owned();
        let file = File { access_key: self.access_key.clone(), secret_key };
        let text = toml::to_string(&file).map_err(io::Error::other)?;
        let mut temporary = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
        temporary.write_all(text.as_bytes())?;
        temporary.as_file().sync_all()?;
        temporary.persist(path)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_made_once_and_never_shown() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys.toml");
        let made = Keys::at(&path).unwrap();
        let read = Keys::at(&path).unwrap();
        assert_eq!(made.secret_key.expose_secret(), read.secret_key.expose_secret());
        assert_eq!(made.secret_key.expose_secret().len(), 40);
        assert!(!format!("{made:?}").contains(made.secret_key.expose_secret()));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_the_file() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys.toml");
        Keys::at(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_file_that_is_no_key_file_is_an_error_that_does_not_quote_it() {
        let error = Keys::read("secret_key = sesame").unwrap_err();
        assert!(!error.to_string().contains("sesame"));
    }
}
