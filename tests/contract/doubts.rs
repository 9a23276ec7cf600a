//! Doubt: asked before deciding, parked meanwhile, answered, and kept as a precedent.

use crate::engines::every_engine;
use crate::house::{Fresh, House, ids, item, person, sight, verdict};
use moddesk::moderation::doubt::{Advice, Answer, Seeking};
use moddesk::moderation::{AskTo, Claim, Claimed, Doubt, DoubtState, Measure, Outcome, Person, Role, Verdict};
use moddesk::store::StoreError;
use moddesk::text::Untrusted;
use serde_json::json;
use uuid::Uuid;

fn question(item: &str, to: AskTo) -> Doubt {
    Doubt { id: Uuid::now_v7(), to, question: Untrusted::new("satire or hate?"), sight: sight(item) }
}

fn reply(text: &str) -> Answer {
    Answer { id: Uuid::now_v7(), text: Untrusted::new(text), advice: None }
}

async fn asked(house: &House, who: &str, item: &str, to: AskTo) -> DoubtState {
    house.doubt(who, &question(item, to)).await.expect("is asked")
}

async fn by_name(house: &House, who: &str, item: &str) -> Vec<String> {
    let claim = Claim { items: Some(vec![item.to_owned()]), ..Claim::default() };
    match house.ask(who, claim).await {
        Claimed::Items { items, .. } => ids(&items).into_iter().map(str::to_owned).collect(),
        other => panic!("{other:?}"),
    }
}

async fn what_is_asked_about_is_nobodys_and_its_deadline_runs_on(fresh: Fresh) {
    let mut house = fresh.open().await;
    house.bring(vec![item("a", json!({"due_at": "2026-11-22T12:00:00Z"})), item("b", json!({}))]).await;
    house.take_one("ines").await;
    let doubt = asked(&house, "ines", "a", AskTo::Supervisor).await;
    assert_eq!((doubt.due_at, doubt.item.as_str(), doubt.mine), ("2026-11-22T12:00:00Z".parse().ok(), "a", true));
    // Until the queue warns, fifteen minutes before it is due.
    assert_eq!(doubt.parked_until, "2026-11-22T11:45:00Z".parse().ok());
    house.reopen().await;
    house.minutes(30);
    assert_eq!(ids(&house.take("omar", 5).await), ["b"]);
    assert!(house.take("ines", 5).await.is_empty(), "not even who asked is served it unasked");
    assert!(by_name(&house, "omar", "a").await.is_empty(), "a supervisor was asked, and no colleague");
    let row = house.row("default").await;
    assert_eq!((row.parked, row.leased, row.waiting), (1, 1, 0));
    let floor = house.floor(false).await.expect("a picture");
    let hands: Vec<_> = floor.leases.iter().map(|one| (one.item.as_str(), one.by.as_str(), one.parked)).collect();
    assert_eq!(hands, [("a", "ines", true), ("b", "omar", false)], "nobody has in hands what is asked about");
    house.minutes(200);
    assert_eq!(
        ids(&house.take("omar", 5).await).first(),
        Some(&"a"),
        "it goes back, first in line, when the queue warns"
    );
    assert_eq!(house.verify_audit().await.expect("answers"), None);
}

async fn an_answer_comes_back_to_who_asked(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    let asked = asked(&house, "ines", "a", AskTo::Supervisor).await;
    assert!(house.messages("omar").await.expect("reads").doubts.is_empty(), "not for everybody's eyes");
    let theirs = house.messages("sonia").await.expect("reads").doubts;
    assert_eq!((theirs.len(), theirs[0].by.as_str(), theirs[0].mine), (1, "ines", false));
    assert_eq!(theirs[0].question.raw(), "satire or hate?");
    let advises = |verdict, measure, policy: Option<&str>| {
        let advice = Advice { verdict, measure, policy: policy.map(str::to_owned) };
        Answer { advice: Some(advice), ..reply("satire: leave it") }
    };
    for wrong in [
        advises(Verdict::Restrict, None, None),
        advises(Verdict::Delete, Some(Measure::Hide), None),
        advises(Verdict::Delete, None, Some("no-such-policy")),
    ] {
        let refused = house.answer("sonia", asked.id, &wrong).await;
        assert!(matches!(refused, Err(StoreError::Invalid(_))), "what could not be decided is no advice: {refused:?}");
    }
    let said = advises(Verdict::Approve, None, None);
    house.answer("sonia", asked.id, &said).await.expect("answers");
    house.answer("sonia", asked.id, &said).await.expect("answers once, however often it is sent");
    let mine = house.messages("ines").await.expect("reads");
    assert_eq!((mine.doubts[0].answers.len(), mine.doubts[0].read, mine.unseen()), (1, false, 1));
    assert_eq!(
        (mine.doubts[0].answers[0].by.as_str(), mine.doubts[0].answers[0].text.raw()),
        ("sonia", "satire: leave it")
    );
    let advice = mine.doubts[0].answers[0].advice.as_ref().map(|advice| advice.verdict);
    assert_eq!(advice, Some(Verdict::Approve), "with what she would decide");
    assert!(house.messages("sonia").await.expect("reads").questions().is_empty(), "answered, it waits for nobody");
    house.seconds(1);
    house.confirm("ines", &[asked.id]).await.expect("is read");
    assert_eq!(house.messages("ines").await.expect("reads").unseen(), 0);
    assert_eq!(by_name(&house, "ines", "a").await, ["a"]);
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Approve).await;
    let after = house.messages("ines").await.expect("reads").doubts.remove(0);
    assert_eq!(after.settled.map(|settled| settled.verdict), Some(Verdict::Approve));
    assert!(after.read, "what one has decided oneself is no news");
    assert!(house.messages("sonia").await.expect("reads").doubts.is_empty(), "nothing is left to answer");
    let events = house.events(0, 0).await.expect("events");
    assert!(events.iter().any(|event| event.kind == "notice" && event.person.as_deref() == Some("ines")));
    assert!(!serde_json::to_string(&events).expect("JSON").contains("satire"), "events and audit hold no words");
}

async fn a_colleague_may_take_it_up_and_decide(fresh: Fresh) {
    let house = fresh.open().await;
    house.hire(Person { languages: vec!["de".into()], ..person("lena", Role::Moderator) }).await;
    house.bring(vec![item("a", json!({"lang": "fr"}))]).await;
    house.take_one("ines").await;
    let asked = asked(&house, "ines", "a", AskTo::Colleague).await;
    assert!(house.messages("lena").await.expect("reads").doubts.is_empty(), "she could not take it");
    let refused = house.answer("lena", asked.id, &reply("let me see the question")).await;
    assert!(matches!(refused, Err(StoreError::Forbidden(_))), "nor may she read it by answering: {refused:?}");
    assert_eq!(house.messages("omar").await.expect("reads").doubts.len(), 1);
    assert!(by_name(&house, "lena", "a").await.is_empty());
    assert_eq!(by_name(&house, "omar", "a").await, ["a"]);
    assert!(by_name(&house, "ines", "a").await.is_empty(), "leases are exclusive");
    let served = house.take_one("omar").await;
    house.rule("omar", &served, Verdict::Delete).await;
    let mine = house.messages("ines").await.expect("reads").doubts.remove(0);
    let settled = mine.settled.expect("it is decided");
    assert_eq!((mine.id, settled.verdict, settled.policy.as_deref()), (asked.id, Verdict::Delete, Some("spam")));
    assert!(!mine.read, "somebody else decided: that is news");
}

async fn who_asked_may_decide_without_an_answer_and_nobody_else_may(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    asked(&house, "ines", "a", AskTo::Call).await;
    let theirs = house.send("omar", verdict(&served, Verdict::Delete)).await;
    assert_ne!(theirs.outcome, Outcome::Recorded);
    assert_eq!(by_name(&house, "ines", "a").await, ["a"]);
    house.rule("ines", &served, Verdict::Approve).await;
}

async fn it_goes_back_with_the_end_of_the_shift(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    asked(&house, "ines", "a", AskTo::Supervisor).await;
    house.end_shift("ines", &[]).await.expect("ends");
    assert_eq!(ids(&house.take("omar", 1).await), ["a"]);
}

async fn only_what_is_in_hand_is_asked_about(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    house.take_one("ines").await;
    assert!(matches!(house.doubt("omar", &question("a", AskTo::Call)).await, Err(StoreError::Invalid(_))));
    let empty = Doubt { question: Untrusted::default(), ..question("a", AskTo::Colleague) };
    assert!(matches!(house.doubt("ines", &empty).await, Err(StoreError::Invalid(_))));
    let call = Doubt { question: Untrusted::default(), ..question("a", AskTo::Call) };
    let first = house.doubt("ines", &call).await.expect("a call needs no words");
    assert_eq!(house.doubt("ines", &call).await.expect("asks once"), first);
    assert!(matches!(house.doubt("omar", &call).await, Err(StoreError::Forbidden(_))));
    let none = house.answer("omar", first.id, &reply("hm")).await;
    assert!(matches!(none, Err(StoreError::Forbidden(_))), "it was not put to him");
}

async fn an_answer_kept_is_found_beside_what_says_the_same_and_by_words(fresh: Fresh) {
    let house = fresh.open().await;
    let text = "these people should all be sent to the moon, every single one of them, and the sooner the better";
    let near = "These people should all be sent to the MOON every single one of them and the sooner, the better!!";
    let other = "my parcel has not come and nobody answers the telephone at your place, what should i do now";
    house
        .bring(vec![
            item("a", json!({"text": text})),
            item("b", json!({"text": near})),
            item("c", json!({"text": other})),
        ])
        .await;
    house.take("ines", 3).await;
    let doubt = asked(&house, "ines", "a", AskTo::Supervisor).await;
    let early = house.keep_precedent("ines", doubt.id, true).await;
    assert!(matches!(early, Err(StoreError::Invalid(_))), "nobody has answered");
    house.answer("sonia", doubt.id, &reply("Hyperbole; approve while no group is named")).await.expect("answers");
    assert!(house.keep_precedent("omar", doubt.id, true).await.is_err());
    house.keep_precedent("ines", doubt.id, true).await.expect("is kept");
    let beside = |item: &str| Seeking { item: Some(item.to_owned()), words: None };
    let found = house.precedents("omar", &beside("b")).await.expect("searches");
    assert_eq!((found.len(), found[0].id), (1, doubt.id));
    assert!(found[0].alike.is_some_and(|alike| alike > 0.5));
    assert!(house.precedents("omar", &beside("c")).await.expect("searches").is_empty());
    let words = |words: &str| Seeking { item: None, words: Some(words.to_owned()) };
    assert_eq!(house.precedents("omar", &words("HYPERBOLÉ group")).await.expect("searches").len(), 1);
    assert!(house.precedents("omar", &words("hyperbole parcel")).await.expect("searches").is_empty());
    assert_eq!(house.messages("omar").await.expect("reads").precedents, ["default"]);
    house.hire(Person { clients: vec!["other".into()], ..person("lena", Role::Moderator) }).await;
    assert!(house.precedents("lena", &words("hyperbole")).await.expect("searches").is_empty());
    house.keep_precedent("sonia", doubt.id, false).await.expect("is dropped");
    assert!(house.precedents("omar", &beside("b")).await.expect("searches").is_empty());
}

async fn what_is_erased_is_in_no_question(fresh: Fresh) {
    let house = fresh.open().await;
    house.bring(vec![item("a", json!({"author": {"id": "u1", "name": "zorg"}}))]).await;
    house.take_one("ines").await;
    let doubt = asked(&house, "ines", "a", AskTo::Supervisor).await;
    house.answer("sonia", doubt.id, &reply("QUOTED WORDS")).await.expect("answers");
    house.keep_precedent("sonia", doubt.id, true).await.expect("is kept");
    house.erase_author("u1", "sonia").await.expect("is erased");
    let left = house.messages("ines").await.expect("reads").doubts.remove(0);
    assert!(left.question.is_empty() && left.answers[0].text.is_empty() && !left.precedent);
    let words = Seeking { item: None, words: Some("quoted".into()) };
    assert!(house.precedents("sonia", &words).await.expect("searches").is_empty());
    if let Some(bytes) = house.place.bytes() {
        assert!(!bytes.windows(12).any(|part| part == b"QUOTED WORDS"), "gone from the file and its log");
    }
}

async fn what_became_of_own_decisions_comes_back_in_a_line(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    let first = house.take_one("ines").await;
    let own = house.rule("ines", &first, Verdict::Delete).await;
    let instead = serde_json::from_value(json!({"id": Uuid::now_v7(), "item": "a", "verdict": "approve"}));
    let reverse = moddesk::store::Reverse {
        id: Uuid::now_v7(),
        reason: Some("a quotation".into()),
        decision: Some(Box::new(instead.expect("a decision"))),
    };
    assert_eq!(house.reverse("sonia", own, &reverse).await.expect("answers").outcome, Outcome::Recorded);
    house.seconds(1);
    let second = house.take_one("ines").await;
    house.rule("ines", &second, Verdict::Escalate).await;
    let next = house.take_one("omar").await;
    assert_eq!((next.item.id.as_str(), next.queue.as_str()), ("b", "escalated"));
    house.rule("omar", &next, Verdict::Delete).await;
    let back = house.messages("ines").await.expect("reads").back;
    let said: Vec<_> = back.iter().map(|back| (back.item.as_str(), back.verdict, back.now)).collect();
    assert_eq!(said, [("b", Verdict::Escalate, Some(Verdict::Delete)), ("a", Verdict::Delete, Some(Verdict::Approve))]);
    assert_eq!(back[1].reason.as_ref().map(Untrusted::raw), Some("a quotation"));
    assert!(back.iter().all(|back| !back.read));
    assert!(house.messages("omar").await.expect("reads").back.is_empty());
    house.confirm("omar", &[back[0].id]).await.expect("answers");
    assert_eq!(house.messages("ines").await.expect("reads").unseen(), 2, "nobody reads for her");
    house.confirm("ines", &[back[0].id, back[1].id]).await.expect("is read");
    assert_eq!(house.messages("ines").await.expect("reads").unseen(), 0);
}

every_engine! {
    what_is_asked_about_is_nobodys_and_its_deadline_runs_on,
    an_answer_comes_back_to_who_asked,
    a_colleague_may_take_it_up_and_decide,
    who_asked_may_decide_without_an_answer_and_nobody_else_may,
    it_goes_back_with_the_end_of_the_shift,
    only_what_is_in_hand_is_asked_about,
    an_answer_kept_is_found_beside_what_says_the_same_and_by_words,
    what_is_erased_is_in_no_question,
    what_became_of_own_decisions_comes_back_in_a_line,
}
