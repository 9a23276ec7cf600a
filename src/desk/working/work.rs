//! The desk's own thread: what it knows, and the loop that waits for orders, answers, rings and moments.
//!
//! Calls that change the queue go one at a time, so that `have` is always true when a claim leaves; reads and alerts
//! go beside them. With nothing due the loop waits for ever: an idle desk wakes for a renewal and for nothing else.

use super::answer::Answer;
use super::errand::Errand;
use super::patience::Patience;
use super::{Order, Unsettled};
use crate::desk::journal::{Drawer, Entry, Opened, Slot};
use crate::desk::ledger::{Filed, Ledger, Stage};
use crate::desk::{Down, Hints, Line, LineError, News, Sink, prefetch};
use crate::moderation::alert::AlertState;
use crate::moderation::claim::{BreakDue, Why};
use crate::moderation::shift::ShiftState;
use crate::moderation::{Alert, Messages, Sight};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;
use uuid::Uuid;

/// A decision that leaves waits this long for others, and leaves the first frame after the key to the screen.
pub(super) const LINGER: Duration = Duration::from_millis(2);
/// What was seen waits this long for a call to ride with.
pub(super) const SIGHT_LINGER: Duration = Duration::from_secs(1);

/// What a desk starts with.
pub(super) struct Start {
    pub line: Arc<dyn Line>,
    pub ledger: Ledger,
    pub drawer: Arc<Mutex<Drawer>>,
    pub desk: String,
    pub queues: Vec<String>,
    pub prefetch: u32,
    pub orders: UnboundedReceiver<Order>,
    pub sink: Sink,
}

/// What was asked with [`crate::desk::Ask::Begin`].
#[derive(Clone, Copy)]
pub(super) struct Begin {
    pub ends_at: Option<Timestamp>,
    pub take_over: bool,
}

/// An alert that has no answer yet.
pub(super) struct Calling {
    pub alert: Alert,
    pub slot: Option<Slot>,
    pub patience: Patience,
    pub not_before: Instant,
    pub busy: bool,
}

/// What the journal had when the desk was opened.
#[derive(Default)]
pub(super) struct Recovery {
    pub waiting: BTreeSet<u64>,
    pub ids: BTreeSet<Uuid>,
    pub sent: u64,
    pub impossible: Vec<Unsettled>,
    pub told: bool,
}

/// See the module.
pub(super) struct Work {
    pub line: Arc<dyn Line>,
    pub ledger: Ledger,
    pub drawer: Arc<Mutex<Drawer>>,
    pub desk: String,
    /// Desks of this data directory that are gone, by their journals.
    pub gone: Vec<String>,
    pub queues: Vec<String>,
    pub prefetch: u32,
    pub orders: UnboundedReceiver<Order>,
    pub sink: Sink,
    pub calls: JoinSet<Answer>,
    /// A call that changes the queue is on the way.
    pub busy: bool,
    /// When each held decision leaves.
    pub due: BTreeMap<u64, Instant>,
    pub errands: VecDeque<Errand>,
    /// Seen, not told yet, and by when to tell it alone.
    pub sights: Vec<Sight>,
    pub sights_by: Option<Instant>,
    pub calling: Vec<Calling>,
    /// Alerts of mine that nobody has taken, as last told.
    pub raised: HashMap<Uuid, AlertState>,
    /// Call lists by client.
    pub call_lists: HashMap<String, Vec<String>>,
    /// Half a lease, by queue.
    pub half_leases: HashMap<String, Duration>,
    pub begin: Option<Begin>,
    pub begun: bool,
    /// The next claim is that of a fresh desk.
    pub fresh: bool,
    pub recovery: Recovery,
    pub away: bool,
    /// A voluntary break was asked for and not answered yet.
    pub resting: bool,
    pub on_break: Option<BreakDue>,
    /// A break begins on the screen: one claim, when all is sent and handed back, lets it begin at the queue too.
    pub begins_break: bool,
    pub shift: Option<ShiftState>,
    pub over: Option<String>,
    pub over_told: bool,
    pub signed_out: bool,
    pub ended: bool,
    pub closing: Option<mpsc::Sender<Vec<Unsettled>>>,
    /// The line failed while the desk was leaving.
    pub gave_up: bool,
    pub patience: Patience,
    pub quiet_until: Option<Instant>,
    /// A call with several decisions was refused as a whole: until they are gone, each goes alone.
    pub singly: bool,
    pub round_trip: Option<Duration>,
    pub told_line: (Result<Option<u32>, Down>, u32),
    pub pace: Option<Duration>,
    pub last_hold: Option<Instant>,
    /// A claim brought less than asked: no use in asking before something changed.
    pub enough: bool,
    pub empty_claims: u32,
    pub claim_after: Instant,
    pub poll_at: Option<Instant>,
    pub told_nothing: Option<Why>,
    pub look_at: Option<Instant>,
    pub looked: Option<Instant>,
    /// The queue is not in this process: how the line is, is worth telling.
    pub far: bool,
    /// Clients, policies or queues may have changed.
    pub house_changed: bool,
    /// When to ask what has come to read.
    pub messages_at: Option<Instant>,
    pub told_messages: Messages,
    /// The picture that is open, by its hash; with its bytes where the way to them is long.
    pub picture: Option<(String, Option<Arc<Vec<u8>>>)>,
}

impl Work {
    pub fn new(start: Start) -> Self {
        let Start { line, ledger, drawer, desk, queues, prefetch, orders, sink } = start;
        let patience = Patience::of(&desk);
        let far = line.hints().is_some();
        Self {
            line,
            ledger,
            drawer,
            desk,
            gone: Vec::new(),
            queues,
            prefetch,
            orders,
            sink,
            calls: JoinSet::new(),
            busy: false,
            due: BTreeMap::new(),
            errands: VecDeque::new(),
            sights: Vec::new(),
            sights_by: None,
            calling: Vec::new(),
            raised: HashMap::new(),
            call_lists: HashMap::new(),
            half_leases: HashMap::new(),
            begin: None,
            begun: false,
            fresh: true,
            recovery: Recovery::default(),
            away: false,
            resting: false,
            on_break: None,
            begins_break: false,
            shift: None,
            over: None,
            over_told: false,
            signed_out: false,
            ended: false,
            closing: None,
            gave_up: false,
            patience,
            quiet_until: None,
            singly: false,
            round_trip: None,
            told_line: (Ok(None), 0),
            pace: None,
            last_hold: None,
            enough: false,
            empty_claims: 0,
            claim_after: Instant::now(),
            poll_at: None,
            told_nothing: None,
            look_at: None,
            looked: None,
            far,
            house_changed: false,
            messages_at: None,
            told_messages: Messages::default(),
            picture: None,
        }
    }

    /// Takes in what the journal has.
    pub fn find(&mut self, entries: Vec<(Slot, Entry<'static>)>) {
        for (slot, entry) in entries {
            match entry {
                Entry::Held(decisions) => {
                    let mut inner = self.ledger.lock();
                    let known = inner
                        .held
                        .values()
                        .any(|filed| filed.open.first().map(|one| one.id) == decisions.first().map(|one| one.id));
                    if known {
                        drop(inner);
                        self.ledger.erase([slot]);
                        continue;
                    }
                    self.recovery.ids.extend(decisions.iter().map(|one| one.id));
                    inner.held.insert(slot.seq, Filed::new(slot, decisions.into_owned(), Stage::Held));
                    self.due.insert(slot.seq, Instant::now());
                    self.recovery.waiting.insert(slot.seq);
                }
                Entry::Refused(unsettled) => {
                    self.recovery.impossible.push((*unsettled).clone());
                    self.ledger.lock().refused.push((slot, *unsettled));
                }
                Entry::Reversal { decision, id } => {
                    self.errands.push_back(Errand::Reverse { decision, id, slot: Some(slot) });
                }
                Entry::Pass(pass) => self.errands.push_back(Errand::Pass { pass, slot: Some(slot) }),
                Entry::Doubt(doubt) => self.errands.push_back(Errand::Doubt { doubt, slot: Some(slot) }),
                Entry::Alert(alert) => self.call_out(*alert, Some(slot)),
                Entry::Draft { item, draft } => {
                    let older = self.ledger.lock().drafts.insert(item, (slot, draft.into_owned()));
                    self.ledger.erase(older.map(|(slot, _)| slot));
                }
            }
        }
    }

    /// Moves what desks that are gone left in their journals into this one; answers whether another is still open.
    pub fn adopt_left_behind(&mut self) -> bool {
        let (left, busy) = self.drawer.lock().expect("no reader of a drawer panics").left_behind();
        for opened in left {
            self.adopt(opened);
        }
        busy
    }

    /// Written here and synced before it is erased there: a crash in between leaves it twice, under the same ids.
    pub fn adopt(&mut self, opened: Opened) {
        let Opened { mut journal, title, entries } = opened;
        if !self.gone.contains(&title.desk) {
            self.gone.push(title.desk);
        }
        let mut adopted = Vec::new();
        for (slot, entry) in entries {
            match self.ledger.write(&entry) {
                Ok(here) => adopted.push((slot, here, entry)),
                Err(error) => {
                    tracing::warn!(%error, "what another desk left behind stays where it is");
                    break;
                }
            }
        }
        for (there, here, entry) in adopted {
            if let Err(error) = journal.erase(there) {
                tracing::warn!(%error, "an adopted entry could not be erased where it was");
            }
            self.find(vec![(here, entry)]);
        }
        if let Err(error) = journal.tidy().and_then(|()| journal.sync()) {
            tracing::warn!(%error, "a journal left behind could not be synced");
        }
    }

    /// The thread could not be set up: says so once; keys still reach the journal.
    pub fn fail(self, why: &str) {
        (self.sink)(News::Failed(format!("the desk could not start ({why}); what is decided stays in the journal")));
    }

    pub fn tell(&self, news: News) {
        (self.sink)(news);
    }

    /// Runs until the desk is closed or its screen is gone.
    pub async fn run(mut self) {
        let mut rings = self.line.rings();
        let mut ringing = true;
        let mut hints = self.line.hints();
        let mut known = Hints::default();
        loop {
            self.start_calls();
            if self.finished() {
                break;
            }
            let wake = self.wake();
            tokio::select! {
                biased;
                order = self.orders.recv() => match order {
                    Some(order) => self.follow(order),
                    None => return,
                },
                Some(answer) = self.calls.join_next(), if !self.calls.is_empty() => match answer {
                    Ok(answer) => self.hear(answer),
                    Err(error) => self.broken(&error.to_string()),
                },
                changed = rings.changed(), if ringing => match changed {
                    Ok(()) => self.rung(),
                    Err(_) => ringing = false,
                },
                hint = hinted(&mut hints) => match hint {
                    Some(now) => self.hinted(std::mem::replace(&mut known, now), now),
                    None => hints = None,
                },
                () = sleep_until(wake), if wake.is_some() => {}
            }
            while let Ok(order) = self.orders.try_recv() {
                self.follow(order);
            }
        }
        if let Some(reply) = self.closing.take() {
            let _ = reply.send(self.ledger.unsettled());
        }
    }

    /// A call panicked: that is a fault of the program, but no reason to lose a decision.
    fn broken(&mut self, why: &str) {
        tracing::error!(why, "a call broke");
        self.busy = false;
        self.trouble(&LineError::Unsure("the call broke".into()));
    }

    /// Whether there is nothing left to do: after closing, or after another desk took over.
    fn finished(&mut self) -> bool {
        let idle = !self.busy && (self.gave_up || !self.begun || (self.due.is_empty() && self.errands.is_empty()));
        if self.over.is_some() && idle && !self.over_told {
            self.over_told = true;
            self.leave_to_the_other();
        }
        self.closing.is_some() && idle
    }

    /// The next moment at which something is due; none while a call's answer decides what comes next.
    fn wake(&self) -> Option<Instant> {
        let alerts = self.calling.iter().filter(|calling| !calling.busy).map(|calling| calling.not_before).min();
        let lane = if self.busy || self.signed_out || self.gave_up || self.over_told {
            None
        } else if self.quiet_until.is_some() {
            // While the line is dead the count of what is unsent goes on.
            let now = Instant::now();
            self.quiet_until.into_iter().chain(self.due.values().copied().filter(|due| *due > now)).min()
        } else if self.begin.is_some() || !self.begun {
            None
        } else {
            let leaving = self.due.values().min().map(|due| *due + LINGER);
            if self.over.is_some() {
                return alerts.into_iter().chain(leaving).min();
            }
            let claim = (self.wants_items() && self.claims_alone()).then_some(self.claim_after);
            [leaving, self.sights_by, self.look_at, self.messages_at, self.renew_due(), claim, self.poll_at]
                .into_iter()
                .flatten()
                .min()
        };
        alerts.into_iter().chain(lane).min()
    }

    /// How many items to keep ahead now.
    pub fn target(&self) -> u32 {
        prefetch::target(self.prefetch, self.round_trip, self.patience.failures() > 0, self.pace)
    }
}

/// The next hint; `None` when there will be no more.
async fn hinted(hints: &mut Option<watch::Receiver<Hints>>) -> Option<Hints> {
    match hints {
        Some(hints) => hints.changed().await.ok().map(|()| *hints.borrow_and_update()),
        None => std::future::pending().await,
    }
}

async fn sleep_until(wake: Option<Instant>) {
    match wake {
        Some(wake) => tokio::time::sleep_until(wake).await,
        None => std::future::pending().await,
    }
}
