//! The words alone; that the TLS library says them is held with real handshakes in `tests/bucket` and `tests/catalog`.

use super::*;

#[test]
fn each_refusal_of_a_certificate_is_told_apart_and_none_is_tried_again() {
    let cases = [
        ("UnknownIssuer", Obstacle::UnknownIssuer),
        (
            "certificate not valid for name \"a\"; certificate is only valid for DnsName(\"b.c\") or IpAddress(::1)",
            Obstacle::WrongName(vec!["b.c".to_owned(), "::1".to_owned()]),
        ),
        ("certificate expired: verification time 2 (UNIX), but …", Obstacle::Expired),
        ("certificate not valid yet: verification time 1 (UNIX), but …", Obstacle::NotYetValid),
        ("Revoked", Obstacle::Revoked),
        ("BadEncoding", Obstacle::Certificate("BadEncoding".to_owned())),
    ];
    let mut told = Vec::new();
    for (reason, expected) in cases {
        let said = format!("client error (Connect): invalid peer certificate: {reason}");
        assert_eq!(Obstacle::find(&said), Some(expected.clone()), "{reason}");
        assert_eq!(expected.kind(), Kind::Fatal);
        assert!(!expected.hint().is_empty());
        told.push(expected.why());
    }
    told.sort();
    told.dedup();
    assert_eq!(told.len(), 6);
}

#[test]
fn what_a_server_or_a_proxy_may_get_over_is_tried_again() {
    for (said, expected, kind) in [
        ("received corrupt message of type InvalidContentType", Obstacle::NotTls, Kind::Transient),
        ("invalid HTTP version parsed", Obstacle::NotHttp, Kind::Transient),
        ("tunnel error: unsuccessful", Obstacle::ProxyRefused, Kind::Transient),
        ("tunnel error: failed to create underlying connection", Obstacle::ProxyGone, Kind::Offline),
        ("tunnel error: proxy authorization required", Obstacle::ProxyLogin, Kind::Permission),
    ] {
        assert_eq!(Obstacle::find(said), Some(expected.clone()), "{said}");
        assert_eq!(expected.kind(), kind, "{said}");
    }
}

#[test]
fn a_handshake_that_was_cut_is_no_obstacle() {
    for said in ["tls handshake eof", "received fatal alert: HandshakeFailure", "connection reset by peer"] {
        assert_eq!(Obstacle::find(said), None, "{said}");
    }
}

#[test]
fn names_from_outside_cannot_move_the_cursor() {
    let said = "invalid peer certificate: certificate not valid for name \"a\"; certificate is only valid for DnsName(\"b\u{1b}[2J\")";
    assert!(!Obstacle::find(said).unwrap().why().contains('\u{1b}'));
}

#[test]
fn servers_that_expect_tls_say_so_in_their_own_words() {
    assert!(Obstacle::is_plea_for_tls(b"<center>The plain HTTP request was sent to HTTPS port</center>"));
    assert!(Obstacle::is_plea_for_tls(b"Client sent an HTTP request to an HTTPS server.\n"));
    assert!(!Obstacle::is_plea_for_tls(b"<Error><Code>MalformedXML</Code></Error>"));
}
