//! Orders from the screen, and decisions on their way.

use super::answer::Answer;
use super::errand::Errand;
use super::patience::Patience;
use super::work::{Begin, Calling, LINGER, SIGHT_LINGER, Work};
use super::{Order, Unsettled};
use crate::desk::hands::Place;
use crate::desk::journal::{Entry, Slot};
use crate::desk::ledger::Stage;
use crate::desk::{Ask, LineError, News, Unsent, prefetch};
use crate::moderation::{Alert, By, Outcome, Recorded};
use crate::store::Decided;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

/// Who decides faster than this has no use for what is counted beside an item.
pub(super) const READING: Duration = Duration::from_millis(150);

impl Work {
    /// Does what the screen says.
    pub fn follow(&mut self, order: Order) {
        match order {
            Order::Held { seq, delay, sights } => {
                let now = Instant::now();
                let rests = self.on_break.is_some() || self.resting || self.over.is_some();
                self.due.insert(seq, if rests { now } else { now + delay });
                if delay > SIGHT_LINGER {
                    self.sights.extend(sights);
                    self.sights_by.get_or_insert(now + SIGHT_LINGER);
                }
                if let Some(last) = self.last_hold.replace(now) {
                    self.pace = prefetch::pace(self.pace, now - last);
                }
                self.enough = false;
            }
            Order::TakenBack(seq) => {
                self.due.remove(&seq);
            }
            Order::Close(reply) => {
                self.closing = Some(reply);
                self.quiet_until = None;
                self.send_all_now();
                if self.over.is_none() && !self.ended {
                    self.hand_back(true);
                }
            }
            Order::Ask(ask) => self.answer_to(ask),
        }
    }

    fn answer_to(&mut self, ask: Ask) {
        match ask {
            Ask::Begin { ends_at, take_over } => {
                self.begin = Some(Begin { ends_at, take_over });
                self.signed_out = false;
                self.ended = false;
                self.quiet_until = None;
            }
            Ask::Prefetch(many) => self.prefetch = many,
            // Done on the screen's thread already; a claim may be wanted now.
            Ask::Shown(item) => {
                if self.may_have_precedents(&item) {
                    self.seek_beside(item);
                }
            }
            Ask::Release(sights) => self.errands.push_back(Errand::Release(sights)),
            Ask::Pass(pass) => {
                let pass = Box::new(pass);
                let slot = self.journal(&Entry::Pass(pass.clone()));
                self.errands.push_back(Errand::Pass { pass, slot });
            }
            Ask::Doubt(doubt) => {
                let slot = self.journal(&Entry::Doubt(Box::new(doubt.clone())));
                self.errands.push_back(Errand::Doubt { doubt: Box::new(doubt), slot });
            }
            Ask::Answer(doubt, answer) => self.errands.push_back(Errand::Answer(doubt, answer)),
            Ask::KeepPrecedent(doubt, keep) => self.errands.push_back(Errand::Keep(doubt, keep)),
            Ask::Confirm(messages) => self.errands.push_back(Errand::Confirm(messages)),
            Ask::TakeUp(item) => self.errands.push_back(Errand::TakeUp(item)),
            Ask::Precedents(seeking) => self.seek(seeking),
            Ask::Expose(sight) => {
                self.sights.push(sight);
                self.sights_by.get_or_insert(Instant::now() + SIGHT_LINGER);
            }
            Ask::Reverse(decision) => {
                let id = Uuid::now_v7();
                let slot = self.journal(&Entry::Reversal { decision, id });
                self.errands.push_back(Errand::Reverse { decision, id, slot });
            }
            Ask::Alert(alert) => {
                let slot = self.journal(&Entry::Alert(Box::new(alert.clone())));
                self.call_out(alert, slot);
            }
            Ask::BeginBreak { rule, said } => self.begin_break(&rule, said),
            Ask::EndBreak => self.errands.push_back(Errand::EndBreak),
            Ask::AgreeGraphic => self.errands.push_back(Errand::Agree),
            Ask::Author(id) => {
                let line = Arc::clone(&self.line);
                self.calls.spawn(async move {
                    let figures = line.author(&id).await;
                    Answer::Author(id, figures)
                });
            }
            Ask::History(item) => {
                let line = Arc::clone(&self.line);
                self.calls.spawn(async move {
                    let entries = line.history(&item).await;
                    Answer::History(item, entries)
                });
            }
            Ask::Groups(item) => {
                let (line, in_hand) = (Arc::clone(&self.line), self.in_hand());
                self.calls.spawn(async move {
                    // Counted for whoever stops to read: in a long queue it takes longer than a quick decision.
                    tokio::time::sleep(READING).await;
                    let in_hand = in_hand(&item);
                    let groups = match in_hand {
                        true => line.groups(&item, None).await,
                        false => Err(LineError::Refused("it is decided meanwhile".into())),
                    };
                    Answer::Groups(item, groups)
                });
            }
            Ask::Thread(item) => {
                let line = Arc::clone(&self.line);
                self.calls.spawn(async move {
                    let thread = line.thread(&item).await;
                    Answer::Thread(item, thread)
                });
            }
            Ask::Mine => {
                let line = Arc::clone(&self.line);
                self.calls.spawn(async move { Answer::Mine(line.mine().await) });
            }
            Ask::OptOut(topics) => {
                let line = Arc::clone(&self.line);
                self.calls.spawn(async move {
                    let changed = line.opt_outs(Some(&topics)).await;
                    Answer::Mine(match changed {
                        Ok(_) => line.mine().await,
                        Err(error) => Err(error),
                    })
                });
            }
            Ask::Picture(look) => self.look_at(look),
            Ask::CoverPicture => self.picture = None,
            Ask::OpenBatch(item, by) => self.errands.push_back(Errand::Gather { item, by, ahead: false }),
            Ask::TakeThread(item) => self.errands.push_back(Errand::Gather { item, by: By::Thread, ahead: true }),
            Ask::Away(away) => {
                self.away = away;
                self.enough = false;
                if away {
                    self.hand_back(true);
                }
            }
            Ask::Read(ids) => self.ledger.read(&ids),
            Ask::SendHeld => self.send_all_now(),
            Ask::EndShift(notes) => {
                self.send_all_now();
                self.hand_back(true);
                self.ended = true;
                self.errands.push_back(Errand::EndShift(notes));
            }
        }
    }

    /// Keeps something that must not be lost until it is answered. A full disk does not stop it from being sent.
    fn journal(&self, entry: &Entry<'_>) -> Option<Slot> {
        self.ledger.write(entry).inspect_err(|error| tracing::warn!(%error, "sent without being kept")).ok()
    }

    /// What is held leaves at once, before anything that is asked after it.
    pub fn send_all_now(&mut self) {
        let now = Instant::now().checked_sub(LINGER).unwrap_or_else(Instant::now);
        for due in self.due.values_mut() {
            *due = now.min(*due);
        }
    }

    /// The queue's answer to decisions, or that there was none.
    pub fn decided(
        &mut self,
        seqs: &[u64],
        ids: &[Uuid],
        rode: bool,
        result: Result<Decided, LineError>,
        took: Duration,
    ) {
        match result {
            Ok(decided) => {
                self.well(Some(took));
                self.settle(seqs, &decided.results);
                self.tell_line(Ok(self.shown_trip()));
                if let Some(claimed) = decided.claimed {
                    self.claimed(claimed);
                } else if rode {
                    self.enough = true;
                }
                if decided.results.is_empty() {
                    // An answer without results would be asked for again at once, for ever.
                    self.trouble(&LineError::Unsure("the answer names no decision".into()));
                }
            }
            Err(LineError::Refused(message)) if ids.len() == 1 => {
                self.well(None);
                let refused = Recorded {
                    id: ids[0],
                    outcome: Outcome::Refused,
                    state: None,
                    by: None,
                    verdict: None,
                    message: Some(message),
                    item: None,
                };
                self.settle(seqs, &[refused]);
            }
            Err(LineError::Refused(message)) => self.send_singly(&message),
            Err(error) => {
                if !matches!(error, LineError::Unsure(_)) {
                    let mut inner = self.ledger.lock();
                    for seq in seqs {
                        if let Some(filed) = inner.held.get_mut(seq)
                            && filed.open.len() == filed.whole
                        {
                            filed.stage = Stage::Held;
                        }
                    }
                }
                self.trouble(&error);
            }
        }
    }

    /// A whole call refused says nothing about each decision in it: they are filed apart, and the next calls carry
    /// one each.
    fn send_singly(&mut self, message: &str) {
        tracing::warn!(message, "a call with several decisions was refused; they go one by one");
        self.singly = true;
    }

    fn settle(&mut self, seqs: &[u64], results: &[Recorded]) {
        let impossible = self.ledger.settle(seqs, results);
        let inner = self.ledger.lock();
        let done: Vec<u64> = seqs.iter().copied().filter(|seq| !inner.held.contains_key(seq)).collect();
        drop(inner);
        for seq in done {
            self.due.remove(&seq);
            self.recovery.waiting.remove(&seq);
        }
        let sent = results.iter().filter(|one| one.outcome.is_success() && self.recovery.ids.contains(&one.id));
        self.recovery.sent += sent.count() as u64;
        let ids = &self.recovery.ids;
        let refused: Vec<Unsettled> =
            impossible.into_iter().filter(|one| !self.recovery.told && ids.contains(&one.decision.id)).collect();
        self.recovery.impossible.extend(refused);
        self.enough = false;
        if !results.is_empty() {
            self.tell(News::Settled(results.to_vec()));
        }
        self.tell_recovered();
    }

    /// Once, when all that the journal had is answered.
    pub fn tell_recovered(&mut self) {
        if self.recovery.told || !self.begun || !self.recovery.waiting.is_empty() {
            return;
        }
        self.recovery.told = true;
        let drafts: Vec<_> =
            self.ledger.lock().drafts.iter().map(|(item, (_, draft))| (item.clone(), draft.clone())).collect();
        let (sent, impossible) = (self.recovery.sent, std::mem::take(&mut self.recovery.impossible));
        if sent > 0 || !impossible.is_empty() || !drafts.is_empty() {
            self.tell(News::Recovered { sent, impossible, drafts });
        }
    }

    /// Puts an alert on its way; sent again with more, it replaces what has not left yet.
    pub fn call_out(&mut self, alert: Alert, slot: Option<Slot>) {
        let older = self.calling.iter().position(|calling| calling.alert.id == alert.id && !calling.busy);
        if let Some(older) = older.map(|at| self.calling.remove(at)) {
            self.ledger.erase(older.slot);
        }
        let patience = Patience::of(&self.desk);
        self.calling.push(Calling { alert, slot, patience, not_before: Instant::now(), busy: false });
    }

    /// Alerts wait for nothing else on the line.
    pub fn start_alerts(&mut self) {
        let now = Instant::now();
        if !self.begun && self.begin.is_none() {
            return;
        }
        let mut leaving = Vec::new();
        for at in 0..self.calling.len() {
            let id = self.calling[at].alert.id;
            // In the order in which they were completed, one call at a time for each.
            let first = self.calling.iter().position(|calling| calling.alert.id == id) == Some(at);
            let calling = &mut self.calling[at];
            if first && !calling.busy && calling.not_before <= now {
                calling.busy = true;
                leaving.push(calling.alert.clone());
            }
        }
        for alert in leaving {
            let line = Arc::clone(&self.line);
            self.calls.spawn(async move {
                let result = line.alert(&alert).await.map(Box::new);
                Answer::Alerted(alert, result)
            });
        }
    }

    /// An alert has left, or has not.
    pub fn alerted(&mut self, alert: &Alert, result: Result<Box<crate::moderation::alert::AlertState>, LineError>) {
        let Some(at) = self.calling.iter().position(|calling| calling.busy && calling.alert.id == alert.id) else {
            return;
        };
        match result {
            Ok(state) => {
                let calling = self.calling.remove(at);
                self.ledger.erase(calling.slot);
                self.raised.insert(alert.id, (*state).clone());
                self.tell(News::Alert(Ok(state)));
            }
            Err(error) => {
                let call = self.call_list(&alert.item);
                if matches!(error, LineError::Refused(_)) {
                    let calling = self.calling.remove(at);
                    self.ledger.erase(calling.slot);
                } else {
                    let calling = &mut self.calling[at];
                    calling.busy = false;
                    // Never longer than a quarter of a minute: it is somebody's life.
                    let wait = calling.patience.after_failure().min(Duration::from_secs(15));
                    calling.not_before = Instant::now() + wait;
                }
                self.tell(News::Alert(Err(Unsent { alert: alert.clone(), why: error.to_string(), call })));
            }
        }
    }

    fn call_list(&self, item: &str) -> Vec<String> {
        let inner = self.ledger.lock();
        let client = inner.hands.get(item).map(|hand| hand.served.client.clone());
        let list = client.and_then(|client| self.call_lists.get(&client));
        list.or_else(|| self.call_lists.values().find(|list| !list.is_empty())).cloned().unwrap_or_default()
    }

    /// Hands back what is undecided: all of it, or only what was never shown.
    pub fn hand_back(&mut self, shown: bool) {
        let mut inner = self.ledger.lock();
        let items = inner.hands.undecided(shown);
        let sights: Vec<_> = items.iter().map(|item| inner.hands.sight(item)).collect();
        for item in &items {
            if let Some(hand) = inner.hands.get_mut(item) {
                hand.place = Place::Leaving;
            }
        }
        drop(inner);
        if !items.is_empty() {
            self.errands.push_back(Errand::Release(sights));
            self.tell(News::GivenBack(items));
        }
    }
}
