//! The type of text that may be shown.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// Text in which nothing is left that could drive a terminal, turn the direction of writing or hide.
///
/// Its only bytes below 0x20 are the `\n` between lines, and it has none at all when it comes from `scrub::line`.
/// Only the scrub makes it out of foreign text. It remembers which of its characters are marks that the scrub put
/// there, so that `⟨RLO⟩` typed by an author is not taken for a real one, and so that matching looks through them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SafeText<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) odd: Vec<Range<usize>>,
    pub(super) links: Vec<Range<usize>>,
    pub(super) told: Told,
}

/// What the scrub changed without a mark in the text, or as a count: for the details pane, never a reason to decide.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// Combining marks beyond the cap, left out and counted in the text as `⟨+n⟩`.
    pub capped: usize,
    /// U+FE0F after an ordinary emoji, left out because terminals disagree on the width it asks for.
    pub emoji_style: usize,
    /// Invisible or controlling characters shown as marks.
    pub marked: usize,
}

impl<'a> SafeText<'a> {
    /// The text as it may be shown.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Byte ranges of the marks that the scrub put in, in order, not touching what the author wrote.
    pub fn odd(&self) -> &[Range<usize>] {
        &self.odd
    }

    /// Byte ranges of the links, defanged already, in order.
    pub fn links(&self) -> &[Range<usize>] {
        &self.links
    }

    /// The links that lie wholly within a range.
    pub(super) fn links_in(&self, range: &Range<usize>) -> &[Range<usize>] {
        let first = self.links.partition_point(|link| link.start < range.start);
        let last = self.links.partition_point(|link| link.end <= range.end);
        self.links.get(first..last).unwrap_or(&[])
    }

    /// What was changed, in numbers.
    pub fn told(&self) -> Told {
        self.told
    }

    /// Whether nothing at all is shown.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Lets go of what it was scrubbed from.
    pub fn into_owned(self) -> SafeText<'static> {
        SafeText { text: Cow::Owned(self.text.into_owned()), odd: self.odd, links: self.links, told: self.told }
    }

    /// The same text in at most `columns` columns, on one line, with `…` where something was cut off.
    pub fn fit(&self, columns: usize) -> Cow<'_, str> {
        super::width::fit(&self.text, columns)
    }
}

/// The text with some ranges (in order, apart) replaced, and where the replacements stand in it. Marks and links keep
/// their place; of those inside what is replaced nothing is left, unless `keep` says that they still stand for it.
pub(super) fn replace<'a>(
    safe: &SafeText<'_>,
    with: &[(Range<usize>, String)],
    keep: bool,
) -> (SafeText<'a>, Vec<Range<usize>>) {
    let old = safe.as_str();
    let mut text = String::with_capacity(old.len() + with.len() * 8);
    let mut placed = Vec::with_capacity(with.len());
    let mut at = 0;
    for (range, new) in with {
        text.push_str(&old[at..range.start]);
        placed.push(text.len()..text.len() + new.len());
        text.push_str(new);
        at = range.end;
    }
    text.push_str(&old[at..]);
    let moved = |ranges: &[Range<usize>]| -> Vec<Range<usize>> {
        let mut next = 0;
        let outside = |range: &Range<usize>| {
            // Both lists are in order, so one pass finds what lies before each range.
            while with.get(next).is_some_and(|(replaced, _)| replaced.end <= range.start) {
                next += 1;
            }
            if with.get(next).is_some_and(|(replaced, _)| replaced.start < range.end) {
                return None;
            }
            let (old_end, new_end) = match next {
                0 => (0, 0),
                n => (with[n - 1].0.end, placed[n - 1].end),
            };
            Some(range.start - old_end + new_end..range.end - old_end + new_end)
        };
        ranges.iter().filter_map(outside).collect()
    };
    let links = if keep { Vec::new() } else { moved(&safe.links) };
    (SafeText { odd: moved(&safe.odd), links, text: Cow::Owned(text), told: safe.told }, placed)
}

impl fmt::Display for SafeText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl AsRef<str> for SafeText<'_> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}
