//! What belongs with an item, found beside the writer: one pass over the entries, then a look at each item found.

use super::history;
use super::import::read_body;
use super::kin::{Kin, revision, thread_of, unpack, words};
use super::lease::{DECIDED, ItemRow, LIVE, SEALED, WITHDRAWN};
use super::shelf::{Chronicle, StandingRow};
use crate::moderation::author::AuthorItem;
use crate::moderation::group::{MOST, Post, Thread};
use crate::moderation::{By, Group, Item, Person, Queue};
use crate::store::serving::may_take;
use crate::store::{Result, StoreError};
use crate::text::Untrusted;
use crate::text::likeness::Pieces;
use crate::wellbeing::Severity;
use std::collections::{HashMap, HashSet};

/// So many are looked at in one way at most; what is left of a flood shows when these are decided.
const LOOKED_AT: usize = 10_000;
/// Sketches as near as this need no exact look, unless more is asked for than the shipped likeness: of texts with half of
/// their pieces in common one in fifty comes as near, of texts with nothing in common none.
const SURE: u32 = 24;
/// So many posts of a thread are shown.
const POSTS: usize = 200;
/// How many characters of each.
const FIRST_WORDS: usize = 280;

/// What is asked of an engine beside the writer.
pub(in crate::store) trait Kindred: Chronicle {
    fn found(&self, id: &str) -> Result<Option<ItemRow>>;
    fn body(&self, item: i64) -> Result<Option<Vec<u8>>>;
    /// Every block of entries.
    fn each_kin(&self, see: &mut dyn FnMut(&[u8])) -> Result<()>;
    /// Items of an author, newest first.
    fn of_author(&self, author: i64, most: usize) -> Result<Vec<i64>>;
    /// Items of a thread, newest first.
    fn of_thread(&self, thread: i64, most: usize) -> Result<Vec<i64>>;
    /// How these stand now; those that are not there are left out.
    fn stand(&self, items: &[i64]) -> Result<Vec<StandingRow>>;
    /// Buckets, queues and the person who asks.
    fn rooms(&self, who: &str) -> Result<Rooms>;
}

/// What decides who may take what.
#[derive(Default)]
pub(in crate::store) struct Rooms {
    /// Queue, origin, language, level.
    pub buckets: HashMap<i64, (i64, i64, String, Severity)>,
    pub queues: HashMap<i64, Queue>,
    pub me: Option<(i64, Person)>,
    /// Items that are kept from the one who asks: passed, or reported by them.
    pub barred: HashSet<i64>,
    /// Authors that are shut to them.
    pub shut: HashSet<i64>,
}

impl Rooms {
    pub(in crate::store) fn client(&self, bucket: i64) -> Option<&str> {
        let (_, origin, ..) = self.buckets.get(&bucket)?;
        Some(self.queues.get(origin)?.client.as_str())
    }

    fn level(&self, bucket: i64) -> Severity {
        self.buckets.get(&bucket).map_or(Severity::EXTREME, |(.., level)| *level)
    }

    fn may(&self, row: &StandingRow) -> bool {
        if self.barred.contains(&row.seq) || row.author.is_some_and(|author| self.shut.contains(&author)) {
            return false;
        }
        let (Some((_, me)), Some((queue, origin, lang, level))) = (&self.me, self.buckets.get(&row.bucket)) else {
            return false;
        };
        let (Some(queue), Some(origin)) = (self.queues.get(queue), self.queues.get(origin)) else { return false };
        // Too hard for this moderator is left out as too hard, not as somebody else's.
        !queue.paused && may_take(me, queue, &origin.client, lang, (*level).min(Severity::DISTURBING))
    }
}

/// What is asked.
pub(in crate::store) struct Asking<'a> {
    pub who: &'a str,
    pub item: &'a str,
    /// In one way alone.
    pub by: Option<By>,
    /// In microseconds.
    pub now: i64,
    /// From which part of all pieces in common on two texts are nearly the same.
    pub alike: f64,
}

struct Search<'a, K> {
    from: &'a K,
    asking: &'a Asking<'a>,
    row: ItemRow,
    item: Item,
    rooms: Rooms,
}

fn search<'a, K: Kindred>(from: &'a K, asking: &'a Asking<'a>) -> Result<Search<'a, K>> {
    let unknown =
        || StoreError::Unknown { what: "item", name: asking.item.to_owned(), hint: "`moddesk queue show` lists them" };
    let row = from.found(asking.item)?.filter(|row| row.state != SEALED).ok_or_else(unknown)?;
    let item = read_body(&from.body(row.seq)?.ok_or_else(unknown)?)?;
    Ok(Search { from, asking, row, item, rooms: from.rooms(asking.who)? })
}

/// What belongs with an item, in every way that anything but the item itself does.
pub(in crate::store) fn groups(from: &impl Kindred, asking: &Asking<'_>) -> Result<Vec<Group>> {
    let search = search(from, asking)?;
    let wanted = |by: By| asking.by.is_none_or(|only| only == by);
    let mut found: HashMap<By, Vec<i64>> = HashMap::new();
    if [By::Text, By::Alike, By::Link].into_iter().any(wanted) {
        search.pass_over(&wanted, &mut found)?;
    }
    if let Some(author) = search.row.author.filter(|_| wanted(By::Author)) {
        found.insert(By::Author, ascending(from.of_author(author, LOOKED_AT)?));
    }
    if let Some(thread) = thread_of(&search.item).filter(|_| wanted(By::Thread)) {
        found.insert(By::Thread, ascending(from.of_thread(thread, LOOKED_AT)?));
    }
    let mut groups = Vec::new();
    for by in By::ALL {
        let Some(items) = found.remove(&by) else { continue };
        let mut group = search.gather(by, &items)?;
        if asking.by.is_none() {
            // Beside every item stand the counts alone: a thousand ids are a long way on a bad line.
            group.items.clear();
        }
        if group.waiting + group.elsewhere + group.left_out > 0 {
            groups.push(group);
        }
    }
    Ok(groups)
}

fn ascending(mut items: Vec<i64>) -> Vec<i64> {
    items.sort_unstable();
    items
}

impl<K: Kindred> Search<'_, K> {
    /// One pass over all entries. An item that lived twice has two.
    fn pass_over(&self, wanted: &dyn Fn(By) -> bool, found: &mut HashMap<By, Vec<i64>>) -> Result<()> {
        let own = Kin { item: self.row.seq, ..Kin::of(&self.item) };
        let (text, alike, link) = (
            wanted(By::Text) && own.like.same.is_some(),
            wanted(By::Alike) && own.like.pieces >= crate::text::likeness::FEWEST,
            wanted(By::Link) && own.links != [0; 2],
        );
        let trusts = self.asking.alike <= super::ALIKE;
        let (mut same, mut near, mut linked) = (Vec::new(), Vec::new(), Vec::new());
        self.from.each_kin(&mut |block| {
            for kin in unpack(block) {
                let entry = (kin.item, kin.revision);
                if text && kin.like.same == own.like.same {
                    same.push(entry);
                }
                if alike && kin.like.is_near(&own.like) {
                    let same = kin.like.same == own.like.same;
                    near.push((entry, same || (trusts && kin.like.apart(&own.like) <= SURE)));
                }
                if link && kin.links_meet(&own) {
                    linked.push(entry);
                }
            }
        })?;
        if text {
            found.insert(By::Text, self.newest(same)?);
        }
        if link {
            found.insert(By::Link, self.newest(linked)?);
        }
        if alike {
            let same: HashSet<i64> = near.iter().filter(|(_, same)| *same).map(|((item, _), _)| *item).collect();
            let near = self.newest(near.into_iter().map(|(entry, _)| entry).collect())?;
            found.insert(By::Alike, self.verified(near, &same)?);
        }
        Ok(())
    }

    /// Entries whose item has that revision and can still be decided, in order, each once.
    fn newest(&self, mut entries: Vec<(i64, u16)>) -> Result<Vec<i64>> {
        entries.sort_unstable();
        entries.dedup();
        let mut kept = Vec::new();
        for part in entries.chunks(MOST) {
            let items: Vec<i64> = part.iter().map(|(item, _)| *item).collect();
            for row in self.from.stand(&items)? {
                if row.state == LIVE && part.contains_sorted(&(row.seq, revision(row.revision))) {
                    kept.push(row.seq);
                }
            }
            if kept.len() >= LOOKED_AT {
                break;
            }
        }
        kept.sort_unstable();
        kept.dedup();
        Ok(kept)
    }

    /// Those of which the exact comparison says the same as the sketch. Beyond a batch the sketch is believed: it only
    /// counts there.
    fn verified(&self, near: Vec<i64>, same: &HashSet<i64>) -> Result<Vec<i64>> {
        let own = Pieces::of(words(&self.item));
        let (mut kept, mut read) = (Vec::new(), 0);
        for item in near {
            if !same.contains(&item) && kept.len() < MOST && read < 2 * MOST {
                read += 1;
                let Some(body) = self.from.body(item)? else { continue };
                if own.in_common(&Pieces::of(words(&read_body(&body)?))) < self.asking.alike {
                    continue;
                }
            }
            kept.push(item);
        }
        Ok(kept)
    }

    /// Counts and names what was found, for the one who asks.
    fn gather(&self, by: By, items: &[i64]) -> Result<Group> {
        let mut group = Group { by, items: Vec::new(), waiting: 0, elsewhere: 0, left_out: 0 };
        let client = self.rooms.client(self.row.bucket);
        let me = self.rooms.me.as_ref().map(|(id, _)| *id);
        let mut own = None;
        for part in items.chunks(MOST) {
            for row in self.from.stand(part)? {
                if row.state != LIVE || self.rooms.client(row.bucket) != client {
                    continue;
                }
                if row.seq == self.row.seq {
                    own = Some(row.id);
                    continue;
                }
                let held = row.lease.filter(|(_, until)| *until > self.asking.now);
                if !self.rooms.may(&row) {
                    continue;
                }
                if self.rooms.level(row.bucket) >= Severity::GRAPHIC {
                    group.left_out += 1;
                } else if held.is_some_and(|(person, _)| Some(person) != me) {
                    group.elsewhere += 1;
                } else {
                    group.waiting += 1;
                    if group.items.len() < MOST {
                        group.items.push(row.id);
                    }
                }
            }
        }
        // The item itself comes first; without any other there is no group.
        if let Some(own) = own.filter(|_| group.waiting > 0 && self.rooms.level(self.row.bucket) < Severity::GRAPHIC) {
            group.items.insert(0, own);
            group.items.truncate(MOST);
            group.waiting += 1;
        }
        Ok(group)
    }
}

/// What came here of the thread that an item stands in. Words of level 3 or more are left out.
pub(in crate::store) fn thread(from: &impl Kindred, asking: &Asking<'_>) -> Result<Thread> {
    let search = search(from, asking)?;
    let Some(thread) = thread_of(&search.item) else { return Ok(Thread::default()) };
    let newest = from.of_thread(thread, LOOKED_AT)?;
    let client = search.rooms.client(search.row.bucket).map(str::to_owned);
    let me = search.rooms.me.as_ref().map(|(id, _)| *id);
    let mut told = Thread::default();
    for (at, part) in newest.chunks(POSTS).enumerate() {
        let mut rows: Vec<StandingRow> = from.stand(part)?;
        rows.retain(|row| row.state != SEALED && search.rooms.client(row.bucket) == client.as_deref());
        rows.sort_by_key(|row| std::cmp::Reverse(row.seq));
        for row in rows {
            told.whole += 1;
            let held = row.lease.filter(|(_, until)| *until > asking.now);
            let others = held.is_some_and(|(person, _)| Some(person) != me);
            if row.state == LIVE && !others && search.rooms.may(&row) {
                told.waiting += 1;
            }
            if at > 0 {
                continue;
            }
            let post = post(from, &row, search.rooms.level(row.bucket), held.is_some())?;
            told.removed += u64::from(post.removed());
            told.posts.push(post);
        }
    }
    told.posts.reverse();
    Ok(told)
}

fn post(from: &impl Kindred, row: &StandingRow, level: Severity, held: bool) -> Result<Post> {
    let item = read_body(&from.body(row.seq)?.unwrap_or_default())?;
    let said = words(&item).last().unwrap_or_default();
    let text = if level >= Severity::GRAPHIC { String::new() } else { said.chars().take(FIRST_WORDS).collect() };
    let decisions = if row.last == 0 { Vec::new() } else { history::decisions_on(from, row.seq, row.last)? };
    let in_force = decisions.into_iter().rev().find(|past| !past.reversed);
    let state = match row.state {
        DECIDED => "decided",
        WITHDRAWN => "withdrawn",
        _ if held => "leased",
        _ => "waiting",
    };
    Ok(Post {
        item: AuthorItem {
            item: row.id.clone(),
            text: Untrusted::from(text),
            received_at: super::log::timestamp(row.received),
            verdict: in_force.as_ref().map(|past| past.verdict),
            policy: in_force.as_ref().and_then(|past| past.policy.clone()),
            severity: level,
        },
        author: item.author.and_then(|author| author.name.or(author.id.map(Untrusted::from))),
        created_at: item.created_at,
        state: state.to_owned(),
        by: in_force.map(|past| past.by),
    })
}

trait ContainsSorted<T> {
    fn contains_sorted(&self, one: &T) -> bool;
}

impl<T: Ord> ContainsSorted<T> for [T] {
    fn contains_sorted(&self, one: &T) -> bool {
        self.binary_search(one).is_ok()
    }
}
