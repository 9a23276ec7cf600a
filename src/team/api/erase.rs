//! Erasing: everything of an author on their request, and what clients do not want kept any longer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where an author is erased.
pub const PATH: &str = "/v1/authors/{id}";
/// Where what was kept long enough is let go now; the server does it by itself every hour.
pub const EXPIRE: &str = "/v1/expire";

/// What an author left behind: ids and verdicts stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "EraseAnswer")]
pub struct Answer {
    /// Items of the author.
    pub items: u64,
    /// Other people's items in which they had said or reported something.
    pub mentions: u64,
}

/// What was let go in this call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ExpireAnswer")]
pub struct Expired {
    /// Items whose words went.
    pub items: u64,
    /// Items of which only the media went.
    pub media: u64,
    /// More is due: ask again.
    pub more: bool,
}
