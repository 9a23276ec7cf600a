//! The stream of events; its frames are in [`crate::team::events`].

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/events";

/// What a stream says when it cannot give all that was asked for: whoever reads it has to look at the state anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "StreamGap")]
pub struct Gap {
    /// The last number that was seen before.
    pub after: u64,
    /// The number from which on everything comes.
    pub until: u64,
}

/// The first thing a stream says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "StreamHello")]
pub struct Hello {
    /// Everything after this number comes.
    pub after: u64,
    /// By the server's clock.
    pub at: Timestamp,
}
