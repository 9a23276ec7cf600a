//! Looks up beside the writer which ids are new, so that an import does not make it wait behind its own commit.
//!
//! What it finds is a hint that holds from one commit on: the writer takes it only while it remembers everything that
//! it has added since, and looks itself where it does not. Another server's commit in between makes that of this one
//! fail, and then everything is done anew, without the hint.

use super::open::Address;
use super::wire::connect;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::Mutex;
use tokio_postgres::{Client, Statement};

/// How long it may take; then the writer looks.
const PATIENCE: Duration = Duration::from_secs(2);

/// By the key of each, whatever the table was like when this was planned.
const KEYS: &str = "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_hashjoin = off;
     SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan; SET jit = off";

/// So many ids are remembered before the older half goes.
const REMEMBERED: usize = 50_000;

/// Ids that were nowhere when the queue had so many commits.
#[derive(Default)]
pub(super) struct Absent {
    pub version: i64,
    pub ids: Vec<String>,
}

struct Line {
    client: Client,
    look: Statement,
}

/// A line of its own to the database, made when it is first needed.
pub(super) struct Scout {
    runtime: Handle,
    address: Address,
    line: Mutex<Option<Arc<Line>>>,
}

impl Scout {
    pub(super) fn new(runtime: Handle, address: Address) -> Self {
        Self { runtime, address, line: Mutex::default() }
    }

    /// Which of these are nowhere. Where it cannot look it finds nothing, and the writer does.
    pub(super) async fn absent(&self, ids: Vec<&str>) -> Absent {
        match tokio::time::timeout(PATIENCE, self.look(ids)).await {
            Ok(Ok(found)) => found,
            _ => Absent::default(),
        }
    }

    async fn look(&self, ids: Vec<&str>) -> std::result::Result<Absent, tokio_postgres::Error> {
        let line = self.line().await?;
        let rows = line.client.query(&line.look, &[&ids]).await?;
        let version = rows.first().map_or(0, |row| row.get(0));
        Ok(Absent { version, ids: rows.iter().map(|row| row.get(1)).collect() })
    }

    async fn line(&self) -> std::result::Result<Arc<Line>, tokio_postgres::Error> {
        let mut kept = self.line.lock().await;
        if let Some(line) = kept.as_ref().filter(|line| !line.client.is_closed()) {
            return Ok(Arc::clone(line));
        }
        let client = connect(&self.runtime, &self.address).await?;
        client.batch_execute(KEYS).await?;
        // One statement is one look: both are as of the same commit.
        let sql = "SELECT (SELECT max(version) FROM commit), n.id FROM unnest($1::text[]) AS n (id)
             WHERE NOT EXISTS (SELECT FROM item i WHERE i.id = n.id)";
        let look = client.prepare(sql).await?;
        Ok(Arc::clone(kept.insert(Arc::new(Line { client, look }))))
    }
}

/// The ids that this server has added since some commit, hashed: two with the same hash cost a look, no more.
#[derive(Default)]
pub(super) struct Added {
    /// Since when everything is remembered; not at all where that is not said.
    since: Option<i64>,
    /// From where on the younger ones are.
    turned: i64,
    older: HashSet<u64>,
    younger: HashSet<u64>,
    hasher: RandomState,
}

impl Added {
    /// Nothing was added since this commit.
    pub(super) fn since(version: i64) -> Self {
        Self { since: Some(version), turned: version, ..Self::default() }
    }

    /// One more, in a commit after this one.
    pub(super) fn add(&mut self, id: &str, after: i64) {
        // Some of the younger may be in the commit that is being gathered: its number is the next.
        if self.younger.len() >= REMEMBERED && after >= self.turned {
            self.older = std::mem::take(&mut self.younger);
            (self.since, self.turned) = (self.since.map(|_| self.turned), after + 1);
        }
        self.younger.insert(self.hasher.hash_one(id));
    }

    /// Whether an id that was nowhere then is certain to be nowhere now.
    pub(super) fn is_still_absent(&self, id: &str, version: i64) -> bool {
        let hash = self.hasher.hash_one(id);
        self.since.is_some_and(|since| version >= since) && !self.younger.contains(&hash) && !self.older.contains(&hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_since_is_not_absent_and_what_is_not_remembered_is_not_certain() {
        assert!(!Added::default().is_still_absent("a", 7), "nothing is known");
        let mut added = Added::since(5);
        assert!(added.is_still_absent("a", 5) && !added.is_still_absent("a", 4));
        added.add("a", 6);
        assert!(!added.is_still_absent("a", 5) && added.is_still_absent("b", 6));
        for n in 0..2 * REMEMBERED {
            added.add(&n.to_string(), 10 + i64::try_from(n / REMEMBERED).expect("small"));
        }
        assert!(!added.is_still_absent("b", 6), "from before what is remembered");
        assert!(added.is_still_absent("b", 12) && !added.is_still_absent("99999", 12));
    }
}
