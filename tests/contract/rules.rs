//! The wellbeing rules as the claim enforces them: rows of hard items, edges and caps of a shift, agreed anew.

use crate::engines::every_engine;
use crate::house::{
    Fresh, House, break_in, fresh as desk, ids, item, items, level, pass, seasoned, verdict, with, without_edges,
};
use moddesk::moderation::claim::Why;
use moddesk::moderation::{Claimed, Decision, Item, PassReason, Seen, Sight, Verdict};
use moddesk::wellbeing::Rules;
use serde_json::json;

/// Pictures of one level, in the order of their names.
fn pictures(name: &str, severity: u8, how_many: usize) -> Vec<Item> {
    let one = |at| item(&format!("{name}{at:02}"), json!({"kind": "image", "severity": severity}));
    (0..how_many).map(one).collect()
}

/// Takes and approves one at a time, a minute each, as long as there is something.
async fn work(house: &House, most: usize) -> Vec<u8> {
    let mut levels = Vec::new();
    while levels.len() < most {
        let Claimed::Items { mut items, .. } = house.ask("ines", desk("d", 1)).await else { break };
        let Some(served) = items.pop() else { break };
        house.minutes(1);
        house.rule("ines", &served, Verdict::Approve).await;
        levels.push(served.severity.level());
    }
    levels
}

/// Nothing but the run rule.
fn rows_only() -> Rules {
    let mut rules = without_edges();
    (rules.acute_limit, rules.shift.points_soft, rules.shift.points_hard) = (1e9, 1e9, 1e9);
    rules.breaks.hourly_work = std::time::Duration::from_secs(1_000_000);
    rules
}

async fn after_five_graphic_items_three_mild_ones(fresh: Fresh) {
    let house = fresh.rules(rows_only()).open().await;
    let mut batch = pictures("hard", 3, 8);
    batch.extend(pictures("low", 1, 8).into_iter().map(|low| Item { priority: -5, ..low }));
    house.bring(batch).await;
    assert_eq!(work(&house, 11).await, [3, 3, 3, 3, 3, 1, 1, 1, 3, 3, 3]);
}

async fn after_two_extreme_ones_too(fresh: Fresh) {
    let house = fresh.rules(rows_only()).open().await;
    let mut batch = pictures("hard", 4, 3);
    batch.extend(pictures("low", 0, 8).into_iter().map(|low| Item { priority: -5, ..low }));
    house.bring(batch).await;
    assert_eq!(work(&house, 6).await, [4, 4, 0, 0, 0, 4]);
}

async fn where_the_queue_has_none_a_pause_of_three_minutes(fresh: Fresh) {
    let house = fresh.rules(rows_only()).open().await;
    house.bring(pictures("hard", 3, 12)).await;
    assert_eq!(work(&house, 12).await, [3; 5]);
    let due = break_in(house.ask("ines", desk("d", 1)).await);
    assert_eq!((due.rule.as_str(), due.required_s), ("run", 180));
    house.seconds(179);
    break_in(house.ask("ines", desk("d", 1)).await);
    house.seconds(1);
    assert_eq!(work(&house, 12).await, [3; 5], "the pause ended the row");
}

async fn a_claim_gives_fewer_than_max_where_a_row_would_be_too_long(fresh: Fresh) {
    let house = fresh.rules(rows_only()).open().await;
    house.bring(pictures("hard", 3, 12)).await;
    let served = items(house.ask("ines", desk("d", 10)).await);
    assert_eq!(served.len(), 5, "what is leased counts in its order");
    let names = ids(&served);
    let Claimed::Items { items, why, .. } = house.ask("ines", with("d", &names, 5)).await else { panic!("items") };
    assert_eq!((items.len(), why), (0, Some(Why::Wellbeing)));
}

async fn what_was_served_counts_opened_or_not(fresh: Fresh) {
    let house = fresh.rules(rows_only()).open().await;
    house.bring(pictures("hard", 3, 12)).await;
    for served in items(house.ask("ines", desk("d", 5)).await) {
        let never = Sight {
            seen: Seen::Summary,
            opened: Some(moddesk::wellbeing::Opened::None),
            presented_at: Some(house.now()),
            ..crate::house::sight(&served.item.id)
        };
        let handed = moddesk::moderation::Pass { reason: PassReason::Technical, sight: never };
        assert_eq!(house.pass("ines", &[handed]).await.expect("an answer"), []);
    }
    assert!(matches!(house.ask("ines", desk("d", 1)).await, Claimed::BreakDue { .. }));
}

async fn a_grade_given_at_the_decision_counts(fresh: Fresh) {
    let house = fresh.rules(rows_only()).open().await;
    house.bring(pictures("plain", 0, 4)).await;
    house.bring(pictures("hard", 3, 4).into_iter().map(|hard| Item { priority: -5, ..hard }).collect()).await;
    for _ in 0..2 {
        let served = house.take_one("ines").await;
        house.record("ines", Decision { severity: Some(level(4)), ..verdict(&served, Verdict::Approve) }).await;
    }
    assert_eq!(work(&house, 3).await, [0, 0], "two extreme ones: mild ones are owed, and the queue has but two");
}

async fn a_policy_s_floor_counts_too(fresh: Fresh) {
    let mut rules = rows_only();
    rules.run.max_graphic = 1;
    let house = fresh.rules(rules).open().await;
    house.bring(pictures("plain", 0, 1)).await;
    house.bring(pictures("hard", 3, 2)).await;
    let served = house.take_one("ines").await;
    let gore = Decision { policy: Some("gore".into()), ..verdict(&served, Verdict::Delete) };
    assert_eq!(served.item.id, "plain00");
    house.record("ines", gore).await;
    assert_eq!(break_in(house.ask("ines", desk("d", 1)).await).rule, "run");
}

async fn nothing_graphic_in_the_first_ten_minutes(fresh: Fresh) {
    let house = fresh.rules(seasoned()).open().await;
    house.start_shift("ines", None).await.expect("a shift");
    house.bring(pictures("hard", 3, 1)).await;
    house.bring(pictures("mild", 2, 1)).await;
    let served = house.take("ines", 5).await;
    assert_eq!(ids(&served), ["mild00"]);
    house.rule("ines", &served[0], Verdict::Approve).await;
    house.seconds(10 * 60 - 1);
    assert!(house.take("ines", 5).await.is_empty());
    house.seconds(1);
    assert_eq!(ids(&house.take("ines", 5).await), ["hard00"]);
}

async fn nor_in_the_last_thirty_nor_in_overtime(fresh: Fresh) {
    let house = fresh.rules(seasoned()).open().await;
    house.start_shift("ines", Some("2026-11-22T08:45:00Z".parse().expect("a time"))).await.expect("a shift");
    house.minutes(14);
    house.bring(pictures("hard", 3, 3)).await;
    assert_eq!(ids(&house.take("ines", 1).await), ["hard00"]);
    house.minutes(1);
    assert!(items(house.ask("ines", with("d", &["hard00"], 5)).await).is_empty());
    house.minutes(32);
    assert!(items(house.ask("ines", desk("d", 5)).await).is_empty(), "overtime");
}

async fn signing_out_and_in_moves_no_edge(fresh: Fresh) {
    let house = fresh.rules(seasoned()).open().await;
    let end = |minutes: u64| house.now() + std::time::Duration::from_secs(minutes * 60);
    house.start_shift("ines", Some(end(45))).await.expect("a shift");
    house.minutes(16);
    house.bring(pictures("hard", 3, 3)).await;
    house.end_shift("ines", &[]).await.expect("signed out");
    house.start_shift("ines", Some(end(8 * 60))).await.expect("signed in");
    assert!(house.take("ines", 1).await.is_empty(), "a later end is overtime");
}

async fn at_the_hard_cap_only_mild_items(fresh: Fresh) {
    let mut rules = rows_only();
    (rules.shift.points_soft, rules.shift.points_hard) = (6.0, 9.0);
    let house = fresh.rules(rules).open().await;
    house.bring(pictures("two", 2, 8)).await;
    house.bring(pictures("one", 1, 8).into_iter().map(|mild| Item { priority: -5, ..mild }).collect()).await;
    let levels = work(&house, 10).await;
    assert_eq!(levels, [2, 2, 2, 1, 1, 1, 1, 1, 1, 1], "nine points, then level 0 and 1 for the rest of the shift");
}

async fn a_claim_gives_fewer_than_max_where_the_cap_would_be_passed(fresh: Fresh) {
    let mut rules = rows_only();
    (rules.shift.points_soft, rules.shift.points_hard) = (6.0, 9.0);
    let house = fresh.rules(rules).open().await;
    house.bring(pictures("two", 2, 8)).await;
    assert_eq!(items(house.ask("ines", desk("d", 8)).await).len(), 3);
}

async fn at_amber_graphic_items_need_the_moderator_s_word_anew(fresh: Fresh) {
    let mut rules = rows_only();
    rules.shift.points_soft = 8.0;
    let house = fresh.rules(rules).open().await;
    house.bring(pictures("hard", 3, 8)).await;
    assert_eq!(work(&house, 5).await, [3]);
    house.agree_graphic("omar").await.expect("an answer");
    assert!(items(house.ask("ines", desk("d", 1)).await).is_empty(), "nobody else's word counts");
    house.agree_graphic("ines").await.expect("an answer");
    assert_eq!(work(&house, 2).await, [3, 3]);
}

async fn the_acute_limit_is_met_at_the_item_of_the_vectors(fresh: Fresh) {
    let mut rules = without_edges();
    (rules.shift.points_soft, rules.shift.points_hard) = (1e9, 1e9);
    rules.breaks.hourly_work = std::time::Duration::from_secs(1_000_000);
    let house = fresh.rules(rules).open().await;
    let mut batch = Vec::new();
    for round in 0..8 {
        batch.extend(pictures(&format!("h{round}"), 3, 5));
        batch.extend(pictures(&format!("m{round}"), 0, 3));
    }
    // Falling priorities keep the pattern: nothing is swapped across them.
    let ordered = (0..).zip(batch).map(|(at, picture)| Item { priority: 100 - at, ..picture }).collect();
    house.bring(ordered).await;
    let levels = work(&house, 60).await;
    assert_eq!(levels.len(), 34, "5 × level 3, 3 × level 0: after item 34");
    assert_eq!(break_in(house.ask("ines", desk("d", 1)).await).rule, "acute");
}

async fn new_people_begin_gently(fresh: Fresh) {
    let house = fresh.open().await;
    house.start_shift("ines", None).await.expect("a shift");
    house.minutes(11);
    house.bring(pictures("hard", 3, 8)).await;
    assert_eq!(items(house.ask("ines", desk("d", 8)).await).len(), 2, "the run counts half, rounded down");
}

async fn a_release_of_what_was_seen_is_booked(fresh: Fresh) {
    let mut rules = rows_only();
    rules.acute_limit = 8.0;
    let house = fresh.rules(rules).open().await;
    house.bring(pictures("hard", 3, 2)).await;
    house.take_one("ines").await;
    house.release("ines", &[crate::house::sight("hard00")]).await.expect("an answer");
    assert_eq!(break_in(house.ask("ines", desk("d", 1)).await).rule, "acute");
}

async fn one_look_is_booked_once(fresh: Fresh) {
    let mut rules = rows_only();
    rules.acute_limit = 15.0;
    let house = fresh.rules(rules).open().await;
    house.bring(pictures("hard", 3, 2)).await;
    let served = house.take_one("ines").await;
    house.expose("ines", &[crate::house::sight("hard00")]).await.expect("an answer");
    let sent = verdict(&served, Verdict::Approve);
    house.record("ines", sent.clone()).await;
    house.send("ines", sent).await;
    house.expose("ines", &[crate::house::sight("hard00")]).await.expect("an answer");
    assert_eq!(house.take_one("ines").await.item.id, "hard01", "8 points, not 16 or more");
    assert_eq!(house.pass("ines", &[pass("hard01", PassReason::Technical)]).await.expect("an answer"), []);
    assert!(matches!(house.ask("ines", desk("d", 1)).await, Claimed::BreakDue { .. }));
}

every_engine![
    after_five_graphic_items_three_mild_ones,
    after_two_extreme_ones_too,
    where_the_queue_has_none_a_pause_of_three_minutes,
    a_claim_gives_fewer_than_max_where_a_row_would_be_too_long,
    what_was_served_counts_opened_or_not,
    a_grade_given_at_the_decision_counts,
    a_policy_s_floor_counts_too,
    nothing_graphic_in_the_first_ten_minutes,
    nor_in_the_last_thirty_nor_in_overtime,
    signing_out_and_in_moves_no_edge,
    at_the_hard_cap_only_mild_items,
    a_claim_gives_fewer_than_max_where_the_cap_would_be_passed,
    at_amber_graphic_items_need_the_moderator_s_word_anew,
    the_acute_limit_is_met_at_the_item_of_the_vectors,
    new_people_begin_gently,
    a_release_of_what_was_seen_is_booked,
    one_look_is_booked_once,
];
