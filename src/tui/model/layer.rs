//! What lies over a screen: choosers, questions, text boxes, pages, the palette, the find line.

use super::Mark;
use crate::desk::insight::Quotable;
use crate::moderation::template::Replies;
use crate::moderation::{AlertKind, Measure, PassReason};
use crate::tui::widget::Editor;
use crate::wellbeing::Severity;
use std::ops::RangeInclusive;
use std::sync::Arc;
use uuid::Uuid;

/// One layer. Esc leaves every one of them, and never writes anything but a draft.
#[derive(Clone, Debug)]
pub enum Layer {
    /// A letter picks.
    Chooser(Chooser),
    /// Asks once more, with what it will do.
    Question(Question),
    /// A text box.
    Writing(Writing),
    /// The find line.
    Find(Find),
    /// All commands, fuzzy.
    Palette(Palette),
    /// Prepared replies, fuzzy.
    Replies(Picker),
    /// Topics of insights, fuzzy.
    Topics(Topics),
    /// The author's own words, picked by keys.
    Quote(Quote),
    /// Something to read.
    Page(Page),
    /// An alert that was just sent: what can follow.
    Alert(Uuid),
}

/// What a letter stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Picked {
    /// A policy to delete or restrict under.
    Policy(String),
    /// A measure; its policy is asked next.
    Measure(Measure),
    /// A queue to escalate to.
    Escalate(String),
    /// By what items belong together.
    Together(crate::moderation::By),
    /// Why it is handed back.
    Pass(PassReason),
    /// How severe it is.
    Grade(Severity),
    /// What is about to happen.
    Alert(AlertKind),
    /// Liked in the client's name.
    Like,
    /// Shared in the client's name.
    Share,
    /// To a department.
    Forward(String),
    /// Something done to the author, for so many hours.
    Sanction(&'static str, Option<u32>),
    /// A mark on the item.
    Label(String),
    /// The sort of an insight; its topic is asked next.
    InsightSort(&'static str),
    /// The next question of the brand's FAQ.
    Question(String),
    /// A prepared reply.
    Template(String),
    /// A topic to take no more, or again.
    Topic(String),
    /// How one is, 1 to 5.
    Mood(u8),
    /// How heavy it was, 1 to 5, after the mood.
    Load(u8, u8),
    /// Whom to ask.
    Ask(crate::moderation::AskTo),
    /// Something to read.
    Message(Uuid),
    /// Precedents with these words.
    Seek(String),
}

impl Picked {
    /// Whether picking it shows something and changes nothing.
    pub fn only_shows(&self) -> bool {
        matches!(self, Self::Question(_) | Self::Template(_) | Self::Message(_) | Self::Seek(_) | Self::InsightSort(_))
    }
}

/// One line of a chooser.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The letter that picks it.
    pub letter: char,
    /// Its title, in the reader's language, safe to show.
    pub title: String,
    /// What stands small beside it.
    pub note: String,
    /// What it stands for.
    pub picked: Picked,
}

/// A letter picks; `/` filters, then arrows and Enter.
#[derive(Clone, Debug)]
pub struct Chooser {
    /// What is chosen: the name of a message.
    pub title: &'static str,
    /// A question of the client's own above the choices, in the reader's language.
    pub asks: Option<String>,
    /// In order.
    pub choices: Vec<Choice>,
    /// The measure that the policy is for, where one was chosen.
    pub measure: Option<Measure>,
    /// What was typed after `/`.
    pub filter: Option<String>,
    /// The line picked by Enter, among those shown.
    pub at: usize,
    /// Whether that line is marked, so that Enter may pick it: nothing is decided on a line that nobody pointed at.
    pub pointed: bool,
    /// Makes a choice of what was typed where no line fits.
    pub free: Option<fn(String) -> Picked>,
}

impl Chooser {
    /// A chooser of these.
    pub fn new(title: &'static str, choices: Vec<Choice>) -> Self {
        let pointed = choices.iter().all(|choice| choice.picked.only_shows());
        Self { title, asks: None, choices, measure: None, filter: None, at: 0, pointed, free: None }
    }

    /// Whether Enter picks the line that is marked.
    pub fn marks(&self) -> bool {
        self.pointed || self.filter.is_some()
    }

    /// The lines shown: all, or those in whose title the filter stands.
    pub fn shown(&self) -> Vec<&Choice> {
        let filter = self.filter.as_deref().unwrap_or("").to_lowercase();
        let fits = |choice: &&Choice| filter.is_empty() || choice.title.to_lowercase().contains(&filter);
        self.choices.iter().filter(fits).collect()
    }
}

/// What a question is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Matter {
    /// A verdict under a grave policy: measure, policy.
    Grave(crate::desk::Says),
    /// A verdict over a batch.
    Batch(crate::desk::Says),
    /// A reversal of what was sent.
    Reverse(Uuid),
}

/// Asks once more, with what it will do; Enter or the same letter says yes, Esc no.
#[derive(Clone, Debug)]
pub struct Question {
    /// What about.
    pub about: Matter,
    /// What it will do, a line each.
    pub lines: Vec<Mark>,
    /// The letter that says yes, besides Enter.
    pub letter: Option<char>,
}

/// What is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WritingKind {
    /// An answer in the client's name; public or to the author alone.
    Reply {
        /// To the author alone.
        private: bool,
        /// The template it was filled from.
        template: Option<String>,
    },
    /// For colleagues.
    Note,
    /// For the next shift.
    Handover,
    /// What else helps with an alert.
    AlertNote(Uuid),
    /// A question, to be sent: the item is parked with it.
    Doubt(crate::moderation::AskTo),
    /// An answer to a doubt, to be sent.
    Answer(Uuid),
}

impl WritingKind {
    /// Under which name its unfinished text stands in the draft.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Reply { .. } => "reply",
            Self::Note => "note",
            Self::Handover => "handover",
            Self::AlertNote(_) => "alert",
            Self::Doubt(_) => "doubt",
            Self::Answer(_) => "answer",
        }
    }
}

/// A text box. Keys typed in it never decide, Enter never sends.
#[derive(Clone, Debug)]
pub struct Writing {
    /// What for.
    pub kind: WritingKind,
    /// The text and the place in it.
    pub editor: Editor,
    /// Most characters that the channel takes.
    pub limit: Option<u32>,
}

/// The find line.
#[derive(Clone, Debug, Default)]
pub struct Find {
    /// What is looked for.
    pub text: String,
    /// Which of the places is in sight.
    pub at: usize,
}

/// All commands of this screen, fuzzy.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    /// What was typed.
    pub text: String,
    /// The line that Enter runs.
    pub at: usize,
}

/// The prepared replies of the client, fuzzy; the likely ones first.
#[derive(Clone, Debug)]
pub struct Picker {
    /// All of them, as they were when it was opened.
    pub replies: Arc<Replies>,
    /// What was typed.
    pub text: String,
    /// The line that Enter takes.
    pub at: usize,
}

/// The topics of the client for an insight of one kind.
#[derive(Clone, Debug)]
pub struct Topics {
    /// Which kind.
    pub sort: &'static str,
    /// What was typed.
    pub text: String,
    /// The line that Enter takes.
    pub at: usize,
}

/// Words of the item being picked for an insight.
#[derive(Clone, Debug)]
pub struct Quote {
    /// Which kind.
    pub sort: &'static str,
    /// About what.
    pub topic: String,
    /// The item's own words.
    pub words: Quotable,
    /// The word the cursor is on.
    pub at: usize,
    /// The word that picking began at, while more is picked.
    pub anchor: Option<usize>,
    /// From word to word, both in.
    pub picked: RangeInclusive<usize>,
}

/// What a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// The keys of this screen.
    Help,
    /// Charter and policies of the client.
    Charter,
    /// What the queue knows of the author.
    Author,
    /// All that is known about the item, and what happened to it.
    Details,
    /// What the item answers, whole.
    Thread,
    /// What could not be recorded.
    Unsettled,
    /// The computation behind the next break.
    Figures,
    /// The reply in the making, as it will be read.
    Reply,
    /// A notice, a doubt, or what came back.
    Message(Uuid),
    /// Precedents that were looked for by their words.
    Precedents,
}

/// Something to read, with its scroll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// What.
    pub kind: PageKind,
    /// Lines above the first one shown.
    pub scroll: usize,
}
