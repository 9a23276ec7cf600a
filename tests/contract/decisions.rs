//! Decisions: each outcome, each on its own, first wins, an id is recorded once.

use crate::engines::every_engine;
use crate::house::{Fresh, fresh as desk, ids, item, items, verdict, with};
use moddesk::moderation::{Claim, Claimed, Decision, FollowUp, Measure, Outcome, Verdict};
use moddesk::store::DecisionFilter;
use serde_json::json;
use uuid::Uuid;

async fn a_recorded_decision_ends_the_item_in_its_round(fresh: Fresh) {
    let mut house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    let id = house.rule("ines", &served, Verdict::Approve).await;
    house.reopen().await;
    assert_eq!(house.state("a").await, "decided");
    assert!(house.take("ines", 1).await.is_empty() && house.take("omar", 1).await.is_empty());
    let kept = house.item("a").await.expect("kept");
    assert_eq!((kept.round, kept.decisions.len(), kept.decisions[0].id), (1, 1, id));
}

async fn the_same_id_again_is_already_recorded(fresh: Fresh) {
    let mut house = fresh.open().await;
    house.plain(&["a"]).await;
    let decision = verdict(&house.take_one("ines").await, Verdict::Delete);
    house.record("ines", decision.clone()).await;
    for _ in 0..2 {
        let again = house.send("ines", decision.clone()).await;
        assert_eq!(again.outcome, Outcome::AlreadyRecorded);
        assert!(again.outcome.is_success());
        house.reopen().await;
    }
    assert_eq!(house.decisions(&DecisionFilter::default()).await.expect("decisions").len(), 1);
}

async fn the_same_id_again_is_success_whatever_happened_since(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b", "c"]).await;
    let held = house.take("ines", 3).await;
    let sent: Vec<Decision> = [Verdict::Approve, Verdict::Escalate, Verdict::Approve]
        .iter()
        .zip(&held)
        .map(|(v, s)| verdict(s, *v))
        .collect();
    house.decide("ines", &sent, None).await.expect("an answer");
    house.bring(vec![item("a", json!({"revision": 2, "text": "edited"}))]).await;
    house.withdraw(&["c".to_owned()], "operator").await.expect("an answer");
    let again = house.decide("ines", &sent, None).await.expect("an answer");
    assert!(again.results.iter().all(|result| result.outcome == Outcome::AlreadyRecorded), "{:?}", again.results);
}

async fn the_same_id_twice_in_one_call_is_recorded_once(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let decision = verdict(&house.take_one("ines").await, Verdict::Approve);
    let results = house.decide("ines", &[decision.clone(), decision], None).await.expect("an answer").results;
    assert_eq!([results[0].outcome, results[1].outcome], [Outcome::Recorded, Outcome::AlreadyRecorded]);
}

async fn first_wins_within_a_round(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Delete).await;
    for who in ["ines", "omar"] {
        let other = house.send(who, verdict(&served, Verdict::Approve)).await;
        assert_eq!((other.outcome, other.verdict), (Outcome::Conflict, Some(Verdict::Delete)), "{who}");
        assert!(other.by.is_some(), "with who was first");
    }
    assert_eq!(house.item("a").await.expect("kept").decisions.len(), 1);
}

async fn a_decision_for_an_earlier_round_is_a_conflict(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Escalate).await;
    let result = house.send("ines", verdict(&served, Verdict::Approve)).await;
    assert_eq!((result.outcome, result.verdict), (Outcome::Conflict, Some(Verdict::Escalate)));
}

async fn where_the_revision_moved_it_is_stale_with_the_new_item(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    house.bring(vec![item("a", json!({"revision": 2, "text": "edited"}))]).await;
    let result = house.send("ines", verdict(&served, Verdict::Approve)).await;
    assert_eq!(result.outcome, Outcome::StaleRevision);
    let new = result.item.expect("the new item comes with it");
    assert_eq!((new.item.revision, new.round), (2, 2));
    assert_eq!(new.item.text.expect("words").raw(), "edited");
}

async fn stale_even_where_somebody_else_has_the_new_revision(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    house.bring(vec![item("a", json!({"revision": 2, "text": "edited"}))]).await;
    let theirs = house.take_one("omar").await;
    let result = house.send("ines", verdict(&served, Verdict::Approve)).await;
    assert_eq!(result.outcome, Outcome::StaleRevision);
    house.rule("omar", &theirs, Verdict::Approve).await;
}

async fn without_a_round_that_of_my_last_lease_counts(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    let bare = || Decision { round: None, ..verdict(&served, Verdict::Approve) };
    assert_eq!(house.send("omar", bare()).await.outcome, Outcome::NotLeased);
    house.record("ines", bare()).await;
    assert_eq!(house.send("ines", bare()).await.outcome, Outcome::Conflict);
}

async fn an_id_belongs_to_one_decision(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    let held = house.take("ines", 2).await;
    let first = verdict(&held[0], Verdict::Approve);
    house.record("ines", first.clone()).await;
    let result = house.send("ines", Decision { id: first.id, ..verdict(&held[1], Verdict::Delete) }).await;
    assert!(!matches!(result.outcome, Outcome::Recorded), "{result:?}");
    assert_eq!(house.state("b").await, "leased", "the other item is untouched");
}

async fn delete_and_restrict_need_a_policy(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    for what in [Verdict::Delete, Verdict::Restrict] {
        let result = house.send("ines", Decision { policy: None, ..verdict(&served, what) }).await;
        assert_eq!(result.outcome, Outcome::Refused, "{what:?}");
        assert!(result.message.expect("why").contains("policy"));
    }
    assert_eq!(house.state("a").await, "leased", "refused leaves everything as it was");
    house.rule("ines", &served, Verdict::Restrict).await;
}

async fn a_policy_must_be_one_of_the_client_s(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    let unknown = Decision { policy: Some("fashion".into()), ..verdict(&served, Verdict::Delete) };
    let result = house.send("ines", unknown).await;
    assert_eq!(result.outcome, Outcome::Refused);
    assert!(result.message.expect("why").contains("fashion"));
}

async fn a_measure_goes_with_restrict_and_only_with_it(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    for (what, measure) in [
        (Verdict::Restrict, None),
        (Verdict::Approve, Some(Measure::Hide)),
        (Verdict::Delete, Some(Measure::Lock)),
        (Verdict::Escalate, Some(Measure::Demote)),
    ] {
        let result = house.send("ines", Decision { measure, ..verdict(&served, what) }).await;
        assert_eq!(result.outcome, Outcome::Refused, "{what:?} {measure:?}");
    }
    let measure = Some(Measure::AgeLimit);
    house.record("ines", Decision { measure, ..verdict(&served, Verdict::Restrict) }).await;
}

async fn the_whole_decision_is_recorded(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    let mut sent: Decision = serde_json::from_value(json!({
        "id": Uuid::now_v7(), "item": "a", "revision": 1, "round": 1, "queue": "default", "verdict": "restrict",
        "measure": "hide", "policy": "hate", "policy_version": "house 2",
        "follow_ups": [{"kind": "reply", "text": "odd \u{0} reply", "visibility": "private"},
            {"kind": "insight", "topic": "delivery", "sort": "complaint", "verbatim": "late"},
            {"kind": "forward", "department": "customer-service"}, {"kind": "like"}, {"kind": "share"},
            {"kind": "sanction", "measure": "mute", "hours": 24}, {"kind": "label", "value": "satire"}],
        "note": "a \u{0} note", "severity": 2, "decided_at": served.lease_until - std::time::Duration::from_secs(300),
        "batch": Uuid::now_v7()
    }))
    .expect("a decision");
    house.record("ines", sent.clone()).await;
    let mut recorded = house.decisions(&DecisionFilter::default()).await.expect("decisions");
    assert_eq!(recorded.len(), 1);
    let (_, kept) = recorded.remove(0);
    let ines = house.people().await.expect("people").into_iter().find(|person| person.name == "ines").expect("ines");
    sent.moderator = Some(ines.pseudonym);
    assert_eq!(kept, sent);
    assert_eq!(kept.follow_ups.len(), 7);
    assert!(matches!(kept.follow_ups[0], FollowUp::Reply { .. }));
}

async fn the_version_in_force_is_recorded_where_none_was_said(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Delete).await;
    let recorded = house.decisions(&DecisionFilter::default()).await.expect("decisions");
    assert_eq!(recorded[0].1.policy_version.as_deref(), Some("house 3"));
}

async fn exposure_data_is_in_no_export_of_decisions(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let mut sent = serde_json::to_value(verdict(&house.take_one("ines").await, Verdict::Approve)).expect("JSON");
    sent["seen"] = json!("full");
    sent["opened"] = json!("text");
    sent["presented_at"] = json!(house.now());
    sent["active_ms"] = json!(4180);
    house.record("ines", serde_json::from_value(sent).expect("a decision")).await;
    let (_, kept) = house.decisions(&DecisionFilter::default()).await.expect("decisions").remove(0);
    assert_eq!((kept.seen, kept.opened, kept.presented_at, kept.active_ms), (None, None, None, None));
}

async fn escalating_moves_the_item_on_in_a_new_round(fresh: Fresh) {
    let house = fresh.open().await;
    house.queue("threats", |_| {}).await;
    house.queue("night", |_| {}).await;
    house.queue("default", |queue| queue.escalates_to = Some("night".into())).await;
    house.bring(vec![item("a", json!({})), item("b", json!({})), item("c", json!({"queue": "other"}))]).await;
    for served in house.take("ines", 3).await {
        let to = (served.item.id == "a").then(|| "threats".to_owned());
        house.record("ines", Decision { to, ..verdict(&served, Verdict::Escalate) }).await;
    }
    for (id, queue) in [("a", "threats"), ("b", "night"), ("c", "escalated")] {
        let kept = house.item(id).await.expect("kept");
        assert_eq!((kept.queue.as_str(), kept.round, kept.state.as_str()), (queue, 2, "waiting"), "{id}");
    }
    let mut again = ids(&house.take("ines", 5).await).into_iter().map(str::to_owned).collect::<Vec<_>>();
    again.sort();
    assert_eq!(again, ["a", "b", "c"], "one moderator alone can work the escalated queue");
}

async fn escalating_keeps_deadline_and_client(fresh: Fresh) {
    let house = fresh.open().await;
    house
        .set_client(&moddesk::moderation::Client { name: "meteo".into(), ..Default::default() }, "operator")
        .await
        .expect("a client");
    house.set_queue(&moddesk::moderation::Queue::new("meteo", "meteo"), "operator").await.expect("a queue");
    house.bring(vec![item("a", json!({"queue": "meteo", "due_at": "2026-11-22T12:00:00Z"}))]).await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Escalate).await;
    let next = house.take_one("omar").await;
    assert_eq!((next.client.as_str(), next.queue.as_str(), next.due_at), ("meteo", "escalated", served.due_at));
    assert_eq!(next.rounds.len(), 1, "with what was decided before");
}

async fn nothing_escalates_to_a_queue_that_is_not_there(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    let nowhere = Decision { to: Some("nowhere".into()), ..verdict(&served, Verdict::Escalate) };
    assert_eq!(house.send("ines", nowhere).await.outcome, Outcome::Refused);
    let sideways = Decision { to: Some("escalated".into()), ..verdict(&served, Verdict::Approve) };
    assert_eq!(house.send("ines", sideways).await.outcome, Outcome::Refused);
}

async fn imminent_harm_goes_to_its_queue_and_raises_an_alert(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    let mut sent = serde_json::to_value(verdict(&served, Verdict::Escalate)).expect("JSON");
    sent["imminent"] = json!({"kind": "suicide", "plan": true, "place": true});
    house.record("ines", serde_json::from_value(sent).expect("a decision")).await;
    let kept = house.item("a").await.expect("kept");
    assert_eq!((kept.queue.as_str(), kept.round), ("imminent", 2));
    let alerts = house.alerts("sonia").await.expect("alerts");
    assert_eq!(alerts.len(), 1);
    assert_eq!((alerts[0].alert.item.as_str(), alerts[0].alert.plan, alerts[0].alert.time), ("a", true, false));
}

async fn each_of_a_call_stands_on_its_own(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["good", "decided", "stale", "free", "last"]).await;
    let held = house.take("ines", 3).await;
    let before = verdict(&held[1], Verdict::Approve);
    house.record("ines", before).await;
    house.bring(vec![item("stale", json!({"revision": 2, "text": "edited"}))]).await;
    let on = |id: &str, round| Decision {
        item: id.into(),
        round,
        id: Uuid::now_v7(),
        ..verdict(&held[0], Verdict::Approve)
    };
    let call = [
        verdict(&held[0], Verdict::Approve),
        verdict(&held[1], Verdict::Delete),
        verdict(&held[2], Verdict::Approve),
        on("free", None),
        on("nowhere", Some(1)),
        Decision { policy: None, ..verdict(&held[0], Verdict::Delete) },
    ];
    let results = house.decide("ines", &call, None).await.expect("an answer").results;
    assert_eq!(results.iter().map(|result| result.id).collect::<Vec<_>>(), call.each_ref().map(|sent| sent.id));
    let outcomes: Vec<Outcome> = results.iter().map(|result| result.outcome).collect();
    assert_eq!(outcomes[..4], [Outcome::Recorded, Outcome::Conflict, Outcome::StaleRevision, Outcome::NotLeased]);
    assert!(outcomes[4..].iter().all(|outcome| !outcome.is_success()), "{outcomes:?}");
}

async fn a_claim_may_ride_along(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b", "c"]).await;
    let held = items(house.ask("ines", desk("d", 2)).await);
    let decided = house
        .decide("ines", &[verdict(&held[0], Verdict::Approve)], Some(&with("d", &["b"], 2)))
        .await
        .expect("an answer");
    assert_eq!(decided.results[0].outcome, Outcome::Recorded);
    assert_eq!(ids(&items(decided.claimed.expect("an answer to the claim"))), ["c"]);
}

async fn a_claim_that_rides_along_sees_what_was_decided_in_the_call(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let held = items(house.ask("ines", desk("d", 1)).await);
    let more = Claim { max: 3, ..Claim::default() };
    let decided = house.decide("ines", &[verdict(&held[0], Verdict::Approve)], Some(&more)).await.expect("an answer");
    let Some(Claimed::Items { items, waiting, .. }) = decided.claimed else { panic!("items") };
    assert_eq!((ids(&items), waiting), (vec![], 0));
}

async fn decisions_come_out_oldest_first_by_page_and_by_time(fresh: Fresh) {
    let house = fresh.open().await;
    let names = ["a", "b", "c", "d"];
    house.plain(&names).await;
    let mut times = Vec::new();
    for served in house.take("ines", 4).await {
        house.minutes(1);
        times.push(house.now());
        house.rule("ines", &served, Verdict::Approve).await;
    }
    let of = |found: Vec<(u64, Decision)>| found.into_iter().map(|(_, decision)| decision.item).collect::<Vec<_>>();
    let all = house.decisions(&DecisionFilter::default()).await.expect("decisions");
    assert!(all.is_sorted_by_key(|(seq, _)| *seq));
    let after = all[1].0;
    assert_eq!(of(all), names);
    let page = DecisionFilter { after, limit: 1, ..DecisionFilter::default() };
    assert_eq!(of(house.decisions(&page).await.expect("decisions")), ["c"]);
    let window = DecisionFilter { since: Some(times[1]), until: Some(times[3]), ..DecisionFilter::default() };
    assert_eq!(of(house.decisions(&window).await.expect("decisions")), ["b", "c"]);
}

every_engine![
    a_recorded_decision_ends_the_item_in_its_round,
    the_same_id_again_is_already_recorded,
    the_same_id_again_is_success_whatever_happened_since,
    the_same_id_twice_in_one_call_is_recorded_once,
    first_wins_within_a_round,
    a_decision_for_an_earlier_round_is_a_conflict,
    where_the_revision_moved_it_is_stale_with_the_new_item,
    stale_even_where_somebody_else_has_the_new_revision,
    without_a_round_that_of_my_last_lease_counts,
    an_id_belongs_to_one_decision,
    delete_and_restrict_need_a_policy,
    a_policy_must_be_one_of_the_client_s,
    a_measure_goes_with_restrict_and_only_with_it,
    the_whole_decision_is_recorded,
    the_version_in_force_is_recorded_where_none_was_said,
    exposure_data_is_in_no_export_of_decisions,
    escalating_moves_the_item_on_in_a_new_round,
    escalating_keeps_deadline_and_client,
    nothing_escalates_to_a_queue_that_is_not_there,
    imminent_harm_goes_to_its_queue_and_raises_an_alert,
    each_of_a_call_stands_on_its_own,
    a_claim_may_ride_along,
    a_claim_that_rides_along_sees_what_was_decided_in_the_call,
    decisions_come_out_oldest_first_by_page_and_by_time,
];
