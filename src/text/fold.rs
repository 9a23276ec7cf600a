//! Text as it is compared, never as it is shown.
//!
//! Case, width, diacritics, the digits of other scripts, look-alike letters and everything that hides between letters
//! are folded away, and white space is one space. What is folded on one side only is never found, so terms, needles
//! and texts all go through here. Vowel signs and tone marks of scripts that spell with them are kept.

use super::look_alike::{digit, look_alike};
use super::odd;
use super::safe::SafeText;
use std::ops::Range;
use unicode_normalization::char::{canonical_combining_class, compose, decompose_compatible};

/// The folded text: two texts are "the same after normalising" when these are equal.
pub fn fold(text: &str) -> String {
    let mut folded = Folded { untraced: true, ..Folded::default() };
    folded.text.reserve(text.len());
    folded.take(text, 0);
    folded.text.truncate(folded.text.trim_end().len());
    folded.text
}

/// The folded text with every number as `0`, for texts that differ only in a price, a date or a telephone number.
pub fn shape(text: &str) -> String {
    let folded = fold(text);
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            '0'..='9' if out.ends_with('0') => {}
            '0'..='9' => out.push('0'),
            _ => out.push(c),
        }
    }
    out
}

/// A folded copy that remembers which bytes of the original each of its letters came from.
#[derive(Debug, Default)]
pub(super) struct Folded {
    pub(super) text: String,
    /// For each letter: where it starts in the folded text, and what it came from.
    from: Vec<(usize, Range<usize>)>,
    /// Nobody will ask where a letter came from: half the work of an import.
    untraced: bool,
}

impl Folded {
    /// Folds what an author wrote, past the marks that the scrub put in; links count as they were written.
    pub(super) fn of(safe: &SafeText<'_>) -> Self {
        let mut folded = Self::default();
        let mut at = 0;
        for odd in safe.odd() {
            folded.take_with_links(safe, at..odd.start);
            at = odd.end;
        }
        folded.take_with_links(safe, at..safe.as_str().len());
        folded
    }

    /// The range of the original that a range of the folded text came from.
    pub(super) fn source(&self, folded: Range<usize>) -> Range<usize> {
        let first = self.from.partition_point(|(at, _)| *at < folded.start);
        let last = self.from.partition_point(|(at, _)| *at < folded.end);
        match self.from.get(first..last) {
            Some([only]) => only.1.clone(),
            Some([first, .., last]) => first.1.start..last.1.end,
            _ => 0..0,
        }
    }

    fn take_with_links(&mut self, safe: &SafeText<'_>, range: Range<usize>) {
        let text = safe.as_str();
        let mut at = range.start;
        for link in safe.links_in(&range) {
            self.take(&text[at..link.start], at);
            self.take_link(text, link.clone());
            at = link.end;
        }
        self.take(&text[at..range.end], at);
    }

    /// Undoes the defanging, which is ours.
    fn take_link(&mut self, text: &str, link: Range<usize>) {
        let mut at = link.start;
        while at < link.end {
            let rest = &text[at..link.end];
            let (original, bytes) = if rest.starts_with("hxxp") {
                ("http", 4)
            } else if let Some(sign) = ["[.]", "[:]", "[@]"].into_iter().find(|sign| rest.starts_with(sign)) {
                (&sign[1..2], 3)
            } else {
                let c = rest.chars().next().expect("at is before the end, on a boundary");
                self.letter(c, at);
                at += c.len_utf8();
                continue;
            };
            for c in original.chars() {
                self.push(c, at..at + bytes);
            }
            at += bytes;
        }
    }

    fn take(&mut self, text: &str, offset: usize) {
        for (i, c) in text.char_indices() {
            self.letter(c, offset + i);
        }
    }

    fn letter(&mut self, c: char, at: usize) {
        let source = at..at + c.len_utf8();
        if c.is_ascii() {
            if c.is_ascii_graphic() {
                self.push(c.to_ascii_lowercase(), source);
            } else if c.is_ascii_whitespace() {
                self.space(source);
            }
        } else if odd::is_hidden(c) {
        } else if c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}') {
            self.space(source);
        } else if let '゛' | '゜' = c {
            // Unicode takes them apart into a space and the mark, but here they belong to the letter before them.
            self.part(if c == '゛' { '\u{3099}' } else { '\u{309a}' }, source);
        } else if matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{4e00}'..='\u{9fff}') {
            self.push(c, source);
        } else {
            decompose_compatible(c, |part| self.part(part, source.clone()));
        }
    }

    fn part(&mut self, part: char, source: Range<usize>) {
        if is_diacritic(part) {
            // It still belongs to the letter before it, if a match ends there.
            if let Some((_, before)) = self.from.last_mut() {
                before.end = before.end.max(source.end);
            }
            return;
        }
        if part == ' ' {
            return self.space(source);
        }
        for small in part.to_lowercase().filter(|&c| !is_diacritic(c)) {
            if let Some(plain) = look_alike(small) {
                plain.chars().for_each(|c| self.push(c, source.clone()));
            } else {
                self.compose(digit(small).unwrap_or(small), source.clone());
            }
        }
    }

    /// Puts Korean syllables and Japanese sound marks back together, which decomposing took apart.
    fn compose(&mut self, c: char, source: Range<usize>) {
        if matches!(c, '\u{1161}'..='\u{11c2}' | '\u{3099}' | '\u{309a}')
            && let Some(before) = self.text.chars().next_back()
            && let Some(whole) = compose(before, c)
        {
            self.text.pop();
            self.text.push(whole);
            if let Some((_, from)) = self.from.last_mut() {
                from.end = source.end;
            }
            return;
        }
        self.push(c, source);
    }

    fn space(&mut self, source: Range<usize>) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.push(' ', source);
        }
    }

    fn push(&mut self, c: char, source: Range<usize>) {
        if !self.untraced {
            self.from.push((self.text.len(), source));
        }
        self.text.push(c);
    }
}

/// Accents, points and strokes; not the vowel signs, viramas and tone marks that carry the word.
fn is_diacritic(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{488}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20f0}' | '\u{fe20}'..='\u{fe2f}')
        || (c > '\u{58f}' && c < '\u{900}' && canonical_combining_class(c) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Untrusted, scrub};
    use proptest::prelude::*;

    #[test]
    fn folds_what_people_vary() {
        for (text, folded) in [
            ("  Hello\n\tWORLD ", "hello world"),
            ("É\u{301}tÉ ŒUVRE Straße İSTANBUL", "ete oeuvre strasse istanbul"),
            ("ＦＵＬＬ ｗｉｄｔｈ ﬁ ①", "full width fi 1"),
            ("f\u{200b}r\u{ad}e\u{2060}e\u{202e}\u{fe0f}", "free"),
            ("раураl", "paypal"),
            ("ΡΑΥΡΑL", "paypal"),
            ("𝓯𝓻𝓮𝓮 🅵🆁🅴🅴", "free free"),
            ("٠١٢ ३४५", "012 345"),
            ("z\u{336}a\u{489}lgo", "zalgo"),
            ("가각 \u{1100}\u{1161}", "가각 가"),
            ("がぎ か\u{3099} ｶﾞ ｶ゛", "がぎ が ガ ガ"),
            ("हिन्दी", "हिन्दी"),
            ("«l’été»", "\"l'ete\""),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
        }
    }

    #[test]
    fn numbers_have_one_shape() {
        assert_eq!(shape("Gagnez 1500 € au 06 12"), shape("gagnez 20 € au 07 999"));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn sources_lie_on_characters_in_order(text in "(\\PC|[éΑаﬁ\u{301}\u{200b}\u{202e}가]|https?://a\\.fr/){0,40}") {
            let raw = Untrusted::from(text);
            let safe = scrub::block(&raw);
            let folded = Folded::of(&safe);
            let mut before = 0;
            for (_, source) in &folded.from {
                prop_assert!(safe.as_str().get(source.clone()).is_some());
                prop_assert!(source.start >= before);
                before = source.start;
            }
        }
    }
}
