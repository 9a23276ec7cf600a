//! Finding an item again, whatever became of it.

use crate::moderation::Item;
use crate::text::Untrusted;
use crate::wellbeing::Severity;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// First words that come with what was found, in characters.
const WORDS: usize = 160;

/// One that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Found {
    /// Its id.
    pub item: String,
    /// Where it is.
    pub queue: String,
    /// waiting, leased, decided, withdrawn or sealed.
    pub state: String,
    /// The level that counts.
    pub severity: Severity,
    /// When it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<Timestamp>,
    /// By when it must be decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// The author's name, or id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Untrusted>,
    /// Its first words.
    pub words: Untrusted,
}

impl Found {
    /// Of an item with where it stands.
    pub fn of(item: &Item, queue: &str, state: &str, severity: Severity, due_at: Option<Timestamp>) -> Self {
        let author = item.author.as_ref();
        let name = author.and_then(|author| author.name.clone());
        let id = || author.and_then(|author| author.id.as_deref()).map(Untrusted::new);
        let words = item.text.as_ref().or(item.title.as_ref()).map(Untrusted::raw).unwrap_or_default();
        Self {
            item: item.id.clone(),
            queue: queue.to_owned(),
            state: state.to_owned(),
            severity,
            received_at: item.received_at,
            due_at,
            author: name.or_else(id),
            words: words.chars().take(WORDS).collect::<String>().into(),
        }
    }
}

/// A part of what a search finds, newest first. A search reads contents, so it is asked for piece by piece, and
/// whoever asks can stop.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Findings {
    /// What was found in this part.
    pub found: Vec<Found>,
    /// Where the next part begins; nothing when all was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<i64>,
}
