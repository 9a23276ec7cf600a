//! What no message may say: covering and blurring are a choice of what to look at, and there is no evidence that they
//! protect anybody's health. And warnings are neutral and short.

use super::*;

/// Roots of words about covering, and about what they must not be said to do, in both languages.
const COVERS: &[&str] = &["mask", "masqu", "blur", "flou", "grey", "gris", "cover", "couv", "curtain", "rideau"];
const CLAIMS: &[&str] = &[
    "protect",
    "protèg",
    "protég",
    "health",
    "santé",
    "safe",
    "sûr",
    "harm",
    "nuis",
    "trauma",
    "stress",
    "bien-être",
    "wellbeing",
    "préserv",
    "prevent",
    "prévien",
    "spare",
    "épargn",
    "relie",
    "soulag",
    "résilien",
];

#[test]
fn no_text_claims_that_masking_protects() {
    for lang in Lang::ALL {
        for (id, text) in all_texts(lang) {
            let lower = text.to_lowercase();
            let about_covering = id.starts_with("masking-") || COVERS.iter().any(|root| lower.contains(root));
            let claim = CLAIMS.iter().find(|root| lower.contains(*root));
            assert!(!about_covering || claim.is_none(), "{id} in {lang} claims {claim:?}: «{text}»");
        }
    }
}

#[test]
fn warnings_about_what_is_on_screen_are_neutral_and_short() {
    for lang in Lang::ALL {
        for (id, text) in all_texts(lang) {
            if ["masking-", "severity-", "break-", "curtain-", "guard-"].iter().any(|topic| id.starts_with(topic)) {
                assert!(!text.contains('!'), "{id} in {lang} shouts: «{text}»");
                assert!(text.chars().count() <= 140, "{id} in {lang} is long: «{text}»");
            }
        }
    }
}

#[test]
fn the_break_screen_has_no_figures_of_the_queue() {
    for lang in Lang::ALL {
        for Message { id, variables, .. } in all(lang) {
            let known = ["n", "time", "key", "keys", "contacts"];
            let odd = variables.iter().find(|name| !known.contains(&name.as_str()));
            assert!(!id.starts_with("break-") || odd.is_none(), "{id} in {lang} has {odd:?}");
        }
    }
}
