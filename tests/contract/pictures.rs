//! Pictures: their bytes are kept while an item names them, for whoever asks about that item, and go with what goes.
//! A store never looks into them, so random bytes stand for all.

use crate::engines::every_engine;
use crate::house::{Fresh, House, item, verdict};
use moddesk::moderation::retention::Retention;
use moddesk::moderation::{Client, Decision, Item, Verdict};
use moddesk::store::audit::hex;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Some bytes that stand nowhere else, and their hash.
fn picture() -> (Vec<u8>, String) {
    let bytes: Vec<u8> = (0..64).flat_map(|_| Uuid::now_v7().into_bytes()).collect();
    let hash = hex(&Sha256::digest(&bytes));
    (bytes, hash)
}

fn of(id: &str, author: &str, hashes: &[&str]) -> Item {
    let media: Vec<_> = hashes.iter().map(|hash| json!({"sha256": hash, "mime": "image/png"})).collect();
    item(id, json!({"media": media, "author": {"id": author}}))
}

async fn put(house: &House, (bytes, hash): &(Vec<u8>, String)) -> bool {
    house.put_picture(hash, bytes.clone()).await.expect("an answer")
}

async fn has(house: &House, item: &str, hash: &str) -> bool {
    house.picture(item, hash).await.expect("an answer").is_some()
}

fn is_gone(house: &House, (bytes, _): &(Vec<u8>, String)) {
    if let Some(all) = house.place.bytes() {
        assert!(!all.windows(64).any(|window| window == &bytes[512..576]), "its bytes are still in the files");
    }
}

async fn a_picture_is_kept_for_the_items_that_name_it(fresh: Fresh) {
    let mut house = fresh.open().await;
    let (mine, stray) = (picture(), picture());
    assert!(!put(&house, &mine).await, "nobody names it yet");
    house.bring(vec![of("a", "u1", &[&mine.1.to_uppercase()]), of("b", "u2", &[])]).await;
    assert!(!has(&house, "a", &mine.1).await, "its bytes have not come");
    assert!(put(&house, &mine).await && put(&house, &mine).await, "twice is the same");
    assert!(!put(&house, &stray).await);
    house.reopen().await;
    assert_eq!(house.picture("a", &mine.1).await.expect("an answer").as_deref(), Some(mine.0.as_slice()));
    assert!(!has(&house, "b", &mine.1).await, "only for the item that names it");
    assert!(!has(&house, "a", &stray.1).await);
    assert!(house.picture("nowhere", &mine.1).await.is_err());
    is_gone(&house, &stray);
}

async fn one_that_another_item_names_stays(fresh: Fresh) {
    let mut house = fresh.open().await;
    let shared = picture();
    house.bring(vec![of("a", "u1", &[&shared.1, &shared.1]), of("b", "u2", &[&shared.1])]).await;
    assert!(put(&house, &shared).await);
    house.erase_author("u1", "sonia").await.expect("erased");
    assert!(has(&house, "b", &shared.1).await, "the other item has it");
    assert!(!has(&house, "a", &shared.1).await);
    house.erase_author("u2", "sonia").await.expect("erased");
    assert!(!has(&house, "b", &shared.1).await);
    is_gone(&house, &shared);
    house.reopen().await;
    is_gone(&house, &shared);
    assert!(!put(&house, &shared).await, "nobody names it any more");
}

async fn it_goes_when_its_item_is_sealed(fresh: Fresh) {
    let house = fresh.open().await;
    let mine = picture();
    house.bring(vec![of("a", "u1", &[&mine.1])]).await;
    assert!(put(&house, &mine).await);
    let served = house.take_one("ines").await;
    let policy = Some("minors".to_owned());
    house.record("ines", Decision { policy, ..verdict(&served, Verdict::Delete) }).await;
    assert!(!has(&house, "a", &mine.1).await);
    is_gone(&house, &mine);
    let log = house.audit(0, 0).await.expect("a log");
    let sealed = log.iter().find(|entry| entry.action == "item.sealed").expect("audited");
    assert_eq!(sealed.detail["pictures"], json!([mine.1]), "its hash stays");
}

async fn it_goes_when_its_time_has_come(fresh: Fresh) {
    let house = fresh.open().await;
    let retention = Retention { media_s: Some(86_400), ..Retention::default() };
    house
        .set_client(&Client { name: "default".into(), retention, ..Client::default() }, "operator")
        .await
        .expect("the client is set");
    let mine = picture();
    house.bring(vec![of("a", "u1", &[&mine.1])]).await;
    assert!(put(&house, &mine).await);
    let served = house.take_one("ines").await;
    house.rule("ines", &served, Verdict::Approve).await;
    assert!(has(&house, "a", &mine.1).await, "decided, and still to be looked at");
    house.minutes(2 * 24 * 60);
    assert_eq!(house.expire(100).await.expect("an answer").media, 1);
    assert!(!has(&house, "a", &mine.1).await);
    is_gone(&house, &mine);
}

async fn an_edit_takes_the_old_one_away(fresh: Fresh) {
    let house = fresh.open().await;
    let (old, new) = (picture(), picture());
    house.bring(vec![of("a", "u1", &[&old.1])]).await;
    assert!(put(&house, &old).await);
    house.bring(vec![Item { revision: 2, ..of("a", "u1", &[&new.1]) }]).await;
    is_gone(&house, &old);
    assert!(put(&house, &new).await && has(&house, "a", &new.1).await);
    house.bring(vec![Item { sealed: Some("csam".into()), revision: 3, ..of("a", "u1", &[&new.1]) }]).await;
    is_gone(&house, &new);
    assert!(!put(&house, &new).await, "a sealed item names nothing");
}

async fn a_hash_may_become_known_later(fresh: Fresh) {
    let house = fresh.open().await;
    let mine = picture();
    let without = item("a", json!({"media": [{"path": "a.png"}], "author": {"id": "u1"}}));
    let with = item("a", json!({"media": [{"path": "a.png", "sha256": mine.1}], "author": {"id": "u1"}}));
    house.bring(vec![without.clone()]).await;
    assert_eq!(house.bring(vec![with.clone()]).await.updated, 1);
    assert!(put(&house, &mine).await);
    assert_eq!(house.bring(vec![without]).await.unchanged, 1, "nothing is forgotten");
    let other = item("a", json!({"media": [{"path": "a.png", "sha256": picture().1}], "author": {"id": "u1"}}));
    let done = house.import(crate::house::lines(vec![other]), Default::default()).await.expect("an answer");
    assert_eq!(done.refused.len(), 1, "another picture is another content");
    assert!(has(&house, "a", &mine.1).await);
}

every_engine![
    a_picture_is_kept_for_the_items_that_name_it,
    one_that_another_item_names_stays,
    it_goes_when_its_item_is_sealed,
    it_goes_when_its_time_has_come,
    an_edit_takes_the_old_one_away,
    a_hash_may_become_known_later,
];
