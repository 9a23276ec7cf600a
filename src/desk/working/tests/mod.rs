//! A moderator's day on a queue that does what the test says, on a clock that the test turns.

mod fake;
mod holding;
mod killed;
mod leaving;
mod recovering;
mod resting;

use super::{DeskOptions, Order, prepare, sight_of};
use crate::desk::ledger::Ledger;
use crate::desk::{Ask, JournalError, News, TakenBack};
use crate::moderation::{Decision, Sight, Verdict};
use fake::FakeLine;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinHandle;
use uuid::Uuid;

const HOLD: Duration = Duration::from_secs(10);

/// A desk on the test's own thread and clock.
struct Table {
    ledger: Ledger,
    orders: UnboundedSender<Order>,
    news: Arc<Mutex<Vec<News>>>,
    work: JoinHandle<()>,
}

impl Table {
    fn lay(line: &FakeLine, folder: &Path) -> Self {
        Self::try_lay(line, folder).unwrap()
    }

    fn try_lay(line: &FakeLine, folder: &Path) -> Result<Self, JournalError> {
        let news = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&news);
        let options = DeskOptions { folder: folder.to_owned(), queues: Vec::new(), prefetch: 3, label: "here".into() };
        let sink = Arc::new(move |one| told.lock().unwrap().push(one));
        let (work, ledger, orders) = prepare(Arc::new(line.clone()), options, sink)?;
        Ok(Self { ledger, orders, news, work: tokio::spawn(work.run()) })
    }

    /// Laid, signed in, with its first items.
    async fn open(line: &FakeLine, folder: &Path) -> Self {
        let table = Self::lay(line, folder);
        table.begin(false).await;
        table
    }

    async fn begin(&self, take_over: bool) {
        self.ask(Ask::Begin { ends_at: None, take_over });
        settle().await;
    }

    fn ask(&self, ask: Ask) {
        if let Ask::Shown(item) = &ask {
            self.ledger.lock().hands.show(item);
        }
        match &ask {
            Ask::Pass(pass) => super::leave(&self.ledger, std::slice::from_ref(&pass.sight)),
            Ask::Release(sights) => super::leave(&self.ledger, sights),
            Ask::Doubt(doubt) => super::leave(&self.ledger, std::slice::from_ref(&doubt.sight)),
            _ => {}
        }
        let _ = self.orders.send(Order::Ask(ask));
    }

    fn hold(&self, item: &str, hold: Duration) -> Uuid {
        self.hold_all(&[item], hold)[0]
    }

    fn hold_all(&self, items: &[&str], delay: Duration) -> Vec<Uuid> {
        let decisions: Vec<_> = items.iter().map(|item| approve(item)).collect();
        let seq = self.ledger.hold(&decisions, |medium| medium.sync()).unwrap();
        let sights = decisions.iter().map(sight_of).collect();
        let _ = self.orders.send(Order::Held { seq, delay, sights });
        decisions.iter().map(|one| one.id).collect()
    }

    fn take_back(&self, decision: Uuid) -> TakenBack {
        let (answer, seq) = self.ledger.take_back(decision).unwrap();
        if let Some(seq) = seq {
            let _ = self.orders.send(Order::TakenBack(seq));
        }
        answer
    }

    /// What was told since the last time, in one word each.
    fn heard(&self) -> Vec<String> {
        std::mem::take(&mut *self.news.lock().unwrap()).iter().map(word).collect()
    }

    /// As `kill -9`: nothing more is done, and the lock is gone with the process.
    async fn kill(self) {
        self.work.abort();
        let _ = self.work.await;
    }

    async fn close(self) -> Vec<crate::desk::Unsettled> {
        let (reply, answer) = std::sync::mpsc::channel();
        let _ = self.orders.send(Order::Close(reply));
        settle().await;
        pass(Duration::from_secs(5)).await;
        self.work.await.unwrap();
        answer.try_recv().unwrap()
    }
}

/// Lets the desk do all that is due now.
async fn settle() {
    pass(Duration::from_millis(5)).await;
}

/// Lets time pass on the desk's clock.
async fn pass(by: Duration) {
    tokio::time::sleep(by).await;
}

fn approve(item: &str) -> Decision {
    Decision {
        id: Uuid::now_v7(),
        item: item.into(),
        revision: 1,
        round: Some(1),
        queue: None,
        moderator: None,
        verdict: Verdict::Approve,
        measure: None,
        policy: None,
        policy_version: None,
        to: None,
        imminent: None,
        follow_ups: Vec::new(),
        note: None,
        severity: None,
        seen: None,
        opened: None,
        presented_at: None,
        decided_at: None,
        active_ms: None,
        batch: None,
        reverses: None,
        reversed_by: None,
        automated: false,
        late_s: None,
    }
}

fn sight(item: &str) -> Sight {
    sight_of(&approve(item))
}

fn word(news: &News) -> String {
    let ids = |items: &[Arc<crate::moderation::Served>]| {
        items.iter().map(|one| one.item.id.clone()).collect::<Vec<_>>().join("+")
    };
    match news {
        News::Shift(_) => "shift".into(),
        News::OtherDesk(_) => "other desk".into(),
        News::House { .. } => "house".into(),
        News::Ahead { items, first, .. } => format!("{} {}", if *first { "first" } else { "ahead" }, ids(items)),
        News::Nothing(why) => format!("nothing {why:?}"),
        News::Break(due) => format!("break {}", due.rule),
        News::Settled(results) => {
            format!("settled {}", results.iter().map(|one| format!("{:?}", one.outcome)).collect::<Vec<_>>().join("+"))
        }
        News::Recovered { sent, impossible, drafts } => {
            format!("recovered {sent}, {} impossible, {} drafts", impossible.len(), drafts.len())
        }
        News::Reversed(_, recorded) => format!("reversed {:?}", recorded.outcome),
        News::Lost(lost) => {
            format!(
                "lost {}",
                lost.iter().map(|one| format!("{} {:?}", one.item, one.why)).collect::<Vec<_>>().join("+")
            )
        }
        News::GivenBack(items) => format!("given back {}", items.join("+")),
        News::Revised(served) => format!("revised {} to {}", served.item.id, served.item.revision),
        News::Alert(Ok(state)) => format!("alert {}", if state.taken.is_some() { "taken" } else { "sent" }),
        News::Alert(Err(unsent)) => format!("alert not sent, ring {}", unsent.call.join(", ")),
        News::Batch(item, _, items) => format!("batch {item}: {}", ids(items)),
        News::Taken(item, items, _) => format!("taken {item}: {}", ids(items)),
        News::Messages(messages) => format!("messages {}", messages.doubts.len()),
        News::Precedents(..) => "precedents".into(),
        News::TakenUp(item, came) => format!("taken up {item} {came}"),
        News::Groups(..) => "groups".into(),
        News::Thread(..) => "thread".into(),
        News::Author(..) => "author".into(),
        News::History(..) => "history".into(),
        News::Mine(_) => "mine".into(),
        News::Picture(look, _) => format!("picture of {}", look.item),
        News::LineState { state, unsent } => {
            format!("line {}, {unsent} unsent", if state.is_ok() { "up" } else { "down" })
        }
        News::TakenOver(_) => "taken over".into(),
        News::Ended(unsettled) => format!("ended, {} unsettled", unsettled.len()),
        News::Failed(why) => format!("failed: {why}"),
    }
}
