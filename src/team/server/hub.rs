//! Live events: one reader of the store's events for all streams, a mailbox a stream, and a memory for those who
//! resume. Decisions are not told one by one: what they change is in the statistics, told at most every two seconds.

use super::house::House;
use super::limits::Limits;
use super::refuse::{Answer, Refuse};
use super::waiters::Waiters;
use crate::moderation::Person;
use crate::moderation::floor::FloorNow;
use crate::moderation::queue::{QueueStats, SEALED};
use crate::store::{Event, Result, SharedStore};
use crate::team::api::Code;
use crate::team::api::stats;
use crate::team::events::Frame;
use bytes::Bytes;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, watch};

/// Events read at once.
const PAGE: u32 = 1_000;
/// Frames remembered for those who resume.
const MEMORY: usize = 16_384;
/// Frames that wait for one stream before it has to begin anew.
const MAILBOX: usize = 1_024;
/// Pages read from the store for one who resumes from further back.
const PAGES: usize = 20;
/// Commits within this time are read together.
const GATHER: Duration = Duration::from_millis(20);

/// One frame for everybody who may have it.
pub struct Told {
    /// Its number, where it is an event of the store.
    pub seq: Option<u64>,
    /// As on the wire.
    pub wire: Bytes,
    kind: String,
    person: Option<String>,
    sealed: bool,
    /// For those who work for this client.
    client: Option<String>,
}

impl Told {
    fn new(frame: &Frame, person: Option<String>, sealed: bool, client: Option<String>) -> Self {
        Self { seq: frame.id, wire: frame.write().into(), kind: frame.kind.clone(), person, sealed, client }
    }
}

/// Who listens.
#[derive(Clone, Copy, Debug)]
pub struct Ear {
    /// Hears everything but what is between a person and the queue.
    pub supervisor: bool,
    /// Hears notices, and what concerns the person.
    pub moderator: bool,
}

/// What waits for one stream.
pub struct Mailbox {
    person: Arc<Person>,
    ear: Ear,
    waiting: Mutex<Waiting>,
    /// Rings when something is put in.
    pub rings: Notify,
}

#[derive(Default)]
struct Waiting {
    frames: VecDeque<Arc<Told>>,
    overflowed: bool,
}

impl Mailbox {
    /// What has come since, and whether something had to be thrown away.
    pub fn take(&self) -> (VecDeque<Arc<Told>>, bool) {
        let mut waiting = lock(&self.waiting);
        (std::mem::take(&mut waiting.frames), std::mem::take(&mut waiting.overflowed))
    }

    fn put(&self, told: &Arc<Told>) {
        let mut waiting = lock(&self.waiting);
        if waiting.frames.len() >= MAILBOX {
            waiting.frames.clear();
            waiting.overflowed = true;
        }
        waiting.frames.push_back(Arc::clone(told));
        drop(waiting);
        self.rings.notify_one();
    }

    fn works_for(&self, client: Option<&str>) -> bool {
        let theirs = &self.person.clients;
        client.is_none_or(|client| theirs.is_empty() || theirs.iter().any(|own| own == client))
    }

    /// Whether this one may hear it.
    pub fn hears(&self, told: &Told) -> bool {
        if told.sealed && !self.person.sealed {
            return false;
        }
        let own = told.person.as_deref() == Some(&self.person.name);
        match told.kind.as_str() {
            "shift" => own && self.ear.moderator,
            "lease" => self.ear.supervisor || (own && self.ear.moderator),
            "notice" => self.ear.supervisor || own || (told.person.is_none() && self.works_for(told.client.as_deref())),
            _ => self.ear.supervisor,
        }
    }
}

#[derive(Default)]
struct State {
    memory: VecDeque<Arc<Told>>,
    /// Everything after this number that is told at all is in the memory.
    from: u64,
    upto: u64,
    boxes: HashMap<String, Vec<Arc<Mailbox>>>,
    streams: usize,
    stats: Option<(Instant, u64, Arc<Vec<QueueStats>>)>,
    floor: Option<(Instant, Arc<FloorNow>)>,
}

/// The hub.
pub struct Hub {
    store: SharedStore,
    state: Mutex<State>,
    counting: tokio::sync::Mutex<()>,
    picturing: tokio::sync::Mutex<()>,
    waiters: Waiters,
    per_person: usize,
    fresh: Duration,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Hub {
    /// A hub that nobody listens to yet.
    pub fn new(store: SharedStore, limits: &Limits) -> Self {
        let (per_person, fresh) = (limits.streams, limits.stats);
        let (counting, picturing) = (tokio::sync::Mutex::new(()), tokio::sync::Mutex::new(()));
        Self { store, state: Mutex::default(), counting, picturing, waiters: Waiters::default(), per_person, fresh }
    }

    /// Begins at the newest event.
    pub async fn begin(&self) -> Result<()> {
        let (_, newest) = self.store.event_span().await?;
        let mut state = lock(&self.state);
        (state.from, state.upto) = (newest, newest);
        Ok(())
    }

    /// Reads what is new and gives it out. Says whether somebody's rights have changed.
    async fn read_on(&self) -> Result<bool> {
        let mut rights = false;
        loop {
            let after = lock(&self.state).upto;
            let (events, upto) = self.store.tidings(after, PAGE).await?;
            let full = events.len() >= PAGE as usize;
            let mut state = lock(&self.state);
            state.upto = state.upto.max(upto);
            for event in events {
                rights |= event.kind == "moderator";
                self.waiters.heard(&event);
                let Some(told) = told(event) else { continue };
                state.give_out(&Arc::new(told), true);
            }
            if !full {
                return Ok(rights);
            }
        }
    }

    /// Opens a mailbox and answers what happened after `last`, or from where on nothing is missing.
    pub async fn listen(&self, person: Arc<Person>, ear: Ear, last: Option<u64>) -> Answer<Listening> {
        let mailbox = Arc::new(Mailbox { person, ear, waiting: Mutex::default(), rings: Notify::new() });
        let (upto, from, backlog) = {
            let mut state = lock(&self.state);
            let boxes = state.boxes.entry(mailbox.person.name.clone()).or_default();
            if boxes.len() >= self.per_person {
                return Err(Refuse::new(Code::TooMany, "you have too many streams open; close one"));
            }
            boxes.push(Arc::clone(&mailbox));
            state.streams += 1;
            let last = last.unwrap_or(state.upto);
            let backlog: Vec<_> =
                state.memory.iter().filter(|told| told.seq > Some(last) && mailbox.hears(told)).cloned().collect();
            (state.upto, state.from, backlog)
        };
        let mut listening = Listening { mailbox, backlog, after: last.unwrap_or(upto), gap: None };
        match last {
            Some(last) if last < from => {
                if let Err(error) = self.look_back(&mut listening, last, from).await {
                    self.leave(&listening.mailbox);
                    return Err(error.into());
                }
            }
            // Another server of the team may be a little ahead; a number that nobody has given is another queue's.
            Some(last) if last > upto && self.store.event_span().await.map_or(true, |(_, newest)| last > newest) => {
                (listening.gap, listening.after) = (Some((last, upto)), upto);
            }
            _ => {}
        }
        Ok(listening)
    }

    /// What the memory has forgotten, from the store; too far back, or gone there too, is a gap.
    async fn look_back(&self, listening: &mut Listening, last: u64, from: u64) -> Result<()> {
        let (oldest, _) = self.store.event_span().await?;
        if oldest > last + 1 || from - last > PAGES as u64 * u64::from(PAGE) {
            (listening.gap, listening.after) = (Some((last, from)), from);
            return Ok(());
        }
        let mut older = Vec::new();
        let mut after = last;
        while after < from {
            let (events, upto) = self.store.tidings(after, PAGE).await?;
            if upto <= after {
                break;
            }
            older.extend(events.into_iter().filter(|event| event.seq <= from).filter_map(told).map(Arc::new));
            after = upto;
        }
        older.retain(|told| listening.mailbox.hears(told));
        older.append(&mut listening.backlog);
        listening.backlog = older;
        Ok(())
    }

    /// Who waits for items.
    pub fn waiters(&self) -> &Waiters {
        &self.waiters
    }

    /// Tells those whose last claim brought nothing that items have come since.
    fn tell_waiters(&self) {
        let waited = self.waiters.take();
        if waited.is_empty() {
            return;
        }
        let frame = Frame { id: None, kind: "waiting".into(), data: "{}".into() };
        let told = Told::new(&frame, None, false, None);
        let (state, told) = (lock(&self.state), Arc::new(told));
        let boxes = waited.iter().filter_map(|name| state.boxes.get(name)).flatten();
        boxes.filter(|mailbox| mailbox.ear.moderator).for_each(|mailbox| mailbox.put(&told));
    }

    /// Closes a mailbox.
    pub fn leave(&self, mailbox: &Arc<Mailbox>) {
        let mut state = lock(&self.state);
        let name = &mailbox.person.name;
        if let Some(boxes) = state.boxes.get_mut(name) {
            let before = boxes.len();
            boxes.retain(|other| !Arc::ptr_eq(other, mailbox));
            let gone = before - boxes.len();
            if boxes.is_empty() {
                state.boxes.remove(name);
            }
            state.streams -= gone;
        }
    }

    /// The statistics, at most as old as the limits say, counted once for all who ask.
    pub async fn stats(&self, house: &House) -> Result<Arc<Vec<QueueStats>>> {
        let _one_at_a_time = self.counting.lock().await;
        let (upto, kept) = {
            let state = lock(&self.state);
            (state.upto, state.stats.clone())
        };
        if let Some((at, _, rows)) = kept
            && at.elapsed() < self.fresh
        {
            return Ok(rows);
        }
        let rows = Arc::new(house.store.stats(true).await?);
        lock(&self.state).stats = Some((Instant::now(), upto, Arc::clone(&rows)));
        Ok(rows)
    }

    /// The house as supervisors see it, as old as the statistics at most, put together once for all who ask.
    pub async fn floor(&self, house: &House) -> Result<Arc<FloorNow>> {
        let _one_at_a_time = self.picturing.lock().await;
        let kept = lock(&self.state).floor.clone();
        if let Some((at, picture)) = kept
            && at.elapsed() < self.fresh
        {
            return Ok(picture);
        }
        let picture = Arc::new(house.store.floor(true).await?);
        lock(&self.state).floor = Some((Instant::now(), Arc::clone(&picture)));
        Ok(picture)
    }

    /// Tells the statistics to all supervisors, where something has happened and somebody listens.
    async fn tell_stats(&self, house: &House) -> Result<()> {
        let (streams, upto, before) = {
            let state = lock(&self.state);
            (state.streams, state.upto, state.stats.as_ref().map(|(_, upto, _)| *upto))
        };
        if streams == 0 || before == Some(upto) {
            return Ok(());
        }
        let rows = self.stats(house).await?;
        let at = house.now();
        for sealed in [false, true] {
            let queues = rows.iter().filter(|row| sealed == (row.name == SEALED)).cloned().collect::<Vec<_>>();
            if queues.is_empty() {
                continue;
            }
            let data = serde_json::to_string(&stats::Answer { at, queues }).expect("statistics are always JSON");
            let frame = Frame { id: None, kind: "stats".into(), data };
            let told = Told::new(&frame, None, sealed, None);
            lock(&self.state).give_out(&Arc::new(told), false);
        }
        Ok(())
    }
}

/// A mailbox just opened.
pub struct Listening {
    /// What comes from now on.
    pub mailbox: Arc<Mailbox>,
    /// What came before.
    pub backlog: Vec<Arc<Told>>,
    /// The number after which everything is told.
    pub after: u64,
    /// What could not be told: after the one, until the other.
    pub gap: Option<(u64, u64)>,
}

impl State {
    fn give_out(&mut self, told: &Arc<Told>, remember: bool) {
        let personal = matches!(told.kind.as_str(), "shift");
        match &told.person {
            Some(person) if personal => {
                self.boxes.get(person).into_iter().flatten().for_each(|mailbox| mailbox.put(told));
            }
            _ => {
                let boxes = self.boxes.values().flatten();
                boxes.filter(|mailbox| mailbox.hears(told)).for_each(|mailbox| mailbox.put(told));
            }
        }
        if remember {
            if self.memory.len() >= MEMORY
                && let Some(forgotten) = self.memory.pop_front()
            {
                self.from = forgotten.seq.unwrap_or(self.from);
            }
            self.memory.push_back(Arc::clone(told));
        }
    }
}

/// What is told of an event; what only moves figures is not.
fn told(event: Event) -> Option<Told> {
    if event.kind == "stats" {
        return None;
    }
    let data = event.data.to_string();
    let sealed = event.data["subject"] == SEALED || event.data["detail"]["to"] == SEALED;
    let client = event.data["client"].as_str().map(str::to_owned);
    let frame = Frame { id: Some(event.seq), kind: event.kind, data };
    Some(Told::new(&frame, event.person, sealed, client))
}

/// Reads events as they come, until the server stops; also what keeps the door informed.
pub async fn run(house: Arc<House>) {
    let mut rings = house.store.rings();
    let mut stop = house.stop.subscribe();
    let mut told = Instant::now();
    let second = Duration::from_secs(1);
    loop {
        match house.hub.read_on().await {
            Ok(rights) if rights || told.elapsed() >= second => {
                if let Err(error) = house.door.refresh().await {
                    tracing::warn!(%error, "rights could not be read");
                }
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "events could not be read"),
        }
        if told.elapsed() >= house.limits.stats.min(second * 2) {
            told = Instant::now();
            house.hub.tell_waiters();
            if let Err(error) = house.hub.tell_stats(&house).await {
                tracing::warn!(%error, "statistics could not be read");
            }
        }
        tokio::select! {
            changed = tokio::time::timeout(second, rings.changed()) => {
                match changed {
                    Ok(Ok(())) => tokio::time::sleep(GATHER).await,
                    Ok(Err(_)) => tokio::time::sleep(second).await,
                    Err(_) => {}
                }
            }
            () = turned(&mut stop) => return,
        }
    }
}

/// Waits until it turns true, or nobody is left who could turn it.
pub async fn turned(signal: &mut watch::Receiver<bool>) {
    let _ = signal.wait_for(|turned| *turned).await;
}
