//! A verdict on its way: what it says, what goes with it, when it leaves the desk.

use super::Draft;
use crate::moderation::decision::Imminent;
use crate::moderation::policy::{Policies, Policy};
use crate::moderation::{Decision, FollowUp, Measure, Served, Sight, Verdict};
use crate::text::Untrusted;
use crate::wellbeing::Severity;
use crate::words::Words;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use uuid::Uuid;

/// A decision under a sealing policy can be taken back for at least so long.
const SEALED_HOLD: Duration = Duration::from_secs(10);

/// What a verdict says.
#[derive(Clone, Debug, PartialEq)]
pub struct Says {
    /// What ends the item.
    pub verdict: Verdict,
    /// With `restrict`.
    pub measure: Option<Measure>,
    /// With `delete` and `restrict`.
    pub policy: Option<String>,
    /// With `escalate`.
    pub to: Option<String>,
}

impl Says {
    /// A verdict that needs nothing more.
    pub fn only(verdict: Verdict) -> Self {
        Self { verdict, measure: None, policy: None, to: None }
    }

    /// Deleted under a policy, or restricted where there is a measure.
    pub fn under(measure: Option<Measure>, policy: String) -> Self {
        let verdict = if measure.is_some() { Verdict::Restrict } else { Verdict::Delete };
        Self { verdict, measure, policy: Some(policy), to: None }
    }

    /// To the queue of imminent harm, as evidence.
    pub fn to_imminent() -> Self {
        Self { to: Some(crate::moderation::queue::IMMINENT.to_owned()), ..Self::only(Verdict::Escalate) }
    }

    /// What it does, in words: the measure, or else the verdict.
    pub fn what(&self, words: &Words) -> String {
        match self.measure {
            Some(measure) => words.coded("measure", measure.code()).into_owned(),
            None => words.coded("verdict", self.verdict.code()).into_owned(),
        }
    }

    /// The same with the policy that it names.
    pub fn what_under(&self, policy: Option<&Policy>, words: &Words) -> String {
        match policy {
            Some(policy) => format!("{} ({})", self.what(words), policy.title_in(words.lang().code())),
            None => self.what(words),
        }
    }

    /// The policy that it names, as it was when the item came.
    pub fn policy_in<'a>(&self, policies: &'a Policies) -> Option<&'a Policy> {
        policies.get(self.policy.as_deref()?)
    }

    /// The decision, with everything that was gathered on the item.
    pub fn decision(&self, on: Judged<'_>) -> Decision {
        let Judged { id, served, policies, sight, draft, moderator, at, batch } = on;
        let policy = policies.and_then(|policies| self.policy_in(policies));
        // A batch carries no alert: that was raised on one item.
        let alert = draft.alert.filter(|_| self.verdict == Verdict::Escalate && batch.is_none());
        Decision {
            id,
            item: sight.item,
            revision: sight.revision,
            round: Some(served.round),
            queue: Some(served.queue.clone()),
            moderator: Some(moderator.to_owned()),
            verdict: self.verdict,
            measure: self.measure,
            policy: self.policy.clone(),
            policy_version: policies.map(|policies| policies.version.clone()).filter(|version| !version.is_empty()),
            to: self.to.clone(),
            imminent: alert.map(|(kind, plan, time, place)| Imminent { kind, plan, time, place }),
            follow_ups: follow_ups(&draft.follow_ups, policy),
            note: Some(draft.note.trim()).filter(|note| !note.is_empty()).map(Untrusted::new),
            severity: draft.grade.max(raised_to(policy, served)),
            seen: Some(sight.seen),
            opened: sight.opened,
            presented_at: sight.presented_at,
            decided_at: Some(at),
            active_ms: sight.active_ms,
            batch,
            reverses: None,
            reversed_by: None,
            automated: false,
            late_s: None,
        }
    }
}

/// What a verdict is about, and by whom.
#[derive(Clone, Debug)]
pub struct Judged<'a> {
    /// The decision's own.
    pub id: Uuid,
    /// The item.
    pub served: &'a Served,
    /// In force when it came; the decision records their version.
    pub policies: Option<&'a Policies>,
    /// What was seen of it.
    pub sight: Sight,
    /// What was gathered on it.
    pub draft: &'a Draft,
    /// Who decides.
    pub moderator: &'a str,
    /// When.
    pub at: Timestamp,
    /// Shared by all decisions of a batch.
    pub batch: Option<Uuid>,
}

/// The level of a policy, where that is more than the item had.
pub fn raised_to(policy: Option<&Policy>, served: &Served) -> Option<Severity> {
    policy.map(|policy| policy.severity).filter(|level| *level > served.severity)
}

/// What was gathered, and what the policy proposes besides.
fn follow_ups(gathered: &[FollowUp], policy: Option<&Policy>) -> Vec<FollowUp> {
    let mut all = gathered.to_vec();
    for proposed in policy.map(|policy| policy.follow_ups.as_slice()).unwrap_or_default() {
        if !all.contains(proposed) {
            all.push(proposed.clone());
        }
    }
    all
}

/// When a decision that is made now leaves the desk.
pub fn leaves_at(hold: Duration, policy: Option<&Policy>, now: Timestamp) -> Timestamp {
    let sealed = policy.is_some_and(|policy| policy.sealed);
    let hold = if sealed { hold.max(SEALED_HOLD) } else { hold };
    let hold = SignedDuration::try_from(hold).unwrap_or(SignedDuration::ZERO);
    now.checked_add(hold).unwrap_or(now)
}
