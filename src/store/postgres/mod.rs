//! The team's queue: PostgreSQL, several servers on one database, each with one writer.
//!
//! What makes it fast: leases come from an order that is read ahead into memory, decisions are gathered into commits of
//! one statement a table, and whoever waits for one commit is gathered for the next. What waits has a small table of
//! its own, so neither what is claimed nor an old snapshot slows a claim. Nothing is notified in a commit.
//!
//! What must stay true: only the `writer` writes; every commit takes the next number in `commit`, which
//! two servers cannot both have; *recorded* is answered after a synced commit. tokio-postgres rather than sqlx, because
//! a commit travels as one pipeline, and because sqlx and rusqlite cannot share one libsqlite3.
//!
//! To grow past one database machine: statistics and exports are asked of a store that is connected to a read replica,
//! which is read as it is; the log is partitioned by month, so that old months move to cheaper disks or go as a whole.

mod about;
mod access;
mod alerts;
mod authors;
mod bell;
mod cache;
mod copy;
mod days;
mod error;
mod floor;
mod groups;
mod house;
mod items;
mod leases;
mod listing;
mod log;
mod messages;
mod open;
mod pages;
mod pending;
mod pictures;
mod places;
mod read;
mod rows;
mod shelf;
mod stats;
mod tls;
mod webhooks;
mod window;
mod wire;
mod writer;

use self::pages::Pages;
use super::access::{Access, Held, KeptToken};
pub use super::keeper::Options;
use super::keeper::{Keeper, history};
use super::{
    AuditEntry, BrokenLink, Decided, DecisionFilter, Event, HistoryEntry, Imported, Kept, Parcel, Renewed, Result,
    Reverse, Store, StoreError,
};
use crate::moderation::alert::AlertState;
use crate::moderation::author::AuthorFigures;
use crate::moderation::deadline::PauseReason;
use crate::moderation::doubt::{Answer, Seeking};
use crate::moderation::filter::Filter;
use crate::moderation::floor::{Findings, FloorNow, Override, Standing, Step};
use crate::moderation::group::Thread;
use crate::moderation::mine::Mine;
use crate::moderation::queue::QueueStats;
use crate::moderation::shift::{Handover, ShiftState};
use crate::moderation::webhook::{DeliveryNow, Holder, Replay, Replayed, WebhookNow};
use crate::moderation::{
    Alert, By, Claim, Claimed, Client, Decision, Doubt, DoubtState, Exposure, Group, Messages, Notice, Pass, Person,
    Precedent, Queue, Recorded, Refusal, Sight, Webhook,
};
use crate::store::listing::{Listed, Listing};
use crate::store::outgoing::{HookSecret, Settled, Turn};
use crate::store::{Again, Erased, Expired};
use crate::wellbeing::Rules;
use async_trait::async_trait;
use jiff::Timestamp;
use std::sync::Arc;
use uuid::Uuid;

/// The team's queue, open. Dropping it finishes what was asked.
pub struct PostgresStore {
    keeper: writer::Desk,
    reader: read::Desk,
    rings: tokio::sync::watch::Receiver<u64>,
    rules: Arc<Rules>,
    /// The lines to the database live here, so that no caller's runtime has to outlive the store.
    runtime: Option<tokio::runtime::Runtime>,
}

impl PostgresStore {
    /// Opens the queue in a database, making or bringing it up where needed. `?options=-csearch_path%3Dname` chooses a
    /// schema, `sslmode` and `sslrootcert` say whether and how the line is encrypted.
    pub async fn connect(url: &str, options: Options) -> Result<Self> {
        let address = open::address(url)?;
        let options = Arc::new(options);
        let rules = Arc::clone(&options.rules);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("database")
            .enable_all()
            .build()
            .map_err(|error| StoreError::Engine(error.kind().to_string()))?;
        let handle = runtime.handle().clone();
        let reader = read::Desk::open(wire::Wire::new(handle.clone(), address.clone()), Arc::clone(&options))?;
        let (opened, wait) = tokio::sync::oneshot::channel();
        let (keeper, rings) = writer::Desk::open(handle, address, options, opened)?;
        let store = Self { keeper, reader, rings, rules, runtime: Some(runtime) };
        wait.await.map_err(|_| StoreError::Engine("its thread is gone".into()))??;
        Ok(store)
    }
}

impl Drop for PostgresStore {
    fn drop(&mut self) {
        self.keeper.stop();
        self.reader.stop();
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

#[async_trait]
impl Store for PostgresStore {
    async fn take_in(&self, parcels: Vec<Parcel>) -> Result<Vec<Imported>> {
        self.keeper.ask(true, move |keeper| keeper.import(&parcels)).await
    }

    async fn withdraw(&self, items: &[String], by: &str) -> Result<Vec<String>> {
        let (items, by) = (items.to_vec(), by.to_owned());
        self.keeper.ask(true, move |keeper| keeper.withdraw(&items, &by)).await
    }

    async fn claim(&self, who: &str, claim: &Claim) -> Result<Claimed> {
        let (who, claim) = (who.to_owned(), claim.clone());
        self.keeper.ask(false, move |keeper| keeper.claim(&who, &claim)).await
    }

    async fn renew(&self, who: &str, desk: Option<&str>, items: &[String]) -> Result<Renewed> {
        let (who, desk, items) = (who.to_owned(), desk.map(str::to_owned), items.to_vec());
        self.keeper.ask(false, move |keeper| keeper.renew(&who, desk.as_deref(), &items)).await
    }

    async fn release(&self, who: &str, items: &[Sight]) -> Result<Vec<Refusal>> {
        let (who, items) = (who.to_owned(), items.to_vec());
        self.keeper.ask(true, move |keeper| keeper.release(&who, &items)).await
    }

    async fn decide(&self, who: &str, decisions: &[Decision], claim: Option<&Claim>) -> Result<Decided> {
        let (who, decisions, claim) = (who.to_owned(), decisions.to_vec(), claim.cloned());
        self.keeper.ask(true, move |keeper| keeper.decide(&who, &decisions, claim.as_ref())).await
    }

    async fn reverse(&self, who: &str, decision: Uuid, reverse: &Reverse) -> Result<Recorded> {
        let (who, reverse) = (who.to_owned(), reverse.clone());
        self.keeper.ask(true, move |keeper| keeper.reverse(&who, decision, &reverse)).await
    }

    async fn pass(&self, who: &str, passes: &[Pass]) -> Result<Vec<Refusal>> {
        let (who, passes) = (who.to_owned(), passes.to_vec());
        self.keeper.ask(true, move |keeper| keeper.pass(&who, &passes)).await
    }

    async fn expose(&self, who: &str, exposures: &[Exposure]) -> Result<()> {
        let (who, exposures) = (who.to_owned(), exposures.to_vec());
        self.keeper.ask(true, move |keeper| keeper.expose(&who, &exposures)).await
    }

    async fn start_shift(&self, who: &str, ends_at: Option<Timestamp>) -> Result<ShiftState> {
        let who = who.to_owned();
        self.keeper.ask(true, move |keeper| keeper.start_shift(&who, ends_at)).await
    }

    async fn end_shift(&self, who: &str, notes: &[Handover]) -> Result<()> {
        let (who, notes) = (who.to_owned(), notes.to_vec());
        self.keeper.ask(true, move |keeper| keeper.end_shift(&who, &notes)).await
    }

    async fn shift(&self, who: &str) -> Result<ShiftState> {
        let who = who.to_owned();
        self.keeper.ask(false, move |keeper| keeper.look_at_shift(&who)).await
    }

    async fn begin_break(&self, who: &str, said: Option<&str>) -> Result<ShiftState> {
        let (who, said) = (who.to_owned(), said.map(str::to_owned));
        self.keeper.ask(true, move |keeper| keeper.begin_break(&who, said.as_deref())).await
    }

    async fn end_break(&self, who: &str) -> Result<ShiftState> {
        let who = who.to_owned();
        self.keeper.ask(true, move |keeper| keeper.end_break(&who)).await
    }

    async fn agree_graphic(&self, who: &str) -> Result<ShiftState> {
        let who = who.to_owned();
        self.keeper.ask(true, move |keeper| keeper.agree_graphic(&who)).await
    }

    async fn alert(&self, who: &str, alert: &Alert) -> Result<AlertState> {
        let (who, alert) = (who.to_owned(), alert.clone());
        self.keeper.ask(true, move |keeper| keeper.alert(&who, &alert)).await
    }

    async fn acknowledge(&self, who: &str, alert: Uuid) -> Result<AlertState> {
        let who = who.to_owned();
        self.keeper.ask(true, move |keeper| keeper.acknowledge(&who, alert)).await
    }

    async fn alerts(&self, who: &str) -> Result<Vec<AlertState>> {
        let who = who.to_owned();
        self.reader.ask(move |reader| reader.alerts(&who)).await
    }

    async fn doubt(&self, who: &str, doubt: &Doubt) -> Result<DoubtState> {
        let (who, doubt) = (who.to_owned(), doubt.clone());
        self.keeper.ask(true, move |keeper| keeper.ask(&who, &doubt)).await
    }

    async fn answer(&self, who: &str, doubt: Uuid, answer: &Answer) -> Result<DoubtState> {
        let (who, answer) = (who.to_owned(), answer.clone());
        self.keeper.ask(true, move |keeper| keeper.answer(&who, doubt, &answer)).await
    }

    async fn keep_precedent(&self, who: &str, doubt: Uuid, keep: bool) -> Result<DoubtState> {
        let who = who.to_owned();
        self.keeper.ask(true, move |keeper| keeper.keep_precedent(&who, doubt, keep)).await
    }

    async fn precedents(&self, who: &str, seeking: &Seeking) -> Result<Vec<Precedent>> {
        let (who, seeking) = (who.to_owned(), seeking.clone());
        self.reader.ask(move |reader| reader.precedents(&who, &seeking)).await
    }

    async fn notify(&self, by: &str, notice: &Notice) -> Result<()> {
        let (by, notice) = (by.to_owned(), notice.clone());
        self.keeper.ask(true, move |keeper| keeper.notify(&by, &notice)).await
    }

    async fn confirm(&self, who: &str, messages: &[Uuid]) -> Result<()> {
        let (who, messages) = (who.to_owned(), messages.to_vec());
        self.keeper.ask(true, move |keeper| keeper.confirm(&who, &messages)).await
    }

    async fn messages(&self, who: &str) -> Result<Messages> {
        let who = who.to_owned();
        self.reader.ask(move |reader| reader.messages(&who)).await
    }

    async fn look_again(&self, client: &str, version: &str, after: u64, by: &str) -> Result<Again> {
        let (client, version, by) = (client.to_owned(), version.to_owned(), by.to_owned());
        self.keeper.ask(true, move |keeper| keeper.look_again(&client, &version, after, &by)).await
    }

    async fn pause_deadline(&self, item: &str, reason: Option<PauseReason>, by: &str) -> Result<Option<Timestamp>> {
        let (item, by) = (item.to_owned(), by.to_owned());
        self.keeper.ask(true, move |keeper| keeper.pause_deadline(&item, reason, &by)).await
    }

    async fn item(&self, id: &str) -> Result<Kept> {
        let id = id.to_owned();
        self.reader.ask(move |reader| reader.item(&id)).await
    }

    async fn put_picture(&self, hash: &str, bytes: Vec<u8>) -> Result<bool> {
        let hash = hash.to_owned();
        let put = move |keeper: &mut Keeper<Pages>| {
            keeper.put_picture(&hash, |pages: &Pages| pages.put_picture(&hash, &bytes))
        };
        self.keeper.ask(true, put).await
    }

    async fn picture(&self, item: &str, hash: &str) -> Result<Option<Vec<u8>>> {
        let (item, hash) = (item.to_owned(), hash.to_owned());
        self.reader.ask(move |reader| reader.picture(&item, &hash)).await
    }

    async fn history(&self, id: &str) -> Result<Vec<HistoryEntry>> {
        let id = id.to_owned();
        self.reader.ask(move |reader| reader.history(&id)).await
    }

    async fn groups(&self, who: &str, item: &str, by: Option<By>) -> Result<Vec<Group>> {
        let (who, item) = (who.to_owned(), item.to_owned());
        self.reader.ask(move |reader| reader.groups(&who, &item, by)).await
    }

    async fn thread(&self, who: &str, item: &str) -> Result<Thread> {
        let (who, item) = (who.to_owned(), item.to_owned());
        self.reader.ask(move |reader| reader.thread(&who, &item)).await
    }

    async fn author(&self, id: &str) -> Result<AuthorFigures> {
        let id = id.to_owned();
        self.reader.ask(move |reader| history::author(&reader.wire, &id, 20)).await
    }

    async fn author_for(&self, who: &str, id: &str) -> Result<AuthorFigures> {
        let (who, id) = (who.to_owned(), id.to_owned());
        self.reader.ask(move |reader| reader.author_for(&who, &id)).await
    }

    async fn takes_writes(&self) -> Result<bool> {
        self.reader.ask(|reader| reader.takes_writes()).await
    }

    async fn stats(&self, sealed: bool) -> Result<Vec<QueueStats>> {
        self.reader.ask(move |reader| reader.stats(sealed)).await
    }

    async fn floor(&self, sealed: bool) -> Result<FloorNow> {
        self.reader.ask(move |reader| reader.floor(sealed)).await
    }

    async fn search(&self, filter: &Filter, before: Option<i64>) -> Result<Findings> {
        let filter = filter.clone();
        self.reader.ask(move |reader| reader.search(&filter, before)).await
    }

    async fn step_in(&self, who: &str, item: &str, step: &Step) -> Result<Standing> {
        let (who, item, step) = (who.to_owned(), item.to_owned(), step.clone());
        self.keeper.ask(true, move |keeper| keeper.step_in(&who, &item, &step)).await
    }

    async fn overrule(&self, who: &str, asked: &Override) -> Result<Recorded> {
        let (who, asked) = (who.to_owned(), asked.clone());
        self.keeper.ask(true, move |keeper| keeper.overrule(&who, &asked)).await
    }

    async fn decisions(&self, filter: &DecisionFilter) -> Result<Vec<(u64, Decision)>> {
        let filter = filter.clone();
        self.reader.ask(move |reader| reader.decisions(&filter)).await
    }

    async fn audit(&self, after: u64, limit: u32) -> Result<Vec<AuditEntry>> {
        self.reader.ask(move |reader| reader.audit(after, limit)).await
    }

    async fn verify_audit(&self) -> Result<Option<BrokenLink>> {
        self.reader.ask(move |reader| reader.verify()).await
    }

    async fn items(&self, listing: &Listing) -> Result<Vec<Listed>> {
        let listing = listing.clone();
        self.reader.ask(move |reader| reader.items(&listing)).await
    }

    async fn erase_author(&self, author: &str, by: &str) -> Result<Erased> {
        let (author, by) = (author.to_owned(), by.to_owned());
        self.keeper.ask(true, move |keeper| keeper.erase_author(&author, &by)).await
    }

    async fn expire(&self, most: u32) -> Result<Expired> {
        self.keeper.ask(true, move |keeper| keeper.expire(most)).await
    }

    async fn queues(&self) -> Result<Vec<Queue>> {
        self.reader.ask(|reader| reader.bodies("SELECT body FROM queue ORDER BY id")).await
    }

    async fn set_queue(&self, queue: &Queue, by: &str) -> Result<()> {
        let (queue, by) = (queue.clone(), by.to_owned());
        self.keeper.ask(true, move |keeper| keeper.set_queue(&queue, &by)).await
    }

    async fn release_queue(&self, queue: &str, passed: bool, by: &str) -> Result<u64> {
        let (queue, by) = (queue.to_owned(), by.to_owned());
        self.keeper.ask(true, move |keeper| keeper.release_queue(&queue, passed, &by)).await
    }

    async fn clients(&self) -> Result<Vec<Client>> {
        self.reader.ask(|reader| reader.bodies("SELECT body FROM client ORDER BY name")).await
    }

    async fn set_client(&self, client: &Client, by: &str) -> Result<()> {
        let (client, by) = (client.clone(), by.to_owned());
        self.keeper.ask(true, move |keeper| keeper.set_client(&client, &by)).await
    }

    async fn people(&self) -> Result<Vec<Person>> {
        self.reader.ask(|reader| reader.bodies("SELECT body FROM person ORDER BY id")).await
    }

    async fn set_person(&self, person: &Person, by: &str) -> Result<Person> {
        let (person, by) = (person.clone(), by.to_owned());
        self.keeper.ask(true, move |keeper| keeper.set_person(&person, &by)).await
    }

    async fn opt_outs(&self, who: &str, change: Option<&[String]>) -> Result<Vec<String>> {
        let (who, change) = (who.to_owned(), change.map(<[String]>::to_vec));
        self.keeper.ask(true, move |keeper| keeper.opt_outs(&who, change.as_deref())).await
    }

    async fn mine(&self, who: &str) -> Result<Mine> {
        let topics = self.opt_outs(who, None).await?;
        let who = who.to_owned();
        let mine = self.reader.ask(move |reader| reader.mine(&who)).await?;
        Ok(Mine { topics, ..mine })
    }

    async fn about(&self, who: &str) -> Result<serde_json::Value> {
        let who = who.to_owned();
        self.reader.ask(move |reader| reader.about(&who)).await
    }

    async fn erase_about(&self, who: &str) -> Result<u64> {
        let who = who.to_owned();
        self.keeper.ask(true, move |keeper| keeper.erase_about(&who)).await
    }

    async fn note_names_export(&self, by: &str) -> Result<()> {
        let by = by.to_owned();
        self.keeper.ask(true, move |keeper| keeper.note_names_export(&by)).await
    }

    async fn add_token(&self, name: &str, token: &KeptToken, by: &str) -> Result<()> {
        let (name, token, by) = (name.to_owned(), *token, by.to_owned());
        self.keeper.ask(true, move |keeper| keeper.add_token(&name, &token, &by)).await
    }

    async fn revoke_tokens(&self, name: &str, by: &str) -> Result<u64> {
        let (name, by) = (name.to_owned(), by.to_owned());
        self.keeper.ask(true, move |keeper| keeper.revoke_tokens(&name, &by)).await
    }

    async fn access(&self, after: u64) -> Result<Vec<Access>> {
        self.reader.ask(move |reader| reader.access(after)).await
    }

    async fn holds(&self, who: &str, what: Held<'_>) -> Result<bool> {
        let who = who.to_owned();
        let (item, name) = match what {
            Held::Item(name) => (true, name.to_owned()),
            Held::Author(name) => (false, name.to_owned()),
        };
        let held = move |reader: &mut read::Reader| {
            reader.holds(&who, if item { Held::Item(&name) } else { Held::Author(&name) })
        };
        self.reader.ask(held).await
    }

    async fn event_span(&self) -> Result<(u64, u64)> {
        self.reader.ask(read::Reader::event_span).await
    }

    async fn events(&self, after: u64, limit: u32) -> Result<Vec<Event>> {
        self.reader.ask(move |reader| reader.events(after, limit)).await
    }

    async fn tidings(&self, after: u64, limit: u32) -> Result<(Vec<Event>, u64)> {
        self.reader.ask(move |reader| reader.tidings(after, limit)).await
    }

    async fn webhooks(&self) -> Result<Vec<WebhookNow>> {
        self.reader.ask(|reader| reader.webhooks()).await
    }

    async fn set_webhook(&self, webhook: &Webhook, secret: Option<&HookSecret>, by: &str) -> Result<()> {
        let (webhook, secret, by) = (webhook.clone(), secret.cloned(), by.to_owned());
        self.keeper.ask(true, move |keeper| keeper.set_webhook(&webhook, secret.as_ref(), &by)).await
    }

    async fn remove_webhook(&self, name: &str, by: &str) -> Result<()> {
        let (name, by) = (name.to_owned(), by.to_owned());
        self.keeper.ask(true, move |keeper| keeper.remove_webhook(&name, &by)).await
    }

    async fn replay_webhook(&self, name: &str, what: &Replay, by: &str) -> Result<Replayed> {
        let (name, what, by) = (name.to_owned(), *what, by.to_owned());
        self.keeper.ask(true, move |keeper| keeper.replay(&name, &what, &by)).await
    }

    async fn deliveries(&self, name: &str) -> Result<Vec<DeliveryNow>> {
        let name = name.to_owned();
        self.reader.ask(move |reader| reader.deliveries(&name)).await
    }

    async fn take_turn(&self, name: &str, holder: Holder) -> Result<Option<Turn>> {
        let (first, again) = (name.to_owned(), name.to_owned());
        let seen = self.reader.ask(move |reader| reader.turn(&first, holder)).await?;
        let Some((_, false)) = seen else { return Ok(seen.map(|(turn, _)| turn)) };
        let name = name.to_owned();
        // Unsynced: a turn lost with the power is taken again.
        if !self.keeper.ask(false, move |keeper| keeper.take_turn_of(&name, holder)).await? {
            return Ok(None);
        }
        // What was seen before may have been somebody else's to send.
        Ok(self.reader.ask(move |reader| reader.turn(&again, holder)).await?.map(|(turn, _)| turn))
    }

    async fn keep_turn(&self, name: &str, holder: Holder) -> Result<bool> {
        let name = name.to_owned();
        self.keeper.ask(false, move |keeper| keeper.keep_turn_of(&name, holder)).await
    }

    async fn settle_turn(&self, name: &str, holder: Holder, settled: &Settled) -> Result<bool> {
        let (name, settled) = (name.to_owned(), settled.clone());
        // Unsynced: what is forgotten goes out once more, under its old id.
        self.keeper.ask(false, move |keeper| keeper.settle_turn(&name, holder, &settled)).await
    }

    fn rules(&self) -> Arc<Rules> {
        Arc::clone(&self.rules)
    }

    fn rings(&self) -> tokio::sync::watch::Receiver<u64> {
        self.rings.clone()
    }
}
