//! Imminent harm: the alert goes out at once; what is known besides can follow.

use super::Todo;
use super::decide::{self, Says};
use crate::desk::{Ask, Unsent};
use crate::moderation::alert::AlertState;
use crate::moderation::{Alert, AlertKind, Measure, Verdict};
use crate::tui::effect::Effect;
use crate::tui::model::{AlertLine, AlertWay, Layer, Mark, Model, WritingKind};
use uuid::Uuid;

/// `!` and a letter: unheld, without a question.
pub fn raise(model: &mut Model, kind: AlertKind, todo: &mut Todo) {
    let Some(id) = model.id() else { return model.say("desk-no-ids") };
    let raised_at = model.at.wall;
    let Some(shown) = &mut model.current else { return model.say("guard-no-item") };
    let item = &shown.served.item;
    let alert = Alert {
        id,
        item: item.id.clone(),
        revision: item.revision,
        kind,
        plan: false,
        time: false,
        place: false,
        note: None,
        withdrawn: false,
        raised_at,
    };
    shown.draft.alert = Some((kind, false, false, false));
    let client = shown.served.client.clone();
    let call = model.house.clients.get(&client).map(|client| client.contacts.clone()).unwrap_or_default();
    todo.push(Effect::Ask(Ask::Alert(alert.clone())));
    model.alerts.push(AlertLine { alert, way: AlertWay::Sending, call });
    model.layers.push(Layer::Alert(id));
    model.frame_now = true;
    super::draft::keep(model, todo);
}

/// What the queue says of an alert.
pub fn heard(model: &mut Model, state: Result<Box<AlertState>, Unsent>) {
    let (alert, way, call) = match state {
        Ok(state) => {
            let way = state.taken.map_or(AlertWay::Sent, |(by, at)| AlertWay::Taken(by, at));
            (state.alert, way, state.call)
        }
        Err(unsent) => (unsent.alert, AlertWay::NotSent(unsent.why), unsent.call),
    };
    model.frame_now = true;
    match model.alerts.iter_mut().find(|line| line.alert.id == alert.id) {
        Some(line) => {
            // What was added meanwhile here is newer than what comes back.
            line.way = way;
            if !call.is_empty() {
                line.call = call;
            }
        }
        None => model.alerts.push(AlertLine { alert, way, call }),
    }
}

/// What else is known of the alert on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// There is a plan.
    Plan,
    /// There is a time.
    Time,
    /// There is a place.
    Place,
    /// It is taken back; the trace stays.
    Withdrawn,
}

/// Completes the alert on top and sends it again.
pub fn complete(model: &mut Model, known: Known, todo: &mut Todo) {
    let Some(id) = on_top(model) else { return };
    let Some(line) = model.alerts.iter_mut().find(|line| line.alert.id == id) else { return };
    let alert = &mut line.alert;
    match known {
        Known::Plan => alert.plan = !alert.plan,
        Known::Time => alert.time = !alert.time,
        Known::Place => alert.place = !alert.place,
        Known::Withdrawn => alert.withdrawn = true,
    }
    let alert = alert.clone();
    if let Some(shown) = &mut model.current
        && shown.served.item.id == alert.item
    {
        let known = (alert.kind, alert.plan, alert.time, alert.place);
        shown.draft.alert = (!alert.withdrawn).then_some(known);
    }
    if alert.withdrawn {
        model.layers.pop();
        let kind = match alert.kind {
            AlertKind::Suicide => "alert-suicide",
            AlertKind::Threat => "alert-threat",
            AlertKind::Attack => "alert-attack",
            AlertKind::Child => "alert-child",
        };
        // Its line leaves the screen as soon as the queue knows; that it was this key must stand somewhere.
        model.say(Mark::new("alert-withdrawn").message("kind", kind).text("item", alert.item.clone()));
    }
    todo.push(Effect::Ask(Ask::Alert(alert)));
    super::draft::keep(model, todo);
}

/// A note that helps.
pub fn note(model: &mut Model) {
    if let Some(id) = on_top(model) {
        super::write::open(model, WritingKind::AlertNote(id));
    }
}

/// The content is hidden, and the item goes to who answers such alerts: it is an ordinary decision, held and guarded.
pub fn hide(model: &mut Model) {
    model.layers.pop();
    // Which policy it falls under only the moderator knows.
    let mut chooser = super::choose::policies(model, "palette-choose-policy");
    chooser.measure = Some(Measure::Hide);
    super::choose::open(model, chooser);
}

/// The content stays as evidence and the item goes to the queue of imminent harm.
pub fn keep(model: &mut Model, key: Option<crate::tui::keymap::Key>, todo: &mut Todo) {
    let to = Some(crate::moderation::queue::IMMINENT.to_owned());
    let says = Says { to, ..Says::only(Verdict::Escalate) };
    decide::guarded(model, says, key, todo);
}

/// Looks at the latest alert; one that is taken may leave the screen now.
pub fn answer(model: &mut Model) {
    if let Some(at) = model.alerts.iter().position(AlertLine::settled) {
        model.alerts.remove(at);
        return;
    }
    match model.alerts.last() {
        Some(line) if model.current.is_some() => {
            let id = line.alert.id;
            model.layers.push(Layer::Alert(id));
        }
        Some(_) => {}
        None => model.say("desk-no-alert"),
    }
}

fn on_top(model: &Model) -> Option<Uuid> {
    match model.layers.last() {
        Some(Layer::Alert(id)) => Some(*id),
        _ => None,
    }
}
