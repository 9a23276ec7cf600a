//! The demo: three clients with six queues, and 313 real items on them, so that whoever opens the desk for the first
//! time has something to decide.
//!
//! The items are real texts and harmless pictures from openly licensed research collections (see `NOTICE.md` beside
//! them). What was added to make a working day of them, such as queue, subject, reports and age, is named in each
//! item's `x_simulated`; words and licence are as they came. Clients, charters and people to ring are made up.

use crate::moderation::{Client, Deadline, Item, Queue};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use std::time::Duration;

const ITEMS: &str = include_str!("items.jsonl");

/// Where the data comes from and under which licences it stands; it travels with the data.
pub const NOTICE: &str = include_str!("NOTICE.md");

/// The pictures that come with the demo, by the path that an item names; of the others only the description does.
const PICTURES: [(&str, &[u8]); 13] = [
    ("anim-disposal.gif", include_bytes!("pictures/anim-disposal.gif")),
    ("anim.webp", include_bytes!("pictures/anim.webp")),
    ("apng.png", include_bytes!("pictures/apng.png")),
    ("clock.png", include_bytes!("pictures/clock.png")),
    ("coffee.jpg", include_bytes!("pictures/coffee.jpg")),
    ("horse.png", include_bytes!("pictures/horse.png")),
    ("hubble.jpg", include_bytes!("pictures/hubble.jpg")),
    ("interlaced.png", include_bytes!("pictures/interlaced.png")),
    ("lossy-alpha.webp", include_bytes!("pictures/lossy-alpha.webp")),
    ("portrait-exif.jpg", include_bytes!("pictures/portrait-exif.jpg")),
    ("progressive.jpg", include_bytes!("pictures/progressive.jpg")),
    ("rgba16.png", include_bytes!("pictures/rgba16.png")),
    ("text.png", include_bytes!("pictures/text.png")),
];

/// The bytes of the demo's pictures, by the hash that its items name.
pub fn pictures() -> impl Iterator<Item = (String, &'static [u8])> {
    PICTURES.into_iter().map(|(_, bytes)| (hash(bytes), bytes))
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The demo's items as if they had come in during the last hours before `now`, so that deadlines are alive: a few are
/// overdue, more are due soon.
pub fn items(now: Timestamp) -> Vec<Item> {
    ITEMS
        .lines()
        .map(|line| {
            let mut item: Item = serde_json::from_str(line).expect("a test reads every line");
            let age = item.extra.remove("x_age_s").and_then(|age| age.as_i64()).unwrap_or_default();
            for medium in &mut item.media {
                let kept = PICTURES.iter().find(|(name, _)| medium.path.as_deref() == Some(name));
                medium.sha256 = kept.map(|(_, bytes)| hash(bytes));
            }
            item.received_at = now.checked_sub(SignedDuration::from_secs(age)).ok();
            item
        })
        .collect()
}

/// The demo's clients, each with a charter and policies of its own.
pub fn clients() -> Vec<Client> {
    let client =
        |name: &str, title: &str, [charter, policies, templates]: [&str; 3], contacts: &[&str], hours: &str| Client {
            name: name.into(),
            title: Some(title.into()),
            charter: Some(charter.into()),
            policies: Some(policies.into()),
            templates: Some(templates.into()),
            contacts: contacts.iter().map(|contact| (*contact).into()).collect(),
            topics: topics(name).iter().map(|topic| (*topic).into()).collect(),
            hours: Some(hours.into()),
            ..Client::default()
        };
    vec![
        client(
            "meteo",
            "Météo-News",
            [include_str!("meteo.md"), include_str!("meteo.toml"), include_str!("meteo-replies.toml")],
            &["Sonia, responsable : 01 99 00 12 34", "Astreinte : 01 99 00 56 78"],
            "tous les jours, 7 h – 23 h",
        ),
        client(
            "courier",
            "The Courier",
            [include_str!("courier.md"), include_str!("courier.toml"), include_str!("courier-replies.toml")],
            &["Night editor: 020 7946 0101", "Legal: 020 7946 0102"],
            "every day, around the clock",
        ),
        client(
            "fairmarket",
            "Fairmarket",
            [include_str!("fairmarket.md"), include_str!("fairmarket.toml"), include_str!("fairmarket-replies.toml")],
            &["Trust desk: 020 7946 0201"],
            "Monday to Saturday, 8 to 20",
        ),
    ]
}

/// What the demo's clients want to be told about.
fn topics(client: &str) -> &'static [&'static str] {
    match client {
        "meteo" => &["fiabilité des prévisions", "vigilances", "application", "présentateurs", "abonnement"],
        "courier" => &["mistakes in articles", "moderation", "comment section", "subscription"],
        _ => &["scams", "fees", "assistant", "delivery", "other marketplaces"],
    }
}

/// The demo's queues, with their deadlines.
pub fn queues() -> Vec<Queue> {
    let queue = |name: &str, client: &str, title: &str, languages: &[&str], hours: u64, departments: &[&str]| Queue {
        title: Some(title.into()),
        languages: languages.iter().map(|language| (*language).into()).collect(),
        deadline: Some(Deadline::after(Duration::from_secs(hours * 3_600))),
        departments: departments.iter().map(|department| (*department).into()).collect(),
        ..Queue::new(name, client)
    };
    vec![
        queue("meteo-comments", "meteo", "commentaires", &["fr"], 1, &["prevision", "redaction", "abonnements"]),
        queue("courier-comments", "courier", "comments", &["en"], 4, &["newsdesk", "subscriptions"]),
        queue("courier-world", "courier", "world edition", &[], 24, &["newsdesk"]),
        queue("market-messages", "fairmarket", "messages", &["en"], 2, &["fraud", "customer-service"]),
        queue("market-social", "fairmarket", "social media", &[], 8, &["customer-service", "press"]),
        queue("market-pictures", "fairmarket", "pictures", &[], 24, &["fraud", "customer-service"]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::policies;
    use crate::moderation::Kind;
    use std::collections::{BTreeMap, BTreeSet};

    fn now() -> Timestamp {
        "2026-11-22T08:00:00Z".parse().expect("a time")
    }

    #[test]
    fn every_item_fits_and_says_what_was_added_to_it() {
        let queues: BTreeMap<String, Queue> = queues().into_iter().map(|queue| (queue.name.clone(), queue)).collect();
        let items = items(now());
        assert_eq!(items.len(), 290 + 23);
        let ids: BTreeSet<&str> = items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids.len(), items.len());
        for item in &items {
            item.check().expect("fits");
            assert!(item.license.is_some() && item.source.is_some(), "{} has a licence and a source", item.id);
            let queue = &queues[item.queue.as_deref().expect("a queue")];
            let lang = item.lang.as_deref().unwrap_or_default();
            assert!(queue.languages.is_empty() || queue.languages.iter().any(|known| known == lang), "{}", item.id);
            let added = item.extra["x_simulated"].as_array().expect("a list");
            assert!(added.iter().any(|field| field == "queue"));
        }
        assert_eq!(items.iter().filter(|item| item.kind == Kind::Image).count(), 23);
        let named: BTreeSet<String> = items.iter().flat_map(|item| &item.media).filter_map(|one| one.hash()).collect();
        assert_eq!(named, pictures().map(|(hash, _)| hash).collect(), "every picture belongs to an item");
        assert_eq!(items.iter().filter(|item| item.queue.as_deref() == Some("meteo-comments")).count(), 54);
        assert!(items.iter().filter(|item| !item.context.is_empty()).count() >= 104);
        assert!(items.iter().all(|item| item.sealed.is_none()));
    }

    #[test]
    fn deadlines_are_alive_when_the_demo_is_loaded() {
        let queues: BTreeMap<String, Queue> = queues().into_iter().map(|queue| (queue.name.clone(), queue)).collect();
        let mut overdue = 0;
        for item in items(now()) {
            let received = item.received_at.expect("set by the loader");
            assert!(received <= now());
            let queue = &queues[item.queue.as_deref().expect("a queue")];
            let age = now().duration_since(received).as_secs();
            let within = queue.deadline.as_ref().expect("a deadline").within.as_secs();
            overdue += usize::from(age > i64::try_from(within).expect("small"));
        }
        assert!((1..=30).contains(&overdue), "{overdue}");
    }

    #[test]
    fn every_client_has_a_charter_and_policies_without_a_mistake() {
        let clients = clients();
        assert_eq!(clients.len(), 3);
        let versions: Vec<String> =
            clients.iter().map(|client| policies::of_client(client).expect("no mistakes").version).collect();
        assert_eq!(versions, ["meteo 14", "courier 3", "fairmarket 7"]);
        let names: Vec<&str> = clients.iter().map(|client| client.name.as_str()).collect();
        assert!(queues().iter().all(|queue| names.contains(&queue.client.as_str())));
    }

    #[test]
    fn every_client_has_replies_without_a_mistake_in_french_and_english() {
        for client in clients() {
            let policies = policies::of_client(&client).expect("no mistakes");
            let text = client.templates.as_ref().expect("a file of replies");
            assert_eq!(crate::config::templates::check(text, Some(&policies)), [], "{}", client.name);
            let replies = crate::config::templates::of_client(&client);
            assert!(replies.templates.len() >= 6 && replies.tree.is_some());
            for template in &replies.templates {
                assert!(["en", "fr"].iter().all(|lang| template.text.contains_key(*lang)), "{}", template.code);
            }
        }
    }

    #[test]
    fn every_source_of_the_demo_stands_in_the_notice() {
        for item in items(now()) {
            let source = item.source.expect("a source").raw().to_owned();
            assert!(NOTICE.contains(&source), "{source} is not in NOTICE.md");
        }
    }
}
