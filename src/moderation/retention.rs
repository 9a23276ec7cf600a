//! How long what was decided is kept. Ids, verdicts, policies and times stay; words and pictures go.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A client's rules, in seconds after the decision that stands; absent means for ever.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// The words of what was decided or withdrawn, and of what was said about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_s: Option<u64>,
    /// Its pictures, sound and films.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_s: Option<u64>,
    /// The words of what was deleted; absent means as long as other content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed_s: Option<u64>,
}

impl Retention {
    /// Whether everything is kept for ever.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How long the words of an item are kept after this verdict.
    pub fn words_s(&self, deleted: bool) -> Option<u64> {
        if deleted { self.removed_s.or(self.content_s) } else { self.content_s }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_removed_is_kept_like_other_content_unless_it_says_otherwise() {
        let kept = Retention { content_s: Some(10), ..Retention::default() };
        assert_eq!((kept.words_s(true), kept.words_s(false)), (Some(10), Some(10)));
        let apart = Retention { removed_s: Some(90), ..Retention::default() };
        assert_eq!((apart.words_s(true), apart.words_s(false)), (Some(90), None));
    }
}
