//! Reading beside the writer: a thread with a connection of its own, made when it is first asked.

use super::shelf::alert;
use super::wire::{Wire, unread};
use crate::moderation::alert::AlertState;
use crate::moderation::author::AuthorFigures;
use crate::moderation::{Decision, Person, Queue};
use crate::store::access::{Access, Held, KeptToken};
use crate::store::audit::{Chain, hex};
use crate::store::keeper::alert::{Standing, shown};
use crate::store::keeper::import::{key_of, read_body};
use crate::store::keeper::lease::{self, ItemRow};
use crate::store::keeper::log::{kind_of, timestamp};
use crate::store::keeper::pictures::named_by;
use crate::store::keeper::{Options, history};
use crate::store::{AuditEntry, BrokenLink, DecisionFilter, Event, HistoryEntry, Kept, Result, StoreError};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use uuid::Uuid;

/// Rows at most in one answer, whatever was asked.
const PAGE: u32 = 10_000;
/// People at most in one answer.
const PEOPLE: i64 = 2_000;

type Work = Box<dyn FnOnce(&mut Reader) + Send>;

/// The reading connection.
pub(super) struct Reader {
    pub(super) wire: Wire,
    pub(super) options: Arc<Options>,
    /// Blocks of entries by which items are found again: never changed once written, so read once.
    pub(super) kin: HashMap<i64, Vec<u8>>,
}

/// The way to the reader's thread.
pub(super) struct Desk {
    work: Option<Sender<Work>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Desk {
    pub(super) fn open(wire: Wire, options: Arc<Options>) -> Result<Self> {
        let (work, inbox) = channel::<Work>();
        let thread = std::thread::Builder::new()
            .name("reader".into())
            .spawn(move || {
                let mut reader = Reader { wire, options, kin: HashMap::new() };
                while let Ok(work) = inbox.recv() {
                    work(&mut reader);
                }
            })
            .map_err(|error| StoreError::Engine(error.kind().to_string()))?;
        Ok(Self { work: Some(work), thread: Some(thread) })
    }

    pub(super) async fn ask<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut Reader) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (back, wait) = tokio::sync::oneshot::channel();
        let gone = || StoreError::Engine("its reader is gone".into());
        let work: Work = Box::new(move |reader| {
            let _ = back.send(read(reader));
        });
        self.work.as_ref().ok_or_else(gone)?.send(work).map_err(|_| gone())?;
        wait.await.map_err(|_| gone())?
    }

    pub(super) fn stop(&mut self) {
        self.work = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

pub(super) fn json<T: DeserializeOwned>(body: &str) -> Result<T> {
    serde_json::from_str(body).map_err(|error| unread(&error))
}

fn event(row: &tokio_postgres::Row) -> Event {
    let (action, subject): (String, String) = (row.get(1), row.get(3));
    let detail: serde_json::Value = serde_json::from_str(row.get(4)).unwrap_or_default();
    let audited = row.get::<_, Option<i64>>(5).is_some();
    Event {
        seq: row.get::<_, i64>(0).unsigned_abs(),
        kind: if audited { kind_of(&action).to_owned() } else { action.clone() },
        person: if audited { None } else { row.get(2) },
        data: match audited {
            true => serde_json::json!({"action": action, "subject": subject, "detail": detail}),
            false => detail,
        },
    }
}

fn page(limit: u32) -> i64 {
    i64::from(if limit == 0 { PAGE } else { limit.min(PAGE) })
}

fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

impl Reader {
    /// The bytes of a picture that an item names, where they are kept.
    pub(super) fn picture(&mut self, item: &str, hash: &str) -> Result<Option<Vec<u8>>> {
        let kept = self.item(item)?;
        if kept.state == "sealed" || !named_by(&kept.item).contains(hash) {
            return Ok(None);
        }
        let found = self.wire.one("SELECT body FROM picture_body WHERE hash = $1", &[&hash])?;
        Ok(found.map(|row| row.get(0)))
    }

    /// The bodies of a small table.
    pub(super) fn bodies<T: DeserializeOwned>(&self, sql: &'static str) -> Result<Vec<T>> {
        self.wire.all(sql, &[])?.iter().map(|row| json(row.get(0))).collect()
    }

    pub(super) fn numbered<T: DeserializeOwned>(&self, sql: &'static str) -> Result<Vec<(i64, T)>> {
        self.wire.all(sql, &[])?.iter().map(|row| Ok((row.get(0), json(row.get(1))?))).collect()
    }

    fn row(&self, id: &str) -> Result<ItemRow> {
        let sql = "SELECT seq, id, state, bucket, class, priority, revision, round, received, due, author, last
             FROM item WHERE id = $1";
        let found = self.wire.one(sql, &[&id])?;
        found.map(|row| super::pages::item(&row, 0)).ok_or_else(|| StoreError::Unknown {
            what: "item",
            name: id.to_owned(),
            hint: "`moddesk queue show` lists them",
        })
    }

    pub(super) fn item(&mut self, id: &str) -> Result<Kept> {
        let row = self.row(id)?;
        let sql = "SELECT q.body, o.body, b.lang, c.body, (SELECT until FROM lease WHERE item = $2) FROM bucket b
             JOIN queue q ON q.id = b.queue JOIN queue o ON o.id = b.origin JOIN content c ON c.item = $2
             WHERE b.id = $1";
        let found = self.wire.one(sql, &[&row.bucket, &row.seq])?;
        let found = found.ok_or_else(|| StoreError::Engine("an item's bucket is missing".into()))?;
        let (queue, origin): (Queue, Queue) = (json(found.get(0))?, json(found.get(1))?);
        let (lang, until): (String, Option<i64>) = (found.get(2), found.get(4));
        let mut item = read_body(found.get(3))?;
        if item.lang.is_none() && lang != "und" {
            item.lang = Some(lang);
        }
        item.received_at = Some(timestamp(row.received));
        let now = self.options.clock.now().wall.as_microsecond();
        let state = match row.state {
            lease::DECIDED => "decided",
            lease::WITHDRAWN => "withdrawn",
            lease::SEALED => "sealed",
            _ if until.is_some_and(|until| until > now) => "leased",
            _ => "waiting",
        };
        Ok(Kept {
            item,
            queue: queue.name,
            client: origin.client,
            state: state.to_owned(),
            round: u32::try_from(row.round).unwrap_or(u32::MAX),
            due_at: lease::due_at(row.due),
            decisions: history::decisions_on(&self.wire, row.seq, row.last)?,
        })
    }

    pub(super) fn history(&mut self, id: &str) -> Result<Vec<HistoryEntry>> {
        let row = self.row(id)?;
        history::of_item(&self.wire, row.seq, row.last)
    }

    pub(super) fn author_for(&mut self, who: &str, id: &str) -> Result<AuthorFigures> {
        let sql = "SELECT 1 FROM shut s JOIN person p ON p.id = s.person WHERE p.name = $1 AND s.author = $2";
        if self.wire.one(sql, &[&who, &key_of(id)])?.is_some() {
            let why = "you have said that you know this author: their items and history are shut to you";
            return Err(StoreError::Forbidden(why.into()));
        }
        history::author(&self.wire, id, 20)
    }

    /// A replica is in recovery; a database may also be set to answer only.
    pub(super) fn takes_writes(&self) -> Result<bool> {
        let sql = "SELECT NOT (pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on')";
        Ok(self.wire.one(sql, &[])?.is_none_or(|row| row.get(0)))
    }

    pub(super) fn alerts(&mut self, who: &str) -> Result<Vec<AlertState>> {
        const DAY: i64 = 86_400_000_000;
        let since = self.options.clock.now().wall.as_microsecond() - DAY;
        let Some(me) = self.wire.one("SELECT id, body FROM person WHERE name = $1", &[&who])? else {
            return Ok(Vec::new());
        };
        let (id, person): (i64, Person) = (me.get(0), json(me.get(1))?);
        let clients: HashMap<String, String> =
            self.wire.all("SELECT name, body FROM client", &[])?.iter().map(|row| (row.get(0), row.get(1))).collect();
        let sql = "SELECT a.id, a.item, a.person, a.open, a.body, a.taken_by, a.taken_at, p.name, q.body
             FROM (SELECT * FROM alert WHERE open UNION SELECT * FROM alert WHERE person = $1 AND taken_at > $2) a
             JOIN person p ON p.id = a.person LEFT JOIN item i ON i.seq = a.item
             LEFT JOIN bucket b ON b.id = i.bucket LEFT JOIN queue q ON q.id = b.origin ORDER BY a.id";
        let mut standing = Vec::new();
        for row in self.wire.all(sql, &[&id, &since])? {
            let queue = row.get::<_, Option<&str>>(8).map(json::<Queue>).transpose()?;
            let client = queue.map_or_else(|| "default".to_owned(), |queue| queue.client);
            standing.push(Standing { row: alert(&row), by: row.get(7), client: clients.get(&client).cloned() });
        }
        shown(id, &person, standing)
    }

    /// Decisions in the order in which they were recorded, with what undid them since.
    pub(super) fn decisions(&mut self, filter: &DecisionFilter) -> Result<Vec<(u64, Decision)>> {
        let names: HashMap<String, String> = match filter.names {
            true => self
                .bodies::<Person>("SELECT body FROM person")?
                .into_iter()
                .map(|person| (person.pseudonym, person.name))
                .collect(),
            false => HashMap::new(),
        };
        let since = filter.since.map_or(i64::MIN, |since| since.as_microsecond());
        let until = filter.until.map_or(i64::MAX, |until| until.as_microsecond());
        let sql = "SELECT l.seq, l.payload, r.id FROM log l LEFT JOIN reversal r ON r.decision = l.seq
             WHERE l.seq > $1 AND l.action = 'decision.recorded' AND l.at >= $2 AND l.at < $3
             ORDER BY l.seq LIMIT $4";
        let rows = self.wire.all(sql, &[&number(filter.after), &since, &until, &page(filter.limit)])?;
        let mut decisions = Vec::new();
        for row in rows {
            let payload: Vec<u8> = row.get::<_, Option<Vec<u8>>>(1).unwrap_or_default();
            let mut decision: Decision = serde_json::from_slice(&payload).map_err(|error| unread(&error))?;
            if let Some(name) = decision.moderator.as_ref().and_then(|pseudonym| names.get(pseudonym)) {
                decision.moderator = Some(name.clone());
            }
            decision.reversed_by = row.get::<_, Option<Uuid>>(2);
            decisions.push((row.get::<_, i64>(0).unsigned_abs(), decision));
        }
        Ok(decisions)
    }

    /// Entries of the chain after `after`. The log also has what is in no chain, so an entry stands at its number or
    /// later, and never further off than the numbers that are missing: a few jumps find it.
    pub(super) fn audit(&mut self, after: u64, limit: u32) -> Result<Vec<AuditEntry>> {
        let wanted = number(after).saturating_add(1);
        let mut from = wanted;
        loop {
            let sql = "SELECT seq, audit FROM log WHERE seq >= $1 AND audit IS NOT NULL ORDER BY seq LIMIT 1";
            match self.wire.one(sql, &[&from])?.map(|row| (row.get::<_, i64>(0), row.get::<_, i64>(1))) {
                None => return Ok(Vec::new()),
                Some((seq, audit)) if audit < wanted => from = seq + (wanted - audit),
                Some((seq, _)) => {
                    from = seq;
                    break;
                }
            }
        }
        let sql = "SELECT audit, at, actor, action, subject, detail, hash FROM log
             WHERE seq >= $1 AND audit IS NOT NULL ORDER BY seq LIMIT $2";
        let rows = self.wire.all(sql, &[&from, &page(limit)])?;
        Ok(rows
            .iter()
            .map(|row| AuditEntry {
                seq: row.get::<_, i64>(0).unsigned_abs(),
                at: timestamp(row.get(1)),
                actor: row.get(2),
                action: row.get(3),
                subject: row.get(4),
                detail: serde_json::from_str(row.get(5)).unwrap_or_default(),
                hash: hex(row.get::<_, Option<&[u8]>>(6).unwrap_or_default()),
            })
            .collect())
    }

    /// The whole chain, page by page, so that nothing grows and no snapshot is held for long.
    pub(super) fn verify(&mut self) -> Result<Option<BrokenLink>> {
        let mut chain = Chain::default();
        loop {
            let entries = self.audit(chain.checked(), 2_000)?;
            if entries.is_empty() {
                let last =
                    self.wire.one("SELECT audit FROM log WHERE audit IS NOT NULL ORDER BY seq DESC LIMIT 1", &[])?;
                let seq = chain.checked() + 1;
                let missing = last.is_some_and(|row| row.get::<_, i64>(0) >= number(seq));
                return Ok(missing.then(|| BrokenLink { seq, why: "it is missing".into() }));
            }
            for entry in &entries {
                if let Err(broken) = chain.check(entry) {
                    return Ok(Some(broken));
                }
                if let Some(broken) = self.other_words(entry)? {
                    return Ok(Some(broken));
                }
            }
        }
    }

    /// The decision itself must be the one whose hash the entry has, unless its item was sealed, erased or let go since.
    fn other_words(&self, entry: &AuditEntry) -> Result<Option<BrokenLink>> {
        let (Some(sum), "decision.recorded") = (entry.detail["sha256"].as_str(), entry.action.as_str()) else {
            return Ok(None);
        };
        let id = entry.detail["id"].as_str().and_then(|id| id.parse::<Uuid>().ok()).unwrap_or_default();
        let sql = "SELECT l.payload, i.state, i.seq, i.last FROM decision d JOIN log l ON l.seq = d.seq
             JOIN item i ON i.seq = l.item WHERE d.id = $1";
        let fits = match self.wire.one(sql, &[&id])? {
            Some(row) => {
                let same = row.get::<_, Option<&[u8]>>(0).is_some_and(|payload| hex(&Sha256::digest(payload)) == sum);
                same || row.get::<_, i64>(1) == lease::SEALED
                    || history::chain(&self.wire, row.get(2), row.get(3))?.iter().any(|past| past.lost_its_words())
            }
            None => false,
        };
        let why = "the decision it is about is not the one that was recorded".to_owned();
        Ok((!fits).then_some(BrokenLink { seq: entry.seq, why }))
    }

    /// What happened after a number, for live views.
    pub(super) fn events(&mut self, after: u64, limit: u32) -> Result<Vec<Event>> {
        let sql = "SELECT l.seq, l.action, p.name, l.subject, l.detail, l.audit FROM log l
             LEFT JOIN person p ON p.id = l.person WHERE l.seq > $1 ORDER BY l.seq LIMIT $2";
        Ok(self.wire.all(sql, &[&number(after), &page(limit)])?.iter().map(event).collect())
    }

    /// The same without the decisions, and up to which number that is everything.
    pub(super) fn tidings(&mut self, after: u64, limit: u32) -> Result<(Vec<Event>, u64)> {
        let (_, newest) = self.event_span()?;
        let sql = "SELECT l.seq, l.action, p.name, l.subject, l.detail, l.audit FROM log l
             LEFT JOIN person p ON p.id = l.person WHERE l.seq > $1 AND l.seq <= $3 AND l.action <> 'decision.recorded'
             ORDER BY l.seq LIMIT $2";
        let found = self.wire.all(sql, &[&number(after), &page(limit), &number(newest)])?;
        let told: Vec<Event> = found.iter().map(event).collect();
        let whole = (told.len() as i64) < page(limit);
        let upto = told.last().filter(|_| !whole).map_or(newest.max(after), |last| last.seq);
        Ok((told, upto))
    }

    pub(super) fn event_span(&mut self) -> Result<(u64, u64)> {
        let sql = "SELECT coalesce((SELECT seq FROM log ORDER BY seq LIMIT 1), 0),
             coalesce((SELECT seq FROM log ORDER BY seq DESC LIMIT 1), 0)";
        let row = self.wire.one(sql, &[])?;
        Ok(row.map_or((0, 0), |row| (row.get::<_, i64>(0).unsigned_abs(), row.get::<_, i64>(1).unsigned_abs())))
    }

    pub(super) fn access(&mut self, after: u64) -> Result<Vec<Access>> {
        let sql = "SELECT a.seq, a.person, p.body FROM access a JOIN person p ON p.id = a.person
             WHERE a.seq > $1 ORDER BY a.seq LIMIT $2";
        let rows = self.wire.all(sql, &[&number(after), &PEOPLE])?;
        let people: Vec<i64> = rows.iter().map(|row| row.get(1)).collect();
        let sql = "SELECT t.person, t.digest, t.expires FROM unnest($1::bigint[]) AS n (person)
             JOIN token t ON t.person = n.person";
        let mut tokens: HashMap<i64, Vec<KeptToken>> = HashMap::new();
        for row in self.wire.all(sql, &[&people])? {
            let Ok(digest) = row.get::<_, &[u8]>(1).try_into() else { continue };
            let expires_at = row.get::<_, Option<i64>>(2).map(timestamp);
            tokens.entry(row.get(0)).or_default().push(KeptToken { digest, expires_at });
        }
        let access = rows.iter().map(|row| {
            let seq = row.get::<_, i64>(0).unsigned_abs();
            let tokens = tokens.remove(&row.get::<_, i64>(1)).unwrap_or_default();
            Ok(Access { seq, person: json(row.get(2))?, tokens })
        });
        access.collect()
    }

    pub(super) fn holds(&mut self, who: &str, what: Held<'_>) -> Result<bool> {
        let now = self.options.clock.now().wall.as_microsecond();
        let found = match what {
            Held::Item(item) => self.wire.one(
                "SELECT 1 FROM item i JOIN lease l ON l.item = i.seq JOIN person p ON p.id = l.person
                 WHERE i.id = $1 AND p.name = $2 AND l.until > $3",
                &[&item, &who, &now],
            )?,
            Held::Author(author) => self.wire.one(
                "SELECT 1 FROM person p JOIN lease l ON l.person = p.id JOIN item i ON i.seq = l.item
                 WHERE p.name = $2 AND i.author = $1 AND l.until > $3 AND NOT EXISTS
                 (SELECT 1 FROM shut s WHERE s.person = p.id AND s.author = i.author) LIMIT 1",
                &[&key_of(author), &who, &now],
            )?,
        };
        Ok(found.is_some())
    }
}
