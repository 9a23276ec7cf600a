//! What only a line far away can do, and what the moderator hears of it.

use crate::house::{House, Seat, TOO_LONG, Way};
use crate::proxy::{Proxy, Weather};
use moddesk::desk::{Ask, Desk, Down, News};
use moddesk::moderation::{Alert, AlertKind, Outcome, Served};
use moddesk::store::{ImportOptions, Incoming};
use serde_json::json;
use std::collections::HashSet;
use std::time::Instant;
use uuid::Uuid;

fn settled(seat: &mut Seat, ids: &[Uuid]) {
    let mut left: HashSet<Uuid> = ids.iter().copied().collect();
    while !left.is_empty() {
        seat.hear(|news| match news {
            News::Settled(results) => {
                for one in results {
                    assert!(one.outcome.is_success(), "{one:?}");
                    left.remove(&one.id);
                }
                Some(())
            }
            _ => None,
        });
    }
}

fn line(seat: &mut Seat, up: bool) -> u32 {
    seat.hear(|news| match news {
        News::LineState { state, unsent } if state.is_ok() == up => Some(*unsent),
        _ => None,
    })
}

#[test]
fn without_a_server_one_goes_on_with_what_is_there_and_it_leaves_when_the_server_is_back() {
    let mut house = House::with(Way::There, 30);
    let mut seat = house.sit(false);
    let first = seat.next();
    house.stop();
    let mut ids = vec![seat.approve(&first)];
    line(&mut seat, false);
    while !seat.ahead.is_empty() {
        let served = seat.next();
        ids.push(seat.approve(&served));
    }
    assert!(ids.len() > 3, "{} were fetched ahead", ids.len());
    seat.hear(|news| match news {
        News::LineState { state: Err(Down::Unreachable(_)), unsent } => (*unsent as usize == ids.len()).then_some(()),
        _ => None,
    });
    assert!(house.decisions().is_empty());
    house.start();
    settled(&mut seat, &ids);
    seat.next();
    assert!(seat.desk.close().is_empty());
    assert_eq!(house.decisions().len(), ids.len());
}

#[test]
fn an_answer_that_is_lost_on_the_way_is_asked_for_again_and_counts_once() {
    let house = House::with(Way::There, 10);
    let proxy = house.runtime.block_on(Proxy::start(house.address(), 7));
    let mut seat = house.sit_at(proxy.address, &house.token(), false);
    let served = seat.next();
    proxy.set(Weather { mute: true, ..Weather::default() });
    let id = seat.approve(&served);
    let until = Instant::now() + TOO_LONG;
    while !proxy.has_swallowed("\"recorded\"") {
        assert!(Instant::now() < until, "the answer is on its way");
        std::thread::yield_now();
    }
    proxy.set(Weather::default());
    let outcome = seat.hear(|news| match news {
        News::Settled(results) => results.iter().find(|one| one.id == id).map(|one| one.outcome),
        _ => None,
    });
    assert_eq!(outcome, Outcome::AlreadyRecorded);
    assert!(seat.desk.close().is_empty());
    assert_eq!(house.decisions().len(), 1);
}

#[test]
fn a_connection_that_is_cut_costs_nobody_anything() {
    let house = House::with(Way::There, 60);
    let proxy = house.runtime.block_on(Proxy::start(house.address(), 11));
    let mut seat = house.sit_at(proxy.address, &house.token(), false);
    let mut ids = Vec::new();
    for _ in 0..20 {
        let served = seat.next();
        ids.push(seat.approve(&served));
        proxy.cut();
    }
    house.has_recorded(ids.len());
    assert!(seat.desk.close().is_empty());
    let recorded: HashSet<Uuid> = house.decisions().iter().map(|one| one.id).collect();
    assert_eq!(recorded, ids.into_iter().collect());
}

#[test]
fn what_was_revised_while_the_line_was_dead_is_told_and_listed_until_it_is_read() {
    let mut house = House::with(Way::There, 10);
    let mut seat = house.sit(false);
    let served = seat.next();
    house.stop();
    let id = seat.approve(&served);
    line(&mut seat, false);
    let newer = json!({"id": served.item.id, "revision": 2, "text": "other words"});
    let newer = vec![Incoming { line: 1, item: serde_json::from_value(newer).expect("an item") }];
    house.runtime.block_on(house.store.import(newer, ImportOptions::default())).expect("goes in");
    house.start();
    let result = seat.hear(|news| match news {
        News::Settled(results) => results.iter().find(|one| one.id == id).cloned(),
        _ => None,
    });
    assert_eq!(result.outcome, Outcome::StaleRevision);
    drop(seat);
    // Also after a crash it stands there until somebody has read it.
    let mut seat = house.sit(true);
    let found = seat.hear(|news| match news {
        News::Recovered { impossible, .. } => impossible.first().cloned(),
        _ => None,
    });
    assert_eq!(found.decision.id, id);
    seat.desk.ask(Ask::Read(vec![id]));
    assert!(seat.desk.close().is_empty());
}

fn alert(served: &Served) -> Alert {
    Alert {
        id: Uuid::now_v7(),
        item: served.item.id.clone(),
        revision: served.item.revision,
        kind: AlertKind::Suicide,
        plan: true,
        time: false,
        place: false,
        note: None,
        withdrawn: false,
        raised_at: jiff::Timestamp::now(),
    }
}

#[test]
fn an_alert_on_a_dead_line_says_whom_to_ring_and_whoever_raised_it_hears_that_it_is_taken() {
    let mut house = House::with(Way::There, 10);
    house.runtime.block_on(async {
        let mut client = house.store.clients().await.expect("clients").remove(0);
        client.contacts = vec!["Sonia 01 23".into()];
        house.store.set_client(&client, "system").await.expect("is set");
    });
    house.person("sonia");
    let mut seat = house.sit(false);
    let served = seat.next();
    house.stop();
    let raised = alert(&served);
    seat.desk.ask(Ask::Alert(raised.clone()));
    let unsent = seat.hear(|news| match news {
        News::Alert(Err(unsent)) => Some(unsent.clone()),
        _ => None,
    });
    assert_eq!((unsent.alert.id, unsent.call), (raised.id, vec!["Sonia 01 23".to_owned()]));
    house.start();
    seat.hear(|news| matches!(news, News::Alert(Ok(state)) if state.taken.is_none()).then_some(()));
    house.runtime.block_on(house.store.acknowledge("sonia", raised.id)).expect("is taken");
    let by = seat.hear(|news| match news {
        News::Alert(Ok(state)) => state.taken.as_ref().map(|(by, _)| by.clone()),
        _ => None,
    });
    assert_eq!(by, "sonia");
    assert!(seat.desk.close().is_empty());
}

#[test]
fn a_token_that_is_revoked_is_said_and_what_was_decided_stays() {
    let house = House::with(Way::There, 10);
    let mut seat = house.sit(false);
    let served = seat.next();
    house.runtime.block_on(house.store.revoke_tokens("ines", "root")).expect("is revoked");
    // The server reads rights within a second; until then a decision may still be taken.
    let id = seat.approve(&served);
    while !matches!(
        seat.news.recv_timeout(TOO_LONG).expect("it is said"),
        News::LineState { state: Err(Down::SignedOut), .. }
    ) {}
    let left = seat.desk.close();
    assert!(left.iter().all(|one| one.decision.id == id && one.result.is_none()));
    assert_eq!(left.len() + house.decisions().len(), 1, "sent, or still in the journal");
}

#[test]
fn a_change_of_the_house_reaches_an_open_desk() {
    let house = House::with(Way::There, 10);
    let mut seat = house.sit(false);
    seat.next();
    house.runtime.block_on(async {
        let mut client = house.store.clients().await.expect("clients").remove(0);
        client.charter = Some("Be kind.".into());
        house.store.set_client(&client, "system").await.expect("is set");
    });
    seat.hear(|news| match news {
        News::House { clients, .. } => {
            clients.iter().any(|client| client.charter.as_deref() == Some("Be kind.")).then_some(())
        }
        _ => None,
    });
    assert!(seat.desk.close().is_empty());
}

#[test]
fn a_desk_far_away_hears_that_another_has_taken_over() {
    let house = House::with(Way::There, 10);
    let mut first = house.sit(false);
    first.next();
    // Its journal is another machine's: nothing but the server tells the one of the other.
    let elsewhere = tempfile::tempdir().expect("a folder");
    let mut second = house.sit_elsewhere(elsewhere.path(), true);
    second.next();
    first.hear(|news| matches!(news, News::TakenOver(_)).then_some(()));
    assert!(first.desk.close().is_empty() && second.desk.close().is_empty());
}
