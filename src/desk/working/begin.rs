//! Signing in: whose desk is open, the shift, the house, and what a desk before this one left.

use super::answer::{Answer, Fate};
use super::work::{Begin, Work};
use crate::desk::journal::{Drawer, Opened};
use crate::desk::{HouseNow, Line, LineError, News};
use crate::moderation::shift::ShiftState;
use crate::moderation::{Claim, Claimed};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;

/// How long a desk that took over waits for the other to send what it holds, where both share a data directory.
const HANDOVER: Duration = Duration::from_secs(3);
const GLANCE: Duration = Duration::from_millis(20);

/// What signing in brought.
pub(super) enum Begun {
    /// Another desk of this moderator is open.
    Other(String),
    /// On shift.
    Shift(Box<OnShift>),
}

/// The house as it stands at the beginning.
pub(super) struct OnShift {
    shift: ShiftState,
    /// The first claim is that of a fresh desk.
    fresh: bool,
    house: HouseNow,
    left: Vec<Opened>,
    /// How long the first call took.
    took: Duration,
}

/// What signing in needs to know.
struct Me {
    desk: String,
    gone: Vec<String>,
    queues: Vec<String>,
    drawer: Arc<Mutex<Drawer>>,
}

impl Work {
    /// Signs in where that was asked.
    pub fn start_begin(&mut self) -> bool {
        let Some(begin) = self.begin else { return false };
        let me = Me {
            desk: self.desk.clone(),
            gone: self.gone.clone(),
            queues: self.queues.clone(),
            drawer: Arc::clone(&self.drawer),
        };
        let line = Arc::clone(&self.line);
        self.calls.spawn(async move { Answer::Begun(sign_in(&*line, begin, me).await) });
        true
    }

    /// Signed in, or not.
    pub fn has_begun(&mut self, result: Result<Begun, LineError>) {
        match result {
            Ok(Begun::Other(desk)) => {
                self.begin = None;
                self.tell(News::OtherDesk(desk));
            }
            Ok(Begun::Shift(begun)) => {
                let OnShift { shift, fresh, house, left, took } = *begun;
                self.begin = None;
                self.begun = true;
                self.fresh = fresh;
                self.enough = false;
                self.well(self.far.then_some(took));
                self.line_is_well();
                for opened in left {
                    self.adopt(opened);
                }
                for due in self.due.values_mut() {
                    *due = (*due).min(Instant::now());
                }
                self.shift_is(shift);
                self.house_is(house);
                self.messages_at = Some(Instant::now());
                self.tell_recovered();
            }
            Err(error) => {
                if self.trouble(&error) == Fate::Never {
                    self.begin = None;
                    // It has answered, if not as hoped.
                    self.well(None);
                    self.tell(News::Failed(error.to_string()));
                }
            }
        }
    }

    /// The house as the queue has it.
    pub fn house_is(&mut self, house: HouseNow) {
        let HouseNow { clients, policies, queues } = house;
        self.call_lists = clients.iter().map(|client| (client.name.clone(), client.contacts.clone())).collect();
        self.half_leases =
            queues.iter().map(|queue| (queue.name.clone(), Duration::from_secs(queue.lease_s.max(2)) / 2)).collect();
        self.tell(News::House { clients, policies, queues });
    }
}

async fn sign_in(line: &dyn Line, begin: Begin, me: Me) -> Result<Begun, LineError> {
    let asked = Instant::now();
    let before = line.shift().await?;
    let took = asked.elapsed();
    // A desk whose journal nobody has locked is gone; it crashed, and this one goes on in its place.
    let other = before.desk.clone().filter(|desk| *desk != me.desk);
    let alive = other.clone().filter(|desk| !me.gone.contains(desk));
    if let Some(desk) = &alive
        && before.running
        && !begin.take_over
    {
        return Ok(Begun::Other(desk.clone()));
    }
    let shift = line.start_shift(begin.ends_at).await?;
    let house = line.house().await?;
    let mut fresh = before.desk.as_deref() != Some(me.desk.as_str());
    let mut left = Vec::new();
    if alive.is_some() && before.running {
        // Take over first and fetch afterwards: in between the other sends what it holds, so that nothing it has
        // decided is served once more.
        let claim = Claim { queues: me.queues, max: 0, desk: Some(me.desk), have: None, items: None };
        if let Claimed::Items { .. } = line.claim(&claim).await? {
            fresh = false;
        }
        left = wait_for_the_other(&me.drawer).await;
    }
    Ok(Begun::Shift(Box::new(OnShift { shift, fresh, house, left, took })))
}

/// Until the other desk has let go of its journal; a stopped one (Ctrl-Z) sends what it holds when it wakes.
async fn wait_for_the_other(drawer: &Mutex<Drawer>) -> Vec<Opened> {
    let until = Instant::now() + HANDOVER;
    let mut found = Vec::new();
    loop {
        let (left, busy) = drawer.lock().expect("no reader of a drawer panics").left_behind();
        found.extend(left);
        if !busy || Instant::now() >= until {
            return found;
        }
        tokio::time::sleep(GLANCE).await;
    }
}
