//! Notices, doubts and what came back: one kind of row, and what of them a person gets to read.

use super::Keeper;
use super::log::timestamp;
use super::shelf::Shelf;
use crate::moderation::doubt::{Answered, Settled};
use crate::moderation::notice::ReadBy;
use crate::moderation::{
    AskTo, BackWhy, CameBack, DoubtState, Messages, NoticeKind, NoticeState, Person, Queue, Role, Verdict,
};
use crate::store::serving::{NO_DUE, may_take};
use crate::store::{Result, StoreError};
use crate::text::Untrusted;
use crate::wellbeing::Severity;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

pub(in crate::store) const NOTICE: i64 = 0;
pub(in crate::store) const DOUBT: i64 = 1;
pub(in crate::store) const BACK: i64 = 2;

/// A notice stands between people and their next item for so long.
const NOTICES: i64 = 90 * DAY;
/// What is settled stays on its own list for so long.
const OWN: i64 = 14 * DAY;
const DAY: i64 = 86_400_000_000;
/// Rows of a kind in one answer.
const MOST: u32 = 300;

/// One row, of whatever kind.
#[derive(Clone, Debug)]
pub(in crate::store) struct MessageRow {
    pub id: Uuid,
    pub kind: i64,
    pub at: i64,
    /// Whom a notice is to, who asks, whom something comes back to.
    pub person: Option<i64>,
    pub client: Option<String>,
    pub item: Option<i64>,
    /// A doubt whose item nobody has decided.
    pub open: bool,
    /// A doubt that is a precedent.
    pub kept: bool,
    /// JSON.
    pub body: Vec<u8>,
}

/// What is read of them beside the writer.
pub(in crate::store) trait Letters {
    fn me(&self, who: &str) -> Result<Option<(i64, Person)>>;
    /// Newest first.
    fn notices(&self, since: i64, most: u32) -> Result<Vec<MessageRow>>;
    /// Doubts of a person and what came back to them, newest first.
    fn own_messages(&self, person: i64, since: i64, most: u32) -> Result<Vec<MessageRow>>;
    /// Newest first.
    fn open_doubts(&self, most: u32) -> Result<Vec<MessageRow>>;
    /// Newest first.
    fn precedents(&self, most: u32) -> Result<Vec<MessageRow>>;
    /// The clients that have any.
    fn precedent_clients(&self) -> Result<Vec<String>>;
    /// What a person has read since, and when; their first sign-in stands under the id of nothing.
    fn read_by(&self, person: i64, since: i64) -> Result<Vec<(Uuid, i64)>>;
    /// Who has read which of the notices since, and everybody's first sign-in.
    fn read_by_all(&self, since: i64) -> Result<Vec<(Uuid, i64, i64)>>;
    fn everybody(&self) -> Result<Vec<(i64, Person)>>;
    /// Until when an item is parked.
    fn parked(&self, item: i64) -> Result<Option<i64>>;
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct NoticeBody {
    pub kind: NoticeKind,
    pub by: String,
    /// Who sent it, where they are somebody here: what one has written oneself need not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderator: Option<String>,
    #[serde(default)]
    pub text: Untrusted,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Read without an Enter of its own; absent in what was sent before there was a choice.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub quiet: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct DoubtBody {
    pub to: AskTo,
    pub question: Untrusted,
    pub by: String,
    pub item: String,
    pub revision: u32,
    pub queue: String,
    pub client: String,
    pub lang: String,
    pub severity: Severity,
    pub due: i64,
    #[serde(default)]
    pub answers: Vec<Answered>,
    #[serde(default)]
    pub settled: Option<Settled>,
    /// What its item is found again by, as a block of one entry; also after the item's words are gone.
    pub kin: Vec<u8>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct BackBody {
    pub why: BackWhy,
    pub item: String,
    pub client: String,
    pub verdict: Verdict,
    pub policy: Option<String>,
    pub decided_at: jiff::Timestamp,
    pub now: Option<Verdict>,
    pub now_policy: Option<String>,
    pub by: String,
    pub reason: Option<Untrusted>,
}

/// Whether a lease, as its row has it, keeps a parked item.
pub(in crate::store) fn is_parked(lease: &str) -> bool {
    lease.contains(PARKED)
}

/// What stands in the body of a lease that is parked, and in no other.
pub(in crate::store) const PARKED: &str = "\"parked\":true";

pub(in crate::store) fn read<T: DeserializeOwned>(row: &MessageRow) -> Result<T> {
    serde_json::from_slice(&row.body).map_err(|error| StoreError::Engine(format!("a message cannot be read ({error})")))
}

pub(in crate::store) fn written<T: Serialize>(body: &T) -> Vec<u8> {
    serde_json::to_vec(body).expect("a message is always JSON")
}

/// One row in a person's own export: a question with its answers, or what became of a decision.
pub(in crate::store) fn kept(kind: i64, at: i64, body: &[u8]) -> serde_json::Value {
    let mut body: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    if let Some(map) = body.as_object_mut() {
        map.remove("kin");
    }
    let kind = if kind == DOUBT { "doubt" } else { "came_back" };
    json!({"at": timestamp(at), "kind": kind, "kept": body})
}

/// An id of its own for what follows from something that has one.
pub(in crate::store) fn following(id: Uuid, what: &str, whom: i64) -> Uuid {
    use sha2::{Digest, Sha256};
    let mut digest = Sha256::new();
    digest.update(id.as_bytes());
    digest.update(what.as_bytes());
    digest.update(whom.to_be_bytes());
    let hash = digest.finalize();
    uuid::Builder::from_custom_bytes(hash[..16].try_into().expect("32 bytes have 16")).into_uuid()
}

impl DoubtBody {
    /// Whether somebody who works here is asked by it, and may see what it says.
    pub(in crate::store) fn asks(&self, person: &Person) -> bool {
        let queue = Queue::new(&self.queue, &self.client);
        person.may(Role::Supervisor)
            || (self.to == AskTo::Colleague && may_take(person, &queue, &self.client, &self.lang, self.severity))
    }

    /// When somebody else last did something about it.
    fn moved(&self) -> i64 {
        let answered = self.answers.iter().filter(|answer| answer.by != self.by).map(|answer| answer.at);
        let settled = self.settled.as_ref().map(|settled| settled.at);
        answered.chain(settled).map(|at| at.as_microsecond()).max().unwrap_or(i64::MIN)
    }

    pub(in crate::store) fn shown(
        self,
        row: &MessageRow,
        me: i64,
        parked: Option<i64>,
        read_at: Option<i64>,
    ) -> DoubtState {
        let mine = row.person == Some(me);
        let moved = self.moved();
        DoubtState {
            id: row.id,
            to: self.to,
            question: self.question,
            by: self.by,
            at: timestamp(row.at),
            item: self.item,
            revision: self.revision,
            queue: self.queue,
            client: self.client,
            severity: self.severity,
            due_at: (self.due != NO_DUE).then(|| timestamp(self.due)),
            parked_until: parked.filter(|_| row.open).map(timestamp),
            answers: self.answers,
            settled: self.settled,
            precedent: row.kept,
            mine,
            read: if mine { moved == i64::MIN || read_at.is_some_and(|read| read >= moved) } else { read_at.is_some() },
        }
    }
}

/// Whether a notice is for somebody: one who worked here already when it was sent, and for that client. A change of
/// rules is one only for who has worked before; what they meet first is no change.
fn is_for(row: &MessageRow, body: &NoticeBody, (id, person): (i64, &Person), first: Option<i64>) -> bool {
    let theirs = row
        .client
        .as_ref()
        .is_none_or(|client| person.clients.is_empty() || person.clients.iter().any(|own| own == client));
    let here = person.enabled && person.may(Role::Moderator);
    let since = person.added_at.map_or(i64::MIN, |at| at.as_microsecond());
    here && match (row.person, body.kind) {
        (Some(one), _) => one == id,
        (None, NoticeKind::Message) => theirs && body.author != Some(id) && since <= row.at,
        (None, _) => theirs && first.is_some_and(|first| first < row.at),
    }
}

/// All that a person gets to read now.
pub(in crate::store) fn messages(from: &impl Letters, who: &str, now: i64) -> Result<Messages> {
    let mut found = Messages::default();
    let Some((me, person)) = from.me(who)? else { return Ok(found) };
    let supervisor = person.may(Role::Supervisor);
    let read: HashMap<Uuid, i64> = from.read_by(me, now - NOTICES)?.into_iter().collect();
    let rows = from.notices(now - NOTICES, MOST)?;
    let (mut readers, mut firsts, mut people) = (HashMap::<Uuid, HashMap<i64, i64>>::new(), HashMap::new(), Vec::new());
    if supervisor && !rows.is_empty() {
        people = from.everybody()?;
        for (id, who, at) in from.read_by_all(now - NOTICES)? {
            match id.is_nil() {
                true => drop(firsts.insert(who, at)),
                false => drop(readers.entry(id).or_default().insert(who, at)),
            }
        }
    }
    for row in rows {
        let body: NoticeBody = read_notice(&row)?;
        let for_me = is_for(&row, &body, (me, &person), read.get(&Uuid::nil()).copied());
        if !for_me && !supervisor {
            continue;
        }
        let (mut done, mut waits) = (Vec::new(), Vec::new());
        for (id, other) in &people {
            match readers.get(&row.id).and_then(|readers| readers.get(id)) {
                Some(at) => done.push(ReadBy { name: other.name.clone(), at: timestamp(*at) }),
                None if is_for(&row, &body, (*id, other), firsts.get(id).copied()) => waits.push(other.name.clone()),
                None => {}
            }
        }
        found.notices.push(NoticeState {
            id: row.id,
            kind: body.kind,
            by: body.by,
            at: timestamp(row.at),
            moderator: body.moderator,
            client: row.client,
            text: body.text,
            version: body.version,
            confirm: !body.quiet,
            for_me,
            read_at: read.get(&row.id).map(|at| timestamp(*at)),
            read: done,
            unread: waits,
        });
    }
    found.precedents = from.precedent_clients()?;
    found
        .precedents
        .retain(|client| supervisor || person.clients.is_empty() || person.clients.iter().any(|own| own == client));
    let own = from.own_messages(me, now - OWN, MOST)?;
    let others = from.open_doubts(MOST)?.into_iter().filter(|row| row.person != Some(me) || row.at < now - OWN);
    let mut rows: Vec<MessageRow> = own.into_iter().chain(others).collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.at, row.id)));
    for row in rows {
        let read_at = read.get(&row.id).copied();
        if row.kind == BACK {
            found.back.push(came_back(&row, read_at.is_some())?);
            continue;
        }
        let body: DoubtBody = self::read(&row)?;
        if row.person == Some(me) || body.asks(&person) {
            let parked = if row.open { row.item.map_or(Ok(None), |item| from.parked(item))? } else { None };
            found.doubts.push(body.shown(&row, me, parked.filter(|until| *until > now), read_at));
        }
    }
    Ok(found)
}

fn read_notice(row: &MessageRow) -> Result<NoticeBody> {
    read(row)
}

fn came_back(row: &MessageRow, read: bool) -> Result<CameBack> {
    let body: BackBody = self::read(row)?;
    Ok(CameBack {
        id: row.id,
        why: body.why,
        at: timestamp(row.at),
        item: body.item,
        client: body.client,
        verdict: body.verdict,
        policy: body.policy,
        decided_at: body.decided_at,
        now: body.now,
        now_policy: body.now_policy,
        by: body.by,
        reason: body.reason,
        read,
    })
}

impl<S: Shelf> Keeper<S> {
    /// Notes that somebody has read these; who has is told to supervisors.
    pub(in crate::store) fn confirm(&mut self, who: &str, messages: &[Uuid]) -> Result<()> {
        let (person, _) = self.person(who)?;
        for id in messages {
            let Some(row) = self.shelf.message(*id)? else { continue };
            if row.kind == BACK && row.person != Some(person) {
                continue;
            }
            self.shelf.put_read(*id, person, self.micros)?;
            if row.kind == NOTICE {
                self.hint("read", None, "", &json!({"notice": id}))?;
            }
        }
        Ok(())
    }

    /// Somebody's shift begins: from their first one on, a change of rules is news to them.
    pub(in crate::store) fn greet(&mut self, person: i64) -> Result<()> {
        if !self.hot.greeted.insert(person) || self.shelf.read_at(Uuid::nil(), person)?.is_some() {
            return Ok(());
        }
        self.shelf.put_read(Uuid::nil(), person, self.micros)
    }

    /// Takes the words out of everything that was said about an item.
    pub(in crate::store) fn blank_messages(&mut self, item: i64) -> Result<()> {
        for mut row in self.shelf.messages_on(item)? {
            row.body = match row.kind {
                DOUBT => {
                    let mut body: DoubtBody = read(&row)?;
                    body.question = Untrusted::default();
                    body.answers
                        .iter_mut()
                        .for_each(|answer| (answer.text, answer.advice) = (Untrusted::default(), None));
                    body.kin.clear();
                    written(&body)
                }
                _ => written(&BackBody { reason: None, ..read(&row)? }),
            };
            (row.open, row.kept) = (false, false);
            self.shelf.put_message(&row)?;
        }
        self.hot.doubted.remove(&item);
        Ok(())
    }
}
