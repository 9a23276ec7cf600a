//! The floor at work: one thread that listens, looks when something rings, and carries acts out.
//!
//! What must stay true: it looks because something rang or because a minute is over (a deadline passes without an
//! event), never oftener than once in [`APART`]; an act never waits behind a look or a search.

use super::{Broken, Floor, FloorAsk, FloorLine, FloorNews, FloorSink};
use crate::desk::{JournalError, LineError};
use crate::moderation::filter::{Filter, FilterError};
use crate::moderation::floor::{Findings, Found};
use crate::moderation::{Outcome, Recorded};
use crate::report::case::dossier;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{Notify, watch};
use tokio::time::Instant;

/// Two looks are so far apart at least: what a fast house does in it is one change on the screen.
const APART: Duration = Duration::from_secs(1);
/// Where nothing rings, figures that depend on the time are looked at again after so long.
const AT_LEAST: Duration = Duration::from_secs(60);
/// After a line that broke.
const AGAIN: Duration = Duration::from_secs(3);
/// A search that has found so many is stopped: nobody reads on.
const ENOUGH: usize = 500;

/// A floor that works.
pub struct WorkingFloor {
    asks: Option<UnboundedSender<FloorAsk>>,
    thread: Option<JoinHandle<()>>,
}

impl WorkingFloor {
    /// Begins to listen and to look.
    ///
    /// # Errors
    /// Where its thread cannot be started.
    pub fn open(line: Arc<dyn FloorLine>, sink: FloorSink) -> Result<Self, JournalError> {
        let unopened = |error: std::io::Error| JournalError::Unopened(error.to_string());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(unopened)?;
        let (asks, inbox) = unbounded_channel();
        let thread = std::thread::Builder::new()
            .name("floor".into())
            .spawn(move || runtime.block_on(work(line, sink, inbox)))
            .map_err(unopened)?;
        Ok(Self { asks: Some(asks), thread: Some(thread) })
    }
}

impl Floor for WorkingFloor {
    fn ask(&mut self, ask: FloorAsk) {
        if let Some(asks) = &self.asks {
            // Where the thread is gone, the screen is closing.
            let _ = asks.send(ask);
        }
    }

    fn close(&mut self) {
        self.asks = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for WorkingFloor {
    fn drop(&mut self) {
        self.close();
    }
}

struct Worker {
    line: Arc<dyn FloorLine>,
    sink: FloorSink,
    /// Rings when an act has changed something.
    acted: Notify,
    /// Questions and notices may be others: they come with the next look.
    letters: AtomicBool,
}

async fn work(line: Arc<dyn FloorLine>, sink: FloorSink, mut inbox: UnboundedReceiver<FloorAsk>) {
    let (mut rings, mut hints) = (line.rings(), line.hints());
    let worker = Arc::new(Worker { line, sink, acted: Notify::new(), letters: AtomicBool::new(true) });
    worker.tell_house().await;
    let mut search: Option<tokio::task::JoinHandle<()>> = None;
    let mut down = false;
    let mut next = Instant::now();
    let mut heard = hints.as_mut().map(|hints| *hints.borrow_and_update()).unwrap_or_default();
    loop {
        rings.mark_unchanged();
        down = !worker.look(down).await;
        let looked = Instant::now();
        let latest = looked + if down { AGAIN } else { AT_LEAST };
        if next <= looked {
            next = latest;
        }
        // Until something rings; then not before the looks are far enough apart.
        let mut rung = false;
        loop {
            let wait = if rung { looked + APART } else { latest };
            tokio::select! {
                asked = inbox.recv() => match asked {
                    None => {
                        if let Some(search) = search.take() {
                            search.abort();
                        }
                        return;
                    }
                    Some(FloorAsk::Look) => rung = true,
                    Some(FloorAsk::StopFinding) => {
                        if let Some(search) = search.take() {
                            search.abort();
                        }
                    }
                    Some(FloorAsk::Find(typed)) => {
                        if let Some(before) = search.take() {
                            before.abort();
                        }
                        let worker = Arc::clone(&worker);
                        search = Some(tokio::spawn(async move { worker.find(typed).await }));
                    }
                    Some(ask) => {
                        let worker = Arc::clone(&worker);
                        tokio::spawn(async move { worker.act(ask).await });
                    }
                },
                changed = rings.changed(), if !rung => {
                    rung = changed.is_ok();
                    // In the same process a ring stands for everything.
                    worker.letters.fetch_or(hints.is_none(), Relaxed);
                }
                () = hinted(&mut hints), if !rung => {
                    rung = true;
                    let now = hints.as_ref().map(|hints| *hints.borrow()).unwrap_or_default();
                    worker.letters.fetch_or(now.messages != heard.messages, Relaxed);
                    if std::mem::replace(&mut heard, now).house != now.house {
                        worker.tell_house().await;
                    }
                }
                () = worker.acted.notified(), if !rung => rung = true,
                () = tokio::time::sleep_until(wait) => {
                    worker.letters.fetch_or(!rung, Relaxed);
                    break;
                }
            }
        }
    }
}

/// The next hint of a line far away; never, where a ring stands for everything.
async fn hinted(hints: &mut Option<watch::Receiver<crate::desk::Hints>>) {
    let rung = match hints {
        Some(hints) => hints.changed().await.is_ok(),
        None => false,
    };
    if !rung {
        std::future::pending::<()>().await;
    }
}

impl Worker {
    fn tell(&self, news: FloorNews) {
        (self.sink)(news);
    }

    /// Looks at it all. Whether the line holds.
    async fn look(&self, was_down: bool) -> bool {
        let due = self.letters.swap(false, Relaxed) || was_down;
        let letters = async {
            match due {
                true => self.line.messages().await.map(Some),
                false => Ok(None),
            }
        };
        match tokio::try_join!(self.line.floor(), self.line.alerts(), letters) {
            Ok((now, alerts, letters)) => {
                if was_down {
                    self.tell(FloorNews::Line(None));
                    self.tell_house().await;
                }
                self.tell(FloorNews::Alerts(alerts));
                if let Some(letters) = letters {
                    self.tell(FloorNews::Messages(Box::new(letters)));
                }
                self.tell(FloorNews::Now(Box::new(now)));
                true
            }
            Err(error) => {
                self.letters.store(true, Relaxed);
                self.tell(FloorNews::Line(Some(Broken::from(&error))));
                false
            }
        }
    }

    async fn tell_house(&self) {
        // Where it fails the look that follows says so.
        if let Ok(house) = self.line.house().await {
            self.tell(FloorNews::House(Box::new(house)));
        }
    }

    async fn act(&self, ask: FloorAsk) {
        match self.done(&ask).await {
            Ok(()) => self.acted.notify_one(),
            Err(error) => self.tell(FloorNews::Refused(ask, error.to_string())),
        }
    }

    async fn done(&self, ask: &FloorAsk) -> Result<(), LineError> {
        let mut stands = None;
        match ask {
            FloorAsk::Step(item, step) => stands = Some(Box::new(self.line.step_in(item, step).await?)),
            FloorAsk::Overrule(asked) => {
                let recorded = self.line.overrule(asked).await?;
                if let Some(why) = not_recorded(&recorded) {
                    return Err(LineError::Refused(why));
                }
            }
            FloorAsk::Pause { queue, because } => self.line.pause(queue, because.as_deref()).await?,
            FloorAsk::Assign { person, queues } => self.line.assign(person, queues).await?,
            FloorAsk::Acknowledge(alert) => {
                self.line.acknowledge(*alert).await?;
            }
            FloorAsk::Answer { doubt, answer } => {
                self.line.answer(*doubt, answer).await?;
                self.letters.store(true, Relaxed);
            }
            FloorAsk::Keep(doubt) => {
                self.line.keep_precedent(*doubt, true).await?;
                self.letters.store(true, Relaxed);
            }
            FloorAsk::Notify(notice) => {
                self.line.notify(notice).await?;
                self.letters.store(true, Relaxed);
            }
            FloorAsk::Open(item) => {
                let (kept, history) = tokio::try_join!(self.line.item(item), self.line.history(item))?;
                self.tell(FloorNews::Opened(Box::new(kept), history));
                return Ok(());
            }
            FloorAsk::Case(item) => {
                let (kept, history) = tokio::try_join!(self.line.item(item), self.line.history(item))?;
                let text = serde_json::to_string_pretty(&dossier(&kept, &history)).expect("a dossier is plain data");
                self.tell(FloorNews::Case(item.clone(), text));
                return Ok(());
            }
            FloorAsk::Look | FloorAsk::Find(_) | FloorAsk::StopFinding => return Ok(()),
        }
        self.tell(FloorNews::Done(ask.clone(), stands));
        Ok(())
    }

    /// An id finds its item at once, whatever stands in the queue; everything else is looked for part by part.
    async fn find(&self, typed: String) {
        let told = |part: Findings| self.tell(FloorNews::Found(typed.clone(), part));
        let exact = typed.trim();
        if !exact.contains(char::is_whitespace)
            && let Ok(kept) = self.line.item(exact).await
        {
            let severity = kept.item.severity;
            let found = vec![Found::of(&kept.item, &kept.queue, &kept.state, severity, kept.due_at)];
            told(Findings { found, before: None });
            return self.tell(FloorNews::Searched(typed));
        }
        // A link is no field with a value.
        let link = exact.starts_with("http://") || exact.starts_with("https://");
        let meant = if link { format!("\"{exact}\"") } else { typed.clone() };
        let filter: Filter = match meant.parse() {
            Ok(filter) => filter,
            Err(error) => {
                let error: FilterError = error;
                return self.tell(FloorNews::Refused(FloorAsk::Find(typed), error.to_string()));
            }
        };
        let (mut before, mut found) = (None, 0);
        loop {
            match self.line.search(&filter, before).await {
                Ok(part) => {
                    (before, found) = (part.before, found + part.found.len());
                    told(part);
                }
                Err(error) => return self.tell(FloorNews::Refused(FloorAsk::Find(typed), error.to_string())),
            }
            if before.is_none() || found >= ENOUGH {
                return self.tell(FloorNews::Searched(typed));
            }
        }
    }
}

/// Why a decision was not recorded, in words of the store where it has any.
fn not_recorded(recorded: &Recorded) -> Option<String> {
    if matches!(recorded.outcome, Outcome::Recorded | Outcome::AlreadyRecorded) {
        return None;
    }
    Some(recorded.message.clone().unwrap_or_else(|| "somebody else was first; look at it again".to_owned()))
}
