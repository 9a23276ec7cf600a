//! The next item: it was fetched ahead, it is on screen in the frame in which the key was taken, and nothing of it
//! was visible before.

use super::{Todo, open};
use crate::desk::Ask;
use crate::moderation::{NoticeKind, Served};
use crate::tui::effect::Effect;
use crate::tui::model::{Draft, Mark, Model, Screen, Shown};
use std::sync::Arc;

/// Brings the next item where there is none and nothing stands before it.
pub fn fill(model: &mut Model, todo: &mut Todo) {
    let idle = model.screen == Screen::Item && model.current.is_none() && model.curtain.is_none();
    if !idle || model.leaving {
        return;
    }
    if model.change_ahead().is_some() || model.notice_ahead().is_some() {
        return;
    }
    let Some(next) = model.ahead.front() else { return };
    if !model.care.may_show(next.level(), &model.at) {
        return hand_back(model, todo);
    }
    if let Some(served) = model.ahead.pop_front() {
        let draft = model.drafts.remove(&served.item.id);
        let offered = draft.is_some();
        let draft = draft.unwrap_or_default();
        present(model, served, draft, todo);
        if offered {
            model.say("desk-draft-offered");
        } else if let Some(recovered) = model.recovered.take() {
            model.say(recovered);
        }
    }
}

/// Puts an item on screen.
pub fn present(model: &mut Model, served: Arc<Served>, draft: Draft, todo: &mut Todo) {
    let new_client = model.last_client.as_ref().is_some_and(|last| *last != served.client);
    let shown = Shown::new(served, &mut model.house, new_client, draft, model.at.wall);
    let version = shown.policies.version.clone();
    let client = shown.served.client.clone();
    model.house.met.entry(client).or_insert(version);
    let id = shown.served.item.id.clone();
    todo.push(Effect::Ask(Ask::Shown(id.clone())));
    model.batch_wanted = false;
    if model.groups.as_ref().is_none_or(|(of, _)| *of != id) {
        model.groups = None;
        todo.push(Effect::Ask(Ask::Groups(id)));
    }
    if let Some(author) = shown.served.item.author.as_ref().and_then(|author| author.id.as_deref())
        && !model.authors.contains_key(author)
    {
        model.authors.clear();
    }
    model.history = None;
    model.thread = None;
    model.precedents = None;
    model.screen = Screen::Item;
    model.find = None;
    model.current = Some(Box::new(shown));
    open::lay_out(model);
}

/// Puts the item on screen back before those ahead, undecided; what was seen of it is told.
pub fn put_back(model: &mut Model, todo: &mut Todo) {
    if let Some(shown) = take_off(model, todo) {
        model.ahead.push_front(shown.served);
    }
}

/// Takes the item off the screen without deciding it: what was seen of it is told and counted, its draft is kept.
pub fn take_off(model: &mut Model, todo: &mut Todo) -> Option<Box<Shown>> {
    let shown = off(model)?;
    todo.push(Effect::Ask(Ask::Expose(shown.sight(model.now()))));
    Some(shown)
}

/// Hands the item on screen back to the queue, with what was seen of it.
pub fn release(model: &mut Model, todo: &mut Todo) {
    if let Some(shown) = off(model) {
        todo.push(Effect::Ask(Ask::Release(vec![shown.sight(model.now())])));
    }
}

fn off(model: &mut Model) -> Option<Box<Shown>> {
    super::write::put_away(model);
    let mut shown = model.current.take()?;
    shown.active.stop(model.at.since_boot);
    model.care.book(&shown.served, &shown.look(shown.level(), model.at.since_boot), &model.at);
    if !shown.draft.is_empty() {
        model.drafts.insert(shown.served.item.id.clone(), shown.draft.clone());
    }
    Some(shown)
}

/// A grade or an opening made a rule apply: what was fetched ahead and is too hard now goes back, unseen.
fn hand_back(model: &mut Model, todo: &mut Todo) {
    let mut back = Vec::new();
    let mut keep = std::collections::VecDeque::new();
    for served in std::mem::take(&mut model.ahead) {
        if model.care.may_show(served.level(), &model.at) {
            keep.push_back(served);
        } else {
            back.push(unseen(&served));
        }
    }
    model.ahead = keep;
    todo.push(Effect::Ask(Ask::Release(back)));
    if !model.ahead.is_empty() {
        fill(model, todo);
    }
}

/// The sight of an item that was never on screen.
pub(super) fn unseen(served: &Served) -> crate::moderation::Sight {
    crate::moderation::Sight {
        item: served.item.id.clone(),
        revision: served.item.revision,
        seen: crate::moderation::Seen::Summary,
        opened: Some(crate::moderation::pass::Opened::None),
        severity: None,
        presented_at: None,
        active_ms: Some(0),
    }
}

/// Enter on the line that tells of changed rules: read, and the next item comes.
pub fn confirm_change(model: &mut Model, todo: &mut Todo) {
    let Some(change) = model.change_ahead().cloned() else { return };
    model.changes.retain(|there| there.client != change.client);
    // The notice that goes with it says no more than this.
    let told = model.messages.waiting().filter(|notice| notice.kind == NoticeKind::Policies);
    let told: Vec<_> =
        told.filter(|notice| notice.client.as_deref() == Some(&change.client)).map(|notice| notice.id).collect();
    if !told.is_empty() {
        model.confirmed.extend(&told);
        todo.push(Effect::Ask(Ask::Confirm(told)));
    }
    model.house.met.insert(change.client, change.to.clone());
    model.say(Mark::new("desk-change-read").text("version", change.to));
    fill(model, todo);
}
