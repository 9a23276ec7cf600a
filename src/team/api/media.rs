//! The bytes of a picture, under the SHA-256 by which items name it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/media/{sha256}";

/// For which item it is asked: whoever has that one in hand may see its pictures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MediaQuery")]
pub struct Query {
    /// The item.
    pub item: String,
}

/// What became of the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "MediaAnswer")]
pub struct Answer {
    /// Their number.
    pub bytes: u64,
}
