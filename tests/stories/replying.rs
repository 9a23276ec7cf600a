//! Prepared replies: picked, filled, never sent half-filled.

use crate::driver::{Desk, house, item};
use moddesk::desk::News;
use moddesk::moderation::follow_up::Visibility;
use moddesk::moderation::{Author, FollowUp, Served};
use moddesk::tui::Settings;
use moddesk::tui::keymap::{Code, Key};
use moddesk::words::Lang;

const TEMPLATES: &str = r#"
[limits]
tweet = 60

[templates.delay]
title = { en = "The expert is late", fr = "L’expert est en retard" }
text.en = "Hello {{author}}, send us {{ask: file number}} and {{ask: town}}. ^{{moderator}}"
text.fr = "Bonjour {{author}}, envoyez-nous {{ask: n° de dossier}}. ^{{moderator}}"

[templates.removed]
title = { en = "Why it was removed", fr = "Pourquoi c’est retiré" }
visibility = "private"
policy = "insult"
text.en = "Hello {{author}}, your comment broke the rule “{{policy}}”."

[templates.thanks]
title = { en = "Thank you", fr = "Merci" }
text.en = "Thank you {{author}}."
text.fr = "Merci {{author}}."

[tree]
start = "about"
[tree.questions.about]
ask = { en = "What is it about?", fr = "De quoi s’agit-il ?" }
answers = [
    { key = "e", say = { en = "the expert", fr = "l’expert" }, question = "expert" },
    { key = "t", say = { en = "a thank-you", fr = "un merci" }, template = "thanks" },
]
[tree.questions.expert]
ask = { en = "Is he late?", fr = "Est-il en retard ?" }
answers = [
    { key = "y", say = { en = "yes", fr = "oui" }, template = "delay" },
    { key = "n", say = { en = "no", fr = "non" }, template = "thanks" },
]
"#;

fn with_templates() -> News {
    let News::House { mut clients, policies, queues } = house("news 14") else { panic!("a house") };
    clients[0].templates = Some(TEMPLATES.into());
    News::House { clients, policies, queues }
}

fn asked(id: &str, text: &str) -> Served {
    let mut served = item(id, text);
    served.item.author = Some(Author { id: Some("u1".into()), name: Some("jeanm44".into()), ..Author::default() });
    served
}

fn desk() -> Desk {
    french_or_english(Lang::En)
}

fn french_or_english(lang: Lang) -> Desk {
    let settings = Settings { moderator: "ines".into(), ..Settings::default() };
    let mut desk = Desk::with(settings, lang);
    desk.news(with_templates());
    desk.working([asked("a:1", "Three weeks without an expert"), asked("a:2", "second words")])
}

fn reply_of(desk: &Desk) -> Option<(String, Visibility, Option<String>)> {
    desk.journal.iter().flat_map(|decision| &decision.follow_ups).find_map(|follow_up| match follow_up {
        FollowUp::Reply { text, visibility, template } => Some((text.raw().to_owned(), *visibility, template.clone())),
        _ => None,
    })
}

#[test]
fn a_reply_is_picked_by_a_few_letters_filled_blank_by_blank_and_sent_with_the_verdict() {
    let mut desk = desk();
    desk.press("item.reply");
    desk.sees("The expert is late");
    desk.types("late");
    desk.sees_not("Thank you");
    desk.sees("Hello jeanm44, send us {{file number}} and {{town}}. ^Ines");
    desk.press("list.choose");
    desk.sees("reply · PUBLIC · delay");
    desk.sees("2 blanks: not sent");
    desk.types("4711");
    desk.sees("1 blank: not sent");
    desk.press("text.next_field");
    desk.types("Lyon");
    desk.press("text.preview");
    desk.sees("as it will be read");
    desk.sees("Hello jeanm44, send us 4711 and Lyon. ^Ines");
    desk.press("screen.leave");
    desk.press("text.done");
    desk.sees("public reply");
    assert!(desk.decided().is_empty(), "a follow-up never implies a verdict");
    desk.press_slowly("item.approve");
    let sent = reply_of(&desk).expect("a reply");
    assert_eq!(sent.0, "Hello jeanm44, send us 4711 and Lyon. ^Ines");
    assert_eq!((sent.1, sent.2.as_deref()), (Visibility::Public, Some("delay")));
}

#[test]
fn a_reply_with_a_blank_is_not_kept_and_a_verdict_says_so_before_it_goes_without_it() {
    let mut desk = desk();
    desk.press("item.reply");
    desk.types("late");
    desk.press("list.choose");
    desk.press("text.done");
    desk.sees("2 blanks: not sent");
    desk.key(Key::plain(Code::Enter));
    desk.sees("PUBLIC · delay");
    desk.press("screen.leave");
    desk.press_slowly("item.approve");
    desk.sees("2 blanks, not sent");
    assert!(desk.decided().is_empty());
    desk.press_slowly("item.approve");
    assert_eq!(desk.decided(), [("a:1", "approve")]);
    assert_eq!(reply_of(&desk), None);
}

#[test]
fn what_was_left_stands_there_again_with_its_template_and_whoever_may_read_it() {
    let mut desk = desk();
    desk.press("item.reply");
    desk.types("removed");
    desk.press("list.choose");
    desk.sees("reply · PRIVATE · removed");
    desk.press("screen.leave");
    desk.press("item.reply");
    desk.sees("reply · PRIVATE · removed");
    desk.sees("your comment broke the rule “Insult”.");
    desk.press("text.done");
    desk.press_slowly("item.approve");
    assert_eq!(reply_of(&desk).expect("a reply").1, Visibility::Private, "private stays private");
}

#[test]
fn free_text_is_one_key_away() {
    let mut desk = desk();
    desk.press("item.reply");
    desk.press("reply.free");
    desk.sees("reply · PUBLIC");
    desk.types("No template today.");
    desk.press("text.done");
    desk.press_slowly("item.approve");
    assert_eq!(reply_of(&desk).expect("a reply").2, None);
}

#[test]
fn the_questions_are_walked_with_one_key_a_step_and_esc_goes_back_one() {
    let mut desk = desk();
    desk.press("item.reply");
    desk.press("reply.questions");
    desk.sees("What is it about?");
    desk.types("e");
    desk.sees("Is he late?");
    desk.press("screen.leave");
    desk.sees("What is it about?");
    desk.types("ey");
    desk.sees("PUBLIC · delay");
    assert!(desk.decided().is_empty());
}

#[test]
fn what_was_used_last_comes_first() {
    let mut desk = desk();
    desk.press("item.reply");
    desk.types("thank");
    desk.press("list.choose");
    desk.press("text.done");
    desk.press_slowly("item.approve");
    desk.press("item.reply");
    let screen = desk.screen();
    let at = |words: &str| screen.find(words).unwrap_or_else(|| panic!("{words} is not in\n{screen}"));
    assert!(at("Thank you") < at("The expert is late"));
}

#[test]
fn more_than_the_channel_takes_is_not_kept() {
    let mut desk = desk();
    let mut served = asked("a:3", "short");
    served.item.channel = Some("tweet".into());
    desk.ahead([served]);
    desk.press("item.approve");
    desk.press_slowly("item.approve");
    desk.press("item.reply");
    desk.press("reply.free");
    desk.paste(&"x".repeat(63));
    desk.sees("3 characters too many");
    desk.press("text.done");
    desk.sees("3 characters too many");
    desk.press("text.erase_word");
    desk.sees("60 more fit");
}

#[test]
fn a_template_over_words_already_written_takes_nothing_away() {
    let mut desk = desk();
    desk.press("item.reply");
    desk.press("reply.free");
    desk.types("P.S. ");
    desk.press("text.template");
    desk.types("thank");
    desk.press("list.choose");
    desk.sees("P.S. Thank you jeanm44.");
}

#[test]
fn a_long_text_comes_back_from_the_editor_into_its_box_and_nothing_is_sent() {
    let mut desk = desk();
    desk.press("item.reply");
    desk.press("reply.free");
    desk.types("Hello");
    desk.press("text.editor");
    assert_eq!(desk.edited, ["Hello"]);
    desk.saved("Hello Jean,\n\nwe will see.\n");
    desk.sees("we will see.");
    desk.sees("nothing is sent yet");
    assert!(desk.decided().is_empty());
    desk.press("text.done");
    desk.press_slowly("item.approve");
    assert_eq!(reply_of(&desk).expect("a reply").0, "Hello Jean,\n\nwe will see.");
}

#[test]
fn no_key_typed_in_the_picker_decides() {
    let mut desk = desk();
    desk.press("item.reply");
    desk.types("adsq!B");
    assert!(desk.decided().is_empty());
    desk.press("screen.leave");
    desk.sees("Three weeks");
    assert!(desk.drafts.is_empty(), "looking at templates writes nothing");
}

#[test]
fn covered_words_do_not_come_back_through_a_template() {
    let mut desk = desk();
    let News::House { mut clients, policies, queues } = with_templates() else { panic!("a house") };
    clients[0].templates = Some("[templates.t]\ntitle.en = \"T\"\ntext.en = \"On “{{title}}”\"\n".into());
    desk.news(News::House { clients, policies, queues });
    let mut served = asked("a:3", "words");
    served.item.title = Some("secretgore".into());
    served.severity = moddesk::wellbeing::Severity::new(2).expect("a level");
    desk.ahead([served]);
    desk.press("item.approve");
    desk.press_slowly("item.approve");
    desk.press("item.reply");
    desk.sees("On “{{title}}”");
    desk.sees_not("secretgore");
}

#[test]
fn the_picker_and_the_box_at_both_sizes_in_both_languages() {
    for (name, lang) in [("en", Lang::En), ("fr", Lang::Fr)] {
        for (columns, rows) in [(80, 24), (120, 40)] {
            let mut desk = french_or_english(lang).size(columns, rows);
            desk.turn(std::time::Duration::from_secs(1));
            desk.press("item.reply");
            insta::assert_snapshot!(format!("picker_{name}_{columns}x{rows}"), desk.screen());
            desk.press("list.choose");
            insta::assert_snapshot!(format!("template_{name}_{columns}x{rows}"), desk.screen());
        }
    }
}

#[test]
fn a_draft_on_what_was_withdrawn_leaves_the_journal_too() {
    use moddesk::moderation::Refusal;
    use moddesk::moderation::claim::LostLease;
    let mut desk = desk();
    desk.press("item.reply");
    desk.types("thank");
    desk.press("list.choose");
    desk.press("text.done");
    assert_eq!(desk.drafts.len(), 1);
    desk.news(News::Lost(vec![Refusal { item: "a:1".into(), why: LostLease::Withdrawn }]));
    assert!(desk.drafts.is_empty());
    assert_eq!(desk.on_screen(), Some("a:2"));
}
