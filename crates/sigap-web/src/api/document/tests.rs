use std::collections::BTreeSet;

use serde_json::Value;
use utoipa::OpenApi;

use super::Document;
use crate::routes::{Access, routes};

fn document() -> Value {
    serde_json::to_value(Document::openapi()).unwrap()
}

#[test]
fn every_route_for_programs_stands_in_the_document_with_what_its_key_must_allow() {
    let listed: BTreeSet<(String, &str)> = routes()
        .into_iter()
        .filter_map(|route| match route.access {
            Access::Program(scope) => Some((route.path.to_owned(), scope.name())),
            _ => None,
        })
        .collect();
    let document = document();
    let told: BTreeSet<(String, &str)> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, operations)| {
            operations
                .as_object()
                .unwrap()
                .values()
                .map(|operation| (path.clone(), operation["security"][0]["key"][0].as_str().unwrap()))
        })
        .collect();
    assert_eq!(listed, told);
}

#[test]
fn every_request_names_its_key_and_what_may_go_wrong() {
    let document = document();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            assert!(operation["security"][0]["key"][0].is_string(), "{method} {path}");
            let answers = operation["responses"].as_object().unwrap();
            assert!(answers.keys().any(|status| status.starts_with('2')), "{method} {path}");
            assert!(answers.keys().any(|status| status.starts_with('4')), "{method} {path}");
        }
    }
    assert_eq!(document["components"]["securitySchemes"]["key"]["scheme"], "bearer");
}

#[test]
fn what_is_pointed_at_is_there() {
    let document = document();
    let mut pending = vec![&document];
    while let Some(value) = pending.pop() {
        if let Some(pointer) = value["$ref"].as_str() {
            let target = pointer.strip_prefix('#').unwrap();
            assert!(document.pointer(target).is_some(), "{pointer}");
        }
        match value {
            Value::Array(values) => pending.extend(values),
            Value::Object(fields) => pending.extend(fields.values()),
            _ => {}
        }
    }
}
