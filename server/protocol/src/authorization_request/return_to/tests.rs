//! Where an answer may go.

use super::*;
use crate::client_metadata::ApplicationType;

fn client(uris: &[&str]) -> ClientMetadata {
    let redirect_uris = uris.iter().map(|uri| (*uri).to_owned()).collect();
    ClientMetadata { redirect_uris, application_type: ApplicationType::Native, ..ClientMetadata::default() }
}

fn read(form: &str, uris: &[&str]) -> Result<ReturnTo, Unaddressed> {
    ReturnTo::read(&Params::from_form(form.as_bytes()).unwrap(), &client(uris))
}

#[test]
fn the_client_is_named_by_an_id_that_could_be_one() {
    let of = |form: &str| client_id(&Params::from_form(form.as_bytes()).unwrap());
    assert_eq!(of("").unwrap_err(), Unaddressed::ClientIdMissing);
    assert_eq!(of("client_id=").unwrap_err(), Unaddressed::ClientIdMissing);
    assert_eq!(of("client_id=%0A").unwrap_err(), Unaddressed::ClientIdMalformed);
    assert_eq!(of("client_id=c1").unwrap().as_str(), "c1");
}

#[test]
fn an_answer_goes_to_a_registered_uri_alone() {
    let two = ["https://c.example/cb", "http://127.0.0.1/cb"];
    for (form, uris, refusal) in [
        ("redirect_uri=https://evil.example/cb", &two[..], Unaddressed::RedirectUriNotRegistered),
        ("redirect_uri=https://c.example/cb/", &two, Unaddressed::RedirectUriNotRegistered),
        ("redirect_uri=https://c.example/cb", &[], Unaddressed::RedirectUriNotRegistered),
        ("", &two, Unaddressed::RedirectUriMissing),
        ("redirect_uri=", &two, Unaddressed::RedirectUriMissing),
        ("", &[], Unaddressed::RedirectUriMissing),
        ("scope=openid", &two[..1], Unaddressed::RedirectUriMissing),
        ("scope=profile+openid", &two[..1], Unaddressed::RedirectUriMissing),
    ] {
        assert_eq!(read(form, uris), Err(refusal), "{form}");
    }
    for (form, uris, uri, given) in [
        ("redirect_uri=https://c.example/cb&scope=openid", &two[..], two[0], true),
        ("redirect_uri=http://127.0.0.1:8080/cb", &two, "http://127.0.0.1:8080/cb", true),
        ("scope=openidx", &two[..1], two[0], false),
    ] {
        let to = read(form, uris).unwrap();
        assert_eq!((to.redirect_uri.as_str(), to.redirect_uri_given), (uri, given), "{form}");
    }
}

#[test]
fn a_mode_and_a_state_are_taken_along() {
    let uri = ["https://c.example/cb"];
    for (form, mode) in [
        ("", ResponseMode::Query),
        ("response_mode=query", ResponseMode::Query),
        ("response_mode=form_post", ResponseMode::FormPost),
        ("response_mode=fragment", ResponseMode::Query),
        ("response_mode=FORM_POST", ResponseMode::Query),
    ] {
        assert_eq!(read(form, &uri).unwrap().response_mode, mode, "{form}");
    }
    assert_eq!(read("state=a%26b", &uri).unwrap().state.as_deref(), Some("a&b"));
    assert_eq!(read("state=", &uri).unwrap().state, None);
    let state = |len: usize| format!("state={}", "s".repeat(len));
    assert_eq!(read(&state(MAX_STATE_LEN + 1), &uri), Err(Unaddressed::StateTooLong));
    assert!(read(&state(MAX_STATE_LEN), &uri).is_ok());
}

#[test]
fn pushed_it_is_an_invalid_request() {
    let error = Error::from(Unaddressed::RedirectUriNotRegistered);
    assert_eq!((error.code, error.status()), (ErrorCode::InvalidRequest, 400));
}
