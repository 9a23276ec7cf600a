//! Doubts and notices at an open desk, on a queue here and behind a server.

use crate::house::{House, Way};
use moddesk::desk::{Ask, Desk, News};
use moddesk::moderation::doubt::Answer;
use moddesk::moderation::{AskTo, Doubt, DoubtState, Notice, Seen, Sight};
use moddesk::text::Untrusted;
use uuid::Uuid;

fn told(news: &News, id: Uuid, fits: impl Fn(&DoubtState) -> bool) -> Option<()> {
    match news {
        News::Messages(messages) => messages.doubts.iter().any(|one| one.id == id && fits(one)).then_some(()),
        _ => None,
    }
}

fn asks_and_takes_up(way: Way) {
    let house = House::with(way, 8);
    house.person("sonia");
    let mut seat = house.sit(false);
    let served = seat.next();
    let item = served.item.id.clone();
    let sight = Sight {
        item: item.clone(),
        revision: 1,
        seen: Seen::Full,
        opened: None,
        severity: None,
        presented_at: None,
        active_ms: Some(900),
    };
    let doubt = Doubt { id: Uuid::now_v7(), to: AskTo::Supervisor, question: "satire?".into(), sight };
    seat.desk.ask(Ask::Doubt(doubt.clone()));
    seat.hear(|news| told(news, doubt.id, |one| one.mine && one.parked_until.is_some()));
    let answer = Answer { id: Uuid::now_v7(), text: Untrusted::new("yes"), advice: None };
    house.runtime.block_on(house.store.answer("sonia", doubt.id, &answer)).expect("answers");
    seat.hear(|news| told(news, doubt.id, |one| one.answers.len() == 1 && !one.read));
    seat.desk.ask(Ask::Confirm(vec![doubt.id]));
    seat.hear(|news| told(news, doubt.id, |one| one.read));
    seat.desk.ask(Ask::TakeUp(item.clone()));
    let back = seat.hear(|news| match news {
        News::Ahead { items, first: true, .. } => Some(items[0].clone()),
        _ => None,
    });
    assert_eq!(back.item.id, item);
    seat.desk.ask(Ask::Shown(item.clone()));
    seat.approve(&back);
    seat.hear(|news| told(news, doubt.id, |one| one.settled.is_some()));
    assert!(seat.desk.close().is_empty());
}

fn confirms(way: Way) {
    let house = House::with(way, 8);
    house.person("sonia");
    let mut seat = house.sit(false);
    seat.next();
    let notice =
        Notice { id: Uuid::now_v7(), moderator: None, client: None, text: Untrusted::new("storm"), confirm: true };
    house.runtime.block_on(house.store.notify("sonia", &notice)).expect("is sent");
    let waiting = |news: &News, n: usize| match news {
        News::Messages(messages) => (messages.waiting().count() == n).then_some(()),
        _ => None,
    };
    seat.hear(|news| waiting(news, 1));
    seat.desk.ask(Ask::Confirm(vec![notice.id]));
    seat.hear(|news| waiting(news, 0));
    let listed = house.runtime.block_on(house.store.messages("sonia")).expect("reads").notices;
    assert_eq!(listed[0].read.iter().map(|read| read.name.as_str()).collect::<Vec<_>>(), ["ines"]);
    assert!(seat.desk.close().is_empty());
}

#[test]
fn a_question_is_answered_and_its_item_taken_up_here() {
    asks_and_takes_up(Way::Here);
}

#[test]
fn a_question_is_answered_and_its_item_taken_up_over_http() {
    asks_and_takes_up(Way::There);
}

#[test]
fn a_notice_reaches_an_open_desk_at_once_here() {
    confirms(Way::Here);
}

#[test]
fn a_notice_reaches_an_open_desk_at_once_over_http() {
    confirms(Way::There);
}
