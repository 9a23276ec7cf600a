//! What several bring at the same time: one commit, and to each their own answer.

use crate::engines::every_engine;
use crate::house::{Fresh, House, ids, item, lines};
use moddesk::moderation::Item;
use moddesk::store::{HistoryEntry, ImportOptions, Imported, Parcel, Store};
use serde_json::{Value, json};

fn parcel(by: &str, items: Vec<Item>) -> Parcel {
    Parcel::of(lines(items), ImportOptions { queue: None, by: Some(by.into()) })
}

/// Everything that an import may meet, by several people, under names that begin with `name`.
fn a_crowd(name: &str) -> Vec<Parcel> {
    let one = |id: &str, mut more: Value| {
        more["text"] = more.get("text").cloned().unwrap_or_else(|| json!("the same words"));
        item(&format!("{name}{id}"), more)
    };
    vec![
        parcel("ines", vec![one("a", json!({})), one("b", json!({"author": {"id": "u1"}}))]),
        // Brought a moment ago by somebody else.
        parcel("omar", vec![one("a", json!({}))]),
        parcel("omar", vec![one("x", json!({"queue": "sealed"})), one("c", json!({"queue": format!("new-{name}")}))]),
        parcel("sonia", vec![one("d", json!({"queue": format!("new-{name}")}))]),
        parcel("sonia", vec![one("a", json!({"text": "other words"})), one("e", json!({}))]),
        parcel("ines", vec![one("a", json!({"priority": 9})), one("b", json!({"revision": 2, "text": "edited"}))]),
        parcel("ines", vec![one("b", json!({})), one("b", json!({"revision": 3, "text": "edited again"}))]),
        parcel("ines", Vec::new()),
        parcel("omar", vec![one("s", json!({"sealed": "csam"})), one("s", json!({}))]),
        parcel("omar", vec![one("f", json!({}))]),
    ]
}

async fn fates(house: &House, name: &str) -> Vec<(String, String, Vec<HistoryEntry>)> {
    let mut fates = Vec::new();
    for id in ["a", "b", "c", "d", "e", "f", "s"] {
        let id = format!("{name}{id}");
        let kept = house.item(&id).await.expect("kept");
        let kept = format!("{:?} {} {} {:?}", kept.item, kept.state, kept.round, kept.due_at).replace(name, "");
        let history = house.history(&id).await.expect("a history");
        fates.push((kept, house.item(&id).await.expect("kept").queue.replace(name, ""), history));
    }
    fates
}

async fn what_goes_in_together_does_what_one_after_the_other_does(fresh: Fresh) {
    let house = fresh.open().await;
    let mut alone: Vec<Imported> = Vec::new();
    for parcel in a_crowd("one-") {
        alone.extend(house.take_in(vec![parcel]).await.expect("an import"));
    }
    let mut together = house.take_in(a_crowd("all-")).await.expect("an import");
    for queue in together.iter_mut().chain(&mut alone).flat_map(|done| &mut done.created_queues) {
        *queue = queue.replace("all-", "").replace("one-", "");
    }
    assert_eq!(together, alone, "to each their own answer, with their own lines");
    let named: Vec<(usize, u64)> = (0..)
        .zip(&together)
        .flat_map(|(at, done)| done.refused.iter().map(move |refused| (at, refused.line)))
        .collect();
    assert_eq!(named, [(2, 1), (4, 1), (6, 1), (8, 2)]);
    assert_eq!(fates(&house, "all-").await, fates(&house, "one-").await);
    assert_eq!(house.verify_audit().await.expect("a check"), None);
}

async fn the_log_says_who_brought_what_of_what_went_in_together(fresh: Fresh) {
    let house = fresh.open().await;
    let before = house.audit(0, 1_000).await.expect("a page").len() as u64;
    let brought = [("ines", "a"), ("ines", "b"), ("omar", "c"), ("ines", "d")];
    let parcels = brought.map(|(by, id)| parcel(by, vec![item(id, json!({}))])).to_vec();
    house.take_in(parcels).await.expect("an import");
    let people = house.people().await.expect("people");
    let pseudonym = |name: &str| {
        let person = people.iter().find(|person| person.name == name).expect("works here");
        person.pseudonym.clone()
    };
    let entries = house.audit(before, 1_000).await.expect("a page");
    let told: Vec<(&str, &Value, &Value)> = entries
        .iter()
        .filter(|entry| entry.action == "item.imported")
        .map(|entry| (entry.actor.as_str(), &entry.detail["first"], &entry.detail["last"]))
        .collect();
    let (ines, omar) = (pseudonym("ines"), pseudonym("omar"));
    let expected = [(&ines, json!("a"), json!("b")), (&omar, json!("c"), json!("c")), (&ines, json!("d"), json!("d"))];
    let expected: Vec<_> = expected.iter().map(|(who, first, last)| (who.as_str(), first, last)).collect();
    assert_eq!(told, expected);
    for (by, id) in brought {
        let history = house.history(id).await.expect("a history");
        assert_eq!((history[0].what.as_str(), history[0].by.clone()), ("imported", Some(pseudonym(by))), "{id}");
    }
}

async fn blocks_of_what_came_one_by_one_are_gathered_and_everything_is_found(fresh: Fresh) {
    let house = fresh.open().await;
    let words = "exactly the same words in every one of them, long enough to be looked at";
    for n in 0..150 {
        house.bring(vec![item(&format!("i{n}"), json!({"text": words}))]).await;
    }
    let groups = house.groups("ines", "i7", None).await.expect("groups");
    assert!(groups.iter().any(|group| group.waiting == 150), "{groups:?}");
}

async fn what_comes_by_the_thousand_is_kept_as_it_came(fresh: Fresh) {
    let mut house = fresh.open().await;
    let more = |n: usize| match n % 5 {
        0 => json!({"text": format!("zero \u{0} byte {n}")}),
        1 => json!({"author": {"id": format!("u{}", n % 7)}, "subject": {"id": "thread"}}),
        2 => json!({"due_at": "2026-11-22T12:00:00Z", "queue": "urgent"}),
        3 => json!({"reports": [{"by": "user", "reporter": "omar"}], "priority": 3}),
        _ => json!({"sealed": if n % 10 == 4 { json!("csam") } else { json!(null) }}),
    };
    let mut all: Vec<Item> = (0..600).map(|n| item(&format!("i{n}"), more(n))).collect();
    // Some of them once more, in the same commit: edited, and with another report.
    all.push(item("i5", json!({"revision": 2, "text": "edited"})));
    all.push(item("i1", json!({"author": {"id": "u1"}, "subject": {"id": "thread"}, "priority": 9})));
    let done = house.bring(all.clone()).await;
    assert_eq!((done.imported, done.updated), (601, 1));
    house.reopen().await;
    for n in (0..600).step_by(37).chain([1, 2, 4, 5]) {
        let kept = house.item(&format!("i{n}")).await.expect("kept");
        match n {
            _ if n % 10 == 4 => assert_eq!((kept.state.as_str(), kept.item.text), ("sealed", None), "{n}"),
            5 => assert_eq!((kept.round, kept.item.text.as_ref().map(|text| text.raw())), (2, Some("edited"))),
            1 => assert_eq!(kept.item.priority, 9),
            _ => assert_eq!((kept.state.as_str(), kept.item.text), ("waiting", all[n].text.clone()), "{n}"),
        }
    }
    let authors = house.author("u1").await.expect("figures");
    assert_eq!(authors.items, (0..600).filter(|n| n % 5 == 1 && n % 7 == 1).count() as u64);
    assert_eq!(house.thread("ines", "i1").await.expect("a thread").whole, 120);
    let waiting: u64 = house.stats(false).await.expect("stats").iter().map(|queue| queue.waiting).sum();
    assert_eq!(waiting, 540);
    assert_eq!(ids(&house.take("ines", 2).await), ["i1", "i3"], "by priority");
    assert!(!house.take("omar", 100).await.iter().any(|served| served.item.priority == 3), "no reporter decides");
    assert_eq!(house.verify_audit().await.expect("a check"), None);
}

async fn two_that_bring_the_same_thousand_at_once_bring_each_of_them_once(fresh: Fresh) {
    let house = fresh.open().await;
    let beside = house.beside().await;
    let bring = async |store: &dyn Store| {
        let mut sum = (0, 0);
        for from in [0, 400, 800] {
            let batch = (from..from + 400).map(|n| item(&format!("i{n}"), json!({}))).collect();
            let done = store.import(lines(batch), ImportOptions::default()).await.expect("an import");
            sum = (sum.0 + done.imported, sum.1 + done.unchanged);
        }
        sum
    };
    let (one, other) = tokio::join!(bring(&*house), bring(&*beside));
    assert_eq!((one.0 + other.0, one.1 + other.1), (1_200, 1_200));
    assert_eq!(house.row("default").await.waiting, 1_200);
    assert_eq!(house.verify_audit().await.expect("a check"), None);
}

every_engine![
    what_goes_in_together_does_what_one_after_the_other_does,
    the_log_says_who_brought_what_of_what_went_in_together,
    blocks_of_what_came_one_by_one_are_gathered_and_everything_is_found,
    what_comes_by_the_thousand_is_kept_as_it_came,
    two_that_bring_the_same_thousand_at_once_bring_each_of_them_once,
];
