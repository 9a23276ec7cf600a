//! What the writer remembers between transactions: everything small, and the head of every bucket.
//!
//! It is only good as long as no other process commits, so each transaction begins by asking SQLite's data version;
//! after another's commit, or any failure, all of it is read anew. Nothing here is ever the truth.

use super::day::DayState;
use crate::moderation::policy::Policies;
use crate::moderation::{Client, Person, Queue};
use crate::store::audit::{BEGINNING, Hash};
use crate::store::serving::{NO_DUE, Place, may_take};
use crate::store::{Result, StoreError};
use crate::wellbeing::exposure::Modality;
use crate::wellbeing::{Moment, Severity};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// One bucket and its heads as far as they are known (`None`: not looked up).
pub(super) struct Bucket {
    pub id: i64,
    pub queue: i64,
    pub origin: i64,
    pub lang: Box<str>,
    pub level: Severity,
    pub waiting: i64,
    pub dirty: bool,
    pub first: Option<Option<Place>>,
    pub soonest: Option<Option<Place>>,
}

/// A lease that runs. The parts below `until` spare a decision from reading the content again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Lease {
    #[serde(skip)]
    pub item: i64,
    #[serde(skip)]
    pub person: i64,
    #[serde(skip)]
    pub until: i64,
    pub id: String,
    pub bucket: i64,
    pub at: Moment,
    pub heaviest: Modality,
    pub text: Option<i64>,
}

/// Where the log ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tail {
    pub seq: i64,
    pub audit: i64,
    pub hash: Hash,
}

/// In which of the two orders a bucket is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Lane {
    Order,
    Due,
}

/// How far a person has looked past what they may not take: everything up to `after` is barred to them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor {
    pub after: Place,
    pub head: Option<Option<Place>>,
}

pub(super) struct Hot {
    pub queues: HashMap<i64, Queue>,
    pub queue_ids: HashMap<String, i64>,
    pub clients: HashMap<String, Client>,
    pub policies: HashMap<String, Option<Arc<Policies>>>,
    pub people: HashMap<i64, Person>,
    pub person_ids: HashMap<String, i64>,
    pub buckets: Vec<Bucket>,
    pub bucket_at: HashMap<i64, usize>,
    pub bucket_ids: HashMap<(i64, i64, u8), Vec<usize>>,
    pub rights: HashMap<i64, Arc<[bool]>>,
    pub leases: HashMap<i64, Lease>,
    pub until: BTreeSet<(i64, i64)>,
    pub barred: BTreeSet<(i64, i64)>,
    pub barred_people: HashSet<i64>,
    pub shut: HashSet<(i64, i64)>,
    pub cursors: HashMap<(i64, usize, Lane), Cursor>,
    pub days: HashMap<i64, DayState>,
    pub dirty_days: HashSet<i64>,
    pub decided: HashMap<i64, (i64, i64, bool)>,
    pub tail: Tail,
    pub next_item: i64,
}

/// Above every bucket: the counters of decisions.
pub(super) const DECIDED: i64 = 1 << 32;

pub(super) fn place(row: &Row<'_>) -> rusqlite::Result<Place> {
    Ok(Place { class: row.get(0)?, rank: row.get(1)?, due: row.get(2)?, received: row.get(3)?, item: row.get(4)? })
}

fn json<T: serde::de::DeserializeOwned>(body: &str) -> Result<T> {
    serde_json::from_str(body).map_err(|error| StoreError::Engine(format!("a row cannot be read ({error})")))
}

impl Hot {
    pub(super) fn load(conn: &Connection) -> Result<Self> {
        let mut hot = Self {
            queues: HashMap::new(),
            queue_ids: HashMap::new(),
            clients: HashMap::new(),
            policies: HashMap::new(),
            people: HashMap::new(),
            person_ids: HashMap::new(),
            buckets: Vec::new(),
            bucket_at: HashMap::new(),
            bucket_ids: HashMap::new(),
            rights: HashMap::new(),
            leases: HashMap::new(),
            until: BTreeSet::new(),
            barred: BTreeSet::new(),
            barred_people: HashSet::new(),
            shut: HashSet::new(),
            cursors: HashMap::new(),
            days: HashMap::new(),
            dirty_days: HashSet::new(),
            decided: HashMap::new(),
            tail: Tail { seq: 0, audit: 0, hash: BEGINNING },
            next_item: 1,
        };
        hot.load_words(conn)?;
        hot.load_buckets(conn)?;
        hot.load_hands(conn)?;
        hot.load_tail(conn)?;
        Ok(hot)
    }

    fn load_words(&mut self, conn: &Connection) -> Result<()> {
        let mut select = conn.prepare_cached("SELECT id, body FROM queue")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let queue: Queue = json(row.get_ref(1)?.as_str().unwrap_or_default())?;
            self.queue_ids.insert(queue.name.clone(), row.get(0)?);
            self.queues.insert(row.get(0)?, queue);
        }
        let mut select = conn.prepare_cached("SELECT body FROM client")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let client: Client = json(row.get_ref(0)?.as_str().unwrap_or_default())?;
            self.clients.insert(client.name.clone(), client);
        }
        let mut select = conn.prepare_cached("SELECT id, body FROM person")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let person: Person = json(row.get_ref(1)?.as_str().unwrap_or_default())?;
            self.person_ids.insert(person.name.clone(), row.get(0)?);
            self.people.insert(row.get(0)?, person);
        }
        Ok(())
    }

    fn load_buckets(&mut self, conn: &Connection) -> Result<()> {
        let mut select = conn.prepare_cached(
            "SELECT b.id, b.queue, b.origin, b.lang, b.level, coalesce(t.n, 0)
             FROM bucket b LEFT JOIN tally t ON t.key = b.id ORDER BY b.id",
        )?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let lang: String = row.get(3)?;
            let level = Severity::new(row.get(4)?).unwrap_or(Severity::EXTREME);
            self.add_bucket(row.get(0)?, row.get(1)?, row.get(2)?, &lang, level, row.get(5)?);
        }
        let mut select = conn.prepare_cached("SELECT key, n, day FROM tally WHERE key >= ?1")?;
        let mut rows = select.query([DECIDED])?;
        while let Some(row) = rows.next()? {
            self.decided.insert(row.get::<_, i64>(0)? - DECIDED, (row.get(2)?, row.get(1)?, false));
        }
        Ok(())
    }

    fn load_hands(&mut self, conn: &Connection) -> Result<()> {
        let mut select = conn.prepare_cached("SELECT item, person, until, body FROM lease")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let mut lease: Lease = json(row.get_ref(3)?.as_str().unwrap_or_default())?;
            (lease.item, lease.person, lease.until) = (row.get(0)?, row.get(1)?, row.get(2)?);
            self.until.insert((lease.until, lease.item));
            self.leases.insert(lease.item, lease);
        }
        let mut select = conn.prepare_cached("SELECT item, person FROM barred")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            self.barred.insert((row.get(0)?, row.get(1)?));
            self.barred_people.insert(row.get(1)?);
        }
        let mut select = conn.prepare_cached("SELECT person, author FROM shut")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            self.shut.insert((row.get(0)?, row.get(1)?));
        }
        Ok(())
    }

    fn load_tail(&mut self, conn: &Connection) -> Result<()> {
        let mut select = conn.prepare_cached("SELECT max(seq) FROM log")?;
        let last: Option<i64> = select.query_row([], |row| row.get(0))?;
        let mut select =
            conn.prepare_cached("SELECT audit, hash FROM log WHERE audit IS NOT NULL ORDER BY seq DESC LIMIT 1")?;
        let audited = select.query_row([], |row| Ok((row.get(0)?, row.get::<_, Hash>(1)?))).optional()?;
        let (audit, hash) = audited.unwrap_or((0, BEGINNING));
        self.tail = Tail { seq: last.unwrap_or(0), audit, hash };
        let mut select = conn.prepare_cached("SELECT max(seq) FROM item")?;
        self.next_item = select.query_row([], |row| row.get::<_, Option<i64>>(0))?.unwrap_or(0) + 1;
        Ok(())
    }

    pub(super) fn add_bucket(
        &mut self,
        id: i64,
        queue: i64,
        origin: i64,
        lang: &str,
        level: Severity,
        n: i64,
    ) -> usize {
        let at = self.buckets.len();
        let (first, soonest) = (None, None);
        self.buckets.push(Bucket {
            id,
            queue,
            origin,
            lang: lang.into(),
            level,
            waiting: n,
            dirty: false,
            first,
            soonest,
        });
        self.bucket_at.insert(id, at);
        self.bucket_ids.entry((queue, origin, level.level())).or_default().push(at);
        self.rights.clear();
        at
    }

    /// By everything that makes a bucket.
    pub(super) fn bucket(&self, queue: i64, origin: i64, lang: &str, level: Severity) -> Option<usize> {
        let same = self.bucket_ids.get(&(queue, origin, level.level()))?;
        same.iter().copied().find(|at| &*self.buckets[*at].lang == lang)
    }

    /// Which buckets a person may ever take from; kept until people, queues or buckets change.
    pub(super) fn rights(&mut self, person: i64) -> Arc<[bool]> {
        if let Some(rights) = self.rights.get(&person) {
            return Arc::clone(rights);
        }
        let rights: Arc<[bool]> = match self.people.get(&person) {
            Some(who) => self.buckets.iter().map(|bucket| self.person_may(who, bucket)).collect(),
            None => vec![false; self.buckets.len()].into(),
        };
        self.rights.insert(person, Arc::clone(&rights));
        rights
    }

    fn person_may(&self, who: &Person, bucket: &Bucket) -> bool {
        let client = self.client_of(bucket.origin);
        self.queues.get(&bucket.queue).is_some_and(|queue| may_take(who, queue, client, &bucket.lang, bucket.level))
    }

    /// Whose the items of a queue are.
    pub(super) fn client_of(&self, origin: i64) -> &str {
        self.queues.get(&origin).map_or("default", |queue| queue.client.as_str())
    }

    /// Notes that a place has been filled.
    pub(super) fn filled(&mut self, bucket: usize, place: Place) {
        let kept = &mut self.buckets[bucket];
        (kept.waiting, kept.dirty) = (kept.waiting + 1, true);
        if let Some(first) = &mut kept.first {
            *first = Some(first.map_or(place, |first| first.min(place)));
        }
        if place.due != NO_DUE
            && let Some(soonest) = &mut kept.soonest
        {
            *soonest =
                Some(soonest.map_or(place, |soonest| if place.by_due() < soonest.by_due() { place } else { soonest }));
        }
        if !self.cursors.is_empty() {
            self.cursors.retain(|(_, at, lane), cursor| {
                *at != bucket
                    || match lane {
                        Lane::Order => {
                            cursor.head = None;
                            cursor.after < place
                        }
                        Lane::Due => {
                            cursor.head = None;
                            cursor.after.by_due() < place.by_due()
                        }
                    }
            });
        }
    }

    /// Notes that a place has been emptied.
    pub(super) fn emptied(&mut self, bucket: usize, place: Place) {
        let kept = &mut self.buckets[bucket];
        (kept.waiting, kept.dirty) = (kept.waiting - 1, true);
        if kept.first == Some(Some(place)) {
            kept.first = None;
        }
        if kept.soonest == Some(Some(place)) {
            kept.soonest = None;
        }
        for ((_, at, _), cursor) in &mut self.cursors {
            if *at == bucket && cursor.head == Some(Some(place)) {
                cursor.head = None;
            }
        }
    }
}
