//! Replies prepared by the client: a text with variables that the program fills and blanks that the moderator must.

mod fill;
mod parse;
mod replies;
mod tree;

pub use fill::{Blank, Facts, Filled};
pub use parse::{Part, TemplateError, parts};
pub use replies::{Replies, search};
pub use tree::{Answer, Question, Step, Tree, TreeError};

use super::follow_up::Visibility;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One prepared reply, resolved: its text is known to parse.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Template {
    /// What decisions record.
    pub code: String,
    /// Absent means every client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    /// Absent means any policy, and none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// Absent means every channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// Who reads it, where the moderator does not say otherwise.
    #[serde(default)]
    pub visibility: Visibility,
    /// What the picker shows, by language.
    pub title: BTreeMap<String, String>,
    /// The words, by language of the reader; at least one.
    pub text: BTreeMap<String, String>,
    /// Most characters that the channel takes; absent means no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

impl Template {
    /// The words in the author's language, else in English, else in any.
    pub fn text_in(&self, lang: &str) -> &str {
        let base = lang.split('-').next().unwrap_or(lang);
        [lang, base, "en"]
            .into_iter()
            .find_map(|lang| self.text.get(lang))
            .or_else(|| self.text.values().next())
            .map_or("", String::as_str)
    }

    /// What the picker shows, in the moderator's language.
    pub fn title_in(&self, lang: &str) -> &str {
        let texts = [lang, "en"].into_iter().find_map(|lang| self.title.get(lang));
        texts.or_else(|| self.title.values().next()).map_or(self.code.as_str(), String::as_str)
    }

    /// The language of the words that [`Self::text_in`] gives.
    pub fn spoken_in(&self, lang: &str) -> &str {
        let base = lang.split('-').next().unwrap_or(lang);
        let known = [lang, base, "en"].into_iter().find_map(|lang| self.text.get_key_value(lang));
        known.or_else(|| self.text.iter().next()).map_or("en", |(lang, _)| lang.as_str())
    }

    /// How likely it is the one wanted, highest first in the picker: client, policy, channel and language that fit
    /// weigh more than those left open; one that contradicts the item is not offered at all.
    pub fn fits(&self, client: &str, policy: Option<&str>, channel: Option<&str>, lang: &str) -> Option<u32> {
        let weigh = |said: Option<&str>, is: Option<&str>, weight: u32| match (said, is) {
            (None, _) => Some(0),
            (Some(said), Some(is)) if said == is => Some(weight),
            (Some(_), _) => None,
        };
        let base = lang.split('-').next().unwrap_or(lang);
        let spoken = u32::from(self.text.contains_key(lang) || self.text.contains_key(base)) * 8;
        // A policy is chosen after the reply as often as before it: another policy's template sinks, but stays.
        let policy = weigh(self.policy.as_deref(), policy, 4).unwrap_or(0);
        Some(
            weigh(self.client.as_deref(), Some(client), 2)?
                + weigh(self.channel.as_deref(), channel, 1)?
                + policy
                + spoken,
        )
    }
}

#[cfg(test)]
mod tests;
