//! One call, once it is known who makes it.

use super::door::Signed;
use super::house::House;
use super::refuse::{Answer, Refuse};
use crate::moderation::Role;
use crate::team::api::Code;
use axum::body::Body;
use axum::http::HeaderMap;
use serde::de::DeserializeOwned;
use std::sync::{Arc, Mutex, PoisonError};

/// What a handler gets.
pub struct Call {
    /// Where it is made.
    pub house: Arc<House>,
    /// Who makes it; nobody where no token is needed.
    pub signed: Option<Arc<Signed>>,
    /// What stands in the one blank of the address, decoded.
    pub named: String,
    /// After the `?`.
    pub query: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, unread. In a lock only because a body cannot be shared between threads and a call is.
    pub body: Mutex<Body>,
}

impl Call {
    /// The body, once.
    pub fn take_body(&mut self) -> Body {
        std::mem::take(self.body.get_mut().unwrap_or_else(PoisonError::into_inner))
    }

    /// The name of who makes it. Routes that ask for it need a token.
    pub fn who(&self) -> &str {
        self.signed.as_ref().map_or("", |signed| signed.name())
    }

    /// Whether this role is theirs.
    pub fn may(&self, role: Role) -> bool {
        self.signed.as_ref().is_some_and(|signed| signed.person.may(role))
    }

    /// Whether they may know of sealed items.
    pub fn sealed(&self) -> bool {
        self.signed.as_ref().is_some_and(|signed| signed.person.sealed)
    }

    /// What the query says.
    pub fn asked<T: DeserializeOwned>(&self) -> Answer<T> {
        axum::extract::Query::<T>::try_from_uri(
            &format!("/?{}", self.query)
                .parse()
                .map_err(|_| Refuse::new(Code::BadRequest, "the query cannot be read; encode it"))?,
        )
        .map(|query| query.0)
        .map_err(|error| {
            // What is wrong, and which names there are: whose words they are is of no use to the asker.
            let why = error.body_text();
            let why = why.strip_prefix("Failed to deserialize query string: ").unwrap_or(&why);
            Refuse::new(Code::Invalid, format!("the query is not right: {}", crate::text::scrub::log(why)))
        })
    }

    /// What stands in the address, as an id of ours.
    pub fn id(&self) -> Answer<uuid::Uuid> {
        self.named.parse().map_err(|_| Refuse::new(Code::Invalid, "the address needs a UUID"))
    }
}
