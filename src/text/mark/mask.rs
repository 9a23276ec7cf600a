//! Masking: what is covered is not in the result at all, neither its letters nor its length.

use super::sentence::{ends_sentence, sentences};
use super::terms::{Hit, is_letter, spaceless};
use super::{Shown, within};
use crate::text::odd;
use crate::text::safe::{SafeText, replace};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// How much is covered; the levels above these show no text at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mask {
    /// Level 1: matched words as first letter and dots.
    Words,
    /// Level 2: sentences with a match; where no term matches, every word.
    Sentences,
}

/// The same for every word, so that its length is not told.
const DOTS: &str = "····";
/// Masked words of a sentence that are drawn; the rest is counted.
const WORDS_DRAWN: usize = 12;

/// A stretch of the text that is covered.
struct Covered {
    range: Range<usize>,
    dots: String,
    words: usize,
}

pub(super) fn mask(text: &SafeText<'_>, hits: &[Hit], mask: Mask) -> Shown<'static> {
    let covered = covered(text, hits, mask);
    let masked_words = covered.iter().map(|part| part.words).sum();
    let with: Vec<_> = covered.into_iter().map(|part| (part.range, part.dots)).collect();
    let (text, masks) = replace(text, &with, false);
    Shown { text, masks, masked_words, ..Shown::default() }
}

/// The same for the ear: each covered stretch is named in words, those that follow one another as one.
pub(super) fn in_words(
    text: &SafeText<'_>,
    hits: &[Hit],
    mask: Mask,
    name: impl Fn(&[&Hit], usize) -> String,
) -> Shown<'static> {
    let mut stretches: Vec<(Range<usize>, usize)> = Vec::new();
    let covered = covered(text, hits, mask);
    let masked_words = covered.iter().map(|part| part.words).sum();
    for part in covered {
        match stretches.last_mut() {
            Some((before, words)) if is_blank(&text.as_str()[before.end..part.range.start]) => {
                before.end = part.range.end;
                *words += part.words;
            }
            _ => stretches.push((part.range, part.words)),
        }
    }
    let with: Vec<_> = stretches
        .into_iter()
        .map(|(range, words)| {
            let under: Vec<&Hit> =
                hits.iter().filter(|hit| hit.range.start < range.end && range.start < hit.range.end).collect();
            let said = name(&under, words);
            (range, said)
        })
        .collect();
    let (text, masks) = replace(text, &with, false);
    Shown { text, masks, masked_words, ..Shown::default() }
}

/// Whether nothing but spaces stands between two stretches; a line break ends one.
fn is_blank(between: &str) -> bool {
    between.chars().all(|c| c.is_whitespace() && c != '\n')
}

fn covered(text: &SafeText<'_>, hits: &[Hit], mask: Mask) -> Vec<Covered> {
    match mask {
        Mask::Words => words(text, hits),
        Mask::Sentences => covered_sentences(text, hits),
    }
}

fn words(safe: &SafeText<'_>, hits: &[Hit]) -> Vec<Covered> {
    let text = safe.as_str();
    let mut with: Vec<Covered> = Vec::new();
    let mut end = 0;
    for hit in hits {
        // The whole word goes, not only the part that matched.
        let start = grow_back(text, hit.range.start.max(end)).max(end);
        let upto = grow(text, hit.range.end);
        let mut at = start;
        for (i, c) in text[start..upto].char_indices().filter(|(_, c)| c.is_whitespace()) {
            word(safe, at..start + i, &mut with);
            at = start + i + c.len_utf8();
        }
        word(safe, at..upto, &mut with);
        end = end.max(upto);
    }
    with
}

fn word(safe: &SafeText<'_>, range: Range<usize>, with: &mut Vec<Covered>) {
    let word = &safe.as_str()[range.clone()];
    let mut letters = word.graphemes(true);
    let Some(first) = letters.next() else { return };
    let letter = first.chars().next().is_some_and(|c| c.is_alphabetic() && !spaceless(c));
    let marked = !within(safe.odd(), &(range.start..range.start + first.len())).is_empty();
    let shown = if letter && !marked && letters.next().is_some() { first } else { "" };
    with.push(Covered { range, dots: format!("{shown}{DOTS}"), words: 1 });
}

fn grow_back(text: &str, start: usize) -> usize {
    let inside = text[start..].chars().next().is_some_and(|c| is_letter(c) && !spaceless(c));
    let word = text[..start].char_indices().rev().take_while(|&(_, c)| inside && is_letter(c) && !spaceless(c));
    word.last().map_or(start, |(i, _)| i)
}

fn grow(text: &str, end: usize) -> usize {
    let inside = text[..end].chars().next_back().is_some_and(|c| is_letter(c) && !spaceless(c));
    let rest = &text[end..];
    let stop = rest.find(|c| !(odd::hangs(c) || inside && is_letter(c) && !spaceless(c)));
    stop.map_or(text.len(), |i| end + i)
}

fn covered_sentences(safe: &SafeText<'_>, hits: &[Hit]) -> Vec<Covered> {
    let text = safe.as_str();
    let mut hit = hits.iter().peekable();
    let mut with = Vec::new();
    for sentence in sentences(text) {
        while hit.next_if(|hit| hit.range.end <= sentence.start).is_some() {}
        if !hits.is_empty() && hit.peek().is_none_or(|hit| hit.range.start >= sentence.end) {
            continue;
        }
        // How it ends stays: a question is a question.
        let body = text[sentence.clone()].trim_end_matches(ends_sentence).trim_end();
        if body.is_empty() {
            continue;
        }
        let words: usize =
            body.split_whitespace().map(|word| word.chars().filter(|&c| spaceless(c)).count().div_ceil(2).max(1)).sum();
        let mut dots = vec![DOTS; words.min(WORDS_DRAWN)].join(" ");
        if words > WORDS_DRAWN {
            dots.push(' ');
            odd::count('+', words - WORDS_DRAWN, &mut dots);
        }
        with.push(Covered { range: sentence.start..sentence.start + body.len(), dots, words });
    }
    with
}
