use super::*;
use crate::text::{Untrusted, scrub, width};
use proptest::prelude::*;

fn hits<'t>(terms: &[&str], text: &'t Untrusted) -> (SafeText<'t>, Vec<Hit>) {
    let safe = scrub::block(text);
    let hits = Terms::new(terms).expect("a short list").hits(&safe);
    (safe, hits)
}

fn matched(terms: &[&str], text: &str) -> Vec<String> {
    let text = Untrusted::from(text);
    let (safe, hits) = hits(terms, &text);
    hits.iter().map(|hit| safe.as_str()[hit.range.clone()].to_owned()).collect()
}

fn masked(terms: &[&str], text: &str, mask: Mask) -> String {
    let text = Untrusted::from(text);
    let (safe, hits) = hits(terms, &text);
    Shown::masked(&safe, &hits, mask).text().to_string()
}

#[test]
fn terms_are_found_however_they_are_written() {
    for (term, text, found) in [
        ("connard", "Quel CONNARD !", "CONNARD"),
        ("connard", "c\u{200b}o\u{ad}nnard", "c⟨ZWSP⟩o⟨SHY⟩nnard"),
        ("connard", "соnnаrd", "соnnаrd"),
        ("connard", "c0nn4rd", "c0nn4rd"),
        ("connard", "ｃｏｎｎａｒｄ", "ｃｏｎｎａｒｄ"),
        ("enculé", "ENCULE\u{301}S enculé", "enculé"),
        ("encule*", "enculés", "encule\u{301}s".split('\u{301}').next().expect("a first part")),
        ("fils de pute", "fils\n de  PUTE", "fils\n de  PUTE"),
        ("z", "z\u{336}\u{335}", "z\u{336}\u{335}"),
        ("バカ", "このバカが", "バカ"),
        ("evil.com", "http://evil.com/x", "evil[.]com"),
        ("https", "https://evil.com", "hxxps"),
    ] {
        let all = matched(&[term], text);
        let whole =
            all.len() == 1 && (all[0] == found || crate::text::fold::fold(&all[0]) == crate::text::fold::fold(found));
        assert!(whole, "{term} in {text}: {all:?}");
    }
}

#[test]
fn a_term_is_a_whole_word_unless_it_says_otherwise() {
    assert!(matched(&["con"], "concert, balcon, icône").is_empty());
    assert_eq!(matched(&["con*"], "concert, balcon"), ["con"]);
    assert_eq!(matched(&["*con"], "concert, balcon"), ["con"]);
    assert_eq!(matched(&["con"], "Con. (con) con-con"), ["Con", "con", "con", "con"]);
    assert_eq!(matched(&["sale", "sale con", "con"], "sale con, con"), ["sale con", "con"]);
    assert!(matched(&["", "*", "\u{200b}"], "anything * at all").is_empty());
}

#[test]
fn a_longer_term_that_is_no_whole_word_does_not_hide_a_shorter_one() {
    assert_eq!(matched(&["ass", "ass ho"], "ass hole"), ["ass"]);
}

#[test]
fn raw_text_tells_which_terms_it_has() {
    let terms = Terms::new(["spam", "ham", "eggs"]).expect("a short list");
    assert_eq!(terms.in_raw(&Untrusted::from("EGGS and sp\u{200b}am, eggs")), [0, 2]);
}

#[test]
fn level_one_shows_the_first_letter_and_not_the_length() {
    assert_eq!(
        masked(&["connard", "pays"], "T'es un connard, retourne dans ton pays.", Mask::Words),
        "T'es un c····, retourne dans ton p····."
    );
    assert_eq!(masked(&["con*"], "des connasseries", Mask::Words), "des c····");
    assert_eq!(masked(&["fils de pute"], "fils de\npute!", Mask::Words), "f···· d····\np····!");
    assert_eq!(masked(&["馬鹿"], "この馬鹿が", Mask::Words), "この····が");
    assert_eq!(masked(&["🖕"], "🖕 you", Mask::Words), "···· you");
}

#[test]
fn level_two_covers_sentences_with_a_match_else_every_word() {
    let text = "Bonjour à tous. Quel connard ce type ! On verra.\nEncore un connard";
    let covered = "Bonjour à tous. ···· ···· ···· ···· ! On verra.\n···· ···· ····";
    assert_eq!(masked(&["connard"], text, Mask::Sentences), covered);
    assert_eq!(masked(&["absent"], "Un deux. Trois ?\nQuatre", Mask::Sentences), "···· ····. ···· ?\n····");
    let long = "mot ".repeat(500);
    assert_eq!(masked(&[], &long, Mask::Sentences), format!("{} ⟨+488⟩ ", ["····"; 12].join(" ")));
}

#[test]
fn masked_words_are_counted() {
    let text = Untrusted::from("un connard et un con");
    let (safe, hits) = hits(&["con", "connard"], &text);
    assert_eq!(Shown::masked(&safe, &hits, Mask::Words).masked_words(), 2);
}

#[test]
fn what_is_masked_is_not_found() {
    let text = Untrusted::from("un connard, un conte");
    let (safe, hits) = hits(&["connard"], &text);
    let mut shown = Shown::masked(&safe, &hits, Mask::Words);
    assert_eq!((shown.look_for("CON"), shown.look_for("nard"), shown.look_for("")), (1, 0, 0));
    assert!(shown.found().is_empty());
}

#[test]
fn spans_tell_what_each_piece_is() {
    let text = Untrusted::from("un con\u{200b}nard: evil.com \u{7}fin");
    let (safe, hits) = hits(&["connard"], &text);
    let mut shown = Shown::open(safe, &hits);
    shown.look_for("fin");
    let spans: Vec<_> =
        shown.spans(0..shown.text().as_str().len()).into_iter().map(|span| (span.text, span.role)).collect();
    assert_eq!(
        spans,
        [
            ("un ", Role::Plain),
            ("con⟨ZWSP⟩nard", Role::Term),
            (": ", Role::Plain),
            ("evil[.]com", Role::Link),
            (" ", Role::Plain),
            ("␇", Role::Odd),
            ("fin", Role::Found),
        ]
    );
}

fn text() -> impl Strategy<Value = String> {
    "(\\PC|con|connard|Les? |[ .\n!?é\u{301}\u{200b}\u{202e}👍日한]|evil\\.com|http://a\\.fr){0,30}"
}

const TERMS: [&str; 5] = ["con", "connard*", "les con", "日", "evil.com"];

proptest! {
    #[test]
    fn hits_lie_on_characters_and_apart(text in text()) {
        let text = Untrusted::from(text);
        let (safe, hits) = hits(&TERMS, &text);
        let mut end = 0;
        for hit in hits {
            prop_assert!(safe.as_str().get(hit.range.clone()).is_some_and(|hit| !hit.is_empty()));
            prop_assert!(hit.range.start >= end);
            end = hit.range.end;
        }
    }

    #[test]
    fn a_mask_never_shows_what_it_masks(text in text()) {
        let text = Untrusted::from(text);
        let (safe, found) = hits(&TERMS, &text);
        for mask in [Mask::Words, Mask::Sentences] {
            let shown = Shown::masked(&safe, &found, mask);
            let again = Terms::new(TERMS).expect("a short list").hits(shown.text());
            prop_assert!(again.is_empty(), "{:?} in {}", again, shown.text());
        }
    }

    #[test]
    fn spans_are_the_line_and_never_begin_with_a_combining_mark(text in text(), columns in 2usize..30, needle in "[a-z.]{1,2}") {
        let text = Untrusted::from(text);
        let (safe, hits) = hits(&TERMS, &text);
        let mut shown = Shown::open(safe.clone(), &hits);
        shown.look_for(&needle);
        for line in shown.wrap(columns) {
            let spans = shown.spans(line.shown.clone());
            let joined: String = spans.iter().map(|span| span.text).collect();
            prop_assert_eq!(&joined, &safe.as_str()[line.shown.clone()]);
            let drawn: usize = spans.iter().map(|span| width::of(span.text)).sum();
            prop_assert_eq!(drawn, line.columns);
            prop_assert!(spans.iter().all(|span| !span.text.is_empty()));
        }
    }
}
