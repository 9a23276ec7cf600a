//! Items that belong together: opened, marked, decided in one go, closed.

use super::decide;
use super::{Todo, next};
use crate::desk::Says;
use crate::desk::batch::will_do;
use crate::desk::deciding::{Judged, raised_to};
use crate::desk::letters::together;
use crate::desk::{Ask, Draft};
use crate::moderation::{By, Decision, Group, Measure, Served};
use crate::tui::effect::Effect;
use crate::tui::keymap::{Context, Key};
use crate::tui::model::{Batch, Choice, Chooser, Layer, Mark, Matter, Model, Picked, Question, Row, Screen};
use crate::tui::view::{batch_columns, batch_rows};
use std::sync::Arc;
use std::time::Duration;

/// `b`: chooses by what the items belong together; with one way only, that.
pub fn choose(model: &mut Model, todo: &mut Todo) {
    let Some(shown) = &model.current else { return };
    let id = shown.served.item.id.clone();
    let Some((_, groups)) = model.groups.as_ref().filter(|(of, _)| *of == id) else {
        model.batch_wanted = true;
        todo.push(Effect::Ask(Ask::Groups(id)));
        return model.say("batch-looking");
    };
    let groups: Vec<Group> = groups.iter().filter(|group| group.waiting > 1).cloned().collect();
    match groups.as_slice() {
        [] => model.say("batch-alone"),
        [only] => open(model, only.by, todo),
        several => {
            let choices = several.iter().map(|group| Choice {
                letter: together(group.by),
                title: model.words.coded("batch", group.by.code()).into_owned(),
                note: model.words.say_with("batch-items", &[("n", group.waiting.into())]),
                picked: Picked::Together(group.by),
            });
            let chooser = Chooser::new("batch-ask", choices.collect());
            super::choose::open(model, chooser);
        }
    }
}

/// Asks for all that belongs together in this way.
pub fn open(model: &mut Model, by: By, todo: &mut Todo) {
    let Some(shown) = &model.current else { return };
    todo.push(Effect::Ask(Ask::OpenBatch(shown.served.item.id.clone(), by)));
    model.say("batch-looking");
}

/// How many belong with the item on screen.
pub fn counted(model: &mut Model, item: String, groups: Vec<Group>, todo: &mut Todo) {
    if model.current.as_ref().is_none_or(|shown| shown.served.item.id != item) {
        return;
    }
    model.groups = Some((item, groups));
    if std::mem::take(&mut model.batch_wanted) && model.layers.is_empty() && model.batch.is_none() {
        model.mark = None;
        choose(model, todo);
    }
}

/// It is leased: shows it, or hands it back where nobody waits for it any more.
pub fn opened(model: &mut Model, item: String, group: Group, items: Vec<Arc<Served>>, todo: &mut Todo) {
    let waits = model.screen == Screen::Item
        && model.curtain.is_none()
        && model.layers.is_empty()
        && model.batch.is_none()
        && model.current.as_ref().is_some_and(|shown| shown.served.item.id == item);
    let ids: Vec<&str> = items.iter().map(|served| served.item.id.as_str()).collect();
    model.ahead.retain(|served| !ids.contains(&served.item.id.as_str()));
    if !waits || items.len() < 2 {
        let others = items.iter().filter(|served| !on_screen(model, &served.item.id));
        let back = others.map(|served| next::unseen(served)).collect();
        todo.push(Effect::Ask(Ask::Release(back)));
        if waits {
            model.say("batch-alone");
        }
        return;
    }
    let now = model.now();
    if let Some(shown) = &mut model.current {
        shown.active.stop(now);
        shown.on_line_at = None;
    }
    let batch = Batch::new(item, group, items, &mut model.house);
    model.batch = Some(Box::new(batch));
    model.mark = None;
    lay_out(model);
    model.frame_now = true;
}

fn on_screen(model: &Model, item: &str) -> bool {
    model.current.as_ref().is_some_and(|shown| shown.served.item.id == item)
}

/// Lays it out anew.
pub fn lay_out(model: &mut Model) {
    let (rows, columns, at_least) = (batch_rows(model), batch_columns(model), model.mask_at_least);
    if let Some(batch) = &mut model.batch {
        batch.lay_out(rows, columns, at_least);
    }
}

/// Up or down.
pub fn step(model: &mut Model, by: isize) {
    if let Some(batch) = &mut model.batch {
        batch.at = batch.at.saturating_add_signed(by).min(batch.rows.len().saturating_sub(1));
        batch.open = false;
    }
    lay_out(model);
}

/// `o`: the row with the cursor, whole and uncovered, until the cursor moves.
pub fn open_row(model: &mut Model) {
    if let Some(batch) = &mut model.batch {
        batch.open = !batch.open;
    }
    lay_out(model);
}

/// `v`: the row with the cursor, and on to the next.
pub fn mark(model: &mut Model) {
    if let Some(batch) = &mut model.batch
        && let Some(row) = batch.rows.get_mut(batch.at)
    {
        row.marked = !row.marked;
    }
    step(model, 1);
}

/// `V`: all that were reported, or all where none was; pressed with those marked, none.
pub fn mark_all(model: &mut Model) {
    let Some(batch) = &mut model.batch else { return };
    let any = batch.rows.iter().any(Row::reported);
    let wanted = |row: &Row| !any || row.reported();
    let all = batch.rows.iter().filter(|row| wanted(row)).all(|row| row.marked);
    for row in &mut batch.rows {
        row.marked = if all { false } else { row.marked || wanted(row) };
    }
    let (marked, unreported) = (batch.marked(), batch.rows.iter().filter(|row| any && !row.reported()).count());
    let mark = if unreported > 0 && marked > 0 { "batch-marked-reported" } else { "batch-marked" };
    model.say(Mark::new(mark).number("n", marked).number("rest", unreported));
}

/// A verdict over a batch first says what it will do.
pub fn ask(model: &mut Model, says: Says, key: Option<Key>) {
    let now = model.now();
    let Some(batch) = &model.batch else { return };
    if batch.on_line_at.is_none_or(|at| now < at + model.settings.guard) {
        return model.say("guard-too-early");
    }
    if batch.marked() == 0 {
        let key_of = |name| model.keys.key_of(Context::Batch, name).unwrap_or_default().to_owned();
        let mark = Mark::new("batch-nothing-marked").text("one", key_of("batch.mark"));
        return model.say(mark.text("all", key_of("batch.mark_all")));
    }
    let policy = model.current.as_ref().and_then(|shown| says.policy_in(&shown.policies)).cloned();
    let rows: Vec<_> = batch.rows.iter().map(Row::asked).collect();
    let will = will_do(&rows, &batch.group, &model.words);
    let what = says.what_under(policy.as_ref(), &model.words);
    let mut lines =
        vec![Mark::new("batch-will-do").text("what", what).number("n", will.marked).text("whose", will.whose)];
    lines.extend(will.besides.into_iter().map(|(id, n)| Mark::new(id).number("n", n)));
    if policy.as_ref().is_some_and(|policy| policy.sealed) {
        lines.push(Mark::new("desk-grave-seals"));
    }
    let letter = match &policy {
        Some(policy) => Some(policy.letter),
        None => key.and_then(|key| key.typed()),
    };
    if matches!(model.layers.last(), Some(Layer::Chooser(_))) {
        model.layers.pop();
    }
    if let Some(batch) = &mut model.batch {
        batch.asked_at = Some(now);
    }
    model.last_deciding = key.map(|key| (key, now));
    model.layers.push(Layer::Question(Question { about: Matter::Batch(says), lines, letter }));
}

/// Yes: one call, one hold, one undo. What was not marked goes back.
pub fn decide(model: &mut Model, says: Says, todo: &mut Todo) {
    let now = model.now();
    let guard = model.settings.guard.max(Duration::from_millis(u64::from(!model.settings.guard.is_zero())));
    if model.batch.as_ref().and_then(|batch| batch.asked_at).is_some_and(|at| now < at + guard) {
        return model.say("guard-too-early");
    }
    let Some(mut batch) = model.batch.take() else { return };
    let Some(batch_id) = model.id() else { return put_again(model, batch) };
    if model.ids.len() < batch.marked() {
        return put_again(model, batch);
    }
    batch.active.stop(now);
    let point = decide::point(model, Some(batch.clone()));
    let Some(point) = point else { return put_again(model, batch) };
    let share = batch.share(now);
    let policies = model.current.as_ref().map(|shown| shown.policies.clone());
    let policy = policies.as_deref().and_then(|policies| says.policy_in(policies)).cloned();
    let (nothing, mut decisions) = (Draft::default(), Vec::<Decision>::new());
    for row in batch.rows.iter().filter(|row| row.marked) {
        let Some(id) = model.id() else { break };
        let own = model.current.as_ref().filter(|shown| shown.served.item.id == row.served.item.id);
        let judged = Judged {
            id,
            served: &row.served,
            policies: policies.as_deref(),
            sight: own.map_or_else(|| row.sight(share), |shown| shown.sight(now)),
            draft: own.map_or(&nothing, |shown| &shown.draft),
            moderator: &model.settings.moderator,
            at: model.at.wall,
            batch: Some(batch_id),
        };
        decisions.push(says.decision(judged));
        if own.is_none() && row.shown_at.is_some() {
            let mut look = row.look(share);
            look.level = look.level.max(raised_to(policy.as_ref(), &row.served).unwrap_or_default());
            model.care.book(&row.served, &look, &model.at);
        }
        decide::tally(model, says.verdict);
    }
    decide::hold_batch(model, (point, batch), (decisions, policy), todo);
}

fn put_again(model: &mut Model, batch: Box<Batch>) {
    model.batch = Some(batch);
    model.say("desk-no-ids");
}

/// A policy was named in a chooser over a batch.
pub fn policy(model: &mut Model, measure: Option<Measure>, code: String, key: Key) {
    ask(model, Says::under(measure, code), Some(key));
}

/// Esc: what was not decided goes back, with what was seen of it; the item it was opened for is on screen again.
pub fn close(model: &mut Model, todo: &mut Todo) {
    let Some(batch) = model.batch.take() else { return };
    let_go(model, *batch, &[], todo);
    super::open::lay_out(model);
}

/// Hands back what is neither decided nor on screen.
pub fn let_go(model: &mut Model, mut batch: Batch, decided: &[Decision], todo: &mut Todo) {
    let now = model.now();
    batch.active.stop(now);
    let share = batch.share(now);
    let mut back = Vec::new();
    let decided: std::collections::HashSet<&str> = decided.iter().map(|one| one.item.as_str()).collect();
    for row in &batch.rows {
        let id = row.served.item.id.as_str();
        if on_screen(model, id) || decided.contains(id) {
            continue;
        }
        if row.shown_at.is_some() {
            model.care.book(&row.served, &row.look(share), &model.at);
        }
        back.push(row.sight(share));
    }
    if !back.is_empty() {
        todo.push(Effect::Ask(Ask::Release(back)));
    }
}

/// A row has gone elsewhere.
pub fn lost(model: &mut Model, item: &str) {
    if let Some(batch) = &mut model.batch {
        batch.rows.retain(|row| row.served.item.id != item);
        if batch.rows.is_empty() {
            model.batch = None;
        }
    }
    lay_out(model);
}

/// `V`: what waits of the thread comes next, in order.
pub fn take_thread(model: &mut Model, todo: &mut Todo) {
    let Some(shown) = &model.current else { return };
    todo.push(Effect::Ask(Ask::TakeThread(shown.served.item.id.clone())));
    model.say("batch-looking");
}

/// It is leased, and comes right after the item on screen.
pub fn thread_taken(model: &mut Model, items: Vec<Arc<Served>>, todo: &mut Todo) {
    if items.is_empty() {
        return model.say("thread-nothing-waits");
    }
    let n = items.len();
    let ids: Vec<&str> = items.iter().map(|served| served.item.id.as_str()).collect();
    model.ahead.retain(|served| !ids.contains(&served.item.id.as_str()));
    for served in items
        .into_iter()
        .rev()
        .filter(|served| model.current.as_ref().is_none_or(|shown| shown.served.item.id != served.item.id))
    {
        model.ahead.push_front(served);
    }
    model.say(Mark::new("thread-taken").number("n", n));
    next::fill(model, todo);
}
