//! Queues, clients and people: made, changed, and audited.

use super::Keeper;
use super::log::Entry;
use super::shelf::{BucketRow, Shelf};
use crate::moderation::item::is_name;
use crate::moderation::policy::Policies;
use crate::moderation::queue::{DEFAULT, ESCALATED, IMMINENT, SEALED};
use crate::moderation::{Client, Person, Queue};
use crate::store::{Result, StoreError};
use crate::wellbeing::Severity;
use serde_json::{Value, json};
use std::sync::Arc;

/// The client of whatever names none.
const CLIENT: &str = "default";

impl<S: Shelf> Keeper<S> {
    /// What every store has, and the sentence that weakens the rules, where there is one.
    pub(in crate::store) fn furnish(&mut self) -> Result<()> {
        if !self.hot.clients.contains_key(CLIENT) {
            self.put_client(&Client { name: CLIENT.into(), ..Client::default() }, "system")?;
        }
        for name in [DEFAULT, ESCALATED, IMMINENT, SEALED] {
            self.queue_named(name, "system")?;
        }
        self.find_kin()?;
        let said = self.options.rules.weakened_because.clone().unwrap_or_default();
        let before = self.shelf.meta("weakened_because")?;
        if before.unwrap_or_default() != said {
            self.shelf.put_meta("weakened_because", &said)?;
            let detail = json!({"weakened_because": said, "policy_version": self.options.rules.policy_version,
                "keys": self.options.rules.weakened});
            self.audit(&Entry {
                actor: "system",
                action: "wellbeing.rules",
                subject: "wellbeing",
                detail,
                ..Entry::default()
            })?;
        }
        Ok(())
    }

    /// The queue of that name, made with default settings where nobody has made it.
    pub(in crate::store) fn queue_named(&mut self, name: &str, by: &str) -> Result<(i64, bool)> {
        if let Some(id) = self.hot.queue_ids.get(name) {
            return Ok((*id, false));
        }
        self.put_queue(&Queue::new(name, CLIENT), by).map(|id| (id, true))
    }

    pub(in crate::store) fn set_queue(&mut self, queue: &Queue, by: &str) -> Result<()> {
        if !self.hot.clients.contains_key(&queue.client) {
            let name = queue.client.clone();
            return Err(StoreError::Unknown { what: "client", name, hint: "`moddesk client list` lists them" });
        }
        if let Some(to) = &queue.escalates_to
            && !self.hot.queue_ids.contains_key(to)
        {
            return Err(unknown_queue(to));
        }
        let paused_because = queue.paused_because.clone().filter(|_| queue.paused);
        self.put_queue(&Queue { paused_because, ..queue.clone() }, by).map(|_| ())
    }

    fn put_queue(&mut self, queue: &Queue, by: &str) -> Result<i64> {
        checked(&queue.name, "queue")?;
        let body = serde_json::to_string(queue).expect("a queue is always JSON");
        let known = self.hot.queue_ids.get(&queue.name).copied();
        let id = match known {
            Some(id) if self.hot.queues.get(&id) == Some(queue) => return Ok(id),
            Some(id) => id,
            None => self.hot.queues.keys().max().map_or(1, |last| last + 1),
        };
        self.shelf.put_queue(id, &queue.name, &body)?;
        self.hot.queue_ids.insert(queue.name.clone(), id);
        self.hot.queues.insert(id, queue.clone());
        self.hot.rights.clear();
        let detail = serde_json::to_value(queue).expect("a queue is always JSON");
        self.changed(by, "queue.set", &queue.name, detail)?;
        Ok(id)
    }

    pub(in crate::store) fn set_client(&mut self, client: &Client, by: &str) -> Result<()> {
        self.put_client(client, by)
    }

    fn put_client(&mut self, client: &Client, by: &str) -> Result<()> {
        checked(&client.name, "client")?;
        let before = self.hot.clients.get(&client.name).cloned();
        // The store alone counts the versions of a charter.
        let (known, said) = before.as_ref().map_or((0, None), |known| (known.charter_version, known.charter.clone()));
        let charter_version = known + u32::from(client.charter != said);
        let client = &Client { charter_version, ..client.clone() };
        if before.as_ref() == Some(client) {
            return Ok(());
        }
        let body = serde_json::to_string(client).expect("a client is always JSON");
        self.shelf.put_client(&client.name, &body)?;
        self.hot.clients.insert(client.name.clone(), client.clone());
        self.hot.policies.remove(&client.name);
        self.hot.topics.retain(|(of, _), _| *of != client.name);
        let text = |text: &Option<String>| text.as_ref().map(|text| crate::store::audit::checksum(text));
        let detail = json!({"title": client.title, "charter_sha256": text(&client.charter),
            "policies_sha256": text(&client.policies), "templates_sha256": text(&client.templates), "hours": client.hours, "topics": client.topics,
            "new_topics": client.new_topics, "retention": client.retention, "charter_version": client.charter_version});
        self.changed(by, "client.set", &client.name, detail)?;
        match before {
            Some(before) => self.rules_changed(by, &before, client),
            None => Ok(()),
        }
    }

    pub(in crate::store) fn set_person(&mut self, person: &Person, by: &str) -> Result<Person> {
        checked(&person.name, "moderator")?;
        for queue in &person.queues {
            self.queue_named(queue, by)?;
        }
        let known = self.hot.person_ids.get(&person.name).copied();
        let mut person = person.clone();
        let id = match known {
            Some(id) => id,
            None => self.hot.people.keys().max().map_or(1, |last| last + 1),
        };
        person.pseudonym = format!("M-{id:02}");
        let before = self.hot.people.get(&id);
        person.added_at = before.map_or(Some(super::log::timestamp(self.micros)), |before| before.added_at);
        if before == Some(&person) {
            return Ok(person);
        }
        let body = serde_json::to_string(&person).expect("a person is always JSON");
        self.shelf.put_person(id, &person.name, &body)?;
        self.hot.person_ids.insert(person.name.clone(), id);
        self.hot.people.insert(id, person.clone());
        self.hot.rights.clear();
        let detail = json!({"roles": person.roles, "queues": person.queues, "clients": person.clients,
            "languages": person.languages, "severity_ceiling": person.severity_ceiling, "sealed": person.sealed,
            "names": person.names, "enabled": person.enabled});
        let subject = person.pseudonym.clone();
        self.changed(by, "moderator.set", &subject, detail)?;
        self.mark_access(id, self.hot.tail.seq)?;
        Ok(person)
    }

    fn changed(&mut self, by: &str, action: &str, subject: &str, detail: Value) -> Result<()> {
        let actor = self.actor(by);
        self.audit(&Entry { actor: &actor, action, subject, detail, ..Entry::default() }).map(|_| ())
    }

    /// How the log names whoever did something.
    pub(in crate::store) fn actor(&self, by: &str) -> String {
        match self.hot.person_ids.get(by).and_then(|id| self.hot.people.get(id)) {
            Some(person) => person.pseudonym.clone(),
            None if by == "system" => by.to_owned(),
            None => "operator".to_owned(),
        }
    }

    /// A person who may sign in.
    pub(in crate::store) fn person(&self, name: &str) -> Result<(i64, &Person)> {
        let found = self.hot.person_ids.get(name).and_then(|id| Some((*id, self.hot.people.get(id)?)));
        match found {
            Some((_, person)) if !person.enabled => {
                Err(StoreError::Forbidden(format!("{name} is disabled; ask an administrator")))
            }
            Some(found) => Ok(found),
            None => {
                let name = name.to_owned();
                Err(StoreError::Unknown { what: "moderator", name, hint: "`moddesk moderator list` lists them" })
            }
        }
    }

    /// The policies in force for a client, found once.
    pub(in crate::store) fn policies(&mut self, client: &str) -> Option<Arc<Policies>> {
        if let Some(found) = self.hot.policies.get(client) {
            return found.clone();
        }
        let found = self.hot.clients.get(client).and_then(|client| (self.options.policies)(client));
        self.hot.policies.insert(client.to_owned(), found.clone());
        found
    }

    /// The bucket for such items, made where there is none.
    pub(in crate::store) fn bucket(&mut self, queue: i64, origin: i64, lang: &str, level: Severity) -> Result<usize> {
        if let Some(at) = self.hot.bucket(queue, origin, lang, level) {
            return Ok(at);
        }
        let id = self.hot.bucket_at.keys().max().map_or(1, |last| last + 1);
        self.shelf.add_bucket(&BucketRow { id, queue, origin, lang: lang.to_owned(), level, waiting: 0 })?;
        let at = self.hot.add_bucket(id, queue, origin, lang, level, 0);
        let bucket = &mut self.hot.buckets[at];
        (bucket.first, bucket.soonest) = (Some(None), Some(None));
        Ok(at)
    }
}

pub(in crate::store) fn unknown_queue(name: &str) -> StoreError {
    StoreError::Unknown { what: "queue", name: name.to_owned(), hint: "`moddesk queue list` lists them" }
}

fn checked(name: &str, what: &str) -> Result<()> {
    if is_name(name) {
        return Ok(());
    }
    Err(StoreError::Invalid(format!(
        "the name of a {what} must be 1 to 200 bytes of printable ASCII without spaces; choose another"
    )))
}
