//! The parts of a charter that a decision names.

use crate::wellbeing::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One policy, resolved for a client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Policy {
    /// What decisions record.
    pub code: String,
    /// The key in the chooser: the same in every language and for every client.
    pub letter: char,
    /// By language (`en`, `fr`).
    pub title: BTreeMap<String, String>,
    /// What it forbids and what it does not, by language.
    pub text: BTreeMap<String, String>,
    /// An item decided under it counts at least this.
    pub severity: Severity,
    /// Asks once more, with what it will do.
    #[serde(default)]
    pub grave: bool,
    /// Deciding under it seals the item; always grave.
    #[serde(default)]
    pub sealed: bool,
    /// Proposed with every decision under it: label values, forward departments and the like, as codes.
    #[serde(default)]
    pub follow_ups: Vec<super::FollowUp>,
    /// `illegal` or `terms`, and where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<Ground>,
    /// Words that are marked in items (folded), by language; `*` for all.
    #[serde(default)]
    pub terms: BTreeMap<String, Vec<String>>,
}

/// Why the policy may be enforced, for the statement of reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ground {
    /// Illegal content, or content against the terms.
    pub illegal: bool,
    /// The law's or the terms' article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// `STATEMENT_CATEGORY_…`.
    pub category: String,
    /// `KEYWORD_…`.
    #[serde(default)]
    pub keywords: Vec<String>,
}

/// The policies of one client at one version, in the order of the chooser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Policies {
    /// What every decision records: `built-in 1`, `meteo 14`.
    pub version: String,
    /// In the order of the chooser.
    pub policies: Vec<Policy>,
}

impl Policies {
    /// By code.
    pub fn get(&self, code: &str) -> Option<&Policy> {
        self.policies.iter().find(|policy| policy.code == code)
    }

    /// By the letter of the chooser.
    pub fn by_letter(&self, letter: char) -> Option<&Policy> {
        self.policies.iter().find(|policy| policy.letter == letter)
    }
}

impl Policy {
    /// The title in `lang`, else English, else the code.
    pub fn title_in(&self, lang: &str) -> &str {
        self.title.get(lang).or_else(|| self.title.get("en")).map_or(&self.code, String::as_str)
    }
}
