//! Short ways of saying what the trade has: follow-ups, decisions, times.

use super::super::model::Model;
use crate::moderation::follow_up::Visibility;
use crate::moderation::{Decision, FollowUp, Measure, Verdict};
use crate::text::scrub;
use crate::tui::say::Say;

/// A follow-up in a few words.
pub fn follow_up(follow_up: &FollowUp, say: Say<'_>) -> String {
    match follow_up {
        FollowUp::Reply { visibility: Visibility::Public, .. } => say.text("followup-reply-public"),
        FollowUp::Reply { visibility: Visibility::Private, .. } => say.text("followup-reply-private"),
        FollowUp::Insight { topic, sort, .. } => {
            let sort = sort.as_deref().map(|sort| say.words.coded("insight", sort).into_owned());
            let inner: Vec<_> = [Some(scrub::log(topic)), sort].into_iter().flatten().collect();
            format!("{} ({})", say.text("followup-insight"), inner.join(", "))
        }
        FollowUp::Forward { department } => {
            say.with("followup-forward-to", &[("department", scrub::log(department).into())])
        }
        FollowUp::Like => say.text("followup-like"),
        FollowUp::Share => say.text("followup-share"),
        FollowUp::Sanction { measure, hours } => {
            let name = say.words.coded("sanction", measure).into_owned();
            match hours {
                Some(hours) => format!("{name} {}", say.with("sanction-hours", &[("n", (*hours).into())])),
                None => name,
            }
        }
        FollowUp::Label { value } => format!("{} {}", say.text("followup-label"), scrub::log(value)),
    }
}

/// What a decision says: the verdict as a thing done, its measure, its policy.
pub fn decided(verdict: Verdict, measure: Option<Measure>, policy: Option<&str>, say: Say<'_>) -> String {
    let done = match measure {
        Some(measure) => say.text(&format!("measure-{}.done", measure.code())),
        None => say.text(&format!("verdict-{}.done", verdict.code())),
    };
    match policy {
        Some(policy) => format!("{done} {}", scrub::log(policy)),
        None => done,
    }
}

/// A decision of this desk on an item of the client.
pub fn decision(model: &Model, client: &str, decision: &Decision) -> String {
    let policy = policy_short(model, client, decision.policy.as_deref());
    decided(decision.verdict, decision.measure, policy.as_deref(), model.speaker())
}

/// What a policy is called in passing: its number, where it has one, which the house knows by heart; else its title,
/// since a word for a code is in one language only.
pub fn policy_short(model: &Model, client: &str, code: Option<&str>) -> Option<String> {
    let code = code?;
    let numbered = code.contains(|c: char| c.is_ascii_digit());
    Some(if numbered { code.to_owned() } else { policy_title(model, client, code) })
}

/// The title of a policy by its code, in the reader's language.
pub fn policy_title(model: &Model, client: &str, code: &str) -> String {
    let policies = model.house.policies_of(client);
    policies.get(code).map_or_else(|| scrub::log(code), |policy| policy.title_in(model.words.lang().code()).to_owned())
}
