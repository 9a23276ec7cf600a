//! What a desk remembers of the last time that its server let it in: enough to open on a line that is dead.

use super::call::Place;
use crate::team::api;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Who signed in where, and under which rules: no token, no item, nothing of a day. It counts for the same server and
/// the same token alone, and only until the server itself has answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Known {
    url: String,
    /// The SHA-256 of the token, in hex.
    token: String,
    pub(super) me: api::me::Answer,
    pub(super) rules: Value,
}

impl Known {
    pub(super) fn new(place: &Place, me: api::me::Answer, rules: Value) -> Self {
        Self { url: place.url.clone(), token: digest(&place.token), me, rules }
    }

    /// Whether it was this server that was signed in at, with this token.
    pub fn is_of(&self, place: &Place) -> bool {
        self.url == place.url && self.token == digest(&place.token)
    }
}

fn digest(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
