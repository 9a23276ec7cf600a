//! Which characters make one of several: Korean syllables, emoji, letters that take joiners.

/// Letters that can grow into one cluster without any combining mark: Korean leads, the
/// vowels of Kirat Rai and the few that prefix others.
pub(super) fn may_join(c: char) -> bool {
    is_lead(c)
        || matches!(c, '\u{d4e}' | '\u{111c2}'..='\u{111c3}' | '\u{113d1}' | '\u{16d63}'..='\u{16d6a}' | '\u{1193f}' | '\u{11941}' | '\u{11a3a}'
            | '\u{11a84}'..='\u{11a89}' | '\u{11d46}' | '\u{11f02}')
}

/// Scripts in which U+200C and U+200D belong to the spelling.
pub(super) fn needs_joiners(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{1780}'..='\u{18af}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
}

/// Pictures that U+FE0F and U+200D ordinarily go with. Wider than the real list; both are harmless after a picture.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(c, '#' | '*' | '0'..='9' | '©' | '®' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{21ff}'
        | '\u{2300}'..='\u{23ff}' | '\u{24c2}' | '\u{25a0}'..='\u{27bf}' | '\u{2934}'..='\u{2935}' | '\u{2b00}'..='\u{2bff}'
        | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

/// Whether a vowel or final joins what stands right before it.
pub(super) fn completes(before: char, c: char) -> bool {
    let syllable = matches!(before, '\u{ac00}'..='\u{d7a3}');
    let open = syllable && (before as u32 - 0xac00).is_multiple_of(28);
    if is_vowel(c) {
        is_lead(before) || is_vowel(before) || open
    } else {
        syllable || is_vowel(before) || is_final(before)
    }
}

/// The consonant that begins a Korean syllable; any number of them join.
fn is_lead(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115e}' | '\u{a960}'..='\u{a97c}')
}

/// The vowel of a Korean syllable.
pub(super) fn is_vowel(c: char) -> bool {
    matches!(c, '\u{1161}'..='\u{11a7}' | '\u{d7b0}'..='\u{d7c6}')
}

/// The consonant that ends a Korean syllable.
pub(super) fn is_final(c: char) -> bool {
    matches!(c, '\u{11a8}'..='\u{11ff}' | '\u{d7c7}'..='\u{d7ff}')
}
