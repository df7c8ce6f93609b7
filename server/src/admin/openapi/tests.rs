//! The document says what is true of the routes.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;

fn json() -> Value {
    serde_json::to_value(&*DOCUMENT).unwrap()
}

fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            all.push((path.clone(), method.clone(), operation.clone()));
        }
    }
    all
}

#[test]
fn it_is_an_openapi_3_1_document() {
    let document = json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    assert_eq!(document["components"]["securitySchemes"]["bearer"]["scheme"], "bearer");
    assert_eq!(operations(&document).len(), 73);
}

#[test]
fn everything_but_the_document_itself_needs_a_bearer() {
    for (path, method, operation) in operations(&json()) {
        let is_public = operation["security"] == serde_json::json!([{}]);
        assert_eq!(is_public, path == "/openapi.json", "{method} {path}");
    }
}

#[test]
fn every_brace_of_a_path_is_described_once() {
    for (path, method, operation) in operations(&json()) {
        let braces: Vec<_> = path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        let described: Vec<_> = operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|parameter| parameter["in"] == "path")
            .filter_map(|parameter| parameter["name"].as_str())
            .collect();
        assert_eq!(braces.iter().collect::<BTreeSet<_>>(), described.iter().collect(), "{method} {path}");
        assert_eq!(braces.len(), described.len(), "{method} {path}");
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
                members.values().for_each(|member| references(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document = json();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    for reference in found {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
}

#[test]
fn operations_have_names_of_their_own() {
    let mut names = BTreeSet::new();
    for (path, method, operation) in operations(&json()) {
        assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()), "{method} {path}");
    }
}
