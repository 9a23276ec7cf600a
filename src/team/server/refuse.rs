//! Saying no: every refusal is a [`Fault`] under its own status, with what the client needs to do better.

use crate::store::StoreError;
use crate::team::api::{Code, Fault};
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use std::time::Duration;

/// A refusal on its way out.
#[derive(Debug)]
pub struct Refuse {
    fault: Box<Fault>,
    retry_after: Option<Duration>,
    allow: Option<String>,
}

/// The answer, or why not.
pub type Answer<T> = Result<T, Refuse>;

impl Refuse {
    /// A refusal with a reason and a sentence.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Fault::new(code, message).into()
    }

    /// The same, to be tried again after a while.
    pub fn later(code: Code, message: impl Into<String>, after: Duration) -> Self {
        Self { retry_after: Some(after), ..Self::new(code, message) }
    }

    /// Over a limit of so many bytes.
    pub fn too_large(limit: u64) -> Self {
        let message = format!("the body is over its limit of {limit} bytes; send less at a time");
        Fault { limit: Some(limit), ..Fault::new(Code::TooLarge, message) }.into()
    }

    /// The address exists under these methods only.
    pub fn method(allow: &str) -> Self {
        let message = format!("this address takes {allow}; see /openapi.json");
        Self { allow: Some(allow.to_owned()), ..Self::new(Code::MethodNotAllowed, message) }
    }

    /// What is not there, or not for the asker to see: one answer for both, so that nobody learns which.
    pub fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound, format!("there is no such {what}, or it is not in your hands"))
    }

    /// Which reason.
    pub fn code(&self) -> Code {
        self.fault.error
    }

    /// As bytes on the wire.
    pub fn into_response(self) -> Response<Body> {
        let status = StatusCode::from_u16(self.fault.error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self.fault).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(after) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(after.as_secs().max(1)));
        }
        if let Some(allow) = self.allow.and_then(|allow| HeaderValue::from_str(&allow).ok()) {
            headers.insert(header::ALLOW, allow);
        }
        response
    }
}

impl From<Fault> for Refuse {
    fn from(fault: Fault) -> Self {
        Self { fault: Box::new(fault), retry_after: None, allow: None }
    }
}

impl From<StoreError> for Refuse {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::later(Code::Full, error.to_string(), Duration::from_secs(30)),
            StoreError::Busy => Self::later(Code::Busy, error.to_string(), Duration::from_secs(1)),
            StoreError::Unreachable(_) => {
                tracing::error!(%error, "the store failed");
                Self::later(Code::Busy, StoreError::Busy.to_string(), Duration::from_secs(1))
            }
            StoreError::Unknown { what, name, .. } => {
                Self::new(Code::NotFound, format!("there is no {what} {}", shown(&name)))
            }
            StoreError::Forbidden(message) => Self::new(Code::Forbidden, message),
            StoreError::Invalid(message) => Self::new(Code::Invalid, message),
            StoreError::TakenOver(desk) => Fault::taken_over(desk).into(),
            StoreError::ReadOnly(_) | StoreError::NotAQueue(_) | StoreError::Newer { .. } | StoreError::Engine(_) => {
                tracing::error!(%error, "the store failed");
                Self::new(Code::Failed, "the server failed; its log says why")
            }
        }
    }
}

/// A name that somebody sent, fit for a message: printable ASCII, not long.
pub fn shown(name: &str) -> String {
    let mut shown: String =
        name.chars().take(80).map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '\u{b7}' }).collect();
    if name.chars().count() > 80 {
        shown.push('…');
    }
    shown
}
