//! What a character is to the eye, and the mark that stands for it when it must not be passed on.
//!
//! A mark is one control picture (`␛`) where Unicode has one, else a name in angle brackets that no keyboard
//! produces (`⟨RLO⟩`). Marks are made of characters that are one column wide in every terminal and join with nothing.

use super::cluster;
use unicode_normalization::char::is_combining_mark;
use unicode_width::UnicodeWidthChar;

/// What the scrub has to do with one character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Stands for itself and starts something of its own.
    Plain,
    /// Hangs on the character before it; harmless in small numbers.
    Hangs,
    /// The vowel or final of a Korean syllable: nothing without what it belongs to.
    Jamo,
    /// A Japanese sound mark of half width, on whose width neither terminals nor tables agree.
    SoundMark,
    /// A line break.
    Newline,
    /// Half of a Windows line break, or a trick to write over a line.
    Return,
    /// White space of no fixed width.
    Tab,
    /// Ties emoji together, or shapes letters.
    Joiner,
    /// Keeps letters apart; ordinary in Persian and in Indic scripts.
    NonJoiner,
    /// Asks for the colourful picture of the character before it.
    EmojiStyle,
    /// A skin tone, 1 to 5.
    Tone(u8),
    /// An invisible copy of a printable ASCII character, or the end of a run of them.
    Tag(Option<char>),
    /// One of the other 255 variation selectors.
    Variation,
    /// Anything else that must not pass, or that would take no column of its own.
    Odd,
}

/// Looks at one character. The tables are those of Unicode 17: format characters, default ignorables, fillers.
pub(super) fn look(c: char) -> Look {
    match c {
        ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' => Look::Plain,
        '\u{300}'..='\u{34e}' | '\u{350}'..='\u{36f}' => Look::Hangs,
        '\n' => Look::Newline,
        '\r' => Look::Return,
        '\t' => Look::Tab,
        '\u{200d}' => Look::Joiner,
        '\u{200c}' => Look::NonJoiner,
        '\u{fe0f}' => Look::EmojiStyle,
        '\u{1f3fb}'..='\u{1f3ff}' => Look::Tone((c as u32 - 0x1f3fa) as u8),
        '\u{e0020}'..='\u{e007e}' => Look::Tag(char::from_u32(c as u32 - 0xe0000)),
        '\u{e007f}' => Look::Tag(None),
        '\u{fe00}'..='\u{fe0e}' | '\u{e0100}'..='\u{e01ef}' => Look::Variation,
        '\u{370}'..='\u{377}'
        | '\u{400}'..='\u{482}'
        | '\u{48a}'..='\u{52f}'
        | '\u{1100}'..='\u{115e}'
        | '\u{3041}'..='\u{3096}'
        | '\u{1f400}'..='\u{1f64f}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => Look::Plain,
        _ if is_odd(c) || is_newer(c) => Look::Odd,
        _ if cluster::is_vowel(c) || cluster::is_final(c) => Look::Jamo,
        '\u{ff9e}' | '\u{ff9f}' => Look::SoundMark,
        '\u{e33}' | '\u{eb3}' => Look::Hangs,
        _ if is_combining_mark(c) => Look::Hangs,
        // No column and no base: letters that only ever stand before another, and what is not assigned yet.
        // Three columns: a Khmer sign that no terminal draws that wide.
        _ if !matches!(c.width(), Some(1 | 2)) => Look::Odd,
        _ => Look::Plain,
    }
}

/// Controls, format characters, default ignorables, fillers, private use and noncharacters.
fn is_odd(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}'
        | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{2800}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1345f}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{10ffff}')
        || c as u32 & 0xfffe == 0xfffe
}

/// Combining marks that Unicode took in after the cluster rules in use here were written: they would hang on nothing.
fn is_newer(c: char) -> bool {
    matches!(c, '\u{5c8}'..='\u{5c9}' | '\u{b53}'..='\u{b54}' | '\u{1ade}'..='\u{1adf}' | '\u{1aec}'..='\u{1af0}'
        | '\u{10ecb}'..='\u{10ecf}' | '\u{10ef0}'..='\u{10ef9}' | '\u{11df0}' | '\u{1d127}'..='\u{1d128}'
        | '\u{1d250}'..='\u{1d281}')
}

/// Whether a character hangs on the one before it and is lost without it.
pub(super) fn hangs(c: char) -> bool {
    matches!(look(c), Look::Hangs | Look::Jamo)
}

/// Whether a character is nothing to compare by: what hides between letters.
pub(super) fn is_hidden(c: char) -> bool {
    let look = look(c);
    (look == Look::Odd && !c.is_whitespace() && !matches!(c, '\u{2028}' | '\u{2029}'))
        || matches!(
            look,
            Look::Joiner | Look::NonJoiner | Look::EmojiStyle | Look::Tone(_) | Look::Tag(_) | Look::Variation
        )
}

/// Writes the mark that stands for `c`.
pub(super) fn mark(c: char, out: &mut String) {
    if let Some(picture) = picture(c) {
        out.push(picture);
        return;
    }
    out.push('⟨');
    match name(c) {
        Some(name) => out.push_str(name),
        None => code(c, out),
    }
    out.push('⟩');
}

/// A number that belongs to the mark before it: `⟨×40⟩`, `⟨+12⟩`.
pub(super) fn count(sign: char, n: usize, out: &mut String) {
    out.push('⟨');
    out.push(sign);
    out.push_str(&n.to_string());
    out.push('⟩');
}

fn picture(c: char) -> Option<char> {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32),
        '\u{7f}' => Some('␡'),
        '\u{2800}' => Some('␢'),
        _ => None,
    }
}

fn code(c: char, out: &mut String) {
    out.push_str("U+");
    out.push_str(&format!("{:04X}", c as u32));
}

fn name(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{85}' => "NEL",
        '\u{90}' => "DCS",
        '\u{98}' => "SOS",
        '\u{9b}' => "CSI",
        '\u{9c}' => "ST",
        '\u{9d}' => "OSC",
        '\u{9e}' => "PM",
        '\u{9f}' => "APC",
        '\u{ad}' => "SHY",
        '\u{34f}' => "CGJ",
        '\u{61c}' => "ALM",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => "HF",
        '\u{180e}' => "MVS",
        '\u{200b}' => "ZWSP",
        '\u{200c}' => "ZWNJ",
        '\u{200d}' => "ZWJ",
        '\u{200e}' => "LRM",
        '\u{200f}' => "RLM",
        '\u{2028}' => "LS",
        '\u{2029}' => "PS",
        '\u{202a}' => "LRE",
        '\u{202b}' => "RLE",
        '\u{202c}' => "PDF",
        '\u{202d}' => "LRO",
        '\u{202e}' => "RLO",
        '\u{2060}' => "WJ",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        '\u{fe0f}' => "VS16",
        '\u{feff}' => "BOM",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_is_made_of_plain_characters_one_column_wide() {
        for c in (0..=0x10ffff).filter_map(char::from_u32).filter(|&c| look(c) == Look::Odd) {
            let mut out = String::new();
            mark(c, &mut out);
            assert!(out.chars().all(|m| look(m) == Look::Plain && m.width() == Some(1)), "{:04X}: {out}", c as u32);
        }
    }

    #[test]
    fn nothing_without_width_counts_as_plain() {
        for c in (0..=0x10ffff).filter_map(char::from_u32).filter(|&c| look(c) == Look::Plain) {
            assert!(c.width().is_some_and(|w| w > 0), "{:04X}", c as u32);
        }
    }
}
