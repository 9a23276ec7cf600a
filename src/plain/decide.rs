//! A verdict: everything gathered goes with it, and the journal has it before the next item is told.

use super::choice::{Choice, pick, pick_first};
use super::sitting::{Asked, HeldHere, Sitting};
use super::spoken;
use super::typed::Command;
use crate::desk::Ask;
use crate::moderation::decision::Imminent;
use crate::moderation::policy::Policy;
use crate::moderation::{Decision, FollowUp, Measure, Pass, PassReason, Verdict};
use crate::text::{Untrusted, scrub};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use uuid::Uuid;

/// A decision under a sealing policy can be taken back for at least so long.
const SEALED_HOLD: Duration = Duration::from_secs(10);
/// The same deciding command within this time of its last is a hand that hit twice.
const TWICE: Duration = Duration::from_millis(40);
/// `o` is refused for so long after the item was told.
const BESIDE: Duration = Duration::from_millis(400);
/// How many times as long the guard is where the client changed.
const NEW_CLIENT: u32 = 3;

/// What a verdict says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Says {
    pub verdict: Verdict,
    pub measure: Option<Measure>,
    pub policy: Option<String>,
    pub to: Option<String>,
}

impl Says {
    pub(super) fn only(verdict: Verdict) -> Self {
        Self { verdict, measure: None, policy: None, to: None }
    }
}

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
        if self.settings.guard.is_zero() {
            return true;
        }
        let twice = before.is_some_and(|(last, at)| last == command && typed.saturating_sub(at) < TWICE);
        let factor = if front.new_client { NEW_CLIENT } else { 1 };
        let id = if twice {
            "plain-typed-twice"
        } else if typed.min(now) >= told + self.settings.guard * factor {
            return true;
        } else if front.new_client {
            "desk-too-soon-client"
        } else {
            "guard-too-early"
        };
        self.tell(id);
        false
    }

    /// Whether the item may be opened now; else says why not.
    pub(super) fn may_open(&mut self) -> bool {
        let told = self.front.as_ref().and_then(|front| front.told_at);
        let early = told.is_none_or(|told| !self.settings.guard.is_zero() && self.typed_at < told + BESIDE);
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
            self.under_a_policy(Says::only(Verdict::Delete), rest, line);
        }
    }

    /// `m`, a measure and a policy.
    pub(super) fn measure(&mut self, rest: &str, line: &str) {
        if !self.allowed("restrict") {
            return;
        }
        let letters = ['h', 'r', 'c', 'a', 'd', 'l'];
        let measures: Vec<_> = Measure::ALL
            .into_iter()
            .zip(letters)
            .map(|(measure, letter)| self.coded("measure", measure.code(), letter, measure))
            .collect();
        let Some((choice, rest)) = pick_first(&measures, rest) else {
            return self.which("plain-say-measure", &measures, rest);
        };
        let says = Says { measure: Some(choice.picked), ..Says::only(Verdict::Restrict) };
        self.under_a_policy(says, rest, line);
    }

    fn under_a_policy(&mut self, says: Says, typed: &str, line: &str) {
        let Some(front) = &self.front else { return };
        let policies = front.policies.clone();
        let lang = self.words.lang().code();
        let choices: Vec<_> = policies
            .policies
            .iter()
            .map(|policy| Choice {
                letter: policy.letter,
                code: policy.code.clone(),
                title: policy.title_in(lang).to_owned(),
                picked: policy,
            })
            .collect();
        if choices.is_empty() {
            return self.tell("desk-no-policies");
        }
        let Some(choice) = pick(&choices, typed) else {
            return self.which("plain-say-policy", &choices, typed);
        };
        let policy = choice.picked;
        let says = Says { policy: Some(policy.code.clone()), ..says };
        if !(policy.grave || policy.sealed) {
            return self.guarded(says);
        }
        if !self.may_decide(Command::Delete) {
            return;
        }
        let what = match says.measure {
            Some(measure) => self.words.coded("measure", measure.code()).into_owned(),
            None => self.words.coded("verdict", says.verdict.code()).into_owned(),
        };
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
        let mut letters = "eabcdfghijklmnopqrstuvwxyz".chars();
        let choices: Vec<_> = targets
            .into_iter()
            .filter_map(|queue| {
                let title = self.house.queue_title(&queue).to_owned();
                Some(Choice { letter: letters.next()?, code: queue.clone(), title, picked: queue })
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
        let to = Some(crate::moderation::queue::IMMINENT.to_owned());
        self.guarded(Says { to, ..Says::only(Verdict::Escalate) });
    }

    /// `p` and a reason.
    pub(super) fn pass(&mut self, rest: &str) {
        let letters = ['l', 't', 'c', 'n'];
        let reasons: Vec<_> = PassReason::ALL
            .into_iter()
            .zip(letters)
            .map(|(reason, letter)| self.coded("pass", reason.code(), letter, reason))
            .collect();
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
        let policy = says.policy.as_deref().and_then(|code| front.policies.get(code)).cloned();
        let floor = policy.as_ref().map(|policy| policy.severity).filter(|floor| *floor > front.served.severity);
        let severity = front.draft.grade.max(floor);
        let leaves_at = self.leaves_at(policy.as_ref());
        let decision = self.decision(says, &stopped, policy.as_ref(), severity);
        if let Err(why) = self.desk.hold(std::slice::from_ref(&decision), leaves_at) {
            // Nothing was decided; the item stays as it was.
            self.front = Some(front);
            let line = self.words.say_with("desk-failed", &[("why", why.to_string().into())]);
            return self.say(line);
        }
        front = stopped;
        let level = front.level().max(severity.unwrap_or_default());
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

    fn decision(
        &self,
        says: Says,
        front: &super::front::Front,
        policy: Option<&Policy>,
        severity: Option<crate::wellbeing::Severity>,
    ) -> Decision {
        let sight = front.sight(self.now());
        let draft = &front.draft;
        let imminent = draft
            .alert
            .filter(|_| says.verdict == Verdict::Escalate)
            .map(|(kind, plan, time, place)| Imminent { kind, plan, time, place });
        Decision {
            id: Uuid::now_v7(),
            item: sight.item,
            revision: sight.revision,
            round: Some(front.served.round),
            queue: Some(front.served.queue.clone()),
            moderator: Some(self.settings.moderator.clone()),
            verdict: says.verdict,
            measure: says.measure,
            policy: says.policy,
            policy_version: Some(front.policies.version.clone()).filter(|version| !version.is_empty()),
            to: says.to,
            imminent,
            follow_ups: follow_ups(&draft.follow_ups, policy),
            note: Some(draft.note.trim()).filter(|note| !note.is_empty()).map(Untrusted::new),
            severity,
            seen: Some(front.seen),
            opened: Some(front.opened),
            presented_at: Some(front.presented_at),
            decided_at: Some(self.at.wall),
            active_ms: sight.active_ms,
            batch: None,
            reverses: None,
            reversed_by: None,
            automated: false,
            late_s: None,
        }
    }

    /// An item has left: a break that is due begins now, else the next item comes.
    pub(super) fn left(&mut self) {
        self.find = None;
        self.said_why = None;
        self.rest_after_decision();
    }

    pub(super) fn leaves_at(&self, policy: Option<&Policy>) -> Timestamp {
        let sealed = policy.is_some_and(|policy| policy.sealed);
        let hold = if sealed { self.settings.hold.max(SEALED_HOLD) } else { self.settings.hold };
        let hold = SignedDuration::try_from(hold).unwrap_or(SignedDuration::ZERO);
        self.at.wall.checked_add(hold).unwrap_or(self.at.wall)
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

pub(super) fn follow_ups(gathered: &[FollowUp], policy: Option<&Policy>) -> Vec<FollowUp> {
    let mut all = gathered.to_vec();
    for proposed in policy.map(|policy| policy.follow_ups.as_slice()).unwrap_or_default() {
        if !all.contains(proposed) {
            all.push(proposed.clone());
        }
    }
    all
}
