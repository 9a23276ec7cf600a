//! Letters that are not what they seem, named one by one: for ears, to which `раypal` and `paypal` sound alike.

use super::look_alike::look_alike;
use super::{Untrusted, scrub};
use unicode_normalization::UnicodeNormalization;

/// Where a letter comes from. Only the scripts that are used to imitate others, and those they are imitated in, are
/// told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    /// As in English and French.
    Latin,
    /// Phonetic, small-capital, full-width and mathematical forms of Latin letters, which no keyboard types.
    OddLatin,
    /// Greek.
    Greek,
    /// Cyrillic.
    Cyrillic,
    /// Armenian.
    Armenian,
    /// Any other.
    Other,
}

impl Script {
    /// Of a letter.
    pub fn of(c: char) -> Self {
        match c {
            '\u{250}'..='\u{2af}' | '\u{1d00}'..='\u{1dbf}' => Self::OddLatin,
            '\u{ff21}'..='\u{ff5a}' | '\u{1d400}'..='\u{1d7ff}' => Self::OddLatin,
            '\u{2100}'..='\u{214f}' | '\u{2460}'..='\u{24ff}' | '\u{1f100}'..='\u{1f1ff}' => Self::OddLatin,
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Self::Latin,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Self::Greek,
            '\u{400}'..='\u{52f}' => Self::Cyrillic,
            '\u{530}'..='\u{58f}' => Self::Armenian,
            _ => Self::Other,
        }
    }

    /// `latin`, `odd-latin`, `greek`, `cyrillic`, `armenian` or `other`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Latin => "latin",
            Self::OddLatin => "odd-latin",
            Self::Greek => "greek",
            Self::Cyrillic => "cyrillic",
            Self::Armenian => "armenian",
            Self::Other => "other",
        }
    }
}

/// What a character is, besides what it looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Odd {
    /// A letter of this script that passes for these plain letters.
    LooksLike(Script, String),
    /// Invisible or controlling; the scrub's mark for it.
    Mark(String),
}

/// A character that is not what it seems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Which word of the text it stands in, from 1.
    pub word: usize,
    /// Its number in Unicode, written `U+0430` by those who show it.
    pub code_point: u32,
    /// What it is.
    pub odd: Odd,
}

/// All of them, in order. What the text is mostly written in is ordinary: a Russian text has no Cyrillic look-alikes,
/// an English one has.
pub fn odd_letters(text: &Untrusted) -> Vec<Letter> {
    let mut counts = [(Script::Latin, 0), (Script::Greek, 0), (Script::Cyrillic, 0), (Script::Armenian, 0)];
    for c in text.raw().chars().filter(|c| c.is_alphabetic()) {
        if let Some(count) = counts.iter_mut().find(|(script, _)| *script == Script::of(c)) {
            count.1 += 1;
        }
    }
    // Where two are as frequent, the first: Latin.
    let usual = counts.iter().rev().max_by_key(|(_, n)| *n).map_or(Script::Latin, |(script, _)| *script);
    let mut found = Vec::new();
    for (letters, word) in text.raw().split_whitespace().zip(1..) {
        let mixed = letters.chars().any(|c| c.is_alphabetic() && Script::of(c) == usual);
        for c in letters.chars() {
            if let Some(odd) = odd(c, usual, mixed) {
                found.push(Letter { word, code_point: c.into(), odd });
            }
        }
    }
    found
}

fn odd(c: char, usual: Script, mixed: bool) -> Option<Odd> {
    if c.is_ascii() && !c.is_control() {
        // A plain letter hides only inside a word of another script.
        let hides = c.is_ascii_alphabetic() && usual != Script::Latin && mixed;
        return hides.then(|| Odd::LooksLike(Script::Latin, c.to_string()));
    }
    let script = Script::of(c);
    if (c.is_alphabetic() || script == Script::OddLatin) && script != usual {
        let plain: String = c.nfkd().flat_map(char::to_lowercase).collect();
        let first = plain.chars().next().unwrap_or(c);
        let like = look_alike(first).map(str::to_owned);
        let like = like.or_else(|| (first != c && first.is_ascii_alphabetic()).then(|| first.to_string()));
        return like.map(|like| Odd::LooksLike(script, like));
    }
    let shown = Untrusted::new(c.to_string());
    let shown = scrub::line(&shown);
    (!shown.odd().is_empty()).then(|| Odd::Mark(shown.as_str().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(text: &str) -> Vec<(usize, u32, Odd)> {
        odd_letters(&text.into()).into_iter().map(|letter| (letter.word, letter.code_point, letter.odd)).collect()
    }

    #[test]
    fn a_cyrillic_a_in_an_english_word_is_named() {
        let like = |script, letter: &str| Odd::LooksLike(script, letter.to_owned());
        assert_eq!(
            spelled("pay with р\u{430}ypal now"),
            [(3, 0x440, like(Script::Cyrillic, "p")), (3, 0x430, like(Script::Cyrillic, "a"))]
        );
        assert_eq!(spelled("my ｖ1agra"), [(2, 0xff56, like(Script::OddLatin, "v"))]);
    }

    #[test]
    fn ordinary_texts_have_none() {
        assert_eq!(spelled("L’été, cœur brisé : « ça va » – naïve façade"), []);
        assert_eq!(spelled("привет, как дела"), []);
        assert_eq!(spelled("καλημέρα κόσμε"), []);
    }

    #[test]
    fn a_latin_letter_in_a_russian_word_and_what_is_invisible_are_named() {
        assert_eq!(spelled("привет пoка"), [(2, 'o' as u32, Odd::LooksLike(Script::Latin, "o".into()))]);
        let hidden = spelled("fr\u{200b}ee");
        assert!(matches!(&hidden[..], [(1, 0x200b, Odd::Mark(_))]), "{hidden:?}");
    }
}
