//! The desk as it stands, and the doors through which lines, news and time come in. What is to be said gathers in
//! order and is taken out by the loop, so that a test can read it without a terminal.

use super::choice::Half;
use super::front::Front;
use super::rest::Rest;
use super::typed::{Command, parse};
use crate::desk::{AlertLine, Ask, Care, Desk, Draft, House, News, Says, Settings, Unsettled};
use crate::moderation::claim::{BreakDue, Why};
use crate::moderation::shift::ShiftState;
use crate::moderation::{Decision, Messages, Served};
use crate::wellbeing::{Masking, Moment};
use crate::words::Words;
use jiff::Timestamp;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// What the moderator is at.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stand {
    /// Before the first item.
    Shift,
    /// An item, or the reason why there is none.
    Item,
    /// A break; nothing of the queue is said in it.
    Rest(Rest),
    /// After the last item.
    Summary,
    /// Another desk of this moderator is open.
    TakeOver,
}

/// What was asked once more; only yes, or the same line again, does it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Asked {
    /// A verdict under a grave policy.
    Grave(Says),
    /// A verdict over a batch.
    Batch(Says),
    /// The reversal of what was sent.
    Reverse(Uuid),
    /// Hard items above the day's soft cap.
    Graphic,
}

/// A decision in its hold.
pub(super) struct HeldHere {
    pub decision: Decision,
    pub served: Arc<Served>,
    pub draft: Draft,
    pub leaves_at: Timestamp,
    /// The batch that it is the first decision of.
    pub batch: Option<Box<super::batch::HeldBatch>>,
}

/// What this desk did since it was opened; for the summary, never for a ranking.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub decided: u64,
    pub passed: u64,
}

/// A desk line by line.
pub struct Sitting {
    pub(super) desk: Box<dyn Desk>,
    pub(super) settings: Settings,
    pub(super) words: Arc<Words>,
    pub(super) at: Moment,
    /// When the line being worked on was typed.
    pub(super) typed_at: Duration,
    pub(super) out: Vec<String>,
    pub(super) stand: Stand,
    /// When what stands now had gone out; an Enter typed before does not answer it.
    pub(super) stood_at: Option<Duration>,
    /// The line that is being worked on.
    pub(super) line: String,
    /// What the last line asked, if it asked which.
    pub(super) half: Option<Half>,
    pub(super) asked: Option<(Asked, String)>,
    pub(super) before_summary: Option<Stand>,
    pub(super) front: Option<Box<Front>>,
    pub(super) house: House,
    pub(super) ahead: VecDeque<Arc<Served>>,
    pub(super) waiting: u64,
    pub(super) why: Option<Why>,
    /// Whether it was said that nothing is here, so that it is said once.
    pub(super) said_why: Option<Option<Why>>,
    /// Clients whose rules changed, with the version now; each waits for an Enter before their next item.
    pub(super) changes: Vec<(String, String)>,
    /// Items that belong with the one in front, opened.
    pub(super) batch: Option<Box<super::batch::Batch>>,
    /// Whether the counts of what belongs together are to be said.
    pub(super) says_groups: bool,
    /// Decisions of batches that were recorded, by the first: all of them, for a reversal.
    pub(super) sent_batches: HashMap<Uuid, Vec<Uuid>>,
    /// How many reversals of a batch have no answer yet.
    pub(super) coming_back: usize,
    pub(super) said_change: bool,
    /// What there is to read.
    pub(super) messages: Messages,
    /// Notices that were confirmed here, until the queue knows.
    pub(super) confirmed: HashSet<Uuid>,
    /// The notice that was said last.
    pub(super) said_notice: Option<Uuid>,
    pub(super) last_client: Option<String>,
    pub(super) held: Vec<HeldHere>,
    /// Recorded decisions, the latest last: id, what, item.
    pub(super) sent: Vec<(Uuid, String, String)>,
    pub(super) reversing: Option<Uuid>,
    pub(super) own_wanted: super::own::Wanted,
    pub(super) check_ins: Vec<(jiff::Timestamp, u8, u8)>,
    pub(super) drafts: HashMap<String, Draft>,
    pub(super) unsettled: Vec<Unsettled>,
    pub(super) alerts: Vec<AlertLine>,
    /// An alert changed: the prompt comes anew, with where it stands before it.
    pub(super) alert_news: bool,
    pub(super) shift: ShiftState,
    pub(super) signed_in: bool,
    pub(super) care: Care,
    pub(super) rest_due: Option<(BreakDue, Duration)>,
    pub(super) mask_at_least: Masking,
    pub(super) tally: Tally,
    pub(super) handover: String,
    pub(super) last_line: Duration,
    /// The curtain: since when nothing is shown, and whether what was undecided went back meanwhile.
    pub(super) curtain: Option<(Duration, bool)>,
    pub(super) last_approval: Option<Duration>,
    pub(super) last_deciding: Option<(Command, Duration)>,
    pub(super) find: Option<String>,
    pub(super) line_down: bool,
    pub(super) asks_at_terminal: bool,
    pub(super) ending: bool,
    pub(super) leaving: bool,
    pub(super) taken_over: Option<String>,
    pub(super) refused_second: bool,
}

impl Sitting {
    /// A desk before anything has happened. `asks_at_terminal` is whether somebody can answer a question about
    /// another open desk; where nobody can, this one leaves.
    pub fn new(desk: Box<dyn Desk>, settings: Settings, words: Arc<Words>, at: Moment, asks_at_terminal: bool) -> Self {
        let masking = settings.recent.masking;
        Self {
            desk,
            care: Care::new(settings.rules.clone()),
            settings,
            words,
            typed_at: at.since_boot,
            last_line: at.since_boot,
            at,
            out: Vec::new(),
            stand: Stand::Shift,
            stood_at: None,
            line: String::new(),
            half: None,
            asked: None,
            before_summary: None,
            front: None,
            house: House::default(),
            ahead: VecDeque::new(),
            waiting: 0,
            why: None,
            said_why: None,
            changes: Vec::new(),
            batch: None,
            says_groups: false,
            sent_batches: HashMap::new(),
            coming_back: 0,
            said_change: false,
            messages: Messages::default(),
            confirmed: HashSet::new(),
            said_notice: None,
            last_client: None,
            held: Vec::new(),
            sent: Vec::new(),
            reversing: None,
            own_wanted: super::own::Wanted::default(),
            check_ins: Vec::new(),
            drafts: HashMap::new(),
            unsettled: Vec::new(),
            alerts: Vec::new(),
            alert_news: false,
            shift: ShiftState::default(),
            signed_in: false,
            rest_due: None,
            mask_at_least: masking,
            tally: Tally::default(),
            handover: String::new(),
            curtain: None,
            last_approval: None,
            last_deciding: None,
            find: None,
            line_down: false,
            asks_at_terminal,
            ending: false,
            leaving: false,
            taken_over: None,
            refused_second: false,
        }
    }

    /// The desk opens.
    pub fn open(&mut self, at: Moment) {
        self.at = at;
        self.hello();
        let planned = jiff::SignedDuration::try_from(self.settings.shift).unwrap_or_default();
        let ends_at = self.at.wall.checked_add(planned).ok();
        self.desk.ask(Ask::Prefetch(self.settings.prefetch));
        self.desk.ask(Ask::Begin { ends_at, take_over: false });
    }

    /// A line, typed at `typed` and worked on at `at`.
    pub fn line(&mut self, at: Moment, typed: Duration, line: &str) {
        self.at = at;
        self.typed_at = typed;
        // Time first: a cover that is due, a break that has come.
        self.tick();
        self.last_line = self.now();
        if let Some(front) = &mut self.front
            && front.told_at.is_some()
            && self.curtain.is_none()
            && self.stand == Stand::Item
        {
            front.active.start(self.at.since_boot);
        }
        let whole = self.with_its_question(line.trim()).unwrap_or_else(|| line.trim().to_owned());
        self.line.clone_from(&whole);
        if !self.leaving {
            self.obey(parse(&whole), &whole);
        }
        self.fill();
    }

    /// News of the desk.
    pub fn news(&mut self, at: Moment, news: News) {
        self.at = at;
        self.hear(news);
        self.tick();
        self.fill();
    }

    /// The moment asked for by [`Sitting::wakes_in`] has come.
    pub fn woke(&mut self, at: Moment) {
        self.at = at;
        self.tick();
        self.fill();
    }

    /// Nobody types any more: the shift ends.
    pub fn input_ended(&mut self, at: Moment) {
        self.at = at;
        self.end_of_input();
    }

    /// Told to go from outside: what was seen of the item is told, the loop closes the desk.
    pub fn told_to_go(&mut self, at: Moment) {
        self.at = at;
        self.keep_draft();
        self.release();
        self.leaving = true;
    }

    /// What is to be said, in order.
    pub fn take_out(&mut self) -> Vec<String> {
        std::mem::take(&mut self.out)
    }

    /// Whether something is to be said now, unasked or not.
    pub fn has_news(&self) -> bool {
        !self.out.is_empty() || self.alert_news
    }

    /// Everything taken out has gone out: from now on it can have been heard.
    pub fn told(&mut self, at: Moment) {
        self.at = at;
        let now = self.now();
        self.stood_at.get_or_insert(now);
        if let Some(half) = &mut self.half {
            half.told.get_or_insert(now);
        }
        if self.stand == Stand::Item
            && self.curtain.is_none()
            && let Some(front) = &mut self.front
        {
            front.told_at.get_or_insert(now);
            match &mut self.batch {
                Some(batch) => batch.told(now, self.at.wall),
                None => front.active.start(now),
            }
        }
    }

    /// The prompt, a word or two; it stands before whatever is typed.
    pub fn prompt(&self) -> String {
        let id = match &self.stand {
            _ if self.ending || self.leaving => return String::new(),
            _ if self.asked.is_some() => "plain-prompt-question",
            Stand::Rest(_) => "plain-prompt-break",
            Stand::Item if self.front.is_some() && self.curtain.is_none() => "plain-prompt",
            _ => "plain-prompt-enter",
        };
        self.words.say(id).into_owned()
    }

    /// Where open alerts stand, said before every prompt.
    pub fn before_prompt(&mut self) -> Vec<String> {
        self.alert_news = false;
        if self.ending || self.leaving {
            return Vec::new();
        }
        self.open_alerts()
    }

    /// In how long something will have changed by itself.
    pub fn wakes_in(&self) -> Option<Duration> {
        self.next_wake()
    }

    /// Whether the shift is being ended.
    pub fn is_ending(&self) -> bool {
        self.ending
    }

    /// Whether the loop may end.
    pub fn is_leaving(&self) -> bool {
        self.leaving
    }

    /// Closes the desk, and says what could not be recorded, which desk took over, and whether this one was a second
    /// one that nobody could be asked about.
    pub fn close(mut self) -> (Vec<Unsettled>, Option<String>, bool) {
        let mut left = self.desk.close();
        left.retain(|one| !self.unsettled.iter().any(|there| there.decision.id == one.decision.id));
        self.unsettled.append(&mut left);
        (self.unsettled, self.taken_over, self.refused_second)
    }

    pub(super) fn now(&self) -> Duration {
        self.at.since_boot
    }

    pub(super) fn say(&mut self, line: impl Into<String>) {
        self.out.push(line.into());
    }

    pub(super) fn tell(&mut self, id: &str) {
        let line = self.words.say(id).into_owned();
        self.out.push(line);
    }

    /// Another thing stands now: an Enter counts only from when it was told.
    pub(super) fn stands(&mut self, stand: Stand) {
        self.stand = stand;
        self.stood_at = None;
        self.asked = None;
    }

    /// Whether the line was typed before what it would answer had gone out.
    pub(super) fn typed_ahead(&self, told: Option<Duration>) -> bool {
        told.is_none_or(|told| self.typed_at < told)
    }
}
