//! What the platform takes back: it is served to nobody, and its history stays.

use crate::engines::every_engine;
use crate::house::{Fresh, House, ids, verdict};
use moddesk::moderation::claim::LostLease;
use moddesk::moderation::{Outcome, Verdict};

async fn withdraw(house: &House, ids: &[&str]) -> Vec<String> {
    let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    house.withdraw(&ids, "operator").await.expect("an answer")
}

async fn a_withdrawn_item_is_served_to_nobody(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b"]).await;
    assert_eq!(withdraw(&house, &["a", "nowhere"]).await, ["a"], "those that were there");
    assert_eq!(house.state("a").await, "withdrawn");
    assert_eq!(ids(&house.take("ines", 5).await), ["b"]);
    assert_eq!(house.row("default").await.waiting, 0);
}

async fn its_history_stays(fresh: Fresh) {
    let mut house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Delete).await;
    withdraw(&house, &["a"]).await;
    house.reopen().await;
    assert_eq!(house.state("a").await, "withdrawn");
    let what: Vec<String> = house.history("a").await.expect("a history").into_iter().map(|e| e.what).collect();
    assert_eq!(what, ["imported", "decided", "withdrawn"]);
    assert_eq!(house.item("a").await.expect("kept").decisions.len(), 1);
    assert_eq!(house.verify_audit().await.expect("a check"), None);
}

async fn whoever_holds_it_is_told(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    let served = house.take_one("ines").await;
    withdraw(&house, &["a"]).await;
    assert_eq!(house.told("ines").await, [("a".to_owned(), "withdrawn".to_owned())]);
    let renewed = house.renew("ines", None, &["a".to_owned()]).await.expect("an answer");
    assert_eq!(renewed.lost.iter().map(|lost| lost.why).collect::<Vec<_>>(), [LostLease::Withdrawn]);
    let result = house.send("ines", verdict(&served, Verdict::Approve)).await;
    assert_eq!((result.outcome, result.state.as_deref()), (Outcome::Conflict, Some("withdrawn")));
}

async fn withdrawn_twice_is_withdrawn_once(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a"]).await;
    withdraw(&house, &["a"]).await;
    let before = house.audit(0, 0).await.expect("a log").len();
    withdraw(&house, &["a"]).await;
    assert_eq!(house.audit(0, 0).await.expect("a log").len(), before);
}

every_engine![
    a_withdrawn_item_is_served_to_nobody,
    its_history_stays,
    whoever_holds_it_is_told,
    withdrawn_twice_is_withdrawn_once,
];
