use std::collections::HashMap;
use std::path::PathBuf;

use super::*;

fn certificate() -> String {
    rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap().cert.pem()
}

fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bundle.pem");
    std::fs::write(&path, text).unwrap();
    (dir, path)
}

fn hear(variables: &[(&str, &Path)]) -> Result<Trust> {
    let variables: HashMap<_, _> =
        variables.iter().map(|(name, path)| (*name, path.as_os_str().to_owned())).collect();
    Trust::from_environment(|name| variables.get(name).cloned())
}

#[test]
fn both_variables_are_heard_and_only_one_is_aws() {
    let (_one, one) = file(&certificate());
    let (_two, two) = file(&format!("# two of them\n{}\n{}", certificate(), certificate()));
    let both = hear(&[("AWS_CA_BUNDLE", &two), ("SSL_CERT_FILE", &one)]).unwrap();
    assert_eq!((both.certificates().len(), both.has_aws_bundle()), (3, true));
    let system = hear(&[("SSL_CERT_FILE", &one)]).unwrap();
    assert_eq!((system.blocks().count(), system.has_aws_bundle()), (1, false));
    assert_eq!(hear(&[]).unwrap().blocks().count(), 0);
}

#[test]
fn a_bundle_that_is_missing_or_empty_or_nonsense_is_named_with_its_variable() {
    let (_empty, empty) = file("");
    let (_nonsense, nonsense) =
        file("-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\n");
    let (folder, _) = file("");
    let missing = folder.path().join("missing.pem");
    for path in [&empty, &nonsense, &missing, &folder.path().to_owned()] {
        for variable in ["AWS_CA_BUNDLE", "SSL_CERT_FILE"] {
            let error = hear(&[(variable, path)]).unwrap_err();
            assert_eq!(error.kind(), Kind::Usage);
            assert!(error.what().contains(variable), "{error}");
            assert!(error.what().contains(path.to_str().unwrap()), "{error}");
            assert!(error.why().is_some() && error.advice().is_some());
        }
    }
}

#[test]
fn a_certificate_that_cannot_be_read_does_not_spoil_the_others() {
    let nonsense = "-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\n";
    let (_dir, path) = file(&format!("{}{nonsense}{}", certificate(), certificate()));
    assert_eq!(hear(&[("AWS_CA_BUNDLE", &path)]).unwrap().blocks().count(), 2);
}

#[test]
fn a_folder_of_certificates_must_hold_one() {
    let (dir, path) = file(&certificate());
    let empty = tempfile::tempdir().unwrap();
    assert!(hear(&[("SSL_CERT_DIR", dir.path())]).is_ok());
    let error = hear(&[("SSL_CERT_DIR", empty.path())]).unwrap_err();
    assert!(error.kind() == Kind::Usage && error.what().contains("SSL_CERT_DIR"), "{error}");
    assert!(hear(&[("SSL_CERT_DIR", &dir.path().join("missing"))]).is_err());
    assert!(hear(&[("SSL_CERT_DIR", empty.path()), ("SSL_CERT_FILE", &path)]).is_ok());
}

#[test]
fn the_sandbox_does_not_hear_what_speaks_of_aws() {
    let trust = Trust::from_system(|name| (name == "AWS_CA_BUNDLE").then(|| "/nonexistent".into()));
    assert_eq!(trust.unwrap().blocks().count(), 0);
}
