//! The names of all commands and where each applies.
//!
//! Keymaps, palette and help know a command by its name alone. A name stays once it is shipped: people's own keymaps
//! hold on to it. Its words stand in `command.ftl`.

use crate::tui::keymap::Commands;
use crate::tui::keymap::Context::{
    self, Alert, Always, Batch, Break, Chooser, Curtain, Desk, Page, Palette, Shift, Summary, Text, Watch,
};

/// What keymaps are checked against.
pub const COMMANDS: Commands = Commands { names: NAMES, needed: NEEDED };

/// Every command, in the order of help: deciding first.
pub const NAMES: &[(&str, &[Context])] = &[
    // Verdicts.
    ("item.approve", &[Desk, Batch]),
    ("item.delete", &[Desk, Batch]),
    ("item.measure", &[Desk, Batch]),
    ("item.escalate", &[Desk, Batch]),
    ("item.undo", &[Desk, Batch, Shift, Summary]),
    ("item.pass", &[Desk]),
    ("item.doubt", &[Desk]),
    // Follow-ups.
    ("item.reply", &[Desk]),
    ("item.insight", &[Desk]),
    ("item.forward", &[Desk]),
    ("item.like_share", &[Desk]),
    ("item.sanction", &[Desk]),
    ("item.label", &[Desk]),
    ("item.note", &[Desk]),
    // Looking.
    ("item.open", &[Desk, Batch]),
    ("item.cover", &[Desk]),
    ("picture.next", &[Desk]),
    ("item.masking", &[Desk, Batch]),
    ("item.grade", &[Desk]),
    ("item.history", &[Desk]),
    ("item.thread", &[Desk]),
    ("item.thread_take", &[Desk]),
    ("item.charter", &[Desk, Shift]),
    ("item.details", &[Desk]),
    ("item.translate", &[Desk]),
    ("item.find", &[Desk, Page]),
    ("item.find_next", &[Desk, Page]),
    ("item.find_previous", &[Desk, Page]),
    ("item.messages", &[Desk, Shift]),
    ("item.unsettled", &[Desk, Shift, Summary]),
    ("day.figures", &[Desk, Shift, Break, Summary]),
    ("day.topics", &[Desk, Shift]),
    ("day.check_in", &[Shift, Summary]),
    ("notice.confirm", &[Desk, Page, Shift]),
    ("message.answer", &[Page]),
    ("message.take", &[Page]),
    ("message.keep", &[Page]),
    // Moving.
    ("scroll.down", &[Desk, Page, Shift, Summary]),
    ("scroll.up", &[Desk, Page, Shift, Summary]),
    ("scroll.page_down", &[Desk, Page, Shift, Summary, Watch]),
    ("scroll.page_up", &[Desk, Page, Shift, Summary, Watch]),
    ("scroll.top", &[Desk, Page]),
    ("scroll.bottom", &[Desk, Page]),
    ("pane.next", &[Desk, Watch]),
    ("pane.previous", &[Desk, Watch]),
    ("list.down", &[Chooser, Palette, Batch, Watch]),
    ("list.up", &[Chooser, Palette, Batch, Watch]),
    ("list.choose", &[Chooser, Palette]),
    ("list.filter", &[Chooser]),
    // Many at once.
    ("batch.open", &[Desk]),
    ("batch.mark", &[Batch]),
    ("batch.mark_all", &[Batch]),
    // Imminent harm.
    ("alert.raise", &[Desk]),
    ("alert.answer", &[Desk, Break]),
    ("alert.plan", &[Alert]),
    ("alert.time", &[Alert]),
    ("alert.place", &[Alert]),
    ("alert.note", &[Alert]),
    ("alert.hide", &[Alert]),
    ("alert.keep", &[Alert]),
    ("alert.reply", &[Alert]),
    ("alert.withdraw", &[Alert]),
    // The day.
    ("break.take", &[Desk, Batch, Alert, Page, Shift]),
    ("break.end", &[Break]),
    ("break.say_lunch", &[Break]),
    ("break.say_meeting", &[Break]),
    ("break.say_technical", &[Break]),
    ("curtain.drop", &[Desk, Batch, Alert, Page]),
    ("curtain.raise", &[Curtain]),
    ("shift.start", &[Shift]),
    ("shift.earlier", &[Shift]),
    ("shift.end", &[Desk, Shift, Break]),
    ("summary.notes", &[Summary]),
    ("summary.leave", &[Summary]),
    // Writing.
    ("text.done", &[Text]),
    ("text.next_field", &[Text]),
    ("text.previous_field", &[Text]),
    ("text.template", &[Text]),
    ("text.visibility", &[Text]),
    ("text.preview", &[Text]),
    ("text.editor", &[Text]),
    ("reply.free", &[Palette]),
    ("reply.questions", &[Palette]),
    ("text.erase_word", &[Text, Palette]),
    ("text.erase_line", &[Text, Palette]),
    // The supervisor.
    ("watch.acknowledge", &[Watch]),
    ("watch.open", &[Watch]),
    ("watch.decide", &[Watch]),
    ("watch.reveal", &[Watch]),
    ("watch.move", &[Watch]),
    ("watch.priority", &[Watch]),
    ("watch.deadline", &[Watch]),
    ("watch.release", &[Watch]),
    ("watch.pause", &[Watch]),
    ("watch.assign", &[Watch]),
    ("watch.answer", &[Watch]),
    ("watch.keep", &[Watch]),
    ("watch.notice", &[Watch]),
    ("watch.find", &[Watch]),
    ("watch.case", &[Watch]),
    ("watch.look", &[Watch]),
    ("watch.leave", &[Watch]),
    // The screen.
    ("copy.id", &[Desk, Page, Watch]),
    ("copy.link", &[Desk, Page, Watch]),
    ("palette.open", &[Desk, Batch, Shift, Watch]),
    ("help.open", &[Always, Desk, Batch, Break, Shift, Summary, Page, Watch]),
    ("screen.leave", &[Desk, Chooser, Text, Palette, Page, Batch, Alert, Summary, Watch]),
    ("screen.redraw", &[Always]),
    ("screen.suspend", &[Always]),
];

/// What every keymap must give a key to: without these a moderator could be stuck, or could not be helped.
pub const NEEDED: &[(Context, &str)] = &[
    (Desk, "item.approve"),
    (Desk, "item.delete"),
    (Desk, "item.undo"),
    (Desk, "alert.raise"),
    (Desk, "break.take"),
    (Desk, "curtain.drop"),
    (Desk, "help.open"),
    (Desk, "palette.open"),
    (Desk, "shift.end"),
    (Desk, "notice.confirm"),
    (Chooser, "screen.leave"),
    (Text, "text.done"),
    (Text, "screen.leave"),
    (Palette, "list.choose"),
    (Palette, "screen.leave"),
    (Page, "screen.leave"),
    (Batch, "screen.leave"),
    (Alert, "screen.leave"),
    (Break, "break.end"),
    (Break, "help.open"),
    (Break, "shift.end"),
    (Curtain, "curtain.raise"),
    (Shift, "shift.start"),
    (Shift, "shift.end"),
    (Summary, "summary.leave"),
    (Summary, "screen.leave"),
    (Watch, "watch.acknowledge"),
    (Watch, "watch.open"),
    (Watch, "watch.leave"),
    (Watch, "help.open"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Lang, Words};

    #[test]
    fn every_command_has_its_words_in_both_languages() {
        for lang in Lang::ALL {
            let words = Words::new(lang);
            for (name, _) in NAMES {
                assert!(!words.command(name).starts_with('⟨'), "{name} in {lang}");
                assert!(!words.hint(name).starts_with('⟨'), "{name} in {lang}");
            }
        }
    }

    #[test]
    fn a_name_is_there_once_and_what_is_needed_applies_there() {
        for (at, (name, contexts)) in NAMES.iter().enumerate() {
            assert!(NAMES[..at].iter().all(|(other, _)| other != name), "{name} is there twice");
            assert!(!contexts.is_empty(), "{name} applies nowhere");
        }
        for (context, name) in NEEDED {
            let known = NAMES.iter().find(|(known, _)| known == name).expect("a command");
            assert!(known.1.contains(context) || known.1.contains(&Always), "{name} in {context}");
        }
    }
}
