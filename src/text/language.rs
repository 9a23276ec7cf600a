//! Which language a text is probably written in.
//!
//! A guess routes to people who read it and never decides anything; below twenty letters there is none, because it
//! would be wrong as often as right. What the platform says about an item wins over it.

use whatlang::{Detector, Lang};

/// Letters below which nothing is guessed.
const FEWEST_LETTERS: usize = 20;
/// Bytes that are looked at: more does not make it surer, only slower.
const LOOKED_AT: usize = 4096;

/// A guess and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guess {
    /// BCP 47, two letters where there are two.
    pub tag: &'static str,
    /// 0 to 1.
    pub confidence: f64,
    /// Whether it is sure enough to be acted upon without being shown as a guess.
    pub reliable: bool,
}

/// Guesses the language of raw text (title and text together where there are both). Links, mentions and topics say
/// nothing about it and are left out.
pub fn guess(raw: &str) -> Option<Guess> {
    let cut = (0..=raw.len().min(LOOKED_AT)).rev().find(|&i| raw.is_char_boundary(i)).unwrap_or(0);
    let words = raw[..cut]
        .split_whitespace()
        .filter(|word| !word.starts_with(['@', '#']) && !word.contains("://") && !word.contains("www."));
    let text = words.collect::<Vec<_>>().join(" ");
    if text.chars().filter(|c| c.is_alphabetic()).take(FEWEST_LETTERS).count() < FEWEST_LETTERS {
        return None;
    }
    let info = Detector::with_denylist(impossible(&text)).detect(&text)?;
    Some(Guess { tag: tag(info.lang()), confidence: info.confidence(), reliable: info.is_reliable() })
}

/// Cyrillic languages that do not write a letter which the text has; by frequencies alone they are often confused.
fn impossible(text: &str) -> Vec<Lang> {
    let foreign = [
        (Lang::Rus, "іїєґўјљњћђџѓќѕ"),
        (Lang::Ukr, "ыэёъўјљњћђџѓќѕ"),
        (Lang::Bel, "иїєґщъјљњћђџѓќѕ"),
        (Lang::Bul, "ыэёіїєґўјљњћђџѓќѕ"),
        (Lang::Srp, "ыэёъьщяюйіїєґўѓќѕ"),
        (Lang::Mkd, "ыэёъьщяюйіїєґўћђ"),
    ];
    let mut lacking: Vec<_> = foreign
        .into_iter()
        .filter(|(_, letters)| text.contains(|c| letters.contains(c)))
        .map(|(lang, _)| lang)
        .collect();
    // One Bulgarian letter in fifty is this one; without it the text is rather Russian.
    if !text.contains(['ъ', 'Ъ']) {
        lacking.push(Lang::Bul);
    }
    lacking
}

/// Whether two tags name the same language, whatever the region or script: `fr-CA` and `fr`.
pub fn same(one: &str, other: &str) -> bool {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    primary(one) == primary(other)
}

fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_languages_are_told_apart() {
        for (text, tag) in [
            ("Ça fait trois semaines que j'attends mon expert après la tempête, personne ne répond", "fr"),
            ("I have been waiting for three weeks now and nobody answers the telephone", "en"),
            ("Ich warte seit drei Wochen und niemand geht ans Telefon, was soll das denn", "de"),
            ("Я жду уже три недели, и никто не отвечает на телефон", "ru"),
            ("これはとても長い日本語の文章です。だれも電話に出ません", "ja"),
            ("لقد انتظرت ثلاثة أسابيع ولا أحد يجيب على الهاتف", "ar"),
        ] {
            assert_eq!(guess(text).map(|guess| guess.tag), Some(tag), "{text}");
        }
    }

    #[test]
    fn short_or_wordless_text_has_no_language() {
        for text in [
            "",
            "ok",
            "merci beaucoup",
            "12345 67890 12345 67890 !!!",
            "@somebody_with_a_long_name https://example.com/a/long/path",
        ] {
            assert_eq!(guess(text), None, "{text}");
        }
    }

    #[test]
    fn a_region_does_not_make_another_language() {
        assert!(same("fr-CA", "fr") && same("PT_br", "pt") && !same("fr", "frr"));
    }
}
