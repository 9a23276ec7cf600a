//! What may go out now, and how a webhook stands: read beside the writer.

use super::message::message;
use super::{DeliveryRow, HookRow, Kept, Outbox, Standing, Tried, unknown};
use crate::moderation::webhook::{DOWN_AFTER, DeliveryNow, Holder, HookState, HookTrouble, WebhookNow};
use crate::store::Result;
use crate::store::keeper::log::timestamp;
use crate::store::outgoing::Turn;
use std::collections::HashSet;

/// Messages in one turn.
const MESSAGES: usize = 128;
/// Entries of the log looked at in one turn.
const ENTRIES: i64 = 4_000;
/// A place that lags so far behind is moved even where nothing was to be sent.
const LAG: i64 = 1_000;
/// With so many messages that have not arrived, nothing new is begun.
const UNDELIVERED: usize = 1_000;
/// Rows told at most.
const TOLD: i64 = 500;

impl Standing {
    fn is_down(&self) -> bool {
        self.failures >= DOWN_AFTER
    }

    /// When a message is tried again.
    fn next_of(&self, tried: &Tried) -> i64 {
        if tried.tries == 0 || tried.wakes != self.wakes { 0 } else { tried.next }
    }
}

/// What `holder` may send now, with whether the turn is theirs for long enough already; nothing where there is nothing
/// to do.
pub(in crate::store) fn turn(from: &impl Outbox, name: &str, holder: Holder, now: i64) -> Result<Option<(Turn, bool)>> {
    let Some(row) = from.hook(name)? else { return Ok(None) };
    let (kept, standing) = row.read()?;
    let others = standing.until > now && standing.holder.is_some_and(|other| other != holder);
    if kept.webhook.paused || standing.off || standing.next > now || others {
        return Ok(None);
    }
    let secret = kept.secret();
    let mut turn = Turn {
        webhook: kept.webhook.clone(),
        secret,
        messages: Vec::new(),
        held: Vec::new(),
        vanished: Vec::new(),
        upto: standing.place,
        more: false,
    };
    let rows = from.undelivered(name, (UNDELIVERED + 2 * MESSAGES) as i64)?;
    let mut busy = HashSet::new();
    let most = if standing.is_down() { 1 } else { MESSAGES };
    for row in &rows {
        let first = busy.insert(row.lane);
        if first && turn.messages.len() < most && (standing.is_down() || standing.next_of(&row.tried()) <= now) {
            match told_again(from, &kept, row)? {
                Some(message) => turn.messages.push(message),
                None => turn.vanished.push(row.seq),
            }
        }
    }
    let room = most.saturating_sub(turn.messages.len());
    if rows.len() < UNDELIVERED && room > 0 && (rows.is_empty() || !standing.is_down()) {
        add_new(from, &kept, &standing, &busy, room, &mut turn)?;
    }
    let idle = turn.messages.is_empty()
        && turn.held.is_empty()
        && turn.vanished.is_empty()
        && turn.upto < standing.place + LAG;
    let mine = standing.holder == Some(holder) && standing.until - now > super::TURN - super::JUST_TAKEN;
    Ok((!idle).then_some((turn, mine)))
}

/// A message that has not arrived, made anew from the log: what was erased since is not told any more. Nothing where
/// the log does not have it any longer.
fn told_again(from: &impl Outbox, kept: &Kept, row: &DeliveryRow) -> Result<Option<crate::store::outgoing::Outgoing>> {
    let Some(happening) = from.happening(row.seq)? else { return Ok(None) };
    // What it is told of may have been changed since; what was begun is finished.
    let mut kept = kept.clone();
    kept.webhook.clients.clear();
    kept.webhook.events = crate::moderation::webhook::HookEvent::ALL.to_vec();
    message(from, &kept, &happening)
}

fn add_new(
    from: &impl Outbox,
    kept: &Kept,
    standing: &Standing,
    busy: &HashSet<i64>,
    room: usize,
    turn: &mut Turn,
) -> Result<()> {
    let newest = from.newest_entry()?.min(standing.place + ENTRIES);
    let found = from.happenings(standing.place, newest, room as i64)?;
    turn.more = found.len() == room || newest == standing.place + ENTRIES;
    turn.upto = match found.last() {
        Some(last) if found.len() == room => last.entry.seq,
        _ => newest,
    };
    for happening in &found {
        let Some(message) = message(from, kept, happening)? else { continue };
        match busy.contains(&message.lane) {
            true => turn.held.push((message.seq, message.lane)),
            false => turn.messages.push(message),
        }
    }
    Ok(())
}

/// A webhook as an administrator sees it.
pub(in crate::store) fn shown(from: &impl Outbox, now: i64) -> Result<Vec<WebhookNow>> {
    let rows = from.hooks()?;
    let newest = if rows.is_empty() { 0 } else { from.newest_entry()? };
    rows.iter().map(|row| one_shown(from, row, newest, now)).collect()
}

fn one_shown(from: &impl Outbox, row: &HookRow, newest: i64, now: i64) -> Result<WebhookNow> {
    let (kept, standing) = row.read()?;
    let (waiting, given_up) = from.counted(&row.name)?;
    let state = match (standing.off, kept.webhook.paused, standing.failures > 0 || waiting > 0) {
        (true, ..) => HookState::Off,
        (_, true, _) => HookState::Paused,
        (.., true) => HookState::Failing,
        _ => HookState::Ok,
    };
    // What it is not told of is passed by now and then, and is no backlog.
    let lag = (newest - standing.place).max(0);
    let behind = if state == HookState::Ok && lag < LAG { 0 } else { lag.unsigned_abs() };
    Ok(WebhookNow {
        webhook: kept.webhook,
        state,
        delivered: standing.delivered,
        waiting: waiting.unsigned_abs(),
        given_up: given_up.unsigned_abs(),
        behind,
        delivered_at: standing.delivered_at.map(timestamp),
        failing_since: standing.failing_since.map(timestamp),
        next_at: (standing.next > now).then(|| timestamp(standing.next)),
        error: standing.error,
    })
}

/// What has not arrived: first what is tried again, in its order, then what was given up, newest first.
pub(in crate::store) fn deliveries(from: &impl Outbox, name: &str) -> Result<Vec<DeliveryNow>> {
    let row = from.hook(name)?.ok_or_else(|| unknown(name))?;
    let (_, standing) = row.read()?;
    let mut rows = from.undelivered(name, TOLD)?;
    rows.extend(from.given_up(name, TOLD)?);
    let mut told = Vec::with_capacity(rows.len());
    for row in rows {
        let entry = from.happening(row.seq)?.map(|happening| happening.entry).unwrap_or_default();
        let (tried, seq) = (row.tried(), row.seq.unsigned_abs());
        let next = standing.next_of(&tried).max(standing.next);
        told.push(DeliveryNow {
            seq,
            event: entry.action,
            item: entry.subject,
            tries: tried.tries,
            given_up: row.given_up,
            next_at: (!row.given_up && tried.tries > 0 && next > 0).then(|| timestamp(next)),
            first_tried_at: (tried.first > 0).then(|| timestamp(tried.first)),
            error: tried.error,
        });
    }
    Ok(told)
}

/// Webhooks that a supervisor has to know of: turned off, or with something that was tried and has not arrived.
pub(in crate::store) fn ailing(from: &impl Outbox) -> Result<Vec<HookTrouble>> {
    let mut ailing = Vec::new();
    for row in from.hooks()? {
        let (kept, standing) = row.read()?;
        let (waiting, given_up) = from.counted(&row.name)?;
        let failing = standing.failures > 0 || waiting > 0;
        if standing.off || (failing && !kept.webhook.paused) {
            let waiting = (waiting + given_up).unsigned_abs();
            ailing.push(HookTrouble { name: row.name, waiting, off: standing.off });
        }
    }
    Ok(ailing)
}
