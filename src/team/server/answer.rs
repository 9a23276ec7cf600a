//! From a request to its answer: who it is, whether they may, the handler, and what is counted and noted.

use super::call::Call;
use super::house::House;
use super::refuse::{Answer, Refuse};
use super::route::{Route, Who};
use crate::team::api::{self, Code};
use axum::Router;
use axum::body::Body;
use axum::extract::{RawPathParams, Request};
use axum::http::{HeaderValue, Method, Response, header};
use axum::routing::{MethodFilter, MethodRouter};
use futures_util::FutureExt;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Instant;

/// Where a connection comes from; put into each of its requests.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// The router of all routes.
pub fn router(house: &Arc<House>, routes: Vec<Route>) -> Router {
    let mut paths: BTreeMap<&'static str, (MethodRouter, Vec<String>)> = BTreeMap::new();
    for (number, route) in routes.into_iter().enumerate() {
        let entry = paths.entry(route.path).or_default();
        entry.1.push(route.method.to_string());
        let filter = filter(&route.method);
        let (house, route) = (Arc::clone(house), Arc::new(route));
        let handler = move |request: Request| answer(Arc::clone(&house), Arc::clone(&route), number, request);
        entry.0 = std::mem::take(&mut entry.0).on(filter, handler);
    }
    let mut router = Router::new();
    for (path, (methods, names)) in paths {
        let allow: Arc<str> = names.join(", ").into();
        let methods = methods.fallback(move || {
            let allow = Arc::clone(&allow);
            async move { Refuse::method(&allow).into_response() }
        });
        router = router.route(path, methods);
    }
    router.fallback(|| async {
        Refuse::new(Code::NotFound, "there is no such address; /openapi.json has them all").into_response()
    })
}

fn filter(method: &Method) -> MethodFilter {
    MethodFilter::try_from(method.clone()).expect("the table has common methods only")
}

async fn answer(house: Arc<House>, route: Arc<Route>, number: usize, request: Request) -> Response<Body> {
    let began = Instant::now();
    let answered = AssertUnwindSafe(handled(&house, &route, request)).catch_unwind().await;
    let answered = answered.unwrap_or_else(|_| {
        tracing::error!(method = %route.method, path = route.path, "a call panicked");
        Err(Refuse::new(Code::Failed, "the server failed; its log says why"))
    });
    let mut response = answered.unwrap_or_else(|refused| {
        let code = refused.code();
        if matches!(code, Code::BadToken | Code::LockedOut) {
            house.metrics.bad_tokens.fetch_add(1, Relaxed);
        }
        tracing::debug!(method = %route.method, path = route.path, code = code.code(), "refused");
        refused.into_response()
    });
    if route.who != Who::Anyone
        && let Ok(at) = HeaderValue::try_from(house.now().to_string())
    {
        response.headers_mut().insert(api::AT, at);
    }
    house.metrics.answered(number, response.status().as_u16(), began.elapsed());
    response
}

async fn handled(house: &Arc<House>, route: &Route, request: Request) -> Answer<Response<Body>> {
    let (mut parts, body) = request.into_parts();
    let signed = match route.who {
        Who::Anyone => None,
        Who::Everyone | Who::Roles(_) => {
            let peer = parts.extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0);
            let header = parts.headers.get(header::AUTHORIZATION).map(|header| header.as_bytes());
            Some(house.door.who(header, peer, house.now()).await?)
        }
    };
    if let (Who::Roles(roles), Some(signed)) = (route.who, &signed)
        && !signed.may(roles)
    {
        let names: Vec<&str> = roles.iter().map(|role| role.code()).collect();
        return Err(Refuse::new(Code::NotAllowed, format!("this call is for the role {}", names.join(" or "))));
    }
    let mut named = String::new();
    if route.path.contains('{') {
        use axum::extract::FromRequestParts;
        let unreadable = |_| Refuse::new(Code::BadRequest, "the address cannot be read; encode it as UTF-8");
        let params = RawPathParams::from_request_parts(&mut parts, &()).await.map_err(unreadable)?;
        if let Some((_, value)) = params.iter().next() {
            crate::team::api::blank(value).clone_into(&mut named);
        }
    }
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let house = Arc::clone(house);
    (route.answer)(Call { house, signed, named, query, headers: parts.headers, body: body.into() }).await
}
