//! The desk over any line: a key's journal write on the screen's thread, everything else on a thread of its own.

mod answer;
mod begin;
mod call;
mod errand;
mod look;
mod messages;
mod patience;
mod picture;
mod rest;
mod send;
mod work;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]
mod tests;

use super::hands::Place;
use super::journal::{Aside, Drawer, Medium, Title};
use super::ledger::Ledger;
use super::{Ask, Desk, JournalError, Line, Sink, TakenBack, Unsettled};
use crate::moderation::{Decision, Sight};
use crate::wellbeing::Clock;
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;
use uuid::Uuid;
use work::{Start, Work};

/// How long closing waits for a slow line; what is unsent then stays in the journal.
const PATIENCE_AT_CLOSE: Duration = Duration::from_secs(8);

/// What a desk is opened with.
#[derive(Clone, Debug)]
pub struct DeskOptions {
    /// Where journals lie.
    pub folder: PathBuf,
    /// Empty means all that the moderator may work.
    pub queues: Vec<String>,
    /// Items to keep ahead, 1 to 20.
    pub prefetch: u32,
    /// How a second desk names this one to its moderator: the machine and the terminal.
    pub label: String,
}

/// What the screen's thread tells the desk's.
pub(super) enum Order {
    Ask(Ask),
    Held { seq: u64, delay: Duration, sights: Vec<Sight> },
    TakenBack(u64),
    Close(mpsc::Sender<Vec<Unsettled>>),
}

/// A [`Desk`] over a [`Line`]. Dropped without [`Desk::close`], it stops as a crash would: the journal keeps what was
/// held for the desk that is opened next.
pub struct WorkingDesk {
    ledger: Ledger,
    orders: UnboundedSender<Order>,
    clock: Arc<dyn Clock>,
    thread: Option<std::thread::JoinHandle<()>>,
    aside: Aside,
}

impl WorkingDesk {
    /// Opens (or lays out) the journal and starts the desk's thread; nothing is asked of the line before
    /// [`Ask::Begin`].
    pub fn open(
        line: Arc<dyn Line>,
        options: DeskOptions,
        clock: Arc<dyn Clock>,
        sink: Sink,
    ) -> Result<Self, JournalError> {
        let aside = Aside::start().map_err(|error| JournalError::Unopened(error.to_string()))?;
        let (work, ledger, orders) = prepare(line, options, sink)?;
        let thread = std::thread::Builder::new()
            .name("desk".into())
            .spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                match runtime {
                    Ok(runtime) => runtime.block_on(work.run()),
                    Err(error) => work.fail(&error.to_string()),
                }
            })
            .map_err(|error| JournalError::Unopened(error.to_string()))?;
        Ok(Self { ledger, orders, clock, thread: Some(thread), aside })
    }
}

/// Everything but the thread, so that tests can run the desk on a clock they turn.
fn prepare(
    line: Arc<dyn Line>,
    options: DeskOptions,
    sink: Sink,
) -> Result<(Work, Ledger, UnboundedSender<Order>), JournalError> {
    let label: String = options.label.chars().filter(|c| c.is_ascii_graphic()).take(80).collect();
    let title = Title {
        moderator: line.who().to_owned(),
        backend: line.backend().to_owned(),
        desk: format!("{label}#{}", &Uuid::now_v7().simple().to_string()[18..]),
    };
    let mut drawer = Drawer::new(&options.folder, title)?;
    let opened = drawer.open()?;
    let (orders, inbox) = tokio::sync::mpsc::unbounded_channel();
    let ledger = Ledger::new(opened.journal);
    let mut work = Work::new(Start {
        line,
        ledger: ledger.clone(),
        drawer: Arc::new(Mutex::new(drawer)),
        desk: opened.title.desk,
        queues: options.queues,
        prefetch: options.prefetch,
        orders: inbox,
        sink,
    });
    work.find(opened.entries);
    work.adopt_left_behind();
    Ok((work, ledger, orders))
}

impl WorkingDesk {
    fn hold_and(
        &self,
        decisions: &[Decision],
        leaves_at: Timestamp,
        sync: impl FnOnce(&Arc<dyn Medium>) -> std::io::Result<()>,
    ) -> Result<(), JournalError> {
        let seq = self.ledger.hold(decisions, sync)?;
        let delay = Duration::try_from(leaves_at.duration_since(self.clock.now().wall)).unwrap_or(Duration::ZERO);
        let _ = self.orders.send(Order::Held { seq, delay, sights: decisions.iter().map(sight_of).collect() });
        Ok(())
    }
}

impl Desk for WorkingDesk {
    fn hold(&mut self, decisions: &[Decision], leaves_at: Timestamp) -> Result<(), JournalError> {
        self.hold_and(decisions, leaves_at, |medium| medium.sync())
    }

    fn hold_while(
        &mut self,
        decisions: &[Decision],
        leaves_at: Timestamp,
        meanwhile: &mut dyn FnMut(),
    ) -> Result<(), JournalError> {
        let mut meanwhile = Some(meanwhile);
        let held = self.hold_and(decisions, leaves_at, |medium| {
            meanwhile.take().map_or_else(|| medium.sync(), |meanwhile| self.aside.sync_while(medium, meanwhile))
        });
        // Refused before anything was written: what was to be done is done all the same.
        if let Some(meanwhile) = meanwhile {
            meanwhile();
        }
        held
    }

    fn take_back(&mut self, decision: Uuid) -> Result<TakenBack, JournalError> {
        let (answer, seq) = self.ledger.take_back(decision)?;
        if let Some(seq) = seq {
            let _ = self.orders.send(Order::TakenBack(seq));
        }
        Ok(answer)
    }

    fn keep_draft(&mut self, item: &str, draft: Option<&serde_json::Value>) -> Result<(), JournalError> {
        self.ledger.keep_draft(item, draft)
    }

    fn ask(&mut self, ask: Ask) {
        match &ask {
            // What a key has done must hold for the next key, not from when the other thread gets to it.
            Ask::Shown(item) => self.ledger.lock().hands.show(item),
            Ask::Pass(pass) => leave(&self.ledger, std::slice::from_ref(&pass.sight)),
            Ask::Release(sights) => leave(&self.ledger, sights),
            Ask::Doubt(doubt) => leave(&self.ledger, std::slice::from_ref(&doubt.sight)),
            _ => {}
        }
        let _ = self.orders.send(Order::Ask(ask));
    }

    fn close(&mut self) -> Vec<Unsettled> {
        let (reply, answer) = mpsc::channel();
        let Some(thread) = self.thread.take() else { return Vec::new() };
        let _ = self.orders.send(Order::Close(reply));
        let unsettled = match answer.recv_timeout(PATIENCE_AT_CLOSE) {
            Ok(unsettled) => {
                let _ = thread.join();
                unsettled
            }
            Err(_) => self.ledger.unsettled(),
        };
        let mut inner = self.ledger.lock();
        inner.shut = true;
        if let Err(error) = inner.journal.sync() {
            tracing::warn!(%error, "the journal could not be synced on closing");
        }
        unsettled
    }
}

fn leave(ledger: &Ledger, sights: &[Sight]) {
    let mut inner = ledger.lock();
    for sight in sights {
        if let Some(hand) = inner.hands.get_mut(&sight.item) {
            hand.place = Place::Leaving;
        }
    }
}

/// What a decision tells of what was seen.
fn sight_of(decision: &Decision) -> Sight {
    Sight {
        item: decision.item.clone(),
        revision: decision.revision,
        seen: decision.seen.unwrap_or_default(),
        opened: decision.opened,
        severity: decision.severity,
        presented_at: decision.presented_at,
        active_ms: decision.active_ms,
    }
}
