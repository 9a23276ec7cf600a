//! A desk that is opened while its server cannot be reached.

use crate::house::{House, Seat, Way};
use moddesk::desk::{Ask, Desk, Down, News};
use moddesk::team::client::{Known, Place, Remote};
use std::time::Duration;

fn line_is(seat: &mut Seat, up: bool) -> u32 {
    seat.hear(|news| match news {
        News::LineState { state, unsent } if state.is_ok() == up => Some(*unsent),
        _ => None,
    })
}

/// What this desk remembers of signing in while the server was there.
fn known(house: &House) -> Known {
    let place = Place::new(format!("http://{}", house.address()), house.token());
    house.runtime.block_on(Remote::open(place)).expect("signs in").known().clone()
}

#[test]
fn it_says_that_it_is_offline_with_what_it_holds_and_opens_the_shift_when_the_line_is_back() {
    let mut house = House::with(Way::There, 10);
    let known = known(&house);
    let mut seat = house.sit(false);
    let served = seat.next();
    house.stop();
    let id = seat.approve(&served);
    line_is(&mut seat, false);
    drop(seat);

    let mut seat = house.sit_unheard(known);
    let mut served = 0;
    let unsent = seat.hear(|news| match news {
        News::LineState { state: Err(Down::Unreachable(_)), unsent } => Some(*unsent),
        News::Ahead { items, .. } => {
            served += items.len();
            None
        }
        News::Shift(_) | News::Break(_) => panic!("nobody has said so: {news:?}"),
        _ => None,
    });
    assert_eq!((unsent, served), (1, 0), "what is in the journal is counted, and nothing is served");
    house.start();
    seat.hear(|news| matches!(news, News::Shift(_)).then_some(()));
    let sent = seat.hear(|news| match news {
        News::Recovered { sent, impossible, .. } => Some((*sent, impossible.len())),
        _ => None,
    });
    assert_eq!(sent, (1, 0));
    seat.next();
    assert!(seat.desk.close().is_empty());
    assert_eq!(house.decisions().iter().map(|one| one.id).collect::<Vec<_>>(), [id]);
}

#[test]
fn a_break_is_not_shortened_by_opening_a_desk_without_a_line() {
    let mut house = House::with(Way::There, 10);
    let known = known(&house);
    let mut seat = house.sit(false);
    seat.next();
    seat.desk.ask(Ask::BeginBreak { rule: "voluntary".into(), said: None });
    seat.hear(|news| matches!(news, News::Shift(shift) if shift.on_break.is_some()).then_some(()));
    drop(seat);
    house.stop();
    let mut seat = house.sit_unheard(known);
    line_is(&mut seat, false);
    // A key pressed while nobody answers ends nothing: the queue has the last word.
    house.start();
    let on_break = seat.hear(|news| match news {
        News::Shift(shift) => Some(shift.on_break.is_some()),
        News::Ahead { items, .. } if !items.is_empty() => panic!("an item in a break: {items:?}"),
        _ => None,
    });
    assert!(on_break, "the break runs where the queue is");
    assert!(seat.desk.close().is_empty());
}

#[test]
fn rules_that_changed_meanwhile_are_not_worked_under_unknowingly() {
    let mut house = House::with(Way::There, 10);
    let (place, old) = (Place::new(format!("http://{}", house.address()), house.token()), known(&house));
    let mut told = serde_json::to_value(&old).expect("JSON");
    told["rules"]["acute_limit"] = 90.into();
    let changed: Known = serde_json::from_value(told).expect("what was known");
    assert!(old.is_of(&place) && !old.is_of(&Place::new(place.url.clone(), "mdk_other")));
    house.stop();
    let seat = house.sit_unheard(changed);
    house.start();
    let mut failed = None;
    while failed.is_none() {
        match seat.news.recv_timeout(Duration::from_secs(20)).expect("it is said") {
            News::Failed(why) => failed = Some(why),
            News::Shift(_) => panic!("it opened under rules that are not those of the house"),
            News::Ahead { items, .. } => assert!(items.is_empty()),
            _ => {}
        }
    }
    assert!(failed.is_some_and(|why| why.contains("rules")));
}
