//! A queue that does what a test says, and writes down what it was asked.

use crate::desk::{Line, LineError};
use crate::moderation::alert::AlertState;
use crate::moderation::author::AuthorFigures;
use crate::moderation::claim::{BreakDue, LostLease, Why};
use crate::moderation::doubt::{Answer, Seeking};
use crate::moderation::group::Thread;
use crate::moderation::policy::Policies;
use crate::moderation::shift::{Handover, ShiftState};
use crate::moderation::{
    Alert, By, Claim, Claimed, Client, Decision, Doubt, DoubtState, Exposure, Group, Item, Messages, Outcome, Pass,
    Precedent, Queue, Recorded, Refusal, Served, Sight,
};
use crate::store::{Decided, HistoryEntry, Kept, Renewed, Reverse};
use async_trait::async_trait;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::watch;
use uuid::Uuid;

pub const LEASE: u64 = 300;

#[derive(Default)]
pub struct State {
    pub waiting: VecDeque<Served>,
    pub leased: BTreeMap<String, Served>,
    /// By item: decision and round.
    pub decided: BTreeMap<String, (Decision, u32)>,
    pub ids: BTreeSet<Uuid>,
    pub reversed: Vec<Uuid>,
    pub passed: Vec<String>,
    pub seen: Vec<Sight>,
    pub released: Vec<Sight>,
    pub alerts: Vec<AlertState>,
    pub desk: Option<String>,
    pub running: bool,
    pub on_break: Option<BreakDue>,
    pub notes: Vec<Handover>,
    /// What was asked, in one word and its figures.
    pub calls: Vec<String>,
    /// Answers of the next calls of that name.
    pub failing: Vec<(&'static str, LineError)>,
    /// The next decide is done and its answer lost.
    pub swallow: bool,
    /// Decisions on these items are refused so.
    pub conflicts: BTreeMap<String, Outcome>,
    /// Questions, by id.
    pub asked: BTreeMap<Uuid, DoubtState>,
    /// How long the answer to a claim is on its way.
    pub slow: Duration,
    /// How long a reversal takes there and back.
    pub trip: Duration,
    /// Takes every decision, and writes its id down for good.
    pub record: Option<File>,
}

/// Shared with the test.
#[derive(Clone)]
pub struct FakeLine {
    pub state: Arc<Mutex<State>>,
    ring: Arc<watch::Sender<u64>>,
}

pub fn served(id: &str, round: u32) -> Served {
    let item = Item { id: id.into(), revision: 1, text: Some("words".into()), ..Item::default() };
    Served {
        item,
        queue: "default".into(),
        client: "default".into(),
        round,
        lease_until: Timestamp::UNIX_EPOCH,
        due_at: None,
        severity: Default::default(),
        actions: vec!["approve".into()],
        rounds: Vec::new(),
        author: None,
        alike: Vec::new(),
    }
}

impl FakeLine {
    pub fn with(items: usize) -> Self {
        let waiting = (1..=items).map(|number| served(&format!("i{number}"), 1)).collect();
        Self { state: Arc::new(Mutex::new(State { waiting, ..State::default() })), ring: Arc::new(watch::channel(0).0) }
    }

    /// A queue that takes every decision and outlives its process.
    pub fn recording(path: &Path) -> Self {
        let line = Self::with(3);
        let file = OpenOptions::new().create(true).append(true).open(path).unwrap();
        let written = std::fs::read_to_string(path).unwrap();
        {
            let mut state = line.state();
            state.ids = written.lines().map(|id| id.parse().unwrap()).collect();
            state.record = Some(file);
        }
        line
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub fn ring(&self) {
        self.ring.send_modify(|n| *n += 1);
    }

    /// The next call of that name is answered so.
    pub fn fail(&self, call: &'static str, error: LineError) {
        self.state().failing.push((call, error));
    }

    pub fn calls(&self) -> Vec<String> {
        std::mem::take(&mut self.state().calls)
    }

    fn called(&self, call: &'static str, figures: String) -> Result<MutexGuard<'_, State>, LineError> {
        let mut state = self.state();
        state.calls.push(format!("{call}{figures}"));
        if let Some(at) = state.failing.iter().position(|(name, _)| *name == call) {
            return Err(state.failing.remove(at).1);
        }
        Ok(state)
    }

    fn shift_of(state: &State) -> ShiftState {
        ShiftState {
            running: state.running,
            desk: state.desk.clone(),
            on_break: state.on_break.clone(),
            ..ShiftState::default()
        }
    }
}

fn claim_from(state: &mut State, claim: &Claim) -> Claimed {
    if let (Some(desk), Some(open), Some(_)) = (&claim.desk, &state.desk, &claim.have)
        && desk != open
    {
        return Claimed::TakenOver { desk_taken_over: open.clone() };
    }
    state.desk = claim.desk.clone().or(state.desk.take());
    if let Some(due) = &state.on_break {
        return Claimed::BreakDue { break_due: due.clone() };
    }
    let have = claim.have.clone().unwrap_or_default();
    if let Some(wanted) = &claim.items {
        let mut items = Vec::new();
        for id in wanted {
            if let Some(at) = state.waiting.iter().position(|served| served.item.id == *id) {
                let served = state.waiting.remove(at).expect("it was just found");
                state.leased.insert(id.clone(), served);
            }
            items.extend(state.leased.get(id).cloned());
        }
        return Claimed::Items { items, waiting: 0, why: None };
    }
    let mut items: Vec<Served> =
        state.leased.values().filter(|served| !have.contains(&served.item.id)).cloned().collect();
    items.truncate(claim.max as usize);
    while items.len() < claim.max as usize {
        let Some(served) = state.waiting.pop_front() else { break };
        state.leased.insert(served.item.id.clone(), served.clone());
        items.push(served);
    }
    let why = items.is_empty().then_some(Why::Empty);
    Claimed::Items { items, waiting: state.waiting.len() as u64, why }
}

fn record(state: &mut State, decision: &Decision) -> Recorded {
    let answer = |outcome| Recorded {
        id: decision.id,
        outcome,
        state: None,
        by: None,
        verdict: None,
        message: None,
        item: None,
    };
    if state.ids.contains(&decision.id) {
        return answer(Outcome::AlreadyRecorded);
    }
    if let Some(file) = &mut state.record {
        file.write_all(format!("{}\n", decision.id).as_bytes()).unwrap();
        state.ids.insert(decision.id);
        return answer(Outcome::Recorded);
    }
    if let Some(outcome) = state.conflicts.get(&decision.item) {
        return answer(*outcome);
    }
    if state.decided.contains_key(&decision.item) {
        return answer(Outcome::Conflict);
    }
    if state.leased.remove(&decision.item).is_none() {
        return answer(Outcome::NotLeased);
    }
    state.ids.insert(decision.id);
    state.decided.insert(decision.item.clone(), (decision.clone(), 1));
    answer(Outcome::Recorded)
}

fn doubt_state(doubt: &Doubt) -> DoubtState {
    DoubtState {
        id: doubt.id,
        to: doubt.to,
        question: doubt.question.clone(),
        by: "ines".into(),
        at: Timestamp::UNIX_EPOCH,
        item: doubt.sight.item.clone(),
        revision: 1,
        queue: "default".into(),
        client: "default".into(),
        severity: Default::default(),
        due_at: None,
        parked_until: None,
        answers: Vec::new(),
        settled: None,
        precedent: false,
        mine: true,
        read: true,
    }
}

#[async_trait]
impl Line for FakeLine {
    fn who(&self) -> &str {
        "ines"
    }
    fn backend(&self) -> &str {
        "fake"
    }
    async fn claim(&self, claim: &Claim) -> Result<Claimed, LineError> {
        let have = claim.have.as_ref().map_or("fresh".to_owned(), |have| have.join("+"));
        let (answer, slow) = {
            let mut state = self.called("claim", format!(" {} {have}", claim.max))?;
            (claim_from(&mut state, claim), state.slow)
        };
        tokio::time::sleep(slow).await;
        Ok(answer)
    }
    async fn renew(&self, desk: &str, items: &[String]) -> Result<Renewed, LineError> {
        let state = self.called("renew", format!(" {}", items.join("+")))?;
        if state.desk.as_deref() != Some(desk) {
            return Err(LineError::TakenOver(state.desk.clone().unwrap_or_default()));
        }
        let (kept, lost): (Vec<_>, Vec<_>) = items.iter().cloned().partition(|id| state.leased.contains_key(id));
        Ok(Renewed {
            renewed: kept.into_iter().map(|id| (id, Timestamp::UNIX_EPOCH)).collect(),
            lost: lost.into_iter().map(|item| Refusal { item, why: LostLease::Expired }).collect(),
            break_due: state.on_break.clone(),
        })
    }
    async fn release(&self, items: &[Sight]) -> Result<Vec<Refusal>, LineError> {
        let names: Vec<_> = items.iter().map(|sight| sight.item.as_str()).collect();
        let mut state = self.called("release", format!(" {}", names.join("+")))?;
        for sight in items {
            if let Some(served) = state.leased.remove(&sight.item) {
                state.waiting.push_front(served);
            }
            state.released.push(sight.clone());
        }
        Ok(Vec::new())
    }
    async fn decide(&self, decisions: &[Decision], claim: Option<&Claim>) -> Result<Decided, LineError> {
        let names: Vec<_> = decisions.iter().map(|one| one.item.as_str()).collect();
        let mut state =
            self.called("decide", format!(" {}{}", names.join("+"), if claim.is_some() { " +claim" } else { "" }))?;
        let results = decisions.iter().map(|one| record(&mut state, one)).collect();
        if std::mem::take(&mut state.swallow) {
            return Err(LineError::Unsure("cut".into()));
        }
        let claimed = claim.map(|claim| claim_from(&mut state, claim));
        Ok(Decided { results, claimed })
    }
    async fn doubt(&self, doubt: &Doubt) -> Result<DoubtState, LineError> {
        let mut state = self.called("doubt", format!(" {}", doubt.sight.item))?;
        state.leased.remove(&doubt.sight.item);
        let settled = state.asked.entry(doubt.id).or_insert_with(|| doubt_state(doubt));
        Ok(settled.clone())
    }
    async fn answer(&self, doubt: Uuid, _: &Answer) -> Result<DoubtState, LineError> {
        let state = self.called("answer", String::new())?;
        state.asked.get(&doubt).cloned().ok_or_else(|| LineError::Refused("there is no such doubt".into()))
    }
    async fn keep_precedent(&self, doubt: Uuid, _: bool) -> Result<DoubtState, LineError> {
        let state = self.called("keep", String::new())?;
        state.asked.get(&doubt).cloned().ok_or_else(|| LineError::Refused("there is no such doubt".into()))
    }
    async fn precedents(&self, _: &Seeking) -> Result<Vec<Precedent>, LineError> {
        Ok(Vec::new())
    }
    async fn messages(&self) -> Result<Messages, LineError> {
        let state = self.state.lock().unwrap();
        Ok(Messages { doubts: state.asked.values().cloned().collect(), ..Messages::default() })
    }
    async fn confirm(&self, _: &[Uuid]) -> Result<(), LineError> {
        self.called("confirm", String::new()).map(drop)
    }
    async fn reverse(&self, decision: Uuid, reverse: &Reverse) -> Result<Recorded, LineError> {
        let trip = self.state().trip;
        tokio::time::sleep(trip).await;
        let mut state = self.called("reverse", String::new())?;
        let found = state.decided.iter().find(|(_, (one, _))| one.id == decision).map(|(item, _)| item.clone());
        let Some(item) = found else { return Err(LineError::Refused("there is no such decision".into())) };
        state.decided.remove(&item);
        state.reversed.push(decision);
        let served = served(&item, 2);
        state.leased.insert(item, served.clone());
        Ok(Recorded {
            id: reverse.id,
            outcome: Outcome::Recorded,
            state: None,
            by: None,
            verdict: None,
            message: None,
            item: Some(Box::new(served)),
        })
    }
    async fn pass(&self, passes: &[Pass]) -> Result<Vec<Refusal>, LineError> {
        let mut state = self.called("pass", format!(" {}", passes[0].sight.item))?;
        for pass in passes {
            state.leased.remove(&pass.sight.item);
            state.passed.push(pass.sight.item.clone());
        }
        Ok(Vec::new())
    }
    async fn expose(&self, exposures: &[Exposure]) -> Result<(), LineError> {
        let mut state = self.called("expose", format!(" {}", exposures.len()))?;
        state.seen.extend_from_slice(exposures);
        Ok(())
    }
    async fn start_shift(&self, _: Option<Timestamp>) -> Result<ShiftState, LineError> {
        let mut state = self.called("start_shift", String::new())?;
        state.running = true;
        Ok(Self::shift_of(&state))
    }
    async fn end_shift(&self, notes: &[Handover]) -> Result<(), LineError> {
        let mut state = self.called("end_shift", String::new())?;
        state.running = false;
        state.desk = None;
        state.notes = notes.to_vec();
        Ok(())
    }
    async fn shift(&self) -> Result<ShiftState, LineError> {
        Ok(Self::shift_of(&*self.called("shift", String::new())?))
    }
    async fn begin_break(&self, said: Option<&str>) -> Result<ShiftState, LineError> {
        let mut state = self.called("begin_break", format!(" {}", said.unwrap_or_default()))?;
        let until = Timestamp::MAX;
        state.on_break = Some(BreakDue { until, rule: "voluntary".into(), required_s: 0 });
        Ok(Self::shift_of(&state))
    }
    async fn end_break(&self) -> Result<ShiftState, LineError> {
        let mut state = self.called("end_break", String::new())?;
        state.on_break = None;
        Ok(Self::shift_of(&state))
    }
    async fn agree_graphic(&self) -> Result<ShiftState, LineError> {
        Ok(Self::shift_of(&*self.called("agree_graphic", String::new())?))
    }
    async fn alert(&self, alert: &Alert) -> Result<AlertState, LineError> {
        let mut state = self.called("alert", String::new())?;
        let raised = AlertState { alert: alert.clone(), by: "ines".into(), taken: None, call: Vec::new() };
        state.alerts.push(raised.clone());
        Ok(raised)
    }
    async fn alerts(&self) -> Result<Vec<AlertState>, LineError> {
        Ok(self.called("alerts", String::new())?.alerts.clone())
    }
    async fn clients(&self) -> Result<Vec<Client>, LineError> {
        let contacts = vec!["Sonia, 12 34".to_owned()];
        Ok(vec![Client { name: "default".into(), contacts, ..Client::default() }])
    }
    async fn policies(&self, _: &str) -> Result<Policies, LineError> {
        Ok(Policies { version: "built-in 1".into(), policies: Vec::new() })
    }
    async fn queues(&self) -> Result<Vec<Queue>, LineError> {
        let mut queue = Queue::new("default", "default");
        queue.lease_s = LEASE;
        Ok(vec![queue])
    }
    async fn item(&self, id: &str) -> Result<Kept, LineError> {
        let state = self.called("item", format!(" {id}"))?;
        let at = |served: &Served, what: &str| Kept {
            item: served.item.clone(),
            queue: served.queue.clone(),
            client: served.client.clone(),
            state: what.into(),
            round: served.round,
            due_at: None,
            decisions: Vec::new(),
        };
        if let Some(served) = state.leased.get(id) {
            return Ok(at(served, "leased"));
        }
        if let Some(served) = state.waiting.iter().find(|served| served.item.id == id) {
            return Ok(at(served, "waiting"));
        }
        if state.decided.contains_key(id) {
            return Ok(at(&served(id, 1), "decided"));
        }
        Err(LineError::Refused("there is no such item".into()))
    }
    async fn history(&self, _: &str) -> Result<Vec<HistoryEntry>, LineError> {
        Ok(Vec::new())
    }
    async fn author(&self, _: &str) -> Result<AuthorFigures, LineError> {
        Ok(AuthorFigures::default())
    }
    async fn groups(&self, item: &str, by: Option<By>) -> Result<Vec<Group>, LineError> {
        let state = self.called("groups", format!(" {item}"))?;
        let mut items: Vec<String> = state.leased.keys().cloned().collect();
        items.extend(state.waiting.iter().map(|served| served.item.id.clone()));
        items.sort_by_key(|other| (other != item, other.clone()));
        let waiting = items.len() as u64;
        Ok(vec![Group { by: by.unwrap_or(By::Text), items, waiting, elsewhere: 0, left_out: 0 }])
    }
    async fn thread(&self, _: &str) -> Result<Thread, LineError> {
        Ok(Thread::default())
    }
    fn rings(&self) -> watch::Receiver<u64> {
        self.ring.subscribe()
    }
}
