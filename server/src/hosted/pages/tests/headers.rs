//! What every answer carries, and what its policy allows.

use actix_web::http::StatusCode;

use super::super::*;
use super::{Page, frame, samples};
use crate::hosted::pages::policy::hash;

#[actix_web::test]
async fn every_page_carries_every_header() {
    for (name, page) in samples::all().await {
        for (header, value) in [
            ("content-type", "text/html; charset=utf-8"),
            ("content-language", "en"),
            ("x-frame-options", "DENY"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
            ("pragma", "no-cache"),
        ] {
            assert_eq!(page.header(header), value, "{name}: {header}");
        }
        assert!(page.header("permissions-policy").contains("camera=()"), "{name}");
        for (directive, value) in [("default-src", "'none'"), ("base-uri", "'none'"), ("frame-ancestors", "'none'")] {
            assert_eq!(page.policy(directive), value, "{name}: {directive}");
        }
        assert!(!page.header("content-security-policy").contains("unsafe"), "{name}");
    }
}

#[actix_web::test]
async fn styles_and_scripts_are_those_that_the_policy_names_by_hash() {
    for (name, page) in samples::all().await {
        let within = |element: &str| -> Vec<String> {
            let (opening, closing) = (format!("<{element}>"), format!("</{element}>"));
            page.html.split(&opening).skip(1).map(|rest| hash(rest.split(&closing).next().unwrap())).collect()
        };
        assert_eq!(page.policy("style-src"), within("style").join(" "), "{name}");
        let scripts = if name == "form-post" { within("script").join(" ") } else { "'none'".to_owned() };
        assert_eq!(page.policy("script-src"), scripts, "{name}");
        assert_eq!(page.html.matches("<script").count(), usize::from(name == "form-post"), "{name}");
        assert!(!page.html.contains(" style=") && !page.html.contains(" onload="), "{name}");
    }
}

#[test]
fn a_hash_is_the_one_that_browsers_compute() {
    // The example of CSP level 3 §8.3.
    assert_eq!(hash("alert('Hello, world.');"), "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
}

#[actix_web::test]
async fn pictures_come_from_the_logo_s_origin_alone() {
    let consent = |logo| Consent { client: "App", logo, ..Consent::default() }.respond(&frame());
    let page = Page::of(consent(Some("https://cdn.example:8443/a/logo.png?v=1"))).await;
    assert_eq!(page.policy("img-src"), "https://cdn.example:8443");
    assert_eq!(page.tags("img").len(), 1);
    for logo in [
        None,
        Some("http://cdn.example/l.png"),
        Some("data:image/png;base64,AA"),
        Some("https://*/l.png"),
        Some("/l.png"),
    ] {
        let page = Page::of(consent(logo)).await;
        assert_eq!(page.policy("img-src"), "'none'", "{logo:?}");
        assert!(page.tags("img").is_empty(), "{logo:?}");
    }
}

#[actix_web::test]
async fn the_picture_of_a_workspace_is_on_each_page_and_its_origin_in_the_policy() {
    let frame = Frame { logo: Some("https://cdn.example/w.png"), ..frame() };
    let page = Page::of(SignIn::default().respond(&frame)).await;
    assert_eq!((page.policy("img-src"), page.tags("img").len()), ("https://cdn.example", 1));
    for (logo, origins) in [
        ("https://cdn.example/l.png", "https://cdn.example"),
        ("https://app.example/l.png", "https://cdn.example https://app.example"),
    ] {
        let page = Page::of(Consent { logo: Some(logo), ..Consent::default() }.respond(&frame)).await;
        assert_eq!((page.policy("img-src"), page.tags("img").len()), (origins, 2));
    }
    for logo in ["http://cdn.example/w.png", "https://*/w.png", "javascript:alert(1)"] {
        let page = Page::of(SignIn::default().respond(&Frame { logo: Some(logo), ..frame })).await;
        assert_eq!((page.policy("img-src"), page.tags("img").len()), ("'none'", 0), "{logo}");
    }
}

#[actix_web::test]
async fn forms_lead_here_and_where_the_caller_says() {
    let page = Page::of(SignIn::default().respond(&frame())).await;
    assert_eq!(page.policy("form-action"), "'self'");
    let form_targets =
        &["https://app.example/cb", "https://app.example/other", "com.example.app:/cb", "javascript:x", "https://*/"];
    let page = Page::of(SignIn::default().respond(&Frame { form_targets, ..frame() })).await;
    assert_eq!(page.policy("form-action"), "'self' https: com.example.app:");
}

#[actix_web::test]
async fn a_form_post_may_be_redirected_from_the_callback_to_elsewhere() {
    for (redirect_uri, expected) in [("https://app.example/cb", "https:"), ("http://127.0.0.1:4000/cb", "http:")] {
        let page = Page::of(FormPost { redirect_uri, ..FormPost::default() }.respond(&frame())).await;
        assert_eq!(page.policy("form-action"), expected);
    }
}

#[actix_web::test]
async fn who_tried_too_often_is_told_how_long_to_wait() {
    let page =
        Page::of(SignIn { error: Some(SignInError::TooMany { seconds: 30 }), ..SignIn::default() }.respond(&frame()))
            .await;
    assert_eq!((page.status, page.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "30"));
    assert!(page.html.contains("Wait 30 seconds"));
    let error = Some(DeviceCodeError::TooMany { seconds: 61 });
    let page = Page::of(DeviceCode { error, ..DeviceCode::default() }.respond(&frame())).await;
    assert_eq!((page.status, page.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "61"));
    assert!(page.html.contains("Wait 61 seconds"));
}
