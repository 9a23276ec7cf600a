//! All that a desk knows at a moment.

mod batch;
mod body;
mod held;
mod layer;
mod mark;
mod peek;
mod shown;
pub mod summary;

pub use crate::desk::{Active, AlertLine, AlertWay, Care, Down, Draft, House, Recent, ReplyAs};
pub use batch::{Batch, HeldBatch, Row};
pub use body::{Body, Maker, Tone};
pub use held::{HeldHere, Sent};
pub use layer::{
    Choice, Chooser, Find, Layer, Matter, Page, PageKind, Palette, Picked, Picker, Question, Quote, Topics, Writing,
    WritingKind,
};
pub use mark::{Mark, Reason, WhyNot, Word};
pub use peek::Peek;
pub use shown::{Cover, Said, Shown, said, said_of};

use super::command::Bindings;
use super::keymap::{Key, Pending};
use super::say::Say;
use crate::desk::{HistoryEntry, Settings, Unsettled};
use crate::moderation::author::AuthorFigures;
use crate::moderation::claim::{BreakDue, Why};
use crate::moderation::group::Thread;
use crate::moderation::mine::Mine;
use crate::moderation::shift::ShiftState;
use crate::moderation::{Group, Messages, NoticeState, Precedent, Served};
use crate::wellbeing::{Masking, Moment};
use crate::words::Words;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Which screen stands there.
#[derive(Clone, Debug, PartialEq)]
pub enum Screen {
    /// Before the first item.
    Shift,
    /// An item, or the reason why there is none.
    Item,
    /// A break; nothing of the queue is on it.
    Rest(Rest),
    /// After the last item.
    Summary,
    /// Another desk of this moderator is open.
    TakeOver(String),
}

/// A break on screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Rest {
    /// As the queue has it, once it has told; until then by the desk's own arithmetic.
    pub due: BreakDue,
    /// Whether the queue has told.
    pub told: bool,
    /// Whether Enter was pressed after its end; the queue has the last word.
    pub leaving: bool,
    /// When it began here.
    pub since: Moment,
    /// lunch, meeting or technical, where said.
    pub said: Option<&'static str>,
    /// Whether it was announced that it is over.
    pub over: bool,
}

impl Rest {
    /// The moderator's own break: any key ends it.
    pub fn voluntary(&self) -> bool {
        self.due.rule == "voluntary"
    }

    /// Where a slow breath stands now; none once the break is over, since then nothing moves.
    pub fn breath(&self, now: Duration) -> Option<Breath> {
        Breath::at(now.saturating_sub(self.since.since_boot)).filter(|_| !self.over)
    }
}

/// A moment of a slow breath: four seconds in, six out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breath {
    /// In, or out.
    pub inward: bool,
    /// How full, of [`Breath::WHOLE`].
    pub full: u8,
}

impl Breath {
    /// The marks of a full breath.
    pub const WHOLE: u8 = 12;
    /// Nothing moves for longer than this: somebody who is out for lunch has no use for it.
    pub const LASTS: Duration = Duration::from_secs(600);

    /// So long after a break began; it changes with each second, and not in between.
    pub fn at(since: Duration) -> Option<Self> {
        let second = u8::try_from(since.as_secs() % 10).unwrap_or(0);
        let inward = second < 4;
        let full = if inward { (second + 1) * 3 } else { (9 - second) * 2 };
        (since < Self::LASTS).then_some(Self { inward, full })
    }
}

/// Nothing is to be seen until a key is pressed.
#[derive(Clone, Debug, PartialEq)]
pub struct Curtain {
    /// Since when.
    pub since: Duration,
    /// Whether it fell by itself.
    pub by_itself: bool,
    /// Whether what was undecided went back meanwhile.
    pub gone: bool,
    /// What has been typed of the word, where one is set; never drawn.
    pub typed: String,
    /// Whether the last word was wrong.
    pub wrong: bool,
}

/// A change of rules that must be confirmed before the next item of that client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whose.
    pub client: String,
    /// The version met before.
    pub from: String,
    /// The version now.
    pub to: String,
}

/// Where the line to the queue stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineSeen {
    /// Why it is down, and since when.
    pub down: Option<(Down, jiff::Timestamp)>,
    /// Round trip in milliseconds, where known.
    pub round_trip: Option<u32>,
    /// Decisions due to leave that have not.
    pub unsent: u32,
}

/// Everything.
pub struct Model {
    /// As configured.
    pub settings: Settings,
    /// What every key means.
    pub keys: Arc<Bindings>,
    /// What everything is called.
    pub words: Arc<Words>,
    /// The moment of the last message.
    pub at: Moment,
    /// Columns and rows.
    pub size: (u16, u16),
    /// Which screen.
    pub screen: Screen,
    /// What lies over it, the top one last.
    pub layers: Vec<Layer>,
    /// Whether the curtain is down.
    pub curtain: Option<Curtain>,
    /// Clients, policies and queues.
    pub house: House,
    /// Fetched ahead, in the order of serving; never visible.
    pub ahead: VecDeque<Arc<Served>>,
    /// Items of one piece of news, while it is worked on.
    pub arriving: Vec<Arc<Served>>,
    /// How many wait in all.
    pub waiting: u64,
    /// Why nothing came.
    pub why: Option<Why>,
    /// The item on screen.
    pub current: Option<Box<Shown>>,
    /// Items that belong with it, opened over it.
    pub batch: Option<Box<Batch>>,
    /// How many belong with the item on screen, in every way; the item and the counts.
    pub groups: Option<(String, Vec<Group>)>,
    /// A batch is opened as soon as it is known what belongs together.
    pub batch_wanted: bool,
    /// What stands on the moderator's own page, as last asked.
    pub mine: Option<Box<Mine>>,
    /// The day's question was answered at this desk.
    pub checked_in: bool,
    /// The topics are to be chosen from as soon as it is known which are taken.
    pub topics_wanted: bool,
    /// The thread of the item on screen, as asked.
    pub thread: Option<(String, Thread)>,
    /// Items of a batch whose decisions are being reversed: they come back without each coming on screen.
    pub coming_back: HashSet<String>,
    /// Changes of rules that wait for an Enter before the item that they belong to.
    pub changes: Vec<Change>,
    /// What there is to read.
    pub messages: Messages,
    /// Notices that were confirmed here, until the queue knows.
    pub confirmed: HashSet<Uuid>,
    /// Texts that were begun and left and belong to no item: an answer by its doubt, a note by its alert.
    pub begun: HashMap<Uuid, String>,
    /// Precedents beside the item on screen.
    pub precedents: Option<(String, Vec<Precedent>)>,
    /// Precedents looked for by their words.
    pub found: Option<(String, Vec<Precedent>)>,
    /// The client of the item before.
    pub last_client: Option<String>,
    /// Decisions that can still be taken back, the latest last.
    pub held: Vec<HeldHere>,
    /// Decisions recorded, the latest last, for a reversal; no content.
    pub sent: Vec<Sent>,
    /// A reversal asked for, until it is answered.
    pub reversing: Option<Uuid>,
    /// What was to be decided when the journal was asked; put back where it fails.
    pub undo_point: Option<Box<UndoPoint>>,
    /// Drafts of items not on screen, by item.
    pub drafts: HashMap<String, Draft>,
    /// What could not be recorded and has not been read.
    pub unsettled: Vec<Unsettled>,
    /// One line that waits beside the first item: what was sent and what was found after a crash.
    pub recovered: Option<Mark>,
    /// The shift, as the queue tells it.
    pub shift: ShiftState,
    /// The same arithmetic as the queue's.
    pub care: Care,
    /// The line.
    pub line: LineSeen,
    /// The terminal's own round trip, in milliseconds, as far as measured.
    pub terminal_ms: u32,
    /// Alerts of this desk that stay until somebody has taken them.
    pub alerts: Vec<AlertLine>,
    /// The quiet mark above the keys.
    pub mark: Option<Mark>,
    /// Ids for what is decided next.
    pub ids: VecDeque<Uuid>,
    /// The last key that decided or tried to, and when.
    pub last_deciding: Option<(Key, Duration)>,
    /// When something was last approved, so that `q` beside `a` is no accident.
    pub last_approval: Option<Duration>,
    /// Keys of a sequence that is begun.
    pub pending: Pending,
    /// When a text box was closed by something else than its own keys: what is still being typed means nothing.
    pub box_closed: Option<Duration>,
    /// When a key was last pressed.
    pub last_key: Duration,
    /// The masking that this moderator wants at least.
    pub mask_at_least: Masking,
    /// What the queue knows of authors, as asked.
    pub authors: HashMap<String, AuthorFigures>,
    /// What happened to the item on screen, as asked.
    pub history: Option<(String, Vec<HistoryEntry>)>,
    /// Sums of this shift at this desk.
    pub tally: Tally,
    /// What was looked for last, for the next place.
    pub find: Option<String>,
    /// Which of the places found is in sight.
    pub find_at: usize,
    /// Notes for the next shift.
    pub handover: String,
    /// Templates and topics that this moderator used last.
    pub recent: Recent,
    /// Which box an editor outside was opened for, and of which item.
    pub edited_for: Option<(&'static str, Option<String>)>,
    /// A break due by time since this moment; it waits for the decision on the item on screen.
    pub rest_due: Option<(BreakDue, Duration)>,
    /// A decision was taken: the frame may not wait.
    pub frame_now: bool,
    /// The desk is closing.
    pub leaving: bool,
    /// The desk that took over.
    pub taken_over: Option<String>,
    /// The screen that the summary lies over.
    pub before_summary: Option<Screen>,
    /// Whether the first shift state has come.
    pub signed_in: bool,
    /// Whether the summary waits for the answer to its Enter.
    pub ending: bool,
}

/// What this desk did since it was opened; for the summary, never for a ranking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// By verdict, in the order of `Verdict::ALL`.
    pub decided: [u32; 4],
    /// Handed back with a reason.
    pub passed: u32,
    /// Taken back in time.
    pub undone: u32,
    /// Breaks begun.
    pub breaks: u32,
}

/// Everything that a decision changes before the journal has it.
pub struct UndoPoint {
    /// The item.
    pub shown: Box<Shown>,
    /// The arithmetic before.
    pub care: Care,
    /// The tally before.
    pub tally: Tally,
    /// How many were held before.
    pub held: usize,
    /// The client before.
    pub last_client: Option<String>,
    /// The batch that the verdict was about.
    pub batch: Option<Box<Batch>>,
}

impl Model {
    /// A desk before anything has happened.
    pub fn new(settings: Settings, keys: Arc<Bindings>, words: Arc<Words>, at: Moment, size: (u16, u16)) -> Self {
        let care = Care::new(settings.rules.clone());
        let last_key = at.since_boot;
        let recent = settings.recent.clone();
        Self {
            settings,
            keys,
            words,
            at,
            size,
            screen: Screen::Shift,
            layers: Vec::new(),
            curtain: None,
            house: House::default(),
            ahead: VecDeque::new(),
            arriving: Vec::new(),
            waiting: 0,
            why: None,
            current: None,
            batch: None,
            groups: None,
            batch_wanted: false,
            mine: None,
            checked_in: false,
            topics_wanted: false,
            thread: None,
            coming_back: HashSet::new(),
            changes: Vec::new(),
            messages: Messages::default(),
            confirmed: HashSet::new(),
            begun: HashMap::new(),
            precedents: None,
            found: None,
            last_client: None,
            held: Vec::new(),
            sent: Vec::new(),
            reversing: None,
            undo_point: None,
            drafts: HashMap::new(),
            unsettled: Vec::new(),
            recovered: None,
            shift: ShiftState::default(),
            care,
            line: LineSeen::default(),
            terminal_ms: 0,
            alerts: Vec::new(),
            mark: None,
            ids: VecDeque::new(),
            last_deciding: None,
            last_approval: None,
            pending: Pending::default(),
            box_closed: None,
            last_key,
            mask_at_least: recent.masking,
            authors: HashMap::new(),
            history: None,
            tally: Tally::default(),
            find: None,
            find_at: 0,
            handover: String::new(),
            recent,
            edited_for: None,
            rest_due: None,
            frame_now: false,
            leaving: false,
            taken_over: None,
            before_summary: None,
            signed_in: false,
            ending: false,
        }
    }

    /// Whether the terminal is too small to show an item; it is held back then.
    pub fn too_small(&self) -> bool {
        self.size.0 < 60 || self.size.1 < 16
    }

    /// Whether the wide layout, with its panes at the side, stands.
    pub fn wide(&self) -> bool {
        self.size.0 >= 110 && self.size.1 >= 30
    }

    /// The change of rules that waits for its Enter before the next item.
    pub fn change_ahead(&self) -> Option<&Change> {
        if self.current.is_some() {
            return None;
        }
        let next = self.ahead.front()?;
        self.changes.iter().find(|change| change.client == next.client)
    }

    /// The notice that waits for its Enter before the next item.
    pub fn notice_ahead(&self) -> Option<&NoticeState> {
        if self.current.is_some() {
            return None;
        }
        let next = self.ahead.front()?;
        let about = |notice: &&NoticeState| notice.client.as_ref().is_none_or(|client| *client == next.client);
        self.messages.waiting().filter(|notice| !self.confirmed.contains(&notice.id)).find(about)
    }

    /// Whether what waits is held back only until the moderator agrees anew to graphic items.
    pub fn asks_to_agree(&self) -> bool {
        let waits = self.why == Some(Why::Wellbeing) && self.current.is_none() && self.ahead.is_empty();
        waits && self.screen == Screen::Item && self.care.amber()
    }

    /// The item on screen, where its content is really to be seen and to be decided.
    pub fn in_front(&self) -> Option<&Shown> {
        let seen = self.screen == Screen::Item && self.curtain.is_none() && !self.too_small();
        self.current.as_deref().filter(|_| seen)
    }

    /// Puts a quiet mark above the keys.
    pub fn say(&mut self, mark: impl Into<Mark>) {
        self.mark = Some(mark.into());
    }

    /// Speaks to this reader.
    pub fn speaker(&self) -> Say<'_> {
        Say { words: &self.words, zone: &self.settings.zone, now: self.at.wall }
    }

    /// Now, on the clock that nobody can turn.
    pub fn now(&self) -> Duration {
        self.at.since_boot
    }

    /// The next id, minted outside.
    pub fn id(&mut self) -> Option<Uuid> {
        self.ids.pop_front()
    }
}
