//! Items that belong together: found, leased by name, decided in one call, and left out where they must be.

use crate::engines::every_engine;
use crate::house::{Fresh, House, ids, item, items, level, pass, person, sight, verdict, with};
use moddesk::moderation::claim::Why;
use moddesk::moderation::pass::Opened;
use moddesk::moderation::{By, Claim, Decision, Group, Outcome, PassReason, Role, Seen, Served, Verdict};
use moddesk::store::{Reverse, StoreError};
use serde_json::{Value, json};
use uuid::Uuid;

const SPAM: &str = "Gagnez 1500 euros par semaine depuis chez vous, contactez Marie sur ce profil";
const NEARLY: &str = "Gagnez 1500 euros par semaine depuis chez toi, contactez Sophie sur ce profil!!";

async fn of(house: &House, who: &str, item: &str, by: By) -> Option<Group> {
    let groups = house.groups(who, item, Some(by)).await.expect("groups");
    assert!(groups.iter().all(|group| group.by == by), "asked in one way alone");
    groups.into_iter().next()
}

async fn names(house: &House, who: &str, item: &str, by: By) -> Vec<String> {
    of(house, who, item, by).await.map(|group| group.items).unwrap_or_default()
}

async fn open(house: &House, who: &str, names: Vec<String>) -> Vec<Served> {
    let claim = Claim { items: Some(names), have: Some(Vec::new()), ..Claim::default() };
    items(house.ask(who, claim).await)
}

fn said(id: &str, text: &str) -> moddesk::moderation::Item {
    item(id, json!({"text": text}))
}

fn of_batch(served: &Served, batch: Uuid, more: Value) -> Decision {
    let mut value = serde_json::to_value(verdict(served, Verdict::Delete)).expect("a decision");
    value["batch"] = json!(batch);
    for (key, part) in more.as_object().expect("fields") {
        value[key] = part.clone();
    }
    serde_json::from_value(value).expect("a decision")
}

async fn the_same_and_nearly_the_same_text_are_found_however_they_are_written(fresh: Fresh) {
    let house = fresh.open().await;
    house
        .bring(vec![
            said("a", SPAM),
            said("b", &SPAM.to_uppercase().replace("1500", "2000")),
            said("c", &SPAM.replace('a', "\u{430}").replace(' ', " \u{200b}")),
            said("d", NEARLY),
            said("e", "Le train de vendredi a encore du retard, merci pour les vacances de toute la famille"),
        ])
        .await;
    assert_eq!(names(&house, "ines", "a", By::Text).await, ["a", "b", "c"]);
    assert_eq!(names(&house, "ines", "c", By::Alike).await, ["c", "a", "b", "d"], "the one asked about comes first");
    assert_eq!(of(&house, "ines", "e", By::Alike).await, None, "alone is no group");
    assert!(house.groups("ines", "e", None).await.expect("groups").is_empty());
    assert!(matches!(house.groups("ines", "nowhere", None).await, Err(StoreError::Unknown { .. })));
}

async fn author_link_and_thread_gather_too(fresh: Fresh) {
    let house = fresh.open().await;
    let more = |text: &str, author: &str, thread: &str| json!({"text": text, "author": {"id": author}, "subject": {"id": thread}});
    house
        .bring(vec![
            item("a", more("one https://www.shop.example/offer/", "u1", "t1")),
            item("b", more("two shop.example.com", "u1", "t2")),
            item("c", more("three http://shop.example/offer !", "u2", "t1")),
        ])
        .await;
    assert_eq!(names(&house, "ines", "a", By::Author).await, ["a", "b"]);
    assert_eq!(names(&house, "ines", "a", By::Thread).await, ["a", "c"]);
    assert_eq!(names(&house, "ines", "a", By::Link).await, ["a", "c"]);
    let all: Vec<By> = house.groups("ines", "a", None).await.expect("groups").iter().map(|group| group.by).collect();
    assert_eq!(all, [By::Link, By::Author, By::Thread]);
}

async fn another_client_s_items_never_belong_with_one(fresh: Fresh) {
    let house = fresh.open().await;
    let client = moddesk::moderation::Client { name: "other".into(), ..Default::default() };
    house.set_client(&client, "operator").await.expect("a client");
    house.queue("theirs", |queue| queue.client = "other".into()).await;
    house.bring(vec![said("a", SPAM), item("b", json!({"text": SPAM, "queue": "theirs"})), said("c", SPAM)]).await;
    assert_eq!(names(&house, "ines", "a", By::Text).await, ["a", "c"]);
}

async fn what_others_hold_is_counted_and_what_is_hard_is_left_out(fresh: Fresh) {
    let house = fresh.open().await;
    let copies = (0..6).map(|n| item(&format!("i{n}"), json!({"text": SPAM, "severity": if n == 5 { 3 } else { 0 }})));
    house.bring(copies.collect()).await;
    assert_eq!(ids(&house.take("omar", 1).await), ["i0"]);
    let group = of(&house, "ines", "i1", By::Text).await.expect("a group");
    assert_eq!((group.waiting, group.elsewhere, group.left_out), (4, 1, 1));
    assert_eq!(group.items, ["i1", "i2", "i3", "i4"]);
    let mine = open(&house, "ines", group.items.clone()).await;
    assert_eq!(ids(&mine), ["i1", "i2", "i3", "i4"]);
    assert_eq!(names(&house, "ines", "i1", By::Text).await, group.items, "what is mine already belongs to it");
    let theirs = of(&house, "omar", "i0", By::Text).await.expect("a group");
    assert_eq!((theirs.waiting, theirs.elsewhere), (0, 4), "leased until it closes");
    house.release("ines", &group.items.iter().map(|id| sight(id)).collect::<Vec<_>>()).await.expect("released");
    assert_eq!(of(&house, "omar", "i0", By::Text).await.expect("a group").waiting, 5);
}

async fn nobody_is_offered_what_they_may_not_take(fresh: Fresh) {
    let house = fresh.open().await;
    house
        .bring(vec![
            said("a", SPAM),
            item("b", json!({"text": SPAM, "reports": [{"by": "user", "reporter": "ines", "reason": "spam"}]})),
            said("c", SPAM),
            item("d", json!({"text": SPAM, "lang": "fr"})),
        ])
        .await;
    house.hire(moddesk::moderation::Person { languages: vec!["fr".into()], ..person("luc", Role::Moderator) }).await;
    let taken = open(&house, "ines", vec!["c".into()]).await;
    house.pass("ines", &[pass("c", PassReason::NotForMe)]).await.expect("passed");
    assert_eq!(ids(&taken), ["c"]);
    assert_eq!(names(&house, "ines", "a", By::Text).await, ["a", "d"]);
    let luc = names(&house, "luc", "d", By::Text).await;
    assert!(luc.contains(&"d".to_owned()), "what nobody could name the language of is for everybody: {luc:?}");
}

async fn a_batch_is_decided_in_one_call_with_a_result_for_each(fresh: Fresh) {
    let house = fresh.open().await;
    house.bring((0..5).map(|n| said(&format!("i{n}"), SPAM)).collect()).await;
    let mine = open(&house, "ines", names(&house, "ines", "i0", By::Text).await).await;
    let batch = Uuid::now_v7();
    let mut decisions: Vec<Decision> = mine.iter().map(|served| of_batch(served, batch, json!({}))).collect();
    decisions[2].policy = Some("nonsense".into());
    house.withdraw(&["i4".to_owned()], "operator").await.expect("withdrawn");
    let decided = house.decide("ines", &decisions, None).await.expect("results");
    let outcomes: Vec<Outcome> = decided.results.iter().map(|result| result.outcome).collect();
    let (done, no) = (Outcome::Recorded, Outcome::Refused);
    assert_eq!(
        outcomes,
        [done, done, no, done, Outcome::Conflict],
        "what cannot be recorded is named, the rest stands"
    );
    let kept = house.decisions(&Default::default()).await.expect("decisions");
    assert!(kept.iter().all(|(_, decision)| decision.batch == Some(batch)));
    assert_eq!(names(&house, "ines", "i2", By::Text).await, Vec::<String>::new(), "what is decided has left the group");
    assert_eq!(house.verify_audit().await.expect("reads"), None);
}

async fn deleted_undone_and_deleted_again(fresh: Fresh) {
    let mut house = fresh.open().await;
    house.bring((0..40).map(|n| said(&format!("i{n:02}"), SPAM)).collect()).await;
    for round in 1..3 {
        let found = names(&house, "ines", "i00", By::Alike).await;
        assert_eq!(found.len(), 40, "in round {round}");
        let mine = open(&house, "ines", found).await;
        let batch = Uuid::now_v7();
        let decisions: Vec<Decision> = mine.iter().map(|served| of_batch(served, batch, json!({}))).collect();
        let decided = house.decide("ines", &decisions, None).await.expect("results");
        assert!(decided.results.iter().all(|result| result.outcome == Outcome::Recorded), "{decided:?}");
        if round == 1 {
            for decision in &decisions {
                let undo = Reverse { id: Uuid::now_v7(), reason: None, decision: None };
                let done = house.reverse("ines", decision.id, &undo).await.expect("reversed");
                assert_eq!(done.outcome, Outcome::Recorded);
            }
            house.reopen().await;
        }
    }
    assert_eq!(house.row("default").await.waiting, 0);
    assert_eq!(house.verify_audit().await.expect("reads"), None);
}

async fn a_new_revision_belongs_where_its_words_do(fresh: Fresh) {
    let house = fresh.open().await;
    house.bring(vec![said("a", SPAM), said("b", SPAM), said("c", "Un tout autre sujet, sans rien de commun")]).await;
    house.bring(vec![item("b", json!({"text": "Un tout autre sujet, sans rien de commun", "revision": 2}))]).await;
    assert_eq!(of(&house, "ines", "a", By::Text).await, None);
    assert_eq!(names(&house, "ines", "c", By::Text).await, ["c", "b"]);
}

async fn small_imports_are_gathered_and_nothing_is_lost(fresh: Fresh) {
    let house = fresh.open().await;
    for n in 0..150 {
        house.bring(vec![said(&format!("i{n:03}"), SPAM)]).await;
    }
    assert_eq!(names(&house, "ines", "i149", By::Text).await.len(), 150);
}

async fn a_row_never_on_screen_counts_nothing_and_one_that_was_counts_as_served(fresh: Fresh) {
    let house = fresh.rules(crate::house::without_edges()).open().await;
    house.bring((0..10).map(|n| item(&format!("i{n}"), json!({"text": SPAM, "severity": 2}))).collect()).await;
    let mine = open(&house, "ines", names(&house, "ines", "i0", By::Text).await).await;
    assert_eq!(mine.len(), 10);
    let batch = Uuid::now_v7();
    let unseen = json!({"seen": Seen::Summary, "opened": Opened::None, "active_ms": 0});
    let seen = json!({"seen": Seen::Full, "opened": Opened::None, "active_ms": 3000, "presented_at": house.now()});
    house.seconds(30);
    let decide = |served: &Served, more: &Value| of_batch(served, batch, more.clone());
    let points = async |house: &House| {
        let load = house.shift("ines").await.expect("a shift").load.expect("a day");
        load["shift"]["points"].as_f64().unwrap_or(0.0)
    };
    let hidden: Vec<Decision> = mine[2..].iter().map(|served| decide(served, &unseen)).collect();
    house.decide("ines", &hidden, None).await.expect("results");
    assert_eq!(points(&house).await, 0.0);
    let shown: Vec<Decision> = mine[..2].iter().map(|served| decide(served, &seen)).collect();
    house.decide("ines", &shown, None).await.expect("results");
    assert!(points(&house).await > 0.1, "{}", points(&house).await);
}

async fn an_open_batch_makes_no_room_for_what_the_rules_keep_back(fresh: Fresh) {
    let mut rules = crate::house::without_edges();
    rules.run.max_graphic = 1;
    let house = fresh.rules(rules).open().await;
    let mut all: Vec<_> = (0..8).map(|n| item(&format!("i{n}"), json!({"text": SPAM, "priority": -5}))).collect();
    all.push(item("hard", json!({"severity": 3, "priority": 9})));
    all.push(item("harder", json!({"severity": 3, "priority": 8})));
    all.push(item("mild", json!({"priority": 1})));
    house.bring(all).await;
    let hard = house.take_one("ines").await;
    assert_eq!((hard.item.id.as_str(), hard.severity), ("hard", level(3)));
    house.rule("ines", &hard, Verdict::Approve).await;
    let mine = open(&house, "ines", names(&house, "ines", "i0", By::Text).await).await;
    assert_eq!(mine.len(), 8);
    let have: Vec<&str> = ids(&mine);
    let next = items(house.ask("ines", with("d1", &have, 1)).await);
    assert_eq!(ids(&next), ["mild"], "eight rows that were never seen are no rest from what was");
}

async fn of_an_erased_author_not_even_the_sketch_of_a_text_stays(fresh: Fresh) {
    let house = fresh.open().await;
    let by = |id: &str, author: &str| item(id, json!({"text": SPAM, "author": {"id": author}}));
    house.bring(vec![by("a", "u1"), said("b", NEARLY)]).await;
    let mark = moddesk::text::likeness::Likeness::of([SPAM]).sketch.to_le_bytes();
    let there = |house: &House| house.place.bytes().map(|bytes| bytes.windows(mark.len()).any(|window| window == mark));
    assert_ne!(there(&house), Some(false));
    house.erase_author("u1", "operator").await.expect("erased");
    assert_ne!(there(&house), Some(true));
    house.bring(vec![by("c", "u2")]).await;
    assert_eq!(names(&house, "ines", "b", By::Alike).await, ["b", "c"], "what came later is found");
}

async fn too_many_at_once_are_refused(fresh: Fresh) {
    let house = fresh.open().await;
    let names: Vec<String> = (0..1001).map(|n| format!("i{n}")).collect();
    let claim = Claim { items: Some(names), ..Claim::default() };
    assert!(matches!(house.claim("ines", &claim).await, Err(StoreError::Invalid(_))));
    let none = Claim { items: Some(vec!["nowhere".into()]), ..Claim::default() };
    assert!(matches!(house.ask("ines", none).await, moddesk::moderation::Claimed::Items { why: Some(Why::Empty), .. }));
}

async fn a_thread_tells_what_was_decided_in_it_and_what_waits(fresh: Fresh) {
    let house = fresh.open().await;
    let post = |id: &str, text: &str, more: u8| {
        item(id, json!({"text": text, "subject": {"id": "t1"}, "author": {"id": id, "name": id}, "severity": more}))
    };
    house
        .bring(vec![post("a", "first", 0), post("b", "second", 0), post("c", "third", 3), said("d", "elsewhere")])
        .await;
    let taken = house.take("omar", 2).await;
    house.rule("omar", &taken[0], Verdict::Delete).await;
    let thread = house.thread("ines", "b").await.expect("a thread");
    let told: Vec<(&str, &str)> =
        thread.posts.iter().map(|post| (post.item.item.as_str(), post.state.as_str())).collect();
    assert_eq!(told, [("a", "decided"), ("b", "leased"), ("c", "waiting")]);
    assert_eq!((thread.whole, thread.waiting, thread.removed), (3, 1, 1));
    let first = &thread.posts[0];
    assert_eq!((first.item.verdict, first.item.policy.as_deref()), (Some(Verdict::Delete), Some("spam")));
    assert!(first.by.as_deref().is_some_and(|by| by.starts_with("M-")), "by pseudonym: {:?}", first.by);
    assert_eq!(thread.posts[1].item.text.raw(), "second");
    assert!(thread.posts[2].item.text.raw().is_empty(), "no word of what is graphic");
    assert_eq!(house.thread("ines", "d").await.expect("none").posts, []);
}

every_engine!(
    the_same_and_nearly_the_same_text_are_found_however_they_are_written,
    author_link_and_thread_gather_too,
    another_client_s_items_never_belong_with_one,
    what_others_hold_is_counted_and_what_is_hard_is_left_out,
    nobody_is_offered_what_they_may_not_take,
    a_batch_is_decided_in_one_call_with_a_result_for_each,
    deleted_undone_and_deleted_again,
    a_new_revision_belongs_where_its_words_do,
    small_imports_are_gathered_and_nothing_is_lost,
    a_row_never_on_screen_counts_nothing_and_one_that_was_counts_as_served,
    an_open_batch_makes_no_room_for_what_the_rules_keep_back,
    of_an_erased_author_not_even_the_sketch_of_a_text_stays,
    too_many_at_once_are_refused,
    a_thread_tells_what_was_decided_in_it_and_what_waits,
);
