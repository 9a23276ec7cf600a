//! Sending a notice, and making one where a client's rules have changed.

use super::Keeper;
use super::log::Entry;
use super::message::{MessageRow, NOTICE, NoticeBody, written};
use super::shelf::Shelf;
use crate::moderation::{Client, Notice, NoticeKind};
use crate::store::{Result, StoreError};
use serde_json::json;
use uuid::Uuid;

/// A notice is a few sentences.
const LONGEST: usize = 16 << 10;

impl<S: Shelf> Keeper<S> {
    /// Sends a notice. The same id twice is one.
    pub(in crate::store) fn notify(&mut self, by: &str, notice: &Notice) -> Result<()> {
        let known = |what, name: &String, hint| StoreError::Unknown { what, name: name.clone(), hint };
        let person = match &notice.moderator {
            Some(name) => {
                let id = self.hot.person_ids.get(name).copied();
                Some(id.ok_or_else(|| known("moderator", name, "`moddesk moderator list` lists them"))?)
            }
            None => None,
        };
        if let Some(client) = &notice.client
            && !self.hot.clients.contains_key(client)
        {
            return Err(known("client", client, "`moddesk client list` lists them"));
        }
        if notice.text.raw().trim().is_empty() {
            return Err(StoreError::Invalid("a notice needs words; write it".into()));
        }
        if notice.text.len() > LONGEST {
            return Err(StoreError::Invalid("a notice has 16 KiB at most; shorten it".into()));
        }
        let author = self.hot.person_ids.get(by).copied();
        if self.shelf.message(notice.id)?.is_some() {
            return Ok(());
        }
        let body = NoticeBody {
            kind: NoticeKind::Message,
            by: self.named(by),
            author,
            moderator: notice.moderator.clone(),
            text: notice.text.clone(),
            version: None,
            quiet: !notice.confirm,
        };
        self.put_notice(by, notice.id, person, notice.client.as_deref(), &body)
    }

    /// The rules of a client have changed: everybody who works for it confirms that they have seen it.
    pub(in crate::store) fn rules_changed(&mut self, by: &str, before: &Client, client: &Client) -> Result<()> {
        if before.charter != client.charter && client.charter.is_some() {
            let version = Some(client.charter_version.to_string());
            self.tell_change(by, &client.name, NoticeKind::Charter, version)?;
        }
        if before.policies != client.policies {
            let version = (self.options.policies)(client).map(|policies| policies.version.clone());
            self.tell_change(by, &client.name, NoticeKind::Policies, version)?;
        }
        Ok(())
    }

    fn tell_change(&mut self, by: &str, client: &str, kind: NoticeKind, version: Option<String>) -> Result<()> {
        let body = NoticeBody {
            kind,
            by: self.named(by),
            author: self.hot.person_ids.get(by).copied(),
            moderator: None,
            text: crate::text::Untrusted::default(),
            version,
            quiet: false,
        };
        // Numbered by the log, so that two changes within one microsecond are two.
        let base = Uuid::from_u64_pair(self.micros.unsigned_abs(), self.hot.tail.seq.unsigned_abs());
        let id = super::message::following(base, kind.code(), 0);
        self.put_notice(by, id, None, Some(client), &body)
    }

    fn put_notice(
        &mut self,
        by: &str,
        id: Uuid,
        person: Option<i64>,
        client: Option<&str>,
        body: &NoticeBody,
    ) -> Result<()> {
        self.shelf.put_message(&MessageRow {
            id,
            kind: NOTICE,
            at: self.micros,
            person,
            client: client.map(str::to_owned),
            item: None,
            open: false,
            kept: false,
            body: written(body),
        })?;
        let to = person.and_then(|id| self.hot.people.get(&id)).map(|person| person.pseudonym.clone());
        let actor = self.actor(by);
        let sum = crate::store::audit::checksum(body.text.raw());
        let detail = json!({"id": id, "kind": body.kind.code(), "to": to, "version": body.version, "sha256": sum});
        let subject = client.unwrap_or("all");
        self.audit(&Entry { actor: &actor, action: "message.sent", subject, detail, ..Entry::default() })?;
        self.hint("notice", person, "", &json!({"notice": id, "client": client}))
    }

    /// A person's name as others read it; who is nobody here is the operator.
    fn named(&self, by: &str) -> String {
        match self.hot.person_ids.contains_key(by) || by == "system" {
            true => by.to_owned(),
            false => "operator".to_owned(),
        }
    }
}
