//! Every page in the states that people meet, by file name.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::super::*;
use super::Page;

const FORM: Form<'static> = Form {
    action: "/acme/main/oauth/authorize?x=1",
    csrf: "c5rf",
    hidden: &[("request", "client_id=web&scope=openid")],
};
const POLICY: &str = "At least 12 characters. A few words in a row are easy to keep in mind and hard to guess.";
const SCOPES: [RequestedScope<'static>; 3] = [
    RequestedScope { name: "openid", title: Some("Know who you are"), description: None, is_new: false },
    RequestedScope {
        name: "email",
        title: Some("See your e-mail address"),
        description: Some("The address, and whether it was verified."),
        is_new: false,
    },
    RequestedScope {
        name: "invoices:write",
        title: Some("Create and change invoices"),
        description: Some("Also sends them to your customers in your name."),
        is_new: true,
    },
];

/// All of them.
pub(super) async fn all() -> Vec<(&'static str, Page)> {
    let plain = super::frame();
    let coloured = Frame { accent: Accent::parse("#f2b705"), form_targets: &["https://app.example/cb"], ..plain };
    let mut pages = Vec::new();
    let answers = [
        sign_in(&plain, &coloured),
        consent(&plain, &coloured),
        device(&plain),
        rest(&plain, &coloured),
        account(&plain, &coloured),
    ];
    for (name, answer) in answers.into_iter().flatten() {
        pages.push((name, Page::of(answer).await));
    }
    pages
}

type Answers = Vec<(&'static str, HttpResponse)>;

fn sign_in(plain: &Frame<'_>, coloured: &Frame<'_>) -> Answers {
    let page =
        SignIn { form: FORM, client: Some("Invoices"), reset: Some("/acme/main/password-reset"), ..SignIn::default() };
    let wrong = SignIn { username: "ada", error: Some(SignInError::Wrong), ..page };
    vec![
        ("sign-in", page.respond(plain)),
        ("sign-in-wrong", wrong.respond(plain)),
        ("sign-in-too-many", SignIn { error: Some(SignInError::TooMany { seconds: 30 }), ..wrong }.respond(plain)),
        (
            "sign-in-expired",
            SignIn { error: Some(SignInError::Expired), client: None, reset: None, ..page }.respond(coloured),
        ),
        ("sign-in-select", SignIn { signed_in: Some("Ada Lovelace"), ..page }.respond(coloured)),
    ]
}

fn consent(plain: &Frame<'_>, coloured: &Frame<'_>) -> Answers {
    let bare = Consent { form: FORM, client: "Invoices", signed_in: "ada", scopes: &SCOPES[..1], ..Consent::default() };
    let full = Consent {
        client: "Invoices & Estimates for Freelancers",
        logo: Some("https://cdn.example/logo.png"),
        website: Some("https://app.example"),
        privacy: Some("https://app.example/privacy"),
        terms: Some("https://app.example/terms"),
        signed_in: "ada.lovelace@analytical-engines.example",
        returns_to: Some("app.example"),
        scopes: &SCOPES,
        resources: &["https://api.app.example/v2/invoices"],
        ..bare
    };
    vec![("consent", full.respond(plain)), ("consent-bare", bare.respond(coloured))]
}

fn device(plain: &Frame<'_>) -> Answers {
    let enter = DeviceCode { form: FORM, ..DeviceCode::default() };
    let wrong = DeviceCode { user_code: "WDJB-MJHT", error: Some(DeviceCodeError::Unknown), ..enter };
    let confirm = DeviceConfirm {
        form: FORM,
        client: "Living Room TV",
        user_code: "WDJB-MJHT",
        signed_in: "ada",
        scopes: &SCOPES[..2],
    };
    vec![
        ("device-code", enter.respond(plain)),
        ("device-code-wrong", wrong.respond(plain)),
        ("device-code-expired", DeviceCode { error: Some(DeviceCodeError::Expired), ..wrong }.respond(plain)),
        (
            "device-code-too-many",
            DeviceCode { error: Some(DeviceCodeError::TooMany { seconds: 300 }), ..wrong }.respond(plain),
        ),
        ("device-confirm", confirm.respond(plain)),
        ("device-done", DeviceDone { client: "Living Room TV", is_connected: true }.respond(plain)),
        ("device-denied", DeviceDone { client: "Living Room TV", is_connected: false }.respond(plain)),
    ]
}

fn rest(plain: &Frame<'_>, coloured: &Frame<'_>) -> Answers {
    let reset = PasswordReset { form: FORM, username: "ada", policy: POLICY, error: None };
    let verification = EmailVerification { form: FORM, email: "ada@example.com", is_expired: false };
    let forgotten = ForgottenPassword { form: FORM, username: "ada", error: None };
    let setup = Setup { form: FORM, policy: POLICY, ..Setup::default() };
    let error = ErrorPage {
        status: StatusCode::BAD_REQUEST,
        heading: None,
        rule: "The redirect_uri is not one of those registered for this client. Register it in the console, exactly as the \
               application sends it, or correct the application.",
        back: None,
    };
    let back = Link { href: "https://app.example/", text: "Invoices" };
    let fields = [("code", "Sp1x\"><script>"), ("state", "a'b&c"), ("iss", "https://id.example/acme/main")];
    let form_post = FormPost { redirect_uri: "https://app.example/cb?a=1&b=2", client: "Invoices", fields: &fields };
    vec![
        ("sign-out", SignOut { form: FORM, client: Some("Invoices"), signed_in: Some("ada") }.respond(plain)),
        ("sign-out-bare", SignOut { form: FORM, ..SignOut::default() }.respond(coloured)),
        ("signed-out", SignedOut { back: Some(back) }.respond(coloured)),
        ("form-post", form_post.respond(plain)),
        ("error", error.respond(plain)),
        (
            "message",
            Message {
                status: StatusCode::OK,
                title: "Check your mail",
                text: "A link is on its way.",
                link: Some(back),
            }
            .respond(plain),
        ),
        ("password-reset", reset.respond(plain)),
        (
            "password-reset-mismatch",
            PasswordReset { error: Some(PasswordResetError::Mismatch), ..reset }.respond(plain),
        ),
        (
            "password-reset-policy",
            PasswordReset { error: Some(PasswordResetError::Policy("It is too short.")), ..reset }.respond(plain),
        ),
        ("email-verification", verification.respond(plain)),
        ("email-verification-expired", EmailVerification { is_expired: true, ..verification }.respond(coloured)),
        ("forgotten-password", forgotten.respond(plain)),
        (
            "forgotten-password-too-many",
            ForgottenPassword { error: Some(ForgottenPasswordError::TooMany { seconds: 600 }), ..forgotten }
                .respond(coloured),
        ),
        (
            "forgotten-password-expired",
            ForgottenPassword { error: Some(ForgottenPasswordError::FormExpired), ..forgotten }.respond(plain),
        ),
        ("setup", setup.respond(plain)),
        (
            "setup-wrong",
            Setup {
                username: "ada",
                email: "ada@",
                error: Some("Nobody was created yet."),
                email_error: Some("This is not an e-mail address."),
                password_error: Some("It is too easy to guess."),
                ..setup
            }
            .respond(plain),
        ),
    ]
}

/// Writes the pages as files, to be looked at, into the folder that `CARDEA_TEST_PAGES` names.
#[actix_web::test]
async fn the_pages_can_be_looked_at() {
    let Ok(folder) = std::env::var("CARDEA_TEST_PAGES") else { return };
    for (name, page) in all().await {
        let headers: String = page.headers.iter().map(|(header, value)| format!("{header}: {value}\n")).collect();
        std::fs::write(format!("{folder}/{name}.html"), page.html).unwrap();
        std::fs::write(format!("{folder}/{name}.headers"), headers).unwrap();
    }
}

fn account(plain: &Frame<'_>, coloured: &Frame<'_>) -> Answers {
    let here = AccountSession {
        sid: "s1",
        browser: Some("Firefox on Linux"),
        started: "2026-01-01 09:00 UTC",
        last_used: "2026-01-01 12:00 UTC",
        is_this: true,
    };
    let sessions = [here, AccountSession { sid: "s2", browser: None, is_this: false, ..here }];
    let consent =
        AccountConsent { client_id: "web", client: "Invoices", scopes: &SCOPES, since: "2026-01-01 09:00 UTC" };
    let consents = [consent, AccountConsent { client: "Estimates", scopes: &[], ..consent }];
    let bare = Account { form: FORM, username: "ada", sessions: &sessions[..1], policy: POLICY, ..Account::default() };
    let full = Account {
        name: Some("Ada Lovelace"),
        news: Some(AccountNews::Withdrawn),
        sessions: &sessions,
        consents: &consents,
        ..bare
    };
    let refused = |error| Account { news: None, error: Some(error), ..full };
    vec![
        ("account", full.respond(plain)),
        ("account-bare", bare.respond(coloured)),
        ("account-expired", refused(AccountError::FormExpired).respond(plain)),
        ("account-wrong-password", refused(AccountError::WrongPassword).respond(plain)),
        ("account-too-many", refused(AccountError::TooMany { seconds: 30 }).respond(plain)),
        ("account-mismatch", refused(AccountError::Mismatch).respond(plain)),
        ("account-policy", refused(AccountError::Policy("It is too short.")).respond(coloured)),
    ]
}
