//! Reading what was sent, up to a size and within a time.

use super::refuse::{Answer, Refuse};
use crate::team::api::Code;
use axum::body::{Body, HttpBody};
use axum::http::{HeaderMap, header};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use std::time::Duration;

/// The whole body, where it is within its limit and comes in time.
pub async fn whole(body: Body, limit: usize, within: Duration) -> Answer<Bytes> {
    let too_large = || Refuse::too_large(limit as u64);
    if body.size_hint().lower() > limit as u64 {
        return Err(too_large());
    }
    let read = Limited::new(body, limit).collect();
    match tokio::time::timeout(within, read).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.downcast_ref::<LengthLimitError>().is_some() => Err(too_large()),
        Ok(Err(_)) => Err(Refuse::new(Code::BadRequest, "the body broke off")),
        Err(_) => Err(Refuse::new(Code::TooSlow, "the body did not come in time; send it again")),
    }
}

/// Whether the body says that it is JSON; one that says nothing is taken at its word.
pub fn says_json(headers: &HeaderMap) -> Answer<()> {
    match media_type(headers) {
        None => Ok(()),
        Some(kind) if kind == "application/json" || kind.ends_with("+json") => Ok(()),
        Some(_) => {
            Err(Refuse::new(Code::UnsupportedMediaType, "this call reads application/json; say so in Content-Type"))
        }
    }
}

/// The media type without its parameters, in lower case.
pub fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().unwrap_or("?");
    Some(value.split(';').next().unwrap_or("").trim().to_ascii_lowercase())
}

/// A body as what it should be. An empty one counts as `{}`, for calls that need nothing said.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Answer<T> {
    let body = if body.is_empty() { b"{}" } else { body };
    let object = body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    // What is read into fields could also be read from an array, in an order that nobody has promised.
    if !object && serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok() {
        return Err(Refuse::new(Code::Invalid, "the body must be a JSON object"));
    }
    serde_json::from_slice(body).map_err(|error| match error.classify() {
        Category::Data => Refuse::new(Code::Invalid, without_values(&plainly(&error.to_string()))),
        Category::Eof => Refuse::new(Code::MalformedJson, "the JSON breaks off before its end"),
        Category::Syntax | Category::Io => Refuse::new(
            Code::MalformedJson,
            format!("this is no JSON from line {}, column {} on", error.line(), error.column()),
        ),
    })
}

/// What a library says of an id, in words of this interface.
fn plainly(message: &str) -> String {
    match (message.find("UUID parsing failed"), message.rfind(" at line ")) {
        (Some(begins), Some(ends)) if begins < ends => {
            format!("{}an id here must be a UUID{}", &message[..begins], &message[ends..])
        }
        _ => message.to_owned(),
    }
}

/// The parser's message, with the values that it quotes taken out: they may be content, and messages end in logs.
fn without_values(message: &str) -> String {
    let mut bare = String::with_capacity(message.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in message.chars().take(1000) {
        if quoted && (escaped || c == '\\') {
            escaped = !escaped;
        } else if c == '"' {
            if !quoted {
                bare.push('…');
            }
            quoted = !quoted;
        } else if !quoted {
            bare.push(if c.is_control() { ' ' } else { c });
        }
    }
    bare.chars().take(400).collect()
}
