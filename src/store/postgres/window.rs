//! Reading ahead: the heads of buckets, and what serving from them will ask for.

use super::cache::{AlikeRow, key};
use super::pages::{AHEAD, Pages, item};
use crate::store::Result;
use crate::store::keeper::hot::Lane;
use crate::store::serving::{NO_DUE, Place};

/// So many places are read ahead at once.
const PAGE: i64 = 256;

impl Pages {
    /// Reads the next places of a bucket into its window.
    pub(super) fn extend(&self, bucket: i64, lane: Lane) -> Result<()> {
        const BEHIND_ALL: Place = Place { class: -1, rank: 0, due: i64::MIN, received: 0, item: 0 };
        let bound = self.cache.borrow().windows.get(&(bucket, lane)).and_then(|window| window.bound);
        let after = bound.map_or(BEHIND_ALL, |(_, place)| place);
        let sql = match lane {
            Lane::Order => {
                "SELECT i.seq, i.id, i.state, i.bucket, i.class, i.priority, i.revision, i.round, i.received, i.due,
                 i.author, i.last, CASE WHEN octet_length(c.body) <= $7 THEN c.body END, w.class, w.rank, w.due,
                 w.received, w.item FROM (SELECT class, rank, due, received, item FROM waiting WHERE bucket = $1
                 AND (class, rank, due, received, item) > ($2, $3, $4, $5, $6)
                 ORDER BY class, rank, due, received, item LIMIT $8) w
                 JOIN item i ON i.seq = w.item JOIN content c ON c.item = w.item"
            }
            Lane::Due => {
                "SELECT i.seq, i.id, i.state, i.bucket, i.class, i.priority, i.revision, i.round, i.received, i.due,
                 i.author, i.last, CASE WHEN octet_length(c.body) <= $7 THEN c.body END, w.class, w.rank, w.due,
                 w.received, w.item FROM (SELECT class, rank, due, received, item FROM waiting WHERE bucket = $1
                 AND due < 9223372036854775807 AND (due, class, rank, received, item) > ($4, $2, $3, $5, $6)
                 ORDER BY due, class, rank, received, item LIMIT $8) w
                 JOIN item i ON i.seq = w.item JOIN content c ON c.item = w.item"
            }
        };
        let found = self
            .wire
            .all(sql, &[&bucket, &after.class, &after.rank, &after.due, &after.received, &after.item, &AHEAD, &PAGE])?;
        let mut cache = self.cache.borrow_mut();
        let mut places = Vec::with_capacity(found.len());
        for row in &found {
            places.push(Place {
                class: row.get(13),
                rank: row.get(14),
                due: row.get(15),
                received: row.get(16),
                item: row.get(17),
            });
            cache.keep(item(row, 0), row.get::<_, Option<Vec<u8>>>(12).map(Into::into));
        }
        let whole = (places.len() as i64) < PAGE;
        let reached = places.iter().map(|place| key(lane, *place)).max().or(bound);
        let window = cache.windows.entry((bucket, lane)).or_default();
        window.places.extend(places.iter().map(|place| key(lane, *place)));
        (window.bound, window.whole) = (reached, whole);
        // What this commit is about to do is not in the database yet.
        let from = (bucket, Place { class: i64::MIN, ..BEHIND_ALL });
        for ((at, place), filled) in self.pending.borrow().places.range(from..) {
            if *at != bucket {
                break;
            }
            if lane == Lane::Due && place.due == NO_DUE {
                continue;
            }
            match filled {
                true => window.fill(key(lane, *place)),
                false => {
                    window.places.remove(&key(lane, *place));
                }
            }
        }
        drop(cache);
        let items: Vec<i64> = places.iter().map(|place| place.item).collect();
        self.warm(&items)
    }

    /// Reads ahead what serving these items will ask for.
    pub(super) fn warm(&self, items: &[i64]) -> Result<()> {
        self.fetch_hands(items)?;
        let texts: Vec<i64> = {
            let cache = self.cache.borrow();
            let bodies = items.iter().filter_map(|item| cache.folders.get(item)?.body.as_deref());
            let read = bodies.filter_map(|body| crate::store::keeper::import::read_body(body).ok());
            let texts = read.filter_map(|item| crate::store::keeper::served::text_key(&item));
            texts.filter(|text| !cache.alike.contains_key(text)).collect()
        };
        self.fetch_alike(&texts)
    }

    pub(super) fn fetch_alike(&self, texts: &[i64]) -> Result<()> {
        if texts.is_empty() {
            return Ok(());
        }
        let found = self.wire.all(
            "SELECT a.text, a.verdict, a.policy, a.times FROM unnest($1::bigint[]) AS n (text)
             JOIN alike a ON a.text = n.text",
            &[&texts],
        )?;
        let mut cache = self.cache.borrow_mut();
        for text in texts {
            cache.alike.insert(*text, Vec::new());
        }
        for row in &found {
            let kept = cache.alike.entry(row.get(0)).or_default();
            let (verdict, policy): (i64, Vec<u8>) = (row.get(1), row.get(2));
            if !kept.iter().any(|(v, p, _)| *v == verdict && *p == policy) {
                kept.push((verdict, policy, row.get(3)));
            }
        }
        // Counted by this commit already, but not written yet.
        for ((text, verdict, policy), by) in &self.pending.borrow().alike {
            if texts.contains(text)
                && let Some(kept) = cache.alike.get_mut(text)
            {
                add_alike(kept, *verdict, policy, *by);
            }
        }
        Ok(())
    }

    /// Log entries stand in a partition a month.
    pub(super) fn partition(&self, at: i64) {
        let month = crate::store::keeper::log::timestamp(at).to_string();
        let Some(month) = month.get(..7).filter(|month| month.as_bytes()[4] == b'-') else { return };
        if self.cache.borrow_mut().months.insert(month.to_owned()) {
            self.writing().rare.push(("SELECT moddesk_month($1)", vec![Box::new(month.to_owned())]));
        }
    }
}

pub(super) fn add_alike(kept: &mut Vec<AlikeRow>, verdict: i64, policy: &[u8], by: i64) {
    match kept.iter_mut().find(|(v, p, _)| *v == verdict && p == policy) {
        Some((_, _, times)) => *times += by,
        None => kept.push((verdict, policy.to_vec(), by)),
    }
}
