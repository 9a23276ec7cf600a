//! What there is, said line by line: figures, people, what is in hands, threads, alerts, an item.

use super::sitting::Watching;
use crate::desk::FloorAsk;
use crate::moderation::floor::{Found, Takes};
use crate::text::scrub;
use crate::wellbeing::Severity;
use jiff::Timestamp;
use uuid::Uuid;

impl Watching {
    /// The figures, a line a queue, the most pressing thing of each first.
    pub(super) fn figures(&mut self) {
        let Some(now) = self.now.clone() else { return self.say(self.words.say("watch-first").into_owned()) };
        let people = now.people.iter().filter(|person| person.takes != Takes::Offline).count();
        let waiting: u64 = now.queues.iter().map(|queue| queue.stats.waiting).sum();
        let late: u64 = now.queues.iter().map(|queue| queue.stats.overdue).sum();
        let args = [("people", people.into()), ("waiting", waiting.into()), ("late", late.into())];
        let sum = self.words.say_with("watch-sum", &args);
        match self.messages.questions().len() {
            0 => self.say(sum),
            n => {
                let asked = self.words.say_with("watch-sum-asked", &[("n", n.into())]);
                self.say(format!("{sum} · {asked}"));
            }
        }
        let pace = now.pace();
        for queue in &now.queues {
            let (stats, tell) = (&queue.stats, self.teller());
            let line = self.words.say_with(
                "watch-plain-queue",
                &[
                    ("queue", stats.name.as_str().into()),
                    ("client", self.house.client_title(&stats.client).to_owned().into()),
                    ("waiting", stats.waiting.into()),
                    ("leased", stats.leased.into()),
                    ("oldest", tell.age(stats.oldest_received_at).into()),
                    ("due", stats.due_15m.into()),
                    ("late", stats.overdue.into()),
                    ("came", tell.pace(queue.flow.pace_in()).into()),
                    ("left", tell.pace(queue.flow.pace_out()).into()),
                    ("removed", tell.removed(queue).into()),
                    ("outlook", tell.outlook(queue, pace).into()),
                ],
            );
            self.say(line);
        }
    }

    pub(super) fn people(&mut self) {
        let people = self.now.as_ref().map(|now| now.people.clone()).unwrap_or_default();
        for person in &people {
            let line = format!("{}: {}", scrub::log(&person.name), self.teller().takes(person));
            self.say(line);
        }
        if people.is_empty() {
            self.say(self.words.say("watch-none-people").into_owned());
        }
    }

    pub(super) fn hands(&mut self) {
        let Some(now) = self.now.clone() else { return };
        let moment = |at: Timestamp| self.words.moment(at, self.at, &self.zone);
        let mut lines = Vec::new();
        for item in &now.stuck {
            let id = if item.passed { "watch-stuck-passed" } else { "watch-stuck-nobody" };
            let text = self.words.say_with(id, &[("time", moment(item.received_at).into())]);
            lines.push(format!("{} · {} · {text}", scrub::log(&item.item), item.queue));
        }
        for lease in &now.leases {
            let text = self.teller().holds(lease, self.messages.parked(&lease.item, self.at));
            lines.push(format!("{} · {} · {text}", scrub::log(&lease.item), lease.queue));
        }
        if lines.is_empty() {
            lines.push(self.words.say("watch-none-hands").into_owned());
        }
        lines.into_iter().for_each(|line| self.say(line));
    }

    pub(super) fn threads(&mut self) {
        let threads = self.now.as_ref().map(|now| now.threads.clone()).unwrap_or_default();
        for thread in &threads {
            let title = thread.title.as_ref().map(|title| scrub::line(title).as_str().to_owned());
            let title = title.unwrap_or_else(|| scrub::log(&thread.subject));
            let args = [("came", thread.came.into()), ("waiting", thread.waiting.into())];
            let text = self.words.say_with("watch-thread", &args);
            self.say(format!("{title} · {} · {text} · {}", thread.queue, scrub::log(&thread.item)));
        }
        if threads.is_empty() {
            self.say(self.words.say("watch-none-threads").into_owned());
        }
    }

    pub(super) fn all_alerts(&mut self) {
        let alerts: Vec<String> = self.alerts.iter().map(|alert| self.teller().alert(alert)).collect();
        let none = alerts.is_empty() && self.troubles.is_empty();
        for (n, alert) in (1..).zip(alerts) {
            self.say(format!("{n}. {alert}"));
        }
        let now = self.now.clone().unwrap_or_default();
        for trouble in self.troubles.clone() {
            let line = self.teller().trouble(&trouble, &now);
            self.say(line);
        }
        if none {
            self.say(self.words.say("watch-none-alerts").into_owned());
        }
    }

    pub(super) fn take(&mut self, rest: &str) {
        let untaken: Vec<Uuid> = self
            .alerts
            .iter()
            .filter(|alert| alert.taken.is_none() && !alert.alert.withdrawn)
            .map(|alert| alert.alert.id)
            .collect();
        let nth = rest.parse::<usize>().ok().and_then(|n| self.alerts.get(n.checked_sub(1)?)).map(|one| one.alert.id);
        let one = if rest.is_empty() { untaken.first().copied().filter(|_| untaken.len() == 1) } else { nth };
        match one {
            Some(id) => self.ask(FloorAsk::Acknowledge(id)),
            None if untaken.is_empty() => self.say(self.words.say("watch-no-alert").into_owned()),
            None => self.needs("watch-plain-take"),
        }
    }

    pub(super) fn content(&mut self) {
        let Some(kept) = &self.opened else {
            let how = self.words.say("watch-plain-open").into_owned();
            return self.say(self.words.say_with("watch-not-opened", &[("key", how.into())]));
        };
        let level = kept.item.severity;
        if level >= Severity::DISTURBING && !self.shown {
            let name = self.words.coded("severity", &level.level().to_string()).into_owned();
            let show = self.words.say("watch-plain-show").into_owned();
            let args = [("level", name.into()), ("key", show.into())];
            return self.say(self.words.say_with("watch-covered", &args));
        }
        let said: Vec<String> = [&kept.item.title, &kept.item.text]
            .into_iter()
            .flatten()
            .flat_map(|said| scrub::block(said).as_str().lines().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        said.into_iter().for_each(|line| self.say(line));
    }

    pub(super) fn found(&mut self, found: &Found) {
        let words = match found.severity {
            level if level >= Severity::DISTURBING => {
                self.words.coded("severity", &level.level().to_string()).into_owned()
            }
            _ => scrub::line(&found.words).as_str().to_owned(),
        };
        let state = self.teller().stands(&found.state, self.messages.parked(&found.item, self.at));
        self.say(format!("{} · {} · {state} · {words}", scrub::log(&found.item), found.queue));
    }
}
