//! A verdict: everything gathered goes with it, and the journal has it before the next item is told.

use super::choice::{Choice, pick, pick_first};
use super::sitting::{Asked, HeldHere, Sitting};
use super::spoken;
use super::typed::Command;
use crate::desk::deciding::{Judged, leaves_at};
use crate::desk::guard::{self, InFront, TooSoon};
use crate::desk::{Ask, Says, letters};
use crate::moderation::{Decision, Measure, Pass, Verdict};
use crate::text::scrub;
use std::time::Duration;
use uuid::Uuid;

impl Sitting {
    /// Whether a command may end the item now; else says why not.
    pub(super) fn may_decide(&mut self, command: Command) -> bool {
        let (now, typed) = (self.now(), self.typed_at);
        let before = self.last_deciding.replace((command, typed));
        let Some(front) = &self.front else {
            self.tell("guard-no-item");
            return false;
        };
        let Some(told) = front.told_at else {
            self.tell("plain-typed-ahead");
            return false;
        };
        let item = InFront { since: told, line: Duration::ZERO, new_client: front.new_client };
        let same_before = before.filter(|(last, _)| *last == command).map(|(_, at)| at);
        let id = match guard::decides(&self.settings, item, typed.min(now), same_before) {
            Ok(()) => return true,
            Err(TooSoon::Twice) => "plain-typed-twice",
            Err(TooSoon::NewClient) => "desk-too-soon-client",
            Err(TooSoon::Item) => "guard-too-early",
        };
        self.tell(id);
        false
    }

    /// Whether the item may be opened now; else says why not.
    pub(super) fn may_open(&mut self) -> bool {
        let told = self.front.as_ref().and_then(|front| front.told_at);
        let early = told.is_none_or(|told| !guard::clear_of(&self.settings, told, self.typed_at));
        if early {
            self.tell("guard-too-early");
        }
        !early
    }

    /// Whether the backend allows it here; else says so.
    pub(super) fn allowed(&mut self, action: &str) -> bool {
        let Some(front) = &self.front else {
            self.tell("guard-no-item");
            return false;
        };
        if front.served.actions.iter().any(|allowed| allowed == action) {
            return true;
        }
        let topic = if Verdict::ALL.iter().any(|v| v.code() == action) { "verdict" } else { "followup" };
        let action = self.words.coded(topic, action).into_owned();
        let queue = self.house.queue_title(&front.served.queue).to_owned();
        let line = self.words.say_with("guard-not-allowed", &[("action", action.into()), ("queue", queue.into())]);
        self.say(line);
        false
    }

    /// `a`, asking once more where something of the item is covered and was never opened.
    pub(super) fn approve(&mut self) {
        if !self.allowed("approve") || !self.may_decide(Command::Approve) {
            return;
        }
        let at_least = self.mask_at_least;
        if let Some(front) = &mut self.front
            && self.settings.confirm_unseen
            && front.unseen(at_least)
            && !front.asked_unseen
        {
            front.asked_unseen = true;
            // Only an answer typed after the question is one.
            front.told_at = None;
            let line = self.words.say_with("guard-not-seen", &[("open", "o".into()), ("approve", "a".into())]);
            return self.say(line);
        }
        self.last_approval = Some(self.typed_at);
        self.decide(Says::only(Verdict::Approve));
    }

    /// `d` and a policy.
    pub(super) fn delete(&mut self, rest: &str, line: &str) {
        if self.allowed("delete") {
            self.under_a_policy(None, rest, line);
        }
    }

    /// `m`, a measure and a policy.
    pub(super) fn measure(&mut self, rest: &str, line: &str) {
        if !self.allowed("restrict") {
            return;
        }
        let measures = self.measures();
        let Some((choice, rest)) = pick_first(&measures, rest) else {
            return self.which("plain-say-measure", &measures, rest);
        };
        let measure = Some(choice.picked);
        self.under_a_policy(measure, rest, line);
    }

    /// Measures by their letters.
    pub(super) fn measures(&self) -> Vec<Choice<Measure>> {
        letters::measures().map(|(measure, letter)| self.coded("measure", measure.code(), letter, measure)).collect()
    }

    /// The policies of the item in front by their letters.
    pub(super) fn policies(&self) -> Vec<Choice<String>> {
        let lang = self.words.lang().code();
        let policies = self.front.as_ref().map(|front| front.policies.clone());
        let policies = policies.iter().flat_map(|policies| &policies.policies);
        let choices = policies.map(|policy| Choice {
            letter: policy.letter,
            code: policy.code.clone(),
            title: policy.title_in(lang).to_owned(),
            picked: policy.code.clone(),
        });
        choices.collect()
    }

    fn under_a_policy(&mut self, measure: Option<Measure>, typed: &str, line: &str) {
        let choices = self.policies();
        if choices.is_empty() {
            return self.tell("desk-no-policies");
        }
        let Some(choice) = pick(&choices, typed) else {
            return self.which("plain-say-policy", &choices, typed);
        };
        let says = Says::under(measure, choice.picked.clone());
        let policy = self.front.as_ref().and_then(|front| says.policy_in(&front.policies)).cloned();
        let Some(policy) = policy else { return };
        if !(policy.grave || policy.sealed) {
            return self.guarded(says);
        }
        if !self.may_decide(Command::Delete) {
            return;
        }
        let what = says.what(&self.words);
        let item = self.front.as_ref().map(|front| front.served.item.id.clone()).unwrap_or_default();
        let asks = self.words.say_with(
            "desk-grave",
            &[("what", what.into()), ("item", item.into()), ("policy", choice.title.as_str().into())],
        );
        self.say(asks);
        if policy.sealed {
            self.tell("desk-grave-seals");
        }
        let gathered = self.front.as_ref().map(|front| front.draft.follow_ups.clone()).unwrap_or_default();
        for follow_up in gathered.iter().chain(&policy.follow_ups) {
            let what = spoken::follow_up(follow_up, &self.words);
            let line = self.words.say_with("desk-grave-with", &[("what", what.into())]);
            self.say(line);
        }
        self.tell("plain-question");
        self.ask_again(Asked::Grave(says), line);
    }

    /// `e`, and where to; alone, where the queue's escalations go.
    pub(super) fn escalate(&mut self, rest: &str) {
        if !self.allowed("escalate") {
            return;
        }
        let Some(front) = &self.front else { return };
        let targets = self.house.escalation_targets(&front.served.queue);
        let choices: Vec<_> = letters::escalations(targets)
            .map(|(queue, letter)| {
                let title = self.house.queue_title(&queue).to_owned();
                Choice { letter, code: queue.clone(), title, picked: queue }
            })
            .collect();
        let choice = if rest.is_empty() { choices.first() } else { pick(&choices, rest) };
        match choice {
            Some(choice) => {
                let to = Some(choice.picked.clone());
                self.guarded(Says { to, ..Says::only(Verdict::Escalate) });
            }
            None => self.which("plain-say-queue", &choices, rest),
        }
    }

    /// To the queue of imminent harm, as evidence.
    pub(super) fn escalate_alert(&mut self) {
        self.guarded(Says::to_imminent());
    }

    /// `p` and a reason.
    pub(super) fn pass(&mut self, rest: &str) {
        let reasons: Vec<_> =
            letters::passes().map(|(reason, letter)| self.coded("pass", reason.code(), letter, reason)).collect();
        let Some(choice) = pick(&reasons, rest) else {
            return self.which("plain-say-pass", &reasons, rest);
        };
        if !self.may_decide(Command::Pass) {
            return;
        }
        let Some(mut front) = self.front.take() else { return };
        let now = self.now();
        front.active.stop(now);
        self.care.book(&front.served, &front.look(front.level(), now), &self.at);
        self.tally.passed += 1;
        self.last_client = Some(front.served.client.clone());
        let item = &front.served.item.id;
        if !front.draft.is_empty() {
            // A draft that stays behind harms nobody: it is offered to nobody else.
            let _ = self.desk.keep_draft(item, None);
        }
        self.drafts.remove(item);
        self.desk.ask(Ask::Pass(Pass { reason: choice.picked, sight: front.sight(now) }));
        // Why somebody cannot take an item is never said again.
        self.tell("desk-passed");
        self.left();
    }

    /// Decides, if the guards let it.
    pub(super) fn guarded(&mut self, says: Says) {
        let command = match says.verdict {
            Verdict::Approve => Command::Approve,
            Verdict::Delete => Command::Delete,
            Verdict::Restrict => Command::Measure,
            Verdict::Escalate => Command::Escalate,
        };
        // The answer to a question is no second hit of the same command.
        if self.stood_at.is_none_or(|asked| self.last_deciding.is_some_and(|(_, at)| at <= asked)) {
            self.last_deciding = None;
        }
        if self.may_decide(command) {
            self.decide(says);
        }
    }

    fn decide(&mut self, says: Says) {
        let Some(mut front) = self.front.take() else { return };
        let now = self.now();
        let mut stopped = front.clone();
        stopped.active.stop(now);
        let policy = says.policy_in(&front.policies).cloned();
        let leaves_at = leaves_at(self.settings.hold, policy.as_ref(), self.at.wall);
        let decision = says.decision(Judged {
            id: Uuid::now_v7(),
            served: &stopped.served,
            policies: Some(&stopped.policies),
            sight: stopped.sight(now),
            draft: &stopped.draft,
            moderator: &self.settings.moderator,
            at: self.at.wall,
            batch: None,
        });
        if let Err(why) = self.desk.hold(std::slice::from_ref(&decision), leaves_at) {
            // Nothing was decided; the item stays as it was.
            self.front = Some(front);
            let line = self.words.say_with("desk-failed", &[("why", why.to_string().into())]);
            return self.say(line);
        }
        front = stopped;
        let level = front.level().max(decision.severity.unwrap_or_default());
        self.care.book(&front.served, &front.look(level, now), &self.at);
        self.tally.decided += 1;
        self.drafts.remove(&decision.item);
        self.last_client = Some(front.served.client.clone());
        let what = spoken::decided(&decision, &self.policy_title(&front.served.client, &decision), &self.words);
        let line = match leaves_at > self.at.wall {
            true => self.words.say_with("plain-held-short", &[("what", what.into())]),
            false => format!("{what}."),
        };
        self.say(line);
        self.held.push(HeldHere {
            decision,
            served: front.served.clone(),
            draft: front.draft.clone(),
            leaves_at,
            batch: None,
        });
        self.left();
    }

    /// An item has left: a break that is due begins now, else the next item comes.
    pub(super) fn left(&mut self) {
        self.find = None;
        self.said_why = None;
        self.rest_after_decision();
    }

    /// The title of the policy that a decision names.
    pub(super) fn policy_title(&self, client: &str, decision: &Decision) -> String {
        let Some(code) = &decision.policy else { return String::new() };
        let policies = self.house.policies_of(client);
        let lang = self.words.lang().code();
        policies.get(code).map_or_else(|| scrub::log(code), |policy| policy.title_in(lang).to_owned())
    }

    /// A choice named by the contract's code.
    pub(super) fn coded<T>(&self, topic: &str, code: &str, letter: char, picked: T) -> Choice<T> {
        Choice { letter, code: code.to_owned(), title: self.words.coded(topic, code).into_owned(), picked }
    }
}
