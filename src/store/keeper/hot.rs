//! What the writer remembers between transactions: everything small, and the head of every bucket.
//!
//! It is only good as long as no other process commits, so each transaction begins by asking the engine whether one
//! has; after another's commit, or any failure, all of it is read anew. Nothing here is ever the truth.

use super::day::DayState;
use super::shelf::Loaded;
use super::topics::Topics;
use crate::moderation::policy::Policies;
use crate::moderation::{Client, Person, Queue};
use crate::store::audit::Hash;
use crate::store::serving::{NO_DUE, Place, may_take};
use crate::store::{Result, StoreError};
use crate::wellbeing::exposure::Modality;
use crate::wellbeing::{Moment, Severity};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// One bucket and its heads as far as they are known (`None`: not looked up).
pub(in crate::store) struct Bucket {
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
pub(in crate::store) struct Lease {
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
    /// Leased as one of a batch: most of these are never on screen, and those that were are booked when they leave.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub batch: bool,
    /// In nobody's hands: kept for whoever asked about it, see [`super::doubt`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub parked: bool,
}

/// Where the log ends.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Tail {
    pub seq: i64,
    pub audit: i64,
    pub hash: Hash,
}

/// In which of the two orders a bucket is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::store) enum Lane {
    Order,
    Due,
}

/// How far a person has looked past what they may not take: everything up to `after` is barred to them.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Cursor {
    pub after: Place,
    pub head: Option<Option<Place>>,
}

pub(in crate::store) struct Hot {
    pub queues: HashMap<i64, Queue>,
    pub queue_ids: HashMap<String, i64>,
    pub clients: HashMap<String, Client>,
    pub policies: HashMap<String, Option<Arc<Policies>>>,
    /// By client and language, for people who do not take everything.
    pub topics: HashMap<(String, Option<String>), Arc<Topics>>,
    pub people: HashMap<i64, Person>,
    pub person_ids: HashMap<String, i64>,
    pub buckets: Vec<Bucket>,
    pub bucket_at: HashMap<i64, usize>,
    pub bucket_ids: HashMap<(i64, i64, u8), Vec<usize>>,
    pub rights: HashMap<i64, Arc<[bool]>>,
    pub leases: HashMap<i64, Lease>,
    pub until: BTreeSet<(i64, i64)>,
    /// What each person has in hand, the oldest first: moment and item.
    pub hands: HashMap<i64, BTreeSet<(i64, i64)>>,
    pub barred: BTreeSet<(i64, i64)>,
    pub barred_people: HashSet<i64>,
    pub shut: HashSet<(i64, i64)>,
    pub cursors: HashMap<(i64, usize, Lane), Cursor>,
    pub days: HashMap<i64, DayState>,
    pub dirty_days: HashSet<i64>,
    pub decided: HashMap<i64, (i64, i64, bool)>,
    /// The slots of now, as far as they were wanted, and which of them are to be written; see [`super::flow`].
    pub flow: HashMap<i64, super::flow::Counted>,
    pub flowed: Vec<i64>,
    pub tail: Tail,
    pub next_item: i64,
    /// Blocks of entries and how many are in each; see [`super::kin`].
    pub kin: Vec<(i64, usize)>,
    /// Which of them is looked after next.
    pub tended: usize,
    /// Items about which somebody asked and that nobody has decided.
    pub doubted: HashSet<i64>,
    /// Whose first sign-in is known.
    pub greeted: HashSet<i64>,
}

fn json<T: serde::de::DeserializeOwned>(body: &str) -> Result<T> {
    serde_json::from_str(body).map_err(|error| StoreError::Engine(format!("a row cannot be read ({error})")))
}

impl Hot {
    /// Everything small, as an engine has read it.
    pub(in crate::store) fn of(loaded: Loaded) -> Result<Self> {
        let mut hot = Self {
            queues: HashMap::new(),
            queue_ids: HashMap::new(),
            clients: HashMap::new(),
            policies: HashMap::new(),
            topics: HashMap::new(),
            people: HashMap::new(),
            person_ids: HashMap::new(),
            buckets: Vec::new(),
            bucket_at: HashMap::new(),
            bucket_ids: HashMap::new(),
            rights: HashMap::new(),
            leases: HashMap::new(),
            until: BTreeSet::new(),
            hands: HashMap::new(),
            barred: BTreeSet::new(),
            barred_people: HashSet::new(),
            shut: loaded.shut.into_iter().collect(),
            cursors: HashMap::new(),
            days: loaded.days.into_iter().collect(),
            dirty_days: HashSet::new(),
            decided: loaded.decided.into_iter().map(|(queue, day, n)| (queue, (day, n, false))).collect(),
            flow: HashMap::new(),
            flowed: Vec::new(),
            tail: loaded.tail,
            next_item: loaded.next_item,
            kin: loaded.kin,
            tended: 0,
            doubted: loaded.doubted.into_iter().collect(),
            greeted: HashSet::new(),
        };
        for (id, body) in &loaded.queues {
            let queue: Queue = json(body)?;
            hot.queue_ids.insert(queue.name.clone(), *id);
            hot.queues.insert(*id, queue);
        }
        for body in &loaded.clients {
            let client: Client = json(body)?;
            hot.clients.insert(client.name.clone(), client);
        }
        for (id, body) in &loaded.people {
            let person: Person = json(body)?;
            hot.person_ids.insert(person.name.clone(), *id);
            hot.people.insert(*id, person);
        }
        for row in &loaded.buckets {
            hot.add_bucket(row.id, row.queue, row.origin, &row.lang, row.level, row.waiting);
        }
        for lease in loaded.leases {
            hot.keep_lease(lease);
        }
        hot.bar_all(loaded.barred);
        Ok(hot)
    }

    /// A lease begins, in place of the one that its item had.
    pub(in crate::store) fn keep_lease(&mut self, lease: Lease) {
        self.take_lease(lease.item);
        self.until.insert((lease.until, lease.item));
        self.hands.entry(lease.person).or_default().insert((lease.at.wall.as_microsecond(), lease.item));
        self.leases.insert(lease.item, lease);
    }

    /// A lease is over.
    pub(in crate::store) fn take_lease(&mut self, item: i64) -> Option<Lease> {
        let lease = self.leases.remove(&item)?;
        self.until.remove(&(lease.until, item));
        if let Some(hands) = self.hands.get_mut(&lease.person) {
            hands.remove(&(lease.at.wall.as_microsecond(), item));
            if hands.is_empty() {
                self.hands.remove(&lease.person);
            }
        }
        Some(lease)
    }

    /// The leases of one person, the oldest first. Looks at no others: thousands of people have tens of thousands.
    pub(in crate::store) fn leases_of(&self, person: i64) -> impl Iterator<Item = &Lease> {
        let hands = self.hands.get(&person).into_iter().flatten();
        hands.filter_map(|(_, item)| self.leases.get(item))
    }

    /// Takes over from whom which items are kept, all of it.
    pub(in crate::store) fn bar_all(&mut self, barred: Vec<(i64, i64)>) {
        self.barred_people = barred.iter().map(|(_, person)| *person).collect();
        self.barred = barred.into_iter().collect();
    }

    pub(in crate::store) fn add_bucket(
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
    pub(in crate::store) fn bucket(&self, queue: i64, origin: i64, lang: &str, level: Severity) -> Option<usize> {
        let same = self.bucket_ids.get(&(queue, origin, level.level()))?;
        same.iter().copied().find(|at| &*self.buckets[*at].lang == lang)
    }

    /// Which buckets a person may ever take from; kept until people, queues or buckets change.
    pub(in crate::store) fn rights(&mut self, person: i64) -> Arc<[bool]> {
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
    pub(in crate::store) fn client_of(&self, origin: i64) -> &str {
        self.queues.get(&origin).map_or("default", |queue| queue.client.as_str())
    }

    /// Notes that a place has been filled.
    pub(in crate::store) fn filled(&mut self, bucket: usize, place: Place) {
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
    pub(in crate::store) fn emptied(&mut self, bucket: usize, place: Place) {
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
