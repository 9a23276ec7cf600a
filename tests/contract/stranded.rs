//! What no enabled moderator may take is counted, and given back by `queue release`.

use crate::engines::every_engine;
use crate::house::{Fresh, House, ids, item, level, pass, person, verdict};
use moddesk::moderation::{Claim, Claimed, PassReason, Person, Role, Verdict};
use serde_json::json;
use std::collections::BTreeSet;

async fn stranded(house: &House) -> u64 {
    house.row("default").await.stranded
}

async fn everybody_passed(house: &House) {
    for who in ["ines", "omar"] {
        house.take_one(who).await;
        assert_eq!(house.pass(who, &[pass("a", PassReason::Technical)]).await.expect("an answer"), []);
    }
}

async fn what_everybody_passed_is_stranded(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    assert_eq!(stranded(&house).await, 0);
    everybody_passed(&house).await;
    let row = house.row("default").await;
    assert_eq!((row.stranded, row.waiting), (1, 1), "it still waits");
    house.hire(person("lena", Role::Moderator)).await;
    assert_eq!(stranded(&house).await, 0, "somebody may take it now");
}

async fn what_is_above_every_ceiling_is_stranded(fresh: Fresh) {
    let house = fresh.open().await;
    for who in ["ines", "omar"] {
        house.hire(Person { severity_ceiling: level(2), ..person(who, Role::Moderator) }).await;
    }
    house.bring(vec![item("hard", json!({"severity": 3})), item("mild", json!({}))]).await;
    assert_eq!(stranded(&house).await, 1);
}

async fn what_nobody_reads_is_stranded(fresh: Fresh) {
    let house = fresh.open().await;
    for who in ["ines", "omar"] {
        house.hire(Person { languages: vec!["fr".into()], ..person(who, Role::Moderator) }).await;
    }
    house.bring(vec![item("de", json!({"lang": "de"})), item("fr", json!({"lang": "fr"}))]).await;
    assert_eq!(stranded(&house).await, 1);
}

async fn what_its_queue_does_not_take_is_served_to_nobody_and_stranded(fresh: Fresh) {
    let house = fresh.open().await;
    house.queue("default", |queue| queue.languages = vec!["fr".into()]).await;
    let lang = |lang: &str| item(lang, json!({"lang": lang}));
    house.bring(vec![lang("de"), lang("fr-CH"), item("odd", json!({"text": "…"}))]).await;
    assert_eq!(stranded(&house).await, 1);
    let taken = house.take("ines", 5).await;
    let mut served = ids(&taken);
    served.sort();
    assert_eq!(served, ["fr-CH", "odd"], "what nobody could name is for everybody");
    house.queue("default", |queue| queue.languages.clear()).await;
    assert_eq!(stranded(&house).await, 0);
}

async fn the_disabled_take_nothing(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.hire(Person { enabled: false, ..person("omar", Role::Moderator) }).await;
    house.take_one("ines").await;
    house.pass("ines", &[pass("a", PassReason::Technical)]).await.expect("an answer");
    assert_eq!(stranded(&house).await, 1);
}

async fn nor_does_whoever_is_no_moderator(fresh: Fresh) {
    let house = fresh.unmanned().await;
    house.hire(person("sonia", Role::Supervisor)).await;
    house.hire(person("robot", Role::Ingest)).await;
    house.plain(&["a"]).await;
    assert_eq!(stranded(&house).await, 1);
}

async fn released_it_comes_back_to_those_who_passed_it(fresh: Fresh) {
    let mut house = fresh.open().await;
    house.plain(&["a"]).await;
    everybody_passed(&house).await;
    assert_eq!(house.release_queue("default", true, "sonia").await.expect("an answer"), 1);
    assert_eq!(stranded(&house).await, 0);
    house.reopen().await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Approve).await;
    assert_eq!(house.verify_audit().await.expect("a check"), None);
}

async fn one_moderator_alone_gets_a_pass_back(fresh: Fresh) {
    let house = fresh.unmanned().await;
    house.hire(Person::with_every_right("me")).await;
    house.plain(&["a"]).await;
    house.take_one("me").await;
    house.pass("me", &[pass("a", PassReason::Technical)]).await.expect("an answer");
    assert!(house.take("me", 1).await.is_empty());
    house.release_queue("default", true, "me").await.expect("an answer");
    assert_eq!(house.take_one("me").await.item.id, "a");
}

async fn releasing_gives_back_no_own_report(fresh: Fresh) {
    let house = fresh.open().await;
    house.bring(vec![item("a", json!({"reports": [{"by": "user", "reporter": "ines"}]}))]).await;
    house.take_one("omar").await;
    house.pass("omar", &[pass("a", PassReason::Technical)]).await.expect("an answer");
    house.release_queue("default", true, "sonia").await.expect("an answer");
    assert!(house.take("ines", 1).await.is_empty());
    assert_eq!(house.take_one("omar").await.item.id, "a");
}

async fn releasing_one_queue_leaves_the_others(fresh: Fresh) {
    let house = fresh.open().await;
    house.bring(vec![item("a", json!({"queue": "one"})), item("b", json!({"queue": "two"}))]).await;
    house.take("ines", 2).await;
    house.pass("ines", &[pass("a", PassReason::Technical), pass("b", PassReason::Technical)]).await.expect("an answer");
    assert_eq!(house.release_queue("two", true, "sonia").await.expect("an answer"), 1);
    assert_eq!(ids(&house.take("ines", 5).await), ["b"]);
}

async fn escalated_items_go_back_to_where_they_came_from(fresh: Fresh) {
    let house = fresh.open().await;
    house.bring(vec![item("a", json!({"queue": "one"})), item("b", json!({"queue": "two"}))]).await;
    for served in house.take("ines", 2).await {
        house.rule("ines", &served, Verdict::Escalate).await;
    }
    assert_eq!(house.release_queue("escalated", false, "sonia").await.expect("an answer"), 2);
    for (id, queue) in [("a", "one"), ("b", "two")] {
        let kept = house.item(id).await.expect("kept");
        assert_eq!((kept.queue.as_str(), kept.state.as_str()), (queue, "waiting"));
    }
    let served = house.take_one("omar").await;
    assert!(house.send("omar", verdict(&served, Verdict::Approve)).await.outcome.is_success());
}

async fn a_queue_that_is_not_there_cannot_be_released(fresh: Fresh) {
    let house = fresh.open().await;
    assert!(house.release_queue("nowhere", true, "sonia").await.is_err());
}

/// Who reads what, and a pass for everything that a throw of the dice says: the count is that of going through
/// everything by hand.
async fn what_is_stranded_is_counted_as_by_hand_whoever_passed_what(fresh: Fresh) {
    let house = fresh.unmanned().await;
    let reads = [("ines", vec!["en", "fr"]), ("omar", vec!["en"]), ("lena", vec!["de"])];
    for (who, langs) in &reads {
        let languages = langs.iter().map(ToString::to_string).collect();
        house.hire(Person { languages, ..person(who, Role::Moderator) }).await;
    }
    let langs = ["en", "en", "en", "en", "en", "en", "fr", "fr", "de"];
    let items: Vec<(String, &str)> = (0..45).map(|n| (format!("i:{n:02}"), langs[n % langs.len()])).collect();
    house.bring(items.iter().map(|(id, lang)| item(id, json!({"lang": lang}))).collect()).await;
    let mut passed: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut dice = 7u64;
    for (who, langs) in reads.iter().cycle().take(9) {
        for (id, lang) in &items {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            if !langs.contains(lang) || (dice >> 33).is_multiple_of(3) || passed.contains(&(*who, id.as_str())) {
                continue;
            }
            let claim = Claim { items: Some(vec![id.clone()]), ..Claim::default() };
            let Claimed::Items { items, .. } = house.ask(who, claim).await else { panic!("{who} has a break") };
            assert_eq!(ids(&items), [id]);
            assert_eq!(house.pass(who, &[pass(id, PassReason::Technical)]).await.expect("an answer"), []);
            passed.insert((who, id));
        }
        let by_hand: Vec<&str> = items
            .iter()
            .filter(|(id, lang)| {
                let mut takers = reads.iter().filter(|(_, langs)| langs.contains(lang));
                takers.all(|(who, _)| passed.contains(&(*who, id.as_str())))
            })
            .map(|(id, _)| id.as_str())
            .collect();
        assert_eq!(stranded(&house).await, by_hand.len() as u64, "after {who}");
        let floor = house.floor(true).await.expect("a picture");
        let mut stuck: Vec<&str> = floor.stuck.iter().map(|stuck| stuck.item.as_str()).collect();
        stuck.sort_unstable();
        assert!(stuck.len() == by_hand.len().min(40) && stuck.iter().all(|id| by_hand.contains(id)), "{stuck:?}");
    }
    assert!(!passed.is_empty() && stranded(&house).await > 0, "somebody passed something");
}

every_engine![
    what_is_stranded_is_counted_as_by_hand_whoever_passed_what,
    what_everybody_passed_is_stranded,
    what_is_above_every_ceiling_is_stranded,
    what_nobody_reads_is_stranded,
    what_its_queue_does_not_take_is_served_to_nobody_and_stranded,
    the_disabled_take_nothing,
    nor_does_whoever_is_no_moderator,
    released_it_comes_back_to_those_who_passed_it,
    one_moderator_alone_gets_a_pass_back,
    releasing_gives_back_no_own_report,
    releasing_one_queue_leaves_the_others,
    escalated_items_go_back_to_where_they_came_from,
    a_queue_that_is_not_there_cannot_be_released,
];
