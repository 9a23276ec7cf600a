//! The supervisor: what they see of the house, and how they step in.

use crate::engines::every_engine;
use crate::house::{Fresh, House, item, pass, person, verdict, without_edges};
use jiff::SignedDuration;
use moddesk::moderation::filter::Filter;
use moddesk::moderation::floor::{FloorNow, Override, QueueNow, Share, Standing, Step, Takes};
use moddesk::moderation::{Decision, Outcome, PassReason, Recorded, Role, Served, Verdict};
use moddesk::store::StoreError;
use serde_json::json;
use uuid::Uuid;

async fn floor(house: &House) -> FloorNow {
    house.floor(true).await.expect("a picture")
}

async fn queue(house: &House, name: &str) -> QueueNow {
    floor(house).await.queues.into_iter().find(|row| row.stats.name == name).expect("a row")
}

async fn step(house: &House, item: &str, step: Step) -> Standing {
    house.step_in("sonia", item, &step).await.expect("a step")
}

fn to(queue: &str) -> Step {
    Step::Move { to: queue.into() }
}

async fn with_a_supervisor(fresh: Fresh) -> House {
    let house = fresh.open().await;
    house.hire(person("sonia", Role::Supervisor)).await;
    house
}

fn last_word(item: &str, what: Verdict) -> Override {
    let decision: Decision = serde_json::from_value(json!({
        "id": Uuid::now_v7(), "item": item, "verdict": what, "policy": (what == Verdict::Delete).then_some("hate"),
    }))
    .expect("a decision");
    Override { reason: "the client asked".into(), decision }
}

async fn overrule(house: &House, asked: &Override) -> Recorded {
    house.overrule("sonia", asked).await.expect("an answer")
}

async fn what_comes_and_goes_is_counted_by_the_minute(fresh: Fresh) {
    let mut house = with_a_supervisor(fresh).await;
    house.plain(&["a", "b", "c"]).await;
    house.minutes(1);
    let served = house.take("ines", 2).await;
    house.rule("ines", &served[0], Verdict::Delete).await;
    house.rule("ines", &served[1], Verdict::Escalate).await;
    house.minutes(1);
    house.bring(vec![item("a", json!({"revision": 2, "text": "more"}))]).await;
    let row = queue(&house, "default").await;
    assert_eq!((row.flow.came, row.flow.left), (vec![3, 0, 1], vec![0, 2, 0]));
    assert_eq!(row.today, Share { decided: 2, removed: 1 });
    assert_eq!(queue(&house, "escalated").await.flow.came, [1, 0]);
    house.reopen().await;
    house.withdraw(&["c".to_owned()], "operator").await.expect("an answer");
    let row = queue(&house, "default").await;
    assert_eq!((row.flow.came, row.flow.left), (vec![3, 0, 1], vec![0, 2, 1]), "counting goes on where it was");
    house.minutes(61);
    assert!(queue(&house, "default").await.flow.came.is_empty(), "an hour is remembered");
    house.minutes(24 * 60);
    let row = queue(&house, "default").await;
    assert_eq!((row.today.decided, row.usual), (0, Share { decided: 2, removed: 1 }));
}

async fn people_show_what_they_can_take_and_nothing_else(fresh: Fresh) {
    let house = with_a_supervisor(fresh.rules(without_edges())).await;
    house.plain(&["a", "b"]).await;
    let takes = async |name: &str| {
        let people = floor(&house).await.people;
        people.into_iter().find(|person| person.name == name).map(|person| (person.takes, person.back_at))
    };
    assert_eq!(takes("ines").await, Some((Takes::Offline, None)));
    assert_eq!(takes("sonia").await, None, "who never decides is not among them");
    house.take_one("ines").await;
    assert_eq!(takes("ines").await, Some((Takes::All, None)));
    house.begin_break("ines", Some("lunch")).await.expect("a break");
    assert_eq!(takes("ines").await, Some((Takes::OnBreak, None)));
    house.minutes(20);
    assert_eq!(takes("ines").await, Some((Takes::OnBreak, None)), "a look ends nobody's break");
    house.end_break("ines").await.expect("over");
    house.end_shift("ines", &[]).await.expect("ends");
    assert_eq!(takes("ines").await, Some((Takes::Offline, None)));
    let told = serde_json::to_value(floor(&house).await).expect("JSON").to_string();
    for word in ["lunch", "exposure", "points", "load", "acute", "voluntary"] {
        assert!(!told.contains(word), "{word}");
    }
}

async fn leases_are_told_the_longest_first(fresh: Fresh) {
    let house = with_a_supervisor(fresh).await;
    house.plain(&["a", "b", "c"]).await;
    house.take_one("ines").await;
    house.minutes(1);
    house.take_one("omar").await;
    let now = floor(&house).await;
    let told: Vec<(&str, &str)> = now.leases.iter().map(|lease| (lease.item.as_str(), lease.by.as_str())).collect();
    assert_eq!(told, [("a", "ines"), ("b", "omar")]);
    assert_eq!(queue(&house, "default").await.hands, 2);
    house.minutes(6);
    assert!(floor(&house).await.leases.is_empty(), "what has run out is in nobody's hands");
}

async fn much_under_one_subject_is_a_thread_to_watch(fresh: Fresh) {
    let house = with_a_supervisor(fresh).await;
    let under = |id: &str, subject: &str| item(id, json!({"subject": {"id": subject, "title": "Storm"}}));
    house.bring(vec![under("a", "s1"), under("b", "s1"), under("c", "s2"), under("d", "s1")]).await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Approve).await;
    let threads = floor(&house).await.threads;
    let told: Vec<_> = threads.iter().map(|thread| (thread.subject.as_str(), thread.came, thread.waiting)).collect();
    assert_eq!(told, [("s1", 3, 2)]);
    house.minutes(61);
    assert!(floor(&house).await.threads.is_empty());
}

async fn what_nobody_may_take_is_named(fresh: Fresh) {
    let house = with_a_supervisor(fresh).await;
    house.plain(&["a"]).await;
    for who in ["ines", "omar"] {
        house.take_one(who).await;
        house.pass(who, &[pass("a", PassReason::NotForMe)]).await.expect("passed");
    }
    let stuck = floor(&house).await.stuck;
    let told: Vec<(&str, bool)> = stuck.iter().map(|item| (item.item.as_str(), item.passed)).collect();
    assert_eq!(told, [("a", true)]);
}

async fn priority_and_deadline_change_the_order_of_serving(fresh: Fresh) {
    let house = with_a_supervisor(fresh).await;
    house.plain(&["a", "b", "c"]).await;
    let forward = Step::Priority { priority: Some(50), due_at: None };
    assert_eq!(step(&house, "b", forward.clone()).await.priority, 50);
    assert_eq!(house.take_one("ines").await.item.id, "b");
    let due_at = Some(house.now() + SignedDuration::from_mins(5));
    let told = step(&house, "c", Step::Priority { priority: None, due_at }).await;
    assert_eq!((told.due_at, told.state.as_str()), (due_at, "waiting"));
    assert_eq!(house.take_one("omar").await.item.id, "c");
    assert_eq!(step(&house, "c", forward).await.state, "leased", "a lease stays where it is");
    let what: Vec<String> = house.history("c").await.expect("a history").into_iter().map(|entry| entry.what).collect();
    assert_eq!(what, ["imported", "prioritised", "prioritised"]);
    for refused in
        [Step::Priority { priority: Some(101), due_at: None }, Step::Priority { priority: None, due_at: None }]
    {
        let error = house.step_in("sonia", "a", &refused).await.expect_err("refused");
        assert!(matches!(error, StoreError::Invalid(_)), "{error}");
    }
}

async fn an_item_moves_out_of_somebodys_hands(fresh: Fresh) {
    let house = with_a_supervisor(fresh).await;
    house.queue("threats", |queue| queue.deadline = "10m".parse().ok()).await;
    house.plain(&["a", "b"]).await;
    let held = house.take_one("ines").await;
    let told = step(&house, "a", to("threats")).await;
    assert_eq!((told.queue.as_str(), told.state.as_str()), ("threats", "waiting"));
    assert!(told.taken_from.is_some() && told.due_at.is_some());
    assert_eq!((house.row("threats").await.waiting, house.row("default").await.waiting), (1, 1));
    let answer = house.send("ines", verdict(&held, Verdict::Approve)).await;
    assert_eq!(answer.outcome, Outcome::Recorded, "nobody else has taken it, and what was judged stays judged");
    for nowhere in ["sealed", "nowhere"] {
        assert!(house.step_in("sonia", "b", &to(nowhere)).await.is_err());
    }
    assert!(house.step_in("sonia", "a", &to("default")).await.is_err(), "what is decided is overturned, not moved");
    assert!(house.step_in("sonia", "z", &Step::Release).await.is_err());
    assert_eq!(house.verify_audit().await.expect("answers"), None);
}

async fn a_lease_is_released_and_its_holder_told(fresh: Fresh) {
    let house = with_a_supervisor(fresh).await;
    house.plain(&["a"]).await;
    house.take_one("ines").await;
    let told = step(&house, "a", Step::Release).await;
    assert_eq!(told.state, "waiting");
    assert!(house.told("ines").await.contains(&("a".to_owned(), "moved".to_owned())));
    assert_eq!(house.take_one("omar").await.item.id, "a");
    assert_eq!(step(&house, "a", Step::Release).await.taken_from, house_name(&house, "omar").await);
    assert_eq!(step(&house, "a", Step::Release).await.taken_from, None, "in nobody's hands it stays where it is");
}

async fn house_name(house: &House, who: &str) -> Option<String> {
    let people = house.people().await.expect("people");
    people.into_iter().find(|person| person.name == who).map(|person| person.pseudonym)
}

async fn the_last_word_overturns_and_decides_in_one_act(fresh: Fresh) {
    let house = with_a_supervisor(fresh).await;
    house.plain(&["a"]).await;
    let served: Served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Delete).await;
    let asked = last_word("a", Verdict::Approve);
    let answer = overrule(&house, &asked).await;
    assert_eq!((answer.id, answer.outcome), (asked.decision.id, Outcome::Recorded), "{answer:?}");
    let kept = house.item("a").await.expect("kept");
    let told: Vec<_> = kept.decisions.iter().map(|past| (past.verdict, past.reversed)).collect();
    assert_eq!((kept.state.as_str(), told), ("decided", vec![(Verdict::Delete, true), (Verdict::Approve, false)]));
    assert_eq!(overrule(&house, &asked).await.outcome, Outcome::AlreadyRecorded);
    assert_eq!(house.row("default").await.decided_today, 1);
    assert_eq!(house.verify_audit().await.expect("answers"), None);
}

async fn the_last_word_decides_over_the_head_of_whoever_holds_it(fresh: Fresh) {
    let house = with_a_supervisor(fresh).await;
    house.plain(&["a", "b"]).await;
    let held = house.take_one("ines").await;
    assert_eq!(overrule(&house, &last_word("a", Verdict::Delete)).await.outcome, Outcome::Recorded);
    assert_eq!(house.send("ines", verdict(&held, Verdict::Approve)).await.outcome, Outcome::Conflict);
    assert!(house.told("ines").await.contains(&("a".to_owned(), "decided".to_owned())));
    assert_eq!(overrule(&house, &last_word("b", Verdict::Approve)).await.outcome, Outcome::Recorded);
    assert_eq!(house.row("default").await.waiting, 0);
    let what: Vec<String> = house.history("a").await.expect("a history").into_iter().map(|entry| entry.what).collect();
    assert_eq!(what, ["imported", "overridden", "decided"]);
}

async fn only_a_supervisor_has_the_last_word_and_never_without_a_reason(fresh: Fresh) {
    let house = with_a_supervisor(fresh).await;
    house.plain(&["a"]).await;
    let asked = last_word("a", Verdict::Approve);
    assert!(matches!(house.overrule("ines", &asked).await, Err(StoreError::Forbidden(_))));
    let silent = Override { reason: " ".into(), ..asked.clone() };
    assert!(matches!(house.overrule("sonia", &silent).await, Err(StoreError::Invalid(_))));
    assert_eq!(overrule(&house, &last_word("nowhere", Verdict::Approve)).await.outcome, Outcome::Refused);
    let mut stale = asked;
    stale.decision.revision = 7;
    assert_eq!(overrule(&house, &stale).await.outcome, Outcome::StaleRevision);
}

async fn a_pause_keeps_its_reason_until_it_ends(fresh: Fresh) {
    let house = with_a_supervisor(fresh).await;
    house
        .queue("default", |queue| {
            queue.paused = true;
            queue.paused_because = Some("the client's site is down".into());
        })
        .await;
    assert_eq!(queue(&house, "default").await.paused_because.as_deref(), Some("the client's site is down"));
    house.queue("default", |queue| queue.paused = false).await;
    assert_eq!(queue(&house, "default").await.paused_because, None);
}

async fn a_search_goes_through_every_queue_and_state(fresh: Fresh) {
    let house = with_a_supervisor(fresh).await;
    let one = |id: &str, queue: &str, text: &str| item(id, json!({"queue": queue, "text": text}));
    house.bring(vec![one("a", "x", "free money"), one("b", "y", "nothing"), one("c", "y", "FREE  money!")]).await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Delete).await;
    let filter: Filter = "money".parse().expect("a filter");
    let part = house.search(&filter, None).await.expect("a part");
    let found: Vec<_> = part.found.iter().map(|one| (&*one.item, &*one.queue, &*one.state)).collect();
    assert_eq!(found, [("c", "y", "waiting"), ("a", "x", "decided")]);
    assert_eq!(part.before, None);
}

every_engine!(
    what_comes_and_goes_is_counted_by_the_minute,
    people_show_what_they_can_take_and_nothing_else,
    leases_are_told_the_longest_first,
    much_under_one_subject_is_a_thread_to_watch,
    what_nobody_may_take_is_named,
    priority_and_deadline_change_the_order_of_serving,
    an_item_moves_out_of_somebodys_hands,
    a_lease_is_released_and_its_holder_told,
    the_last_word_overturns_and_decides_in_one_act,
    the_last_word_decides_over_the_head_of_whoever_holds_it,
    only_a_supervisor_has_the_last_word_and_never_without_a_reason,
    a_pause_keeps_its_reason_until_it_ends,
    a_search_goes_through_every_queue_and_state,
);
