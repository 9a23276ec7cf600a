//! What stands out in a text: terms, links, what was looked for, marks of the scrub, and what is masked.
//!
//! A [`Shown`] is a text with all of that known. Screens wrap it and draw its [`Span`]s; the roles carry no colour, the
//! theme does. Whatever changes the text (defanging, masking) has happened before it is wrapped.

mod mask;
mod sentence;
mod terms;

pub use mask::Mask;
pub use terms::{Hit, Terms, TermsError, find};

use super::odd;
use super::safe::SafeText;
use super::wrap::{self, Line};
use std::ops::Range;

/// What a piece of text is, from the least to the most telling; the more telling wins where they overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// What the author wrote.
    Plain,
    /// A link, defanged.
    Link,
    /// A mark of the scrub.
    Odd,
    /// A matched term.
    Term,
    /// Dots that stand for what is masked.
    Masked,
    /// What `/` looks for.
    Found,
}

/// A piece of one line in one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span<'a> {
    /// Ready to be drawn.
    pub text: &'a str,
    /// Which style it gets.
    pub role: Role,
}

/// A text as it goes on the screen.
#[derive(Debug, Clone, Default)]
pub struct Shown<'a> {
    text: SafeText<'a>,
    /// Terms, masks and finds, each kind in order.
    terms: Vec<Range<usize>>,
    masks: Vec<Range<usize>>,
    found: Vec<Range<usize>>,
    masked_words: usize,
}

impl<'a> Shown<'a> {
    /// The text with its terms marked and nothing masked.
    pub fn open(text: SafeText<'a>, hits: &[Hit]) -> Self {
        Self { text, terms: hits.iter().map(|hit| hit.range.clone()).collect(), ..Self::default() }
    }

    /// The text masked. It keeps nothing of what was masked, so that no later step can show it.
    pub fn masked(text: &SafeText<'_>, hits: &[Hit], mask: Mask) -> Shown<'static> {
        mask::mask(text, hits, mask)
    }

    /// The text masked for the ear: `name` says each covered stretch in words, by the terms in it (none where a text
    /// without a match is covered whole) and how many words it has. It too keeps nothing of what was masked.
    pub fn masked_in_words(
        text: &SafeText<'_>,
        hits: &[Hit],
        mask: Mask,
        name: impl Fn(&[&Hit], usize) -> String,
    ) -> Shown<'static> {
        mask::in_words(text, hits, mask, name)
    }

    /// Marks what is looked for, in what is shown: what is masked is not found. Says how often it is there.
    pub fn look_for(&mut self, needle: &str) -> usize {
        self.found = find(&self.text, needle);
        self.found.len()
    }

    /// Where what is looked for stands, for going from one to the next.
    pub fn found(&self) -> &[Range<usize>] {
        &self.found
    }

    /// Words that were masked, for "2 words masked".
    pub fn masked_words(&self) -> usize {
        self.masked_words
    }

    /// Where the masks stand, for reading them out in words.
    pub fn masks(&self) -> &[Range<usize>] {
        &self.masks
    }

    /// The text as it is shown.
    pub fn text(&self) -> &SafeText<'a> {
        &self.text
    }

    /// The text in lines.
    pub fn wrap(&self, columns: usize) -> Vec<Line> {
        wrap::wrap(self.text.as_str(), columns)
    }

    /// A range of the text (a line's `shown`) as spans. Together they are the range; none is empty; none begins with a
    /// combining mark, which would be lost if it were drawn by itself.
    pub fn spans(&self, range: Range<usize>) -> Vec<Span<'_>> {
        let text = self.text.as_str();
        let layers = [
            (Role::Link, self.text.links()),
            (Role::Odd, self.text.odd()),
            (Role::Term, &self.terms),
            (Role::Masked, &self.masks),
            (Role::Found, &self.found),
        ]
        .map(|(role, ranges)| (role, within(ranges, &range)));
        let mut cuts = vec![range.start, range.end];
        for (_, ranges) in &layers {
            for part in ranges.iter() {
                cuts.extend([part.start, part.end].map(|at| whole(text, at.clamp(range.start, range.end), range.end)));
            }
        }
        cuts.sort_unstable();
        cuts.dedup();
        let mut at = layers.map(|(role, ranges)| (role, ranges.iter().peekable()));
        let mut spans: Vec<Span<'_>> = Vec::with_capacity(cuts.len());
        let mut starts = Vec::with_capacity(cuts.len());
        for cut in cuts.windows(2) {
            let mut role = Role::Plain;
            for (layer, ranges) in &mut at {
                while ranges.next_if(|part| part.end <= cut[0]).is_some() {}
                if ranges.peek().is_some_and(|part| part.start < cut[1] && whole(text, part.start, range.end) <= cut[0])
                {
                    role = role.max(*layer);
                }
            }
            match spans.last_mut() {
                Some(before) if before.role == role => {
                    let start = *starts.last().expect("every span has its start");
                    before.text = &text[start..cut[1]];
                }
                _ => {
                    spans.push(Span { text: &text[cut[0]..cut[1]], role });
                    starts.push(cut[0]);
                }
            }
        }
        spans
    }
}

/// The ranges that touch a range.
fn within<'r>(ranges: &'r [Range<usize>], range: &Range<usize>) -> &'r [Range<usize>] {
    let first = ranges.partition_point(|part| part.end <= range.start);
    let last = ranges.partition_point(|part| part.start < range.end);
    ranges.get(first..last).unwrap_or(&[])
}

/// The next place at which a span may begin.
fn whole(text: &str, at: usize, end: usize) -> usize {
    let hangs = text[at..end].char_indices().find(|&(_, c)| !odd::hangs(c));
    hangs.map_or(end, |(i, _)| at + i)
}

#[cfg(test)]
mod tests;
