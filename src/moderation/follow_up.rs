//! What goes with a verdict. A follow-up never implies one.

use crate::text::Untrusted;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One follow-up, as the contract writes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum FollowUp {
    /// An answer in the client's name.
    Reply {
        /// The words as they will be read.
        text: Untrusted,
        /// Who reads it.
        #[serde(default)]
        visibility: Visibility,
        /// The template it was filled from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        template: Option<String>,
    },
    /// Something worth telling the client.
    Insight {
        /// What it is about.
        topic: String,
        /// idea, complaint, praise, question, trend, competitor, persona, experience or influencer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sort: Option<String>,
        /// The author's own words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        verbatim: Option<Untrusted>,
    },
    /// To a department of the client.
    Forward {
        /// Which one.
        department: String,
    },
    /// Liked in the client's name.
    Like,
    /// Shared in the client's name.
    Share,
    /// Something done to the author.
    Sanction {
        /// warn, mute, suspend or ban.
        measure: String,
        /// How long; absent means until lifted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hours: Option<u32>,
    },
    /// A mark put on the item.
    Label {
        /// Which.
        value: String,
    },
}

/// Who reads a reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody.
    #[default]
    Public,
    /// The author alone.
    Private,
}
