//! Items that come one a request, from many at once.

use crate::house::house;
use moddesk::moderation::Role;
use reqwest::StatusCode;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn of_many_that_bring_one_item_each_everybody_gets_their_own_answer() {
    let house = house().await;
    let tokens = [house.person("bot", &[Role::Ingest]).await, house.person("feed", &[Role::Ingest]).await];
    house.import(&tokens[0], &["here"]).await;
    let item = |n: usize| match n {
        // Already here with other words; no JSON that an item could be; a queue that is not theirs to fill.
        30 => json!({"id": "here", "text": "other words"}),
        60 => json!({"id": "i60", "text": "x", "nope": 1}),
        90 => json!({"id": "i90", "text": "x", "queue": "sealed"}),
        n => json!({"id": format!("i{n}"), "text": "x", "queue": format!("q{}", n % 3)}),
    };
    let all = (0..120).map(|n| {
        let (token, body) = (&tokens[n % 2], format!("\n{}", item(n)));
        let request = house.http.post(house.url("/v1/items")).bearer_auth(token);
        async move {
            let response = request.header("content-type", "application/x-ndjson").body(body).send();
            let response = response.await.expect("answers");
            assert_eq!(response.status(), StatusCode::OK);
            response.json::<Value>().await.expect("JSON")
        }
    });
    let answers = futures_util::future::join_all(all).await;
    for (n, answer) in answers.iter().enumerate() {
        let refused = answer["refused"].as_array().expect("lines");
        if n % 30 == 0 && n > 0 {
            assert_eq!((&answer["imported"], refused.len()), (&json!(0), 1), "{n}: {answer}");
            assert_eq!(refused[0]["line"], 2, "the line of their own body");
        } else {
            assert_eq!((&answer["imported"], refused.len()), (&json!(1), 0), "{n}: {answer}");
        }
    }
    let made: Vec<&Value> = answers.iter().filter_map(|answer| answer["created_queues"].as_array()).flatten().collect();
    assert_eq!(made.len(), 3, "a queue is made once: {made:?}");
    let waiting: u64 = house.store.stats(false).await.expect("stats").iter().map(|queue| queue.waiting).sum();
    assert_eq!(waiting, 118);
    let people = house.store.people().await.expect("people");
    for n in [0, 1, 58, 119] {
        let history = house.store.history(&format!("i{n}")).await.expect("a history");
        let by = people.iter().find(|person| person.name == ["bot", "feed"][n % 2]).expect("made above");
        assert_eq!((history[0].what.as_str(), history[0].by.as_ref()), ("imported", Some(&by.pseudonym)), "{n}");
    }
    assert_eq!(house.store.verify_audit().await.expect("a check"), None);
}
