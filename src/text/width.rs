//! How many columns text takes, counted the way the screen library counts it.
//!
//! The sum goes over grapheme clusters: asking for the width of the whole string gives less for Arabic, where
//! two letters may be drawn as one, and a line measured that way would run over its end.

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of a text. Line breaks count nothing.
pub fn of(text: &str) -> usize {
    graphemes(text).map(|(_, _, columns)| columns).sum()
}

/// Columns of one grapheme cluster.
pub fn grapheme(cluster: &str) -> usize {
    match cluster.as_bytes() {
        [b] => usize::from((0x20..0x7f).contains(b)),
        _ if cluster.starts_with('\r') => 0,
        _ => cluster.width(),
    }
}

/// Columns of a character by itself, which together are never less than those of the cluster that they form.
pub(super) fn letter(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// The grapheme clusters of a text: where each begins, the cluster, its columns. What certainly stands alone is not
/// looked up in the tables, which is most of most texts.
pub fn graphemes(text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    let mut rest = text.chars();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let left = rest.as_str();
        let first = rest.next()?;
        if let Some(columns) = alone(first)
            && rest.clone().next().is_none_or(|next| next == '\n' || alone(next).is_some())
        {
            at += first.len_utf8();
            return Some((start, &text[start..at], columns));
        }
        let cluster = left.graphemes(true).next().expect("there is at least one character left");
        rest = left[cluster.len()..].chars();
        at += cluster.len();
        Some((start, cluster, grapheme(cluster)))
    })
}

/// Columns of a character that joins with nothing of its kind. Only what is frequent is listed.
fn alone(c: char) -> Option<usize> {
    match c {
        ' '..='~' | '\u{a1}'..='\u{a8}' | '\u{aa}'..='\u{ac}' | '\u{af}'..='\u{2ff}' | '\u{400}'..='\u{482}' => Some(1),
        '⟨' | '⟩' | '‿' | '…' | '\u{2400}'..='\u{2426}' => Some(1),
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' => Some(2),
        _ => None,
    }
}

/// At most `columns` columns of the first line of a text, ending in `…` where something was cut off.
pub fn fit(text: &str, columns: usize) -> Cow<'_, str> {
    let (mut used, mut keep) = (0, 0);
    for (start, cluster, wide) in graphemes(text) {
        if used + wide > columns || cluster == "\n" {
            return match columns {
                0 => Cow::Borrowed(""),
                _ => Cow::Owned(format!("{}…", &text[..keep])),
            };
        }
        used += wide;
        if used < columns {
            keep = start + cluster.len();
        }
    }
    Cow::Borrowed(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_cells() {
        for (text, columns) in
            [("", 0), ("abc", 3), ("日本", 4), ("é", 1), ("e\u{301}", 1), ("👍", 2), ("🇫🇷", 2), ("a\nb", 2)]
        {
            assert_eq!(of(text), columns, "{text}");
        }
    }

    #[test]
    fn what_stands_alone_is_as_wide_as_the_tables_say() {
        for c in (0..=0x10ffff).filter_map(char::from_u32) {
            if let Some(columns) = alone(c) {
                assert_eq!(grapheme(&c.to_string()), columns, "U+{:04X}", c as u32);
                assert_eq!(format!("a{c}a").graphemes(true).count(), 3, "U+{:04X}", c as u32);
            }
        }
    }

    #[test]
    fn arabic_letters_drawn_as_one_still_take_two_cells() {
        assert_eq!(of("لا"), 2);
    }

    #[test]
    fn cuts_with_an_ellipsis_and_never_through_a_wide_character() {
        for (text, columns, cut) in [
            ("abcdef", 6, "abcdef"),
            ("abcdef", 5, "abcd…"),
            ("日本語", 4, "日…"),
            ("日本語", 5, "日本…"),
            ("ab", 1, "…"),
            ("ab", 0, ""),
            ("a\nb", 9, "a…"),
        ] {
            assert_eq!(fit(text, columns), cut);
            assert!(of(&fit(text, columns)) <= columns);
        }
    }
}
