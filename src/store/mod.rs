//! The queue: one trait, an engine a folder, and one story of tests that every engine must pass (`tests/contract/`).
//!
//! What must hold for every engine: *recorded* means committed and synced before the answer leaves; the first
//! decision wins within a round; a decision id is recorded once; leases are exclusive; audit and event numbers follow
//! the order of commits; wellbeing is computed inside the claim's transaction, with the store's own clock.

pub mod access;
mod answer;
pub mod audit;
mod engine;
mod error;
pub mod judge;
mod keeper;
pub mod listing;
pub mod merge;
pub mod outgoing;
mod parcel;
pub mod postgres;
pub mod serving;
pub mod sqlite;

use crate::moderation::alert::AlertState;
use crate::moderation::author::AuthorFigures;
use crate::moderation::deadline::PauseReason;
use crate::moderation::doubt::{Answer, Seeking};
use crate::moderation::filter::Filter;
use crate::moderation::floor::{Findings, FloorNow, Override, Standing, Step};
use crate::moderation::group::Thread;
pub use crate::moderation::intake::{Incoming, RefusedLine};
use crate::moderation::mine::Mine;
use crate::moderation::queue::QueueStats;
use crate::moderation::shift::{Handover, ShiftState};
use crate::moderation::webhook::{DeliveryNow, Holder, Replay, Replayed, WebhookNow};
use crate::moderation::{
    Alert, By, Claim, Claimed, Client, Decision, Doubt, DoubtState, Exposure, Group, Messages, Notice, Pass, Person,
    Precedent, Queue, Recorded, Refusal, Sight, Webhook,
};
use crate::wellbeing::Rules;
use access::{Access, Held, KeptToken};
pub use answer::{
    Again, AuditEntry, BrokenLink, Decided, DecisionFilter, Erased, Event, Expired, HistoryEntry, ImportOptions,
    Imported, Kept, Renewed, Reverse,
};
use async_trait::async_trait;
pub use error::{Result, StoreError};
use jiff::Timestamp;
use listing::{Listed, Listing};
use outgoing::{HookSecret, Settled, Turn};
pub use parcel::Parcel;
use std::sync::Arc;
use uuid::Uuid;

/// The queue as the program sees it. `who` is the name of a signed-in person whose rights the caller has checked by
/// role; what concerns single items (leases, rounds, ceilings, breaks) the store checks itself.
#[async_trait]
pub trait Store: Send + Sync {
    /// Takes items in; one transaction a call. The caller cuts files into batches.
    async fn import(&self, items: Vec<Incoming>, options: ImportOptions) -> Result<Imported> {
        let mut done = self.take_in(vec![Parcel::of(items, options)]).await?;
        Ok(done.pop().unwrap_or_default())
    }
    /// Takes in what several bring, in one transaction: an answer for each, as if they had come one after the other.
    async fn take_in(&self, parcels: Vec<Parcel>) -> Result<Vec<Imported>>;
    /// Withdraws items; their history stays. Answers those that were there.
    async fn withdraw(&self, items: &[String], by: &str) -> Result<Vec<String>>;

    /// Leases items, or says that a break comes first. Begins a shift with the default end where none runs.
    async fn claim(&self, who: &str, claim: &Claim) -> Result<Claimed>;
    /// Prolongs leases of a desk that is alive.
    async fn renew(&self, who: &str, desk: Option<&str>, items: &[String]) -> Result<Renewed>;
    /// Hands back what is undecided, booking what was seen.
    async fn release(&self, who: &str, items: &[Sight]) -> Result<Vec<Refusal>>;
    /// Records decisions, each on its own, in one commit; a claim may ride along.
    async fn decide(&self, who: &str, decisions: &[Decision], claim: Option<&Claim>) -> Result<Decided>;
    /// Undoes a recorded decision by a linked later one; my own is leased to me in the same answer.
    async fn reverse(&self, who: &str, decision: Uuid, reverse: &Reverse) -> Result<Recorded>;
    /// Hands items back with a reason; they do not come back to this moderator in this round.
    async fn pass(&self, who: &str, passes: &[Pass]) -> Result<Vec<Refusal>>;
    /// Books what was seen of items that left the screen another way.
    async fn expose(&self, who: &str, exposures: &[Exposure]) -> Result<()>;

    /// Signs in, or continues a shift.
    async fn start_shift(&self, who: &str, ends_at: Option<Timestamp>) -> Result<ShiftState>;
    /// Signs out: releases what is undecided, keeps the notes for the next.
    async fn end_shift(&self, who: &str, notes: &[Handover]) -> Result<()>;
    /// The running shift, the break, the desk that is open.
    async fn shift(&self, who: &str) -> Result<ShiftState>;
    /// A voluntary break: open-ended; `lunch`, `meeting` or `technical` may be said.
    async fn begin_break(&self, who: &str, said: Option<&str>) -> Result<ShiftState>;
    /// Ends a voluntary break, or a forced one that is over by the queue's clock; else `BreakDue` stays.
    async fn end_break(&self, who: &str) -> Result<ShiftState>;
    /// Agrees anew to graphic items above the soft cap of the day.
    async fn agree_graphic(&self, who: &str) -> Result<ShiftState>;

    /// Raises, completes or withdraws an alert.
    async fn alert(&self, who: &str, alert: &Alert) -> Result<AlertState>;
    /// Takes an alert.
    async fn acknowledge(&self, who: &str, alert: Uuid) -> Result<AlertState>;
    /// Alerts that nobody has taken, and those of `who`.
    async fn alerts(&self, who: &str) -> Result<Vec<AlertState>>;

    /// Asks before deciding: the item is parked, out of everybody's hands, and its deadline runs on.
    async fn doubt(&self, who: &str, doubt: &Doubt) -> Result<DoubtState>;
    /// Answers a doubt that is put to `who`.
    async fn answer(&self, who: &str, doubt: Uuid, answer: &Answer) -> Result<DoubtState>;
    /// Keeps an answered doubt as a precedent, or no longer.
    async fn keep_precedent(&self, who: &str, doubt: Uuid, keep: bool) -> Result<DoubtState>;
    /// Precedents of the clients that `who` works for: beside an item, by words, or both.
    async fn precedents(&self, who: &str, seeking: &Seeking) -> Result<Vec<Precedent>>;
    /// Sends a notice to one, to a client's desks, or to all; audited by its hash.
    async fn notify(&self, by: &str, notice: &Notice) -> Result<()>;
    /// Notes that `who` has read these.
    async fn confirm(&self, who: &str, messages: &[Uuid]) -> Result<()>;
    /// Notices for `who`, their doubts and those they are asked, and what became of their decisions. A supervisor gets
    /// every notice with who has read it, and every open doubt.
    async fn messages(&self, who: &str) -> Result<Messages>;
    /// Brings back what was decided under an older version of a client's policies, a page of the log at a time.
    async fn look_again(&self, client: &str, version: &str, after: u64, by: &str) -> Result<Again>;

    /// Stops the clock of an item's deadline, for a reason that is recorded, or (without one) lets it go on with what
    /// was left. Answers by when the item is due now.
    async fn pause_deadline(&self, item: &str, reason: Option<PauseReason>, by: &str) -> Result<Option<Timestamp>>;

    /// One item as kept.
    async fn item(&self, id: &str) -> Result<Kept>;
    /// Keeps the bytes of a picture under the SHA-256 that the caller has checked them against; `false` where no item
    /// names it, and then nothing is kept.
    async fn put_picture(&self, hash: &str, bytes: Vec<u8>) -> Result<bool>;
    /// The bytes of a picture that an item names, where they are kept; of a sealed item nothing is.
    async fn picture(&self, item: &str, hash: &str) -> Result<Option<Vec<u8>>>;
    /// What happened to it, oldest first.
    async fn history(&self, id: &str) -> Result<Vec<HistoryEntry>>;
    /// What belongs with an item, in every way or in one: for whoever asks to claim by name.
    async fn groups(&self, who: &str, item: &str, by: Option<By>) -> Result<Vec<Group>>;
    /// What came here of the thread that an item stands in, with the verdicts given.
    async fn thread(&self, who: &str, item: &str) -> Result<Thread>;
    /// What this queue knows of an author.
    async fn author(&self, id: &str) -> Result<AuthorFigures>;
    /// The same for a moderator: refused where a conflict of interest has shut that author to them.
    async fn author_for(&self, who: &str, id: &str) -> Result<AuthorFigures>;
    /// Whether it can be written to: a read replica answers and takes nothing.
    async fn takes_writes(&self) -> Result<bool> {
        Ok(true)
    }
    /// A row a queue; `sealed` rows only for those who may know of them.
    async fn stats(&self, sealed: bool) -> Result<Vec<QueueStats>>;
    /// The house as a supervisor sees it; `sealed` rows only for those who may know of them.
    async fn floor(&self, sealed: bool) -> Result<FloorNow>;
    /// What passes a filter, in whatever queue and state: a part, newest first, and where the next part begins.
    async fn search(&self, filter: &Filter, before: Option<i64>) -> Result<Findings>;
    /// A supervisor's step on one item that is not decided: priority and deadline, another queue, out of somebody's
    /// hands. Audited.
    async fn step_in(&self, who: &str, item: &str, step: &Step) -> Result<Standing>;
    /// A supervisor's last word: overturns what was decided and decides anew in one act, or decides what nobody has.
    async fn overrule(&self, who: &str, asked: &Override) -> Result<Recorded>;
    /// Decisions, oldest first, with their sequence numbers.
    async fn decisions(&self, filter: &DecisionFilter) -> Result<Vec<(u64, Decision)>>;
    /// Audit entries after `after`, oldest first.
    async fn audit(&self, after: u64, limit: u32) -> Result<Vec<AuditEntry>>;
    /// Checks the whole chain.
    async fn verify_audit(&self) -> Result<Option<BrokenLink>>;

    /// What stands in a queue, a page at a time, in the order of arrival.
    async fn items(&self, listing: &Listing) -> Result<Vec<Listed>>;
    /// Erases everything of an author; audited without naming them.
    async fn erase_author(&self, author: &str, by: &str) -> Result<Erased>;
    /// Lets go what clients do not want kept any longer, by the store's own clock; at most so many items in one call.
    async fn expire(&self, most: u32) -> Result<Expired>;

    /// All queues.
    async fn queues(&self) -> Result<Vec<Queue>>;
    /// Makes or changes one; audited.
    async fn set_queue(&self, queue: &Queue, by: &str) -> Result<()>;
    /// Gives back what somebody passed (`passed`) or moves what was escalated to its queue of origin
    /// (`!passed`); answers how many.
    async fn release_queue(&self, queue: &str, passed: bool, by: &str) -> Result<u64>;
    /// All clients.
    async fn clients(&self) -> Result<Vec<Client>>;
    /// Makes or changes one; audited.
    async fn set_client(&self, client: &Client, by: &str) -> Result<()>;
    /// All people.
    async fn people(&self) -> Result<Vec<Person>>;
    /// Makes or changes one; audited. The store gives the pseudonym.
    async fn set_person(&self, person: &Person, by: &str) -> Result<Person>;

    /// Topics that a person is not served, from the next claim on; with `change` these and no others. Told to nobody
    /// else, in no way.
    async fn opt_outs(&self, who: &str, change: Option<&[String]>) -> Result<Vec<String>>;
    /// What stands on a moderator's own page.
    async fn mine(&self, who: &str) -> Result<Mine>;
    /// Everything that is kept about a person, for that person alone: the only place where exposure is told.
    async fn about(&self, who: &str) -> Result<serde_json::Value>;
    /// Forgets finished shifts and what was looked at; load, running shift and shift count stay while they bind.
    /// Answers how many finished shifts went.
    async fn erase_about(&self, who: &str) -> Result<u64>;
    /// Notes in the audit log that names leave the house in an export.
    async fn note_names_export(&self, by: &str) -> Result<()>;

    /// Gives a person one more token; a person may have several. Audited, without the hash.
    async fn add_token(&self, name: &str, token: &KeptToken, by: &str) -> Result<()>;
    /// Takes all tokens of a person away, at once; answers how many there were. Audited.
    async fn revoke_tokens(&self, name: &str, by: &str) -> Result<u64>;
    /// People whose rights or tokens changed after a change, in the order of changes; an answer may hold but a part,
    /// and then asking again after its last one brings the rest.
    async fn access(&self, after: u64) -> Result<Vec<Access>>;
    /// Whether somebody may look at something because it is in their hands now.
    async fn holds(&self, who: &str, what: Held<'_>) -> Result<bool>;

    /// All webhooks, with how they stand.
    async fn webhooks(&self) -> Result<Vec<WebhookNow>>;
    /// Makes one with this secret, told of what happens from now on, or changes one and leaves its secret. What kept it
    /// from being told is forgotten. Audited, without address or secret.
    async fn set_webhook(&self, webhook: &Webhook, secret: Option<&HookSecret>, by: &str) -> Result<()>;
    /// Takes one away with all that was still to be sent; audited.
    async fn remove_webhook(&self, name: &str, by: &str) -> Result<()>;
    /// Sends again what was given up, or everything from a moment on; audited.
    async fn replay_webhook(&self, name: &str, what: &Replay, by: &str) -> Result<Replayed>;
    /// What has not arrived.
    async fn deliveries(&self, name: &str) -> Result<Vec<DeliveryNow>>;
    /// What `holder` may send now; nothing where there is nothing to send, or somebody else has the turn.
    async fn take_turn(&self, name: &str, holder: Holder) -> Result<Option<Turn>>;
    /// Renews a turn while it is used, see [`outgoing::RENEW`]; `false` where it is not the holder's any more.
    async fn keep_turn(&self, name: &str, holder: Holder) -> Result<bool>;
    /// Books what became of it; `false` where the turn was somebody else's by then, who sends it again.
    async fn settle_turn(&self, name: &str, holder: Holder, settled: &Settled) -> Result<bool>;

    /// The wellbeing rules that every claim is held to.
    fn rules(&self) -> Arc<Rules>;

    /// The numbers of the oldest and the newest event kept; zeros where there is none.
    async fn event_span(&self) -> Result<(u64, u64)>;
    /// Events after a number, for streams that resume.
    async fn events(&self, after: u64, limit: u32) -> Result<Vec<Event>>;
    /// The same without the decisions, of which live views hear in the statistics alone, and up to which number that is
    /// everything: a house makes thousands of decisions for each event that anybody is told.
    async fn tidings(&self, after: u64, limit: u32) -> Result<(Vec<Event>, u64)>;
    /// Rings whenever something was committed, by this process or another; a hint, never the truth.
    fn rings(&self) -> tokio::sync::watch::Receiver<u64>;
}

/// A store that many hold.
pub type SharedStore = Arc<dyn Store>;
