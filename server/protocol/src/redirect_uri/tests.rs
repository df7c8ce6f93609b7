//! Which URIs can be registered.

use super::*;

const BOTH: [ApplicationType; 2] = [ApplicationType::Web, ApplicationType::Native];

#[test]
fn https_and_loopback_are_for_everyone() {
    for good in [
        "https://client.example",
        "https://client.example/cb?x=1&y=%20",
        "https://client.example:8443/a/b",
        "https://[2001:db8::1]/cb",
        "http://localhost/cb",
        "http://localhost:3000/cb",
        "http://127.0.0.1/",
        "http://127.0.0.1:0/cb",
        "http://[::1]:80/cb",
    ] {
        for application_type in BOTH {
            assert_eq!(validate_redirect_uri(good, application_type), Ok(()), "{good}");
        }
        assert_eq!(validate_web_url(good), Ok(()), "{good}");
    }
}

#[test]
fn a_scheme_that_runs_or_reads_is_refused_however_it_is_written() {
    for bad in [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "\u{1}javascript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\u{a0}javascript:alert(1)",
        "java\0script:alert(1)",
        "javascript://client.example/%0Aalert(1)",
        "data:text/html,x",
        "DATA:text/html;base64,PHNjcmlwdD4=",
        "vbscript:x",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "blob:https://client.example/1",
        "\r\nblob:https://client.example/1",
    ] {
        for application_type in BOTH {
            let refused = validate_redirect_uri(bad, application_type).unwrap_err();
            assert_eq!(refused.message(), "this scheme is never allowed", "{bad:?}");
        }
        assert!(validate_web_url(bad).is_err(), "{bad:?}");
    }
    assert!(validate_redirect_uri("https://client.example/javascript:alert(1)", ApplicationType::Web).is_ok());
}

#[test]
fn what_could_be_read_in_two_ways_is_refused() {
    for bad in [
        "",
        "/cb",
        "//client.example/cb",
        "client.example/cb",
        "https:",
        "https:client.example",
        "https:/client.example",
        "https:///client.example",
        "https://",
        "https://?x",
        "https:\\\\client.example",
        "https://client.example\\@evil.example",
        "https://client.example/#",
        "https://client.example/#x",
        "https://user@client.example/",
        "https://:x@client.example/",
        "https://*.client.example/",
        "https://client.example/c b",
        "https://client.example/\tcb",
        "https://client.example/cb\n",
        " https://client.example/",
        "https://clïent.example/",
        "https://client.example/%",
        "https://client.example/%2",
        "https://client.example/%zz",
        "https://client.example/<x>",
        "https://client.example:99999/",
        "https://[::1/",
    ] {
        for application_type in BOTH {
            assert!(validate_redirect_uri(bad, application_type).is_err(), "{bad:?}");
        }
        assert!(validate_web_url(bad).is_err(), "{bad:?}");
    }
    assert!(validate_web_url("https://client.example/").is_ok());
}

#[test]
fn http_is_for_the_loopback_interface_alone() {
    for bad in [
        "http://client.example/cb",
        "http://localhost.evil.example/",
        "http://127.0.0.1.evil.example/",
        "http://10.0.0.1/",
        "http://[::2]/",
        "http://0.0.0.0/",
    ] {
        for application_type in BOTH {
            assert!(validate_redirect_uri(bad, application_type).is_err(), "{bad}");
        }
    }
    assert!(validate_redirect_uri("http://127.0.0.1/", ApplicationType::Native).is_ok());
}

#[test]
fn a_private_use_scheme_is_for_native_applications_and_has_a_dot() {
    for good in ["com.example.app:/cb", "com.example.app://cb/x", "org.x.y:cb"] {
        assert!(validate_redirect_uri(good, ApplicationType::Web).is_err(), "{good}");
        assert!(validate_web_url(good).is_err(), "{good}");
        assert_eq!(validate_redirect_uri(good, ApplicationType::Native), Ok(()), "{good}");
    }
    for bad in
        ["myapp:/cb", "ftp://client.example/", "urn:ietf:wg:oauth:2.0:oob", "mailto:a@b.example", "ws://x.example"]
    {
        assert!(validate_redirect_uri(bad, ApplicationType::Native).is_err(), "{bad}");
    }
}

#[test]
fn a_uri_has_an_upper_bound() {
    let uri = |len: usize| format!("https://client.example/{}", "a".repeat(len - 23));
    assert!(validate_web_url(&uri(MAX_URI_LEN + 1)).is_err());
    assert!(validate_web_url(&uri(MAX_URI_LEN)).is_ok());
}
