//! What several bring at the same time: one commit, and to each their own answer.

use crate::engines::every_engine;
use crate::house::{Fresh, House, item, lines};
use moddesk::moderation::Item;
use moddesk::store::{HistoryEntry, ImportOptions, Imported, Parcel};
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

every_engine![
    what_goes_in_together_does_what_one_after_the_other_does,
    the_log_says_who_brought_what_of_what_went_in_together,
    blocks_of_what_came_one_by_one_are_gathered_and_everything_is_found,
];
