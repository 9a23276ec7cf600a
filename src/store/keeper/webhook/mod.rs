//! Webhooks: a place in the log for each, and a row only for what has not arrived.
//!
//! Nothing is written for a webhook when something is decided: the log is there already, numbered in the order of
//! commits, and whoever delivers reads it from the webhook's own place on. So a house without webhooks pays nothing,
//! and a receiver that is down for days costs a number that stands still.

mod due;
mod message;
mod settle;

pub(in crate::store) use due::{ailing, deliveries, shown, turn};

use super::Keeper;
use super::log::Entry;
use super::shelf::{LogRow, Shelf};
use crate::moderation::Webhook;
use crate::moderation::webhook::{Holder, Replay, Replayed};
use crate::store::outgoing::HookSecret;
use crate::store::{Result, StoreError};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How long a turn lasts that is not renewed, in microseconds.
const TURN: i64 = crate::store::outgoing::TURN.as_micros() as i64;
/// A turn taken so short a time ago need not be taken again.
const JUST_TAKEN: i64 = 1_000_000;

/// A webhook as its row has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::store) struct Kept {
    pub webhook: Webhook,
    /// In hex.
    secret: String,
}

/// How it stands: what delivering changes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::store) struct Standing {
    /// Up to here everything has arrived or has a row of its own.
    pub place: i64,
    pub holder: Option<Holder>,
    pub until: i64,
    pub delivered: u64,
    /// In a row, whatever the message.
    pub failures: u32,
    pub failing_since: Option<i64>,
    pub delivered_at: Option<i64>,
    /// Nothing is sent before.
    pub next: i64,
    /// Waits that were begun under an earlier number are over: the receiver is back, or somebody asked.
    pub wakes: u32,
    /// When that was last.
    pub woken: i64,
    pub error: Option<String>,
    pub off: bool,
}

impl Kept {
    fn secret(&self) -> HookSecret {
        let digits = self.secret.as_bytes().chunks_exact(2);
        let byte = |pair: &[u8]| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
        HookSecret::of(digits.filter_map(byte).collect())
    }
}

/// The row of a webhook: both as JSON.
#[derive(Clone, Debug)]
pub(in crate::store) struct HookRow {
    pub name: String,
    pub body: String,
    pub standing: String,
}

impl HookRow {
    pub(super) fn read(&self) -> Result<(Kept, Standing)> {
        let unread = |error| StoreError::Engine(format!("a webhook cannot be read ({error})"));
        Ok((serde_json::from_str(&self.body).map_err(unread)?, serde_json::from_str(&self.standing).map_err(unread)?))
    }
}

/// A message that has not arrived.
#[derive(Clone, Debug)]
pub(in crate::store) struct DeliveryRow {
    pub seq: i64,
    pub lane: i64,
    pub given_up: bool,
    /// [`Tried`], JSON.
    pub body: String,
}

/// How often it was tried, and when again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::store) struct Tried {
    pub tries: u32,
    pub first: i64,
    pub last: i64,
    pub next: i64,
    /// As the webhook's at the last try.
    pub wakes: u32,
    pub error: Option<String>,
}

impl DeliveryRow {
    pub(super) fn tried(&self) -> Tried {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// An entry of the log that may leave the house, with what is known of its item.
pub(in crate::store) struct Happening {
    pub entry: LogRow,
    /// The queue by which its item came in, JSON.
    pub origin: Option<String>,
}

/// What is read to deliver, beside the writer.
pub(in crate::store) trait Outbox {
    fn hooks(&self) -> Result<Vec<HookRow>>;
    fn hook(&self, name: &str) -> Result<Option<HookRow>>;
    /// What has not arrived and is tried again, in the order of the log.
    fn undelivered(&self, name: &str, most: i64) -> Result<Vec<DeliveryRow>>;
    /// What was given up, the newest first.
    fn given_up(&self, name: &str, most: i64) -> Result<Vec<DeliveryRow>>;
    /// How many are tried again, and how many were given up.
    fn counted(&self, name: &str) -> Result<(i64, i64)>;
    /// The newest number of the log.
    fn newest_entry(&self) -> Result<i64>;
    /// Of the numbers behind `after` up to `upto` those that a webhook can be told of, in order.
    fn happenings(&self, after: i64, upto: i64, most: i64) -> Result<Vec<Happening>>;
    /// One of them.
    fn happening(&self, seq: i64) -> Result<Option<Happening>>;
    /// An item's content.
    fn words_of(&self, item: i64) -> Result<Option<Vec<u8>>>;
}

/// The rows of webhooks, for the one who writes.
pub(in crate::store) trait HookShelf {
    fn webhook(&self, name: &str) -> Result<Option<HookRow>>;
    fn webhooks_kept(&self) -> Result<usize>;
    fn put_webhook(&self, row: &HookRow) -> Result<()>;
    /// Its deliveries go with it.
    fn drop_webhook(&self, name: &str) -> Result<()>;
    fn delivery(&self, name: &str, seq: i64) -> Result<Option<DeliveryRow>>;
    fn put_delivery(&self, name: &str, row: &DeliveryRow) -> Result<()>;
    fn drop_delivery(&self, name: &str, seq: i64) -> Result<()>;
    /// Those behind a number of the log.
    fn drop_deliveries_after(&self, name: &str, seq: i64) -> Result<()>;
    fn deliveries_given_up(&self, name: &str) -> Result<Vec<DeliveryRow>>;
}

/// Webhooks at most: each is read anew many times a minute.
const MOST: usize = 100;

impl<S: Shelf> Keeper<S> {
    /// Makes a webhook with this secret, or changes one and leaves its secret. A new one is told what happens from now
    /// on. Whatever kept an old one from being told is forgotten.
    pub(in crate::store) fn set_webhook(
        &mut self,
        webhook: &Webhook,
        secret: Option<&HookSecret>,
        by: &str,
    ) -> Result<()> {
        if let Some(wrong) = webhook.wrong() {
            return Err(StoreError::Invalid(wrong.into()));
        }
        if let Some(client) = webhook.clients.iter().find(|client| !self.hot.clients.contains_key(*client)) {
            let name = client.clone();
            return Err(StoreError::Unknown { what: "client", name, hint: "`moddesk client list` lists them" });
        }
        let known = self.shelf.webhook(&webhook.name)?.map(|row| row.read()).transpose()?;
        let (kept, mut standing) = match (known, secret) {
            (Some(_), Some(_)) => {
                let why =
                    format!("there is a webhook {} already; remove it first, or choose another name", webhook.name);
                return Err(StoreError::Invalid(why));
            }
            (None, None) => return Err(unknown(&webhook.name)),
            (None, Some(_)) if self.shelf.webhooks_kept()? >= MOST => {
                return Err(StoreError::Invalid(format!("there are {MOST} webhooks at most; remove one first")));
            }
            (None, Some(secret)) => {
                let secret = crate::store::audit::hex(secret.bytes());
                let standing = Standing { place: self.hot.tail.seq, ..Standing::default() };
                (Kept { webhook: webhook.clone(), secret }, standing)
            }
            (Some((kept, standing)), None) => (Kept { webhook: webhook.clone(), ..kept }, standing),
        };
        self.wake(&mut standing);
        standing.off = false;
        let detail = json!({"url_sha256": crate::store::audit::checksum(&webhook.url), "clients": webhook.clients,
            "events": webhook.events, "with_content": webhook.with_content, "paused": webhook.paused});
        self.keep_webhook(&kept, &standing)?;
        self.note_webhook(by, "webhook.set", &webhook.name, detail)
    }

    pub(in crate::store) fn remove_webhook(&mut self, name: &str, by: &str) -> Result<()> {
        self.known_webhook(name)?;
        self.shelf.drop_webhook(name)?;
        self.note_webhook(by, "webhook.removed", name, json!({}))
    }

    /// What was given up is tried again, or everything from a moment on is sent anew.
    pub(in crate::store) fn replay(&mut self, name: &str, what: &Replay, by: &str) -> Result<Replayed> {
        let (kept, mut standing) = self.known_webhook(name)?;
        let mut replayed = Replayed::default();
        match what.since {
            Some(since) => {
                let place = self.place_before(since.as_microsecond(), standing.place)?;
                replayed.entries = (standing.place - place).unsigned_abs();
                standing.place = place;
                self.shelf.drop_deliveries_after(name, place)?;
            }
            None => {
                for row in self.shelf.deliveries_given_up(name)? {
                    let body = serde_json::to_string(&Tried::default()).expect("tries are always JSON");
                    self.shelf.put_delivery(name, &DeliveryRow { given_up: false, body, ..row })?;
                    replayed.again += 1;
                }
            }
        }
        self.wake(&mut standing);
        self.keep_webhook(&kept, &standing)?;
        let detail = json!({"since": what.since, "again": replayed.again, "entries": replayed.entries});
        self.note_webhook(by, "webhook.replayed", name, detail)?;
        Ok(replayed)
    }

    /// Gives the turn to a deliverer, or leaves it with the one who has it.
    pub(in crate::store) fn take_turn_of(&mut self, name: &str, holder: Holder) -> Result<bool> {
        let Some(row) = self.shelf.webhook(name)? else { return Ok(false) };
        let (kept, mut standing) = row.read()?;
        if standing.until > self.micros && standing.holder.is_some_and(|other| other != holder) {
            return Ok(false);
        }
        (standing.holder, standing.until) = (Some(holder), self.micros + TURN);
        self.keep_webhook(&kept, &standing)?;
        Ok(true)
    }

    /// Keeps the turn with the one who has it; `false` where it is not theirs any more, and then they begin nothing.
    pub(in crate::store) fn keep_turn_of(&mut self, name: &str, holder: Holder) -> Result<bool> {
        let Some(row) = self.shelf.webhook(name)? else { return Ok(false) };
        let (kept, mut standing) = row.read()?;
        if standing.holder != Some(holder) {
            return Ok(false);
        }
        standing.until = self.micros + TURN;
        self.keep_webhook(&kept, &standing)?;
        Ok(true)
    }

    /// Nothing waits any longer, and whoever delivers now begins anew: what they report is not about this any more.
    fn wake(&self, standing: &mut Standing) {
        (standing.holder, standing.until, standing.next) = (None, 0, 0);
        (standing.failures, standing.failing_since, standing.error) = (0, None, None);
        (standing.woken, standing.wakes) = (self.micros, standing.wakes + 1);
    }

    /// The last number of the log before a moment: times in it never run backwards by more than clocks differ.
    fn place_before(&self, at: i64, place: i64) -> Result<i64> {
        let (mut low, mut high) = (0, place);
        while low < high {
            let middle = low + (high - low + 1) / 2;
            let earlier = self.shelf.entry(middle)?.is_none_or(|entry| entry.at < at);
            (low, high) = if earlier { (middle, high) } else { (low, middle - 1) };
        }
        Ok(low)
    }

    fn known_webhook(&self, name: &str) -> Result<(Kept, Standing)> {
        self.shelf.webhook(name)?.ok_or_else(|| unknown(name))?.read()
    }

    fn keep_webhook(&self, kept: &Kept, standing: &Standing) -> Result<()> {
        self.shelf.put_webhook(&HookRow {
            name: kept.webhook.name.clone(),
            body: serde_json::to_string(kept).expect("a webhook is always JSON"),
            standing: serde_json::to_string(standing).expect("a standing is always JSON"),
        })
    }

    fn note_webhook(&mut self, by: &str, action: &str, name: &str, detail: serde_json::Value) -> Result<()> {
        let actor = self.actor(by);
        self.audit(&Entry { actor: &actor, action, subject: name, detail, ..Entry::default() }).map(drop)
    }
}

pub(in crate::store) fn unknown(name: &str) -> StoreError {
    StoreError::Unknown { what: "webhook", name: name.to_owned(), hint: "`moddesk webhook list` lists them" }
}
