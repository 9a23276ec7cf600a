//! The item: what it stands under, what it answers, its words, who wrote it, why it is here.

use super::geometry::{Parts, parts};
use super::ink::Ink;
use super::{foot, head, side};
use crate::desk::known;
use crate::desk::picture::{self, Step};
use crate::moderation::claim::Why;
use crate::moderation::{NoticeKind, NoticeState};
use crate::text::{scrub, wrap};
use crate::tui::keymap::Context;
use crate::tui::model::{Cover, Model, Shown};
use crate::tui::say::Say;
use crate::tui::theme::Role;
use crate::tui::update::messages;
use crate::wellbeing::Masking;
use jiff::SignedDuration;
use ratatui::layout::Rect;

/// Draws the screen.
pub fn draw(model: &Model, ink: &mut Ink<'_>) {
    let parts = parts(model);
    head::draw(model, ink);
    match &model.current {
        Some(shown) => item(model, shown, &parts, ink),
        None => nothing(model, &parts, ink),
    }
    foot::draw(model, &parts, ink);
}

fn item(model: &Model, shown: &Shown, parts: &Parts, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let end = parts.content.right();
    subject(shown, parts, say, end, ink);
    context(model, shown, parts, say, ink);
    ink.rule(0, parts.title, end, &title(shown, say));
    content(model, shown, parts, say, ink);
    ink.rule(0, parts.below, end, "");
    if let Some(y) = parts.about {
        side::about(model, shown, y, ink);
    }
    if let Some(area) = parts.side {
        side::panes(model, shown, area, ink);
    }
}

fn subject(shown: &Shown, parts: &Parts, say: Say<'_>, end: u16, ink: &mut Ink<'_>) {
    let y = parts.subject;
    let mut about = Vec::new();
    let item = &shown.served.item;
    let mut role = Role::Dim;
    match item.online {
        Some(true) => {
            role = Role::Online;
            about.push(match item.created_at.map(|at| say.now.duration_since(at)) {
                Some(since) if since > SignedDuration::from_secs(60) && since < SignedDuration::from_hours(48) => {
                    say.with("item-online-since", &[("length", say.words.duration(since).into())])
                }
                _ => say.text("item-online"),
            });
        }
        Some(false) => about.push(say.text("item-held-back")),
        None => {}
    }
    if item.live {
        about.push(say.text("item-live"));
    }
    if let Some(reach) = &item.reach {
        let counts = [("item-views", reach.views), ("item-likes", reach.likes), ("item-shares", reach.shares)];
        about.extend(
            counts.into_iter().filter_map(|(id, n)| n.filter(|n| *n > 0).map(|n| say.with(id, &[("n", n.into())]))),
        );
    }
    let left = ink.put_right(end.saturating_sub(1), y, &about.join(" · "), role);
    let title = item.subject.as_ref().and_then(|subject| subject.title.as_ref()).filter(|_| !shown.sealed());
    match title {
        Some(title) => {
            let title = scrub::line(title);
            let quoted = if say.lang() == "fr" { format!("« {title} »") } else { format!("“{title}”") };
            ink.put_within(1, y, &quoted, Role::Text, left.saturating_sub(1));
        }
        None => {
            ink.put_within(1, y, &say.text("item-no-subject"), Role::Dim, left.saturating_sub(1));
        }
    }
}

fn context(model: &Model, shown: &Shown, parts: &Parts, say: Say<'_>, ink: &mut Ink<'_>) {
    let area = parts.context;
    if area.height == 0 {
        return;
    }
    let whole = shown.served.item.context.len();
    let rows = usize::from(area.height);
    let more = whole > shown.context.len().min(rows);
    let visible = if more { rows - 1 } else { rows };
    let from = shown.context.len().saturating_sub(visible);
    let mut y = area.y;
    for said in shown.context.iter().skip(from) {
        let mut x = ink.put_within(1, y, &said.author, Role::Author, area.right());
        if let Some(at) = said.at {
            x = ink.put_within(x + 1, y, &say.moment(at), Role::Dim, area.right());
        }
        ink.row(x + 1, y, &said.body.row(0), area.right() - 1);
        y += 1;
    }
    if more {
        let text = say.with("item-thread-of", &[("n", whole.into())]);
        let x = ink.put_within(1, y, &text, Role::Dim, area.right());
        if let Some(key) = model.keys.key_of(Context::Desk, "item.thread") {
            let hint = say.with("thread-whole", &[("key", key.into())]);
            ink.put_right(area.right().saturating_sub(1).max(x), y, &hint, Role::Dim);
        }
    }
}

fn title(shown: &Shown, say: Say<'_>) -> String {
    let item = &shown.served.item;
    let mut parts = vec![say.kind(item.kind)];
    parts.extend(item.channel.as_ref().map(|channel| scrub::line(channel).fit(20).into_owned()));
    parts.extend(item.lang.as_deref().map(scrub::log));
    parts.extend(item.created_at.map(|at| say.moment(at)));
    if item.revision > 1 {
        parts.push(say.with("item-revision", &[("n", item.revision.into())]));
    }
    if shown.served.round > 1 {
        parts.push(say.with("item-round", &[("n", shown.served.round.into())]));
    }
    let reports = item.reports.len();
    let reasons = known::reasons(&shown.served, &shown.policies, say.lang());
    parts.push(match (reports, reasons.is_empty()) {
        (0, _) => say.text("report-none"),
        (n, true) => say.with("report-times", &[("n", n.into())]),
        (n, false) => say.with("report-times-why", &[("n", n.into()), ("reasons", reasons.into())]),
    });
    if shown.level().level() >= 2 {
        let level = shown.level().level();
        let name = say.words.coded("severity", &level.to_string()).into_owned();
        parts.push(say.with("masking-level-notice", &[("level", level.into()), ("name", name.into())]));
    }
    parts.join(" · ")
}

fn content(model: &Model, shown: &Shown, parts: &Parts, say: Say<'_>, ink: &mut Ink<'_>) {
    let area = parts.content;
    let rows = usize::from(area.height.saturating_sub(1));
    if let Some(peek) = &shown.peek {
        if peek.step < Step::Whole {
            words(shown, area, rows, 0, super::geometry::picture_area(model).map_or(area.right(), |area| area.x), ink);
        }
        return super::picture::draw(model, shown, peek, ink);
    }
    // A short text has air above it, where there is room.
    let gap = u16::from(shown.body.rows() + 1 < rows);
    words(shown, area, rows, gap, area.right(), ink);
    let y = area.bottom().saturating_sub(1);
    let rest = shown.body.rows().saturating_sub(shown.scroll + rows);
    if rest > 0 || shown.scroll > 0 {
        let place =
            format!("{}–{} / {}", shown.scroll + 1, (shown.scroll + rows).min(shown.body.rows()), shown.body.rows());
        ink.put(area.x + 2, y, &place, Role::Dim);
    }
    let key = model.keys.key_of(Context::Desk, "item.open").unwrap_or_default().to_owned();
    let note = match shown.cover {
        Cover::Open(_) => say.text("masking-opened"),
        Cover::Covered => {
            let mut covered = Vec::new();
            if shown.mask >= Masking::Summary {
                covered.push(say.words.coded("masking", &shown.mask.level().to_string()).into_owned());
            } else if shown.body.covered > 0 {
                covered.push(say.with("masking-words", &[("n", shown.body.covered.into())]));
            }
            match picture::of(&shown.served.item).count() {
                0 if covered.is_empty() => return,
                0 => {}
                n => covered.push(say.with("picture-covered", &[("n", n.into())])),
            }
            covered.push(say.with("masking-open-hint", &[("key", key.into())]));
            covered.join(" · ")
        }
    };
    ink.put_right(area.right().saturating_sub(1), y, &note, Role::Dim);
}

fn words(shown: &Shown, area: Rect, rows: usize, gap: u16, end: u16, ink: &mut Ink<'_>) {
    for (place, row) in (shown.scroll..shown.body.rows()).take(rows).enumerate() {
        ink.row(area.x + 2, area.y + gap + place as u16, &shown.body.row(row), end.saturating_sub(1));
    }
}

/// A notice, whole, before the next item.
fn notice(model: &Model, notice: &NoticeState, parts: &Parts, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let reader = messages::reader(model);
    let (left, end) = (4, ink.area().width.saturating_sub(4));
    let mut y = parts.title + 1;
    ink.put_within(left, y, &reader.notice_head(notice), Role::Warning, end);
    y += 2;
    let last = parts.content.bottom().saturating_sub(2).max(y + 1);
    let columns = usize::from(end.saturating_sub(left)).max(2);
    for line in scrub::block(&notice.text).as_str().lines() {
        for part in wrap::wrap(line, columns).iter().map(|part| &line[part.shown.clone()]) {
            if y < last {
                ink.put(left, y, part, Role::Text);
                y += 1;
            }
        }
    }
    if notice.kind != NoticeKind::Message
        && let Some(key) = model.keys.key_of(Context::Desk, "item.charter")
    {
        ink.put(left, y, &say.with("desk-change-look", &[("key", key.into())]), Role::Dim);
    }
    ink.put(left, y + 1, &say.text("message-confirm"), Role::Dim);
}

/// Why no item is there.
fn nothing(model: &Model, parts: &Parts, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let y = parts.title + parts.content.height / 3;
    if let Some(change) = model.change_ahead() {
        let client = model.house.client_title(&change.client).to_owned();
        let text =
            say.with("item-policies-changed", &[("client", client.into()), ("version", change.to.as_str().into())]);
        let y = ink.paragraph(y, &text, Role::Warning);
        if let Some(key) = model.keys.key_of(Context::Desk, "item.charter") {
            let hint = say.with("desk-change-look", &[("key", key.into())]);
            ink.paragraph(y + 1, &hint, Role::Dim);
        }
        return;
    }
    if let Some(notice) = model.notice_ahead() {
        return self::notice(model, notice, parts, ink);
    }
    if model.asks_to_agree() {
        let y = ink.paragraph(y, &say.text("break-agree-title"), Role::Warning);
        ink.paragraph(y + 1, &say.text("break-agree-ask"), Role::Text);
        return;
    }
    if let Some((down, _)) = &model.line.down {
        let (id, why) = down.said();
        let y = ink.paragraph(y, &say.with(id, &[("why", crate::text::scrub::log(why).into())]), Role::Text);
        ink.paragraph(y + 1, &say.text("line-waits"), Role::Dim);
        return;
    }
    let id = match model.why {
        None => "why-fetching",
        Some(Why::Empty) => "why-empty",
        Some(Why::Leased) => "why-leased",
        Some(Why::Paused) => "why-paused",
        Some(Why::NotForYou) => "why-not_for_you",
        Some(Why::Wellbeing) => "why-wellbeing",
    };
    ink.paragraph(y, &say.text(id), Role::Text);
}
