//! What is in hands now, and what was.

use super::shelf::Rows;
use crate::store::Result;
use crate::store::keeper::hot::Lease;
use crate::store::keeper::lease::ItemRow;
use crate::store::keeper::shelf::{Hand, LeaseShelf};

impl LeaseShelf for Rows {
    fn put_lease(&self, lease: &Lease) -> Result<()> {
        let body = serde_json::to_string(lease).expect("a lease is always JSON");
        let row = (lease.item, lease.person, lease.until, body);
        self.exec("INSERT OR REPLACE INTO lease VALUES (?1, ?2, ?3, ?4)", row).map(drop)
    }

    fn drop_lease(&self, item: i64) -> Result<()> {
        self.exec("DELETE FROM lease WHERE item = ?1", [item]).map(drop)
    }

    fn prolong(&self, lease: &Lease) -> Result<()> {
        self.exec("UPDATE lease SET until = ?2 WHERE item = ?1", (lease.item, lease.until)).map(drop)
    }

    fn hand(&self, person: i64, item: i64) -> Result<Option<Hand>> {
        let sql = "SELECT round, revision, booked FROM hand WHERE person = ?1 AND item = ?2";
        self.one(sql, (person, item), |row| Ok(Hand { round: row.get(0)?, revision: row.get(1)?, booked: row.get(2)? }))
    }

    fn hand_over(&self, person: i64, row: &ItemRow, at: i64) -> Result<()> {
        let sql = "INSERT INTO hand (person, item, round, revision, at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (person, item) DO UPDATE SET round = excluded.round,
             booked = CASE WHEN revision = excluded.revision THEN booked END,
             sight = CASE WHEN revision = excluded.revision THEN sight END, revision = excluded.revision";
        self.exec(sql, (person, row.seq, row.round, row.revision, at)).map(drop)
    }

    fn book(&self, person: i64, row: &ItemRow, at: i64, booked: &str, sight: Option<&str>) -> Result<()> {
        let sql = "INSERT INTO hand VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6) ON CONFLICT (person, item) DO UPDATE SET
             revision = excluded.revision, at = excluded.at, booked = excluded.booked,
             sight = coalesce(excluded.sight, CASE WHEN hand.revision = excluded.revision THEN hand.sight END)";
        self.exec(sql, (person, row.seq, row.revision, at, booked, sight)).map(drop)
    }

    fn forget_round(&self, person: i64, item: i64) -> Result<()> {
        self.exec("UPDATE hand SET round = 0 WHERE person = ?1 AND item = ?2", (person, item)).map(drop)
    }

    fn forget_looks(&self, before: i64, most: u32) -> Result<u64> {
        let sql = "UPDATE hand SET sight = NULL, booked = NULL WHERE (person, item) IN
             (SELECT person, item FROM hand WHERE at < ?1 AND (sight IS NOT NULL OR booked IS NOT NULL) LIMIT ?2)";
        self.exec(sql, (before, most)).map(|n| n as u64)
    }
}
