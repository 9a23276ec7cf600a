//! What is a person's own: the topics that they do not take, kept from everybody else's eyes; their page; and what
//! fades after its time.

use crate::engines::every_engine;
use crate::house::{Fresh, fresh, ids, item, items, seasoned, verdict};
use moddesk::moderation::claim::Why;
use moddesk::moderation::{Claim, Claimed, Item, Verdict};
use moddesk::store::Reverse;
use serde_json::{Value, json};
use uuid::Uuid;

fn about(id: &str, reason: &str) -> Item {
    item(id, json!({"reports": [{"by": "user", "reason": reason}]}))
}

async fn a_topic_opted_out_of_is_not_served_from_the_next_claim_on(opened: Fresh) {
    let mut house = opened.open().await;
    house.bring(vec![about("a", "hate"), about("b", "spam"), about("c", "Hate"), about("d", "spam")]).await;
    let first = house.take("ines", 1).await;
    assert_eq!(ids(&first), ["a"], "it is leased before");
    assert_eq!(house.opt_outs("ines", Some(&["HATE ".into()])).await.expect("changed"), ["hate"]);
    let served = items(house.ask("ines", fresh("here", 10)).await);
    assert_eq!(ids(&served), ["a", "b", "d"], "what is in hand stays");
    assert_eq!(ids(&house.take("omar", 10).await), ["c"], "others are served");
    house.reopen().await;
    assert_eq!(house.opt_outs("ines", None).await.expect("kept"), ["hate"]);
    house.bring(vec![about("e", "hate")]).await;
    assert_eq!(ids(&house.take("ines", 10).await), ["a", "b", "d"]);
    house.opt_outs("ines", Some(&[])).await.expect("changed");
    assert_eq!(ids(&house.take("ines", 10).await), ["a", "b", "d", "e"], "one's own act brings it back");
}

async fn nor_by_name_and_nothing_is_said_of_why(opened: Fresh) {
    let house = opened.open().await;
    house.bring(vec![about("a", "hate")]).await;
    house.opt_outs("ines", Some(&["hate".into()])).await.expect("changed");
    let by_name = Claim { items: Some(vec!["a".into()]), max: 1, ..Claim::default() };
    assert_eq!(items(house.ask("ines", by_name).await).len(), 0);
    let Claimed::Items { why, .. } = house.ask("ines", fresh("here", 3)).await else { panic!("items were expected") };
    assert_eq!(why, Some(Why::NotForYou), "as for any other reason");
}

async fn nobody_else_can_work_it_out(opened: Fresh) {
    let house = opened.open().await;
    house.bring(vec![about("a", "quitepeculiar"), about("b", "spam")]).await;
    let before = (house.row("default").await, house.people().await.expect("people"));
    house.opt_outs("ines", Some(&["quitepeculiar".into()])).await.expect("changed");
    house.opt_outs("omar", Some(&["quitepeculiar".into()])).await.expect("changed");
    assert_eq!(ids(&house.take("ines", 10).await), ["b"]);
    house.end_shift("ines", &[]).await.expect("ended");
    let after = (house.row("default").await, house.people().await.expect("people"));
    assert_eq!(before, after, "nor is it counted as stranded");
    let said = [
        serde_json::to_string(&house.audit(0, 0).await.expect("a log")),
        serde_json::to_string(&house.events(0, 0).await.expect("events")),
        serde_json::to_string(&house.history("a").await.expect("a history")),
        serde_json::to_string(&house.shift("sonia").await.expect("a shift")),
        serde_json::to_string(&house.mine("sonia").await.expect("a page")),
    ];
    assert!(said.iter().all(|said| !said.as_ref().expect("JSON").contains("quitepeculiar")));
    let own: Value = house.about("ines").await.expect("one's own");
    assert!(own.to_string().contains("quitepeculiar"), "in one's own export it stands");
}

async fn what_others_overturned_stands_on_one_s_own_page_with_the_reason(opened: Fresh) {
    let house = opened.open().await;
    house.plain(&["a", "b"]).await;
    let served = house.take("ines", 2).await;
    let first = house.rule("ines", &served[0], Verdict::Delete).await;
    let second = house.rule("ines", &served[1], Verdict::Delete).await;
    let reason = Some("it was satire".to_owned());
    house.reverse("sonia", first, &Reverse { id: Uuid::now_v7(), reason, decision: None }).await.expect("undone");
    house.reverse("ines", second, &Reverse { id: Uuid::now_v7(), reason: None, decision: None }).await.expect("undone");
    let mine = house.mine("ines").await.expect("a page");
    let [one] = mine.overturned.as_slice() else { panic!("one's own undoing is no overturning: {mine:?}") };
    assert_eq!((one.item.as_str(), one.verdict, one.policy.as_deref()), ("a", Verdict::Delete, Some("spam")));
    assert_eq!(one.reason.as_deref(), Some("it was satire"));
    let sonia = house.people().await.expect("people").into_iter().find(|person| person.name == "sonia");
    assert_eq!(one.by, sonia.expect("she works here").pseudonym);
    assert_eq!(house.mine("omar").await.expect("a page").overturned, []);
}

async fn breaks_stand_there_and_after_90_days_they_are_part_of_a_sum_alone(opened: Fresh) {
    let house = opened.rules(seasoned()).open().await;
    house.plain(&["a", "b"]).await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Approve).await;
    house.begin_break("ines", None).await.expect("a break");
    house.minutes(12);
    house.end_break("ines").await.expect("ended");
    assert_eq!(house.mine("ines").await.expect("a page").breaks.len(), 1);
    house.end_shift("ines", &[]).await.expect("ended");
    house.minutes(89 * 24 * 60);
    house.expire(100).await.expect("done");
    assert_eq!(house.mine("ines").await.expect("a page").breaks.len(), 1, "not yet");
    house.minutes(2 * 24 * 60);
    house.expire(100).await.expect("done");
    assert_eq!(house.mine("ines").await.expect("a page").breaks.len(), 0);
    let own = house.about("ines").await.expect("one's own");
    assert_eq!(own["rests"], json!([]), "finished shifts have gone too");
    assert!(own["looks"].as_array().expect("a list").iter().all(|look| look["sight"].is_null()), "{own}");
    assert_eq!(own["decisions"].as_array().expect("a list").len(), 1, "the decision stays");
}

async fn the_ramp_and_the_caps_hold_where_items_are_given_out(opened: Fresh) {
    let mut rules = moddesk::wellbeing::Rules::shipped();
    rules.shift.edges = false;
    rules.shift.points_hard = 20.0;
    rules.shift.points_soft = 1000.0;
    rules.acute_limit = 1000.0;
    (rules.run.max_graphic, rules.run.max_extreme) = (100, 100);
    let hard = |n: u32| item(&format!("h{n}"), json!({"severity": 3, "kind": "image"}));
    let house = opened.rules(rules).open().await;
    house.bring((0..6).map(hard).collect()).await;
    house.bring(vec![item("mild", json!({"severity": 1}))]).await;
    let served = house.take("ines", 6).await;
    // Halved for a first shift: 10 points of 20, and one picture of level 3 is 8.
    assert_eq!(ids(&served).iter().filter(|id| id.starts_with('h')).count(), 2, "{:?}", ids(&served));
    for one in served.iter().filter(|one| one.item.id.starts_with('h')) {
        let mut decision = verdict(one, Verdict::Approve);
        (decision.seen, decision.opened) = (Some(Default::default()), None);
        house.record("ines", decision).await;
    }
    let then = house.take("ines", 6).await;
    assert!(then.iter().all(|one| one.severity.level() <= 1), "{:?}", ids(&then));
}

every_engine![
    a_topic_opted_out_of_is_not_served_from_the_next_claim_on,
    nor_by_name_and_nothing_is_said_of_why,
    nobody_else_can_work_it_out,
    what_others_overturned_stands_on_one_s_own_page_with_the_reason,
    breaks_stand_there_and_after_90_days_they_are_part_of_a_sum_alone,
    the_ramp_and_the_caps_hold_where_items_are_given_out,
];
