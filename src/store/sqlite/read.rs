//! Reading beside the writer: a thread with a connection of its own, made when it is first asked.

use super::open;
use super::pictures::Pictures;
use super::shelf::{Rows, alert};
use crate::moderation::alert::AlertState;
use crate::moderation::author::AuthorFigures;
use crate::moderation::{Decision, Person, Queue};
use crate::store::audit::{Chain, hex};
use crate::store::keeper::alert::{Standing, shown};
use crate::store::keeper::lease::{self, ItemRow};
use crate::store::keeper::log::{kind_of, timestamp};
use crate::store::keeper::shelf::Shelf;
use crate::store::keeper::{Options, history, import};
use crate::store::{AuditEntry, BrokenLink, DecisionFilter, Event, HistoryEntry, Kept, Result, StoreError};
use rusqlite::OptionalExtension;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use uuid::Uuid;

/// Rows at most in one answer, whatever was asked.
const PAGE: u32 = 10_000;

type Work = Box<dyn FnOnce(Result<&mut Reader>) + Send>;

/// The reading connection.
pub(super) struct Reader {
    pub(super) rows: Rows,
    pub(super) options: Arc<Options>,
}

/// The way to the reader's thread.
pub(super) struct Desk {
    work: Option<Sender<Work>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Desk {
    pub(super) fn open(path: &Path, options: Arc<Options>) -> Result<Self> {
        let (work, inbox) = channel::<Work>();
        let path: PathBuf = path.to_owned();
        let thread = std::thread::Builder::new()
            .name("reader".into())
            .spawn(move || {
                let mut reader: Option<Reader> = None;
                while let Ok(work) = inbox.recv() {
                    if reader.is_none() {
                        match open::reader(&path) {
                            Ok(conn) => {
                                let rows = Rows { conn, pictures: Pictures::beside(&path) };
                                reader = Some(Reader { rows, options: Arc::clone(&options) });
                            }
                            Err(error) => {
                                work(Err(error));
                                continue;
                            }
                        }
                    }
                    work(reader.as_mut().ok_or(StoreError::Busy));
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
            let _ = back.send(reader.and_then(read));
        });
        self.work.as_ref().ok_or_else(gone)?.send(work).map_err(|_| gone())?;
        wait.await.map_err(|_| gone())?
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.work = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    serde_json::from_slice(body).map_err(|error| StoreError::Engine(format!("a row cannot be read ({error})")))
}

impl Reader {
    /// The bodies of a small table.
    pub(super) fn bodies<T: DeserializeOwned>(&mut self, sql: &str) -> Result<Vec<T>> {
        let mut select = self.rows.conn.prepare_cached(sql)?;
        let mut rows = select.query([])?;
        let mut bodies = Vec::new();
        while let Some(row) = rows.next()? {
            bodies.push(json(row.get_ref(0)?.as_bytes().unwrap_or_default())?);
        }
        Ok(bodies)
    }

    pub(super) fn numbered<T: DeserializeOwned>(&self, sql: &str) -> Result<Vec<(i64, T)>> {
        let mut select = self.rows.conn.prepare_cached(sql)?;
        let mut rows = select.query([])?;
        let mut bodies = Vec::new();
        while let Some(row) = rows.next()? {
            bodies.push((row.get(0)?, json(row.get_ref(1)?.as_bytes().unwrap_or_default())?));
        }
        Ok(bodies)
    }

    fn row(&self, id: &str) -> Result<ItemRow> {
        self.rows.item_by_id(id)?.ok_or_else(|| StoreError::Unknown {
            what: "item",
            name: id.to_owned(),
            hint: "`moddesk queue show` lists them",
        })
    }

    pub(super) fn item(&mut self, id: &str) -> Result<Kept> {
        let row = self.row(id)?;
        let sql = "SELECT q.body, o.body, b.lang FROM bucket b JOIN queue q ON q.id = b.queue
             JOIN queue o ON o.id = b.origin WHERE b.id = ?1";
        let (queue, origin, lang): (String, String, String) = self
            .rows
            .conn
            .prepare_cached(sql)?
            .query_row([row.bucket], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let (queue, origin): (Queue, Queue) = (json(queue.as_bytes())?, json(origin.as_bytes())?);
        let body: Vec<u8> = self
            .rows
            .conn
            .prepare_cached("SELECT body FROM content WHERE item = ?1")?
            .query_row([row.seq], |row| row.get(0))?;
        let mut item = import::read_body(&body)?;
        if item.lang.is_none() && lang != "und" {
            item.lang = Some(lang);
        }
        item.received_at = Some(timestamp(row.received));
        let until: Option<i64> = self
            .rows
            .conn
            .prepare_cached("SELECT until FROM lease WHERE item = ?1")?
            .query_row([row.seq], |row| row.get(0))
            .optional()?;
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
            decisions: history::decisions_on(&self.rows, row.seq, row.last)?,
        })
    }

    pub(super) fn history(&mut self, id: &str) -> Result<Vec<HistoryEntry>> {
        let row = self.row(id)?;
        history::of_item(&self.rows, row.seq, row.last)
    }

    pub(super) fn author_for(&mut self, who: &str, id: &str) -> Result<AuthorFigures> {
        let shut = self
            .rows
            .conn
            .prepare_cached(
                "SELECT 1 FROM shut s JOIN person p ON p.id = s.person WHERE p.name = ?1 AND s.author = ?2",
            )?
            .query_row((who, import::key_of(id)), |_| Ok(()))
            .optional()?;
        if shut.is_some() {
            let why = "you have said that you know this author: their items and history are shut to you";
            return Err(StoreError::Forbidden(why.into()));
        }
        history::author(&self.rows, id, 20)
    }

    pub(super) fn alerts(&mut self, who: &str) -> Result<Vec<AlertState>> {
        const DAY: i64 = 86_400_000_000;
        let since = self.options.clock.now().wall.as_microsecond() - DAY;
        let me: Option<(i64, String)> = self
            .rows
            .one("SELECT id, body FROM person WHERE name = ?1", [who], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let Some((me, person)) = me else { return Ok(Vec::new()) };
        let sql = "SELECT a.id, a.item, a.person, a.open, a.body, a.taken_by, a.taken_at, p.name, c.body
             FROM alert a JOIN person p ON p.id = a.person LEFT JOIN item i ON i.seq = a.item
             LEFT JOIN bucket b ON b.id = i.bucket LEFT JOIN queue q ON q.id = b.origin
             LEFT JOIN client c ON c.name = coalesce(json_extract(q.body, '$.client'), 'default')
             WHERE a.open = 1 OR (a.person = ?1 AND coalesce(a.taken_at, 0) > ?2) ORDER BY a.id";
        let standing = self
            .rows
            .all(sql, (me, since), |row| Ok(Standing { row: alert(row)?, by: row.get(7)?, client: row.get(8)? }))?;
        shown(me, &json(person.as_bytes())?, standing)
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
        let mut select = self.rows.conn.prepare_cached(
            "SELECT l.seq, l.payload, r.id FROM log l LEFT JOIN reversal r ON r.decision = l.seq
             WHERE l.seq > ?1 AND l.action = 'decision.recorded' AND l.at >= ?2 AND l.at < ?3
             ORDER BY l.seq LIMIT ?4",
        )?;
        let since = filter.since.map_or(i64::MIN, |since| since.as_microsecond());
        let until = filter.until.map_or(i64::MAX, |until| until.as_microsecond());
        let limit = if filter.limit == 0 { PAGE } else { filter.limit.min(PAGE) };
        let mut rows = select.query((filter.after, since, until, limit))?;
        let mut decisions = Vec::new();
        while let Some(row) = rows.next()? {
            let mut decision: Decision = json(row.get_ref(1)?.as_bytes().unwrap_or_default())?;
            if let Some(name) = decision.moderator.as_ref().and_then(|pseudonym| names.get(pseudonym)) {
                decision.moderator = Some(name.clone());
            }
            let undone: Option<Vec<u8>> = row.get(2)?;
            decision.reversed_by = undone.and_then(|id| Uuid::from_slice(&id).ok());
            decisions.push((row.get(0)?, decision));
        }
        Ok(decisions)
    }

    /// Entries of the chain after `after`. The log also has what is in no chain, so an entry stands at its number or
    /// later, and never further off than the numbers that are missing: a few jumps find it.
    pub(super) fn audit(&mut self, after: u64, limit: u32) -> Result<Vec<AuditEntry>> {
        let wanted = i64::try_from(after).unwrap_or(i64::MAX - 1) + 1;
        let mut from = wanted;
        loop {
            let found: Option<(i64, i64)> = self
                .rows
                .conn
                .prepare_cached(
                    "SELECT seq, audit FROM log WHERE seq >= ?1 AND audit IS NOT NULL ORDER BY seq LIMIT 1",
                )?
                .query_row([from], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            match found {
                None => return Ok(Vec::new()),
                Some((seq, audit)) if audit < wanted => from = seq + (wanted - audit),
                Some((seq, _)) => {
                    from = seq;
                    break;
                }
            }
        }
        let limit = if limit == 0 { PAGE } else { limit.min(PAGE) };
        let mut select = self.rows.conn.prepare_cached(
            "SELECT audit, at, actor, action, subject, detail, hash FROM log
             WHERE seq >= ?1 AND audit IS NOT NULL ORDER BY seq LIMIT ?2",
        )?;
        let mut rows = select.query((from, limit))?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            entries.push(AuditEntry {
                seq: row.get(0)?,
                at: timestamp(row.get(1)?),
                actor: row.get(2)?,
                action: row.get(3)?,
                subject: row.get(4)?,
                detail: serde_json::from_str(row.get_ref(5)?.as_str().unwrap_or_default()).unwrap_or_default(),
                hash: hex(row.get_ref(6)?.as_blob().unwrap_or_default()),
            });
        }
        Ok(entries)
    }

    /// The whole chain, page by page, so that nothing grows and no reader holds the log for long.
    pub(super) fn verify(&mut self) -> Result<Option<BrokenLink>> {
        let mut chain = Chain::default();
        loop {
            let entries = self.audit(chain.checked(), 2_000)?;
            if entries.is_empty() {
                return self.beyond(&chain);
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

    /// Entries behind the last that fits: where one in between is gone, the search above ends early.
    fn beyond(&self, chain: &Chain) -> Result<Option<BrokenLink>> {
        let last: Option<u64> =
            self.rows.conn.prepare_cached("SELECT max(audit) FROM log")?.query_row([], |row| row.get(0))?;
        let seq = chain.checked() + 1;
        Ok((last.unwrap_or(0) >= seq).then(|| BrokenLink { seq, why: "it is missing".into() }))
    }

    /// The decision itself must be the one whose hash the entry has, unless its item was sealed, erased or let go since: then its words
    /// have left, also where the sealing was undone.
    fn other_words(&self, entry: &AuditEntry) -> Result<Option<BrokenLink>> {
        let (Some(sum), "decision.recorded") = (entry.detail["sha256"].as_str(), entry.action.as_str()) else {
            return Ok(None);
        };
        let id = entry.detail["id"].as_str().and_then(|id| id.parse::<Uuid>().ok()).unwrap_or_default();
        let found: Option<(Option<Vec<u8>>, i64, i64, i64)> = self
            .rows
            .conn
            .prepare_cached(
                "SELECT l.payload, i.state, i.seq, i.last FROM decision d JOIN log l ON l.seq = d.seq
                 JOIN item i ON i.seq = l.item WHERE d.id = ?1",
            )?
            .query_row([&id.as_bytes()[..]], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        let fits = match found {
            Some((Some(payload), ..)) if hex(&Sha256::digest(&payload)) == sum => true,
            Some((_, lease::SEALED, ..)) => true,
            Some((_, _, item, last)) => {
                history::chain(&self.rows, item, last)?.iter().any(|past| past.lost_its_words())
            }
            None => false,
        };
        let why = "the decision it is about is not the one that was recorded".to_owned();
        Ok((!fits).then_some(BrokenLink { seq: entry.seq, why }))
    }

    /// What happened after a number, for live views.
    pub(super) fn events(&mut self, after: u64, limit: u32) -> Result<Vec<Event>> {
        self.happened(after, limit, "''")
    }

    /// The same without the decisions, and up to which number that is everything.
    pub(super) fn tidings(&mut self, after: u64, limit: u32) -> Result<(Vec<Event>, u64)> {
        let (_, newest) = self.event_span()?;
        let told = self.happened(after, limit, "'decision.recorded'")?;
        let most = if limit == 0 { PAGE } else { limit.min(PAGE) };
        let whole = told.len() < most as usize;
        // What came since the number was asked for is told already where it is among these.
        let upto = told.last().map_or(0, |last| last.seq).max(if whole { newest.max(after) } else { 0 });
        Ok((told, upto))
    }

    fn happened(&mut self, after: u64, limit: u32, but: &'static str) -> Result<Vec<Event>> {
        let limit = if limit == 0 { PAGE } else { limit.min(PAGE) };
        let mut select = self.rows.conn.prepare_cached(&format!(
            "SELECT l.seq, l.action, p.name, l.subject, l.detail, l.audit FROM log l
             LEFT JOIN person p ON p.id = l.person WHERE l.seq > ?1 AND l.action <> {but} ORDER BY l.seq LIMIT ?2"
        ))?;
        let mut rows = select.query((after, limit))?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            let (action, subject): (String, String) = (row.get(1)?, row.get(3)?);
            let detail = serde_json::from_str(row.get_ref(4)?.as_str().unwrap_or_default()).unwrap_or_default();
            let audited = row.get::<_, Option<i64>>(5)?.is_some();
            events.push(Event {
                seq: row.get(0)?,
                kind: if audited { kind_of(&action).to_owned() } else { action.clone() },
                person: if audited { None } else { row.get(2)? },
                data: match audited {
                    true => serde_json::json!({"action": action, "subject": subject, "detail": detail}),
                    false => detail,
                },
            });
        }
        Ok(events)
    }
}
