//! What people and their assistive technology need, and what scripts that drive the pages hold on to.

use std::collections::HashSet;

use super::{attribute, frame, samples};

fn ids(html: &str) -> Vec<&str> {
    html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[actix_web::test]
async fn ids_are_unique_and_references_lead_to_them() {
    for (name, page) in samples::all().await {
        let ids = ids(&page.html);
        let unique: HashSet<_> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{name}: {ids:?}");
        for reference in ["for", "aria-labelledby", "aria-describedby"] {
            let opening = format!(" {reference}=\"");
            for target in page.html.split(&opening).skip(1).flat_map(|rest| rest.split('"').next().unwrap().split(' '))
            {
                assert!(unique.contains(target), "{name}: {reference}={target}");
            }
        }
    }
}

#[actix_web::test]
async fn every_input_has_a_label_and_a_name() {
    for (name, page) in samples::all().await {
        for input in page.tags("input") {
            assert!(attribute(input, "name").is_some(), "{name}: {input}");
            if attribute(input, "type") == Some("hidden") || input.contains(" hidden") {
                continue;
            }
            let label = format!("<label for=\"{}\">", attribute(input, "id").unwrap());
            assert_eq!(page.html.matches(&label).count(), 1, "{name}: {input}");
            assert!(attribute(input, "autocomplete").is_some(), "{name}: {input}");
        }
        for button in page.tags("button") {
            assert!(attribute(button, "id").is_some(), "{name}: {button}");
            let (id, value) = (attribute(button, "id"), attribute(button, "value"));
            // Of several that do the same, each has a number.
            let numbered = id.and_then(|id| id.trim_end_matches(|sign: char| sign.is_ascii_digit()).strip_suffix('-'));
            let is_named = attribute(button, "name") == Some("action") && (value == id || value == numbered);
            assert!(is_named || name == "form-post", "{name}: {button}");
        }
    }
}

#[actix_web::test]
async fn every_form_is_posted_with_its_token() {
    for (name, page) in samples::all().await {
        let forms = page.tags("form");
        for form in &forms {
            assert_eq!(attribute(form, "method"), Some("post"), "{name}");
        }
        if name != "form-post" {
            assert_eq!(
                page.html.matches("<input type=\"hidden\" name=\"csrf\" value=\"c5rf\">").count(),
                forms.len(),
                "{name}"
            );
            assert_eq!(
                page.html.matches("name=\"request\" value=\"client_id=web&#38;scope=openid\"").count(),
                forms.len(),
                "{name}"
            );
        }
    }
}

#[actix_web::test]
async fn every_page_has_a_language_a_title_landmarks_and_one_heading() {
    for (name, page) in samples::all().await {
        assert!(page.html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"), "{name}");
        let title = page.html.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        assert!(title.ends_with(" – Acme"), "{name}: {title}");
        for element in ["h1", "main", "header", "footer"] {
            assert_eq!(page.tags(element).len(), 1, "{name}: {element}");
        }
    }
}

#[actix_web::test]
async fn an_error_is_announced_and_tied_to_what_it_is_about() {
    for (name, page) in samples::all().await {
        let alerts = page.html.matches("role=\"alert\"").count();
        assert_eq!(alerts > 0, page.html.contains("<title>Error: "), "{name}");
        assert_eq!(alerts > 0, page.status.is_client_error() && name != "error", "{name}");
        for input in page.tags("input").iter().filter(|input| input.contains("aria-invalid")) {
            assert!(attribute(input, "aria-describedby").unwrap().contains("error"), "{name}: {input}");
        }
    }
}

#[actix_web::test]
async fn the_title_names_page_and_workspace() {
    let page = super::Page::of(super::super::SignIn::default().respond(&frame())).await;
    assert!(page.html.contains("<title>Sign in – Acme</title>"));
    for field in ["username", "password"] {
        assert!(page.html.contains(&format!("<input id=\"{field}\" name=\"{field}\"")), "{field}");
    }
}

#[actix_web::test]
async fn enter_in_the_password_field_signs_in() {
    let (_, page) = samples::all().await.into_iter().find(|(name, _)| *name == "sign-in-select").unwrap();
    let form = page.html.split("<form").find(|form| form.contains("id=\"password\"")).unwrap();
    let first = form.split("<button").nth(1).unwrap();
    assert!(first.contains("id=\"sign-in\""), "{form}");
}
