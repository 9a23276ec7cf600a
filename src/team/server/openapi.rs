//! The description of the interface, made from the table of routes.

use super::call::Call;
use super::refuse::Answer;
use super::route::{Gives, Make, Route, Takes, Who};
use super::routes;
use crate::team::api::{Code, Fault};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

/// Where it stands.
pub const PATH: &str = "/openapi.json";

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| describe(&routes::all()));

/// An OpenAPI document, as it is.
#[derive(Serialize)]
#[serde(transparent)]
pub struct Document(&'static Value);

impl JsonSchema for Document {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "OpenApi".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json!({"type": "object", "description": "An OpenAPI 3.1 document."}).try_into().expect("an object")
    }
}

pub(super) async fn document(_: Call) -> Answer<Document> {
    Ok(Document(&DOCUMENT))
}

/// OpenAPI 3.1 for these routes.
pub fn describe(routes: &[Route]) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    let fault = generator.subschema_for::<Fault>();
    let mut paths = Map::new();
    for route in routes {
        let operation = operation(route, &fault, &mut generator);
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        path[route.method.as_str().to_ascii_lowercase()] = operation;
    }
    let schemas = generator.take_definitions(true);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "moddesk",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The team server of moddesk. Times are RFC 3339 in UTC. Every refusal is a Fault.",
            "license": {"name": "Apache-2.0 OR MIT", "identifier": env!("CARGO_PKG_LICENSE")},
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer",
                "description": "A token of a person or a platform: mdk_ and 64 hexadecimal digits."}},
        },
    })
}

fn operation(route: &Route, fault: &Schema, generator: &mut SchemaGenerator) -> Value {
    let mut operation = json!({"summary": route.summary, "operationId": name(route), "responses": {}});
    match route.who {
        Who::Anyone => operation["security"] = json!([]),
        Who::Everyone => {
            operation["security"] = json!([{"token": []}]);
            operation["x-roles"] = json!(["ingest", "moderator", "supervisor", "admin"]);
        }
        Who::Roles(roles) => {
            operation["security"] = json!([{"token": []}]);
            operation["x-roles"] = json!(roles);
        }
    }
    let parameters = parameters(route, generator);
    if !parameters.is_empty() {
        operation["parameters"] = Value::Array(parameters);
    }
    match route.takes {
        Takes::Nothing => {}
        Takes::Json(make) => {
            operation["requestBody"] =
                json!({"required": true, "content": content("application/json", make, generator)});
        }
        Takes::Bytes => {
            operation["requestBody"] = json!({"required": true, "content": bytes()});
        }
        Takes::Items(make) => {
            let item = make(generator);
            operation["requestBody"] = json!({"required": true, "content": {
                "application/x-ndjson": {"schema": item},
                "application/json": {"schema": {"type": "array", "items": item}},
            }});
        }
    }
    let done = match route.gives {
        Gives::Json(make) => content("application/json", make, generator),
        Gives::Lines(make) => content("application/x-ndjson", make, generator),
        Gives::Events => json!({"text/event-stream": {"schema": {"type": "string"}}}),
        Gives::Bytes => bytes(),
        Gives::Text => json!({"text/plain": {"schema": {"type": "string"}}}),
    };
    operation["responses"]["200"] = json!({"description": "Done.", "content": done});
    for (status, codes) in by_status(&route.all_refusals()) {
        let why = codes.iter().map(|code| format!("`{}`: {}", code.code(), code.doc())).collect::<Vec<_>>().join(" ");
        operation["responses"][status.to_string()] =
            json!({"description": why, "content": {"application/json": {"schema": fault}}});
    }
    operation
}

fn parameters(route: &Route, generator: &mut SchemaGenerator) -> Vec<Value> {
    let mut parameters = Vec::new();
    if let Some(blank) = blank(route.path) {
        parameters.push(json!({"name": blank, "in": "path", "required": true, "schema": {"type": "string"},
            "description": "Percent-encoded. Nothing, `.` and `..`, which no address can hold, and what begins with \
                `~` and is one of them behind it, are written behind one more `~`."}));
    }
    if matches!(route.gives, Gives::Events) {
        parameters.push(json!({"name": "Last-Event-ID", "in": "header", "schema": {"type": "integer"},
            "description": "Resumes after this number; what cannot be told any more is announced as a gap."}));
    }
    if let Some(make) = route.query {
        // The query's own schema, not a reference to it: its properties are the parameters.
        let name = make(generator);
        let name = name.as_value()["$ref"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        let schema = generator.definitions().get(name).cloned().unwrap_or_default();
        for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
            parameters.push(json!({"name": name, "in": "query", "schema": schema}));
        }
    }
    parameters
}

fn bytes() -> Value {
    json!({"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}})
}

fn content(kind: &str, make: Make, generator: &mut SchemaGenerator) -> Value {
    json!({kind: {"schema": make(generator)}})
}

fn by_status(codes: &[Code]) -> Vec<(u16, Vec<Code>)> {
    let mut grouped: Vec<(u16, Vec<Code>)> = Vec::new();
    for code in codes {
        match grouped.last_mut() {
            Some((status, group)) if *status == code.status() => group.push(*code),
            _ => grouped.push((code.status(), vec![*code])),
        }
    }
    grouped
}

fn blank(path: &str) -> Option<&str> {
    path.split_once('{')?.1.split_once('}').map(|(blank, _)| blank)
}

fn name(route: &Route) -> String {
    let words = route.path.split(['/', '.']).filter(|word| !word.is_empty() && !word.starts_with('{') && *word != "v1");
    let place = words.collect::<Vec<_>>().join("_");
    let one = if route.path.ends_with('}') { "_one" } else { "" };
    format!("{}_{place}{one}", route.method.as_str().to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_route_is_described_and_every_reference_leads_somewhere() {
        let routes = routes::all();
        let document = describe(&routes);
        let mut names = HashSet::new();
        for route in &routes {
            let operation = &document["paths"][route.path][route.method.as_str().to_ascii_lowercase()];
            assert!(operation["responses"]["200"].is_object(), "{} {}", route.method, route.path);
            assert!(names.insert(operation["operationId"].to_string()), "{}", operation["operationId"]);
        }
        let text = document.to_string();
        for (_, reference) in text.match_indices("\"$ref\":\"#").map(|(at, _)| {
            let rest = &text[at + 9..];
            (at, &rest[..rest.find('"').expect("it ends")])
        }) {
            assert!(document.pointer(reference).is_some(), "{reference} leads nowhere");
        }
    }
}
