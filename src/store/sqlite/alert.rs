//! Imminent harm: raised at once, kept until somebody has taken it.

use super::keeper::Keeper;
use super::lease::ItemRow;
use super::log::{Entry, timestamp};
use crate::moderation::alert::AlertState;
use crate::moderation::{Alert, Client, Decision, Role};
use crate::store::{Result, StoreError};
use rusqlite::Connection;
use serde_json::json;
use uuid::Uuid;

struct Row {
    item: Option<i64>,
    person: i64,
    alert: Alert,
    taken: Option<(String, i64)>,
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<(Option<i64>, i64, Vec<u8>, Option<String>, Option<i64>)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn parse(found: (Option<i64>, i64, Vec<u8>, Option<String>, Option<i64>)) -> Result<Row> {
    let (item, person, body, by, at) = found;
    let alert = serde_json::from_slice(&body)
        .map_err(|error| StoreError::Engine(format!("an alert cannot be read ({error})")))?;
    Ok(Row { item, person, alert, taken: by.zip(at) })
}

impl Keeper {
    pub(super) fn alert(&mut self, who: &str, alert: &Alert) -> Result<AlertState> {
        let (person, _) = self.person(who)?;
        let known = self.alert_row(alert.id)?;
        if known.as_ref().is_some_and(|known| known.person != person) {
            return Err(StoreError::Forbidden("this alert was raised by somebody else; raise your own".into()));
        }
        let row = self.by_id(&alert.item)?;
        let again = known.is_some();
        let mut alert = alert.clone();
        if let Some(known) = &known {
            // What was known once stays known: an alert is completed, never thinned out.
            alert.plan |= known.alert.plan;
            alert.time |= known.alert.time;
            alert.place |= known.alert.place;
            alert.note = alert.note.or_else(|| known.alert.note.clone());
            alert.raised_at = known.alert.raised_at;
        }
        let action = match (again, alert.withdrawn) {
            (_, true) => "alert.withdrawn",
            (false, false) => "alert.raised",
            (true, false) => "alert.completed",
        };
        self.put_alert(person, &alert, row.as_ref(), action)?;
        self.alert_state(alert.id)
    }

    /// A decision that escalates for imminent harm raises the alert itself, under its own id.
    pub(super) fn raise(&mut self, person: i64, decision: &Decision, row: &ItemRow) -> Result<()> {
        let Some(imminent) = &decision.imminent else { return Ok(()) };
        let alert = Alert {
            id: decision.id,
            item: decision.item.clone(),
            revision: decision.revision,
            kind: imminent.kind,
            plan: imminent.plan,
            time: imminent.time,
            place: imminent.place,
            note: decision.note.clone(),
            withdrawn: false,
            raised_at: decision.decided_at.unwrap_or_else(|| timestamp(self.micros)),
        };
        // The screen may have sent it before, at the key: one alert an item and kind is enough.
        let open = "SELECT 1 FROM alert WHERE item = ?1 AND person = ?2 AND open = 1";
        if self.one(open, (row.seq, person), |_| Ok(()))?.is_some() {
            return Ok(());
        }
        self.put_alert(person, &alert, Some(row), "alert.raised")
    }

    fn put_alert(&mut self, person: i64, alert: &Alert, row: Option<&ItemRow>, action: &str) -> Result<()> {
        let body = serde_json::to_vec(alert).expect("an alert is always JSON");
        let taken = self.alert_row(alert.id)?.is_some_and(|known| known.taken.is_some());
        let open = !alert.withdrawn && !taken;
        self.exec(
            "INSERT INTO alert (id, item, person, open, body) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO UPDATE SET open = excluded.open, body = excluded.body",
            (&alert.id.as_bytes()[..], row.map(|row| row.seq), person, open, body),
        )?;
        let actor = self.hot.people.get(&person).map(|person| person.pseudonym.clone()).unwrap_or_default();
        let detail = json!({"id": alert.id, "kind": alert.kind.code(), "plan": alert.plan, "time": alert.time,
            "place": alert.place});
        self.log_alert(&actor, action, &alert.item, detail, row.map(|row| row.seq))
    }

    fn log_alert(
        &mut self,
        actor: &str,
        action: &str,
        item: &str,
        detail: serde_json::Value,
        seq: Option<i64>,
    ) -> Result<()> {
        let mut row = match seq {
            Some(seq) => Some(self.by_seq(seq)?),
            None => None,
        };
        let mark = row.as_ref().map(ItemRow::mark);
        let last = self.audit(&Entry { actor, action, subject: item, detail, item: mark, ..Entry::default() })?;
        if let Some(row) = &mut row {
            row.last = last;
            self.put_item(row)?;
        }
        Ok(())
    }

    pub(super) fn acknowledge(&mut self, who: &str, id: Uuid) -> Result<AlertState> {
        let (_, person) = self.person(who)?;
        let (name, pseudonym) = (person.name.clone(), person.pseudonym.clone());
        let Some(row) = self.alert_row(id)? else {
            let name = id.to_string();
            return Err(StoreError::Unknown { what: "alert", name, hint: "`moddesk watch` shows those that stand" });
        };
        if row.taken.is_none() {
            let sql = "UPDATE alert SET open = 0, taken_by = ?2, taken_at = ?3 WHERE id = ?1";
            self.exec(sql, (&id.as_bytes()[..], &name, self.micros))?;
            let detail = json!({"id": id, "kind": row.alert.kind.code()});
            self.log_alert(&pseudonym, "alert.taken", &row.alert.item, detail, row.item)?;
        }
        self.alert_state(id)
    }

    pub(super) fn blank_alerts(&mut self, item: i64) -> Result<()> {
        let mut bodies = Vec::new();
        {
            let mut select = self.conn.prepare_cached("SELECT id, body FROM alert WHERE item = ?1")?;
            let mut rows = select.query([item])?;
            while let Some(row) = rows.next()? {
                bodies.push((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?));
            }
        }
        for (id, body) in bodies {
            if let Ok(alert) = serde_json::from_slice::<Alert>(&body) {
                let bare = serde_json::to_vec(&Alert { note: None, ..alert }).expect("an alert is always JSON");
                self.exec("UPDATE alert SET body = ?2 WHERE id = ?1", (id, bare))?;
            }
        }
        Ok(())
    }

    fn alert_row(&self, id: Uuid) -> Result<Option<Row>> {
        let sql = "SELECT item, person, body, taken_by, taken_at FROM alert WHERE id = ?1";
        self.one(sql, [&id.as_bytes()[..]], read)?.map(parse).transpose()
    }

    fn alert_state(&self, id: Uuid) -> Result<AlertState> {
        let row = self.alert_row(id)?.ok_or_else(|| StoreError::Engine("an alert is missing".into()))?;
        let clients = self.hot.clients.get(row.item.map_or("default", |item| self.client_of_item(item)));
        let name = self.hot.people.get(&row.person).map(|person| person.name.clone()).unwrap_or_default();
        Ok(state(row, name, clients))
    }

    fn client_of_item(&self, item: i64) -> &str {
        let origin = self.by_seq(item).ok().and_then(|row| self.at(&row).ok()).map(|at| self.hot.buckets[at].origin);
        origin.map_or("default", |origin| self.hot.client_of(origin))
    }
}

fn state(row: Row, by: String, client: Option<&Client>) -> AlertState {
    AlertState {
        alert: row.alert,
        by,
        taken: row.taken.map(|(by, at)| (by, timestamp(at))),
        call: client.map(|client| client.contacts.clone()).unwrap_or_default(),
    }
}

/// Alerts that nobody has taken, for a supervisor; and this person's own of the last day, taken or not.
pub(super) fn open_for(conn: &Connection, who: &str, now: i64) -> Result<Vec<AlertState>> {
    const DAY: i64 = 86_400_000_000;
    let mut select = conn.prepare_cached(
        "SELECT a.item, a.person, a.body, a.taken_by, a.taken_at, p.name, c.body, me.body, me.id
         FROM person me, alert a JOIN person p ON p.id = a.person LEFT JOIN item i ON i.seq = a.item
         LEFT JOIN bucket b ON b.id = i.bucket LEFT JOIN queue q ON q.id = b.origin
         LEFT JOIN client c ON c.name = coalesce(json_extract(q.body, '$.client'), 'default')
         WHERE me.name = ?1 AND (a.open = 1 OR (a.person = me.id AND coalesce(a.taken_at, 0) > ?2)) ORDER BY a.id",
    )?;
    let mut rows = select.query((who, now - DAY))?;
    let mut alerts = Vec::new();
    while let Some(row) = rows.next()? {
        let found = parse(read(row)?)?;
        let me: crate::moderation::Person = serde_json::from_str(row.get_ref(7)?.as_str().unwrap_or_default())
            .map_err(|error| StoreError::Engine(format!("a person cannot be read ({error})")))?;
        if found.person != row.get::<_, i64>(8)? && !me.may(Role::Supervisor) {
            continue;
        }
        let client = row.get::<_, Option<String>>(6)?.and_then(|body| serde_json::from_str::<Client>(&body).ok());
        alerts.push(state(found, row.get(5)?, client.as_ref()));
    }
    Ok(alerts)
}
