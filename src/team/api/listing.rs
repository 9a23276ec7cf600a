//! What stands in a queue, oldest arrival first, by a filter: for lists at a prompt, never for whoever decides.

use crate::moderation::Item;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/queues/{name}/items";

/// Which of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ListingQuery")]
pub struct Query {
    /// In the filter language: `author:zorg* lang:fr "free money"`; empty means all.
    #[serde(default)]
    pub filter: String,
    /// What was decided or withdrawn as well.
    #[serde(default)]
    pub all: bool,
    /// Where the part before this one ended; 0 at the beginning.
    #[serde(default)]
    pub after: i64,
    /// So many are looked at for one answer, 200 at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ListingRow")]
pub struct Row {
    /// The content; of a sealed or erased item only what stays.
    pub item: Item,
    /// waiting, leased, decided, withdrawn or sealed.
    pub state: String,
    /// Its round.
    pub round: u32,
    /// The level that counts, 0 to 4.
    pub level: u8,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
}

/// A part of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ListingAnswer")]
pub struct Answer {
    /// Those that pass the filter.
    pub items: Vec<Row>,
    /// How many were looked at.
    pub looked: u64,
    /// Where the next part begins; absent when all was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_after: Option<i64>,
}
