//! The last word on the item that is open, and what became of every act.

use super::sitting::Watching;
use crate::desk::FloorAsk;
use crate::desk::floor::Word;
use crate::moderation::doubt::Advice;
use crate::moderation::floor::Step;
use crate::moderation::{Measure, Verdict};
use crate::text::scrub;
use crate::wellbeing::Severity;
use uuid::Uuid;

/// What stands before `because`, word by word, and what behind it; nothing where there is no reason.
pub(super) fn reasoned(rest: &str) -> Option<(Vec<String>, String)> {
    let split = [" because ", " parce que ", " car "].iter().find_map(|word| rest.split_once(word));
    let (what, why) = split.filter(|(_, why)| !why.trim().is_empty())?;
    Some((what.split_whitespace().map(str::to_owned).collect(), why.trim().to_owned()))
}

impl Watching {
    /// `decide VERDICT [MEASURE] [POLICY] because WHY`, on the item that is open.
    pub(super) fn decide(&mut self, rest: &str, id: Uuid) {
        let Some(kept) = &self.opened else {
            let how = self.words.say("watch-plain-open").into_owned();
            return self.say(self.words.say_with("watch-not-opened", &[("key", how.into())]));
        };
        let Some((what, why)) = reasoned(rest) else { return self.needs("watch-plain-decide") };
        let said = self.verdict(&kept.client, &what);
        let whole = said.filter(|said| match said.verdict {
            Verdict::Delete | Verdict::Restrict => said.policy.is_some(),
            Verdict::Approve | Verdict::Escalate => true,
        });
        let Some(Advice { verdict, measure, policy }) = whole else { return self.needs("watch-plain-decide") };
        let word = Word {
            item: kept.item.id.clone(),
            revision: kept.item.revision,
            client: kept.client.clone(),
            verdict,
            measure,
            policy,
            seen: self.shown || kept.item.severity < Severity::DISTURBING,
        };
        let version = &self.house.policies_of(&kept.client).version;
        let spoken = word.spoken(id, version, &why, self.at);
        self.ask(FloorAsk::Overrule(Box::new(spoken)));
    }

    /// A verdict as it is typed: `approve`, `delete POLICY`, `restrict MEASURE POLICY`; nothing where it is none.
    pub(super) fn verdict(&self, client: &str, what: &[String]) -> Option<Advice> {
        let said = what.first()?;
        let verdict = Verdict::ALL
            .into_iter()
            .find(|verdict| verdict.code() == said || self.words.coded("verdict", verdict.code()) == said.as_str())?;
        let measure = what.iter().find_map(|said| Measure::ALL.into_iter().find(|measure| measure.code() == said));
        let measure = measure.filter(|_| verdict == Verdict::Restrict);
        if measure.is_none() && verdict == Verdict::Restrict {
            return None;
        }
        let policies = self.house.policies_of(client);
        let policy = what.iter().skip(1).find_map(|said| {
            let letter = Some(said).filter(|said| said.chars().count() == 1).and_then(|said| said.chars().next());
            policies.get(said).or_else(|| policies.by_letter(letter?)).map(|policy| policy.code.clone())
        });
        Some(Advice { verdict, measure, policy })
    }

    pub(super) fn done(&mut self, ask: &FloorAsk) {
        let line = match ask {
            FloorAsk::Step(id, step) => {
                let item = scrub::log(id);
                match step {
                    Step::Move { to } => {
                        self.words.say_with("watch-done-moved", &[("item", item.into()), ("queue", to.clone().into())])
                    }
                    Step::Priority { priority: Some(n), .. } => self
                        .words
                        .say_with("watch-done-priority", &[("item", item.into()), ("n", i64::from(*n).into())]),
                    Step::Priority { due_at, .. } => {
                        let time = due_at.map(|due| self.words.moment(due, self.at, &self.zone)).unwrap_or_default();
                        self.words.say_with("watch-done-deadline", &[("item", item.into()), ("time", time.into())])
                    }
                    Step::Release => self.words.say_with("watch-done-released", &[("item", item.into())]),
                }
            }
            FloorAsk::Overrule(asked) => {
                let item = scrub::log(&asked.decision.item);
                self.words.say_with("watch-done-decided", &[("item", item.into())])
            }
            FloorAsk::Pause { queue, because } => {
                let id = if because.is_some() { "watch-done-paused" } else { "watch-done-resumed" };
                self.words.say_with(id, &[("queue", queue.clone().into())])
            }
            FloorAsk::Assign { person, queues } => {
                let all = self.words.say("watch-all-queues").into_owned();
                let queues = if queues.is_empty() { all } else { queues.join(", ") };
                self.words
                    .say_with("watch-done-assigned", &[("who", scrub::log(person).into()), ("queues", queues.into())])
            }
            FloorAsk::Acknowledge(_) => self.words.say("watch-done-acknowledged").into_owned(),
            FloorAsk::Answer { doubt, .. } => {
                self.answered = Some(*doubt);
                let key = self.words.say("watch-plain-keep").into_owned();
                self.words.say_with("watch-done-answered", &[("key", key.into())])
            }
            FloorAsk::Keep(_) => self.words.say("doubt-kept").into_owned(),
            FloorAsk::Notify(notice) => {
                let to = self.reader().addressed(notice.moderator.as_deref(), notice.client.as_deref());
                self.words.say_with("watch-done-notified", &[("to", to.into())])
            }
            _ => return,
        };
        self.say(line);
    }
}
