//! The type of everything somebody outside wrote.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Text from outside, kept byte for byte.
///
/// It has no `Display` and its `Debug` shows the length only, so that it cannot reach a screen, a log or an error
/// message by accident. The way to the eye goes through `text::scrub`; the way back out (storage, export) through
/// serde, unchanged.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Untrusted(String);

impl Untrusted {
    /// Takes text in as it came.
    pub fn new(raw: impl Into<String>) -> Self {
        Self(raw.into())
    }

    /// The raw text, for matching, hashing and storing, never for showing.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// Bytes, not characters: what the limits count.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing at all in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Untrusted({} bytes)", self.0.len())
    }
}

impl From<&str> for Untrusted {
    fn from(raw: &str) -> Self {
        Self::new(raw)
    }
}

impl From<String> for Untrusted {
    fn from(raw: String) -> Self {
        Self::new(raw)
    }
}
