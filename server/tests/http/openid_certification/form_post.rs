//! Form Post OP: the modules of Basic OP once more, answered by a form (OAuth 2.0 Form Post Response Mode). Their browser runs scripts,
//! and looks for no button; one without scripts presses it.

use super::{CALLBACK, STATE, Suite, redeem};
use crate::harness::TestServer;
use crate::harness::browser::{Form, Shown};

const BY_FORM: (&str, &str) = ("response_mode", "form_post");

fn field<'f>(form: &'f Form, name: &str) -> Option<&'f str> {
    form.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
}

/// The form of a page that sends itself to the application and has nothing but the answer in it.
#[track_caller]
fn answer(shown: &Shown, issuer: &str) -> Form {
    let form = shown.form();
    assert_eq!(form.action, CALLBACK, "no answer in the address, neither a code nor an error");
    assert!(shown.says("method=\"post\"") && !shown.says("enctype="), "{}", shown.answer.body);
    assert!(shown.says("document.forms[0].submit()") && shown.says("id=\"continue\""), "by itself, or by a button");
    assert_eq!(shown.answer.body.matches("<form ").count(), 1);
    assert_eq!(shown.answer.header("cache-control"), "no-store");
    assert_eq!((field(&form, "state"), field(&form, "iss")), (Some(STATE), Some(issuer)));
    form
}

/// `oidcc-server` and those that end like it.
#[actix_web::test]
async fn a_code_comes_by_form() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let form = answer(&suite.goes_through(&[BY_FORM]).await, &suite.workspace.issuer());
    let names: Vec<_> = form.fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["code", "state", "iss"]);
    redeem(&suite.client, field(&form, "code").unwrap()).await.expect(200);
    // Where nothing has to be shown before it, too.
    let again = answer(&suite.opens(&[BY_FORM, ("prompt", "none")]).await, &suite.workspace.issuer());
    redeem(&suite.client, field(&again, "code").unwrap()).await.expect(200);
}

/// `oidcc-response-type-missing`, `oidcc-prompt-none-not-logged-in`, `oidcc-request-uri-unsigned-…` and what else is refused.
#[actix_web::test]
async fn an_error_comes_by_form() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    for (wrong, error) in [
        (("response_type", ""), "invalid_request"),
        (("response_type", "id_token"), "unsupported_response_type"),
        (("prompt", "none"), "login_required"),
        (("request_uri", "https://client.example.com/request.jwt"), "request_uri_not_supported"),
        (("request", "eyJhbGciOiJub25lIn0.e30."), "invalid_request_object"),
    ] {
        let form = answer(&suite.opens(&[BY_FORM, wrong]).await, &suite.workspace.issuer());
        assert_eq!(field(&form, "error"), Some(error), "{wrong:?}");
        assert!(field(&form, "code").is_none() && form.fields.len() == 4, "{:?}", form.fields);
    }
    answer(&suite.goes_through(&[BY_FORM]).await, &suite.workspace.issuer());
}

/// `oidcc-ensure-registered-redirect-uri`.
#[actix_web::test]
async fn no_form_goes_to_an_address_that_is_not_registered() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let page = suite.opens(&[BY_FORM, ("redirect_uri", "https://client.example.com/other")]).await;
    assert_eq!(page.answer.status, 400);
    assert!(!page.says("<form ") && !page.says("<script"));
    answer(&suite.goes_through(&[BY_FORM]).await, &suite.workspace.issuer());
}
