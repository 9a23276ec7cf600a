//! All replies that a client has prepared, and which of them are likely for an item.

use super::{Template, Tree};
use crate::moderation::Item;
use crate::text::fold::fold;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A client's prepared replies, resolved: each of them parses, and every walk through the questions ends at one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Replies {
    /// In the order of the file.
    pub templates: Vec<Template>,
    /// Most characters that a channel takes, by channel; for what is written freely too.
    #[serde(default)]
    pub limits: BTreeMap<String, u32>,
    /// The brand's FAQ: walked with one key a step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tree: Option<Tree>,
}

/// How much one use lately weighs: less than a language or a policy that fits, more than a channel.
const LATELY: [u32; 3] = [3, 2, 1];

impl Replies {
    /// The template of this code.
    pub fn get(&self, code: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.code == code)
    }

    /// The templates offered for an item, the likely ones first: those that fit its policy, language and channel,
    /// then those that this moderator used last (`lately`, codes, the last one first).
    pub fn likely(&self, client: &str, item: &Item, policies: &[String], lately: &[String]) -> Vec<&Template> {
        let lang = item.lang.as_deref().unwrap_or("en");
        let channel = item.channel.as_ref().map(|channel| channel.raw());
        let score = |template: &Template| {
            let policy = template.policy.as_ref().filter(|policy| policies.contains(policy)).map(String::as_str);
            let fits = template.fits(client, policy, channel, lang)?;
            let at = lately.iter().take(LATELY.len()).position(|code| *code == template.code);
            Some(fits + at.map_or(0, |at| LATELY[at]))
        };
        let mut scored: Vec<(u32, &Template)> = self.templates.iter().filter_map(|t| Some((score(t)?, t))).collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored.into_iter().map(|(_, template)| template).collect()
    }

    /// Most characters that a reply may have: the smaller of what template and channel take.
    pub fn limit(&self, template: Option<&str>, channel: Option<&str>) -> Option<u32> {
        let own = template.and_then(|code| self.get(code)).and_then(|template| template.limit);
        let channel = channel.and_then(|channel| self.limits.get(channel)).copied();
        [own, channel].into_iter().flatten().min()
    }
}

/// Those of `likely` whose title, code or words fit what was typed, the best first; of equals the likelier first.
pub fn search<'a>(likely: Vec<&'a Template>, typed: &str, lang: &str) -> Vec<&'a Template> {
    if typed.trim().is_empty() {
        return likely;
    }
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    // In a whole text nearly any letters stand one behind the other, so there it is the words that count.
    let wanted = fold(typed.trim());
    let mut scored: Vec<(u32, &Template)> = likely
        .into_iter()
        .filter_map(|template| {
            let mut buffer = Vec::new();
            let name = format!("{} {}", template.title_in(lang), template.code);
            let named = pattern.score(Utf32Str::new(&name, &mut buffer), &mut matcher).map(|score| score + 1);
            let said = || template.text.values().any(|text| fold(text).contains(&wanted)).then_some(0);
            Some((named.or_else(said)?, template))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, template)| template).collect()
}
