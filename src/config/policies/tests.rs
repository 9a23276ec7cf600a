use super::*;
use crate::moderation::eu;
use crate::moderation::policy::Policy;
use std::collections::BTreeSet;

fn messages(text: &str) -> Vec<String> {
    check(text).iter().map(ToString::to_string).collect()
}

#[test]
fn the_built_in_file_has_no_mistake() {
    let (file, mistakes) = raw::read(BUILT_IN);
    assert_eq!(mistakes, []);
    let none = Policies { version: String::new(), policies: Vec::new() };
    assert_eq!(check::against(&file, &none, BUILT_IN), []);
    assert_eq!(built_in().version, "built-in 1");
}

#[test]
fn the_built_in_policies_are_whole() {
    let codes: Vec<&str> = built_in().policies.iter().map(|policy| policy.code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "spam",
            "scam",
            "insult",
            "hate",
            "harassment",
            "threat",
            "violence",
            "graphic",
            "sexual",
            "minors",
            "self-harm",
            "misinformation",
            "privacy",
            "illegal-goods",
            "off-topic"
        ]
    );
    let letters: BTreeSet<char> = built_in().policies.iter().map(|policy| policy.letter).collect();
    assert_eq!(letters.len(), codes.len());
    for dangerous in ['a', 'd', 'e', 'o', 'q', 'u', 'z', '/'] {
        assert!(!letters.contains(&dangerous), "{dangerous} decides, opens, undoes or leaves on the desk");
    }
    for Policy { code, title, text, ground, .. } in &built_in().policies {
        for language in ["en", "fr"] {
            assert!(title.contains_key(language) && text.contains_key(language), "{code} in {language}");
            let sentences = text[language].matches(['.', '?']).count();
            assert!((2..=7).contains(&sentences), "{code} in {language}: {sentences} sentences");
            assert!(!text[language].contains('\n'), "{code} wraps by itself");
        }
        let ground = ground.as_ref().expect("every policy has a ground");
        assert!(!ground.keywords.is_empty() && eu::is_category(&ground.category), "{code}");
    }
    let minors = built_in().get("minors").expect("built in");
    assert!(minors.sealed && minors.grave && minors.severity.level() == 4);
}

#[test]
fn french_is_typeset_as_french() {
    for policy in &built_in().policies {
        for text in [&policy.title["fr"], &policy.text["fr"]] {
            for (at, c) in text.char_indices() {
                if ";:?!".contains(c) && !text[..at].ends_with('`') {
                    assert!(text[..at].ends_with([' ', '\u{a0}', '\u{202f}']), "{}: no space before {c}", policy.code);
                }
            }
            assert!(!text.contains('"'), "{}: « » in French", policy.code);
        }
    }
}

#[test]
fn a_client_file_lies_over_and_gives_its_own_version() {
    let text = "version = 14\n[policies.off-topic]\nenabled = false\n[policies.insult]\nseverity = 2\ngrave = true\n\
                text.fr = \"Toute insulte.\"\nterms.fr = [\"zouave\"]\nground.reference = \"charte, 3\"\n\
                [policies.weather-panic]\nletter = \"w\"\ntitle = { en = \"Panic\", fr = \"Panique\" }\n\
                text.en = \"False alarms.\"\nseverity = 0\n";
    let policies = lay_over(text, "meteo").expect("no mistakes");
    assert_eq!(policies.version, "meteo 14");
    assert!(policies.get("off-topic").is_none());
    let insult = policies.get("insult").expect("still there");
    assert_eq!((insult.letter, insult.grave, insult.severity.level()), ('i', true, 2));
    assert_eq!(insult.text["fr"], "Toute insulte.");
    assert_eq!(insult.text["en"], built_in().get("insult").expect("built in").text["en"]);
    assert!(insult.terms["fr"].iter().any(|term| term == "zouave") && insult.terms["fr"].len() > 10);
    let ground = insult.ground.as_ref().expect("kept");
    assert_eq!(ground.reference.as_deref(), Some("charte, 3"));
    assert_eq!(ground.category, "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH");
    assert_eq!(policies.by_letter('w').map(|policy| policy.code.as_str()), Some("weather-panic"));
    assert_eq!(policies.policies.last().map(|policy| policy.title_in("fr")), Some("Panique"));
}

#[test]
fn a_version_that_already_names_the_client_is_not_named_twice() {
    assert_eq!(lay_over("version = \"meteo 14\"", "meteo").expect("fine").version, "meteo 14");
    assert_eq!(lay_over("version = \"2026-11\"", "meteo").expect("fine").version, "meteo 2026-11");
}

#[test]
fn every_mistake_of_a_file_is_named_at_once() {
    let text = "[policies.hate]\nletter = \"k\"\nseverity = 5\ncolour = \"red\"\n\
                [policies.new]\nletter = \"h\"\nsealed = true\n";
    let found = messages(text);
    let lines: Vec<&str> = found.iter().map(|message| message.split(':').next().expect("a line")).collect();
    assert_eq!(lines, ["1", "2", "3", "4", "5", "5", "5", "5", "6"], "{found:#?}");
}

#[test]
fn a_seal_cannot_be_switched_off_by_a_client() {
    assert_eq!(
        messages("version = 1\n[policies.minors]\nenabled = false"),
        ["3:11: policy minors seals what it is used on, and that cannot be switched off: take enabled out"]
    );
}

#[test]
fn what_is_no_toml_hides_no_other_mistake() {
    let found = messages("version = 1\n[policies.hate]\nseverity = = 2\n[policies.spam]\ngrave = 3\n");
    assert!(found.iter().any(|message| message.starts_with("3:")), "{found:?}");
    assert!(found.iter().any(|message| message.starts_with("5:9: grave must be true or false")), "{found:?}");
}
