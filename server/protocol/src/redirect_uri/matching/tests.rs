//! Ports of loopback addresses, and parameters that are appended.

use super::*;

#[test]
fn the_nearest_of_the_registered_is_the_one_that_was_meant() {
    let registered = ["https://a.example/cb", "https://b.example/cb", "http://localhost:3000/cb"].map(str::to_owned);
    for (presented, meant) in [
        ("https://b.example/cb/", "https://b.example/cb"),
        ("http://b.example/cb", "https://b.example/cb"),
        ("http://localhost:3001/cb", "http://localhost:3000/cb"),
        ("", "https://a.example/cb"),
    ] {
        assert_eq!(RedirectUri::nearest(presented, &registered), Some(meant), "{presented}");
    }
    assert_eq!(RedirectUri::nearest("https://a.example/cb", &[]), None);
}

fn found(registered: &str, presented: &str, application_type: ApplicationType) -> bool {
    let found = RedirectUri::find(presented, &[registered.to_owned()], application_type);
    assert!(found.as_ref().is_none_or(|uri| uri.as_str() == presented));
    found.is_some()
}

#[test]
fn a_native_application_may_choose_its_loopback_port() {
    for (registered, presented) in [
        ("http://127.0.0.1/cb", "http://127.0.0.1:49152/cb"),
        ("http://127.0.0.1/cb", "http://127.0.0.1:1/cb"),
        ("http://127.0.0.1:3000/cb", "http://127.0.0.1:65535/cb"),
        ("http://127.0.0.1:3000/cb", "http://127.0.0.1/cb"),
        ("http://127.0.0.1:0/cb?x=1", "http://127.0.0.1:8/cb?x=1"),
        ("http://[::1]/cb", "http://[::1]:8080/cb"),
        ("http://127.0.0.1", "http://127.0.0.1:8080"),
    ] {
        assert!(found(registered, presented, ApplicationType::Native), "{presented}");
        assert!(!found(registered, presented, ApplicationType::Web), "{presented}");
    }
}

#[test]
fn nothing_else_of_a_loopback_uri_may_differ() {
    for presented in [
        "http://127.0.0.1:/cb",
        "http://127.0.0.1:0/cb",
        "http://127.0.0.1:080/cb",
        "http://127.0.0.1:65536/cb",
        "http://127.0.0.1:99999999999/cb",
        "http://127.0.0.1:+80/cb",
        "http://127.0.0.1:-1/cb",
        "http://127.0.0.1:80x/cb",
        "http://127.0.0.1:８０/cb",
        "http://127.0.0.1:80@evil.example/cb",
        "http://127.0.0.1:80:81/cb",
        "http://127.0.0.1:80#/cb",
        "http://127.0.0.1:80\\/cb",
        "http://127.0.0.1.evil.example/cb",
        "http://127.0.0.1@evil.example/cb",
        "http://127.0.0.11:80/cb",
        "http://127.0.0.2:80/cb",
        "http://127.1:80/cb",
        "http://2130706433:80/cb",
        "http://0x7f.0.0.1:80/cb",
        "http://[::1]:80/cb",
        "http://[::ffff:127.0.0.1]:80/cb",
        "http://localhost:80/cb",
        "HTTP://127.0.0.1:80/cb",
        "https://127.0.0.1:80/cb",
        "http://127.0.0.1:80/cb/",
        "http://127.0.0.1:80/Cb",
        "http://127.0.0.1:80/cb?",
        "http://127.0.0.1:80/cb?x=1",
        "http://127.0.0.1:80/cb#x",
        "http://127.0.0.1:80/../cb",
        "http://user@127.0.0.1:80/cb",
        " http://127.0.0.1:80/cb",
        "http://127.0.0.1:80/cb\n",
    ] {
        assert!(!found("http://127.0.0.1:3000/cb", presented, ApplicationType::Native), "{presented:?}");
    }
    for (registered, presented) in [
        ("http://localhost:3000/cb", "http://localhost:3001/cb"),
        ("http://localhost/cb", "http://localhost:80/cb"),
        ("http://localhost/cb", "http://127.0.0.1/cb"),
        ("https://127.0.0.1/cb", "https://127.0.0.1:8443/cb"),
        ("http://127.0.0.12/cb", "http://127.0.0.1:2/cb"),
        ("com.example.app:/cb", "com.example.app:80/cb"),
    ] {
        assert!(!found(registered, presented, ApplicationType::Native), "{presented}");
        assert!(found(registered, registered, ApplicationType::Native), "{registered}");
    }
    assert!(found("http://127.0.0.1:3000/cb", "http://127.0.0.1:80/cb", ApplicationType::Native));
}

#[test]
fn after_logout_there_is_no_exception_and_without_a_uri_only_one_can_be_meant() {
    let two = ["http://127.0.0.1/cb".to_owned(), "https://c.example/".to_owned()];
    assert_eq!(RedirectUri::exact("http://127.0.0.1:80/cb", &two), None);
    assert_eq!(RedirectUri::exact("https://c.example/", &two).unwrap().as_str(), "https://c.example/");
    assert_eq!((RedirectUri::only(&two), RedirectUri::only(&[])), (None, None));
    assert_eq!(RedirectUri::only(&two[1..]).unwrap().as_str(), "https://c.example/");
}

#[test]
fn parameters_come_after_the_registered_query_and_stay_values() {
    for (registered, params, result) in [
        ("https://c.example/cb", vec![("code", "a"), ("state", "b")], "https://c.example/cb?code=a&state=b"),
        ("https://c.example/cb?x=1%20", vec![("code", "a")], "https://c.example/cb?x=1%20&code=a"),
        ("https://c.example/cb?", vec![("code", "a")], "https://c.example/cb?code=a"),
        ("https://c.example/cb?x=1&", vec![("code", "a")], "https://c.example/cb?x=1&code=a"),
        ("https://c.example", vec![("code", "a")], "https://c.example?code=a"),
        ("com.example.app:/cb", vec![("code", "a")], "com.example.app:/cb?code=a"),
        ("https://c.example/cb", vec![], "https://c.example/cb"),
        (
            "https://c.example/cb",
            vec![("state", "a b+c&code=x#y\r\nz=%\"<ä")],
            "https://c.example/cb?state=a%20b%2Bc%26code%3Dx%23y%0D%0Az%3D%25%22%3C%C3%A4",
        ),
        ("https://c.example/cb", vec![("state", "-._*~")], "https://c.example/cb?state=-._*%7E"),
    ] {
        let uri = RedirectUri::exact(registered, &[registered.to_owned()]).unwrap();
        assert_eq!(uri.with_params(params.iter().copied()), result);
        let read = url::Url::parse(result).unwrap();
        assert!(read.fragment().is_none());
        for (name, value) in params {
            assert_eq!(read.query_pairs().filter(|pair| *pair == (name.into(), value.into())).count(), 1);
        }
    }
}
