//! Personal data in somebody's words: what tells who or where a person is, taken out before words leave the house.
//!
//! What is found is what has a shape: mail addresses, links, handles, account and card numbers, telephone numbers,
//! network addresses, long numbers. A name has none and stays; whoever passes a text on still has to read it.

use regex::{Captures, Regex};
use std::sync::LazyLock;

/// In this order: what is longer and more certain first, so that a number inside a link is a link.
const SHAPES: [(&str, &str); 7] = [
    ("e-mail", r"(?i)[\p{L}\d._%+-]+\s?(?:@|\(at\)|\[at\])\s?[\p{L}\d-]+(?:\.[\p{L}\d-]+)+"),
    ("link", r"(?i)\b(?:h(?:tt|xx)ps?://|www\.)\S+"),
    ("account", r"\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?\b"),
    ("telephone", r"(?:\+|\b00|\b0|\()\(?\d(?:[ .\-/()\u{a0}\u{202f}]{0,2}\d){6,13}\b"),
    ("address", r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4}\b"),
    ("number", r"\b\d(?:[ \-\u{a0}\u{202f}]?\d){7,}\b"),
    ("handle", r"(?:^|[^\p{L}\d_@])(@[\p{L}\d_.]{2,})"),
];

static PATTERNS: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
    SHAPES.iter().map(|(name, shape)| (*name, Regex::new(shape).expect("a test reads every pattern"))).collect()
});

/// The text with everything of such a shape replaced by `[what it was]`.
pub fn masked(text: &str) -> String {
    let mut masked = text.to_owned();
    for (name, pattern) in PATTERNS.iter() {
        let replaced = pattern.replace_all(&masked, |found: &Captures<'_>| {
            let whole = &found[0];
            let before = found.get(1).map_or(0, |part| part.start() - found.get(0).map_or(0, |whole| whole.start()));
            format!("{}[{name}]", &whole[..before])
        });
        if let std::borrow::Cow::Owned(replaced) = replaced {
            masked = replaced;
        }
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_has_the_shape_of_personal_data_is_taken_out() {
        for (said, left) in [
            ("écrivez à jean.dupont@exemple.fr svp", "écrivez à [e-mail] svp"),
            ("jean (at) exemple.fr", "[e-mail]"),
            ("appelez le 06 12 34 56 78 !", "appelez le [telephone] !"),
            ("+33 (0)6.12.34.56.78", "[telephone]"),
            ("IBAN FR76 3000 6000 0112 3456 7890 189", "IBAN [account]"),
            ("vu sur https://x.example/a?b=1 hier", "vu sur [link] hier"),
            ("merci @paul_m et @claire", "merci [handle] et [handle]"),
            ("dossier 4711000815", "dossier [number]"),
            ("depuis 192.168.1.20", "depuis [address]"),
        ] {
            assert_eq!(masked(said), left);
        }
    }

    #[test]
    fn what_a_client_wants_to_know_stays() {
        for said in ["attendre 3 semaines, 120 € de trop", "le 12 novembre 2026 à 14:05", "n° 4711", "50 % moins cher"]
        {
            assert_eq!(masked(said), said);
        }
    }

    proptest! {
        #[test]
        fn masking_twice_changes_nothing_more(text in "\\PC{0,60}") {
            let once = masked(&text);
            prop_assert_eq!(masked(&once), once);
        }
    }
}
