//! How requests come.

use super::*;

const URI: &str = "urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c";

fn of(form: &str) -> Result<String, ErrorCode> {
    let params = Params::from_form(form.as_bytes()).unwrap();
    Conveyance::of(&params).map(|conveyance| format!("{conveyance:?}")).map_err(|error| error.code)
}

#[test]
fn a_request_comes_in_one_way() {
    for (form, code) in [
        (format!("request=a.b.c&request_uri={URI}"), ErrorCode::InvalidRequest),
        ("request_uri=https://c.example/request.jwt".to_owned(), ErrorCode::RequestUriNotSupported),
        ("request_uri=http://169.254.169.254/".to_owned(), ErrorCode::RequestUriNotSupported),
        (format!("request_uri={}", URI.to_uppercase()), ErrorCode::RequestUriNotSupported),
        ("request_uri=urn:ietf:params:oauth:request_uri:".to_owned(), ErrorCode::InvalidRequestUri),
        (format!("request_uri={URI}%00").replace("%00", "%20"), ErrorCode::InvalidRequestUri),
        (format!("request_uri={URI}{}", "a".repeat(128)), ErrorCode::InvalidRequestUri),
    ] {
        assert_eq!(of(&form), Err(code), "{form}");
    }
    assert_eq!(of("request=&request_uri=").unwrap(), "Plain");
    assert_eq!(of("request=a.b.c").unwrap(), "RequestObject(\"a.b.c\")");
    assert!(of(&format!("request_uri={URI}")).unwrap().starts_with("Pushed"));
}

#[test]
fn what_is_pushed_has_no_request_uri() {
    let of = |form: &str| {
        let params = Params::from_form(form.as_bytes()).unwrap();
        Conveyance::of_pushed(&params).map(|found| format!("{found:?}")).map_err(|error| error.code)
    };
    for bad in [&format!("request_uri={URI}"), "request_uri=", "request=a.b.c&request_uri=x"] {
        assert_eq!(of(bad), Err(ErrorCode::InvalidRequest), "{bad}");
    }
    assert_eq!(of("request=a.b.c").unwrap(), "RequestObject(\"a.b.c\")");
    assert_eq!(of("").unwrap(), "Plain");
}

#[test]
fn a_name_is_written_as_it_is_read() {
    let uri = RequestUri::parse(URI).unwrap();
    assert_eq!((uri.reference(), uri.to_string().as_str()), ("6esc_11ACC5bwc014ltc14eY22c", URI));
    assert_eq!(RequestUri::of_reference("a/b"), None);
    assert_eq!(
        serde_json::to_string(&PushedAuthorizationResponse { request_uri: uri, expires_in: 60 }).unwrap(),
        format!(r#"{{"request_uri":"{URI}","expires_in":60}}"#)
    );
}
