//! What the keeper asks of an engine: rows by their keys, one at a time, in the words of the queue.
//!
//! Everything that decides (who may take what, first of a round, breaks, rounds, the chain) stands above this line and
//! is the same for every engine; below it are rows and commits. Writes are visible to the reads after them, before
//! the commit as well. All takes `&self`: an engine has one keeper, on one thread.

use super::day::DayState;
use super::hot::{Lane, Lease, Tail};
use super::lease::ItemRow;
use super::message::MessageRow;
use super::webhook::HookShelf;
use crate::store::Result;
use crate::store::access::KeptToken;
use crate::store::serving::Place;
use crate::wellbeing::Severity;
use bytes::Bytes;
use uuid::Uuid;

/// Everything small, as a keeper remembers it from its start.
pub(in crate::store) struct Loaded {
    /// Id and body, JSON.
    pub queues: Vec<(i64, String)>,
    pub clients: Vec<String>,
    pub people: Vec<(i64, String)>,
    /// In the order of their ids.
    pub buckets: Vec<BucketRow>,
    /// Queue, day, decisions on that day.
    pub decided: Vec<(i64, i64, i64)>,
    pub leases: Vec<Lease>,
    /// Item and person.
    pub barred: Vec<(i64, i64)>,
    /// Person and author.
    pub shut: Vec<(i64, i64)>,
    pub days: Vec<(i64, DayState)>,
    pub tail: Tail,
    pub next_item: i64,
    /// Blocks of entries by which items are found again, in the order of their ids, and how many are in each.
    pub kin: Vec<(i64, usize)>,
    /// Items with a doubt that is open.
    pub doubted: Vec<i64>,
}

/// How an item stands now.
#[derive(Clone, Debug)]
pub(in crate::store) struct StandingRow {
    pub seq: i64,
    pub id: String,
    pub state: i64,
    pub bucket: i64,
    pub revision: i64,
    pub received: i64,
    pub last: i64,
    pub author: Option<i64>,
    /// By whom and until when, also where it has run out since.
    pub lease: Option<(i64, i64)>,
}

/// One bucket and how many wait in it.
pub(in crate::store) struct BucketRow {
    pub id: i64,
    pub queue: i64,
    pub origin: i64,
    pub lang: String,
    pub level: Severity,
    pub waiting: i64,
}

/// That somebody had an item in hand. A round of 0 says that it is handed back for good.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct Hand {
    pub round: i64,
    pub revision: i64,
    pub booked: Option<String>,
}

/// One entry of the log.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct LogRow {
    pub seq: i64,
    pub audit: Option<i64>,
    pub at: i64,
    pub actor: String,
    pub action: String,
    pub subject: String,
    /// Canonical JSON.
    pub detail: String,
    pub hash: Option<[u8; 32]>,
    pub person: Option<i64>,
    pub item: Option<i64>,
    pub prev: Option<i64>,
    pub round: Option<i64>,
    pub revision: Option<i64>,
    pub payload: Option<Vec<u8>>,
}

/// The counted figures of an author.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct AuthorRow {
    pub items: i64,
    pub decided: i64,
    pub removed: i64,
    /// Policy and moment of the last removal.
    pub last: Option<(String, i64)>,
}

/// One of an author's newest items.
#[derive(Clone, Debug)]
pub(in crate::store) struct AuthorItemRow {
    pub seq: i64,
    pub id: String,
    pub received: i64,
    pub last: i64,
    pub level: i64,
    pub body: Vec<u8>,
}

/// An alert and who has taken it, when.
#[derive(Clone, Debug)]
pub(in crate::store) struct AlertRow {
    pub id: Uuid,
    pub item: Option<i64>,
    pub person: i64,
    pub open: bool,
    pub body: Vec<u8>,
    pub taken: Option<(String, i64)>,
}

/// What is read along an item's chain in the log: by the keeper inside its transaction, by readers beside it.
pub(in crate::store) trait Chronicle {
    /// One entry of the log.
    fn entry(&self, seq: i64) -> Result<Option<LogRow>>;
    /// When and by whom an item was brought.
    fn imported(&self, item: i64) -> Result<Option<(i64, String)>>;
    /// The figures of an author, by key.
    fn author_row(&self, author: i64) -> Result<Option<AuthorRow>>;
    /// Their newest items that are not sealed, newest first.
    fn author_items(&self, author: i64, most: u32) -> Result<Vec<AuthorItemRow>>;
}

/// Items and their content.
pub(in crate::store) trait ItemShelf {
    /// These items are about to be asked for, one by one.
    fn expect(&self, _ids: &[&str]) -> Result<()> {
        Ok(())
    }
    /// The same, and they are about to be handed to somebody, with what goes with them.
    fn expect_served(&self, ids: &[&str]) -> Result<()> {
        self.expect(ids)
    }
    fn item_by_id(&self, id: &str) -> Result<Option<ItemRow>>;
    fn item_by_seq(&self, seq: i64) -> Result<Option<ItemRow>>;
    fn add_item(&self, row: &ItemRow, body: Bytes) -> Result<()>;
    fn put_item(&self, row: &ItemRow) -> Result<()>;
    fn content(&self, item: i64) -> Result<Option<Vec<u8>>>;
    fn put_content(&self, item: i64, body: Bytes) -> Result<()>;
    /// How these stand now; those that are not there are left out.
    fn standing(&self, items: &[i64]) -> Result<Vec<StandingRow>>;
    /// The items in whose content these bytes stand: every content is read for it.
    fn quoting(&self, bytes: &[u8]) -> Result<Vec<i64>>;
    /// Since when a deadline stands still, and what it was.
    fn paused(&self, item: i64) -> Result<Option<(i64, i64)>>;
    /// Since when, what it was and why; nothing once it goes on.
    fn put_paused(&self, item: i64, paused: Option<(i64, i64, &str)>) -> Result<()>;
}

/// What waits, in order, and whom it is kept from.
pub(in crate::store) trait PlaceShelf {
    /// The first that waits in a bucket, in one of its two orders, behind a place.
    fn first_of(&self, bucket: i64, lane: Lane, after: Option<Place>) -> Result<Option<Place>>;
    fn wait(&self, bucket: i64, place: Place) -> Result<()>;
    /// Whether it was there.
    fn unwait(&self, bucket: i64, place: Place) -> Result<bool>;
    fn bar(&self, item: i64, person: i64, why: &str) -> Result<()>;
    /// All but reporters may have it again. Answers from whom it is still kept.
    fn unbar(&self, item: i64) -> Result<Vec<i64>>;
    /// Those who passed may have it again.
    fn unbar_passed(&self, item: i64) -> Result<()>;
    fn barred(&self) -> Result<Vec<(i64, i64)>>;
    /// What lives in a queue and was passed by somebody.
    fn passed_in(&self, queue: i64) -> Result<Vec<i64>>;
    /// What waits in a queue and came in by another.
    fn escalated_in(&self, queue: i64) -> Result<Vec<i64>>;
    fn shut(&self, person: i64, author: i64) -> Result<()>;
}

/// What is in hands now, and what was.
pub(in crate::store) trait LeaseShelf {
    fn put_lease(&self, lease: &Lease) -> Result<()>;
    fn drop_lease(&self, item: i64) -> Result<()>;
    fn prolong(&self, lease: &Lease) -> Result<()>;
    fn hand(&self, person: i64, item: i64) -> Result<Option<Hand>>;
    /// A lease is given: what was booked stays where the revision is the same.
    fn hand_over(&self, person: i64, row: &ItemRow, at: i64) -> Result<()>;
    /// A look was booked; the round stays.
    fn book(&self, person: i64, row: &ItemRow, at: i64, booked: &str, sight: Option<&str>) -> Result<()>;
    /// The item is handed back for good in this round.
    fn forget_round(&self, person: i64, item: i64) -> Result<()>;
    /// Forgets what was looked at before a moment, of so many items at most; answers of how many.
    fn forget_looks(&self, before: i64, most: u32) -> Result<u64>;
}

/// The log, written; decisions found in it by their ids.
pub(in crate::store) trait LogShelf {
    fn log(&self, row: &LogRow) -> Result<()>;
    fn put_payload(&self, seq: i64, payload: &[u8]) -> Result<()>;
    /// Where a decision's id stands in the log. `fresh` says that the asker holds a live lease on its item: an engine
    /// may then take an id that it has not seen for new, if recording it a second time fails the commit.
    fn logged(&self, id: Uuid, fresh: bool) -> Result<Option<i64>>;
    fn put_logged(&self, id: Uuid, seq: i64) -> Result<()>;
    fn put_reversal(&self, decision: i64, seq: i64, id: Uuid) -> Result<()>;
    fn put_batch(&self, first: i64, log: i64) -> Result<()>;
    /// Entries of the log behind one, in their order: number, moment, and the item that it decided or withdrew.
    fn happened_after(&self, seq: i64, most: u32) -> Result<Vec<(i64, i64, Option<i64>)>>;
    /// Decisions under a version of policies behind one entry of the log and up to another, in their order, and their
    /// items.
    fn decided_under(&self, version: &str, after: i64, upto: i64) -> Result<Vec<(i64, i64)>>;
}

/// How what belongs together is found again, and how often the same text was decided how.
pub(in crate::store) trait KinShelf {
    fn put_kin(&self, id: i64, n: usize, body: Vec<u8>) -> Result<()>;
    /// These blocks; those that are not there are left out.
    fn kin(&self, ids: &[i64]) -> Result<Vec<Vec<u8>>>;
    fn drop_kin(&self, id: i64) -> Result<()>;
    /// The same twice is the same.
    fn add_to_thread(&self, thread: i64, item: i64) -> Result<()>;
    /// Verdict as a number, policy, how often: the most frequent first.
    fn alike(&self, text: i64) -> Result<Vec<(i64, String, u64)>>;
    fn count_alike(&self, text: i64, verdict: i64, policy: &str, by: i64) -> Result<()>;
}

/// The counted figures of authors.
pub(in crate::store) trait AuthorShelf {
    /// The items of an author, by key.
    fn authored(&self, author: i64) -> Result<Vec<i64>>;
    /// Forgets the counted figures of an author.
    fn forget_author(&self, author: i64) -> Result<()>;
    fn add_author(&self, author: i64, items: i64) -> Result<()>;
    fn count_author(&self, author: i64, decided: i64, removed: i64) -> Result<()>;
    fn last_removal(&self, author: i64, policy: Option<&str>, at: i64) -> Result<()>;
}

/// Which items name which pictures.
pub(in crate::store) trait PictureShelf {
    /// An item names a picture by its hash; the same twice is the same.
    fn name_picture(&self, hash: &str, item: i64) -> Result<()>;
    /// It does so no more.
    fn unname_picture(&self, hash: &str, item: i64) -> Result<()>;
    fn is_picture_named(&self, hash: &str) -> Result<bool>;
    /// Its bytes go with the commit.
    fn drop_picture(&self, hash: &str) -> Result<()>;
}

/// Queues, clients and people as they are set, and the counters of queues.
pub(in crate::store) trait HouseShelf {
    fn put_queue(&self, id: i64, name: &str, body: &str) -> Result<()>;
    fn put_client(&self, name: &str, body: &str) -> Result<()>;
    fn put_person(&self, id: i64, name: &str, body: &str) -> Result<()>;
    fn add_bucket(&self, bucket: &BucketRow) -> Result<()>;
    fn put_waiting(&self, bucket: i64, n: i64) -> Result<()>;
    fn put_decided(&self, queue: i64, day: i64, n: i64) -> Result<()>;
    /// Another counter and its stamp, by its whole key.
    fn tally(&self, key: i64) -> Result<Option<(i64, i64)>>;
    fn put_tally(&self, key: i64, n: i64, stamp: i64) -> Result<()>;
}

/// A person's day: load, breaks, shifts, and the notes for the next.
pub(in crate::store) trait DayShelf {
    fn day(&self, person: i64) -> Result<Option<DayState>>;
    fn put_day(&self, person: i64, day: &DayState) -> Result<()>;
    fn keep_rest(&self, person: i64, at: i64, kind: &str, body: &str) -> Result<()>;
    /// What was kept of breaks and finished shifts before a moment: id, kind, body; the oldest first.
    fn rests_before(&self, at: i64, most: u32) -> Result<Vec<(i64, String, String)>>;
    fn drop_rest(&self, id: i64) -> Result<()>;
    /// Forgets finished shifts, the record of breaks and what was looked at. What was booked since `begun` stays: it
    /// keeps an item from being counted twice. Answers how many finished shifts went.
    fn erase_about(&self, person: i64, begun: i64) -> Result<u64>;
    fn put_handover(&self, person: i64, at: i64, body: &str) -> Result<()>;
    /// The newest notes, newest first.
    fn handover(&self, most: u32) -> Result<Vec<String>>;
}

/// Tokens.
pub(in crate::store) trait AccessShelf {
    fn put_token(&self, person: i64, token: &KeptToken, issued: i64) -> Result<()>;
    /// Answers how many there were.
    fn drop_tokens(&self, person: i64) -> Result<u64>;
    /// Servers have to read a person's rights anew.
    fn mark_access(&self, person: i64, seq: i64) -> Result<()>;
}

/// Alerts.
pub(in crate::store) trait AlertShelf {
    fn alert(&self, id: Uuid) -> Result<Option<AlertRow>>;
    fn alerts_on(&self, item: i64) -> Result<Vec<AlertRow>>;
    fn put_alert(&self, alert: &AlertRow) -> Result<()>;
}

/// Notices and doubts, and who has read them.
pub(in crate::store) trait MessageShelf {
    fn message(&self, id: Uuid) -> Result<Option<MessageRow>>;
    fn messages_on(&self, item: i64) -> Result<Vec<MessageRow>>;
    fn put_message(&self, message: &MessageRow) -> Result<()>;
    fn read_at(&self, message: Uuid, person: i64) -> Result<Option<i64>>;
    fn put_read(&self, message: Uuid, person: i64, at: i64) -> Result<()>;
}

/// The rows of a queue.
pub(in crate::store) trait Shelf:
    Chronicle
    + ItemShelf
    + PlaceShelf
    + LeaseShelf
    + LogShelf
    + KinShelf
    + AuthorShelf
    + PictureShelf
    + HouseShelf
    + DayShelf
    + AccessShelf
    + AlertShelf
    + MessageShelf
    + HookShelf
{
    fn load(&self) -> Result<Loaded>;
    fn meta(&self, key: &str) -> Result<Option<String>>;
    fn put_meta(&self, key: &str, value: &str) -> Result<()>;
}
