//! Delivering webhooks: beside everything else, from the log, one turn at a time.
//!
//! Where no webhook is set, this looks at one empty table every two seconds and nothing more. Several servers on one
//! database take turns; whoever has one sends, and books what came of it. A turn that nobody booked is sent again under
//! the same ids.

mod address;
mod send;

pub(in crate::team::server) use address::wrong_address;

use super::house::House;
use crate::moderation::webhook::{Came, DOWN_AFTER, Holder};
use crate::store::outgoing::{Outgoing, RENEW, Settled, TURN, Turn};
use futures_util::{StreamExt, stream};
use send::Sender;
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU32};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// Between two looks where there is no webhook.
const IDLE: Duration = Duration::from_secs(2);
/// Between two looks at what is to be tried again.
const LOOK: Duration = Duration::from_secs(1);
/// Items whose messages are on their way at once.
const LANES: usize = 8;
/// Nothing new is begun after so long: what was sent and is not booked is sent again where this server is killed.
const BEGIN: Duration = Duration::from_secs(20);

/// Delivers until the server stops, and then waits for what is on its way.
pub(super) async fn run(house: Arc<House>) {
    let holder = Holder::now_v7();
    let sender = match Sender::new(&house.limits) {
        Ok(sender) => Arc::new(sender),
        Err(error) => {
            tracing::error!(error = %error.without_url(), "webhooks cannot be sent from this machine");
            return;
        }
    };
    let mut stop = house.stop.subscribe();
    let mut rings = house.store.rings();
    let mut busy: HashMap<String, JoinHandle<()>> = HashMap::new();
    while !*stop.borrow_and_update() {
        rings.mark_unchanged();
        let names: Vec<String> = match house.store.webhooks().await {
            Ok(hooks) => hooks.into_iter().map(|hook| hook.webhook.name).collect(),
            Err(error) => {
                tracing::warn!(%error, "webhooks could not be read");
                Vec::new()
            }
        };
        let none = names.is_empty();
        busy.retain(|name, task| names.contains(name) || !task.is_finished());
        for name in names {
            if busy.get(&name).is_none_or(JoinHandle::is_finished) {
                let task = tokio::spawn(deliver(Arc::clone(&house), Arc::clone(&sender), name.clone(), holder));
                busy.insert(name, task);
            }
        }
        let pace = house.limits.webhook_pace;
        tokio::select! {
            () = tokio::time::sleep(if none { IDLE } else { LOOK.max(pace) }) => {}
            () = async { tokio::time::sleep(pace).await; let _ = rings.changed().await; }, if !none => {}
            () = house.hooks.notified() => {}
            _ = stop.changed() => {}
        }
    }
    for (name, task) in busy {
        let _ = task.await;
        // Another server goes on at once, this one when it is started again.
        let given_back = Settled { last: true, ..Settled::default() };
        if let Err(error) = house.store.settle_turn(&name, holder, &given_back).await {
            tracing::warn!(%error, webhook = name, "a webhook's turn could not be given back; it runs out by itself");
        }
    }
}

/// Sends to one webhook until nothing is left to send.
async fn deliver(house: Arc<House>, sender: Arc<Sender>, name: String, holder: Holder) {
    loop {
        let stopping = *house.stop.borrow();
        if stopping {
            return;
        }
        let turn = match house.store.take_turn(&name, holder).await {
            Ok(Some(turn)) => turn,
            Ok(None) => return,
            Err(error) => {
                tracing::warn!(%error, webhook = name, "what a webhook is to be told could not be read");
                return;
            }
        };
        let more = turn.more;
        let mine = Mine::until_renewed(&house);
        let settled = tokio::select! {
            settled = send(&house, &sender, turn, &mine) => settled,
            never = mine.keep(&house, &name, holder) => match never {},
        };
        let last = settled.last;
        match house.store.settle_turn(&name, holder, &settled).await {
            Ok(true) if more && !last => {}
            Ok(_) => return,
            Err(error) => {
                tracing::warn!(%error, webhook = name, "what a webhook was told could not be booked; it is told again");
                return;
            }
        }
    }
}

/// A turn as its sender knows it: theirs for certain for so long that a message can be sent to its end.
struct Mine {
    /// When it was last known to be theirs; nothing where it is somebody else's.
    known: Mutex<Option<Instant>>,
    /// So long after that a message may still be begun.
    begin: Duration,
}

impl Mine {
    fn until_renewed(house: &House) -> Self {
        // A turn may be a second old when it is taken up again.
        let begin = TURN.saturating_sub(house.limits.webhook_time).saturating_sub(Duration::from_secs(1));
        Self { known: Mutex::new(Some(Instant::now())), begin: begin.max(RENEW) }
    }

    fn may_begin(&self) -> bool {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.is_some_and(|known| known.elapsed() <= self.begin)
    }

    /// Renews the turn as long as it is asked to; a renewal that fails is tried again, one that comes too late ends it.
    async fn keep(&self, house: &House, name: &str, holder: Holder) -> std::convert::Infallible {
        loop {
            tokio::time::sleep(house.limits.webhook_renew).await;
            let asked = Instant::now();
            match house.store.keep_turn(name, holder).await {
                Ok(mine) => *self.known.lock().unwrap_or_else(PoisonError::into_inner) = mine.then_some(asked),
                Err(error) => tracing::warn!(%error, webhook = name, "a webhook's turn could not be renewed"),
            }
        }
    }
}

/// One turn: the messages of one item one after the other, those of others beside them.
async fn send(house: &House, sender: &Sender, turn: Turn, mine: &Mine) -> Settled {
    let Turn { webhook, secret, messages, held, vanished, upto, more: _ } = turn;
    let mut lanes: BTreeMap<i64, Vec<Outgoing>> = BTreeMap::new();
    let mut order = Vec::new();
    for message in messages {
        let lane = lanes.entry(message.lane).or_default();
        if lane.is_empty() {
            order.push(message.lane);
        }
        lane.push(message);
    }
    let lanes: Vec<Vec<Outgoing>> = order.into_iter().filter_map(|lane| lanes.remove(&lane)).collect();
    let (came, halt, failures) = (Mutex::new(Vec::new()), AtomicBool::new(false), AtomicU32::new(0));
    let began = Instant::now();
    stream::iter(lanes)
        .for_each_concurrent(LANES, |lane| async {
            let mut behind = false;
            for message in lane {
                let stopping = *house.stop.borrow();
                let wait = behind || stopping || halt.load(Relaxed) || began.elapsed() > BEGIN || !mine.may_begin();
                let come =
                    if wait { Came::Untried } else { sender.send(&webhook, &secret, &message, house.now()).await };
                match &come {
                    Came::Arrived => {
                        failures.store(0, Relaxed);
                        house.metrics.webhooks_arrived.fetch_add(1, Relaxed);
                    }
                    Came::Failed { after, gone, .. } => {
                        behind = true;
                        let many = failures.fetch_add(1, Relaxed) + 1 >= DOWN_AFTER;
                        if many || *gone || after.is_some() {
                            halt.store(true, Relaxed);
                        }
                        house.metrics.webhooks_failed.fetch_add(1, Relaxed);
                    }
                    Came::Untried => behind = true,
                }
                came.lock().unwrap_or_else(PoisonError::into_inner).push((message.seq, message.lane, come));
            }
        })
        .await;
    let came = came.into_inner().unwrap_or_else(PoisonError::into_inner);
    let last = *house.stop.borrow();
    Settled { came, held, vanished, upto, last }
}
