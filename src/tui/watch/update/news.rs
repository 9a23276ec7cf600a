//! What the floor says.

use crate::desk::{FloorAsk, FloorNews};
use crate::moderation::floor::{Standing, Step, troubles};
use crate::text::scrub;
use crate::tui::keymap::Context;
use crate::tui::model::Mark;
use crate::tui::watch::model::{Model, Opened};
use crate::tui::watch::msg::{Effect, Todo};

/// Hears it.
pub fn hear(model: &mut Model, news: FloorNews, todo: &mut Todo) {
    match news {
        FloorNews::Now(now) => {
            let before: Vec<_> = model.loud().map(|trouble| (trouble.kind, trouble.queue.clone())).collect();
            model.now = *now;
            model.troubles = troubles(&model.now);
            // What has gone is forgotten, so that it is loud when it comes again.
            let stands: Vec<_> = model.troubles.iter().map(|one| (one.kind, one.queue.clone())).collect();
            model.quiet.retain(|known| stands.contains(known));
            let new = model.loud().any(|trouble| !before.contains(&(trouble.kind, trouble.queue.clone())));
            ring(model, new, todo);
        }
        FloorNews::Alerts(alerts) => {
            let before: Vec<_> = model.untaken().map(|alert| alert.alert.id).collect();
            model.alerts = alerts;
            let new = model.untaken().any(|alert| !before.contains(&alert.alert.id));
            ring(model, new, todo);
        }
        FloorNews::Messages(messages) => {
            let before: Vec<_> = model.messages.questions().iter().map(|doubt| doubt.id).collect();
            model.messages = *messages;
            let new = model.messages.questions().iter().any(|doubt| !before.contains(&doubt.id));
            ring(model, new, todo);
        }
        FloorNews::House(house) => {
            model.house.set_clients(house.clients);
            for (client, policies) in house.policies {
                model.house.set_policies(client, policies);
            }
            model.house.queues = house.queues.into_iter().map(|one| (one.name.clone(), one.into())).collect();
        }
        FloorNews::Done(ask, stands) => done(model, ask, stands.as_deref(), todo),
        FloorNews::Refused(ask, why) => {
            if matches!(ask, FloorAsk::Find(_)) {
                model.search.running = false;
            }
            model.say(Mark::new("watch-refused").text("why", scrub::log(&why)));
        }
        FloorNews::Opened(kept, history) => {
            let before = model.opened.take().filter(|opened| opened.kept.item.id == kept.item.id);
            let (shown, scroll) = before.map_or((false, 0), |before| (before.shown, before.scroll));
            model.reading = None;
            model.opened = Some(Opened { kept, history, shown, scroll });
        }
        FloorNews::Found(typed, part) if typed == model.search.typed => {
            model.search.found.extend(part.found);
        }
        FloorNews::Searched(typed) if typed == model.search.typed => {
            model.search.running = false;
            let n = model.search.found.len();
            model.say(Mark::new("watch-searched").text("what", scrub::log(&typed)).number("n", n as i64));
        }
        FloorNews::Found(..) | FloorNews::Searched(_) => {}
        FloorNews::Case(item, text) => todo.push(Effect::WriteCase(item, text)),
        FloorNews::Line(None) => {
            if model.down.take().is_some() {
                model.say("watch-back-line");
            }
        }
        FloorNews::Line(Some(broken)) => {
            let since = model.down.take().map_or(model.at.wall, |(_, since)| since);
            ring(model, since == model.at.wall, todo);
            model.down = Some((broken, since));
        }
    }
}

fn ring(model: &Model, new: bool, todo: &mut Todo) {
    if new && model.settings.bell && !todo.contains(&Effect::Bell) {
        todo.push(Effect::Bell);
    }
}

fn done(model: &mut Model, ask: FloorAsk, stands: Option<&Standing>, todo: &mut Todo) {
    let time = |model: &Model| {
        let due = stands.and_then(|stands| stands.due_at);
        due.map(|due| model.speaker().moment(due)).unwrap_or_default()
    };
    let mark = match &ask {
        FloorAsk::Step(item, step) => {
            let item = scrub::log(item);
            match step {
                Step::Move { to } => Mark::new("watch-done-moved").text("item", item).text("queue", to.clone()),
                Step::Priority { priority: Some(n), .. } => {
                    Mark::new("watch-done-priority").text("item", item).number("n", i64::from(*n))
                }
                Step::Priority { .. } => Mark::new("watch-done-deadline").text("item", item).text("time", time(model)),
                Step::Release => Mark::new("watch-done-released").text("item", item),
            }
        }
        FloorAsk::Overrule(asked) => Mark::new("watch-done-decided").text("item", scrub::log(&asked.decision.item)),
        FloorAsk::Pause { queue, because } => {
            let id = if because.is_some() { "watch-done-paused" } else { "watch-done-resumed" };
            Mark::new(id).text("queue", queue.clone())
        }
        FloorAsk::Assign { person, queues } => {
            let all = model.words.say("watch-all-queues").into_owned();
            let queues = if queues.is_empty() { all } else { queues.join(", ") };
            Mark::new("watch-done-assigned").text("who", scrub::log(person)).text("queues", queues)
        }
        FloorAsk::Acknowledge(_) => Mark::new("watch-done-acknowledged"),
        FloorAsk::Answer { doubt, .. } => {
            model.answered = Some(*doubt);
            let key = model.keys.key_of(Context::Watch, "watch.keep").unwrap_or_default().to_owned();
            Mark::new("watch-done-answered").text("key", key)
        }
        FloorAsk::Keep(_) => Mark::new("doubt-kept"),
        FloorAsk::Notify(notice) => {
            let to = model.reader().addressed(notice.moderator.as_deref(), notice.client.as_deref());
            return model.say(Mark::new("watch-done-notified").text("to", to));
        }
        _ => return,
    };
    model.say(mark);
    // What is open has changed under the reader's eyes.
    if let Some(opened) = &model.opened {
        todo.push(Effect::Ask(FloorAsk::Open(opened.kept.item.id.clone())));
    }
    if let Some(stands) = stands
        && let Some(found) = model.search.found.iter_mut().find(|found| found.item == stands.item)
    {
        found.queue.clone_from(&stands.queue);
        found.state.clone_from(&stands.state);
        found.due_at = stands.due_at;
    }
}
