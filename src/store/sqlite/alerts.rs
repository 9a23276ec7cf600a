//! Alerts: kept until somebody has taken them, and shown to those whom they concern.

use super::read::Reader;
use super::shelf::Rows;
use crate::store::Result;
use crate::store::engine::AlertReader;
use crate::store::keeper::alert::Standing;
use crate::store::keeper::shelf::{AlertRow, AlertShelf};
use rusqlite::Row;
use uuid::Uuid;

/// An alert, its id first; other columns may follow.
fn alert(row: &Row<'_>) -> rusqlite::Result<AlertRow> {
    let (by, at): (Option<String>, Option<i64>) = (row.get(5)?, row.get(6)?);
    Ok(AlertRow {
        id: Uuid::from_bytes(row.get(0)?),
        item: row.get(1)?,
        person: row.get(2)?,
        open: row.get(3)?,
        body: row.get(4)?,
        taken: by.zip(at),
    })
}

impl AlertShelf for Rows {
    fn alert(&self, id: Uuid) -> Result<Option<AlertRow>> {
        let sql = "SELECT id, item, person, open, body, taken_by, taken_at FROM alert WHERE id = ?1";
        self.one(sql, [&id.as_bytes()[..]], alert)
    }

    fn alerts_on(&self, item: i64) -> Result<Vec<AlertRow>> {
        self.all("SELECT id, item, person, open, body, taken_by, taken_at FROM alert WHERE item = ?1", [item], alert)
    }

    fn put_alert(&self, alert: &AlertRow) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO alert (id, item, person, open, body, taken_by, taken_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let (by, at) = alert.taken.clone().unzip();
        let row = (&alert.id.as_bytes()[..], alert.item, alert.person, alert.open, &alert.body, by, at);
        self.exec(sql, row).map(drop)
    }
}

impl AlertReader for Reader {
    fn standing_alerts(&self, person: i64, since: i64) -> Result<Vec<Standing>> {
        let sql = "SELECT a.id, a.item, a.person, a.open, a.body, a.taken_by, a.taken_at, p.name, c.body
             FROM alert a JOIN person p ON p.id = a.person LEFT JOIN item i ON i.seq = a.item
             LEFT JOIN bucket b ON b.id = i.bucket LEFT JOIN queue q ON q.id = b.origin
             LEFT JOIN client c ON c.name = coalesce(json_extract(q.body, '$.client'), 'default')
             WHERE a.open = 1 OR (a.person = ?1 AND coalesce(a.taken_at, 0) > ?2) ORDER BY a.id";
        self.rows
            .all(sql, (person, since), |row| Ok(Standing { row: alert(row)?, by: row.get(7)?, client: row.get(8)? }))
    }
}
