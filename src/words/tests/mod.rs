//! Both languages say the same, rightly set, and nothing that is not true.

mod both;
mod claims;
mod sources;
mod used;

use super::typography;
use super::*;

/// A message or one of its attributes, as parsed: its id, what it can become with its variables in braces, and the
/// variables.
struct Message {
    id: String,
    texts: Vec<String>,
    variables: Vec<String>,
}

fn messages(topic: &Topic, lang: Lang) -> Vec<Message> {
    sources::messages(&typography::set(topic.source(lang), lang), &format!("{lang}/{}.ftl", topic.name))
}

/// Every id with every text that it can become.
fn all_texts(lang: Lang) -> impl Iterator<Item = (String, String)> {
    all(lang).into_iter().flat_map(|message| message.texts.into_iter().map(move |text| (message.id.clone(), text)))
}

fn all(lang: Lang) -> Vec<Message> {
    TOPICS.iter().flat_map(|topic| messages(topic, lang)).collect()
}

#[test]
fn a_missing_message_shows_its_id_and_stops_nothing() {
    let words = Words::new(Lang::En);
    assert_eq!(words.say("verdict-shrug"), "⟨verdict-shrug⟩");
    assert_eq!(words.say("nowhere"), "⟨nowhere⟩");
    assert_eq!(words.say_with("verdict-approve.shrug", &[]), "⟨verdict-approve.shrug⟩");
    assert!(words.has("verdict-approve") && words.has("verdict-approve.done") && !words.has("verdict-shrug"));
}

#[test]
fn variables_go_in_without_marks_around_them() {
    let held = |lang| {
        let variables = [("what", "3.2".into()), ("item", "forum:88117".into()), ("time", "14:22:41".into())];
        let variables = [&variables[..], &[("key", Value::from("u"))]].concat();
        Words::new(lang).say_with("held-line", &variables)
    };
    assert_eq!(held(Lang::En), "3.2 forum:88117, leaves 14:22:41 · u takes it back");
    assert_eq!(held(Lang::Fr), "3.2 forum:88117, part à 14:22:41 · u annuler");
}

#[test]
fn plurals_follow_each_language() {
    let views = |lang, n: u64| Words::new(lang).say_with("item-views", &[("n", n.into())]).replace('\u{a0}', " ");
    assert_eq!(views(Lang::En, 0), "0 views");
    assert_eq!(views(Lang::En, 1), "1 view");
    assert_eq!(views(Lang::En, 12_340), "12,340 views");
    assert_eq!(views(Lang::Fr, 0), "0 vue", "zero is singular in French");
    assert_eq!(views(Lang::Fr, 1), "1 vue");
    assert_eq!(views(Lang::Fr, 12_340), "12 340 vues");
}

#[test]
fn only_the_topic_that_is_wanted_is_parsed() {
    let words = Words::new(Lang::Fr);
    assert_eq!(words.coded("verdict", "delete"), "retirer");
    assert_eq!(words.topics.iter().filter(|topic| topic.get().is_some()).count(), 1);
}

#[test]
fn words_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Words>();
}
