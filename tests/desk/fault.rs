//! Several desks work at random on a bad line while the server is killed under them; what all of them heard and what
//! the queue has kept must be true together.

use crate::cluster::Cluster;
use crate::history::{Held, History, Rest, no_silent_gap};
use crate::proxy::{Dice, Proxy, Weather};
use crate::serving::{Serving, Team};
use jiff::{SignedDuration, Timestamp};
use moddesk::desk::{Ask, Desk, DeskOptions, Line, News, TakenBack, WorkingDesk};
use moddesk::moderation::pass::{Opened, Seen};
use moddesk::moderation::{Pass, PassReason, Served, Sight};
use moddesk::team::client::{Calls, Place, QueueClock, Remote};
use moddesk::wellbeing::Clock;
use serde_json::json;
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use uuid::Uuid;

const LEASE: SignedDuration = SignedDuration::from_secs(300);
const TOO_LONG: Duration = Duration::from_secs(120);
/// In a morning, where nobody asks for more.
const DECISIONS: usize = 250;
/// No answer within this time, and the connection counts as dead.
const LEAST_WAIT: Duration = Duration::from_millis(700);

fn many(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|said| said.parse().ok()).unwrap_or(otherwise)
}

/// One person at a desk that crashes, is closed, and is opened again.
struct Person {
    name: String,
    token: String,
    line: SocketAddr,
    journal: PathBuf,
    history: Arc<History>,
    dice: Dice,
    /// Decisions still to be made by all together.
    left: Arc<AtomicUsize>,
}

/// A desk while it is open.
struct Seat {
    desk: WorkingDesk,
    news: Receiver<News>,
    clock: QueueClock,
    ahead: VecDeque<Arc<Served>>,
    /// What this desk has in hand, as places in the history.
    held: Vec<(String, u32, usize)>,
    rest: Option<Timestamp>,
    settled: Vec<Uuid>,
    over: bool,
}

impl Person {
    fn open(&self) -> Seat {
        let place =
            Place { least_wait: LEAST_WAIT, ..Place::new(format!("http://{}", self.line), self.token.as_str()) };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let until = Instant::now() + TOO_LONG;
        let remote = loop {
            match runtime.block_on(Remote::open(place.clone())) {
                Ok(remote) => break remote,
                Err(error) => assert!(!error.is_permanent() && Instant::now() < until, "{error}"),
            }
        };
        let clock = remote.clock();
        let (told, news) = channel();
        let options =
            DeskOptions { folder: self.journal.clone(), queues: Vec::new(), prefetch: 4, label: self.name.clone() };
        let line: Arc<dyn Line> = Arc::new(remote);
        let sink = Arc::new(move |one| drop(told.send(one)));
        let mut desk = WorkingDesk::open(line, options, Arc::new(clock.clone()), sink).expect("a desk");
        desk.ask(Ask::Begin { ends_at: None, take_over: true });
        let (ahead, held, settled) = (VecDeque::new(), Vec::new(), Vec::new());
        Seat { desk, news, clock, ahead, held, rest: None, settled, over: false }
    }

    /// A morning's work; at its end everything that was decided has its answer.
    fn work(mut self) {
        let mut seat = self.open();
        // A longer morning takes longer, and nobody may see nobody get on for that long.
        let mut before = self.left.load(SeqCst);
        let whole = Instant::now() + TOO_LONG * u32::try_from(before / DECISIONS).unwrap_or(1).max(1);
        let mut until = Instant::now() + TOO_LONG;
        while self.left.load(SeqCst) > 0 {
            let left = self.left.load(SeqCst);
            if left < before {
                (before, until) = (left, Instant::now() + TOO_LONG);
            }
            assert!(Instant::now() < until.min(whole), "{} is stuck with {} ahead", self.name, seat.ahead.len());
            if seat.over {
                seat = self.again(seat, true);
            }
            if let Some(end) = seat.rest {
                self.rest(&mut seat, end);
                continue;
            }
            let Some(served) = seat.ahead.pop_front() else {
                self.hear(&mut seat, Duration::from_millis(200));
                continue;
            };
            seat.desk.ask(Ask::Shown(served.item.id.clone()));
            match self.dice.roll(100) {
                0..4 => self.pass(&mut seat, &served),
                4..9 => self.think_again(&mut seat, &served),
                9..12 => {
                    self.decide(&mut seat, &served);
                    seat = self.again(seat, true);
                }
                12..14 => {
                    self.give_up_all(&mut seat);
                    seat = self.again(seat, false);
                }
                14..17 => {
                    self.decide(&mut seat, &served);
                    if let Some(id) = seat.settled.pop() {
                        seat.desk.ask(Ask::Reverse(id));
                    }
                }
                17..19 => self.own_break(&mut seat, served),
                _ => drop(self.decide(&mut seat, &served)),
            }
            self.hear(&mut seat, Duration::ZERO);
        }
        self.finish(seat);
    }

    /// Until nothing of this person is without its answer.
    fn finish(&self, mut seat: Seat) {
        let until = Instant::now() + TOO_LONG;
        loop {
            self.give_up_all(&mut seat);
            let left = seat.desk.close();
            while let Ok(news) = seat.news.recv_timeout(Duration::from_millis(1)) {
                self.heard(&mut seat, news);
            }
            if left.iter().all(|one| one.result.is_some()) {
                return;
            }
            assert!(Instant::now() < until, "{} cannot send {} decisions", self.name, left.len());
            drop(seat);
            seat = self.open();
            self.hear(&mut seat, Duration::from_millis(500));
        }
    }

    /// The desk dies (or is closed), and is opened again.
    fn again(&self, mut seat: Seat, dies: bool) -> Seat {
        self.give_up_all(&mut seat);
        if !dies {
            seat.desk.close();
        }
        // What was told before it died was told.
        while let Ok(news) = seat.news.try_recv() {
            self.heard(&mut seat, news);
        }
        drop(seat);
        self.open()
    }

    fn decide(&mut self, seat: &mut Seat, served: &Served) -> Uuid {
        let now = seat.clock.now().wall;
        let id = Uuid::now_v7();
        let verdict = match self.dice.roll(20) {
            0 => json!({"verdict": "escalate", "to": "escalated"}),
            1..8 => json!({"verdict": "delete", "policy": "spam"}),
            _ => json!({"verdict": "approve"}),
        };
        let mut decision = json!({"id": id, "item": served.item.id, "revision": served.item.revision,
            "round": served.round, "seen": "full", "opened": "image", "presented_at": now, "decided_at": now,
            "active_ms": 30});
        for (key, value) in verdict.as_object().expect("an object") {
            decision[key] = value.clone();
        }
        let hold = Duration::from_millis([0, 0, 20, 150][self.dice.roll(4) as usize]);
        let decision = serde_json::from_value(decision).expect("a decision");
        self.end_of(seat, &served.item.id, now);
        self.history.note(|told| told.decided.insert(id));
        seat.desk.hold(&[decision], now + hold).expect("the journal takes it");
        let _ = self.left.fetch_update(SeqCst, SeqCst, |left| Some(left.saturating_sub(1)));
        id
    }

    /// Decides and takes it back, and decides otherwise.
    fn think_again(&mut self, seat: &mut Seat, served: &Arc<Served>) {
        let id = self.decide(seat, served);
        if let TakenBack::Back(items) = seat.desk.take_back(id).expect("an answer") {
            self.history.note(|told| {
                told.decided.remove(&id);
                told.undone.insert(id);
            });
            for served in items.into_iter().rev() {
                seat.ahead.push_front(served);
            }
        }
    }

    fn pass(&mut self, seat: &mut Seat, served: &Served) {
        self.end_of(seat, &served.item.id, seat.clock.now().wall);
        seat.desk.ask(Ask::Pass(Pass { reason: PassReason::Technical, sight: sight(served) }));
    }

    fn own_break(&mut self, seat: &mut Seat, served: Arc<Served>) {
        seat.desk.ask(Ask::BeginBreak { rule: "voluntary".into(), said: None });
        let within = Duration::from_millis(self.dice.roll(60));
        self.hear(seat, within);
        seat.desk.ask(Ask::EndBreak);
        if seat.has(&served) {
            seat.ahead.push_front(served);
        }
    }

    /// A break by the rules: everything goes back, and Enter comes when it is over by the queue's clock.
    fn rest(&mut self, seat: &mut Seat, end: Timestamp) {
        self.give_up_all(seat);
        seat.ahead.clear();
        loop {
            let left = Duration::try_from(end.duration_since(seat.clock.now().wall)).unwrap_or_default();
            if left.is_zero() || seat.over || seat.rest != Some(end) {
                break;
            }
            self.hear(seat, left);
        }
        if seat.rest == Some(end) {
            seat.rest = None;
            seat.desk.ask(Ask::EndBreak);
        }
    }

    /// Waits for news, for so long at most, and works on what has come.
    fn hear(&self, seat: &mut Seat, within: Duration) {
        match seat.news.recv_timeout(within) {
            Ok(news) => self.heard(seat, news),
            Err(RecvTimeoutError::Timeout) => return,
            Err(RecvTimeoutError::Disconnected) => seat.over = true,
        }
        while let Ok(news) = seat.news.try_recv() {
            self.heard(seat, news);
        }
    }

    fn heard(&self, seat: &mut Seat, news: News) {
        let now = seat.clock.now().wall;
        match news {
            News::Ahead { items, first, .. } => {
                for served in items.iter() {
                    self.served(seat, served, now);
                }
                if first {
                    items.into_iter().rev().for_each(|served| seat.ahead.push_front(served));
                } else {
                    seat.ahead.extend(items);
                }
            }
            News::Revised(served) => self.served(seat, &served, now),
            News::Break(due) if due.rule != "voluntary" => {
                let from = due.until - SignedDuration::from_secs(i64::try_from(due.required_s).unwrap_or(0));
                for (_, _, at) in seat.held.drain(..) {
                    self.history.note(|told| told.leases[at].until = told.leases[at].until.min(from));
                }
                let rest = Rest { person: self.name.clone(), from, until: due.until };
                self.history.note(|told| told.rests.push(rest));
                seat.rest = Some(due.until);
            }
            News::Settled(results) => {
                for one in results {
                    self.history.note(|told| told.answers.entry(one.id).or_default().push(one.outcome));
                    if one.outcome.is_success() {
                        seat.settled.push(one.id);
                    }
                }
            }
            News::Lost(lost) => lost.iter().for_each(|one| self.gone(seat, &one.item, now)),
            News::GivenBack(items) => items.iter().for_each(|item| self.gone(seat, item, now)),
            News::TakenOver(_) => seat.over = true,
            _ => {}
        }
    }

    fn served(&self, seat: &mut Seat, served: &Served, now: Timestamp) {
        let (item, round) = (served.item.id.clone(), served.round);
        let held = Held {
            person: self.name.clone(),
            item: item.clone(),
            round,
            served: served.lease_until - LEASE,
            from: now,
            until: served.lease_until,
        };
        let at = self.history.note(|told| {
            told.leases.push(held);
            told.leases.len() - 1
        });
        seat.held.push((item, round, at));
    }

    fn gone(&self, seat: &mut Seat, item: &str, now: Timestamp) {
        seat.ahead.retain(|served| served.item.id != item);
        self.end_of(seat, item, now);
    }

    /// From here on somebody else may have it.
    fn end_of(&self, seat: &mut Seat, item: &str, now: Timestamp) {
        seat.held.retain(|(held, _, at)| {
            if held == item {
                self.history.note(|told| told.leases[*at].until = told.leases[*at].until.min(now));
            }
            held != item
        });
    }

    fn give_up_all(&self, seat: &mut Seat) {
        let now = seat.clock.now().wall;
        for (_, _, at) in seat.held.drain(..) {
            self.history.note(|told| told.leases[at].until = told.leases[at].until.min(now));
        }
    }
}

impl Seat {
    fn has(&self, served: &Served) -> bool {
        self.held.iter().any(|(item, round, _)| *item == served.item.id && *round == served.round)
    }
}

fn sight(served: &Served) -> Sight {
    Sight {
        item: served.item.id.clone(),
        revision: served.item.revision,
        seen: Seen::Full,
        opened: Some(Opened::Text),
        severity: None,
        presented_at: None,
        active_ms: Some(20),
    }
}

/// What a stream has told: the numbers of events, and what it said was missing.
#[derive(Default)]
struct Stream {
    events: Vec<u64>,
    gaps: Vec<(u64, u64)>,
}

/// When something happens next: a desk has noted something. `false` once the morning is over.
async fn goes_on(noted: &mut watch::Receiver<()>, over: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        biased;
        _ = over.wait_for(|over| *over) => false,
        noted = noted.changed() => noted.is_ok(),
    }
}

/// Somebody who only listens, and takes the stream up where it broke.
async fn listen(
    line: SocketAddr,
    token: String,
    (mut noted, mut over): (watch::Receiver<()>, watch::Receiver<bool>),
    told: Arc<Mutex<Stream>>,
) {
    let place = Place { least_wait: LEAST_WAIT, ..Place::new(format!("http://{line}"), token) };
    let calls = Calls::new(place, QueueClock::new()).expect("a client");
    let mut last = None;
    while !*over.borrow() {
        noted.mark_unchanged();
        let Some(mut feed) = calls.feed(last).await else {
            // Nobody hears anything on a dead line: whoever does shows that it is worth trying again.
            goes_on(&mut noted, &mut over).await;
            continue;
        };
        while let Ok(Some(frames)) = tokio::time::timeout(Duration::from_secs(2), feed.next()).await {
            let mut heard = told.lock().expect("nobody panics with it");
            for frame in frames {
                if frame.kind == "gap" {
                    let said: serde_json::Value = serde_json::from_str(&frame.data).expect("JSON");
                    heard.gaps.push((said["after"].as_u64().unwrap_or(0), said["until"].as_u64().unwrap_or(0)));
                } else if frame.kind != "hello" {
                    heard.events.extend(frame.id);
                }
                last = frame.id.or(last);
            }
        }
    }
}

/// A supervisor who always finds something to set, so that there is something to tell.
async fn fuss(line: SocketAddr, token: String, (mut noted, mut over): (watch::Receiver<()>, watch::Receiver<bool>)) {
    let http = reqwest::Client::builder().timeout(Duration::from_secs(2)).build().expect("a client");
    let mut number = 0u32;
    while goes_on(&mut noted, &mut over).await {
        number += 1;
        let title = json!({"title": format!("The {number}th")});
        let put = http.put(format!("http://{line}/v1/queues/default")).bearer_auth(&token).json(&title);
        let _ = put.send().await;
    }
}

/// The whole of it, on whatever the team's queue is kept in.
pub fn a_random_morning(team: Team, seed: u64) {
    let (desks, decisions) = (many("MODDESK_FAULT_DESKS", 5), many("MODDESK_FAULT_DECISIONS", DECISIONS));
    let kills = many("MODDESK_FAULT_KILLS", 4);
    let mut serving = Serving::begin(team, desks, decisions * 3);
    let proxy = serving.runtime.block_on(Proxy::start(serving.address, seed));
    let history = Arc::new(History::default());
    let left = Arc::new(AtomicUsize::new(decisions));
    let (done, over) = watch::channel(false);
    let going_on = || (history.listen(), over.clone());
    let heard: Arc<Mutex<Stream>> = Arc::default();
    let ear = serving.runtime.spawn(listen(proxy.address, serving.supervisor.clone(), going_on(), Arc::clone(&heard)));
    serving.runtime.spawn(fuss(proxy.address, serving.supervisor.clone(), going_on()));
    let people: Vec<_> = (0..desks)
        .map(|number| {
            let person = Person {
                name: serving.people[number].0.clone(),
                token: serving.people[number].1.clone(),
                line: proxy.address,
                journal: serving.folder.path().join(format!("journal-{number}")),
                history: history.clone(),
                dice: Dice::new(seed ^ ((number as u64) << 40)),
                left: left.clone(),
            };
            std::thread::spawn(move || person.work())
        })
        .collect();
    // One way; half of a round trip.
    let slow = Duration::from_millis(many("MODDESK_FAULT_DELAY_MS", 8) as u64);
    let bad = Weather { delay: slow, lost: 10, cut: 15, silent: 2, again: 60, ..Weather::default() };
    let quick = if slow > LEAST_WAIT / 10 { slow } else { Duration::ZERO };
    for stage in 0..=kills {
        proxy.set(if stage % 2 == 0 { bad } else { Weather { cut: 40, delay: quick, ..bad } });
        let until = decisions * (kills - stage) / (kills + 1);
        let began = Instant::now();
        while left.load(SeqCst) > until && began.elapsed() < TOO_LONG && !people.iter().any(|one| one.is_finished()) {
            std::thread::park_timeout(Duration::from_millis(20));
        }
        if stage < kills {
            serving.kill(stage);
        }
    }
    // Whoever still has something on the way gets a good line for it.
    proxy.set(Weather::default());
    for person in people {
        person.join().expect("a desk lives through it");
    }
    done.send_replace(true);
    proxy.cut();
    serving.runtime.block_on(ear).expect("the ear ends");
    let store = serving.end();
    let Stream { events, gaps } = std::mem::take(&mut *heard.lock().expect("nobody panics with it"));
    serving.runtime.block_on(async {
        let sum = history.check(&store).await;
        let events = no_silent_gap(&store, &events, &gaps).await;
        assert!(sum.acknowledged >= decisions / 2 && sum.leases >= sum.acknowledged, "{sum:?}");
        assert!(sum.refused < decisions / 4 && sum.undone > 0 && sum.rests > 0, "{sum:?}");
        assert!(events > 0, "the stream told something");
        crate::serving::tell(&format!("{sum:?}, {events} events told, {} gaps announced", gaps.len()));
    });
}

#[test]
fn a_random_morning_on_a_bad_line_with_the_server_killed() {
    a_random_morning(Team::Sqlite, 20_261_122);
}

#[test]
fn a_random_morning_with_the_server_killed_and_its_database_crashed() {
    match Cluster::start() {
        Some(cluster) => a_random_morning(Team::Postgres(cluster), 47_114_711),
        None => crate::serving::tell("SKIPPED, PostgreSQL is not installed"),
    }
}
