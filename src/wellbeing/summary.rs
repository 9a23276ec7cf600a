//! The structured summary of masking levels 3 and 4: what is known about an item without reading it.

use serde::Serialize;

/// One thing known about an item, in a form that any language can word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// A code of ours (a kind, a channel's sort, a policy, a category); counts as one word.
    Code(String),
    /// A number of something, named by a code; counts as two words.
    Count(&'static str, u64),
    /// A name somebody chose, scrubbed by the caller; counts as its words.
    Name(String),
}

/// One slot of the summary: at most [`SLOT_WORDS`] words. Empty means that it is not known, and is said so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Slot(Vec<Part>);

/// The most words that a slot has.
pub const SLOT_WORDS: usize = 12;

impl Slot {
    /// Takes parts in order as long as they fit; a name is cut at a word, everything else is whole or left out.
    pub fn of(parts: impl IntoIterator<Item = Part>) -> Self {
        let mut left = SLOT_WORDS;
        let mut kept = Vec::new();
        for part in parts {
            let part = match part {
                Part::Name(name) => {
                    let words: Vec<&str> = name.split_whitespace().take(left).collect();
                    if words.is_empty() {
                        continue;
                    }
                    left -= words.len();
                    Part::Name(words.join(" "))
                }
                Part::Code(code) if left >= 1 && !code.is_empty() => {
                    left -= 1;
                    Part::Code(code)
                }
                Part::Count(what, n) if left >= 2 => {
                    left -= 2;
                    Part::Count(what, n)
                }
                Part::Code(_) | Part::Count(..) => continue,
            };
            kept.push(part);
        }
        Self(kept)
    }

    /// What is in it, in order.
    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    /// Whether nothing is known.
    pub fn is_unknown(&self) -> bool {
        self.0.is_empty()
    }

    /// How many words it comes to.
    pub fn words(&self) -> usize {
        let words = |part: &Part| match part {
            Part::Code(_) => 1,
            Part::Count(..) => 2,
            Part::Name(name) => name.split_whitespace().count(),
        };
        self.0.iter().map(words).sum()
    }
}

/// What is known about an item without reading it. Every string is either a code of ours or already scrubbed; no field
/// takes the item's text, so that nothing vivid can get in, and a field that is empty stays empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The author's name, scrubbed.
    pub author: Option<String>,
    /// How much the author has written here.
    pub posts: Option<u64>,
    /// How much of it was removed.
    pub removed: Option<u64>,
    /// Whom it answers, scrubbed.
    pub answers: Option<String>,
    /// The title of what it stands under, scrubbed.
    pub subject: Option<String>,
    /// `comment`, `image` …
    pub kind: Option<String>,
    /// `forum`, `review` …, scrubbed.
    pub channel: Option<String>,
    /// A language tag.
    pub lang: Option<String>,
    /// Whether it is public already.
    pub online: Option<bool>,
    /// Reasons given in reports, each with how often, the most frequent first; scrubbed.
    pub reports: Vec<(String, u64)>,
    /// The policy that a rule or a classifier points at.
    pub policy: Option<String>,
    /// Categories of matched terms, each with how often; never the terms.
    pub terms: Vec<(String, u64)>,
    /// Words of text.
    pub words: u64,
    /// Media listed.
    pub media: u64,
    /// People who have read it.
    pub views: Option<u64>,
}

/// Masking level 3: five slots, always in this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Who wrote it.
    pub who: Slot,
    /// Whom or what it answers.
    pub target: Slot,
    /// What was done: what sort of thing, where.
    pub act: Slot,
    /// What it is said to break.
    pub policy: Slot,
    /// Which sorts of terms match, and how often.
    pub terms: Slot,
}

fn counted(pairs: &[(String, u64)]) -> impl Iterator<Item = Part> + '_ {
    pairs.iter().flat_map(|(name, n)| [Part::Name(name.clone()), Part::Count("times", *n)])
}

impl Summary {
    /// Made from what is known, and nothing else.
    pub fn of(known: &Known) -> Self {
        let count = |what, n: Option<u64>| n.map(|n| Part::Count(what, n));
        let name = |name: &Option<String>| name.clone().map(Part::Name);
        let code = |code: &Option<String>| code.clone().map(Part::Code);
        // Counts first where a name could crowd them out.
        let who = [count("posts", known.posts), count("removed", known.removed), name(&known.author)];
        let media = (known.media > 0).then_some(Part::Count("media", known.media));
        let text = (known.words > 0).then_some(Part::Count("words", known.words));
        let online = known.online.map(|online| Part::Code(if online { "online" } else { "held" }.into()));
        Self {
            who: Slot::of(who.into_iter().flatten()),
            target: Slot::of([name(&known.answers), name(&known.subject)].into_iter().flatten()),
            act: Slot::of([code(&known.kind), text, media, online, name(&known.channel)].into_iter().flatten()),
            policy: Slot::of(code(&known.policy).into_iter().chain(counted(&known.reports))),
            terms: Slot::of(counted(&known.terms)),
        }
    }

    /// Masking level 4: what sort of thing, in which language, how long, where. Nobody's name, nobody's word.
    pub fn metadata(known: &Known) -> Slot {
        let code = |code: &Option<String>| code.clone().map(Part::Code);
        let parts = [
            code(&known.kind),
            code(&known.lang),
            Some(Part::Count("words", known.words)),
            Some(Part::Count("media", known.media)),
            known.views.map(|n| Part::Count("views", n)),
            known.online.map(|online| Part::Code(if online { "online" } else { "held" }.into())),
        ];
        Slot::of(parts.into_iter().flatten())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_summary_invents_nothing() {
        let summary = Summary::of(&Known::default());
        for slot in [&summary.who, &summary.target, &summary.act, &summary.policy, &summary.terms] {
            assert!(slot.is_unknown(), "{slot:?}");
        }
    }

    #[test]
    fn a_summary_says_what_is_known() {
        let known = Known {
            author: Some("zorglub77".into()),
            posts: Some(214),
            removed: Some(9),
            kind: Some("comment".into()),
            words: 31,
            policy: Some("hate".into()),
            reports: vec![("haine".into(), 2)],
            terms: vec![("slur".into(), 2)],
            ..Known::default()
        };
        let summary = Summary::of(&known);
        let who = [Part::Count("posts", 214), Part::Count("removed", 9), Part::Name("zorglub77".into())];
        assert_eq!(summary.who.parts(), who);
        assert_eq!(summary.act.parts(), [Part::Code("comment".into()), Part::Count("words", 31)]);
        assert!(summary.target.is_unknown());
        assert_eq!(summary.terms.parts(), [Part::Name("slur".into()), Part::Count("times", 2)]);
    }

    #[test]
    fn metadata_names_nobody() {
        let known = Known { author: Some("zorglub77".into()), words: 3, ..Known::default() };
        assert!(!Summary::metadata(&known).parts().iter().any(|part| matches!(part, Part::Name(_))));
    }

    proptest! {
        #[test]
        fn no_slot_has_more_than_12_words(
            names in prop::collection::vec("\\PC{0,60}", 0..6), counts in prop::collection::vec(any::<u64>(), 0..6),
        ) {
            let reports = names.iter().cloned().zip(counts.iter().copied()).collect::<Vec<_>>();
            let first = names.first().cloned();
            let known = Known {
                author: first.clone(), answers: first.clone(), subject: names.last().cloned(), channel: first,
                terms: reports.clone(), reports, posts: Some(1), removed: Some(1), ..Known::default()
            };
            let summary = Summary::of(&known);
            for slot in [summary.who, summary.target, summary.act, summary.policy, summary.terms] {
                prop_assert!(slot.words() <= SLOT_WORDS);
            }
        }
    }
}
