//! One parameter a case: as it must not be, and as it may.

use super::*;
use crate::{
    auth_method::AuthMethod,
    client_metadata::ClientMetadata,
    grant_type::GrantType,
    time::Timestamp,
    workspace_settings::{Profile, RequirePkce, WorkspaceSettings},
};

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn read(form: &str) -> Result<AuthorizationRequest, ErrorCode> {
    let form = format!("response_type=code&{form}");
    AuthorizationRequest::read(&Params::from_form(form.as_bytes()).unwrap()).map_err(|error| error.code)
}

#[test]
fn the_only_response_type_is_code() {
    let of = |form: &str| AuthorizationRequest::read(&Params::from_form(form.as_bytes()).unwrap());
    for (form, code) in [
        ("", ErrorCode::InvalidRequest),
        ("response_type=", ErrorCode::InvalidRequest),
        ("response_type=none", ErrorCode::UnsupportedResponseType),
        ("response_type=token", ErrorCode::UnsupportedResponseType),
        ("response_type=id_token", ErrorCode::UnsupportedResponseType),
        ("response_type=code+id_token", ErrorCode::UnsupportedResponseType),
        ("response_type=code+token", ErrorCode::UnsupportedResponseType),
        ("response_type=code+code", ErrorCode::UnsupportedResponseType),
        ("response_type=Code", ErrorCode::UnsupportedResponseType),
        ("response_type=+code", ErrorCode::UnsupportedResponseType),
    ] {
        assert_eq!(of(form).unwrap_err().code, code, "{form}");
    }
    assert_eq!(of("response_type=code").unwrap().response_type, ResponseType::Code);
}

#[test]
fn a_parameter_that_is_not_understood_is_refused() {
    let too_long = |name: &str, len: usize| format!("{name}={}", "a".repeat(len + 1));
    let many = |name: &str| format!("{name}={}", vec!["a"; MAX_LIST + 1].join("+"));
    for bad in [
        "response_mode=fragment",
        "response_mode=query.jwt",
        "response_mode=Query",
        "prompt=none+login",
        "prompt=create",
        "max_age=-1",
        "max_age=%2B1",
        "max_age=1.5",
        "max_age=1e3",
        "max_age=0x10",
        "max_age=+1",
        "max_age=soon",
        "max_age=111111111111111111111",
        "display=embedded",
        "claims=x",
        "claims=%5B%5D",
        &too_long("nonce", MAX_TEXT_LEN),
        &too_long("login_hint", MAX_TEXT_LEN),
        &too_long("acr_values", MAX_TEXT_LEN),
        &too_long("id_token_hint", MAX_HINT_LEN),
        &many("acr_values"),
        "code_challenge=",
        "code_challenge=&code_challenge_method=S256",
        "code_challenge=short&code_challenge_method=S256",
        &format!("code_challenge={CHALLENGE}"),
        &format!("code_challenge={CHALLENGE}&code_challenge_method="),
        &format!("code_challenge={CHALLENGE}&code_challenge_method=plain"),
        "code_challenge_method=S256",
        "code_challenge_method=plain",
    ] {
        assert_eq!(read(bad), Err(ErrorCode::InvalidRequest), "{bad}");
    }
    for (bad, code) in [
        ("scope=a++b", ErrorCode::InvalidScope),
        ("scope=%22", ErrorCode::InvalidScope),
        ("resource=api", ErrorCode::InvalidTarget),
        ("resource=/api", ErrorCode::InvalidTarget),
        ("resource=https://api.example/%23x", ErrorCode::InvalidTarget),
        ("registration=%7B%7D", ErrorCode::RegistrationNotSupported),
    ] {
        assert_eq!(read(bad), Err(code), "{bad}");
    }
}

#[test]
fn every_parameter_is_read() {
    let request = read(&format!(
        "scope=openid+email&nonce=n+1&prompt=consent+login&max_age=60&login_hint=ann%40c.example&ui_locales=de-CH+x_y+en\
         &acr_values=2++1&claims=%7B%22userinfo%22%3A%7B%22name%22%3Anull%7D%7D&id_token_hint=a.b.c&display=touch\
         &resource=https://a.example/x&resource=urn:b&resource=urn:b&code_challenge={CHALLENGE}&code_challenge_method=S256\
         &response_mode=form_post&state=s&unknown=1&client_id=c1"
    ))
    .unwrap();
    assert!(request.is_openid() && request.claims.userinfo.contains("name") && !request.prompt.is_none());
    assert!(request.prompt.contains(Prompt::Login) && request.prompt.contains(Prompt::Consent));
    assert_eq!((request.scope.as_str(), request.nonce.as_deref()), ("openid email", Some("n 1")));
    assert_eq!((request.max_age, request.login_hint.as_deref()), (Some(60), Some("ann@c.example")));
    assert_eq!(
        (request.ui_locales, request.acr_values),
        (vec!["de-CH".into(), "en".into()], vec!["2".into(), "1".into()])
    );
    assert_eq!((request.id_token_hint.as_deref(), request.display), (Some("a.b.c"), Some(Display::Touch)));
    assert_eq!(request.resource, ["https://a.example/x", "urn:b"]);
    assert_eq!(request.code_challenge.unwrap().to_string(), CHALLENGE);
}

#[test]
fn an_empty_parameter_counts_as_left_out() {
    let names = PARAMETERS.iter().filter(|name| !["response_type", "code_challenge"].contains(name));
    let form: String = names.map(|name| format!("{name}=&")).collect();
    assert_eq!(read(&form).unwrap(), read("").unwrap());
    assert!(read("").unwrap().scope.is_empty() && !read("").unwrap().is_openid());
}

#[test]
fn a_limit_beyond_all_numbers_is_no_limit() {
    assert_eq!(read("max_age=0").unwrap().max_age, Some(0));
    assert_eq!(read("max_age=007").unwrap().max_age, Some(7));
    assert_eq!(read("max_age=99999999999999999999").unwrap().max_age, Some(u32::MAX));
}

#[test]
fn a_request_that_is_kept_is_read_again_as_it_was() {
    let form = format!(
        "client_id=c1&response_type=code&redirect_uri=https%3A%2F%2Fc.example%2F%3Fa%3D1%262&scope=openid+a%2Bb&state=%26=%25\
         &nonce=%C3%A4&resource=urn:a&resource=urn:b&code_challenge={CHALLENGE}&code_challenge_method=S256\
         &client_secret=x&client_assertion=y&request=z&request_uri=u&unknown=1&max_age="
    );
    let params = Params::from_form(form.as_bytes()).unwrap();
    let kept = params.to_form(PARAMETERS);
    for gone in ["secret", "assertion", "request", "unknown"] {
        assert!(!kept.contains(gone), "{kept}");
    }
    let again = Params::from_form(kept.as_bytes()).unwrap();
    assert_eq!(AuthorizationRequest::read(&again), AuthorizationRequest::read(&params));
    for name in PARAMETERS {
        assert_eq!(again.credential(name), params.credential(name), "{name}");
    }
    assert_eq!(again.to_form(PARAMETERS), kept);
    // An empty challenge must still be there, and wrong.
    let params = Params::from_form(b"response_type=code&code_challenge=").unwrap();
    let kept = params.to_form(PARAMETERS);
    assert!(AuthorizationRequest::read(&Params::from_form(kept.as_bytes()).unwrap()).is_err());
}

#[test]
fn client_and_workspace_decide_what_is_allowed() {
    type Change = fn(&mut ClientMetadata, &mut WorkspaceSettings, &mut Conveyed);
    let check = |form: &str, change: Change| {
        let uris = vec!["https://c.example/".to_owned()];
        let mut client = ClientMetadata { redirect_uris: uris, ..ClientMetadata::default() }.with_defaults();
        let (mut workspace, mut conveyed) = (WorkspaceSettings::default(), Conveyed::default());
        change(&mut client, &mut workspace, &mut conveyed);
        let form = format!("response_type=code&{form}");
        let params = Params::from_form(form.as_bytes()).unwrap();
        let request = AuthorizationRequest::read(&params).unwrap();
        let return_to = ReturnTo::read(&params, &client).unwrap();
        request.check_policy(&return_to, &client, &workspace, conveyed).map_err(|error| error.code)
    };
    let pkce = format!("code_challenge={CHALLENGE}&code_challenge_method=S256");
    let given = format!("{pkce}&redirect_uri=https://c.example/");
    let refused: [(&str, Change, ErrorCode); 9] = [
        (&pkce, |client, _, _| client.grant_types = vec![GrantType::ClientCredentials], ErrorCode::UnauthorizedClient),
        (&pkce, |client, _, _| client.response_types.clear(), ErrorCode::UnauthorizedClient),
        (&pkce, |_, workspace, _| workspace.grant_types.clear(), ErrorCode::UnauthorizedClient),
        ("", |_, _, _| {}, ErrorCode::InvalidRequest),
        (
            "",
            |client, workspace, _| {
                client.token_endpoint_auth_method = AuthMethod::None;
                workspace.require_pkce = RequirePkce::PublicClients;
            },
            ErrorCode::InvalidRequest,
        ),
        (&pkce, |client, _, _| client.require_pushed_authorization_requests = true, ErrorCode::InvalidRequest),
        (&pkce, |_, workspace, _| workspace.require_pushed_authorization_requests = true, ErrorCode::InvalidRequest),
        (&pkce, |client, _, _| client.require_signed_request_object = true, ErrorCode::InvalidRequest),
        (&pkce, |_, workspace, _| workspace.profile = Profile::Fapi2, ErrorCode::InvalidRequest),
    ];
    for (index, (form, change, code)) in refused.into_iter().enumerate() {
        assert_eq!(check(form, change), Err(code), "{index}");
    }
    let allowed: [(&str, Change); 4] = [
        (&pkce, |_, _, _| {}),
        ("", |_, workspace, _| workspace.require_pkce = RequirePkce::PublicClients),
        (&given, |_, workspace, conveyed| {
            *workspace = WorkspaceSettings::for_profile(Profile::Fapi2);
            conveyed.pushed = true;
        }),
        (&pkce, |client, _, conveyed| {
            (client.require_signed_request_object, conveyed.signed) = (true, true);
        }),
    ];
    for (index, (form, change)) in allowed.into_iter().enumerate() {
        assert_eq!(check(form, change), Ok(()), "{index}");
    }
}

#[test]
fn an_earlier_sign_in_is_good_for_as_long_as_the_request_says() {
    let begun = Timestamp::from_secs(1000);
    for (form, default, signed_in, good) in [
        ("", None, 0, true),
        ("", Some(10), 990, true),
        ("", Some(10), 989, false),
        ("max_age=10", None, 990, true),
        ("max_age=10", None, 989, false),
        ("max_age=20", Some(10), 985, true),
        ("max_age=0", None, 999, false),
        ("max_age=0", None, 1000, true),
        ("prompt=login", None, 999, false),
        ("prompt=login&max_age=10", None, 995, false),
        ("prompt=login", None, 1001, true),
        ("max_age=1", None, 1005, true),
    ] {
        let request = read(form).unwrap();
        assert_eq!(
            request.accepts_sign_in_at(Timestamp::from_secs(signed_in), begun, default),
            good,
            "{form} {default:?} {signed_in}"
        );
    }
}
