//! What the desk hears from the queue.

use super::{Todo, alert, batch, messages, next, rest, undo};
use crate::desk::{Ask, News, Unsettled};
use crate::moderation::claim::LostLease;
use crate::moderation::policy::Policies;
use crate::moderation::{Client, Outcome, Queue, Recorded, Refusal, Served};
use crate::tui::effect::Effect;
use crate::tui::model::{Change, LineSeen, Mark, Model, Screen};
use std::sync::Arc;

/// Works on one piece of news.
pub fn hear(model: &mut Model, news: News, todo: &mut Todo) {
    match news {
        News::Shift(state) => shift(model, *state, todo),
        News::OtherDesk(desk) => model.screen = Screen::TakeOver(desk),
        News::House { clients, policies, queues } => house(model, clients, policies, queues),
        News::Ahead { items, waiting, first } => ahead(model, items, waiting, first, todo),
        News::Nothing(why) => model.why = Some(why),
        News::Break(due) => rest::told(model, due, todo),
        News::Settled(results) => settled(model, results, todo),
        News::Recovered { sent, impossible, drafts } => recovered(model, sent, impossible, drafts),
        News::Reversed(id, recorded) => undo::reversed(model, id, &recorded),
        News::Lost(refusals) => refusals.iter().for_each(|lost| self::lost(model, lost, todo)),
        News::GivenBack(items) => items.iter().for_each(|item| given_back(model, item)),
        News::Revised(served) => revised(model, served, todo),
        News::Alert(state) => alert::heard(model, state),
        News::Author(id, figures) => {
            model.authors.insert(id, *figures);
        }
        News::Groups(item, groups) => batch::counted(model, item, groups, todo),
        News::Thread(item, thread) => model.thread = Some((item, *thread)),
        News::Batch(item, group, items) => batch::opened(model, item, *group, items, todo),
        News::Taken(_, items, _) => batch::thread_taken(model, items, todo),
        News::Mine(mine) => super::topics::told(model, *mine),
        News::Picture(look, answer) => super::picture::came(model, &look, answer),
        News::Messages(told) => messages::heard(model, *told),
        News::Precedents(seeking, found) => messages::found(model, seeking, found, todo),
        News::TakenUp(item, came) => messages::taken_up(model, &item, came),
        News::History(item, entries) => model.history = Some((item, entries)),
        News::LineState { state, unsent } => {
            let since = model.line.down.take().map(|(_, since)| since);
            model.line = match state {
                Ok(round_trip) => LineSeen { down: None, round_trip, unsent },
                Err(why) => LineSeen { down: Some((why, since.unwrap_or(model.at.wall))), round_trip: None, unsent },
            };
            if since.is_some() && model.line.down.is_none() {
                model.say("line-back");
            }
        }
        News::TakenOver(desk) => {
            model.taken_over = Some(desk);
            super::write::put_away(model);
            model.leaving = true;
            todo.push(Effect::Leave);
        }
        News::Ended(unsettled) => {
            model.unsettled.extend(unsettled);
            model.leaving = true;
            todo.push(Effect::Leave);
        }
        News::Failed(why) => {
            // Whatever was asked, nothing waits for it any more.
            model.ending = false;
            model.reversing = None;
            model.batch_wanted = false;
            let why = crate::text::scrub::log(&why);
            if !model.signed_in {
                // Nothing opens this desk any more: that must not go with the next key.
                model.settings.notes.push(why.clone());
            }
            model.say(Mark::new("desk-failed").text("why", why));
        }
    }
}

fn shift(model: &mut Model, state: crate::moderation::shift::ShiftState, todo: &mut Todo) {
    let first = !model.signed_in;
    model.signed_in = true;
    let running = state.on_break.clone();
    // What is held here has been booked here and not yet there.
    let told = model.held.is_empty() && state.load.as_ref().is_some_and(|load| model.care.seed(load));
    if !told && first {
        let planned = model.settings.shift;
        model.care.begin(&model.at, planned);
    }
    model.shift = state;
    if first && model.settings.go && model.screen == Screen::Shift {
        model.screen = Screen::Item;
    }
    rest::follow(model, running, todo);
}

fn house(model: &mut Model, clients: Vec<Client>, policies: Vec<(String, Policies)>, queues: Vec<Queue>) {
    model.house.set_clients(clients);
    model.house.queues = queues.into_iter().map(|queue| (queue.name.clone(), Arc::new(queue))).collect();
    for (client, policies) in &policies {
        let Some(met) = model.house.met.get(client) else { continue };
        model.changes.retain(|change| change.client != *client);
        if *met != policies.version {
            let change = Change { client: client.clone(), from: met.clone(), to: policies.version.clone() };
            model.changes.push(change);
        }
    }
    for (client, policies) in policies {
        // The version met first is no change: it stands on the shift screen.
        model.house.met.entry(client.clone()).or_insert_with(|| policies.version.clone());
        model.house.set_policies(client, policies);
    }
}

fn ahead(model: &mut Model, items: Vec<Arc<Served>>, waiting: u64, first: bool, todo: &mut Todo) {
    model.waiting = waiting;
    model.why = None;
    for served in items.into_iter().rev() {
        let id = &served.item.id;
        let on_screen = model.current.as_ref().is_some_and(|shown| shown.served.item.id == *id);
        let there = model.ahead.iter().any(|other| other.item.id == *id);
        if on_screen || there {
            continue;
        }
        if first {
            model.ahead.push_front(served);
        } else {
            model.arriving.push(served);
        }
    }
    let arriving = std::mem::take(&mut model.arriving);
    model.ahead.extend(arriving.into_iter().rev());
    let quietly = first && !model.coming_back.is_empty();
    let coming_back = &mut model.coming_back;
    model.ahead.iter().for_each(|served| {
        coming_back.remove(&served.item.id);
    });
    // What was reversed comes to the one who reversed it, before what is on screen; a whole batch waits for its turn.
    if first
        && !quietly
        && model.batch.is_none()
        && model.screen == Screen::Item
        && model.layers.is_empty()
        && model.curtain.is_none()
        && let Some(reversed) = model.ahead.pop_front()
    {
        next::put_back(model, todo);
        model.ahead.push_front(reversed);
        model.frame_now = true;
    }
}

fn settled(model: &mut Model, results: Vec<Recorded>, todo: &mut Todo) {
    let batches = model.held.iter().filter(|held| held.batch.is_some()).count();
    for recorded in results {
        if undo::batch_settled(model, &recorded) {
            continue;
        }
        let held = model.held.iter().position(|held| held.decision.id == recorded.id);
        let held = held.map(|at| model.held.remove(at));
        let Some(held) = held else { continue };
        if recorded.outcome.is_success() {
            undo::recorded(model, &held);
            continue;
        }
        if let (Outcome::StaleRevision, Some(item)) = (recorded.outcome, &recorded.item) {
            let item = Arc::new((**item).clone());
            if !model.ahead.iter().any(|other| other.item.id == item.item.id) {
                model.ahead.push_front(item);
            }
        }
        model.unsettled.push(Unsettled { decision: held.decision, result: Some(recorded) });
    }
    let left = model.held.iter().filter(|held| held.batch.is_some()).count() < batches;
    if let Some(shown) = model.current.as_ref().filter(|_| left) {
        // What belongs with the item on screen was counted while the batch still waited.
        model.groups = None;
        todo.push(Effect::Ask(Ask::Groups(shown.served.item.id.clone())));
    }
}

fn recovered(model: &mut Model, sent: u64, impossible: Vec<Unsettled>, drafts: Vec<(String, serde_json::Value)>) {
    for (item, json) in drafts {
        // A draft in a shape that this program does not know is left where it is, in the journal.
        if let Ok(draft) = serde_json::from_value(json) {
            model.drafts.insert(item, draft);
        }
    }
    if sent > 0 {
        model.recovered = Some(Mark::new("outcome-recovered").number("n", sent));
    }
    model.unsettled.extend(impossible);
}

fn lost(model: &mut Model, refusal: &Refusal, todo: &mut Todo) {
    model.ahead.retain(|served| served.item.id != refusal.item);
    batch::lost(model, &refusal.item);
    let on_screen = model.current.as_ref().is_some_and(|shown| shown.served.item.id == refusal.item);
    if on_screen {
        batch::close(model, todo);
        next::take_off(model, todo);
        model.drafts.remove(&refusal.item);
        if matches!(refusal.why, LostLease::Withdrawn | LostLease::Sealed) {
            // It does not come back, and a draft may quote it.
            todo.push(Effect::KeepDraft(refusal.item.clone(), None));
        }
        let why = model.words.coded("lost", refusal.why.code()).into_owned();
        model.say(Mark::new("lost-line").text("item", refusal.item.clone()).text("why", why));
        model.layers.clear();
        model.frame_now = true;
    }
}

fn given_back(model: &mut Model, item: &str) {
    model.ahead.retain(|served| served.item.id != item);
    batch::lost(model, item);
    if model.current.as_ref().is_some_and(|shown| shown.served.item.id == item) {
        super::write::put_away(model);
        if let Some(shown) = model.current.take()
            && !shown.draft.is_empty()
        {
            model.drafts.insert(item.to_owned(), shown.draft.clone());
        }
        model.layers.clear();
    }
}

fn revised(model: &mut Model, served: Arc<Served>, todo: &mut Todo) {
    let id = &served.item.id;
    if let Some(place) = model.ahead.iter_mut().find(|other| other.item.id == *id) {
        *place = served;
        return;
    }
    if model.current.as_ref().is_some_and(|shown| shown.served.item.id == *id) {
        let draft = next::take_off(model, todo).map(|shown| shown.draft).unwrap_or_default();
        let revision = served.item.revision;
        model.layers.clear();
        next::present(model, served, draft, todo);
        model.say(Mark::new("item-edited").number("n", revision));
        model.frame_now = true;
        return;
    }
    model.ahead.push_front(served);
}
