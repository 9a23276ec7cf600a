//! Deciding, taking back, reversing, keeping ahead.

use super::fake::{FakeLine, LEASE};
use super::*;
use crate::desk::LineError;
use crate::moderation::{By, Pass, PassReason};

#[tokio::test(start_paused = true)]
async fn signing_in_brings_the_house_and_the_first_items() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    assert_eq!(table.heard(), ["shift", "house", "ahead i1+i2+i3"]);
    assert_eq!(line.calls(), ["shift", "start_shift", "claim 3 fresh"]);
    pass(Duration::from_secs(60)).await;
    assert!(line.calls().is_empty(), "an idle desk asks nothing");
}

#[tokio::test(start_paused = true)]
async fn a_decision_leaves_when_its_hold_is_over_and_the_refill_rides_along() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.ask(Ask::Shown("i1".into()));
    settle().await;
    line.calls();
    table.hold("i1", HOLD);
    table.ask(Ask::Shown("i2".into()));
    pass(Duration::from_millis(9_900)).await;
    assert!(line.state().decided.is_empty(), "it is held");
    pass(Duration::from_millis(200)).await;
    assert!(line.state().decided.contains_key("i1"));
    let calls = line.calls();
    assert!(calls.contains(&"decide i1 +claim".to_owned()), "{calls:?}");
    assert!(table.heard().contains(&"settled Recorded".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn what_was_seen_is_told_before_a_claim_is_answered_and_not_when_the_hold_is_over() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.hold("i1", HOLD);
    pass(Duration::from_millis(1_100)).await;
    assert_eq!(line.state().seen.len(), 1);
    pass(HOLD).await;
    assert_eq!(line.state().seen.len(), 1, "the decision itself tells the rest");
}

#[tokio::test(start_paused = true)]
async fn with_no_hold_it_leaves_at_once_and_tells_what_was_seen_itself() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    line.calls();
    table.hold("i1", Duration::ZERO);
    settle().await;
    assert_eq!(line.calls(), ["decide i1 +claim"]);
    assert_eq!(table.heard().last().unwrap(), "ahead i4");
}

#[tokio::test(start_paused = true)]
async fn decisions_that_leave_together_are_one_call() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    line.calls();
    table.hold("i1", Duration::ZERO);
    table.hold("i2", Duration::ZERO);
    settle().await;
    assert_eq!(line.calls(), ["decide i1+i2 +claim"]);
}

#[tokio::test(start_paused = true)]
async fn taken_back_it_never_leaves_and_the_item_is_there_again() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    let id = table.hold("i1", HOLD);
    let TakenBack::Back(items) = table.take_back(id) else { panic!("it was held") };
    assert_eq!(items[0].item.id, "i1");
    pass(HOLD * 2).await;
    assert!(line.state().decided.is_empty());
    table.hold("i1", Duration::ZERO);
    settle().await;
    assert_eq!(line.state().decided.len(), 1, "decided anew, it is recorded once");
}

#[tokio::test(start_paused = true)]
async fn a_batch_has_one_undo() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    let ids = table.hold_all(&["i1", "i2", "i3"], HOLD);
    let TakenBack::Back(items) = table.take_back(ids[1]) else { panic!("it was held") };
    assert_eq!(items.len(), 3);
    pass(HOLD * 2).await;
    assert!(line.state().decided.is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_open_batch_is_leased_renewed_and_not_ahead_of_anything() {
    let (line, folder) = (FakeLine::with(8), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.ask(Ask::Shown("i1".into()));
    table.ask(Ask::OpenBatch("i1".into(), By::Text));
    settle().await;
    assert!(table.heard().contains(&"batch i1: i1+i2+i3+i4+i5+i6+i7+i8".to_owned()));
    line.calls();
    pass(Duration::from_secs(LEASE / 2 + 1)).await;
    let renewed = line.calls().into_iter().find(|call| call.starts_with("renew")).unwrap_or_default();
    assert!(renewed.contains("i8"), "rows keep their lease: {renewed}");
    let ids = table.hold_all(&["i2", "i3", "i4"], HOLD);
    let TakenBack::Back(items) = table.take_back(ids[0]) else { panic!("it was held") };
    assert_eq!(items.len(), 3, "one undo for all");
    table.hold_all(&["i2", "i3", "i4"], Duration::ZERO);
    settle().await;
    assert_eq!(line.state().decided.len(), 3);
    assert!(line.calls().iter().any(|call| call.starts_with("decide i2+i3+i4")), "in one call");
    table.ask(Ask::BeginBreak { rule: "acute".into(), said: None });
    settle().await;
    assert!(line.state().released.iter().any(|sight| sight.item == "i8"), "a break hands the rows back");
}

#[tokio::test(start_paused = true)]
async fn a_thread_taken_comes_in_order_with_what_was_fetched_before() {
    let (line, folder) = (FakeLine::with(6), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.ask(Ask::TakeThread("i1".into()));
    settle().await;
    assert_eq!(table.heard().last().unwrap(), "taken i1: i2+i3+i4+i5+i6");
}

#[tokio::test(start_paused = true)]
async fn once_sent_an_undo_is_a_reversal_and_the_item_comes_first() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    let id = table.hold("i1", Duration::ZERO);
    settle().await;
    assert_eq!(table.take_back(id), TakenBack::Sent);
    table.heard();
    table.ask(Ask::Reverse(id));
    settle().await;
    assert_eq!(table.heard(), ["reversed Recorded", "first i1"]);
    assert_eq!(line.state().reversed, [id]);
}

#[tokio::test(start_paused = true)]
async fn a_batch_was_reversed_at_one_decision_a_round_trip() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    let ids = table.hold_all(&["i1", "i2", "i3"], Duration::ZERO);
    settle().await;
    line.state().trip = Duration::from_millis(300);
    line.fail("reverse", LineError::Unsure("cut".into()));
    for id in &ids {
        table.ask(Ask::Reverse(*id));
    }
    pass(Duration::from_millis(320)).await;
    assert_eq!(line.state().reversed.len(), 2, "all were under way at once, and one was lost");
    pass(Duration::from_secs(3)).await;
    let reversed = line.state().reversed.clone();
    assert!(ids.iter().all(|id| reversed.contains(id)) && reversed.len() == 3, "the lost one is done again");
}

#[tokio::test(start_paused = true)]
async fn a_reversal_waits_for_the_answer_to_its_decision() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    line.state().swallow = true;
    let id = table.hold("i1", Duration::ZERO);
    settle().await;
    assert_eq!(table.take_back(id), TakenBack::Sent, "it may have been recorded, so it cannot be taken back");
    table.ask(Ask::Reverse(id));
    settle().await;
    assert!(line.state().reversed.is_empty());
    pass(Duration::from_secs(3)).await;
    assert_eq!(line.state().reversed, [id]);
    assert!(table.heard().contains(&"settled AlreadyRecorded".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn while_the_line_is_down_what_never_left_can_still_be_taken_back() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    line.fail("decide", LineError::Down("no route".into()));
    let id = table.hold("i1", Duration::ZERO);
    settle().await;
    assert!(table.heard().contains(&"line down, 1 unsent".to_owned()));
    assert!(matches!(table.take_back(id), TakenBack::Back(_)));
    pass(Duration::from_secs(60)).await;
    assert!(line.state().decided.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_dead_line_is_tried_again_ever_more_rarely_and_nothing_is_lost() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    for _ in 0..6 {
        line.fail("decide", LineError::Down("no route".into()));
    }
    line.calls();
    table.hold("i1", Duration::ZERO);
    pass(Duration::from_secs(300)).await;
    let tries = line.calls().iter().filter(|call| call.starts_with("decide")).count();
    assert_eq!(tries, 7);
    assert_eq!(line.state().decided.len(), 1);
    let heard = table.heard();
    assert!(heard.contains(&"line up, 0 unsent".to_owned()), "{heard:?}");
}

#[tokio::test(start_paused = true)]
async fn leases_are_renewed_at_half_their_time_and_not_while_away_but_for_what_is_held() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.ask(Ask::Shown("i1".into()));
    settle().await;
    line.calls();
    pass(Duration::from_secs(LEASE / 2 + 1)).await;
    assert_eq!(line.calls(), ["renew i1+i2+i3+i4"]);
    table.hold("i2", Duration::from_secs(3000));
    settle().await;
    table.ask(Ask::Release(vec![sight("i1")]));
    table.ask(Ask::Away(true));
    settle().await;
    assert!(table.heard().iter().any(|one| one.starts_with("given back i3+i4")));
    line.calls();
    pass(Duration::from_secs(LEASE)).await;
    let calls = line.calls();
    assert!(calls.iter().all(|call| call == "renew i2" || call.starts_with("expose")), "{calls:?}");
    table.ask(Ask::Away(false));
    settle().await;
    assert!(line.calls().iter().any(|call| call.starts_with("claim")));
}

#[tokio::test(start_paused = true)]
async fn a_lease_lost_on_screen_is_told() {
    let (line, folder) = (FakeLine::with(3), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.ask(Ask::Shown("i1".into()));
    line.state().leased.remove("i1");
    table.heard();
    pass(Duration::from_secs(LEASE / 2 + 1)).await;
    assert!(table.heard().contains(&"lost i1 Expired".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn an_item_decided_elsewhere_is_told_when_the_queue_rings() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.ask(Ask::Shown("i1".into()));
    {
        let mut state = line.state();
        state.leased.remove("i1");
        state.decided.insert("i1".into(), (approve("i1"), 1));
    }
    table.heard();
    line.ring();
    pass(Duration::from_millis(100)).await;
    assert!(table.heard().contains(&"lost i1 Decided".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_newer_revision_takes_the_older_one_s_place() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.ask(Ask::Shown("i1".into()));
    {
        let mut state = line.state();
        let mut newer = state.leased.remove("i1").unwrap();
        newer.item.revision = 2;
        newer.round = 2;
        state.waiting.push_back(newer);
    }
    table.heard();
    line.ring();
    pass(Duration::from_millis(100)).await;
    assert!(table.heard().contains(&"revised i1 to 2".to_owned()));
    assert!(line.state().leased.contains_key("i1"));
}

#[tokio::test(start_paused = true)]
async fn new_items_are_learned_of_by_the_bell_and_not_by_asking() {
    let (line, folder) = (FakeLine::with(0), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    assert_eq!(table.heard().last().unwrap(), "nothing Empty");
    line.calls();
    pass(Duration::from_secs(600)).await;
    assert!(line.calls().is_empty());
    line.state().waiting.push_back(fake::served("new", 1));
    line.ring();
    pass(Duration::from_millis(100)).await;
    assert!(table.heard().contains(&"ahead new".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_queue_that_rings_at_every_claim_is_not_asked_for_ever() {
    let (line, folder) = (FakeLine::with(0), tempfile::tempdir().unwrap());
    let _table = Table::open(&line, folder.path()).await;
    line.calls();
    for _ in 0..600 {
        line.ring();
        pass(Duration::from_millis(100)).await;
    }
    let claims = line.calls().iter().filter(|call| call.starts_with("claim")).count();
    assert!(claims <= 8, "{claims} claims in a minute");
}

#[tokio::test(start_paused = true)]
async fn a_passed_item_is_named_as_held_until_the_queue_has_heard_of_it() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    line.fail("pass", LineError::Down("no route".into()));
    table.ask(Ask::Pass(Pass { reason: PassReason::Language, sight: sight("i1") }));
    pass(Duration::from_secs(10)).await;
    assert_eq!(line.state().passed, ["i1"]);
    let heard = table.heard();
    assert!(!heard.iter().any(|one| one.contains("ahead i1+i4")), "{heard:?}");
    assert!(heard.contains(&"ahead i4".to_owned()), "{heard:?}");
}

#[tokio::test(start_paused = true)]
async fn one_bad_decision_in_a_call_refused_as_a_whole_does_not_hold_up_the_others() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    line.fail("decide", LineError::Refused("one of them is too long".into()));
    table.hold("i1", Duration::ZERO);
    table.hold("i2", Duration::ZERO);
    settle().await;
    assert_eq!(line.state().decided.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_alert_that_cannot_leave_says_whom_to_ring_and_is_tried_until_it_is_sent_and_taken() {
    let (line, folder) = (FakeLine::with(10), tempfile::tempdir().unwrap());
    let table = Table::open(&line, folder.path()).await;
    table.heard();
    line.fail("alert", LineError::Down("no route".into()));
    table.ask(Ask::Alert(crate::moderation::Alert {
        id: Uuid::now_v7(),
        item: "i1".into(),
        revision: 1,
        kind: crate::moderation::AlertKind::Suicide,
        plan: false,
        time: false,
        place: false,
        note: None,
        withdrawn: false,
        raised_at: jiff::Timestamp::UNIX_EPOCH,
    }));
    pass(Duration::from_secs(3)).await;
    assert_eq!(table.heard(), ["alert not sent, ring Sonia, 12 34", "alert sent"]);
    line.state().alerts[0].taken = Some(("Sonia".into(), jiff::Timestamp::UNIX_EPOCH));
    line.ring();
    pass(Duration::from_secs(2)).await;
    assert!(table.heard().contains(&"alert taken".to_owned()));
}
