//! Copying through the terminal, which reaches the clipboard of the machine the moderator sits at.

use crate::text::base64;

/// The longest text that is copied, in bytes: terminals cut or refuse more, and ids and links are shorter.
const LIMIT: usize = 8192;

/// The bytes that put `text` on the clipboard (OSC 52). The caller gives scrubbed text: what is pasted elsewhere must
/// not carry control characters either, so those are left out here once more. None when the text is too long.
pub fn osc52(text: &str) -> Option<Vec<u8>> {
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    if clean.len() > LIMIT {
        return None;
    }
    // BEL ends it: the string terminator is mangled by more programs in between.
    Some(format!("\x1b]52;c;{}\x07", base64(clean.as_bytes())).into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_encoded_as_the_standard_has_it() {
        for (text, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("é\x1b\n", "w6k=")] {
            assert_eq!(osc52(text), Some(format!("\x1b]52;c;{coded}\x07").into_bytes()), "{text:?}");
        }
        assert_eq!(osc52(&"x".repeat(8193)), None);
    }
}
