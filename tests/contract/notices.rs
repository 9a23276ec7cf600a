//! Notices: to one, to a client's desks or to all, confirmed by each and by nobody for another; and what changes with
//! a new version of a client's rules.

use crate::engines::every_engine;
use crate::house::{Fresh, House, ids, person};
use moddesk::moderation::{Client, Notice, NoticeKind, NoticeState, Person, Role, Verdict};
use moddesk::store::StoreError;
use moddesk::text::Untrusted;
use uuid::Uuid;

fn notice(moderator: Option<&str>, client: Option<&str>) -> Notice {
    let owned = |name: Option<&str>| name.map(str::to_owned);
    let text = Untrusted::new("storm: never promise a date");
    Notice { id: Uuid::now_v7(), moderator: owned(moderator), client: owned(client), text, confirm: true }
}

async fn waiting(house: &House, who: &str) -> Vec<NoticeState> {
    house.messages(who).await.expect("reads").waiting().cloned().collect()
}

async fn client(house: &House, name: &str, change: impl FnOnce(&mut Client)) {
    let known = house.clients().await.expect("clients").into_iter().find(|client| client.name == name);
    let mut client = known.unwrap_or_else(|| Client { name: name.into(), ..Client::default() });
    change(&mut client);
    house.set_client(&client, "sonia").await.expect("is set");
}

async fn a_notice_waits_for_each_of_those_it_is_for(fresh: Fresh) {
    let mut house = fresh.open().await;
    client(&house, "meteo", |_| {}).await;
    house.hire(Person { clients: vec!["other".into()], ..person("lena", Role::Moderator) }).await;
    house.seconds(1);
    let to_all = notice(None, None);
    house.notify("sonia", &to_all).await.expect("is sent");
    house.notify("sonia", &to_all).await.expect("is sent once");
    house.notify("sonia", &notice(None, Some("meteo"))).await.expect("is sent");
    house.notify("sonia", &notice(Some("omar"), None)).await.expect("is sent");
    house.reopen().await;
    for (who, n) in [("ines", 2), ("omar", 3), ("lena", 1), ("sonia", 0)] {
        assert_eq!(waiting(&house, who).await.len(), n, "{who}");
    }
    let first = waiting(&house, "omar").await.remove(0);
    assert_eq!((first.id, first.by.as_str(), first.text.raw()), (to_all.id, "sonia", "storm: never promise a date"));
    assert!(first.read.is_empty() && first.unread.is_empty(), "who has read it is for supervisors");
    house.seconds(5);
    house.confirm("omar", &[to_all.id]).await.expect("is read");
    assert_eq!((waiting(&house, "omar").await.len(), waiting(&house, "ines").await.len()), (2, 2));
    let seen = house.messages("sonia").await.expect("reads").notices;
    let seen = seen.iter().find(|notice| notice.id == to_all.id).expect("the supervisor sees it");
    assert_eq!(seen.read.iter().map(|read| read.name.as_str()).collect::<Vec<_>>(), ["omar"]);
    assert_eq!(seen.unread, ["ines", "lena"]);
    house.seconds(1);
    house.hire(person("nora", Role::Moderator)).await;
    assert!(waiting(&house, "nora").await.is_empty(), "what was said before she came is not for her");
    assert_eq!(house.verify_audit().await.expect("answers"), None);
}

async fn a_notice_that_need_not_be_confirmed_waits_for_nobody_and_is_unread_until_it_is_read(fresh: Fresh) {
    let mut house = fresh.open().await;
    house.seconds(1);
    let quiet = Notice { confirm: false, ..notice(None, None) };
    house.notify("sonia", &quiet).await.expect("is sent");
    house.reopen().await;
    assert!(waiting(&house, "ines").await.is_empty());
    let mine = house.messages("ines").await.expect("reads");
    assert_eq!((mine.notices.len(), mine.notices[0].is_new(), mine.unseen()), (1, true, 1));
    let seen = house.messages("sonia").await.expect("reads").notices.remove(0);
    assert!(!seen.confirm && seen.read.is_empty());
    assert_eq!(seen.unread, ["ines", "omar"]);
    house.confirm("ines", &[quiet.id]).await.expect("is read");
    assert_eq!(house.messages("ines").await.expect("reads").unseen(), 0);
    let seen = house.messages("sonia").await.expect("reads").notices.remove(0);
    assert_eq!(seen.unread, ["omar"]);
}

async fn a_notice_needs_words_and_somebody_to_read_it(fresh: Fresh) {
    let house = fresh.open().await;
    let unknown = house.notify("sonia", &notice(Some("nobody"), None)).await;
    assert!(matches!(unknown, Err(StoreError::Unknown { what: "moderator", .. })));
    let unknown = house.notify("sonia", &notice(None, Some("nobody"))).await;
    assert!(matches!(unknown, Err(StoreError::Unknown { what: "client", .. })));
    let empty = Notice { text: Untrusted::new(" "), ..notice(None, None) };
    assert!(matches!(house.notify("sonia", &empty).await, Err(StoreError::Invalid(_))));
}

async fn new_rules_are_news_to_who_has_worked_before(fresh: Fresh) {
    let house = fresh.open().await;
    client(&house, "meteo", |client| client.charter = Some("be kind".into())).await;
    house.start_shift("ines", None).await.expect("signs in");
    assert!(waiting(&house, "ines").await.is_empty(), "the version met first is no change");
    house.seconds(1);
    client(&house, "meteo", |client| client.charter = Some("be kind, and brief".into())).await;
    client(&house, "meteo", |client| client.title = Some("Météo".into())).await;
    let waits = waiting(&house, "ines").await;
    assert_eq!(waits.len(), 1, "a title is no rule");
    assert_eq!((waits[0].kind, waits[0].version.as_deref()), (NoticeKind::Charter, Some("2")));
    assert_eq!(waits[0].client.as_deref(), Some("meteo"));
    house.seconds(1);
    house.start_shift("omar", None).await.expect("signs in");
    assert!(waiting(&house, "omar").await.is_empty(), "he has met no other");
    house.seconds(1);
    client(&house, "meteo", |client| client.policies = Some("version = \"meteo 15\"".into())).await;
    assert_eq!(waiting(&house, "omar").await.iter().map(|one| one.kind).collect::<Vec<_>>(), [NoticeKind::Policies]);
    assert_eq!(waiting(&house, "ines").await.len(), 2);
}

async fn what_an_older_version_decided_is_looked_at_again(fresh: Fresh) {
    let house = fresh.open().await;
    house.plain(&["a", "b", "c", "d"]).await;
    for served in house.take("ines", 3).await {
        let what = if served.item.id == "b" { Verdict::Delete } else { Verdict::Approve };
        let id = house.rule("ines", &served, what).await;
        if served.item.id == "c" {
            let reverse = moddesk::store::Reverse { id: Uuid::now_v7(), reason: None, decision: None };
            house.reverse("ines", id, &reverse).await.expect("answers");
        }
    }
    let other = house.look_again("default", "house 2", 0, "sonia").await.expect("looks");
    assert_eq!(other.items, 0, "nothing was decided under that one");
    assert!(house.look_again("nobody", "house 3", 0, "sonia").await.is_err());
    let again = house.look_again("default", "house 3", 0, "sonia").await.expect("looks");
    assert_eq!((again.queue.as_str(), again.items, again.next_after), ("default-again", 2, None));
    assert_eq!(house.look_again("default", "house 3", 0, "sonia").await.expect("looks").items, 0, "once");
    let claim = moddesk::moderation::Claim { max: 5, queues: vec!["default-again".into()], ..Default::default() };
    let served = crate::house::items(house.ask("omar", claim).await);
    assert_eq!(ids(&served), ["a", "b"]);
    assert!(served.iter().all(|served| served.round == 2 && served.rounds.len() == 1), "with what was decided");
    house.rule("omar", &served[1], Verdict::Approve).await;
    assert_eq!(house.item("b").await.expect("there").decisions.len(), 2);
    assert_eq!(house.verify_audit().await.expect("answers"), None);
}

every_engine! {
    a_notice_waits_for_each_of_those_it_is_for,
    a_notice_that_need_not_be_confirmed_waits_for_nobody_and_is_unread_until_it_is_read,
    a_notice_needs_words_and_somebody_to_read_it,
    new_rules_are_news_to_who_has_worked_before,
    what_an_older_version_decided_is_looked_at_again,
}
