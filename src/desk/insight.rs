//! Something in the content worth telling the client: its kind, its topic, and the author's own words for it.

use super::Recent;
use crate::moderation::{Client, Item};
use crate::text::fold::fold;
use crate::text::{Untrusted, scrub};
use std::ops::{Range, RangeInclusive};

/// The kinds of the contract, each with its letter in the chooser.
pub const SORTS: [(&str, char); 9] = [
    ("idea", 'i'),
    ("complaint", 'c'),
    ("praise", 'p'),
    ("question", 'q'),
    ("trend", 't'),
    ("competitor", 'o'),
    ("persona", 'r'),
    ("experience", 'e'),
    ("influencer", 'f'),
];

/// Longest topic, in characters: it heads a chapter of the client's report.
pub const LONGEST_TOPIC: usize = 80;
/// No quotation needs more; what stands behind is not offered.
const MOST_WORDS: usize = 2_000;
/// A text of so many words is quoted whole unless somebody picks.
const SHORT: usize = 40;

/// The topics offered: those used lately for this kind, those used lately for another, then the client's own.
pub fn topics(client: Option<&Client>, name: &str, sort: &str, recent: &Recent) -> Vec<String> {
    let own: &[String] = client.map(|client| client.topics.as_slice()).unwrap_or_default();
    let lately = recent.topics_of(name);
    let (same, other): (Vec<_>, Vec<_>) = lately.into_iter().partition(|(used, _)| used == sort);
    let free = may_name(client);
    let lately = same.into_iter().chain(other).map(|(_, topic)| topic);
    let mut all: Vec<String> = Vec::new();
    for topic in lately.filter(|topic| free || own.contains(topic)).chain(own.iter().cloned()) {
        if !all.iter().any(|there| fold(there) == fold(&topic)) {
            all.push(topic);
        }
    }
    all
}

/// Whether a moderator may name a topic that the client has not.
pub fn may_name(client: Option<&Client>) -> bool {
    client.is_none_or(|client| client.new_topics != Some(false))
}

/// A topic as typed, where it may be one: one line, no longer than a heading.
pub fn named(typed: &str) -> Option<String> {
    let topic: String = typed.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_TOPIC).collect();
    Some(topic.trim().to_owned()).filter(|topic| !topic.is_empty())
}

/// A text as words that can be picked: where each stands in it, and how it may be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotable {
    raw: String,
    words: Vec<(Range<usize>, String)>,
}

impl Quotable {
    /// The item's own words: its text, else its title.
    pub fn of(item: &Item) -> Self {
        let raw = item.text.as_ref().or(item.title.as_ref()).map(|text| text.raw().to_owned()).unwrap_or_default();
        let start = |word: &str| word.as_ptr() as usize - raw.as_ptr() as usize;
        let words = raw.split_whitespace().take(MOST_WORDS).map(|word| {
            let at = start(word);
            (at..at + word.len(), scrub::line(&Untrusted::new(word)).as_str().to_owned())
        });
        Self { words: words.collect(), raw }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is nothing to quote.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words as they may be shown.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(_, shown)| shown.as_str())
    }

    /// The author's own words from one to another, as they were written.
    pub fn quote(&self, words: &RangeInclusive<usize>) -> Option<Untrusted> {
        let (first, last) = (self.words.get(*words.start())?, self.words.get(*words.end())?);
        self.raw.get(first.0.start..last.0.end).map(Untrusted::new)
    }

    /// What is picked at first: all of a short text, else its first sentence.
    pub fn first(&self) -> RangeInclusive<usize> {
        let last = self.words.len().saturating_sub(1);
        if self.words.len() <= SHORT {
            return 0..=last;
        }
        0..=self.sentence_end(0).min(SHORT)
    }

    /// The sentence around a word.
    pub fn sentence(&self, word: usize) -> RangeInclusive<usize> {
        let begin = (0..word).rev().find(|at| self.ends(*at)).map_or(0, |end| end + 1);
        begin..=self.sentence_end(word)
    }

    fn sentence_end(&self, from: usize) -> usize {
        let last = self.words.len().saturating_sub(1);
        (from..=last).find(|at| self.ends(*at)).unwrap_or(last)
    }

    fn ends(&self, word: usize) -> bool {
        let Some((range, shown)) = self.words.get(word) else { return true };
        let after = self.words.get(word + 1).map_or(self.raw.len(), |(next, _)| next.start);
        let broken = self.raw.get(range.end..after).is_some_and(|gap| gap.contains('\n'));
        broken
            || shown.trim_end_matches(['"', '»', '”', ')', '’']).ends_with(['.', '!', '?', '…', '。', '؟', '！', '？'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn item(text: &str) -> Item {
        Item { text: Some(text.into()), ..Item::default() }
    }

    #[test]
    fn a_quotation_is_the_authors_own_bytes() {
        let quotable = Quotable::of(&item("Trois  semaines\nsans expert ! Rien."));
        assert_eq!(quotable.quote(&(0..=1)).map(|words| words.raw().to_owned()).as_deref(), Some("Trois  semaines"));
        assert_eq!(quotable.first(), 0..=5);
        assert_eq!(quotable.sentence(3), 2..=4, "a line break ends a sentence too");
        assert!(Quotable::of(&item(" \n ")).quote(&(0..=0)).is_none());
    }

    #[test]
    fn topics_used_lately_come_first_and_a_closed_list_stays_closed() {
        let mut recent = Recent::default();
        recent.used_topic("maif", "idea", "app");
        recent.used_topic("maif", "complaint", "Delay");
        recent.used_topic("maif", "idea", "parking");
        let mut client = Client { topics: vec!["price".into(), "delay".into()], ..Client::default() };
        assert_eq!(topics(Some(&client), "maif", "idea", &recent), ["parking", "app", "Delay", "price"]);
        client.new_topics = Some(false);
        assert_eq!(topics(Some(&client), "maif", "idea", &recent), ["price", "delay"]);
        assert_eq!(named("  two \n words "), Some("two words".into()));
        assert_eq!(named(" "), None);
    }

    proptest! {
        #[test]
        fn every_pick_of_words_is_a_stretch_of_the_text(text in "[a-zé .\n\u{202e}]{0,60}", a in 0..9usize, b in 0..9usize) {
            let quotable = Quotable::of(&item(&text));
            let (from, to) = (a.min(b), a.max(b));
            if let Some(words) = quotable.quote(&(from..=to)) {
                prop_assert!(text.contains(words.raw()));
            }
            let first = quotable.first();
            prop_assert!(*first.end() < quotable.len().max(1));
        }
    }
}
