//! Proxies: which variables name them, what can be used, and who is never asked through one.
//!
//! Both clients read the variables themselves, by the rules of curl; here is what is ours.

use url::{Host, Url};

use crate::error::{Error, Kind, Result};
use crate::say;

/// The variables that both clients read, those in capitals first.
const VARIABLES: [&str; 6] =
    ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

/// Refuses a proxy that neither client could use, which would else be passed by in silence. What a variable holds may be a password:
/// only its name and the protocol are shown.
pub fn check(variable: impl Fn(&str) -> Option<String>) -> Result<()> {
    for name in VARIABLES {
        let value = variable(name).unwrap_or_default();
        let protocol = value.split_once("://").map(|(protocol, _)| protocol.to_ascii_lowercase());
        match protocol.as_deref() {
            None | Some("http" | "https") => {}
            Some(protocol) => {
                let protocol = crate::words::excerpt(protocol);
                let what = say!("network-proxy-unusable", variable = name, protocol = protocol);
                return Err(Error::new(Kind::Usage, what).hint(say!("network-proxy-unusable-hint")));
            }
        }
    }
    Ok(())
}

/// Whether any proxy is named in the environment.
pub(crate) fn are_set() -> bool {
    VARIABLES.iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Whether `url` is on this machine, or on its own link as the metadata of an instance are: no proxy elsewhere can reach it.
pub(crate) fn is_near(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback() || address.is_link_local(),
        Some(Host::Ipv6(address)) => address.is_loopback() || address.is_unicast_link_local(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_of_another_protocol_is_refused_and_its_password_is_not_shown() {
        let error = check(|name| (name == "ALL_PROXY").then(|| "socks5://me:hunter2@proxy:1080".to_owned()));
        let error = error.unwrap_err();
        assert_eq!(error.kind(), Kind::Usage);
        assert!(error.what().contains("ALL_PROXY") && error.what().contains("socks5"), "{error}");
        assert!(!format!("{error:?}").contains("hunter2") && error.advice().is_some());
        for usable in ["", "proxy:3128", "http://me:hunter2@proxy:3128", "HTTPS://proxy"] {
            assert!(check(|_| Some(usable.to_owned())).is_ok(), "{usable}");
        }
    }

    #[test]
    fn this_machine_and_its_link_are_near() {
        for (url, expected) in [
            ("http://127.0.0.1:9000/", true),
            ("https://localhost/", true),
            ("https://[::1]:1/", true),
            ("http://169.254.169.254/latest/", true),
            ("http://10.0.0.1/", false),
            ("https://localhost.example.org/", false),
            ("https://s3.eu-west-3.amazonaws.com/", false),
        ] {
            assert_eq!(is_near(&url.parse().unwrap()), expected, "{url}");
        }
    }
}
