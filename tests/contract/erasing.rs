//! What goes: the words of what was decided long enough ago, by the queue's own clock, and everything of an author who
//! asks for it. Ids and verdicts stay, and the chain holds. Listing a queue stands here too, since it shows what is
//! left.

use crate::engines::every_engine;
use crate::house::{Fresh, House, item, verdict};
use moddesk::moderation::retention::Retention;
use moddesk::moderation::{Client, Decision, FollowUp, Item, Verdict};
use moddesk::store::listing::Listing;
use moddesk::store::{DecisionFilter, Erased};
use serde_json::{Value, json};

const DAY: u64 = 24 * 60;

fn of_author(id: &str, author: &str, words: &str, more: Value) -> Item {
    let mut value = json!({"text": words, "title": format!("about {words}"),
        "author": {"id": author, "name": format!("name-of-{author}"), "note": format!("noted {words}")},
        "media": [{"url": format!("https://x.example/{words}.png"), "alt": words, "mime": "image/png"}]});
    for (key, part) in more.as_object().expect("fields") {
        value[key] = part.clone();
    }
    item(id, value)
}

async fn kept_by(house: &House, retention: Retention) {
    house
        .set_client(&Client { name: "default".into(), retention, ..Client::default() }, "operator")
        .await
        .expect("the client is set");
}

async fn decide(house: &House, what: Verdict, words: &str) {
    let served = house.take_one("ines").await;
    let policy = (what == Verdict::Delete).then(|| "spam".to_owned());
    let reply = FollowUp::Reply { text: words.into(), visibility: Default::default(), template: Some("t".into()) };
    let insight = FollowUp::Insight { topic: "delivery".into(), sort: None, verbatim: Some(words.into()) };
    let note = Some(words.into());
    house.record("ines", Decision { policy, note, follow_ups: vec![reply, insight], ..verdict(&served, what) }).await;
}

fn nowhere(place: &str, bytes: &[u8], words: &str) {
    assert!(!bytes.windows(words.len()).any(|window| window == words.as_bytes()), "{words} is still in {place}");
}

async fn said(house: &House, id: &str) -> Vec<u8> {
    let mut said = serde_json::to_vec(&house.item(id).await.expect("kept")).expect("JSON");
    said.extend(serde_json::to_vec(&house.history(id).await.expect("a history")).expect("JSON"));
    said.extend(serde_json::to_vec(&house.audit(0, 0).await.expect("a log")).expect("JSON"));
    let filter = DecisionFilter { names: true, ..DecisionFilter::default() };
    said.extend(serde_json::to_vec(&house.decisions(&filter).await.expect("decisions")).expect("JSON"));
    said
}

async fn what_was_decided_goes_when_its_time_has_come(fresh: Fresh) {
    let mut house = fresh.open().await;
    let retention = Retention { content_s: Some(30 * 86_400), removed_s: Some(90 * 86_400), media_s: None };
    kept_by(&house, retention).await;
    house.bring(vec![of_author("a", "u1", "wordsofa", json!({}))]).await;
    decide(&house, Verdict::Approve, "quotea").await;
    house.bring(vec![of_author("b", "u1", "wordsofb", json!({}))]).await;
    decide(&house, Verdict::Delete, "quoteb").await;
    house.bring(vec![of_author("c", "u1", "wordsofc", json!({}))]).await;

    house.minutes(29 * DAY);
    assert_eq!(house.expire(100).await.expect("an answer").items, 0, "not yet");
    house.minutes(2 * DAY);
    assert_eq!(house.expire(100).await.expect("an answer").items, 1, "the approved one");
    house.reopen().await;
    let kept = house.item("a").await.expect("its id stays");
    assert_eq!((kept.item.text, kept.item.title, kept.item.author, kept.item.media.len()), (None, None, None, 0));
    assert_eq!(kept.decisions.len(), 1, "its verdict stays");
    assert!(house.item("b").await.expect("kept").item.text.is_some(), "what was removed is kept longer");
    house.minutes(60 * DAY);
    assert_eq!(house.expire(100).await.expect("an answer").items, 1, "the removed one");
    assert_eq!(house.expire(100).await.expect("an answer").items, 0, "each goes once");
    assert!(house.item("c").await.expect("kept").item.text.is_some(), "what waits is kept");
    let decisions = house.decisions(&DecisionFilter::default()).await.expect("decisions");
    let topic = |(_, decision): &(u64, Decision)| {
        decision.follow_ups.iter().any(|one| matches!(one, FollowUp::Insight { topic, .. } if topic == "delivery"))
    };
    assert!(decisions.iter().all(topic), "what a client was told about stays, without the author's words");
    for (id, words) in [("a", "wordsofa"), ("a", "quotea"), ("b", "wordsofb"), ("b", "quoteb")] {
        nowhere("what the store says", &said(&house, id).await, words);
        if let Some(bytes) = house.place.bytes() {
            nowhere("the files", &bytes, words);
        }
    }
    assert_eq!(house.verify_audit().await.expect("a check"), None);
}

async fn pictures_may_go_before_the_words(fresh: Fresh) {
    let house = fresh.open().await;
    kept_by(&house, Retention { media_s: Some(86_400), ..Retention::default() }).await;
    house.bring(vec![of_author("a", "u1", "wordsofa", json!({}))]).await;
    decide(&house, Verdict::Approve, "quotea").await;
    house.minutes(2 * DAY);
    let expired = house.expire(100).await.expect("an answer");
    assert_eq!((expired.items, expired.media), (0, 1));
    let kept = house.item("a").await.expect("kept");
    assert_eq!((kept.item.media.len(), kept.item.text.is_some()), (0, true));
}

async fn what_was_decided_again_is_kept_from_then_on_and_stricter_rules_begin_anew(fresh: Fresh) {
    let house = fresh.open().await;
    kept_by(&house, Retention { content_s: Some(30 * 86_400), ..Retention::default() }).await;
    house.bring(vec![of_author("a", "u1", "wordsofa", json!({}))]).await;
    let served = house.take_one("ines").await;
    let id = house.rule("ines", &served, Verdict::Approve).await;
    house.minutes(29 * DAY);
    let reverse = moddesk::store::Reverse { id: uuid::Uuid::now_v7(), reason: None, decision: None };
    house.reverse("ines", id, &reverse).await.expect("reversed");
    decide(&house, Verdict::Approve, "again").await;
    house.minutes(2 * DAY);
    assert_eq!(house.expire(100).await.expect("an answer").items, 0, "two days after the decision that stands");
    kept_by(&house, Retention { content_s: Some(86_400), ..Retention::default() }).await;
    assert_eq!(house.expire(100).await.expect("an answer").items, 1);
}

async fn so_many_at_a_time_and_the_rest_the_next(fresh: Fresh) {
    let house = fresh.open().await;
    kept_by(&house, Retention { content_s: Some(60), ..Retention::default() }).await;
    for n in 0..5 {
        house.bring(vec![of_author(&format!("i{n}"), "u1", "words", json!({}))]).await;
        decide(&house, Verdict::Approve, "q").await;
    }
    house.minutes(5);
    let mut all = Vec::new();
    loop {
        let expired = house.expire(2).await.expect("an answer");
        all.push(expired.items);
        if !expired.more {
            break;
        }
    }
    assert_eq!(all.iter().sum::<u64>(), 5);
    assert!(all.iter().all(|items| *items <= 2), "{all:?}");
}

async fn an_author_who_asks_is_forgotten(fresh: Fresh) {
    let mut house = fresh.open().await;
    house.bring(vec![of_author("a", "u1", "wordsofa", json!({}))]).await;
    decide(&house, Verdict::Delete, "quotea").await;
    house.bring(vec![of_author("b", "u1", "wordsofb", json!({}))]).await;
    let beside = json!({"context": [{"author": "name-of-u1", "text": "saidbeside"}, {"author": "zoe", "text": "zoesaid"}],
        "reports": [{"by": "user", "reporter": "u1", "text": "reportedbeside"}]});
    house.bring(vec![of_author("c", "u2", "wordsofc", beside)]).await;

    house.set_client(&Client { name: "other".into(), ..Client::default() }, "operator").await.expect("a client");
    house.queue("elsewhere", |queue| queue.client = "other".into()).await;
    let namesake = json!({"queue": "elsewhere", "context": [{"author": "name-of-u1", "text": "another person"}]});
    house.bring(vec![of_author("d", "u9", "wordsofd", namesake)]).await;

    let erased = house.erase_author("u1", "sonia").await.expect("an answer");
    assert_eq!(erased, Erased { items: 2, mentions: 1 });
    house.reopen().await;
    assert_eq!(house.state("a").await, "decided", "the verdict stays");
    assert_eq!(house.state("b").await, "withdrawn", "nobody could judge it any more");
    assert_eq!(house.author("u1").await.expect("figures"), Default::default());
    let other = house.item("c").await.expect("kept");
    assert_eq!(other.item.text.as_ref().map(|text| text.raw()), Some("wordsofc"), "other people's words stay");
    let namesake = house.item("d").await.expect("kept").item.context.remove(0);
    assert_eq!(namesake.text.as_ref().map(|text| text.raw()), Some("another person"), "at another client");
    assert_eq!(other.item.context[1].text.as_ref().map(|text| text.raw()), Some("zoesaid"));
    let words = ["wordsofa", "wordsofb", "quotea", "saidbeside", "reportedbeside", "about wordsofb", "wordsofb.png"];
    for words in words {
        for id in ["a", "b", "c"] {
            nowhere("what the store says", &said(&house, id).await, words);
        }
        if let Some(bytes) = house.place.bytes() {
            nowhere("the files", &bytes, words);
        }
    }
    assert_eq!(house.verify_audit().await.expect("a check"), None);
    let log = house.audit(0, 0).await.expect("a log");
    let noted = log.iter().find(|entry| entry.action == "author.erased").expect("it is audited");
    assert!(!noted.subject.contains("u1"), "who asked to be forgotten is not named");
    assert_eq!(house.erase_author("u1", "sonia").await.expect("an answer"), Erased::default(), "once is enough");
}

async fn whoever_has_it_in_hand_is_told(fresh: Fresh) {
    let house = fresh.open().await;
    house.bring(vec![of_author("a", "u1", "wordsofa", json!({}))]).await;
    house.take_one("ines").await;
    house.erase_author("u1", "sonia").await.expect("an answer");
    assert_eq!(house.told("ines").await, [("a".to_owned(), "withdrawn".to_owned())]);
    assert_eq!(house.row("default").await.waiting + house.row("default").await.leased, 0);
}

async fn a_queue_is_listed_page_by_page_in_the_order_of_arrival(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b", "c", "d"]).await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Approve).await;
    let mut listing = Listing { queue: "default".into(), all: false, after: 0, limit: 2 };
    let mut seen = Vec::new();
    loop {
        let page = house.items(&listing).await.expect("a page");
        let Some(last) = page.last() else { break };
        listing.after = last.place;
        seen.extend(page.into_iter().map(|listed| (listed.item.id, listed.state)));
    }
    let open: Vec<&str> = seen.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(open, ["b", "c", "d"]);
    let all = Listing { all: true, after: 0, limit: 100, ..listing };
    let all = house.items(&all).await.expect("a page");
    assert_eq!(all.iter().map(|listed| listed.state).collect::<Vec<_>>(), ["decided", "waiting", "waiting", "waiting"]);
    assert!(house.items(&Listing { queue: "nowhere".into(), ..Listing::default() }).await.is_err());
}

every_engine![
    what_was_decided_goes_when_its_time_has_come,
    pictures_may_go_before_the_words,
    what_was_decided_again_is_kept_from_then_on_and_stricter_rules_begin_anew,
    so_many_at_a_time_and_the_rest_the_next,
    an_author_who_asks_is_forgotten,
    whoever_has_it_in_hand_is_told,
    a_queue_is_listed_page_by_page_in_the_order_of_arrival,
];
