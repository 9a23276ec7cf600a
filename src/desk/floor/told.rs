//! What is on the floor, in words: the same on the full screen and line by line.

use crate::desk::HistoryEntry;
use crate::moderation::alert::AlertState;
use crate::moderation::floor::{FloorNow, LeaseNow, Outlook, PersonNow, QueueNow, Takes, Trouble, TroubleKind};
use crate::moderation::{AskTo, DoubtState, Verdict};
use crate::text::{scrub, width};
use crate::words::Words;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Speaks of the floor.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    /// The messages.
    pub words: &'a Words,
    /// Where the reader's clock hangs.
    pub zone: &'a TimeZone,
    /// Now.
    pub at: Timestamp,
}

impl Teller<'_> {
    /// What becomes of a queue at the present pace.
    pub fn outlook(self, queue: &QueueNow, pace: Option<f64>) -> String {
        let told = queue.forecast(self.at, pace);
        let mut parts = Vec::new();
        if queue.stats.paused {
            parts.push(match &queue.paused_because {
                Some(why) => self.words.say_with("watch-paused-because", &[("why", scrub::log(why).into())]),
                None => self.words.say("watch-paused").into_owned(),
            });
        }
        parts.extend(told.late_at.map(|late| match late <= self.at {
            true => self.words.say("watch-late-now").into_owned(),
            false => self.words.say_with("watch-late-at", &[("time", self.moment(late).into())]),
        }));
        parts.extend(told.lacks.map(|n| self.words.say_with("watch-lacks", &[("n", n.into())])));
        parts.extend(match told.outlook {
            Outlook::Empty => Some(self.words.say("watch-empty").into_owned()),
            Outlook::EmptyAt(at) => Some(self.words.say_with("watch-empty-at", &[("time", self.moment(at).into())])),
            Outlook::Grows => Some(self.words.say("watch-grows").into_owned()),
            Outlook::Stands if queue.stats.paused => None,
            Outlook::Stands => Some(self.words.say("watch-stands").into_owned()),
        });
        parts.join(" · ")
    }

    /// Removed today against usual; nothing where too little was decided to say.
    pub fn removed(self, queue: &QueueNow) -> String {
        let percent = |n: u64| self.words.percent(n as f64 / 100.0);
        match (queue.today.percent(), queue.usual.percent()) {
            (Some(today), Some(usual)) => format!("{} ({})", percent(today), percent(usual)),
            (Some(today), None) => percent(today),
            _ => "–".to_owned(),
        }
    }

    /// A pace, with one decimal below ten.
    pub fn pace(self, pace: f64) -> String {
        if pace >= 9.95 || pace == 0.0 {
            return self.words.number(pace.round() as u64);
        }
        self.words.decimal(pace)
    }

    /// How long ago, short.
    pub fn age(self, since: Option<Timestamp>) -> String {
        since.map_or_else(|| "–".to_owned(), |since| self.words.duration(self.at.duration_since(since)))
    }

    /// What somebody can take now.
    pub fn takes(self, person: &PersonNow) -> String {
        match (person.takes, person.back_at) {
            (Takes::All, _) => self.words.say("watch-takes-all").into_owned(),
            (Takes::Light, _) => self.words.say("watch-takes-light").into_owned(),
            (Takes::OnBreak, Some(back)) => {
                self.words.say_with("watch-takes-back", &[("time", self.moment(back).into())])
            }
            (Takes::OnBreak, None) => self.words.say("watch-takes-break").into_owned(),
            (Takes::Offline, _) => self.words.say("watch-takes-offline").into_owned(),
        }
    }

    /// Who has it in hands; of what is parked, by when it is due and who waits for whose answer.
    pub fn holds(self, lease: &LeaseNow, asked: Option<&DoubtState>) -> String {
        let (who, due) = (scrub::log(&lease.by), lease.due_at.map(|due| self.moment(due)));
        if !lease.parked {
            let due = due.unwrap_or_else(|| "–".to_owned());
            let args = [("who", who.into()), ("time", self.moment(lease.since).into()), ("due", due.into())];
            return self.words.say_with("watch-hand", &args);
        }
        let id = match asked.map(|doubt| (doubt.is_open(), doubt.to)) {
            Some((false, _)) => "watch-parked-answered",
            Some((true, AskTo::Colleague)) => "watch-parked-colleague",
            Some((true, AskTo::Supervisor)) => "watch-parked-supervisor",
            Some((true, AskTo::Call)) => "watch-parked-call",
            None => "watch-parked-asked",
        };
        let waits = self.words.say_with(id, &[("who", who.into())]);
        let due = due.map(|due| self.words.say_with("watch-question-due", &[("time", due.into())]));
        due.into_iter().chain([waits]).collect::<Vec<_>>().join(" · ")
    }

    /// Where an item stands, by the contract's word for it; one for which a question waits is in nobody's hands.
    pub fn stands(self, state: &str, asked: Option<&DoubtState>) -> String {
        let id = match (state, asked) {
            ("leased", Some(doubt)) => {
                return self.words.say_with("watch-state-parked", &[("who", scrub::log(&doubt.by).into())]);
            }
            ("waiting", _) => "watch-state-waiting",
            ("leased", _) => "watch-state-leased",
            ("decided", _) => "watch-state-decided",
            ("withdrawn", _) => "watch-state-withdrawn",
            _ => "watch-state-sealed",
        };
        self.words.say(id).into_owned()
    }

    /// A trouble in a line.
    pub fn trouble(self, trouble: &Trouble, now: &FloorNow) -> String {
        let queue = trouble.queue.as_str();
        match trouble.kind {
            TroubleKind::NoEligibleModerator => {
                self.words.say_with("watch-nobody", &[("queue", queue.into()), ("n", trouble.items.into())])
            }
            TroubleKind::DeadlineAtRisk => {
                let late = trouble.late_at.filter(|late| *late > self.at);
                let mut text = match late {
                    Some(late) => self
                        .words
                        .say_with("watch-at-risk", &[("queue", queue.into()), ("time", self.moment(late).into())]),
                    None => self.words.say_with("watch-late", &[("queue", queue.into()), ("n", trouble.items.into())]),
                };
                if let Some(n) = trouble.lacks {
                    text.push_str(" · ");
                    text.push_str(&self.words.say_with("watch-lacks", &[("n", n.into())]));
                }
                text
            }
            TroubleKind::UnlikeUsual => {
                let row = now.queues.iter().find(|row| row.stats.name == trouble.queue);
                let share = row.map(|row| self.removed(row)).unwrap_or_default();
                self.words.say_with("watch-unlike", &[("queue", queue.into()), ("share", share.into())])
            }
            TroubleKind::WebhookFailing => {
                let off = now.webhooks.iter().any(|hook| hook.name == trouble.queue && hook.off);
                let said = if off { "watch-webhook-off" } else { "watch-webhook" };
                self.words.say_with(said, &[("name", queue.into()), ("n", trouble.items.into())])
            }
        }
    }

    /// An alert of imminent harm in a line, with whom to ring now.
    pub fn alert(self, alert: &AlertState) -> String {
        let kind = self.words.coded("alert", alert.alert.kind.code()).into_owned();
        let mut parts = vec![self.words.say_with(
            "watch-alert",
            &[
                ("kind", kind.into()),
                // A long id must not push off the edge whom to ring; the item is a key away.
                ("item", width::fit(&scrub::log(&alert.alert.item), 20).into_owned().into()),
                ("who", scrub::log(&alert.by).into()),
                ("time", self.words.clock(alert.alert.raised_at, self.zone).into()),
            ],
        )];
        parts.push(match (&alert.taken, alert.to_ring(self.at)) {
            (Some((who, at)), _) => self.words.say_with(
                "watch-alert-taken",
                &[("who", scrub::log(who).into()), ("time", self.words.clock(*at, self.zone).into())],
            ),
            (None, Some(call)) => self.words.say_with("watch-alert-ring", &[("call", scrub::log(call).into())]),
            (None, None) => self.words.say("watch-alert-nobody").into_owned(),
        });
        let known =
            [(alert.alert.plan, "alert-plan"), (alert.alert.time, "alert-time"), (alert.alert.place, "alert-place")];
        let known: Vec<String> =
            known.iter().filter(|(yes, _)| *yes).map(|(_, id)| self.words.say(id).into_owned()).collect();
        if !known.is_empty() {
            parts.push(known.join(", "));
        }
        parts.join(" · ")
    }

    /// What an entry of an item's history says happened.
    pub fn happened(self, entry: &HistoryEntry) -> String {
        let (words, detail) = (self.words, &entry.detail);
        let told = |key: &str| detail[key].as_str().map(scrub::log).unwrap_or_default();
        let id = match entry.what.as_str() {
            "imported" => "history-imported",
            "reversed" => "history-reversed",
            "passed" => "history-passed",
            "released" => "watch-happened-released",
            "overridden" => "watch-happened-overridden",
            "asked" => "watch-happened-asked",
            "answered" => "watch-happened-answered",
            "raised" | "completed" | "taken" => "watch-happened-alert",
            "moved" => return format!("{} → {}", words.say("watch-happened-moved"), told("to")),
            "prioritised" => {
                let n = detail["priority"].as_i64().unwrap_or(0);
                return words.say_with("watch-happened-priority", &[("n", n.into())]);
            }
            "decided" | "escalated" => {
                let verdict = detail["verdict"].as_str().unwrap_or_default();
                let known = Verdict::ALL.into_iter().find(|known| known.code() == verdict);
                let verdict = known.map(|known| words.coded("verdict", known.code()).into_owned()).unwrap_or_default();
                let args = [("verdict", verdict.into()), ("policy", told("policy").into())];
                return words.say_with("history-decided", &args).trim_end().to_owned();
            }
            "revised" => "history-revised",
            "merged" => "history-merged",
            "withdrawn" => "history-withdrawn",
            "sealed" => "history-sealed",
            "erased" | "expired" => "history-erased",
            "paused" => "history-paused",
            "resumed" => "history-resumed",
            "again" => "history-again",
            other => return scrub::log(other),
        };
        words.say(id).into_owned()
    }

    fn moment(self, at: Timestamp) -> String {
        self.words.moment(at, self.at, self.zone)
    }
}
