//! One record a route: method, address, who may, what goes in, what comes out, and who answers. Router, roles,
//! metrics and the OpenAPI document are all made from it, so that no route can be missing from any of them.

use super::body;
use super::call::Call;
use super::refuse::{Answer, Refuse};
use crate::moderation::Role;
use crate::team::api::Code;
use axum::body::Body;
use axum::http::{HeaderValue, Method, Response, header};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::pin::Pin;
use std::sync::Arc;

/// Who may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Without a token.
    Anyone,
    /// With any good token, for themselves.
    Everyone,
    /// With one of these roles; admin may do what a supervisor may, nothing else includes anything.
    Roles(&'static [Role]),
}

/// Makes the schema of a type.
pub type Make = fn(&mut SchemaGenerator) -> Schema;

/// What goes in.
#[derive(Clone, Copy)]
pub enum Takes {
    /// No body.
    Nothing,
    /// One JSON document.
    Json(Make),
    /// Items, as NDJSON or a JSON array.
    Items(Make),
    /// A file as it is.
    Bytes,
}

/// What comes out.
#[derive(Clone, Copy)]
pub enum Gives {
    /// One JSON document.
    Json(Make),
    /// A JSON document a line.
    Lines(Make),
    /// Server-sent events.
    Events,
    /// Text for Prometheus.
    Text,
    /// A file as it is.
    Bytes,
}

/// The future of an answer.
pub type Answering = Pin<Box<dyn Future<Output = Answer<Response<Body>>> + Send>>;

/// A route.
pub struct Route {
    /// How.
    pub method: Method,
    /// Where, with at most one blank.
    pub path: &'static str,
    /// By whom.
    pub who: Who,
    /// In a sentence.
    pub summary: &'static str,
    /// What may stand after the `?`.
    pub query: Option<Make>,
    /// What goes in.
    pub takes: Takes,
    /// What comes out.
    pub gives: Gives,
    /// What it may refuse with, besides what every route may.
    pub refuses: &'static [Code],
    /// Who answers.
    pub answer: Arc<dyn Fn(Call) -> Answering + Send + Sync>,
}

fn make<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// As JSON on the wire.
pub fn json<T: Serialize>(answer: &T) -> Answer<Response<Body>> {
    let body = serde_json::to_vec(answer).map_err(|error| {
        tracing::error!(%error, "an answer cannot be written");
        Refuse::new(Code::Failed, "the server failed; its log says why")
    })?;
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

impl Route {
    /// A route that takes no body and answers JSON.
    pub fn get<A, F, Fut>(path: &'static str, who: Who, summary: &'static str, handler: F) -> Self
    where
        A: Serialize + JsonSchema,
        F: Fn(Call) -> Fut + Copy + Send + Sync + 'static,
        Fut: Future<Output = Answer<A>> + Send,
    {
        let answer = move |call| -> Answering { Box::pin(async move { json(&handler(call).await?) }) };
        Self::raw(Method::GET, path, who, summary, Gives::Json(make::<A>), answer)
    }

    /// The same under DELETE.
    pub fn delete<A, F, Fut>(path: &'static str, who: Who, summary: &'static str, handler: F) -> Self
    where
        A: Serialize + JsonSchema,
        F: Fn(Call) -> Fut + Copy + Send + Sync + 'static,
        Fut: Future<Output = Answer<A>> + Send,
    {
        Self { method: Method::DELETE, ..Self::get(path, who, summary, handler) }
    }

    /// A route that takes JSON and answers JSON.
    pub fn post<Q, A, F, Fut>(path: &'static str, who: Who, summary: &'static str, handler: F) -> Self
    where
        Q: DeserializeOwned + JsonSchema + Send,
        A: Serialize + JsonSchema,
        F: Fn(Call, Q) -> Fut + Copy + Send + Sync + 'static,
        Fut: Future<Output = Answer<A>> + Send,
    {
        let answer = move |mut call: Call| -> Answering {
            Box::pin(async move {
                body::says_json(&call.headers)?;
                let sent = call.take_body();
                let limits = &call.house.limits;
                let sent = body::whole(sent, limits.body, limits.body_time).await?;
                let asked = body::parse::<Q>(&sent)?;
                json(&handler(call, asked).await?)
            })
        };
        let route = Self::raw(Method::POST, path, who, summary, Gives::Json(make::<A>), answer);
        Self { takes: Takes::Json(make::<Q>), ..route }
    }

    /// The same under PUT.
    pub fn put<Q, A, F, Fut>(path: &'static str, who: Who, summary: &'static str, handler: F) -> Self
    where
        Q: DeserializeOwned + JsonSchema + Send,
        A: Serialize + JsonSchema,
        F: Fn(Call, Q) -> Fut + Copy + Send + Sync + 'static,
        Fut: Future<Output = Answer<A>> + Send,
    {
        Self { method: Method::PUT, ..Self::post(path, who, summary, handler) }
    }

    /// A route that reads and writes by itself.
    pub fn raw(
        method: Method,
        path: &'static str,
        who: Who,
        summary: &'static str,
        gives: Gives,
        answer: impl Fn(Call) -> Answering + Send + Sync + 'static,
    ) -> Self {
        let (query, takes, refuses) = (None, Takes::Nothing, &[][..]);
        Self { method, path, who, summary, query, takes, gives, refuses, answer: Arc::new(answer) }
    }

    /// With a query.
    pub fn asking<T: JsonSchema>(self) -> Self {
        Self { query: Some(make::<T>), ..self }
    }

    /// With items as its body.
    pub fn taking_items<T: JsonSchema>(self) -> Self {
        Self { takes: Takes::Items(make::<T>), ..self }
    }

    /// With a file as its body.
    pub fn taking_bytes(self) -> Self {
        Self { takes: Takes::Bytes, ..self }
    }

    /// With reasons of its own to refuse.
    pub fn refusing(self, refuses: &'static [Code]) -> Self {
        Self { refuses, ..self }
    }

    /// What lines of its answer are.
    pub fn lines<T: JsonSchema>() -> Gives {
        Gives::Lines(make::<T>)
    }

    /// What its answer is, where it writes it itself.
    pub fn document<T: JsonSchema>() -> Gives {
        Gives::Json(make::<T>)
    }

    /// Every reason that it may refuse with.
    pub fn all_refusals(&self) -> Vec<Code> {
        let mut codes = vec![Code::BadRequest, Code::Failed, Code::Busy];
        if self.who != Who::Anyone {
            codes.extend([Code::NotSignedIn, Code::BadToken, Code::TooMany, Code::LockedOut]);
        }
        if matches!(self.who, Who::Roles(_)) {
            codes.push(Code::NotAllowed);
        }
        if !matches!(self.takes, Takes::Nothing) {
            codes.extend([Code::TooLarge, Code::UnsupportedMediaType, Code::TooSlow]);
        }
        if matches!(self.takes, Takes::Json(_)) {
            codes.extend([Code::MalformedJson, Code::Invalid]);
        }
        if self.query.is_some() {
            codes.push(Code::Invalid);
        }
        if self.path.contains('{') {
            codes.push(Code::NotFound);
        }
        if self.method != Method::GET {
            codes.push(Code::Full);
        }
        codes.extend(self.refuses);
        codes.sort_by_key(|code| (code.status(), code.code()));
        codes.dedup();
        codes
    }
}
