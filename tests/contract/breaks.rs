//! Breaks: due, running, and only the queue's clock ends one.

use crate::engines::every_engine;
use crate::house::{Fresh, House, break_in, fresh as desk, ids, item, items, pass, seasoned, sight, verdict, with};
use moddesk::moderation::{Claim, Claimed, Outcome, PassReason, Served, Verdict};
use moddesk::store::Reverse;
use serde_json::json;
use uuid::Uuid;

/// The shift is 50 minutes old; ines has decided `decided` and holds `held`; nothing else has happened.
async fn at_the_hour(fresh: Fresh) -> (House, Uuid, Vec<Served>) {
    let house = fresh.rules(seasoned()).open().await;
    house.queue("default", |queue| queue.lease_s = 4 * 3600).await;
    house.start_shift("ines", None).await.expect("a shift");
    house.plain(&["decided", "one", "two", "three", "waits"]).await;
    let mut held = items(house.ask("ines", desk("d", 4)).await);
    let first = held.remove(0);
    let id = house.rule("ines", &first, Verdict::Approve).await;
    // Signs of life on the way, or the shift would have ended by silence.
    for _ in 0..5 {
        house.minutes(10);
        house
            .renew("ines", Some("d"), &held.iter().map(|s| s.item.id.clone()).collect::<Vec<_>>())
            .await
            .expect("alive");
    }
    (house, id, held)
}

/// The same, in the break.
async fn in_a_break(fresh: Fresh) -> (House, Uuid, Vec<Served>) {
    let (house, id, held) = at_the_hour(fresh).await;
    let due = break_in(house.ask("ines", with("d", &[], 1)).await);
    assert_eq!((due.rule.as_str(), due.required_s), ("hourly", 300), "five minutes where no points were gathered");
    (house, id, held)
}

async fn after_fifty_minutes_a_break_is_due(fresh: Fresh) {
    let house = fresh.rules(seasoned()).open().await;
    house.plain(&["a"]).await;
    house.start_shift("ines", None).await.expect("a shift");
    house.seconds(50 * 60 - 1);
    assert_eq!(house.take("ines", 1).await.len(), 1);
    house.release("ines", &[sight("a")]).await.expect("an answer");
    house.seconds(1);
    let due = break_in(house.ask("ines", Claim { max: 1, ..Claim::default() }).await);
    assert_eq!(due.rule, "hourly");
    assert_eq!(due.until.duration_since(house.now()).as_secs(), i64::try_from(due.required_s).expect("seconds"));
}

async fn in_a_break_claims_and_renewals_answer_break_due(fresh: Fresh) {
    let (house, _, _) = in_a_break(fresh).await;
    house.minutes(1);
    for claim in [desk("d", 1), with("d", &["one"], 1), Claim { max: 1, ..Claim::default() }] {
        assert_eq!(break_in(house.ask("ines", claim).await).rule, "hourly");
    }
    let batch = Claim { items: Some(vec!["waits".into()]), ..Claim::default() };
    break_in(house.ask("ines", batch).await);
    let renewed = house.renew("ines", Some("d"), &["one".to_owned()]).await.expect("an answer");
    assert!(renewed.break_due.is_some() && renewed.renewed.is_empty(), "{renewed:?}");
    assert!(house.shift("ines").await.expect("a shift").on_break.is_some());
}

async fn what_is_leased_goes_back_within_a_second(fresh: Fresh) {
    let (house, _, _) = in_a_break(fresh).await;
    house.seconds(2);
    assert_eq!(ids(&house.take("omar", 9).await), ["one", "two", "three", "waits"]);
}

async fn in_a_break_decisions_passes_exposures_and_releases_are_accepted(fresh: Fresh) {
    let (house, _, held) = in_a_break(fresh).await;
    house.rule("ines", &held[0], Verdict::Delete).await;
    assert_eq!(house.pass("ines", &[pass("two", PassReason::Technical)]).await.expect("an answer"), []);
    house.expose("ines", &[sight("decided")]).await.expect("accepted");
    house.release("ines", &[sight("three")]).await.expect("accepted");
    assert_eq!(house.state("one").await, "decided");
    assert_eq!(house.state("three").await, "waiting");
}

async fn a_claim_riding_along_gets_the_break_and_the_results_stand(fresh: Fresh) {
    let (house, _, held) = in_a_break(fresh).await;
    let decided = house.decide("ines", &[verdict(&held[0], Verdict::Approve)], Some(&with("d", &[], 3))).await;
    let decided = decided.expect("200, whatever the claim met");
    assert_eq!(decided.results[0].outcome, Outcome::Recorded);
    break_in(decided.claimed.expect("an answer to the claim"));
}

async fn a_reversal_in_a_break_is_recorded_without_a_lease_and_comes_first_after_it(fresh: Fresh) {
    let (house, id, _) = in_a_break(fresh).await;
    let reverse = Reverse { id: Uuid::now_v7(), reason: None, decision: None };
    let answer = house.reverse("ines", id, &reverse).await.expect("an answer");
    assert_eq!(answer.outcome, Outcome::Recorded);
    assert_eq!(answer.item.map(|served| served.item.id), None, "without a lease");
    assert_eq!(house.state("decided").await, "waiting");
    house.bring(vec![item("urgent", json!({"priority": 100, "due_at": "2026-11-22T07:00:00Z"}))]).await;
    house.minutes(5);
    assert_eq!(house.take_one("ines").await.item.id, "decided");
}

async fn a_reversal_sent_again_after_a_break_has_begun_is_no_way_around_it(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    let id = house.rule("ines", &served, Verdict::Approve).await;
    let reverse = Reverse { id: Uuid::now_v7(), reason: None, decision: None };
    let first = house.reverse("ines", id, &reverse).await.expect("an answer");
    assert!(first.item.is_some(), "leased to me");
    house.begin_break("ines", None).await.expect("a break");
    let again = house.reverse("ines", id, &reverse).await.expect("an answer");
    assert_eq!((again.outcome, again.item.map(|served| served.item.id)), (Outcome::AlreadyRecorded, None));
}

async fn only_the_clock_ends_it(fresh: Fresh) {
    let (mut house, _, _) = in_a_break(fresh).await;
    let until = house.shift("ines").await.expect("a shift").on_break.expect("a break").until;
    house.seconds(299);
    assert!(house.end_break("ines").await.expect("an answer").on_break.is_some(), "Enter before the end does nothing");
    house.reopen().await;
    let on = house.shift("ines").await.expect("a shift").on_break.expect("still");
    assert_eq!(on.until, until, "the same screen with the same end");
    break_in(house.ask("ines", desk("d", 1)).await);
    house.seconds(1);
    assert!(!items(house.ask("ines", desk("d", 1)).await).is_empty());
    assert_eq!(house.shift("ines").await.expect("a shift").on_break, None);
}

async fn a_second_desk_shortens_nothing(fresh: Fresh) {
    let (house, _, _) = in_a_break(fresh).await;
    house.minutes(4);
    break_in(house.ask("ines", desk("another", 1)).await);
    break_in(house.ask("ines", desk("a-third", 1)).await);
    let beside = house.beside().await;
    break_in(beside.claim("ines", &desk("beside", 1)).await.expect("an answer"));
    house.seconds(59);
    break_in(house.ask("ines", desk("another", 1)).await);
}

async fn nor_does_a_turned_wall_clock(fresh: Fresh) {
    let (house, _, _) = in_a_break(fresh).await;
    let honest = house.now();
    house.clock.cheat("2026-11-23T08:00:00Z".parse().expect("a time"));
    break_in(house.ask("ines", desk("d", 1)).await);
    assert!(house.end_break("ines").await.expect("an answer").on_break.is_some());
    house.clock.cheat(honest);
    house.minutes(4);
    break_in(house.ask("ines", desk("d", 1)).await);
    house.minutes(1);
    assert!(!items(house.ask("ines", desk("d", 1)).await).is_empty());
}

async fn nor_does_signing_out_and_in(fresh: Fresh) {
    let (house, _, _) = in_a_break(fresh).await;
    house.minutes(2);
    house.end_shift("ines", &[]).await.expect("signed out");
    house.start_shift("ines", None).await.expect("signed in");
    break_in(house.ask("ines", desk("d", 1)).await);
    house.minutes(2);
    break_in(house.ask("ines", desk("d", 1)).await);
}

async fn after_a_reboot_the_wall_clock_counts(fresh: Fresh) {
    let (mut house, _, _) = in_a_break(fresh).await;
    house.minutes(2);
    house.clock.reboot();
    house.reopen().await;
    house.minutes(2);
    break_in(house.ask("ines", desk("d", 1)).await);
    house.minutes(1);
    assert!(!items(house.ask("ines", desk("d", 1)).await).is_empty());
}

async fn a_break_of_one_keeps_nobody_else(fresh: Fresh) {
    let (house, _, _) = in_a_break(fresh).await;
    assert_eq!(house.take_one("omar").await.item.id, "waits");
}

async fn one_due_by_time_waits_for_the_item_on_screen_two_minutes_at_most(fresh: Fresh) {
    let (house, _, held) = at_the_hour(fresh).await;
    let asked = house.ask("ines", with("d", &["one"], 3)).await;
    assert!(matches!(asked, Claimed::BreakDue { .. }), "nothing new is served: {asked:?}");
    assert_eq!(house.shift("ines").await.expect("a shift").on_break, None, "it has not begun");
    house.seconds(119);
    assert_eq!(house.shift("ines").await.expect("a shift").on_break, None);
    house.seconds(1);
    assert!(house.shift("ines").await.expect("a shift").on_break.is_some(), "then the item goes back");
    house.seconds(2);
    assert_eq!(house.take_one("omar").await.item.id, held[0].item.id);
}

async fn an_acute_break_begins_with_the_decision_that_made_it_due(fresh: Fresh) {
    let mut rules = seasoned();
    rules.acute_limit = 3.0;
    let house = fresh.rules(rules).open().await;
    let image = |id: &str| item(id, json!({"kind": "image", "media": [{"mime": "image/png"}], "severity": 2}));
    house.bring(vec![image("a"), image("b"), image("c")]).await;
    let held = items(house.ask("ines", desk("d", 2)).await);
    house.minutes(1);
    let decided = house.decide("ines", &[verdict(&held[0], Verdict::Approve)], Some(&with("d", &["b"], 1))).await;
    let decided = decided.expect("an answer");
    assert_eq!(decided.results[0].outcome, Outcome::Recorded);
    let due = break_in(decided.claimed.expect("an answer to the claim"));
    assert_eq!((due.rule.as_str(), due.required_s), ("acute", 600));
    house.seconds(2);
    let theirs = house.take_one("omar").await;
    assert_eq!(theirs.item.id, "b", "what was fetched beforehand goes back");
    house.rule("omar", &theirs, Verdict::Approve).await;
    house.seconds(597);
    break_in(house.ask("ines", desk("d", 1)).await);
    house.seconds(1);
    assert_eq!(ids(&items(house.ask("ines", desk("d", 1)).await)), ["c"]);
}

async fn a_voluntary_break_is_open_ended_and_counts_as_work(fresh: Fresh) {
    let house = fresh.rules(seasoned()).open().await;
    house.plain(&["a"]).await;
    house.start_shift("ines", None).await.expect("a shift");
    let state = house.begin_break("ines", None).await.expect("a break");
    assert_eq!(state.on_break.map(|on| on.rule), Some("voluntary".into()));
    house.seconds(30);
    break_in(house.ask("ines", desk("d", 1)).await);
    assert_eq!(house.end_break("ines").await.expect("ended").on_break, None);
    assert_eq!(items(house.ask("ines", desk("d", 1)).await).len(), 1);
    house.release("ines", &[sight("a")]).await.expect("an answer");
    house.seconds(50 * 60 - 30);
    assert_eq!(break_in(house.ask("ines", desk("d", 1)).await).rule, "hourly", "30 seconds were no rest");
}

async fn in_a_voluntary_break_the_item_stays_for_two_minutes(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    house.begin_break("ines", Some("lunch")).await.expect("a break");
    house.seconds(119);
    assert!(house.take("omar", 1).await.is_empty());
    house.seconds(2);
    assert_eq!(house.take_one("omar").await.item.id, "a");
}

async fn why_somebody_rests_is_kept_nowhere(fresh: Fresh) {
    let house = fresh.open().await;
    house.begin_break("ines", Some("technical")).await.expect("a break");
    house.minutes(1);
    house.end_break("ines").await.expect("ended");
    let log = serde_json::to_string(&house.audit(0, 0).await.expect("a log")).expect("JSON");
    assert!(!log.contains("voluntary") && !log.contains("break"), "the audit log holds no wellbeing");
    let events = house.events(0, 0).await.expect("events");
    for event in events.iter().filter(|event| event.person.as_deref() != Some("ines")) {
        let text = event.data.to_string();
        assert!(!text.contains("technical") && !text.contains("voluntary"), "nor do live views: {text}");
    }
}

every_engine![
    after_fifty_minutes_a_break_is_due,
    in_a_break_claims_and_renewals_answer_break_due,
    what_is_leased_goes_back_within_a_second,
    in_a_break_decisions_passes_exposures_and_releases_are_accepted,
    a_claim_riding_along_gets_the_break_and_the_results_stand,
    a_reversal_in_a_break_is_recorded_without_a_lease_and_comes_first_after_it,
    a_reversal_sent_again_after_a_break_has_begun_is_no_way_around_it,
    only_the_clock_ends_it,
    a_second_desk_shortens_nothing,
    nor_does_a_turned_wall_clock,
    nor_does_signing_out_and_in,
    after_a_reboot_the_wall_clock_counts,
    a_break_of_one_keeps_nobody_else,
    one_due_by_time_waits_for_the_item_on_screen_two_minutes_at_most,
    an_acute_break_begins_with_the_decision_that_made_it_due,
    a_voluntary_break_is_open_ended_and_counts_as_work,
    in_a_voluntary_break_the_item_stays_for_two_minutes,
    why_somebody_rests_is_kept_nowhere,
];
