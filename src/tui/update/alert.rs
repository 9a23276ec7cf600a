//! Imminent harm: the alert goes out at once; what is known besides can follow.

use super::Todo;
use super::decide;
use crate::desk::Says;
use crate::desk::alert::{self, AlertLine};
use crate::desk::{Ask, Unsent};
use crate::moderation::alert::AlertState;
use crate::moderation::{AlertKind, Measure};
use crate::tui::effect::Effect;
use crate::tui::model::{Layer, Mark, Model, WritingKind};
use uuid::Uuid;

/// `!` and a letter: unheld, without a question.
pub fn raise(model: &mut Model, kind: AlertKind, todo: &mut Todo) {
    let Some(id) = model.id() else { return model.say("desk-no-ids") };
    let raised_at = model.at.wall;
    let Some(shown) = &mut model.current else { return model.say("guard-no-item") };
    let line = AlertLine::raised(id, &shown.served, kind, &model.house, raised_at);
    shown.draft.alert = line.on_draft();
    todo.push(Effect::Ask(Ask::Alert(line.alert.clone())));
    model.alerts.push(line);
    model.layers.push(Layer::Alert(id));
    model.frame_now = true;
    super::draft::keep(model, todo);
}

/// What the queue says of an alert.
pub fn heard(model: &mut Model, state: Result<Box<AlertState>, Unsent>) {
    model.frame_now = true;
    alert::heard(&mut model.alerts, state);
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
    let (alert, known) = (alert.clone(), line.on_draft());
    if let Some(shown) = &mut model.current
        && shown.served.item.id == alert.item
    {
        shown.draft.alert = known;
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
    decide::guarded(model, Says::to_imminent(), key, todo);
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
