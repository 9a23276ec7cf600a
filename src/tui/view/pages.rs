//! What stands on each page.

use super::reading::Line;
use super::words;
use crate::desk::floor::Teller;
use crate::desk::own;
use crate::moderation::Verdict;
use crate::text::scrub;
use crate::tui::command;
use crate::tui::keymap::Context;
use crate::tui::model::{Maker, Model, PageKind, Screen};
use crate::tui::say::Say;
use crate::wellbeing::Masking;

/// The title of a page.
pub fn title(model: &Model, kind: PageKind) -> String {
    let say = model.speaker();
    match kind {
        PageKind::Help => {
            let context = say.text(&format!("context-{}", below(model).name()));
            say.with("help-title", &[("context", context.into())])
        }
        PageKind::Charter => {
            let client = client(model);
            let version = model.house.policies_of(&client).version.clone();
            let title = model.house.client_title(&client).to_owned();
            say.with("charter-title", &[("client", title.into()), ("version", version.into())])
        }
        PageKind::Author => {
            let name = model.current.as_ref().and_then(|shown| shown.served.item.author.as_ref());
            let name = name.map_or_else(|| say.text("desk-author-unknown"), |author| super::side::name(author, say));
            say.with("history-author", &[("author", name.into())])
        }
        PageKind::Details => {
            let item = model.current.as_ref().map(|shown| shown.served.item.id.clone()).unwrap_or_default();
            say.with("history-item", &[("item", item.into())])
        }
        PageKind::Thread => say.text("thread-title"),
        PageKind::Unsettled => say.text("command-item-unsettled"),
        PageKind::Figures => say.text("mine-title"),
        PageKind::Reply => say.text("reply-preview"),
        PageKind::Message(_) => say.text("message-title"),
        PageKind::Precedents => say.text("message-precedents"),
    }
}

/// The keys of a page.
pub fn keys(model: &Model, kind: PageKind) -> String {
    let say = model.speaker();
    let id = match kind {
        PageKind::Unsettled => "desk-page-keys-read",
        PageKind::Message(id) => return super::messages::keys(model, id),
        PageKind::Charter if model.change_ahead().is_some() || model.notice_ahead().is_some() => "desk-page-keys-read",
        _ => "desk-page-keys",
    };
    say.text(id)
}

/// The lines of a page.
pub fn lines(model: &Model, kind: PageKind) -> Vec<Line> {
    let say = model.speaker();
    match kind {
        PageKind::Help => help(model, say),
        PageKind::Charter => charter(model, say),
        PageKind::Author => author(model, say),
        PageKind::Details => details(model, say),
        PageKind::Thread => thread(model, say),
        PageKind::Unsettled => unsettled(model, say),
        PageKind::Figures => figures(model, say),
        PageKind::Reply => super::replies::preview(model, say),
        PageKind::Message(id) => super::messages::message(model, id),
        PageKind::Precedents => super::messages::found(model),
    }
}

/// The place that a page lies over.
fn below(model: &Model) -> Context {
    match model.screen {
        Screen::Shift | Screen::TakeOver(_) => Context::Shift,
        Screen::Item if model.batch.is_some() => Context::Batch,
        Screen::Item => Context::Desk,
        Screen::Rest(_) => Context::Break,
        Screen::Summary => Context::Summary,
    }
}

fn help(model: &Model, say: Say<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (context, heading) in [(below(model), None), (Context::Always, Some("help-everywhere"))] {
        if let Some(heading) = heading {
            lines.push(Line::Heading(say.text(heading)));
        }
        for command in command::all().filter(|command| command.contexts.contains(&context)) {
            let Some(key) = model.keys.key_of(context, command.name) else { continue };
            let mut does = model.words.command(command.name).into_owned();
            if let Some(why) = (command.unavailable)(model) {
                let why = say.mark(&why);
                does.push_str(" · ");
                does.push_str(&say.with("help-unavailable", &[("why", why.into())]));
            }
            lines.push(Line::Pair(key.to_owned(), does));
        }
    }
    lines
}

fn client(model: &Model) -> String {
    let shown = model.current.as_ref().map(|shown| shown.served.client.clone());
    let change = || model.change_ahead().map(|change| change.client.clone());
    let told = || model.notice_ahead().and_then(|notice| notice.client.clone());
    let only = || model.house.clients.keys().min().cloned();
    shown.or_else(change).or_else(told).or_else(only).unwrap_or_default()
}

fn charter(model: &Model, say: Say<'_>) -> Vec<Line> {
    let name = client(model);
    let mut lines = Vec::new();
    let client = model.house.clients.get(&name);
    match client.and_then(|client| client.charter.as_deref()) {
        Some(charter) => lines.extend(charter.lines().map(|line| Line::Text(scrub::whole(line)))),
        None => lines.push(Line::Text(say.text("charter-no-charter"))),
    }
    lines.push(Line::Heading(say.text("charter-policies")));
    let lang = say.lang();
    for policy in &model.house.policies_of(&name).policies {
        let mut notes = vec![policy.code.clone()];
        notes.extend(policy.sealed.then(|| say.text("charter-sealed")));
        notes.extend((policy.grave && !policy.sealed).then(|| say.text("charter-grave")));
        let floor = policy.severity.level();
        notes.extend((floor > 0).then(|| say.with("charter-floor", &[("level", floor.into())])));
        let ground = policy.ground.as_ref().and_then(|ground| ground.reference.clone());
        notes.extend(ground.map(|ground| say.with("charter-ground", &[("ground", ground.into())])));
        lines.push(Line::Gap);
        lines.push(Line::Text(format!("{}  {}  · {}", policy.letter, policy.title_in(lang), notes.join(" · "))));
        let text = policy.text.get(lang).or_else(|| policy.text.get("en"));
        lines.extend(text.into_iter().flat_map(|text| text.lines()).map(|line| Line::Text(scrub::whole(line))));
    }
    if let Some(client) = client {
        if !client.contacts.is_empty() {
            lines.push(Line::Heading(say.text("charter-contacts")));
            lines.extend(client.contacts.iter().map(|contact| Line::Text(scrub::log(contact))));
        }
        if let Some(hours) = &client.hours {
            lines.push(Line::Pair(say.text("charter-hours"), scrub::log(hours)));
        }
    }
    lines
}

fn author(model: &Model, say: Say<'_>) -> Vec<Line> {
    let Some(shown) = &model.current else { return Vec::new() };
    let mut lines: Vec<Line> = super::side::author(model, shown, say).into_iter().map(Line::Text).collect();
    let id = shown.served.item.author.as_ref().and_then(|author| author.id.as_deref()).unwrap_or_default();
    let Some(figures) = model.authors.get(id).or(shown.served.author.as_ref()) else {
        lines.push(Line::Text(say.text("history-asked")));
        return lines;
    };
    if figures.recent.is_empty() {
        lines.push(Line::Text(say.text("item-new-author")));
    }
    let columns = usize::from(model.size.0.saturating_sub(6)).max(2);
    for recent in &figures.recent {
        let decided = recent.verdict.map(|verdict| words::decided(verdict, None, recent.policy.as_deref(), say));
        lines.push(Line::Gap);
        lines.push(Line::Pair(say.moment(recent.received_at), decided.unwrap_or_default()));
        // Harsh lines arrive covered here as everywhere, and nothing opens them on a page.
        let mask = Masking::on_arrival(recent.severity, model.mask_at_least);
        if mask >= Masking::Summary {
            lines.push(Line::Text(say.severity(recent.severity)));
        } else {
            let mut maker = Maker::new(mask, &shown.lexicon, columns, None);
            maker.said("", scrub::line(&recent.text), false);
            lines.push(Line::Said(maker.done()));
        }
    }
    lines
}

fn details(model: &Model, say: Say<'_>) -> Vec<Line> {
    let Some(shown) = &model.current else { return Vec::new() };
    let (served, item) = (&shown.served, &shown.served.item);
    let mut lines = Vec::new();
    let mut pair = |id: &str, text: Option<String>| {
        lines.extend(text.filter(|text| !text.is_empty()).map(|text| Line::Pair(say.text(id), text)));
    };
    pair("desk-detail-id", Some(item.id.clone()));
    pair("desk-detail-queue", Some(format!("{} › {}", served.client, served.queue)));
    pair("desk-detail-kind", Some(say.kind(item.kind)));
    pair("desk-detail-level", Some(say.severity(shown.level())));
    pair("desk-detail-created", item.created_at.map(|at| say.moment(at)));
    pair("desk-detail-received", item.received_at.map(|at| say.moment(at)));
    pair("desk-detail-due", served.due_at.map(|at| say.moment(at)));
    pair("desk-detail-lease", Some(say.clock(served.lease_until)));
    pair("desk-detail-link", item.url.as_ref().map(|url| scrub::line(url).as_str().to_owned()));
    pair("item-source", item.source.as_ref().map(|text| scrub::line(text).as_str().to_owned()));
    pair("item-license", item.license.as_ref().map(|text| scrub::line(text).as_str().to_owned()));
    if !item.scores.is_empty() {
        lines.push(Line::Heading(say.text("item-scores")));
        for (name, score) in &item.scores {
            let percent = score.as_f64().map(|score| say.words.percent(score)).unwrap_or_default();
            lines.push(Line::Pair(scrub::log(name), percent));
        }
    }
    lines.extend(super::messages::beside(model, &item.id));
    if !item.reports.is_empty() {
        lines.push(Line::Heading(say.with("rule-reported", &[("n", item.reports.len().into())])));
        let columns = usize::from(model.size.0.saturating_sub(6)).max(2);
        for report in &item.reports {
            let who = say.text(&format!("report-{}", reporter(report.by)));
            let reason = report.reason.as_ref().map(|reason| scrub::line(reason).fit(60).into_owned());
            lines.push(Line::Pair(who, reason.unwrap_or_default()));
            // What reporters quote is as harsh as what they report.
            if let Some(text) = report.text.as_ref().filter(|_| shown.mask < Masking::Summary) {
                let mut maker = Maker::new(shown.mask, &shown.lexicon, columns, None);
                maker.said("", scrub::block(text), false);
                lines.push(Line::Said(maker.done()));
            }
        }
    }
    lines.push(Line::Heading(say.with("history-item", &[("item", item.id.clone().into())])));
    match &model.history {
        Some((of, entries)) if *of == item.id => {
            if entries.is_empty() {
                lines.push(Line::Text(say.text("history-none")));
            }
            lines.extend(entries.iter().map(|entry| history(entry, say)));
        }
        _ => lines.push(Line::Text(say.text("history-asked"))),
    }
    lines
}

fn reporter(by: crate::moderation::report::ReportBy) -> &'static str {
    use crate::moderation::report::ReportBy::{Classifier, Order, TrustedFlagger, User};
    match by {
        User => "user",
        TrustedFlagger => "trusted_flagger",
        Classifier => "classifier",
        Order => "order",
    }
}

fn history(entry: &crate::desk::HistoryEntry, say: Say<'_>) -> Line {
    let mut what = Teller { words: say.words, zone: say.zone, at: say.now }.happened(entry);
    if let Some(by) = &entry.by {
        what.push_str(" · ");
        what.push_str(&scrub::log(by));
    }
    Line::Pair(say.moment(entry.at), what)
}

fn thread(model: &Model, say: Say<'_>) -> Vec<Line> {
    let Some(shown) = &model.current else { return Vec::new() };
    let mut lines = Vec::new();
    for message in &shown.served.item.context {
        let author = message.author.as_ref().map(|author| scrub::line(author).fit(40).into_owned());
        let at = message.created_at.map(|at| say.moment(at)).unwrap_or_default();
        lines.push(Line::Pair(author.unwrap_or_default(), at));
        if shown.mask < Masking::Summary
            && let Some(text) = &message.text
        {
            let columns = usize::from(model.size.0.saturating_sub(6)).max(2);
            let mut maker = Maker::new(shown.mask, &shown.lexicon, columns, model.find.as_deref());
            maker.said("", scrub::block(text), false);
            lines.push(Line::Said(maker.done()));
        }
        lines.push(Line::Gap);
    }
    let told = model.thread.as_ref().filter(|(of, _)| *of == shown.served.item.id).map(|(_, thread)| thread);
    let Some(told) = told.filter(|thread| !thread.posts.is_empty()) else {
        lines.push(Line::Text(format!("▶ {}", say.text("item-this-one"))));
        return lines;
    };
    let counts = [("n", told.whole.into()), ("waiting", told.waiting.into()), ("removed", told.removed.into())];
    lines.push(Line::Heading(say.with("thread-here", &counts)));
    let columns = usize::from(model.size.0.saturating_sub(6)).max(2);
    for post in &told.posts {
        let this = post.item.item == shown.served.item.id;
        let name = post.author.as_ref().map(|name| scrub::line(name).fit(30).into_owned()).unwrap_or_default();
        let at = say.moment(post.created_at.unwrap_or(post.item.received_at));
        let who = if this { format!("▶ {name}") } else { name };
        let done = post.item.verdict.map(|verdict| {
            let what = words::decided(verdict, None, post.item.policy.as_deref(), say);
            post.by.as_ref().map_or(what.clone(), |by| format!("{what} · {}", scrub::log(by)))
        });
        let state = if this { say.text("item-this-one") } else { say.text(&format!("thread-{}", post.state)) };
        lines.push(Line::Pair(who, format!("{at} · {}", done.unwrap_or(state))));
        let mask = Masking::on_arrival(post.item.severity, model.mask_at_least).max(if this {
            shown.mask
        } else {
            Masking::Full
        });
        if mask >= Masking::Summary {
            lines.push(Line::Text(say.severity(post.item.severity)));
        } else {
            let mut maker = Maker::new(mask, &shown.lexicon, columns, model.find.as_deref());
            maker.said("", scrub::line(&post.item.text), false);
            lines.push(Line::Said(maker.done()));
        }
    }
    lines
}

fn unsettled(model: &Model, say: Say<'_>) -> Vec<Line> {
    let lines = model.unsettled.iter().map(|unsettled| {
        let why = match &unsettled.result {
            Some(result) => why_not(result, say),
            None => say.text("desk-not-sent-yet"),
        };
        let decision = &unsettled.decision;
        let what = words::decided(decision.verdict, decision.measure, decision.policy.as_deref(), say);
        Line::Pair(what, format!("{}: {why}", unsettled.decision.item))
    });
    lines.collect()
}

/// Why a decision could not be recorded.
fn why_not(result: &crate::moderation::Recorded, say: Say<'_>) -> String {
    use crate::moderation::Outcome::{Conflict, Refused};
    let code = result.outcome.code();
    match result.outcome {
        Conflict if result.state.as_deref() == Some("leased") => say.text("outcome-leased"),
        Conflict => match (&result.by, result.verdict) {
            (Some(by), verdict) => {
                let what =
                    verdict.map(|v: Verdict| say.text(&format!("verdict-{}.done", v.code()))).unwrap_or_default();
                say.with("outcome-conflict-by", &[("who", scrub::log(by).into()), ("what", what.into())])
            }
            _ => say.text("outcome-conflict"),
        },
        Refused => {
            let why = result.message.as_deref().map(scrub::log).unwrap_or_default();
            say.with("outcome-refused", &[("why", why.into())])
        }
        _ => say.words.coded("outcome", code).into_owned(),
    }
}

/// One's own page.
fn figures(model: &Model, say: Say<'_>) -> Vec<Line> {
    let line = |line: own::Line| match line {
        own::Line::Heading(text) => Line::Heading(text),
        own::Line::Pair(label, text) => Line::Pair(label, text),
        own::Line::Text(text) => Line::Text(text),
    };
    let mut lines: Vec<Line> = Vec::new();
    let mut pair = |id: &str, text: String| lines.push(Line::Pair(say.text(id), text));
    if let Some(next) = model.care.next_break(&model.at) {
        pair("desk-figures-break", say.clock(next));
    }
    if let Some(ends) = model.shift.ends_at {
        pair("desk-figures-end", say.clock(ends));
    }
    lines.extend(own::figures(&model.words, &model.at, &model.care).into_iter().map(line));
    match &model.mine {
        Some(mine) => lines.extend(own::kept(&model.words, say.zone, &model.at, mine).into_iter().map(line)),
        None => lines.push(Line::Text(say.text("mine-coming"))),
    }
    lines
}
