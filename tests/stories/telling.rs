//! Insights: a letter, a few letters, a few keys.

use crate::driver::{Desk, hard, house, item};
use moddesk::desk::News;
use moddesk::moderation::FollowUp;
use moddesk::tui::keymap::{Code, Key};

fn desk() -> Desk {
    let mut desk = Desk::open();
    let News::House { mut clients, policies, queues } = house("news 14") else { panic!("a house") };
    clients[0].topics = vec!["delivery".into(), "price".into()];
    clients[1].topics = vec!["returns".into()];
    clients[1].new_topics = Some(false);
    desk.news(News::House { clients, policies, queues });
    let mut shop = item("s:1", "shop words");
    shop.client = "shop".into();
    shop.queue = "reviews".into();
    desk.working([item("a:1", "Nice shop. Three weeks late again! Bye"), item("a:2", "second words"), shop])
}

fn insights(desk: &Desk) -> Vec<(String, Option<String>, Option<String>)> {
    let follow_ups = desk.journal.iter().flat_map(|decision| &decision.follow_ups);
    let told = follow_ups.filter_map(|follow_up| match follow_up {
        FollowUp::Insight { topic, sort, verbatim } => {
            Some((topic.clone(), sort.clone(), verbatim.as_ref().map(|words| words.raw().to_owned())))
        }
        _ => None,
    });
    told.collect()
}

#[test]
fn a_topic_is_picked_and_the_authors_words_by_keys() {
    let mut desk = desk();
    desk.press("item.insight");
    desk.types("c");
    desk.sees("delivery");
    desk.types("deliv");
    desk.press("list.choose");
    desk.sees("[Nice shop. Three weeks late again! Bye]");
    for _ in 0..3 {
        desk.key(Key::plain(Code::Right));
    }
    desk.types("s");
    desk.sees("[Three weeks late again!]");
    desk.press("list.choose");
    desk.sees("insight (delivery, complaint)");
    assert!(desk.decided().is_empty(), "a follow-up never implies a verdict");
    desk.press_slowly("item.approve");
    let told = ("delivery".into(), Some("complaint".into()), Some("Three weeks late again!".into()));
    assert_eq!(insights(&desk), [told]);
}

#[test]
fn words_are_picked_one_by_one_from_where_picking_began() {
    let mut desk = desk();
    desk.press("item.insight");
    desk.types("cprice");
    desk.press("list.choose");
    desk.key(Key::plain(Code::Right));
    desk.key(Key::plain(Code::Right));
    desk.types(" ");
    desk.key(Key::plain(Code::Right));
    desk.sees("[Three weeks]");
    desk.press("list.choose");
    desk.press_slowly("item.approve");
    assert_eq!(insights(&desk)[0].2.as_deref(), Some("Three weeks"));
}

#[test]
fn a_new_topic_is_free_where_the_client_lets_and_comes_first_the_next_time() {
    let mut desk = desk();
    desk.press("item.insight");
    desk.types("iparking lot");
    desk.sees("new topic: parking lot");
    desk.press("list.choose");
    desk.key(Key::plain(Code::Backspace));
    desk.press_slowly("item.approve");
    assert_eq!(insights(&desk), [("parking lot".into(), Some("idea".into()), None)]);
    desk.press_slowly("item.insight");
    desk.types("i");
    let screen = desk.screen();
    let at = |words: &str| screen.find(words).expect("on screen");
    assert!(at("parking lot") < at("delivery"));
    desk.press("screen.leave");
    desk.press_slowly("item.approve");
    desk.turn(std::time::Duration::from_secs(2));
    desk.press("item.insight");
    desk.types("iparking");
    desk.press("list.choose");
    desk.sees("This client takes no new topics. It has: returns");
}

#[test]
fn covered_words_are_not_brought_up_to_be_quoted() {
    let mut desk = desk();
    desk.ahead([hard("a:9", "You are vermin", 2)]);
    for _ in 0..3 {
        desk.press_slowly("item.approve");
        desk.turn(std::time::Duration::from_secs(2));
    }
    assert_eq!(desk.on_screen(), Some("a:9"));
    desk.press("item.insight");
    desk.types("ttone");
    desk.press("list.choose");
    desk.sees("The words are covered, so none are quoted");
    desk.sees_not("vermin");
}

#[test]
fn topics_and_words_at_both_sizes() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut desk = desk().size(columns, rows);
        desk.turn(std::time::Duration::from_secs(1));
        desk.press("item.insight");
        desk.types("cdel");
        insta::assert_snapshot!(format!("topics_{columns}x{rows}"), desk.screen());
        desk.press("list.choose");
        insta::assert_snapshot!(format!("words_{columns}x{rows}"), desk.screen());
    }
}
