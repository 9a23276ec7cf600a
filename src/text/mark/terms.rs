//! Finding terms and words in a text, however they are written.

use crate::text::fold::{Folded, fold};
use crate::text::look_alike::letters_for_digits;
use crate::text::{SafeText, Untrusted};
use aho_corasick::AhoCorasick;
use std::ops::Range;

/// A term where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Bytes of the shown text, on character boundaries, marks of the scrub between its letters included.
    pub range: Range<usize>,
    /// Which of the terms, counted from 0 as they were given.
    pub term: usize,
}

/// Why a list of terms cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TermsError {
    /// More than can be searched at once.
    #[error("the list of terms is too large; split it into several policies")]
    TooMany,
}

/// A list of terms, ready to be searched for all at once.
///
/// A term is found whatever the case, width, accents and look-alike letters, with hidden characters between its letters
/// and with digits for letters (`b4st@rd`). It is found as a whole word; `*` at its end or beginning lets the word go
/// on there. Scripts that write without spaces have no whole words. Where terms overlap, the first and longest counts.
#[derive(Debug, Clone)]
pub struct Terms {
    search: AhoCorasick,
    /// For each pattern: which term, and whether the word may go on before and after it.
    patterns: Vec<Pattern>,
}

#[derive(Debug, Clone, Copy)]
struct Pattern {
    term: usize,
    open_start: bool,
    open_end: bool,
}

impl Terms {
    /// Takes the terms as they were written. A term that folds to nothing is never found.
    pub fn new<T: AsRef<str>>(terms: impl IntoIterator<Item = T>) -> Result<Self, TermsError> {
        let mut patterns = Vec::new();
        let mut folded = Vec::new();
        for (term, written) in terms.into_iter().enumerate() {
            let written = written.as_ref().trim();
            let core = fold(written.trim_matches('*'));
            if !core.is_empty() {
                folded.push(core);
                patterns.push(Pattern { term, open_start: written.starts_with('*'), open_end: written.ends_with('*') });
            }
        }
        // Every match is wanted and sorted out afterwards: the longest may fail where a shorter one is a whole word.
        let search = AhoCorasick::new(&folded).map_err(|_| TermsError::TooMany)?;
        Ok(Self { search, patterns })
    }

    /// The hits in a text as it is shown, in order, apart from each other.
    pub fn hits(&self, text: &SafeText<'_>) -> Vec<Hit> {
        if self.patterns.is_empty() {
            return Vec::new();
        }
        let folded = Folded::of(text);
        let mut hits: Vec<Hit> = self
            .search_folded(&folded.text)
            .map(|(at, term)| Hit { range: folded.source(at), term })
            .filter(|hit| !hit.range.is_empty())
            .collect();
        hits.sort_by(|a, b| (a.range.start, b.range.end, a.term).cmp(&(b.range.start, a.range.end, b.term)));
        let mut end = 0;
        hits.retain(|hit| {
            let apart = hit.range.start >= end;
            if apart {
                end = hit.range.end;
            }
            apart
        });
        hits
    }

    /// Which terms occur at all, for rules that look at what came in; ascending.
    pub fn in_raw(&self, text: &Untrusted) -> Vec<usize> {
        let folded = fold(text.raw());
        let mut terms: Vec<_> = self.search_folded(&folded).map(|(_, term)| term).collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    fn search_folded(&self, folded: &str) -> impl Iterator<Item = (Range<usize>, usize)> {
        let mut found = self.search_in(folded);
        if let Some(letters) = letters_for_digits(folded) {
            found.extend(self.search_in(&letters));
        }
        found.into_iter()
    }

    fn search_in(&self, folded: &str) -> Vec<(Range<usize>, usize)> {
        let whole = |at: &Range<usize>, pattern: &Pattern| {
            (pattern.open_start || !joined(folded, at.start)) && (pattern.open_end || !joined(folded, at.end))
        };
        self.search
            .find_overlapping_iter(folded)
            .map(|found| (found.range(), self.patterns[found.pattern().as_usize()]))
            .filter(|(at, pattern)| whole(at, pattern))
            .map(|(at, pattern)| (at, pattern.term))
            .collect()
    }
}

/// Where a needle stands in a text as it is shown, inside words too; for `/`.
pub fn find(text: &SafeText<'_>, needle: &str) -> Vec<Range<usize>> {
    let needle = fold(needle);
    if needle.is_empty() {
        return Vec::new();
    }
    let folded = Folded::of(text);
    let mut end = 0;
    folded
        .text
        .match_indices(&needle)
        .map(|(at, found)| folded.source(at..at + found.len()))
        .filter(|range| {
            // Two matches can come from one character: `ﬀ` holds two.
            let apart = range.start >= end && !range.is_empty();
            end = end.max(range.end);
            apart
        })
        .collect()
}

/// Whether a word goes on across this place.
fn joined(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at..].chars().next();
    matches!((before, after), (Some(b), Some(a)) if is_letter(b) && is_letter(a) && !spaceless(b) && !spaceless(a))
}

/// What words are made of; the dot of a mask belongs to its word.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '·' || unicode_normalization::char::is_combining_mark(c)
}

/// Scripts that do not put spaces between words, or that put endings right behind them.
pub(super) fn spaceless(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1100}'..='\u{11ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}
