use super::*;
use crate::text::Untrusted;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn facts() -> Facts {
    Facts { known: vec![("author", Untrusted::new("Jean\u{202e}\n{{x}}")), ("client", Untrusted::new("MAIF"))] }
}

#[test]
fn a_reply_with_a_blank_says_what_is_missing() {
    let parts = parts("Bonjour {{author}}, {{ask: n° de dossier}} ? {{title}} {{client}}").expect("a template");
    let filled = Filled::from(&parts, &facts());
    let missing: Vec<&str> = filled.blanks.iter().map(|blank| blank.what.as_str()).collect();
    assert_eq!(missing, ["n° de dossier", "title"]);
    assert!(filled.text.contains("MAIF"));
    assert_eq!(Filled::blanks_of(&filled.text).len(), 2);
}

#[test]
fn an_authors_name_smuggles_neither_override_nor_line_nor_blank_into_a_reply() {
    let filled = Filled::from(&parts("{{author}}").expect("a template"), &facts());
    assert!(!filled.text.contains(['\u{202e}', '\n']), "{:?}", filled.text);
    assert!(Filled::blanks_of(&filled.text).is_empty());
}

#[test]
fn a_mistake_in_a_template_names_its_place() {
    assert_eq!(parts("é {{author"), Err(TemplateError::Open(3)));
    assert_eq!(parts("{{ }}"), Err(TemplateError::Empty(1)));
    assert_eq!(parts("{{ask: }}"), Err(TemplateError::Empty(1)));
    assert!(matches!(parts("{{auther}}"), Err(TemplateError::Unknown { .. })));
}

#[test]
fn the_likely_templates_come_first_and_another_clients_never() {
    let template = |client: Option<&str>, lang: &str| Template {
        code: "x".into(),
        client: client.map(str::to_owned),
        policy: None,
        channel: None,
        visibility: Visibility::Public,
        title: BTreeMap::new(),
        text: BTreeMap::from([(lang.to_owned(), "Hello".to_owned())]),
        limit: None,
    };
    let fits = |template: Template| template.fits("maif", None, Some("facebook"), "fr-CA");
    assert_eq!(fits(template(Some("other"), "fr")), None);
    assert!(fits(template(Some("maif"), "fr")) > fits(template(None, "fr")));
    assert!(fits(template(None, "fr")) > fits(template(Some("maif"), "en")));
}

fn tree(text: &str) -> Tree {
    serde_json::from_str(text).expect("a tree")
}

#[test]
fn a_tree_is_walked_with_one_key_a_step() {
    let tree = tree(
        r#"{"start": "a", "questions": {
            "a": {"ask": {"en": "Late?"}, "answers": [
                {"key": "y", "say": {"en": "yes"}, "question": "b"}, {"key": "n", "say": {"en": "no"}, "template": "t"}]},
            "b": {"ask": {"en": "Storm?"}, "answers": [{"key": "y", "say": {"en": "yes"}, "template": "t"}]}}}"#,
    );
    assert_eq!(tree.check(&BTreeSet::from(["t"])), []);
    assert_eq!(tree.step("a", 'y'), Some(Step::Question("b")));
    assert_eq!(tree.step("b", 'y'), Some(Step::Template("t")));
    assert_eq!(tree.step("b", 'x'), None);
    assert_eq!(tree.check(&BTreeSet::new()).len(), 2);
}

#[test]
fn a_tree_that_never_ends_is_named() {
    let tree = tree(
        r#"{"start": "a", "questions": {
            "a": {"ask": {}, "answers": [{"key": "y", "say": {}, "question": "b"}]},
            "b": {"ask": {}, "answers": [{"key": "y", "say": {}, "question": "a"}, {"key": "y", "say": {}}]},
            "c": {"ask": {}, "answers": []}}}"#,
    );
    let mistakes = tree.check(&BTreeSet::new());
    assert!(mistakes.contains(&TreeError::Circle("a".into())), "{mistakes:?}");
    assert!(mistakes.contains(&TreeError::SameKey { question: "b".into(), key: 'y' }));
    assert!(mistakes.contains(&TreeError::Leads { question: "b".into(), key: 'y' }));
    assert!(mistakes.contains(&TreeError::Unreachable("c".into())));
}

proptest! {
    #[test]
    fn whatever_is_written_parses_or_is_a_mistake(text in "[a-z{}: ]{0,30}") {
        if let Ok(parts) = parts(&text) {
            let filled = Filled::from(&parts, &facts());
            for blank in &filled.blanks {
                prop_assert!(filled.text.get(blank.at.clone()).is_some());
            }
        }
    }
}
