//! The next item, and every way of taking one away undecided; the covers that close, the curtain, the clock.

use super::front::{Cover, Front};
use super::rest::KEEPS_THE_ITEM;
use super::sitting::{Asked, Sitting, Stand};
use crate::desk::{Ask, Draft};
use crate::moderation::claim::Why;
use crate::moderation::pass::Opened;
use crate::moderation::{Seen, Served, Sight};
use crate::wellbeing::Masking;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

/// A line of a screen that nobody has; the time that an opened text stays open to `.` is counted by it.
const COLUMNS: u16 = 80;
const ROWS: u16 = 24;

impl Sitting {
    /// Brings the next item where there is none and nothing stands before it, or says why there is none.
    pub(super) fn fill(&mut self) {
        let idle = self.stand == Stand::Item && self.front.is_none() && self.curtain.is_none();
        if !idle || self.leaving || self.asked.is_some() {
            return;
        }
        if let Some((client, version)) = self.change_ahead() {
            if !self.said_change {
                self.said_change = true;
                self.stood_at = None;
                let client = self.house.client_title(&client).to_owned();
                let line = self
                    .words
                    .say_with("item-policies-changed", &[("client", client.into()), ("version", version.into())]);
                self.say(line);
            }
            return;
        }
        if self.notice_ahead().is_some() {
            return self.say_notice();
        }
        let Some(next) = self.ahead.front() else { return self.say_why() };
        if !self.care.may_show(next.level(), &self.at) {
            self.hand_back();
            return;
        }
        if let Some(served) = self.ahead.pop_front() {
            let draft = self.drafts.remove(&served.item.id);
            let offered = draft.is_some();
            self.present(served, draft.unwrap_or_default());
            if offered {
                self.tell("desk-draft-offered");
                self.tell_draft();
            }
        }
    }

    /// Puts an item in front and says it.
    pub(super) fn present(&mut self, served: Arc<Served>, draft: Draft) {
        let new_client = self.last_client.as_ref().is_some_and(|last| *last != served.client);
        let front = Front::new(served, &mut self.house, new_client, draft, self.at.wall);
        let (client, version) = (front.served.client.clone(), front.policies.version.clone());
        self.house.met.entry(client).or_insert(version);
        self.desk.ask(Ask::Shown(front.served.item.id.clone()));
        self.stand = Stand::Item;
        self.said_why = None;
        self.find = None;
        self.front = Some(Box::new(front));
        self.read_out();
    }

    /// Why no item is there, once.
    fn say_why(&mut self) {
        if self.said_why == Some(self.why) {
            return;
        }
        self.said_why = Some(self.why);
        self.stood_at = None;
        self.tell(match self.why {
            None if self.line_down => "line-waits",
            None => "why-fetching",
            Some(Why::Empty) => "why-empty",
            Some(Why::Leased) => "why-leased",
            Some(Why::Paused) => "why-paused",
            Some(Why::NotForYou) => "why-not_for_you",
            Some(Why::Wellbeing) => "why-wellbeing",
        });
        if self.why == Some(Why::Wellbeing) && self.care.amber() {
            self.tell("break-agree-title");
            self.tell("plain-agree-ask");
            self.ask_again(Asked::Graphic, "");
        }
    }

    /// The client whose rules changed, where its item is next, and the version now.
    pub(super) fn change_ahead(&self) -> Option<(String, String)> {
        let next = self.ahead.front().filter(|_| self.front.is_none())?;
        self.changes.iter().find(|(client, _)| *client == next.client).cloned()
    }

    /// Enter on changed rules: read.
    pub(super) fn confirm_change(&mut self) {
        let Some((client, version)) = self.change_ahead() else { return };
        self.changes.retain(|(there, _)| *there != client);
        self.said_change = false;
        let line = self.words.say_with("desk-change-read", &[("version", version.as_str().into())]);
        self.say(line);
        self.confirm_policies(&client);
        self.house.met.insert(client, version);
    }

    /// Takes the item away without deciding it: what was seen of it is told and counted, its draft is kept.
    pub(super) fn take_off(&mut self) -> Option<Box<Front>> {
        let front = self.off()?;
        self.desk.ask(Ask::Expose(front.sight(self.now())));
        Some(front)
    }

    /// Hands the item back to the queue, with what was seen of it.
    pub(super) fn release(&mut self) {
        if let Some(front) = self.off() {
            self.desk.ask(Ask::Release(vec![front.sight(self.now())]));
        }
    }

    fn off(&mut self) -> Option<Box<Front>> {
        self.close_batch(false);
        let mut front = self.front.take()?;
        let now = self.now();
        front.active.stop(now);
        self.care.book(&front.served, &front.look(front.level(), now), &self.at);
        if !front.draft.is_empty() {
            self.drafts.insert(front.served.item.id.clone(), front.draft.clone());
        }
        // What was asked was asked about this item.
        if matches!(self.asked, Some((Asked::Grave(_), _))) {
            self.asked = None;
        }
        Some(front)
    }

    /// A grade or an opening made a rule apply: what was fetched ahead and is too hard now goes back, unseen.
    fn hand_back(&mut self) {
        let (keep, back): (VecDeque<_>, VecDeque<_>) = std::mem::take(&mut self.ahead)
            .into_iter()
            .partition(|served| self.care.may_show(served.level(), &self.at));
        self.ahead = keep;
        self.desk.ask(Ask::Release(back.iter().map(|served| unseen(served)).collect()));
        if !self.ahead.is_empty() {
            self.fill();
        }
    }

    /// `o`: says all of it.
    pub(super) fn open_item(&mut self) {
        if !self.may_open() {
            return;
        }
        let until = self.reveal_until();
        let at_least = self.mask_at_least;
        let Some(front) = &mut self.front else { return };
        let covered = front.mask(at_least) > Masking::Full;
        front.opened = front.opened.max(Opened::from(front.served.item.heaviest()));
        if covered {
            front.cover = Cover::Open(until);
            self.read_words();
        } else {
            self.tell("desk-nothing-covered");
        }
    }

    /// `M`: the masking that this moderator wants at least, one level more, after 4 none again.
    pub(super) fn masking(&mut self) {
        self.mask_at_least = self.mask_at_least.next();
        let level = self.mask_at_least.level();
        if let Some(front) = &mut self.front {
            front.cover = Cover::Covered;
        }
        let name = self.words.coded("masking", &level.to_string()).into_owned();
        let line = self.words.say_with("masking-level", &[("level", level.into()), ("name", name.into())]);
        self.say(line);
    }

    fn reveal_until(&self) -> Option<Duration> {
        let item = &self.front.as_ref()?.served.item;
        let columns = [&item.title, &item.text].into_iter().flatten();
        let columns = columns.map(|text| crate::text::width::of(text.raw())).sum();
        self.settings.reveal.cover_after(columns, COLUMNS, ROWS).map(|stays| self.now() + stays)
    }

    /// `x`: away. What has been said cannot be blanked; nothing more is, and what was open is covered.
    pub(super) fn drop_curtain(&mut self) {
        let now = self.now();
        if let Some(front) = &mut self.front {
            front.active.stop(now);
            front.cover = Cover::Covered;
        }
        self.curtain = Some((now, false));
        self.tell(if self.settings.curtain_word.is_some() { "plain-curtain-word" } else { "plain-curtain" });
    }

    /// A line while it is down: it raises it, unless a word is set and this is not it.
    pub(super) fn at_curtain(&mut self, line: &str) {
        match &self.settings.curtain_word {
            Some(word) if line.trim() != word.trim() => {
                self.tell(if line.trim().is_empty() { "curtain-word" } else { "curtain-wrong" });
            }
            _ => self.raise_curtain(),
        }
    }

    /// What it covered comes back covered; the line means nothing else.
    fn raise_curtain(&mut self) {
        let Some((_, gone)) = self.curtain.take() else { return };
        if gone {
            self.desk.ask(Ask::Away(false));
            self.said_why = None;
        }
        if self.front.is_some() {
            self.again();
        }
    }

    /// The item comes back covered, is said again, and nothing typed before counts for it.
    pub(super) fn again(&mut self) {
        if let Some(front) = &mut self.front {
            front.cover = Cover::Covered;
            front.told_at = None;
        }
        self.read_out();
    }

    /// Everything that is due by now.
    pub(super) fn tick(&mut self) {
        let now = self.now();
        if let Some(front) = &mut self.front
            && let Cover::Open(Some(until)) = front.cover
            && now >= until
        {
            front.cover = Cover::Covered;
        }
        if let Some(at) = self.idle_at()
            && now >= at
        {
            // Nobody is there: the time in front of the item ends, and two minutes later it goes back.
            if let Some(front) = &mut self.front {
                front.active.stop(at);
                front.cover = Cover::Covered;
            }
            self.curtain = Some((at, false));
        }
        if let Some((since, false)) = self.curtain
            && now >= since + KEEPS_THE_ITEM
            && self.front.is_some()
        {
            self.keep_draft_if_any();
            self.release();
            self.ahead.clear();
            self.desk.ask(Ask::Away(true));
            self.curtain = Some((since, true));
            self.tell("plain-away");
        }
        self.rest_by_time();
    }

    /// When the curtain falls by itself, where an item is in front and a curtain is wanted.
    fn idle_at(&self) -> Option<Duration> {
        let open = self.stand == Stand::Item && self.curtain.is_none() && self.front.is_some();
        let after = self.settings.curtain_after;
        let told = self.front.as_ref().and_then(|front| front.told_at)?;
        (open && !after.is_zero()).then(|| self.last_line.max(told) + after)
    }

    /// In how long something will have changed by itself; `None` while nothing will. An idle desk says nothing.
    pub(super) fn next_wake(&self) -> Option<Duration> {
        let now = self.now();
        let mut at = Vec::new();
        at.extend(self.idle_at());
        if let Some((since, false)) = self.curtain
            && self.front.is_some()
        {
            at.push(since + KEEPS_THE_ITEM);
        }
        if let Some((_, since)) = &self.rest_due {
            at.push(*since + self.care.rules().breaks.defer);
        }
        if self.stand == Stand::Item && self.rest_due.is_none() {
            at.extend(self.care.next_break_since_boot(&self.at).filter(|next| *next > now));
        }
        let mut waits: Vec<Duration> = at.into_iter().map(|at| at.saturating_sub(now)).collect();
        waits.extend(self.rest_wake());
        waits.into_iter().min().map(|wait| wait.max(Duration::from_millis(1)))
    }

    pub(super) fn keep_draft_if_any(&mut self) {
        if self.front.as_ref().is_some_and(|front| !front.draft.is_empty()) {
            self.keep_draft();
        }
    }
}

/// The sight of an item that was never said.
fn unseen(served: &Served) -> Sight {
    Sight {
        item: served.item.id.clone(),
        revision: served.item.revision,
        seen: Seen::Summary,
        opened: Some(Opened::None),
        severity: None,
        presented_at: None,
        active_ms: Some(0),
    }
}
