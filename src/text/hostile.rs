//! Hostile samples, and what holds for whatever goes in.

use super::odd::{Look, look};
use super::{Untrusted, scrub, width, wrap};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

fn block(text: &str) -> String {
    scrub::block(&Untrusted::from(text)).to_string()
}

/// Checks what the screen relies on, for a text that was shown.
fn is_safe(shown: &str, lines: bool) {
    for c in shown.chars() {
        let fine = match look(c) {
            Look::Plain | Look::Hangs | Look::Jamo => true,
            Look::Newline => lines,
            _ => false,
        };
        assert!(fine, "U+{:04X} came out in {shown:?}", c as u32);
    }
    for cluster in shown.graphemes(true) {
        // The vowels of Kirat Rai are the one script whose tables have it otherwise.
        if cluster != "\n" && !cluster.contains(|c| ('\u{16d63}'..='\u{16d6a}').contains(&c)) {
            let letters: usize = cluster.chars().map(width::letter).sum();
            assert_eq!(width::grapheme(cluster), letters, "terminals dispute {cluster:?} in {shown:?}");
        }
        assert!(cluster == "\n" || width::grapheme(cluster) > 0, "{cluster:?} takes no column in {shown:?}");
        assert!(cluster.chars().count() <= 64 && width::grapheme(cluster) <= 64, "{cluster:?} is too long");
    }
}

#[test]
fn tricks_become_visible() {
    for (trick, shown) in [
        // Escape sequences: clipboard, title, device control, colours, bell, C1 forms.
        ("\u{1b}]52;c;aGk=\u{7}", "␛]52;c;aGk=␇"),
        ("\u{1b}]0;root\u{1b}\\", "␛]0;root␛\\"),
        ("\u{1b}P+q544e\u{1b}\\", "␛P+q544e␛\\"),
        ("\u{1b}[2J\u{1b}[31mred", "␛[2J␛[31mred"),
        ("\u{9b}31m \u{90}q \u{9d}0; \u{9c}", "⟨CSI⟩31m ⟨DCS⟩q ⟨OSC⟩0; ⟨ST⟩"),
        ("\u{85}\u{9f}\u{94}", "⟨NEL⟩⟨APC⟩⟨U+0094⟩"),
        ("\u{7}\u{7}\u{7}\u{7}", "␇⟨×4⟩"),
        ("a\u{8}b\u{7f}\0", "a␈b␡␀"),
        // Writing over a line, and line structure.
        ("safe\rfake", "safe␍fake"),
        ("a\r\nb\n\nc", "a\nb\n\nc"),
        ("a\tb", "a    b"),
        ("a\u{2028}b\u{2029}c\u{b}d\u{c}e", "a⟨LS⟩b⟨PS⟩c␋d␌e"),
        // Direction.
        ("invoice\u{202e}fdp.exe", "invoice⟨RLO⟩fdp.exe"),
        (
            "\u{202a}\u{202b}\u{202c}\u{202d}\u{2066}\u{2067}\u{2068}\u{2069}",
            "⟨LRE⟩⟨RLE⟩⟨PDF⟩⟨LRO⟩⟨LRI⟩⟨RLI⟩⟨FSI⟩⟨PDI⟩",
        ),
        ("a\u{200e}b\u{200f}c\u{61c}", "a⟨LRM⟩b⟨RLM⟩c⟨ALM⟩"),
        // What hides.
        ("f\u{200b}r\u{ad}e\u{2060}e\u{feff}", "f⟨ZWSP⟩r⟨SHY⟩e⟨WJ⟩e⟨BOM⟩"),
        ("a\u{200c}b\u{200d}c", "a⟨ZWNJ⟩b⟨ZWJ⟩c"),
        ("\u{3164}\u{115f}\u{ffa0}\u{2800}\u{34f}", "⟨HF⟩⟨HF⟩⟨HF⟩␢⟨CGJ⟩"),
        ("x\u{e0068}\u{e0069}\u{e007f}", "x⟨tags hi⟩"),
        ("x\u{fe00}\u{e0100}\u{e0101}y\u{fe0f}", "x⟨VS⟩⟨×3⟩y⟨VS16⟩"),
        ("\u{e000}\u{fffe}\u{10ffff}", "⟨U+E000⟩⟨U+FFFE⟩⟨U+10FFFF⟩"),
        // Stacks.
        ("e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}x", "e\u{301}\u{302}\u{303}\u{304}⟨+2⟩x"),
        ("\u{301}a", "◌\u{301}a"),
        ("\u{202e}\u{301}", "⟨RLO⟩◌\u{301}"),
        // Lone surrogates cannot exist in Rust text; what replaces them is shown.
        (&String::from_utf8_lossy(b"a\xed\xa0\x80b"), "a\u{fffd}\u{fffd}\u{fffd}b"),
    ] {
        assert_eq!(block(trick), shown, "{trick:?}");
    }
}

#[test]
fn ordinary_writing_stays_as_it_is() {
    for text in [
        "plain ASCII, 100 %",
        "Ça fait 3 semaines que j'attends « mon » expert…",
        "Привет, как дела?",
        "日本語のテキスト、です。",
        "한국어 문장",
        "ｶタカナ",
        "שָׁלוֹם",
        "مَرْحَبًا",
        "नमस्ते क्षत्रिय",
        "ภาษาไทย ก็ดี น้ำ",
        "e\u{301}te\u{301}",
        "👍 🔥 🇫🇷 1\u{20e3}",
    ] {
        assert_eq!(block(text), text);
    }
}

#[test]
fn emoji_are_shown_in_parts_whose_width_no_terminal_disputes() {
    for (text, shown) in [
        ("❤\u{fe0f}", "❤"),
        ("1\u{fe0f}\u{20e3}", "1\u{20e3}"),
        ("👍🏽", "👍⟨tone 3⟩"),
        ("👩\u{200d}👧", "👩‿👧"),
        ("❤\u{fe0f}\u{200d}🔥", "❤‿🔥"),
        ("👩🏾\u{200d}🚀", "👩⟨tone 4⟩‿🚀"),
        ("🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", "🏴⟨tags gbeng⟩"),
    ] {
        assert_eq!(block(text), shown);
    }
}

#[test]
fn joiners_that_belong_to_the_spelling_take_one_column() {
    assert_eq!(block("می\u{200c}خواهم"), "می¦خواهم");
    assert_eq!(block("क्\u{200d}ष"), "क्¦ष");
}

#[test]
fn a_name_stays_on_its_line() {
    let name = Untrusted::from("Bob\nadmin\r\nroot\tx");
    assert_eq!(scrub::line(&name).as_str(), "Bob␊admin␊root x");
}

#[test]
fn blank_lines_cannot_push_the_rest_away() {
    let text = format!("a{}b", "\n".repeat(5000));
    assert_eq!(block(&text), format!("a{}␊⟨×4992⟩\nb", "\n".repeat(8)));
}

#[test]
fn a_log_line_is_short_and_says_how_long_the_text_was() {
    assert_eq!(scrub::log("no such file: a\u{1b}[2Jb"), "no such file: a␛[2Jb");
    let long = scrub::log(&"x".repeat(100_000));
    assert!(width::of(&long) < 220 && long.ends_with("… (100000 B)"), "{long}");
}

#[test]
fn what_needs_no_change_is_not_copied() {
    for text in ["plain", "Élève\nde 3ᵉ", "日本語"] {
        let text = Untrusted::from(text);
        assert!(matches!(scrub::block(&text).text, std::borrow::Cow::Borrowed(_)));
    }
}

#[test]
fn the_scrub_tells_what_it_did() {
    let text = Untrusted::from("a\u{301}\u{301}\u{301}\u{301}\u{301}❤\u{fe0f}\u{202e}");
    let safe = scrub::block(&text);
    let told = safe.told();
    assert_eq!((told.capped, told.emoji_style, told.marked), (1, 1, 1));
    let marks: Vec<_> = safe.odd().iter().map(|r| &safe.as_str()[r.clone()]).collect();
    assert_eq!(marks, ["⟨+1⟩", "⟨RLO⟩"]);
}

#[test]
fn every_character_alone_and_between_letters_comes_out_safe() {
    // The planes above are Chinese characters and private use, alike throughout.
    let all = (0..0x20000).chain(0xe0000..0xe0200).chain((0x20000..=0x10ffff).step_by(97));
    for c in all.filter_map(char::from_u32) {
        for text in [c.to_string(), format!("a{c}b"), format!("한{c}{c}👍{c}1")] {
            let text = Untrusted::from(text);
            is_safe(scrub::block(&text).as_str(), true);
        }
    }
}

#[test]
fn a_megabyte_of_one_cluster_fits_the_screen() {
    for piece in [
        "\u{301}",
        "\u{1100}",
        "\u{915}\u{94d}",
        "👩\u{200d}",
        "\u{e0061}",
        "\u{d4e}",
        "\u{fe0f}",
        "\u{200b}",
        "\u{e33}",
        "🏽",
    ] {
        let text = Untrusted::from(format!("a{}", piece.repeat((1 << 20) / piece.len())));
        let safe = scrub::block(&text);
        is_safe(safe.as_str(), true);
        for line in wrap::wrap(safe.as_str(), 78) {
            assert!(line.columns <= 78);
        }
    }
}

fn hostile() -> impl Strategy<Value = String> {
    let tricks = proptest::sample::select(
        "\u{1b}\u{7}\n\r\t\u{9b}\u{202e}\u{2066}\u{61c}\u{200d}\u{200c}\u{200b}\u{fe0f}\u{fe00}\u{301}\u{94d}\u{915}\u{1100}\u{1161}\u{11a8}가\u{e0041}\u{1f3fd}👍❤🇫1\u{20e3}\u{d4e}\u{e33}\u{ff9e}\u{3164}\u{2028} a⟨日"
            .chars()
            .collect::<Vec<_>>(),
    );
    proptest::collection::vec(prop_oneof![3 => tricks, 1 => any::<char>()], 0..60).prop_map(|v| v.into_iter().collect())
}

proptest! {
    #[test]
    fn nothing_hostile_comes_out(text in hostile()) {
        let text = Untrusted::from(text);
        let safe = scrub::block(&text);
        is_safe(safe.as_str(), true);
        is_safe(scrub::line(&text).as_str(), false);
        is_safe(&scrub::log(text.raw()), false);
        for range in safe.odd() {
            prop_assert!(safe.as_str().get(range.clone()).is_some());
        }
    }

    #[test]
    fn what_is_not_marked_is_what_was_written(text in hostile()) {
        let raw = Untrusted::from(text.as_str());
        let safe = scrub::block(&raw);
        let mut rest = text.chars();
        let odd = safe.odd();
        for (i, c) in safe.as_str().char_indices() {
            if matches!(c, ' ' | '゛' | '゜') || odd.iter().any(|r| r.contains(&i)) || (c == '\n' && i > 0 && odd.iter().any(|r| r.end == i)) {
                continue;
            }
            prop_assert!(rest.any(|r| r == c), "{:?} is not in {:?}", c, text);
        }
    }

    #[test]
    fn the_screen_counts_the_same_columns(text in hostile()) {
        let text = Untrusted::from(text);
        let safe = scrub::line(&text);
        let columns = width::of(safe.as_str());
        let mut screen = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, 4000, 1));
        let (end, _) = screen.set_stringn(0, 0, safe.as_str(), 4000, ratatui::style::Style::new());
        prop_assert_eq!(columns, usize::from(end));
    }

    #[test]
    fn shown_text_fits_any_width(text in hostile(), columns in 2usize..40) {
        let text = Untrusted::from(text);
        let safe = scrub::block(&text);
        for line in wrap::wrap(safe.as_str(), columns) {
            prop_assert!(width::of(&safe.as_str()[line.shown]) <= columns);
        }
        prop_assert!(width::of(&safe.fit(columns)) <= columns);
    }
}
