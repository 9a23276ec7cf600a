//! Breaks, as on the full screen: one due by a decision starts at once, one due by time waits for the decision on the
//! item, two minutes at most. Nothing typed ends one early, and only the queue's clock unlocks.

use super::sitting::{Sitting, Stand};
use super::typed::{Command, Typed};
use crate::desk::Ask;
use crate::moderation::claim::BreakDue;
use crate::wellbeing::{Due, Moment, Severity};
use jiff::SignedDuration;
use std::time::Duration;

/// A voluntary break and the curtain keep the item for so long.
pub(super) const KEEPS_THE_ITEM: Duration = Duration::from_secs(120);

/// A break that stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rest {
    pub due: BreakDue,
    /// Whether the queue has told.
    pub told: bool,
    /// Whether Enter came after its end; the queue has the last word.
    pub leaving: bool,
    pub since: Moment,
    /// Whether it was said that it is over.
    pub over: bool,
}

impl Rest {
    /// The moderator's own: any line ends it.
    fn voluntary(&self) -> bool {
        self.due.rule == "voluntary"
    }
}

impl Sitting {
    /// An item has gone: a break that is due begins instead of the next one.
    pub(super) fn rest_after_decision(&mut self) {
        if let Some(due) = self.care.due(&self.at) {
            let due = self.by_arithmetic(&due);
            return self.begin_break(due);
        }
        if let Some((due, _)) = self.rest_due.take() {
            self.begin_break(due);
        }
    }

    /// Looks whether a break by time is due, whether one that waited must begin now, and whether one is over.
    pub(super) fn rest_by_time(&mut self) {
        if let Stand::Rest(rest) = &mut self.stand {
            let over = !rest.voluntary() && self.at.wall >= rest.due.until;
            let kept = rest.since.since_boot + KEEPS_THE_ITEM;
            let back = rest.voluntary() && self.at.since_boot >= kept && self.front.is_some();
            if over && !rest.over {
                rest.over = true;
                self.stood_at = None;
                if self.settings.bell {
                    self.tell("plain-break-over-now");
                }
                self.tell("plain-break-over");
            }
            if back {
                self.release();
                self.ahead.clear();
                self.desk.ask(Ask::Away(true));
            }
            return;
        }
        if self.stand != Stand::Item || self.leaving {
            return;
        }
        if let Some(due) = self.care.due(&self.at) {
            let waits = self.front.is_some() && !due.pressing(&self.at);
            let here = self.by_arithmetic(&due);
            match waits {
                true if self.rest_due.is_none() => self.wait_for_the_item(here),
                true => {}
                false => return self.begin_break(here),
            }
        }
        if let Some((due, since)) = self.rest_due.clone() {
            let extreme = self.front.as_ref().is_some_and(|front| front.level() >= Severity::EXTREME);
            let defer = self.care.rules().breaks.defer;
            if self.front.is_none() || extreme || self.now() >= since + defer {
                self.rest_due = None;
                self.begin_break(due);
            }
        }
    }

    /// In how long the break that stands changes.
    pub(super) fn rest_wake(&self) -> Option<Duration> {
        let Stand::Rest(rest) = &self.stand else { return None };
        if rest.voluntary() {
            let kept = rest.since.since_boot + KEEPS_THE_ITEM;
            return self.front.is_some().then(|| kept.saturating_sub(self.now()));
        }
        (!rest.over).then(|| Duration::try_from(rest.due.until.duration_since(self.at.wall)).unwrap_or_default())
    }

    /// The queue's word: a break is due or runs.
    pub(super) fn break_told(&mut self, due: BreakDue) {
        // The shift ends anyway; what is due is due again when the next one begins.
        if self.stand == Stand::Summary || self.leaving {
            return;
        }
        if let Stand::Rest(rest) = &mut self.stand {
            let moved = moved(&rest.due, &due);
            rest.told = true;
            rest.leaving = false;
            rest.over &= !moved;
            rest.due = due;
            if moved {
                self.say_break();
            }
            return;
        }
        if self.front.is_some() && due.rule == "hourly" {
            if self.rest_due.is_none() {
                self.wait_for_the_item(due);
            }
            return;
        }
        self.begin_break(due);
    }

    /// The shift as the queue has it: a break that runs stands here, and one that has ended does not.
    pub(super) fn follow_break(&mut self, running: Option<BreakDue>) {
        match (&mut self.stand, running) {
            (Stand::Rest(rest), Some(due)) => {
                let moved = moved(&rest.due, &due) && due.rule != "voluntary";
                rest.leaving = rest.leaving && !moved && due.rule == "voluntary";
                rest.told = true;
                rest.due = due;
                rest.over &= !moved;
                if moved {
                    self.say_break();
                }
            }
            (Stand::Rest(rest), None) if rest.told || rest.leaving => {
                self.said_why = None;
                self.stands(Stand::Item);
            }
            (Stand::Item | Stand::Shift, Some(due)) if due.rule != "voluntary" || self.front.is_none() => {
                self.enter_break(due, true);
            }
            _ => {}
        }
    }

    /// `B`: open-ended, nobody asks why.
    pub(super) fn take_break(&mut self) {
        let due = BreakDue { until: self.at.wall, rule: "voluntary".into(), required_s: 0 };
        self.begin_break(due);
    }

    /// A line in a break: help, the end of the shift, alerts; Enter after its end; in one's own break any line.
    pub(super) fn in_a_break(&mut self, typed: Typed) {
        let Stand::Rest(rest) = &self.stand else { return };
        let (voluntary, until, over) = (rest.voluntary(), rest.due.until, rest.over);
        match typed {
            Typed::Command(Command::Quit, _) => return self.quit(),
            Typed::Command(Command::Help, _) => return self.tell("plain-help-break"),
            Typed::Command(Command::Alert, rest) => return self.alert(&rest),
            Typed::Command(Command::Repeat, _) => return self.say_break(),
            _ => {}
        }
        if voluntary {
            return match typed {
                Typed::Command(Command::Like, rest) if rest.is_empty() => self.say_what_break("lunch"),
                Typed::Command(Command::Measure, rest) if rest.is_empty() => self.say_what_break("meeting"),
                Typed::Unknown(letter) if letter == "t" => self.say_what_break("technical"),
                _ => self.end_voluntary(),
            };
        }
        if !over || typed != Typed::Empty {
            if self.at.wall >= until {
                return self.tell("plain-break-over");
            }
            let time = self.words.clock_exact(until, &self.settings.zone);
            let line = self.words.say_with("break-not-over", &[("time", time.into())]);
            return self.say(line);
        }
        if self.typed_ahead(self.stood_at) {
            return self.tell("plain-typed-ahead");
        }
        if let Stand::Rest(rest) = &mut self.stand
            && !rest.leaving
        {
            rest.leaving = true;
            self.care.resume(&self.at);
            self.desk.ask(Ask::EndBreak);
        }
    }

    fn end_voluntary(&mut self) {
        let Stand::Rest(rest) = &self.stand else { return };
        let long = rest.since.since_boot + KEEPS_THE_ITEM <= self.at.since_boot;
        self.care.resume(&self.at);
        self.desk.ask(Ask::EndBreak);
        if long {
            self.desk.ask(Ask::Away(false));
        }
        self.said_why = None;
        self.stands(Stand::Item);
        if self.front.is_some() {
            self.again();
        }
    }

    /// Says what the moderator's own break is; nobody has to.
    fn say_what_break(&mut self, said: &'static str) {
        self.desk.ask(Ask::BeginBreak { rule: "voluntary".into(), said: Some(said.into()) });
        let line = self.words.coded("break", said).into_owned();
        self.say(line);
    }

    /// A break begins: what is undecided goes back, and nothing of the queue is said.
    fn begin_break(&mut self, due: BreakDue) {
        let voluntary = due.rule == "voluntary";
        let rule = due.rule.clone();
        self.put_away_for(&due);
        self.desk.ask(Ask::BeginBreak { rule, said: None });
        let due = self.care.rest(&self.at, voluntary).filter(|_| !voluntary).unwrap_or(due);
        self.rests(due, false);
    }

    fn enter_break(&mut self, due: BreakDue, told: bool) {
        self.put_away_for(&due);
        self.rests(due, told);
    }

    fn rests(&mut self, due: BreakDue, told: bool) {
        self.curtain = None;
        self.rest_due = None;
        let since = self.at.clone();
        self.stands(Stand::Rest(Rest { due, told, leaving: false, since, over: false }));
        self.say_break();
    }

    fn put_away_for(&mut self, due: &BreakDue) {
        self.keep_draft_if_any();
        if due.rule == "voluntary" {
            let now = self.now();
            if let Some(front) = &mut self.front {
                front.active.stop(now);
            }
            return;
        }
        self.release();
        self.ahead.clear();
    }

    /// Why, and until when; then what may be done. No figures, no deadlines.
    fn say_break(&mut self) {
        let Stand::Rest(rest) = &self.stand else { return };
        let (rule, voluntary, until) = (rest.due.rule.clone(), rest.voluntary(), rest.due.until);
        let why = match rule.as_str() {
            "run" | "acute" | "hourly" | "voluntary" => self.words.coded("break", &rule).into_owned(),
            _ => self.words.say("break-other").into_owned(),
        };
        let title = self.words.say("break-title").into_owned();
        self.say(format!("{title}. {why}"));
        if voluntary {
            return self.tell("plain-break-own");
        }
        let time = self.words.clock_exact(until, &self.settings.zone);
        let line = self.words.say_with("plain-break-until", &[("time", time.into())]);
        self.say(line);
        let demo = self.settings.demo || self.care.rules().demo;
        for id in ["break-offer-look", "break-offer-stand", "break-offer-drink", "break-offer-talk"] {
            self.tell(id);
        }
        if demo {
            self.tell("break-demo");
        }
        self.tell("break-breathe");
        if !self.settings.help.is_empty() {
            let help: Vec<String> = self.settings.help.iter().map(|one| crate::text::scrub::log(one)).collect();
            let line = self.words.say_with("break-help", &[("contacts", help.join(", ").into())]);
            self.say(line);
        }
    }

    fn wait_for_the_item(&mut self, due: BreakDue) {
        self.rest_due = Some((due, self.now()));
        self.tell("break-due-after");
    }

    fn by_arithmetic(&self, due: &Due) -> BreakDue {
        let required = SignedDuration::try_from(due.required).unwrap_or_default();
        let until = self.at.wall.checked_add(required).unwrap_or(self.at.wall);
        BreakDue { until, rule: due.rule.code().into(), required_s: due.required.as_secs() }
    }
}

/// Whether it is another break, or one that ends at quite another time: the queue tells its end anew with every call,
/// to the millisecond, and that is not worth hearing.
fn moved(before: &BreakDue, now: &BreakDue) -> bool {
    let most = i128::from(now.required_s.min(60)) * 500;
    before.rule != now.rule || now.until.duration_since(before.until).as_millis().abs() >= most.max(1)
}
