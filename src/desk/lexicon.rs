//! The words of the policies, ready to be searched for.

use crate::moderation::policy::Policies;
use crate::text::SafeText;
use crate::text::mark::{Hit, Terms};

/// The terms of one version of a client's policies that hold for one language.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    terms: Option<Terms>,
    /// For each term, the place of its policy.
    policies: Vec<usize>,
}

impl Lexicon {
    /// Of these policies, for items in `lang`; where that is not known, of all languages.
    pub fn new(policies: &Policies, lang: Option<&str>) -> Self {
        let primary = lang.map(|lang| lang.split(['-', '_']).next().unwrap_or(lang));
        let mut words = Vec::new();
        let mut places = Vec::new();
        for (place, policy) in policies.policies.iter().enumerate() {
            for (of, terms) in &policy.terms {
                if of == "*" || primary.is_none_or(|primary| primary == of) {
                    words.extend(terms.iter().map(String::as_str));
                    places.resize(words.len(), place);
                }
            }
        }
        // Too many terms: the item is shown unmarked and masked as one without a match, never unmasked.
        Self { terms: Terms::new(&words).ok(), policies: places }
    }

    /// Where they stand.
    pub fn hits(&self, text: &SafeText<'_>) -> Vec<Hit> {
        self.terms.as_ref().map_or_else(Vec::new, |terms| terms.hits(text))
    }

    /// The place of the policy that a hit belongs to.
    pub fn policy(&self, hit: &Hit) -> usize {
        self.policies.get(hit.term).copied().unwrap_or(usize::MAX)
    }
}
