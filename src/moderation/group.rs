//! Items that belong together, and the thread that an item stands in.

use super::Verdict;
use super::author::AuthorItem;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a batch has at most: as many as one call decides.
pub const MOST: usize = 1_000;

/// By what items belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The same words after normalising.
    Text,
    /// Nearly the same words, the same ones among them.
    Alike,
    /// A link to the same place.
    Link,
    /// The same author.
    Author,
    /// The same subject.
    Thread,
}

impl By {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Text, Self::Alike, Self::Link, Self::Author, Self::Thread];

    /// The contract's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Alike => "alike",
            Self::Link => "link",
            Self::Author => "author",
            Self::Thread => "thread",
        }
    }
}

/// What belongs with an item in one way: of the same client, not decided yet, for the moderator who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Group {
    /// In which way.
    pub by: By,
    /// What waits or is the moderator's already, the item asked about first, then in order of arrival; [`MOST`] at
    /// most, and none where every way was asked about at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    /// How many there are of those in all.
    pub waiting: u64,
    /// What others hold: counted, never shown.
    pub elsewhere: u64,
    /// Level 3 or more: left out.
    pub left_out: u64,
}

/// One item of a thread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Post {
    /// The item, its first words, and the verdict in force.
    #[serde(flatten)]
    pub item: AuthorItem,
    /// Its author's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<crate::text::Untrusted>,
    /// The content's own time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// waiting, leased, decided or withdrawn.
    pub state: String,
    /// Who gave the verdict in force, by pseudonym.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// What came here of the thread that an item stands in, in order of arrival.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Thread {
    /// The newest of it, oldest first.
    pub posts: Vec<Post>,
    /// How many came in all, as far as they are counted.
    pub whole: u64,
    /// How many of those wait or are the asker's.
    pub waiting: u64,
    /// How many of those were deleted or restricted.
    pub removed: u64,
}

impl Post {
    /// Whether it was taken away.
    pub fn removed(&self) -> bool {
        matches!(self.item.verdict, Some(Verdict::Delete | Verdict::Restrict))
    }
}
