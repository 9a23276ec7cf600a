//! Pages to read, and what is asked of the queue for them.

use super::Todo;
use crate::desk::Ask;
use crate::moderation::NoticeKind;
use crate::tui::effect::Effect;
use crate::tui::model::{Layer, Model, Page, PageKind};

/// Opens a page; what it needs and is not here is asked for.
pub fn open(model: &mut Model, kind: PageKind, todo: &mut Todo) {
    if kind == PageKind::Figures {
        todo.push(Effect::Ask(Ask::Mine));
    }
    if let Some(shown) = &model.current {
        match kind {
            PageKind::Author => {
                if let Some(id) = shown.served.item.author.as_ref().and_then(|author| author.id.clone()) {
                    todo.push(Effect::Ask(Ask::Author(id)));
                }
            }
            PageKind::Thread => todo.push(Effect::Ask(Ask::Thread(shown.served.item.id.clone()))),
            PageKind::Details => todo.push(Effect::Ask(Ask::History(shown.served.item.id.clone()))),
            _ => {}
        }
    }
    model.layers.retain(|layer| !matches!(layer, Layer::Page(_)));
    model.layers.push(Layer::Page(Page { kind, scroll: 0 }));
}

/// Enter: on the list of what could not be recorded it is read; on the charter a change is confirmed.
pub fn confirm(model: &mut Model, todo: &mut Todo) {
    match model.layers.last() {
        Some(Layer::Page(Page { kind: PageKind::Unsettled, .. })) => {
            let ids = model.unsettled.drain(..).map(|unsettled| unsettled.decision.id).collect();
            todo.push(Effect::Ask(Ask::Read(ids)));
            model.layers.pop();
        }
        Some(Layer::Page(Page { kind: PageKind::Message(id), .. })) => {
            let id = *id;
            model.layers.pop();
            super::messages::confirm(model, id, todo);
        }
        Some(Layer::Page(page)) => {
            let charter = page.kind == PageKind::Charter;
            model.layers.pop();
            let changed = model.notice_ahead().filter(|notice| charter && notice.kind != NoticeKind::Message);
            match changed.map(|notice| notice.id).filter(|_| model.change_ahead().is_none()) {
                Some(id) => super::messages::confirm(model, id, todo),
                None => super::next::confirm_change(model, todo),
            }
        }
        _ if model.asks_to_agree() => {
            model.care.agree();
            model.why = None;
            todo.push(Effect::Ask(Ask::AgreeGraphic));
        }
        _ if model.change_ahead().is_some() => super::next::confirm_change(model, todo),
        _ if model.notice_ahead().is_some() => {
            if let Some(id) = model.notice_ahead().map(|notice| notice.id) {
                super::messages::confirm(model, id, todo);
                super::next::fill(model, todo);
            }
        }
        _ => model.say("desk-nothing-to-confirm"),
    }
}
