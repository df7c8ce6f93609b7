//! What strangers choose (names, addresses, what was typed, what a client sent) is text on a page and nothing else.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::super::*;
use super::{Page, attribute, frame};

const EVIL: &str = "</title></style>\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}";
const SCRIPT_URI: &str = "javascript:alert(document.domain)";

fn hostile() -> Vec<HttpResponse> {
    let form_targets = &[EVIL, SCRIPT_URI];
    let frame = Frame {
        workspace: EVIL,
        logo: Some("https://cdn.example/\"><script>alert(1)</script>"),
        product: EVIL,
        request_id: EVIL,
        form_targets,
        ..frame()
    };
    let form = Form { action: EVIL, csrf: EVIL, hidden: &[(EVIL, EVIL)] };
    let scopes = &[RequestedScope { name: EVIL, title: None, description: Some(EVIL), is_new: true }];
    let link = Some(Link { href: SCRIPT_URI, text: EVIL });
    vec![
        SignIn {
            form,
            client: Some(EVIL),
            username: EVIL,
            error: None,
            signed_in: Some(EVIL),
            reset: Some(SCRIPT_URI),
        }
        .respond(&frame),
        Consent {
            form,
            client: EVIL,
            logo: Some(SCRIPT_URI),
            website: Some(SCRIPT_URI),
            privacy: Some("data:text/html,x"),
            terms: Some(EVIL),
            signed_in: EVIL,
            returns_to: Some(EVIL),
            scopes,
            resources: &[EVIL],
        }
        .respond(&frame),
        DeviceCode { form, user_code: EVIL, error: None }.respond(&frame),
        DeviceConfirm { form, client: EVIL, user_code: EVIL, signed_in: EVIL, scopes }.respond(&frame),
        DeviceDone { client: EVIL, is_connected: true }.respond(&frame),
        SignOut { form, client: Some(EVIL), signed_in: Some(EVIL) }.respond(&frame),
        SignedOut { back: link }.respond(&frame),
        ErrorPage { status: StatusCode::BAD_REQUEST, heading: Some(EVIL), rule: EVIL, back: link }.respond(&frame),
        Message { status: StatusCode::OK, title: EVIL, text: EVIL, link }.respond(&frame),
        PasswordReset { form, username: EVIL, policy: EVIL, error: Some(PasswordResetError::Policy(EVIL)) }
            .respond(&frame),
        EmailVerification { form, email: EVIL, is_expired: false }.respond(&frame),
        ForgottenPassword { form, username: EVIL, error: None }.respond(&frame),
        Setup {
            form,
            username: EVIL,
            email: EVIL,
            policy: EVIL,
            error: Some(EVIL),
            username_error: Some(EVIL),
            email_error: Some(EVIL),
            password_error: Some(EVIL),
        }
        .respond(&frame),
        Account {
            form,
            username: EVIL,
            name: Some(EVIL),
            news: None,
            error: Some(AccountError::Policy(EVIL)),
            sessions: &[AccountSession {
                sid: EVIL,
                browser: Some(EVIL),
                started: EVIL,
                last_used: EVIL,
                is_this: false,
            }],
            consents: &[AccountConsent { client_id: EVIL, client: EVIL, scopes, since: EVIL }],
            policy: EVIL,
        }
        .respond(&frame),
        FormPost { redirect_uri: "https://app.example/cb?\"><script>", client: EVIL, fields: &[(EVIL, EVIL)] }
            .respond(&frame),
    ]
}

#[actix_web::test]
async fn nothing_that_a_stranger_chose_is_markup() {
    for response in hostile() {
        let page = Page::of(response).await;
        let html = &page.html;
        assert!(!html.contains("<script>alert") && !html.contains("<img src=x") && !html.contains("49"), "{html}");
        assert_eq!(html.matches("</title>").count(), 1, "{html}");
        assert_eq!(html.matches("</style>").count(), 1, "{html}");
        assert!(html.contains("&#60;script&#62;alert(1)"), "{html}");
        for tag in ["input", "form", "a", "button", "nav", "img"].iter().flat_map(|element| page.tags(element)) {
            assert!(!tag.contains(['<', '\'']), "{tag}");
            assert!(tag.matches('"').count() % 2 == 0, "{tag}");
        }
        let policy = page.header("content-security-policy");
        assert!(!policy.contains("javascript") && !policy.contains("alert"), "{policy}");
    }
}

#[actix_web::test]
async fn an_address_that_runs_is_never_a_link() {
    for response in hostile() {
        let page = Page::of(response).await;
        assert!(page.tags("a").is_empty(), "{}", page.html);
        assert!(!page.html.contains("javascript:") && !page.html.contains("data:"), "{}", page.html);
    }
}

#[actix_web::test]
async fn the_right_addresses_are_links() {
    let consent = Consent {
        website: Some("https://a.example/?x=1&y=2"),
        terms: Some("http://a.example/t"),
        ..Consent::default()
    };
    let page = Page::of(consent.respond(&frame())).await;
    let links: Vec<_> = page.tags("a").iter().filter_map(|tag| attribute(tag, "href")).map(str::to_owned).collect();
    assert_eq!(links, ["https://a.example/?x=1&#38;y=2", "http://a.example/t"]);
    let page = Page::of(SignIn { reset: Some("/acme/main/reset"), ..SignIn::default() }.respond(&frame())).await;
    assert_eq!(attribute(page.tags("a")[0], "href"), Some("/acme/main/reset"));
}

#[actix_web::test]
async fn a_form_is_posted_to_web_pages_alone() {
    for redirect_uri in [SCRIPT_URI, "data:text/html,x", "com.example.app:/cb", "", "//evil.example"] {
        let page = Page::of(FormPost { redirect_uri, ..FormPost::default() }.respond(&frame())).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{redirect_uri}");
        assert!(page.tags("form").is_empty() && page.tags("script").is_empty(), "{redirect_uri}");
    }
    let page =
        Page::of(FormPost { redirect_uri: "https://app.example/cb", ..FormPost::default() }.respond(&frame())).await;
    assert_eq!(attribute(page.tags("form")[0], "action"), Some("https://app.example/cb"));
    assert!(page.html.ends_with("<script>document.forms[0].submit()</script>\n</body>\n</html>"), "{}", page.html);
}

#[actix_web::test]
async fn hidden_values_arrive_as_they_were_sent() {
    let fields = &[("state", "a\"b'c&d<e>"), ("code", "x")];
    let page = Page::of(FormPost { redirect_uri: "https://a.example/", client: "App", fields }.respond(&frame())).await;
    let inputs = page.tags("input");
    assert_eq!(inputs.len(), 2);
    assert_eq!(attribute(inputs[0], "value"), Some("a&#34;b&#39;c&#38;d&#60;e&#62;"));
}
