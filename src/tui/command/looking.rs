//! Commands for looking, reading and moving.

use super::{Command, always, command, item};
use crate::tui::effect::Effect;
use crate::tui::model::{Layer, Mark, Model, PageKind, Reason};
use crate::tui::update::scroll::{By, scroll};
use crate::tui::update::{batch, choose, find, messages, open, page, palette, picture, topics};

/// Opening, grading, pages, find, scrolling, copying.
pub(super) const COMMANDS: &[Command] = &[
    command("item.open", item, |m, _, todo| open::open(m, todo)),
    command("item.cover", item, |m, _, _| open::cover(m)),
    command("picture.next", item, |m, _, todo| picture::next(m, todo)),
    command("list.down", always, |m, _, _| batch::step(m, 1)),
    command("list.up", always, |m, _, _| batch::step(m, -1)),
    command("batch.open", item, |m, _, todo| batch::choose(m, todo)),
    command("batch.mark", always, |m, _, _| batch::mark(m)),
    command("batch.mark_all", always, |m, _, _| batch::mark_all(m)),
    command("item.thread_take", in_thread, |m, _, todo| batch::take_thread(m, todo)),
    command("item.masking", item, |m, _, todo| open::masking(m, todo)),
    command("item.grade", item, |m, _, _| {
        let chooser = choose::grades(m);
        choose::open(m, chooser);
    }),
    command("item.history", author, |m, _, todo| page::open(m, PageKind::Author, todo)),
    command("item.thread", thread, |m, _, todo| page::open(m, PageKind::Thread, todo)),
    command("item.charter", always, |m, _, todo| page::open(m, PageKind::Charter, todo)),
    command("item.details", item, |m, _, todo| page::open(m, PageKind::Details, todo)),
    command("item.messages", always, |m, _, _| messages::list(m)),
    command("item.unsettled", unsettled, |m, _, todo| page::open(m, PageKind::Unsettled, todo)),
    command("day.figures", always, |m, _, todo| page::open(m, PageKind::Figures, todo)),
    command("day.topics", always, |m, _, todo| topics::start(m, todo)),
    command("item.find", item, |m, _, _| find::start(m)),
    command("item.find_next", item, |m, _, _| find::step(m, 1)),
    command("item.find_previous", item, |m, _, _| find::step(m, -1)),
    command("scroll.down", always, |m, _, _| scroll(m, By::Lines(1))),
    command("scroll.up", always, |m, _, _| scroll(m, By::Lines(-1))),
    command("scroll.page_down", always, |m, _, _| scroll(m, By::Pages(1))),
    command("scroll.page_up", always, |m, _, _| scroll(m, By::Pages(-1))),
    command("scroll.top", always, |m, _, _| scroll(m, By::Top)),
    command("scroll.bottom", always, |m, _, _| scroll(m, By::Bottom)),
    command("copy.id", item, |m, _, todo| {
        if let Some(shown) = &m.current {
            todo.push(Effect::Copy(shown.served.item.id.clone()));
            m.say("item-copied-id");
        }
    }),
    command("copy.link", link, |m, _, todo| {
        let url = m.current.as_ref().and_then(|shown| shown.served.item.url.as_ref());
        if let Some(url) = url {
            todo.push(Effect::Copy(crate::text::scrub::line(url).as_str().to_owned()));
            m.say("item-copied-link");
        }
    }),
    command("palette.open", always, |m, _, _| palette::start(m)),
    command("help.open", always, |m, _, todo| page::open(m, PageKind::Help, todo)),
    command("notice.confirm", always, |m, _, todo| page::confirm(m, todo)),
    command("screen.leave", always, |m, _, todo| crate::tui::update::key::leave(m, todo)),
];

fn author(model: &Model) -> Reason {
    item(model).or_else(|| {
        let author = model.current.as_ref()?.served.item.author.as_ref();
        author.and_then(|author| author.id.as_ref()).is_none().then(|| Mark::new("desk-no-author"))
    })
}

fn thread(model: &Model) -> Reason {
    let alone = |model: &Model| {
        let item = &model.current.as_ref()?.served.item;
        let subject = item.subject.as_ref().and_then(|subject| subject.id.as_ref());
        (item.context.is_empty() && subject.is_none()).then(|| Mark::new("thread-none"))
    };
    item(model).or_else(|| alone(model))
}

/// Taking a thread wants one.
fn in_thread(model: &Model) -> Reason {
    item(model).or_else(|| {
        let subject = model.current.as_ref()?.served.item.subject.as_ref();
        subject.and_then(|subject| subject.id.as_ref()).is_none().then(|| Mark::new("thread-no-subject"))
    })
}

fn link(model: &Model) -> Reason {
    item(model).or_else(|| model.current.as_ref()?.served.item.url.is_none().then(|| Mark::new("item-no-link")))
}

fn unsettled(model: &Model) -> Reason {
    let open = model.layers.iter().any(|layer| matches!(layer, Layer::Page(_)));
    (model.unsettled.is_empty() && !open).then(|| Mark::new("desk-all-settled"))
}
