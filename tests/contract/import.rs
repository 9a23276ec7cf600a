//! What comes in: new items, the same id again, what is kept and what is refused.

use crate::engines::every_engine;
use crate::house::{Fresh, House, ids, item, items, lines};
use moddesk::moderation::claim::LostLease;
use moddesk::moderation::{Claim, Verdict};
use moddesk::store::{ImportOptions, Imported, StoreError};
use serde_json::{Value, json};

async fn again(house: &House, id: &str, more: Value) -> Imported {
    house.import(lines(vec![item(id, more)]), ImportOptions::default()).await.expect("an import")
}

fn counts(done: &Imported) -> (u64, u64, u64, usize) {
    (done.imported, done.updated, done.unchanged, done.refused.len())
}

async fn a_new_item_waits_in_round_one(fresh: Fresh) {
    let house = fresh.open().await;
    let done = house.bring(vec![item("a", json!({"received_at": "2026-11-22T07:00:00Z"}))]).await;
    assert_eq!(counts(&done), (1, 0, 0, 0));
    let kept = house.item("a").await.expect("kept");
    assert_eq!((kept.state.as_str(), kept.round, kept.queue.as_str()), ("waiting", 1, "default"));
    assert_eq!((kept.item.revision, kept.client.as_str()), (1, "default"));
    assert!(kept.decisions.is_empty());
}

async fn received_at_is_now_where_it_is_not_said(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    assert_eq!(house.item("a").await.expect("kept").item.received_at, Some(house.now()));
    assert_eq!(house.take_one("ines").await.item.received_at, Some(house.now()));
}

async fn the_same_item_again_is_unchanged(fresh: Fresh) {
    let house = fresh.open().await;
    let more = json!({"reports": [{"by": "user", "reason": "hate"}], "scores": {"toxicity": 0.5}, "priority": 3,
        "reach": {"views": 3}, "due_at": "2026-11-22T12:00:00Z"});
    again(&house, "a", more.clone()).await;
    house.minutes(1);
    assert_eq!(counts(&again(&house, "a", more).await), (0, 0, 1, 0));
    assert_eq!(house.item("a").await.expect("kept").item.reports.len(), 1);
}

async fn reports_scores_reach_priority_and_due_are_merged(fresh: Fresh) {
    let house = fresh.open().await;
    again(&house, "a", json!({"reports": [{"by": "user", "reason": "hate"}], "scores": {"toxicity": 0.5}})).await;
    let steps = [
        json!({"reports": [{"by": "classifier", "reason": "insult", "severity": 2}]}),
        json!({"scores": {"insult": 0.9}}),
        json!({"scores": {"toxicity": 0.7}}),
        json!({"reach": {"views": 340, "likes": 2}}),
        json!({"priority": 7}),
        json!({"due_at": "2026-11-22T12:00:00Z"}),
    ];
    for step in steps {
        assert_eq!(counts(&again(&house, "a", step.clone()).await), (0, 1, 0, 0), "{step}");
    }
    let kept = house.item("a").await.expect("kept");
    let reasons: Vec<_> = kept.item.reports.iter().map(|r| r.reason.as_ref().expect("a reason").raw()).collect();
    assert_eq!(reasons, ["hate", "insult"]);
    assert_eq!(Value::Object(kept.item.scores), json!({"toxicity": 0.7, "insult": 0.9}));
    assert_eq!(kept.item.reach.and_then(|reach| reach.views), Some(340));
    assert_eq!(kept.item.priority, 7);
    assert_eq!(kept.due_at, Some("2026-11-22T12:00:00Z".parse().expect("a time")));
    assert_eq!(kept.round, 1, "a merge begins no round");
    let served = house.take_one("ines").await;
    assert_eq!((served.due_at, served.severity.level()), (kept.due_at, 2), "what was merged is what is served");
}

async fn a_merge_moves_the_item_in_the_order(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b", "c"]).await;
    again(&house, "c", json!({"priority": 9})).await;
    assert_eq!(ids(&house.take("ines", 3).await), ["c", "a", "b"]);
}

async fn a_merge_leaves_a_lease_alone(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    again(&house, "a", json!({"priority": 9, "reports": [{"by": "user"}]})).await;
    assert_eq!(house.state("a").await, "leased");
    assert!(house.take("omar", 1).await.is_empty());
    house.rule("ines", &served, Verdict::Approve).await;
}

async fn a_merge_after_a_decision_changes_no_verdict(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Approve).await;
    assert_eq!(counts(&again(&house, "a", json!({"reports": [{"by": "user"}]})).await), (0, 1, 0, 0));
    assert_eq!(house.state("a").await, "decided");
    assert!(house.take("omar", 1).await.is_empty());
}

async fn other_content_under_the_same_revision_is_refused(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let batch = vec![item("b", json!({})), item("a", json!({"text": "quite other words"})), item("c", json!({}))];
    let done = house.import(lines(batch), ImportOptions::default()).await.expect("an import");
    assert_eq!(counts(&done), (2, 0, 0, 1), "the rest goes in");
    assert_eq!(done.refused[0].line, 2);
    assert!(!done.refused[0].error.contains("quite other words"), "never content: {}", done.refused[0].error);
    assert_eq!(house.item("a").await.expect("kept").item.text.expect("words").raw(), "words of a");
}

async fn a_lower_revision_is_refused(fresh: Fresh) {
    let house = fresh.open().await;
    again(&house, "a", json!({"revision": 3})).await;
    assert_eq!(counts(&again(&house, "a", json!({"revision": 2})).await), (0, 0, 0, 1));
    assert_eq!(house.item("a").await.expect("kept").item.revision, 3);
}

async fn a_higher_revision_waits_at_once_in_a_new_round(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let done = again(&house, "a", json!({"revision": 2, "text": "edited"})).await;
    assert_eq!((done.updated, done.unchanged, done.refused.len()), (0, 0, 0));
    let served = house.take_one("ines").await;
    assert_eq!((served.item.revision, served.round), (2, 2));
    assert_eq!(served.item.text.expect("words").raw(), "edited");
}

async fn a_higher_revision_waits_even_after_a_decision(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    let id = house.rule("ines", &served, Verdict::Approve).await;
    again(&house, "a", json!({"revision": 2, "text": "edited"})).await;
    assert_eq!(house.state("a").await, "waiting");
    let served = house.take_one("ines").await;
    assert_eq!((served.item.revision, served.round), (2, 2), "also for whoever decided the older one");
    assert_eq!(served.rounds.iter().map(|past| past.id).collect::<Vec<_>>(), [id], "with what was decided before");
}

async fn whoever_holds_the_older_revision_is_told(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    again(&house, "a", json!({"revision": 2, "text": "edited"})).await;
    assert_eq!(house.told("ines").await, [("a".to_owned(), "new_revision".to_owned())]);
    let renewed = house.renew("ines", None, &["a".to_owned()]).await.expect("an answer");
    assert_eq!(renewed.lost.iter().map(|lost| lost.why).collect::<Vec<_>>(), [LostLease::NewRevision]);
    assert_eq!(house.take_one("omar").await.item.revision, 2, "it waits at once");
}

async fn text_is_kept_byte_for_byte(fresh: Fresh) {
    let house = fresh.open().await;
    let odd = "nul \u{0} esc \u{1b}[2J bidi \u{202e}x bom \u{feff} cr \r\n bell \u{7} sep \u{2028} \u{10ffff} e\u{301}\u{fffd}";
    let more = json!({"text": odd, "title": odd, "attributes": {"z \u{0}": odd, "a": "second"},
        "author": {"id": "u\u{0}1", "name": odd}, "context": [{"text": odd}], "x_kept": {"deep": [odd]}});
    let before = item("a", more);
    house.bring(vec![before.clone()]).await;
    let kept = house.item("a").await.expect("kept").item;
    let served = house.take_one("ines").await.item;
    for after in [kept, served] {
        assert!(after.text == before.text && after.title == before.title);
        assert_eq!(after.attributes.keys().collect::<Vec<_>>(), ["z \u{0}", "a"], "in their order");
        assert_eq!(after.attributes, before.attributes);
        assert!(after.author == before.author && after.context == before.context);
    }
    assert_eq!(house.item("a").await.expect("kept").item.extra, before.extra, "what is under x_ is kept");
    assert_eq!(counts(&again(&house, "a", serde_json::to_value(&before).expect("JSON")).await), (0, 0, 1, 0));
}

async fn a_mebibyte_of_text_is_kept(fresh: Fresh) {
    let house = fresh.open().await;
    let long = "\u{0}é".repeat((1 << 20) / 3);
    house.bring(vec![item("a", json!({"text": long}))]).await;
    assert!(house.take_one("ines").await.item.text.expect("words").raw() == long);
}

async fn ids_of_200_bytes_are_taken(fresh: Fresh) {
    let house = fresh.open().await;
    let long = format!("{}'\"%_\\ ~", "x".repeat(193));
    assert_eq!(long.len(), 200);
    house.plain(&[&long]).await;
    let served = house.take_one("ines").await;
    assert_eq!(served.item.id, long);
    house.rule("ines", &served, Verdict::Approve).await;
    assert_eq!(house.state(&long).await, "decided");
}

async fn every_store_has_its_four_queues(fresh: Fresh) {
    let house = fresh.open().await;
    let mut names: Vec<String> = house.queues().await.expect("queues").into_iter().map(|queue| queue.name).collect();
    names.sort();
    assert_eq!(names, ["default", "escalated", "imminent", "sealed"]);
}

async fn an_item_goes_to_its_queue_else_to_the_one_named_else_to_default(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["plain"]).await;
    let options = ImportOptions { queue: Some("named".into()), by: None };
    let batch = vec![item("told", json!({})), item("own", json!({"queue": "own"}))];
    let done = house.import(lines(batch), options.clone()).await.expect("an import");
    let mut created = done.created_queues;
    created.sort();
    assert_eq!(created, ["named", "own"], "the answer names what it created");
    for (id, queue) in [("plain", "default"), ("told", "named"), ("own", "own")] {
        let kept = house.item(id).await.expect("kept");
        assert_eq!((kept.queue.as_str(), kept.client.as_str()), (queue, "default"));
    }
    let done = house.import(lines(vec![item("more", json!({}))]), options).await.expect("an import");
    assert_eq!(done.created_queues, Vec::<String>::new(), "named once");
}

async fn the_deadline_counts_from_reception_and_due_at_overrides_it(fresh: Fresh) {
    let house = fresh.open().await;
    house.queue("default", |queue| queue.deadline = "1h".parse().ok()).await;
    let batch = vec![
        item("now", json!({})),
        item("old", json!({"received_at": "2026-11-22T06:30:00Z"})),
        item("said", json!({"received_at": "2026-11-22T06:30:00Z", "due_at": "2026-11-22T20:00:00Z"})),
    ];
    house.bring(batch).await;
    for (id, due) in
        [("now", "2026-11-22T09:00:00Z"), ("old", "2026-11-22T07:30:00Z"), ("said", "2026-11-22T20:00:00Z")]
    {
        assert_eq!(house.item(id).await.expect("kept").due_at, Some(due.parse().expect("a time")), "{id}");
    }
}

async fn answers_of_a_gold_set_are_kept_and_never_served(fresh: Fresh) {
    let house = fresh.open().await;
    house.bring(vec![item("a", json!({"labels": {"toxic": true}, "annotators": ["x"]}))]).await;
    let served = house.take_one("ines").await;
    assert_eq!((served.item.labels, served.item.annotators), (None, None));
    let again = house.take_one("ines").await;
    assert_eq!((again.item.labels, again.item.annotators), (None, None), "nor the second time");
    let kept = house.item("a").await.expect("kept").item;
    assert_eq!(kept.labels, Some(json!({"toxic": true})));
}

async fn a_language_that_nobody_named_is_guessed(fresh: Fresh) {
    let house = fresh.open().await;
    let mut reader = crate::house::person("ines", moddesk::moderation::Role::Moderator);
    reader.languages = vec!["fr".into()];
    house.hire(reader).await;
    let german = "Das ist ein ganz gewöhnlicher deutscher Satz, den niemand für etwas anderes halten kann.";
    let french = "Ceci est une phrase française tout à fait ordinaire que personne ne peut prendre pour autre chose.";
    house.bring(vec![item("de", json!({"text": german})), item("fr", json!({"text": french}))]).await;
    assert_eq!(ids(&house.take("ines", 5).await), ["fr"]);
}

async fn what_is_imported_is_there_after_reopening(fresh: Fresh) {
    let mut house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    house.reopen().await;
    assert_eq!(ids(&house.take("ines", 5).await), ["a", "b"]);
    assert_eq!(counts(&again(&house, "a", json!({})).await), (0, 0, 1, 0));
}

async fn an_import_beside_an_open_desk_is_served_by_it(fresh: Fresh) {
    let house = fresh.open().await;
    assert!(house.take("ines", 1).await.is_empty());
    let mut rings = house.rings();
    rings.mark_unchanged();
    let beside = house.beside().await;
    beside.import(lines(vec![item("a", json!({}))]), ImportOptions::default()).await.expect("an import");
    tokio::time::timeout(std::time::Duration::from_secs(20), rings.changed())
        .await
        .expect("the desk is told of it")
        .expect("the bell hangs as long as the store is open");
    let claimed = house.ask("ines", Claim { max: 3, ..Claim::default() }).await;
    assert_eq!(ids(&items(claimed)), ["a"]);
}

async fn an_unknown_item_is_named_as_such(fresh: Fresh) {
    let house = fresh.open().await;
    for answer in [house.item("nowhere").await.err(), house.history("nowhere").await.err()] {
        assert!(matches!(answer, Some(StoreError::Unknown { what: "item", .. })), "{answer:?}");
    }
}

every_engine![
    a_new_item_waits_in_round_one,
    received_at_is_now_where_it_is_not_said,
    the_same_item_again_is_unchanged,
    reports_scores_reach_priority_and_due_are_merged,
    a_merge_moves_the_item_in_the_order,
    a_merge_leaves_a_lease_alone,
    a_merge_after_a_decision_changes_no_verdict,
    other_content_under_the_same_revision_is_refused,
    a_lower_revision_is_refused,
    a_higher_revision_waits_at_once_in_a_new_round,
    a_higher_revision_waits_even_after_a_decision,
    whoever_holds_the_older_revision_is_told,
    text_is_kept_byte_for_byte,
    a_mebibyte_of_text_is_kept,
    ids_of_200_bytes_are_taken,
    every_store_has_its_four_queues,
    an_item_goes_to_its_queue_else_to_the_one_named_else_to_default,
    the_deadline_counts_from_reception_and_due_at_overrides_it,
    answers_of_a_gold_set_are_kept_and_never_served,
    a_language_that_nobody_named_is_guessed,
    what_is_imported_is_there_after_reopening,
    an_import_beside_an_open_desk_is_served_by_it,
    an_unknown_item_is_named_as_such,
];
