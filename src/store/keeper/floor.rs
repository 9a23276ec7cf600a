//! The supervisor's picture of the house, put together from rows: the same for every engine.
//!
//! It is read beside the writer and never waits for it. What must stay true: of a person it says what they can take
//! now and nothing else; nothing here costs more on a long queue than on a short one.

use super::booking::force;
use super::day::DayState;
use super::flow::{Streams, streams};
use super::lease::due_at;
use super::log::timestamp;
use super::shelf::BucketRow;
use super::stranded::{Handed, Unserved, handed_back_by_all};
use super::webhook::{Outbox, ailing};
use crate::moderation::floor::{FloorNow, HotThread, LeaseNow, PersonNow, QueueNow, StuckItem, Takes};
use crate::moderation::item::Subject;
use crate::moderation::queue::{QueueStats, SEALED};
use crate::moderation::{Person, Queue, Role};
use crate::store::Result;
use crate::store::listing::ListedRow;
use crate::store::serving::may_take;
use crate::wellbeing::{Gate, Moment, Rule, Rules, Severity};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// Leases told at most.
const LEASES: usize = 200;
/// Newest items in which subjects are looked for, and how far back.
pub(in crate::store) const NEWEST: i64 = 400;
const HOUR: i64 = 3_600_000_000;
/// Fewer items under one subject are no thread to watch.
const HOT: u32 = 3;
const THREADS: usize = 12;
const STUCK: usize = 40;

/// One lease, as an engine reads it; its body is the keeper's.
pub(in crate::store) struct Leased {
    pub item: String,
    pub queue: i64,
    pub person: i64,
    pub since: i64,
    pub until: i64,
    pub due: i64,
    pub parked: bool,
}

/// One of the newest items.
pub(in crate::store) struct Newest {
    pub id: String,
    pub queue: i64,
    /// Neither decided nor withdrawn.
    pub live: bool,
    pub received: i64,
    pub body: Vec<u8>,
}

/// Something that waits.
pub(in crate::store) struct Waits {
    pub id: String,
    pub received: i64,
    pub due: i64,
}

/// Rows that the picture is made of.
pub(in crate::store) trait Gallery: Outbox + Handed {
    /// The rings: whole key, count, stamp.
    fn rings(&self) -> Result<Vec<(i64, i64, i64)>>;
    /// Leases that run, up to a limit far above what is told.
    fn leased(&self) -> Result<Vec<Leased>>;
    /// By queue, how many people hold something of it.
    fn hands(&self) -> Result<Vec<(i64, i64)>>;
    /// The newest items, newest first.
    fn newest(&self) -> Result<Vec<Newest>>;
    /// The buckets, with how much waits in them.
    fn buckets(&self) -> Result<Vec<BucketRow>>;
    /// The first that wait in a bucket.
    fn first_waiting(&self, bucket: i64, most: i64) -> Result<Vec<Waits>>;
    /// Under which ids the world knows these items.
    fn ids_of(&self, items: &[i64]) -> Result<Vec<(i64, String)>>;
    /// Items before a place in the order of arrival, newest first, with the queue they are in.
    fn before(&self, place: i64, most: i64) -> Result<Vec<(i64, ListedRow)>>;
    /// The days of people in which a shift stands ([`ON_SHIFT`]), JSON: of all others there is nothing to work out, and
    /// in a large house they are most.
    fn days(&self) -> Result<Vec<(i64, String)>>;
}

/// How a day that has a shift is told from one that has none, without reading it. One whose shift before is remembered
/// has it too, and is read for nothing.
pub(in crate::store) const ON_SHIFT: &str = "\"shift\":{";

/// What is known besides the rows.
pub(in crate::store) struct Known<'a> {
    pub stats: Vec<QueueStats>,
    pub queues: &'a [(i64, Queue)],
    pub people: &'a [(i64, Person)],
    pub rules: &'a Rules,
    pub now: &'a Moment,
}

/// The picture, `sealed` things included.
pub(in crate::store) fn picture(from: &impl Gallery, known: Known<'_>) -> Result<FloorNow> {
    let Known { stats, queues, people, rules, now } = known;
    let micros = now.wall.as_microsecond();
    let by_id: HashMap<i64, &Queue> = queues.iter().map(|(id, queue)| (*id, queue)).collect();
    let ids: HashMap<&str, i64> = queues.iter().map(|(id, queue)| (queue.name.as_str(), *id)).collect();
    let names: HashMap<i64, &str> = people.iter().map(|(id, person)| (*id, person.name.as_str())).collect();
    let mut streams = streams(from.rings()?, micros);
    let hands: HashMap<i64, i64> = from.hands()?.into_iter().collect();
    let rows = stats.into_iter().map(|stats| {
        let id = ids.get(stats.name.as_str()).copied().unwrap_or_default();
        let Streams { flow, today, usual } = streams.remove(&id).unwrap_or_default();
        let queue = by_id.get(&id);
        QueueNow {
            title: queue.and_then(|queue| queue.title.clone()),
            deadline_s: queue
                .and_then(|queue| queue.deadline.as_ref())
                .map(|rule| rule.lasts(stats.oldest_received_at.unwrap_or(now.wall))),
            paused_because: queue.and_then(|queue| queue.paused_because.clone()),
            flow,
            today,
            usual,
            hands: u32::try_from(hands.get(&id).copied().unwrap_or_default()).unwrap_or(u32::MAX),
            stats,
        }
    });
    let rows: Vec<QueueNow> = rows.collect();
    let name_of = |queue: i64| by_id.get(&queue).map(|queue| queue.name.clone()).unwrap_or_default();
    let mut leases: Vec<LeaseNow> = from
        .leased()?
        .into_iter()
        .filter(|lease| lease.until > micros)
        .map(|lease| LeaseNow {
            item: lease.item,
            queue: name_of(lease.queue),
            by: names.get(&lease.person).map(|name| (*name).to_owned()).unwrap_or_default(),
            since: timestamp(lease.since),
            until: timestamp(lease.until),
            due_at: due_at(lease.due),
            parked: lease.parked,
        })
        .collect();
    leases.sort_by(|a, b| (a.since, &a.item).cmp(&(b.since, &b.item)));
    leases.truncate(LEASES);
    Ok(FloorNow {
        at: Some(now.wall),
        queues: rows,
        people: crew(from, people, rules, now)?,
        leases,
        threads: threads(from, &name_of, micros)?,
        stuck: stuck(from, &by_id, people)?,
        webhooks: ailing(from)?,
    })
}

/// What each can take now. Those who may not sign in, or never decide, are left out.
fn crew(from: &impl Gallery, people: &[(i64, Person)], rules: &Rules, now: &Moment) -> Result<Vec<PersonNow>> {
    let mut days: HashMap<i64, String> = from.days()?.into_iter().collect();
    let mut crew = Vec::new();
    for (id, person) in people.iter().filter(|(_, person)| person.enabled && person.may(Role::Moderator)) {
        let state = days.remove(id).and_then(|body| serde_json::from_str::<DayState>(&body).ok());
        let (takes, back_at) = state.map(|state| takes(state, rules, now)).unwrap_or_default();
        let (name, queues, languages) = (person.name.clone(), person.queues.clone(), person.languages.clone());
        crew.push(PersonNow { name, takes, back_at, queues, languages });
    }
    crew.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(crew)
}

/// What one person can take: on a copy of their day, which stays as it is.
fn takes(mut state: DayState, rules: &Rules, now: &Moment) -> (Takes, Option<jiff::Timestamp>) {
    let force = force(&state, rules);
    let gate = state.day.at_call(&force, now, false);
    if state.day.shift().is_none() {
        return (Takes::Offline, None);
    }
    match gate {
        Gate::Break(running) if running.rule == Rule::Voluntary => (Takes::OnBreak, None),
        Gate::Break(running) => (Takes::OnBreak, running.until(now)),
        Gate::Finish(due) => (Takes::OnBreak, Some(now.later(due.required).wall)),
        Gate::Open(_) => match state.day.allowance(&force, now, []).ceiling() {
            Some(most) if most >= Severity::EXTREME => (Takes::All, None),
            Some(_) => (Takes::Light, None),
            None => (Takes::OnBreak, None),
        },
    }
}

#[derive(Deserialize)]
struct Under {
    #[serde(default)]
    subject: Option<Subject>,
}

fn threads(from: &impl Gallery, name_of: &dyn Fn(i64) -> String, now: i64) -> Result<Vec<HotThread>> {
    let mut found: BTreeMap<String, HotThread> = BTreeMap::new();
    for newest in from.newest()?.into_iter().filter(|newest| newest.received >= now - HOUR) {
        let Ok(Under { subject: Some(subject) }) = serde_json::from_slice(&newest.body) else { continue };
        let Some(id) = subject.id else { continue };
        let thread = found.entry(id.clone()).or_insert_with(|| HotThread {
            subject: id,
            title: subject.title,
            queue: name_of(newest.queue),
            came: 0,
            waiting: 0,
            item: newest.id,
        });
        thread.came += 1;
        thread.waiting += u32::from(newest.live);
    }
    let mut threads: Vec<HotThread> = found.into_values().filter(|thread| thread.came >= HOT).collect();
    threads.sort_by(|a, b| (b.came, b.waiting, &a.subject).cmp(&(a.came, a.waiting, &b.subject)));
    threads.truncate(THREADS);
    Ok(threads)
}

/// What nobody may take: where nobody has the right at all the first of each bucket, else what all who have it handed
/// back.
fn stuck(from: &impl Gallery, queues: &HashMap<i64, &Queue>, people: &[(i64, Person)]) -> Result<Vec<StuckItem>> {
    let mut takers: HashMap<i64, Vec<i64>> = HashMap::new();
    let mut known: HashMap<i64, (&str, i64)> = HashMap::new();
    let mut stuck = Vec::new();
    for bucket in from.buckets()?.into_iter().filter(|bucket| bucket.waiting > 0) {
        let (Some(queue), Some(origin)) = (queues.get(&bucket.queue), queues.get(&bucket.origin)) else { continue };
        let may = people
            .iter()
            .filter(|(_, person)| may_take(person, queue, &origin.client, &bucket.lang, bucket.level))
            .map(|(id, _)| *id)
            .collect::<Vec<_>>();
        if may.is_empty() && queue.name != SEALED {
            let first = from.first_waiting(bucket.id, STUCK as i64)?;
            stuck.extend(first.into_iter().map(|waits| one_stuck(waits, &queue.name, false)));
        }
        takers.insert(bucket.id, may);
        known.insert(bucket.id, (&queue.name, bucket.waiting));
    }
    let waiting = |bucket: i64| known.get(&bucket).map_or(0, |(_, waiting)| *waiting);
    let mut handed_back = handed_back_by_all(from, &takers, waiting)?;
    handed_back.sort_by_key(|one| (one.received, one.item));
    handed_back.truncate(STUCK);
    let items: Vec<i64> = handed_back.iter().map(|one| one.item).collect();
    let mut ids: HashMap<i64, String> = from.ids_of(&items)?.into_iter().collect();
    for Unserved { item, bucket, received, due } in handed_back {
        let Some(id) = ids.remove(&item) else { continue };
        let queue = known.get(&bucket).map(|(queue, _)| *queue).unwrap_or_default();
        stuck.push(one_stuck(Waits { id, received, due }, queue, true));
    }
    stuck.sort_by(|a, b| (a.received_at, &a.item).cmp(&(b.received_at, &b.item)));
    stuck.truncate(STUCK);
    Ok(stuck)
}

fn one_stuck(waits: Waits, queue: &str, passed: bool) -> StuckItem {
    let (received_at, due_at) = (timestamp(waits.received), due_at(waits.due));
    StuckItem { item: waits.id, queue: queue.to_owned(), received_at, due_at, passed }
}
