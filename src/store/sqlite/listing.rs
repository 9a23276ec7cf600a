//! What stands in a queue.

use super::read::Reader;
use crate::store::Result;
use crate::store::keeper::settings::unknown_queue;
use crate::store::listing::{Listed, ListedRow, Listing};

impl Reader {
    pub(super) fn items(&mut self, listing: &Listing) -> Result<Vec<Listed>> {
        let queue: Option<i64> =
            self.rows.one("SELECT id FROM queue WHERE name = ?1", [&listing.queue], |row| row.get(0))?;
        let queue = queue.ok_or_else(|| unknown_queue(&listing.queue))?;
        let sql = "SELECT i.seq, i.state, i.round, i.received, i.due, b.lang, b.level, c.body, l.until FROM item i
             JOIN bucket b ON b.id = i.bucket JOIN content c ON c.item = i.seq LEFT JOIN lease l ON l.item = i.seq
             WHERE i.seq > ?1 AND b.queue = ?2 AND (i.state = 0 OR ?3) ORDER BY i.seq LIMIT ?4";
        let rows = self.rows.all(sql, (listing.after, queue, listing.all, listing.limit), |row| {
            Ok(ListedRow {
                place: row.get(0)?,
                state: row.get(1)?,
                round: row.get(2)?,
                received: row.get(3)?,
                due: row.get(4)?,
                lang: row.get(5)?,
                level: row.get(6)?,
                body: row.get(7)?,
                until: row.get(8)?,
            })
        })?;
        let now = self.options.clock.now().wall.as_microsecond();
        rows.into_iter().map(|row| row.listed(now)).collect()
    }
}
