//! Looking at one item.

use crate::moderation::Item;
use crate::moderation::claim::PastDecision;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/items/{id}";

/// The item as the queue has it: for a supervisor, and for the moderator who has it in hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ItemAnswer")]
pub struct Answer {
    /// The content; emptied when sealed. A moderator never gets the answers of a gold set.
    pub item: Item,
    /// Where it is now.
    pub queue: String,
    /// Whose.
    pub client: String,
    /// waiting, leased, decided, withdrawn or sealed.
    pub state: String,
    /// Its round.
    pub round: u32,
    /// By when.
    pub due_at: Option<Timestamp>,
    /// Its decisions, oldest first, by pseudonym.
    pub decisions: Vec<PastDecision>,
}
