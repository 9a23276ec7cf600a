//! Alerts: kept until somebody has taken them, and shown to those whom they concern.

use super::pages::Pages;
use super::read::{Reader, json};
use super::shelf::boxed;
use crate::moderation::Queue;
use crate::store::Result;
use crate::store::engine::AlertReader;
use crate::store::keeper::alert::Standing;
use crate::store::keeper::shelf::{AlertRow, AlertShelf};
use std::collections::HashMap;
use tokio_postgres::Row;
use uuid::Uuid;

/// An alert, its id first; other columns may follow.
fn alert(row: &Row) -> AlertRow {
    let (by, at): (Option<String>, Option<i64>) = (row.get(5), row.get(6));
    AlertRow {
        id: row.get(0),
        item: row.get(1),
        person: row.get(2),
        open: row.get(3),
        body: row.get(4),
        taken: by.zip(at),
    }
}

impl AlertShelf for Pages {
    fn alert(&self, id: Uuid) -> Result<Option<AlertRow>> {
        let sql = "SELECT id, item, person, open, body, taken_by, taken_at FROM alert WHERE id = $1";
        Ok(self.ask(sql, &[&id])?.first().map(alert))
    }

    fn alerts_on(&self, item: i64) -> Result<Vec<AlertRow>> {
        let sql = "SELECT id, item, person, open, body, taken_by, taken_at FROM alert WHERE item = $1";
        Ok(self.ask(sql, &[&item])?.iter().map(alert).collect())
    }

    fn put_alert(&self, alert: &AlertRow) -> Result<()> {
        let (by, at) = alert.taken.clone().unzip();
        let row = vec![
            boxed(alert.id),
            boxed(alert.item),
            boxed(alert.person),
            boxed(alert.open),
            boxed(alert.body.clone()),
            boxed(by),
            boxed(at),
        ];
        let sql = "INSERT INTO alert VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET
             item = excluded.item, person = excluded.person, open = excluded.open, body = excluded.body,
             taken_by = excluded.taken_by, taken_at = excluded.taken_at";
        self.rarely(sql, row)
    }
}

impl AlertReader for Reader {
    fn standing_alerts(&self, person: i64, since: i64) -> Result<Vec<Standing>> {
        let clients: HashMap<String, String> =
            self.wire.all("SELECT name, body FROM client", &[])?.iter().map(|row| (row.get(0), row.get(1))).collect();
        let sql = "SELECT a.id, a.item, a.person, a.open, a.body, a.taken_by, a.taken_at, p.name, q.body
             FROM (SELECT * FROM alert WHERE open UNION SELECT * FROM alert WHERE person = $1 AND taken_at > $2) a
             JOIN person p ON p.id = a.person LEFT JOIN item i ON i.seq = a.item
             LEFT JOIN bucket b ON b.id = i.bucket LEFT JOIN queue q ON q.id = b.origin ORDER BY a.id";
        let mut standing = Vec::new();
        for row in self.wire.all(sql, &[&person, &since])? {
            let queue = row.get::<_, Option<&str>>(8).map(json::<Queue>).transpose()?;
            let client = queue.map_or_else(|| "default".to_owned(), |queue| queue.client);
            standing.push(Standing { row: alert(&row), by: row.get(7), client: clients.get(&client).cloned() });
        }
        Ok(standing)
    }
}
