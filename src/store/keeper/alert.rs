//! Imminent harm: raised at once, kept until somebody has taken it.

use super::Keeper;
use super::lease::ItemRow;
use super::log::{Entry, timestamp};
use super::shelf::{AlertRow, Shelf};
use crate::moderation::alert::AlertState;
use crate::moderation::{Alert, Client, Decision, Person, Role};
use crate::store::{Result, StoreError};
use serde_json::json;
use uuid::Uuid;

/// An alert that has been read.
struct Row {
    item: Option<i64>,
    person: i64,
    alert: Alert,
    taken: Option<(String, i64)>,
}

fn parse(found: AlertRow) -> Result<Row> {
    let alert = serde_json::from_slice(&found.body)
        .map_err(|error| StoreError::Engine(format!("an alert cannot be read ({error})")))?;
    Ok(Row { item: found.item, person: found.person, alert, taken: found.taken })
}

impl<S: Shelf> Keeper<S> {
    pub(in crate::store) fn alert(&mut self, who: &str, alert: &Alert) -> Result<AlertState> {
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
    pub(in crate::store) fn raise(&mut self, person: i64, decision: &Decision, row: &ItemRow) -> Result<()> {
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
        if self.shelf.alerts_on(row.seq)?.iter().any(|alert| alert.open && alert.person == person) {
            return Ok(());
        }
        self.put_alert(person, &alert, Some(row), "alert.raised")
    }

    fn put_alert(&mut self, person: i64, alert: &Alert, row: Option<&ItemRow>, action: &str) -> Result<()> {
        let body = serde_json::to_vec(alert).expect("an alert is always JSON");
        let known = self.shelf.alert(alert.id)?;
        let taken = known.as_ref().and_then(|known| known.taken.clone());
        let item = match &known {
            Some(known) => known.item,
            None => row.map(|row| row.seq),
        };
        let open = !alert.withdrawn && taken.is_none();
        self.shelf.put_alert(&AlertRow { id: alert.id, item, person, open, body, taken })?;
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

    pub(in crate::store) fn acknowledge(&mut self, who: &str, id: Uuid) -> Result<AlertState> {
        let (_, person) = self.person(who)?;
        let (name, pseudonym) = (person.name.clone(), person.pseudonym.clone());
        let Some(found) = self.shelf.alert(id)? else {
            let name = id.to_string();
            return Err(StoreError::Unknown { what: "alert", name, hint: "`moddesk watch` shows those that stand" });
        };
        let row = parse(found.clone())?;
        if row.taken.is_none() {
            self.shelf.put_alert(&AlertRow { open: false, taken: Some((name, self.micros)), ..found })?;
            let detail = json!({"id": id, "kind": row.alert.kind.code()});
            self.log_alert(&pseudonym, "alert.taken", &row.alert.item, detail, row.item)?;
            // Whoever raised it waits for this word.
            self.hint("notice", Some(row.person), &row.alert.item, &json!({"alert": id}))?;
        }
        self.alert_state(id)
    }

    pub(in crate::store) fn blank_alerts(&mut self, item: i64) -> Result<()> {
        for row in self.shelf.alerts_on(item)? {
            if let Ok(alert) = serde_json::from_slice::<Alert>(&row.body) {
                let bare = serde_json::to_vec(&Alert { note: None, ..alert }).expect("an alert is always JSON");
                self.shelf.put_alert(&AlertRow { body: bare, ..row })?;
            }
        }
        Ok(())
    }

    fn alert_row(&self, id: Uuid) -> Result<Option<Row>> {
        self.shelf.alert(id)?.map(parse).transpose()
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

/// What a reader finds of one alert: the row, the name of who raised it, its client as JSON.
pub(in crate::store) struct Standing {
    pub row: AlertRow,
    pub by: String,
    pub client: Option<String>,
}

/// Alerts as `me` may see them: a supervisor all that stand, everybody else their own.
pub(in crate::store) fn shown(me: i64, person: &Person, standing: Vec<Standing>) -> Result<Vec<AlertState>> {
    let mut alerts = Vec::new();
    for Standing { row, by, client } in standing {
        if row.person != me && !person.may(Role::Supervisor) {
            continue;
        }
        let client = client.and_then(|body| serde_json::from_str::<Client>(&body).ok());
        alerts.push(state(parse(row)?, by, client.as_ref()));
    }
    Ok(alerts)
}
