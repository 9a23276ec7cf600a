//! Shifts: signed in, continued, ended, and what one leaves for the next.

use crate::engines::every_engine;
use crate::house::{Fresh, fresh as desk, ids, items, seasoned};
use moddesk::moderation::Verdict;
use moddesk::moderation::shift::Handover;
use std::time::Duration;

async fn nobody_is_on_shift_unasked(fresh: Fresh) {
    let house = fresh.open().await;
    let state = house.shift("ines").await.expect("a state");
    assert!(!state.running && state.desk.is_none() && state.on_break.is_none());
}

async fn a_shift_has_a_planned_end(fresh: Fresh) {
    let house = fresh.open().await;
    let end = house.now() + Duration::from_secs(6 * 3600);
    let state = house.start_shift("ines", Some(end)).await.expect("a shift");
    assert!(state.running);
    assert_eq!((state.started_at, state.ends_at), (Some(house.now()), Some(end)));
}

async fn a_claim_without_one_begins_one_with_the_default_end(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    items(house.ask("ines", desk("d", 1)).await);
    let state = house.shift("ines").await.expect("a state");
    assert!(state.running);
    assert_eq!(state.ends_at, Some(house.now() + Duration::from_secs(8 * 3600)));
    assert_eq!(state.desk.as_deref(), Some("d"), "so that the screen can ask before its first claim");
}

async fn it_outlives_a_restart(fresh: Fresh) {
    let mut house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Approve).await;
    let before = house.shift("ines").await.expect("a state");
    house.reopen().await;
    let after = house.shift("ines").await.expect("a state");
    assert_eq!((after.started_at, after.ends_at, after.decided), (before.started_at, before.ends_at, 1));
}

async fn signing_out_releases_what_is_undecided(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    items(house.ask("ines", desk("d", 2)).await);
    house.end_shift("ines", &[]).await.expect("signed out");
    let state = house.shift("ines").await.expect("a state");
    assert!(!state.running && state.desk.is_none());
    assert_eq!(ids(&house.take("omar", 5).await), ["a", "b"]);
}

async fn notes_are_there_for_the_next(fresh: Fresh) {
    let mut house = fresh.open().await;
    house.start_shift("ines", None).await.expect("a shift");
    house.minutes(5);
    let note = |text: &str| Handover { by: String::new(), at: house.now(), client: None, text: text.into() };
    let notes = [note("storm: never promise a date"), note("watch thread 9")];
    house.end_shift("ines", &notes).await.expect("signed out");
    house.reopen().await;
    let state = house.start_shift("omar", None).await.expect("a shift");
    let texts: Vec<&str> = state.handover.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(texts, ["storm: never promise a date", "watch thread 9"]);
    assert!(state.handover.iter().all(|note| note.by == "ines" && note.at == house.now()));
}

async fn one_begun_within_six_hours_continues_the_other(fresh: Fresh) {
    let house = fresh.rules(seasoned()).open().await;
    let began = house.start_shift("ines", None).await.expect("a shift");
    house.minutes(30);
    house.end_shift("ines", &[]).await.expect("signed out");
    house.minutes(5 * 60);
    let again = house.start_shift("ines", None).await.expect("a shift");
    assert_eq!((again.started_at, again.ends_at), (began.started_at, began.ends_at));
    house.end_shift("ines", &[]).await.expect("signed out");
    house.minutes(6 * 60);
    let anew = house.start_shift("ines", None).await.expect("a shift");
    assert_eq!(anew.started_at, Some(house.now()));
}

async fn after_an_hour_without_a_sign_of_life_it_has_ended(fresh: Fresh) {
    let house = fresh.rules(seasoned()).open().await;
    house.start_shift("ines", None).await.expect("a shift");
    house.minutes(8 * 60);
    let anew = house.start_shift("ines", None).await.expect("a shift");
    assert_eq!(anew.started_at, Some(house.now()), "it ended at nine, seven hours ago");
}

async fn asking_for_the_shift_is_no_sign_of_life(fresh: Fresh) {
    let house = fresh.rules(seasoned()).open().await;
    house.start_shift("ines", None).await.expect("a shift");
    for _ in 0..16 {
        house.minutes(30);
        house.shift("ines").await.expect("a state");
    }
    let anew = house.start_shift("ines", None).await.expect("a shift");
    assert_eq!(anew.started_at, Some(house.now()));
}

async fn decided_counts_this_shift(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b", "c"]).await;
    for served in house.take("ines", 2).await {
        house.rule("ines", &served, Verdict::Approve).await;
    }
    assert_eq!(house.shift("ines").await.expect("a state").decided, 2);
    assert_eq!(house.shift("omar").await.expect("a state").decided, 0);
}

async fn a_sentence_that_weakens_the_rules_is_shown_and_audited(fresh: Fresh) {
    let mut rules = seasoned();
    rules.weakened_because = Some("measurement of 22 November".into());
    let house = fresh.rules(rules).open().await;
    let state = house.shift("ines").await.expect("a state");
    assert_eq!(state.weakened_because.as_deref(), Some("measurement of 22 November"));
    let log = house.audit(0, 0).await.expect("a log");
    let told = log.iter().filter(|entry| entry.detail.to_string().contains("measurement of 22 November")).count();
    assert_eq!(told, 1);
}

async fn nobody_s_day_is_in_the_audit_log(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let before = house.audit(0, 0).await.expect("a log").len();
    house.start_shift("ines", None).await.expect("a shift");
    house.begin_break("ines", Some("lunch")).await.expect("a break");
    house.end_break("ines").await.expect("ended");
    house.take_one("ines").await;
    house.expose("ines", &[crate::house::sight("a")]).await.expect("an answer");
    house.end_shift("ines", &[]).await.expect("signed out");
    assert_eq!(house.audit(0, 0).await.expect("a log").len(), before);
}

every_engine![
    nobody_is_on_shift_unasked,
    a_shift_has_a_planned_end,
    a_claim_without_one_begins_one_with_the_default_end,
    it_outlives_a_restart,
    signing_out_releases_what_is_undecided,
    notes_are_there_for_the_next,
    one_begun_within_six_hours_continues_the_other,
    after_an_hour_without_a_sign_of_life_it_has_ended,
    asking_for_the_shift_is_no_sign_of_life,
    decided_counts_this_shift,
    a_sentence_that_weakens_the_rules_is_shown_and_audited,
    nobody_s_day_is_in_the_audit_log,
];
