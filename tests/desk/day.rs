//! What a moderator does in a day, and what is left of it.

use crate::house::{House, Way};
use moddesk::desk::{Ask, Desk, News, TakenBack};
use moddesk::moderation::Outcome;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Every story is told of both lines.
macro_rules! told_of_both {
    ($($story:ident)*) => {
        mod here {
            $(#[test] fn $story() { super::$story(crate::house::Way::Here) })*
        }
        mod there {
            $(#[test] fn $story() { super::$story(crate::house::Way::There) })*
        }
    };
}

told_of_both! {
    two_hundred_decisions_are_exactly_those_in_the_queue_and_the_chain_is_whole
    alone_one_undoes_what_was_sent_and_decides_it_again
    what_is_held_when_the_program_dies_is_sent_by_the_next
    a_second_desk_takes_over_and_the_first_sends_what_it_holds_and_leaves
    an_open_desk_learns_of_an_import_without_asking
    the_journal_is_nobody_else_s_to_read_and_holds_nothing_after_the_day
}

fn two_hundred_decisions_are_exactly_those_in_the_queue_and_the_chain_is_whole(way: Way) {
    let house = House::with(way, 230);
    let mut seat = house.sit(false);
    let mut decided = Vec::new();
    for _ in 0..200 {
        let served = seat.next();
        decided.push(seat.approve(&served));
    }
    assert!(seat.desk.close().is_empty());
    let mut recorded: Vec<Uuid> = house.decisions().iter().map(|one| one.id).collect();
    recorded.sort();
    decided.sort();
    assert_eq!(recorded, decided);
    assert_eq!(house.runtime.block_on(house.store.verify_audit()).expect("an answer"), None);
    let stats = house.runtime.block_on(house.store.stats(true)).expect("figures");
    let (waiting, leased) = stats.iter().fold((0, 0), |(w, l), row| (w + row.waiting, l + row.leased));
    assert_eq!((waiting, leased), (30, 0), "what was not decided went back");
}

fn alone_one_undoes_what_was_sent_and_decides_it_again(way: Way) {
    let house = House::with(way, 10);
    let mut seat = house.sit(false);
    let served = seat.next();
    let id = seat.approve(&served);
    seat.hear(|news| match news {
        News::Settled(results) => {
            results.iter().any(|one| one.id == id && one.outcome == Outcome::Recorded).then_some(())
        }
        _ => None,
    });
    assert_eq!(seat.desk.take_back(id).expect("an answer"), TakenBack::Sent);
    seat.desk.ask(Ask::Reverse(id));
    let back = seat.hear(|news| match news {
        News::Ahead { items, first: true, .. } => Some(Arc::clone(&items[0])),
        _ => None,
    });
    assert_eq!(back.item.id, served.item.id);
    assert!(back.round > served.round);
    let again = seat.next();
    let id = seat.approve(&again);
    assert!(seat.desk.close().is_empty());
    assert!(house.decisions().iter().any(|one| one.id == id));
}

fn what_is_held_when_the_program_dies_is_sent_by_the_next(way: Way) {
    let house = House::with(way, 10);
    let mut seat = house.sit(false);
    seat.hold = Duration::from_secs(60);
    let served = seat.next();
    let kept = seat.approve(&served);
    let served = seat.next();
    let undone = seat.approve(&served);
    assert!(matches!(seat.desk.take_back(undone), Ok(TakenBack::Back(items)) if items.len() == 1));
    // As a crash: nothing is closed. The lock goes with the desk's thread, which ends when its screen is gone.
    drop(seat);
    let mut seat = house.sit(true);
    let sent = seat.hear(|news| match news {
        News::Recovered { sent, .. } => Some(*sent),
        _ => None,
    });
    assert_eq!(sent, 1);
    seat.next();
    assert!(seat.desk.close().is_empty());
    let ids: Vec<_> = house.decisions().iter().map(|one| one.id).collect();
    assert_eq!(ids, [kept]);
}

fn a_second_desk_takes_over_and_the_first_sends_what_it_holds_and_leaves(way: Way) {
    let house = House::with(way, 30);
    let mut first = house.sit(false);
    first.hold = Duration::from_secs(60);
    let served = first.next();
    let id = first.approve(&served);
    let mut second = house.sit(false);
    second.hear(|news| matches!(news, News::OtherDesk(_)).then_some(()));
    second.desk.ask(Ask::Begin { ends_at: None, take_over: true });
    first.hear(|news| matches!(news, News::TakenOver(_)).then_some(()));
    assert!(house.decisions().iter().any(|one| one.id == id));
    let next = second.next();
    assert_ne!(next.item.id, served.item.id, "what the first had decided is not served again");
    assert!(first.desk.close().is_empty());
    assert!(second.desk.close().is_empty());
}

fn an_open_desk_learns_of_an_import_without_asking(way: Way) {
    let house = House::with(way, 0);
    let mut seat = house.sit(false);
    seat.hear(|news| matches!(news, News::Nothing(_)).then_some(()));
    house.import(1, 3);
    assert_eq!(seat.next().item.id, "i1");
    assert!(seat.desk.close().is_empty());
}

fn the_journal_is_nobody_else_s_to_read_and_holds_nothing_after_the_day(way: Way) {
    let house = House::with(way, 10);
    let mut seat = house.sit(false);
    let served = seat.next();
    seat.approve(&served);
    seat.desk.keep_draft("i2", Some(&json!({"reply": "a very private remark"}))).expect("is kept");
    seat.desk.keep_draft("i2", None).expect("is forgotten");
    assert!(seat.desk.close().is_empty());
    for file in std::fs::read_dir(house.folder.path().join("journal")).expect("a folder") {
        let path = file.expect("a file").path();
        let bytes = std::fs::read(&path).expect("its bytes");
        assert!(!holds(&bytes, b"private remark") && !holds(&bytes, b"\"verdict\""), "{}", name(&path));
    }
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

fn name(path: &Path) -> String {
    path.display().to_string()
}
