//! What goes: the words of what was decided long enough ago, and everything of an author who asked for it. Ids,
//! verdicts and times stay, and so does the chain: an entry's digest stands beside its words, not in them.

use super::Keeper;
use super::history;
use super::hot::Hot;
use super::import::{body_of, key_of, stub};
use super::lease::{DECIDED, ItemRow, LIVE, SEALED, WITHDRAWN};
use super::log::Entry;
use super::pictures::named_by;
use super::shelf::Shelf;
use crate::moderation::retention::Retention;
use crate::moderation::{Item, Verdict, item};
use crate::store::audit::hex;
use crate::store::{Erased, Expired, Result};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashSet};

/// Entries of the log looked at in one go.
const PAGE: u32 = 2_000;

/// What stays of an item whose content has gone.
fn gone(item: &Item, why: &str) -> Item {
    let mut stays = Item { sealed: None, lang: item.lang.clone(), ..stub(item, "") };
    stays.extra.insert(item::GONE.into(), why.into());
    stays
}

/// A text as it stands between the quotes of a JSON body.
fn written(text: &str) -> Vec<u8> {
    let quoted = serde_json::to_string(text).expect("a text is always JSON");
    quoted.as_bytes()[1..quoted.len() - 1].to_vec()
}

/// Takes out what somebody of this id, or of these names, said or reported in other people's items. Answers whether
/// anything was.
fn unsay(item: &mut Item, id: &str, names: &BTreeSet<String>) -> bool {
    let mut any = false;
    for message in &mut item.context {
        if message.author.as_ref().is_some_and(|author| author.raw() == id || names.contains(author.raw())) {
            (message.author, message.text) = (None, None);
            any = true;
        }
    }
    for report in &mut item.reports {
        if report.reporter.as_deref() == Some(id) {
            (report.reporter, report.text) = (None, None);
            any = true;
        }
    }
    any
}

impl<S: Shelf> Keeper<S> {
    /// Erases everything of an author: their items, what was said about these, and what they said or reported
    /// beside other people's. What of theirs still waited is withdrawn, since nobody could judge it any more.
    pub(in crate::store) fn erase_author(&mut self, author: &str, by: &str) -> Result<Erased> {
        let actor = self.actor(by);
        let key = key_of(author);
        let mut erased = Erased::default();
        let (mut names, mut clients) = (BTreeSet::new(), BTreeSet::new());
        let mut emptied = HashSet::new();
        for seq in self.shelf.authored(key)? {
            let mut row = self.by_seq(seq)?;
            let item = self.content(seq)?;
            let writer = item.author.as_ref();
            // Two ids may share a key; what is gone already says no more whose it was.
            if writer.and_then(|writer| writer.id.as_deref()).is_some_and(|id| id != author) {
                continue;
            }
            names.extend(writer.and_then(|writer| writer.name.as_ref()).map(|name| name.raw().to_owned()));
            clients.extend(client_of(&self.hot, &row).map(str::to_owned));
            row.author = None;
            self.empty(&mut row, &item, "erased", &actor)?;
            erased.items += 1;
            emptied.insert(seq);
        }
        let nobody = BTreeSet::new();
        for name in names.iter().map(String::as_str).chain([author]) {
            for seq in self.shelf.quoting(&written(name))? {
                let (mut item, row) = (self.content(seq)?, self.by_seq(seq)?);
                // A thread names people by what they call themselves, and at another client that is somebody else.
                let known = client_of(&self.hot, &row).is_some_and(|client| clients.contains(client));
                if unsay(&mut item, author, if known { &names } else { &nobody }) {
                    self.shelf.put_content(seq, body_of(&item))?;
                    erased.mentions += 1;
                }
            }
        }
        self.forget_kin(&emptied)?;
        self.shelf.forget_author(key)?;
        // Who asked to be forgotten is not named in a log that forgets nothing.
        let subject = hex(&Sha256::digest(author.as_bytes()))[..16].to_owned();
        let detail = json!({"items": erased.items, "mentions": erased.mentions});
        self.audit(&Entry { actor: &actor, action: "author.erased", subject: &subject, detail, ..Entry::default() })?;
        self.erased = true;
        Ok(erased)
    }

    /// Takes the content of an item out of the store.
    fn empty(&mut self, row: &mut ItemRow, item: &Item, why: &str, actor: &str) -> Result<()> {
        if row.state == LIVE {
            if let Some(lease) = self.take_out(row)? {
                self.book_lapsed(row, &lease)?;
                self.lost(&lease, "withdrawn")?;
            }
            row.state = WITHDRAWN;
        }
        if row.state != SEALED {
            self.shelf.put_content(row.seq, body_of(&gone(item, why)))?;
            self.name_pictures(row.seq, &named_by(item), &BTreeSet::new())?;
        }
        self.blank(row, why == "expired")?;
        let action = if why == "erased" { "item.erased" } else { "item.expired" };
        let mark = Some(row.mark());
        let entry = Entry { actor, action, subject: &row.id, item: mark, ..Entry::default() };
        row.last = self.audit(&entry)?;
        self.put_item(row)?;
        self.erased = true;
        Ok(())
    }

    /// Lets go what its client does not want kept any longer, by the queue's own clock: at most `most` items in one
    /// transaction.
    pub(in crate::store) fn expire(&mut self, most: u32) -> Result<Expired> {
        let mut expired = Expired::default();
        let clients: Vec<(String, Retention)> = self
            .hot
            .clients
            .values()
            .filter(|client| !client.retention.is_empty())
            .map(|client| (client.name.clone(), client.retention.clone()))
            .collect();
        for (client, retention) in clients {
            for what in [What::Words { deleted: false }, What::Words { deleted: true }, What::Media] {
                self.expire_of(&client, &retention, what, most, &mut expired)?;
            }
        }
        expired.more |= self.fade(most)?;
        Ok(expired)
    }

    /// Goes on in the log where it was left; other rules begin anew at its beginning.
    fn expire_of(
        &mut self,
        client: &str,
        retention: &Retention,
        what: What,
        most: u32,
        expired: &mut Expired,
    ) -> Result<()> {
        let Some(keep) = what.kept_s(retention) else { return Ok(()) };
        let keep = i64::try_from(keep).unwrap_or(i64::MAX).saturating_mul(1_000_000);
        let before = self.micros.saturating_sub(keep);
        let place = format!("expired {} {client}", what.name());
        let rules = serde_json::to_string(retention).expect("rules are always JSON");
        let stood = self.shelf.meta(&place)?;
        let from = stood.as_deref().and_then(|stood| stood.split_once(' ')).filter(|(_, of)| *of == rules);
        let begun: i64 = from.and_then(|(seq, _)| seq.parse().ok()).unwrap_or(0);
        let mut at = begun;
        'log: loop {
            let page = self.shelf.happened_after(at, PAGE)?;
            if page.is_empty() {
                break;
            }
            for (seq, when, item) in page {
                if when > before {
                    break 'log;
                }
                if expired.items + expired.media >= u64::from(most) {
                    expired.more = true;
                    break 'log;
                }
                at = seq;
                if let Some(item) = item {
                    self.expire_one(item, client, before, what, expired)?;
                }
            }
        }
        if at != begun {
            self.shelf.put_meta(&place, &format!("{at} {rules}"))?;
        }
        Ok(())
    }

    fn expire_one(&mut self, seq: i64, client: &str, before: i64, what: What, expired: &mut Expired) -> Result<()> {
        let Some(mut row) = self.shelf.item_by_seq(seq)? else { return Ok(()) };
        if !matches!(row.state, DECIDED | WITHDRAWN) || client_of(&self.hot, &row) != Some(client) {
            return Ok(());
        }
        let decisions = history::decisions_on(&self.shelf, row.seq, row.last)?;
        let standing = decisions.into_iter().rev().find(|past| !past.reversed);
        // Decided again since: its own entry comes later.
        if standing.as_ref().is_some_and(|past| past.at.as_microsecond() > before) {
            return Ok(());
        }
        let deleted = row.state == DECIDED && standing.is_some_and(|past| past.verdict == Verdict::Delete);
        let mut item = self.content(row.seq)?;
        match what {
            What::Words { deleted: of } if of == deleted && !item.content_gone() => {
                self.empty(&mut row, &item, "expired", "system")?;
                expired.items += 1;
            }
            What::Media if !item.media.is_empty() => {
                self.name_pictures(row.seq, &named_by(&item), &BTreeSet::new())?;
                item.media.clear();
                self.shelf.put_content(row.seq, body_of(&item))?;
                self.erased = true;
                expired.media += 1;
            }
            _ => {}
        }
        Ok(())
    }
}

/// What one walk through the log lets go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// The words of what was deleted, or of everything else.
    Words { deleted: bool },
    /// Pictures, sound, films.
    Media,
}

impl What {
    fn name(self) -> &'static str {
        match self {
            Self::Words { deleted: false } => "content",
            Self::Words { deleted: true } => "removed",
            Self::Media => "media",
        }
    }

    fn kept_s(self, retention: &Retention) -> Option<u64> {
        match self {
            Self::Words { deleted } => retention.words_s(deleted),
            Self::Media => retention.media_s,
        }
    }
}

/// Whose an item is: of the queue it came in by.
fn client_of<'a>(hot: &'a Hot, row: &ItemRow) -> Option<&'a str> {
    let bucket = &hot.buckets[*hot.bucket_at.get(&row.bucket)?];
    hot.queues.get(&bucket.origin).map(|queue| queue.client.as_str())
}
