//! One item and its author, read beside the writer.

use super::Beside;
use crate::moderation::Queue;
use crate::moderation::author::AuthorFigures;
use crate::store::keeper::history;
use crate::store::keeper::import::{key_of, read_body};
use crate::store::keeper::lease::{self, ItemRow};
use crate::store::keeper::log::timestamp;
use crate::store::keeper::pictures::named_by;
use crate::store::listing::{Listed, Listing};
use crate::store::{HistoryEntry, Kept, Result, StoreError};

/// Items of an author that are told with their figures.
const RECENT: u32 = 20;

/// What belongs to an item and stands in other rows.
pub(in crate::store) struct Around {
    /// Where it is now.
    pub queue: Queue,
    /// Where it came in.
    pub origin: Queue,
    pub lang: String,
    pub body: Vec<u8>,
    /// Until when it is leased, also where that has run out.
    pub until: Option<i64>,
}

/// Items, as whoever may see them sees them.
pub(in crate::store) trait ItemReader: Beside {
    fn item_row(&self, id: &str) -> Result<Option<ItemRow>>;
    fn around(&self, row: &ItemRow) -> Result<Around>;
    /// Whether an author, by key, is shut to somebody.
    fn is_shut(&self, who: &str, author: i64) -> Result<bool>;
    /// The bytes of a picture, where they are kept.
    fn picture_bytes(&self, hash: &str) -> Result<Option<Vec<u8>>>;
    /// What stands in a queue, in the order of arrival.
    fn items(&mut self, listing: &Listing) -> Result<Vec<Listed>>;

    fn known_item(&self, id: &str) -> Result<ItemRow> {
        self.item_row(id)?.ok_or_else(|| StoreError::Unknown {
            what: "item",
            name: id.to_owned(),
            hint: "`moddesk queue show` lists them",
        })
    }

    fn item(&self, id: &str) -> Result<Kept> {
        let row = self.known_item(id)?;
        let around = self.around(&row)?;
        let mut item = read_body(&around.body)?;
        if item.lang.is_none() && around.lang != "und" {
            item.lang = Some(around.lang);
        }
        item.received_at = Some(timestamp(row.received));
        let now = self.now();
        let state = match row.state {
            lease::DECIDED => "decided",
            lease::WITHDRAWN => "withdrawn",
            lease::SEALED => "sealed",
            _ if around.until.is_some_and(|until| until > now) => "leased",
            _ => "waiting",
        };
        Ok(Kept {
            item,
            queue: around.queue.name,
            client: around.origin.client,
            state: state.to_owned(),
            round: u32::try_from(row.round).unwrap_or(u32::MAX),
            due_at: lease::due_at(row.due),
            decisions: history::decisions_on(self.rows(), row.seq, row.last)?,
        })
    }

    /// The bytes of a picture that an item names, where they are kept.
    fn picture(&self, item: &str, hash: &str) -> Result<Option<Vec<u8>>> {
        let kept = self.item(item)?;
        if kept.state == "sealed" || !named_by(&kept.item).contains(hash) {
            return Ok(None);
        }
        self.picture_bytes(hash)
    }

    fn history(&self, id: &str) -> Result<Vec<HistoryEntry>> {
        let row = self.known_item(id)?;
        history::of_item(self.rows(), row.seq, row.last)
    }

    fn author(&self, id: &str) -> Result<AuthorFigures> {
        history::author(self.rows(), id, RECENT)
    }

    fn author_for(&self, who: &str, id: &str) -> Result<AuthorFigures> {
        if self.is_shut(who, key_of(id))? {
            let why = "you have said that you know this author: their items and history are shut to you";
            return Err(StoreError::Forbidden(why.into()));
        }
        self.author(id)
    }
}
