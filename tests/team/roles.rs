//! Every route with every role and with none, from the table that the router is made from.

use crate::house::house;
use moddesk::moderation::Role;
use moddesk::team::server::route::{Takes, Who};
use moddesk::team::server::routes;
use reqwest::StatusCode;
use serde_json::json;
use std::collections::HashMap;

const ROLES: [Role; 4] = [Role::Ingest, Role::Moderator, Role::Supervisor, Role::Admin];

/// The contract's table, written once more by hand: who may call what.
fn contract(method: &str, path: &str) -> &'static [Role] {
    const INGEST: &[Role] = &[Role::Ingest];
    const MODERATOR: &[Role] = &[Role::Moderator];
    const SUPERVISOR: &[Role] = &[Role::Supervisor, Role::Admin];
    const BOTH: &[Role] = &[Role::Moderator, Role::Supervisor, Role::Admin];
    const ADMIN: &[Role] = &[Role::Admin];
    match (method, path) {
        ("POST", "/v1/items") | ("DELETE", "/v1/items/{id}") => INGEST,
        ("POST", "/v1/claims" | "/v1/claims/renew" | "/v1/claims/release" | "/v1/decisions") => MODERATOR,
        ("POST", "/v1/passes" | "/v1/exposures" | "/v1/alerts" | "/v1/doubts") => MODERATOR,
        ("POST", "/v1/doubts/{id}/answer" | "/v1/doubts/{id}/keep" | "/v1/messages/read") => BOTH,
        ("GET", "/v1/messages" | "/v1/precedents") => BOTH,
        ("POST", "/v1/messages" | "/v1/clients/{name}/again") => SUPERVISOR,
        ("POST", "/v1/items/{id}/pause" | "/v1/items/{id}/resume") => SUPERVISOR,
        (_, path) if path.starts_with("/v1/shift") || path.starts_with("/v1/breaks") => MODERATOR,
        ("POST", "/v1/decisions/{id}/reverse") => BOTH,
        (
            "GET",
            "/v1/items/{id}" | "/v1/items/{id}/history" | "/v1/items/{id}/thread" | "/v1/groups" | "/v1/authors/{id}",
        ) => BOTH,
        (
            "GET",
            "/v1/policies" | "/v1/templates" | "/v1/queues" | "/v1/clients" | "/v1/wellbeing" | "/v1/alerts"
            | "/v1/events",
        ) => BOTH,
        ("GET", "/v1/stats" | "/v1/moderators" | "/v1/decisions" | "/v1/audit" | "/v1/floor" | "/v1/search") => {
            SUPERVISOR
        }
        ("GET", "/v1/queues/{name}/items") | ("POST", "/v1/queues/{name}/release") => SUPERVISOR,
        ("DELETE", "/v1/authors/{id}") | ("POST", "/v1/expire") => ADMIN,
        ("PUT", "/v1/queues/{name}")
        | ("POST", "/v1/alerts/{id}/ack" | "/v1/overrides" | "/v1/moderators/{name}/queues") => SUPERVISOR,
        ("POST", "/v1/items/{id}/move" | "/v1/items/{id}/priority" | "/v1/items/{id}/release") => SUPERVISOR,
        ("PUT", "/v1/policies" | "/v1/clients/{name}" | "/v1/moderators/{name}") => ADMIN,
        ("POST", "/v1/moderators") | ("POST" | "DELETE", "/v1/moderators/{name}/token") => ADMIN,
        (_, "/v1/webhooks" | "/v1/webhooks/{name}" | "/v1/webhooks/{name}/replay") => ADMIN,
        (_, "/v1/me" | "/v1/me/export" | "/v1/me/page" | "/v1/me/topics") => &ROLES,
        ("PUT", "/v1/media/{sha256}") => INGEST,
        ("GET", "/v1/media/{sha256}") => BOTH,
        ("GET", "/openapi.json" | "/healthz" | "/readyz" | "/metrics") => &[],
        other => panic!("{other:?} is not in the contract's table"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_with_every_role_and_with_none() {
    let house = house().await;
    let mut tokens = HashMap::new();
    for role in ROLES {
        tokens.insert(role, house.person(role.code(), &[role]).await);
    }
    for route in routes::all() {
        let method = route.method.as_str();
        let may = contract(method, route.path);
        let path = route.path.replace("{id}", "0193c000-0000-7000-8000-000000000001").replace("{name}", "somebody");
        let path = path.replace("{sha256}", &"0".repeat(64));
        let open = route.who == Who::Anyone;
        assert_eq!(open, may.is_empty(), "{method} {path}");
        for (role, token) in
            [(None, String::new())].into_iter().chain(ROLES.map(|role| (Some(role), tokens[&role].clone())))
        {
            let mut request = house.http.request(route.method.clone(), house.url(&path));
            if !token.is_empty() {
                request = request.bearer_auth(&token);
            }
            if matches!(route.takes, Takes::Json(_)) {
                // No call takes an unknown field, so nothing is changed by those that are let in.
                request = request.json(&json!({"no_such_field": true}));
            }
            let status = request.send().await.expect("answers").status();
            let case = format!("{method} {path} as {role:?}: {status}");
            match role {
                _ if open => assert!(!matches!(status.as_u16(), 401 | 403), "{case}"),
                None => assert_eq!(status, StatusCode::UNAUTHORIZED, "{case}"),
                Some(role) if may.contains(&role) => assert!(!matches!(status.as_u16(), 401 | 403), "{case}"),
                Some(_) => assert_eq!(status, StatusCode::FORBIDDEN, "{case}"),
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_has_every_route_and_no_other() {
    let house = house().await;
    let (status, document) = house.get("/openapi.json", "").await;
    assert_eq!(status, StatusCode::OK);
    let mut described: Vec<(String, String)> = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        described.extend(methods.as_object().expect("methods").keys().map(|m| (m.to_uppercase(), path.clone())));
    }
    let mut routes: Vec<_> = routes::all().iter().map(|r| (r.method.to_string(), r.path.to_owned())).collect();
    described.sort();
    routes.sort();
    assert_eq!(described, routes);
}
