//! What stands at the file's name already, and whether that is the object.

use std::path::Path;

use super::compare::{Known, digests_of, md5_of};
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::transfer::trouble;
use crate::words::harmless;

/// What is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Present {
    /// Nothing.
    Nothing,
    /// A file with the same size and digest.
    Same,
    /// Another file, or one that cannot be compared with anything.
    Other,
}

/// Looks at `to`. Blocks for as long as it takes to read a file of the object's size.
pub(super) fn look(to: &Path, known: &Known) -> Result<Present> {
    let metadata = match std::fs::metadata(to) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Present::Nothing),
        Err(error) => return Err(trouble::disk(to, error)),
    };
    if !metadata.is_file() {
        return Err(in_the_way(to, say!("fetch-is-folder")));
    }
    if metadata.len() != known.object.size {
        return Ok(Present::Other);
    }
    let md5 = known.needs_md5().then(|| md5_of(to)).transpose()?;
    let checks = known.compare(digests_of(to)?, md5.as_deref());
    let is_same = !checks.is_empty() && checks.iter().all(|check| check.equal);
    Ok(if is_same { Present::Same } else { Present::Other })
}

/// A file that is not to be written over.
pub(super) fn other_file(to: &Path) -> Error {
    in_the_way(to, say!("fetch-other-file"))
}

fn in_the_way(to: &Path, why: String) -> Error {
    let path = harmless(&to.display().to_string());
    Error::new(Kind::Fatal, say!("fetch-in-the-way", path = path))
        .because(why)
        .hint(say!("fetch-in-the-way-hint"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bucket::Object;

    fn known(size: u64, crc64nvme: Option<u64>) -> Known {
        let object = Object { size, crc64nvme, ..Object::default() };
        Known { object, proof: None, published: None }
    }

    #[test]
    fn a_file_is_the_object_only_where_a_digest_says_so() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("x");
        assert_eq!(look(&file, &known(9, None)).unwrap(), Present::Nothing);
        std::fs::write(&file, b"123456789").unwrap();
        assert_eq!(look(&file, &known(9, Some(0xae8b_1486_0a79_9888))).unwrap(), Present::Same);
        for other in [known(9, Some(1)), known(8, Some(0xae8b_1486_0a79_9888)), known(9, None)] {
            assert_eq!(look(&file, &other).unwrap(), Present::Other);
        }
        assert!(look(dir.path(), &known(9, None)).is_err(), "a folder");
    }
}
