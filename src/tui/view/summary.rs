//! End of shift: what was done, what is not settled, and the way out.

use super::foot;
use super::ink::Ink;
use crate::moderation::Verdict;
use crate::tui::keymap::Context;
use crate::tui::model::Model;
use crate::tui::theme::Role;

/// Draws it.
pub fn draw(model: &Model, ink: &mut Ink<'_>) {
    let say = model.speaker();
    let end = ink.area().width;
    ink.put(1, 0, "moddesk", Role::Client);
    ink.rule(0, 1, end, &say.text("summary-title"));
    let mut y = 3;
    let mut line = |text: String, role: Role, ink: &mut Ink<'_>| {
        ink.put(2, y, &text, role);
        y += 1;
    };
    let total: u32 = model.tally.decided.iter().sum();
    line(say.with("summary-decided", &[("n", total.into())]), Role::Text, ink);
    for (verdict, n) in Verdict::ALL.into_iter().zip(model.tally.decided).filter(|(_, n)| *n > 0) {
        let done = say.text(&format!("verdict-{}.done", verdict.code()));
        line(format!("  {} {done}", say.words.number(n.into())), Role::Dim, ink);
    }
    if model.tally.passed > 0 {
        line(say.with("summary-passed", &[("n", model.tally.passed.into())]), Role::Text, ink);
    }
    line(String::new(), Role::Text, ink);
    let held = model.held.len();
    if model.line.down.is_some() && held > 0 {
        line(say.with("summary-unsent", &[("n", held.into())]), Role::Warning, ink);
    } else if held > 0 {
        line(say.with("summary-held", &[("n", held.into())]), Role::Held, ink);
    } else {
        line(say.text("summary-all-sent"), Role::Good, ink);
    }
    if !model.unsettled.is_empty() {
        let key = model.keys.key_of(Context::Summary, "item.unsettled").unwrap_or_default().to_owned();
        let n = model.unsettled.len();
        line(say.with("outcome-listed", &[("n", n.into()), ("key", key.into())]), Role::Warning, ink);
    }
    line(String::new(), Role::Text, ink);
    let key = model.keys.key_of(Context::Summary, "summary.notes").unwrap_or_default().to_owned();
    line(say.with("summary-notes", &[("key", key.into())]), Role::Text, ink);
    for text in model.handover.lines().take(6) {
        line(format!("  {}", crate::text::scrub::log(text)), Role::Typed, ink);
    }
    if model.settings.check_in && !model.checked_in {
        let key = model.keys.key_of(Context::Summary, "day.check_in").unwrap_or_default().to_owned();
        line(say.with("checkin-offer", &[("key", key.into())]), Role::Dim, ink);
    }
    line(String::new(), Role::Text, ink);
    line(say.text("summary-leave"), Role::Title, ink);
    let rows = ink.area().height;
    foot::alerts(model, ink, rows - 6);
    foot::mark(model, rows - 3, ink);
    foot::hints(model, rows - 2, ink);
}
