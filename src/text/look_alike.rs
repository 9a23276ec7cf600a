//! Letters that look like others, told by what they look like.
//!
//! Only shapes that people really use to hide a word, and only where capital and small letter lead to the same place,
//! so that folding stays blind to case. Both the searched text and what is searched for go through it.

/// The plain small letters that a letter passes for, after case, width and diacritics are gone.
pub(super) fn look_alike(c: char) -> Option<&'static str> {
    Some(match c {
        // Latin with a stroke or tail, which no decomposition takes off; ligatures; small capitals.
        'ß' => "ss",
        'æ' | 'ᴁ' => "ae",
        'œ' | 'ɶ' => "oe",
        'ø' | 'ɵ' | 'ᴏ' => "o",
        'ł' | 'ƚ' | 'ɫ' | 'ʟ' => "l",
        'đ' | 'ð' | 'ɖ' | 'ɗ' | 'ᴅ' => "d",
        'ħ' | 'ʜ' => "h",
        'ŧ' | 'ʈ' | 'ᴛ' => "t",
        'ƀ' | 'ɓ' | 'ʙ' => "b",
        'ƈ' | 'ᴄ' => "c",
        'ɛ' | 'ǝ' | 'ə' | 'ᴇ' => "e",
        'ƒ' | 'ꜰ' => "f",
        'ɡ' | 'ɠ' | 'ɢ' | 'ǥ' => "g",
        'ı' | 'ɩ' | 'ɪ' | 'ɨ' => "i",
        'ȷ' | 'ɉ' | 'ᴊ' => "j",
        'ƙ' | 'ᴋ' => "k",
        'ᴍ' | 'ɱ' => "m",
        'ɲ' | 'ŋ' | 'ɴ' | 'ƞ' => "n",
        'ƥ' | 'ᴘ' => "p",
        'ɋ' | 'ʠ' => "q",
        'ʀ' | 'ɍ' | 'ɾ' => "r",
        'ʂ' | 'ꜱ' => "s",
        'ʉ' | 'ᴜ' => "u",
        'ʋ' | 'ᴠ' => "v",
        'ᴡ' | 'ɯ' => "w",
        'ƴ' | 'ʏ' | 'ɏ' => "y",
        'ƶ' | 'ʐ' | 'ᴢ' => "z",
        'ɑ' | 'ᴀ' | 'ɐ' => "a",
        // Cyrillic.
        'а' => "a",
        'в' | 'ь' => "b",
        'с' => "c",
        'ԁ' => "d",
        'е' | 'є' => "e",
        'ԍ' => "g",
        'н' | 'һ' => "h",
        'і' | 'ӏ' => "i",
        'ј' => "j",
        'к' => "k",
        'м' => "m",
        'о' => "o",
        'р' => "p",
        'ԛ' => "q",
        'ѕ' => "s",
        'т' => "t",
        'у' | 'ү' => "y",
        'ѵ' => "v",
        'ԝ' => "w",
        'х' => "x",
        // Greek; where capital and small letter look like different ones, the capital decides.
        'α' => "a",
        'β' => "b",
        'ε' => "e",
        'ζ' => "z",
        'η' => "h",
        'ι' => "i",
        'κ' => "k",
        'μ' => "m",
        'ν' => "n",
        'ο' => "o",
        'ρ' => "p",
        'ς' => "σ",
        'τ' => "t",
        'υ' => "y",
        'χ' => "x",
        // Armenian and others.
        'օ' => "o",
        'ս' => "u",
        'հ' => "h",
        'զ' => "q",
        // Punctuation that is typed one way and pasted another.
        '‘' | '’' | 'ʼ' | '`' | '´' | '′' => "'",
        '“' | '”' | '«' | '»' | '„' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '−' => "-",
        _ => return enclosed(c),
    })
}

/// Letters in boxes and circles that Unicode does not take apart, and the letters that flags are made of.
fn enclosed(c: char) -> Option<&'static str> {
    const ALPHABET: &str = "abcdefghijklmnopqrstuvwxyz";
    let first = match c {
        '\u{1f150}'..='\u{1f169}' => 0x1f150,
        '\u{1f170}'..='\u{1f189}' => 0x1f170,
        '\u{1f1e6}'..='\u{1f1ff}' => 0x1f1e6,
        _ => return None,
    };
    let at = (c as u32 - first) as usize;
    ALPHABET.get(at..=at)
}

/// The value of a decimal digit of any script in use.
pub(super) fn digit(c: char) -> Option<char> {
    const ZEROS: &[u32] = &[
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
        0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
        0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x104a0, 0x11066, 0x1e950,
    ];
    let c = c as u32;
    let zero = ZEROS[..ZEROS.partition_point(|&zero| zero <= c)].last()?;
    char::from_digit(c - zero, 10)
}

/// Digits and signs written for letters (`b4st@rd`), letter by letter so that no range moves. `None` where none is.
pub(super) fn letters_for_digits(folded: &str) -> Option<String> {
    let bytes = folded.as_bytes();
    let letter = |i: usize| bytes.get(i).is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80);
    let sign = |i: usize| bytes.get(i).is_some_and(|b| b.is_ascii_digit() || b"@$!".contains(b));
    let mut out: Option<Vec<u8>> = None;
    let mut run = 0;
    while run < bytes.len() {
        let end = (run..bytes.len()).find(|&i| !letter(i) && !sign(i)).unwrap_or(bytes.len());
        if (run..end).any(letter) && (run..end).any(sign) {
            let out = out.get_or_insert_with(|| bytes.to_vec());
            for (i, b) in out.iter_mut().enumerate().take(end).skip(run) {
                let last = i + 1 == end;
                *b = match *b {
                    b'0' => b'o',
                    b'1' => b'i',
                    b'3' => b'e',
                    b'4' => b'a',
                    b'5' => b's',
                    b'7' => b't',
                    b'8' => b'b',
                    b'@' if !last => b'a',
                    b'$' => b's',
                    b'!' if !last => b'i',
                    other => other,
                };
            }
        }
        run = end + 1;
    }
    out.map(|bytes| String::from_utf8(bytes).expect("only ASCII was changed into ASCII"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_any_script_have_their_value() {
        for (c, value) in
            [('٣', Some('3')), ('۹', Some('9')), ('०', Some('0')), ('๕', Some('5')), ('x', None), ('٪', None)]
        {
            assert_eq!(digit(c), value, "{c}");
        }
    }

    #[test]
    fn digits_stand_for_letters_only_among_letters() {
        assert_eq!(letters_for_digits("b4st@rd, c0n!").as_deref(), Some("bastard, con!"));
        assert_eq!(letters_for_digits("1488 and 12:30!"), None);
    }
}
