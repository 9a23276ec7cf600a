//! What a journal can hold.

use crate::desk::Unsettled;
use crate::moderation::{Alert, Decision, Doubt, Pass};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use uuid::Uuid;

/// Whose journal it is. An entry is sent only by the moderator and to the backend that it was made for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// Who decides.
    pub moderator: String,
    /// Which queue backend.
    pub backend: String,
    /// The desk's name for the queue: kept across restarts, so that a desk opened again after a crash is no other
    /// desk.
    pub desk: String,
}

/// One thing on its way. It holds what will be sent, as it will be sent, and nothing else of the item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry<'a> {
    /// A decision, or a batch: held, or sending.
    Held(Cow<'a, [Decision]>),
    /// A decision that could not be recorded, until the moderator has read so.
    Refused(Box<Unsettled>),
    /// A reversal on its way.
    Reversal {
        /// The decision it undoes.
        decision: Uuid,
        /// Its own id.
        id: Uuid,
    },
    /// A pass on its way: lost, the item would come back to the one who handed it back.
    Pass(Box<Pass>),
    /// A question on its way: lost, the item would come back undecided and nobody would have been asked.
    Doubt(Box<Doubt>),
    /// An alert on its way.
    Alert(Box<Alert>),
    /// An author's draft for an item.
    Draft {
        /// Which item.
        item: String,
        /// As the screen wrote it.
        draft: Cow<'a, serde_json::Value>,
    },
}

impl Entry<'_> {
    /// As it lies in the blocks.
    pub fn payload(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("entries have text keys only")
    }
}
