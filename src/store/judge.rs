//! Whether a decision may stand at all, before anybody looks at leases and rounds: the same for every engine.

use crate::moderation::decision::Verdict;
use crate::moderation::item::MAX_TEXT;
use crate::moderation::policy::Policies;
use crate::moderation::{Client, Decision, FollowUp, Policy, Queue, queue};
use std::sync::Arc;

/// Finds the policies in force for a client; `None` where nobody knows any, and then any code is taken.
pub type PoliciesOf = Arc<dyn Fn(&Client) -> Option<Arc<Policies>> + Send + Sync>;

/// What [`follow_up::Sanction`](FollowUp::Sanction) may be.
pub const SANCTIONS: [&str; 4] = ["warn", "mute", "suspend", "ban"];
/// What an insight may be.
pub const INSIGHTS: [&str; 9] =
    ["idea", "complaint", "praise", "question", "trend", "competitor", "persona", "experience", "influencer"];

/// What the backend lets a moderator do with an item: verdict and follow-up codes.
pub const ACTIONS: [&str; 11] =
    ["approve", "delete", "restrict", "escalate", "reply", "insight", "forward", "like", "share", "sanction", "label"];

/// Checks a decision against the client's policies and the queue it was served from. The answer is the policy it
/// names; the error is for the moderator and ends in what to do.
pub fn check<'a>(
    decision: &Decision,
    policies: Option<&'a Policies>,
    from: &Queue,
    exists: impl Fn(&str) -> bool,
) -> Result<Option<&'a Policy>, String> {
    let verdict = decision.verdict;
    let needs_policy = matches!(verdict, Verdict::Delete | Verdict::Restrict);
    let policy = match (&decision.policy, policies) {
        (None, _) if needs_policy => {
            return Err(format!("{} needs a policy; choose one", verdict.code()));
        }
        (None, _) | (Some(_), None) => None,
        (Some(code), Some(policies)) => match policies.get(code) {
            Some(policy) => Some(policy),
            None => return Err(format!("there is no policy {code}; `moddesk policy show` lists them")),
        },
    };
    if policy.is_some_and(|policy| policy.sealed) && verdict == Verdict::Approve {
        return Err("an item under a sealed policy cannot be approved; approve it without that policy".into());
    }
    match (verdict, decision.measure) {
        (Verdict::Restrict, None) => return Err("restrict needs a measure; choose one".into()),
        (Verdict::Restrict, Some(_)) | (_, None) => {}
        (_, Some(_)) => return Err("a measure goes with restrict only; leave it out".into()),
    }
    if verdict != Verdict::Escalate && (decision.to.is_some() || decision.imminent.is_some()) {
        return Err("a queue to go to, or an alert, goes with escalate only; leave it out".into());
    }
    if let Some(to) = &decision.to {
        if to == queue::SEALED {
            return Err("nothing is escalated to the queue sealed; decide under a sealed policy instead".into());
        }
        if !exists(to) {
            return Err(format!("there is no queue {to}; `moddesk queue list` lists them"));
        }
    }
    if decision.note.as_ref().is_some_and(|note| note.len() > MAX_TEXT) {
        return Err("the note is over 1 MiB; shorten it".into());
    }
    for follow_up in &decision.follow_ups {
        check_follow_up(follow_up, from)?;
    }
    Ok(policy)
}

fn check_follow_up(follow_up: &FollowUp, from: &Queue) -> Result<(), String> {
    match follow_up {
        FollowUp::Reply { text, .. } if text.raw().trim().is_empty() => Err("the reply is empty; write it".into()),
        FollowUp::Reply { text, .. } if text.len() > MAX_TEXT => Err("the reply is over 1 MiB; shorten it".into()),
        FollowUp::Insight { topic, .. } if topic.trim().is_empty() => Err("an insight needs a topic; name it".into()),
        FollowUp::Insight { sort: Some(sort), .. } if !INSIGHTS.contains(&sort.as_str()) => {
            Err(format!("there is no kind of insight {sort}; choose one of {}", INSIGHTS.join(", ")))
        }
        FollowUp::Forward { department } if department.trim().is_empty() => {
            Err("forward needs a department; choose one".into())
        }
        FollowUp::Forward { department }
            if !from.departments.is_empty() && !from.departments.iter().any(|known| known == department) =>
        {
            Err(format!("there is no department {department}; choose one of {}", from.departments.join(", ")))
        }
        FollowUp::Sanction { measure, .. } if !SANCTIONS.contains(&measure.as_str()) => {
            Err(format!("there is no sanction {measure}; choose one of {}", SANCTIONS.join(", ")))
        }
        FollowUp::Label { value } if value.trim().is_empty() => Err("a label needs a value; name it".into()),
        _ => Ok(()),
    }
}

/// Where an escalated item goes: where the decision says, to `imminent` with an alert, else where its queue says.
pub fn escalates_to<'a>(decision: &'a Decision, from: &'a Queue) -> &'a str {
    if decision.imminent.is_some() {
        return queue::IMMINENT;
    }
    decision.to.as_deref().or(from.escalates_to.as_deref()).unwrap_or(queue::ESCALATED)
}

/// The decision without what is the moderator's own (exposure data), as it is kept and exported.
pub fn without_exposure(decision: &Decision) -> Decision {
    Decision { seen: None, opened: None, presented_at: None, active_ms: None, ..decision.clone() }
}

/// The decision without words that may quote the item, as it stays when the item is sealed or erased. Where content
/// only has had its time, the topics of insights stay (`topics`): they are the client's words and its figures.
pub fn without_words(decision: &Decision, topics: bool) -> Decision {
    let mut bare = without_exposure(decision);
    bare.note = None;
    bare.follow_ups.retain_mut(|follow_up| match follow_up {
        FollowUp::Reply { text, .. } => {
            *text = crate::text::Untrusted::default();
            true
        }
        FollowUp::Insight { topic, verbatim, .. } => {
            if !topics {
                topic.clear();
            }
            *verbatim = None;
            true
        }
        FollowUp::Label { .. } => false,
        _ => true,
    });
    bare
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moderation::decision::Measure;
    use crate::moderation::follow_up::Visibility;
    use crate::wellbeing::Severity;
    use serde_json::json;

    fn decision(extra: serde_json::Value) -> Decision {
        let mut value = json!({"id": "01930000-0000-7000-8000-000000000001", "item": "a", "verdict": "approve"});
        for (key, part) in extra.as_object().expect("an object") {
            value[key] = part.clone();
        }
        serde_json::from_value(value).expect("a decision")
    }

    fn policies() -> Policies {
        let policy = |code: &str, letter, sealed| Policy {
            code: code.into(),
            letter,
            title: Default::default(),
            text: Default::default(),
            severity: Severity::MILD,
            grave: sealed,
            sealed,
            follow_ups: Vec::new(),
            ground: None,
            terms: Default::default(),
        };
        Policies { version: "t 1".into(), policies: vec![policy("hate", 'h', false), policy("minors", 'm', true)] }
    }

    fn refused(extra: serde_json::Value) -> bool {
        let from = Queue::new("q", "default");
        check(&decision(extra), Some(&policies()), &from, |name| name == "threats").is_err()
    }

    #[test]
    fn what_a_verdict_needs_and_what_it_may_not_have() {
        assert!(!refused(json!({})));
        assert!(refused(json!({"verdict": "delete"})));
        assert!(refused(json!({"verdict": "delete", "policy": "nonsense"})));
        assert!(!refused(json!({"verdict": "delete", "policy": "hate"})));
        assert!(refused(json!({"verdict": "restrict", "policy": "hate"})));
        assert!(!refused(json!({"verdict": "restrict", "policy": "hate", "measure": "hide"})));
        assert!(refused(json!({"measure": "hide"})));
        assert!(refused(json!({"policy": "minors"})));
        assert!(refused(json!({"to": "threats"})));
        assert!(!refused(json!({"verdict": "escalate", "to": "threats"})));
        assert!(refused(json!({"verdict": "escalate", "to": "nowhere"})));
        assert!(refused(json!({"verdict": "escalate", "to": "sealed"})));
        assert!(refused(json!({"follow_ups": [{"kind": "sanction", "measure": "flog"}]})));
        assert!(refused(json!({"follow_ups": [{"kind": "reply", "text": " "}]})));
    }

    #[test]
    fn an_alert_goes_to_the_queue_imminent() {
        let from = Queue { escalates_to: Some("second".into()), ..Queue::new("q", "default") };
        let plain = decision(json!({"verdict": "escalate"}));
        assert_eq!(escalates_to(&plain, &from), "second");
        let alert = decision(json!({"verdict": "escalate", "imminent": {"kind": "suicide"}}));
        assert_eq!(escalates_to(&alert, &from), queue::IMMINENT);
    }

    #[test]
    fn nothing_that_quotes_the_item_stays_when_it_is_sealed() {
        let said = decision(json!({"verdict": "restrict", "measure": "hide", "note": "he writes 'x'", "seen": "full",
            "follow_ups": [{"kind": "reply", "text": "secret"}, {"kind": "insight", "topic": "secret",
            "verbatim": "secret"}, {"kind": "like"}]}));
        let bare = without_words(&said, false);
        assert!(!serde_json::to_string(&bare).expect("JSON").contains("secret"));
        let let_go = serde_json::to_string(&without_words(&said, true)).expect("JSON");
        assert_eq!(let_go.matches("secret").count(), 1, "the topic stays, the words do not");
        assert_eq!((bare.measure, bare.note, bare.seen), (Some(Measure::Hide), None, None));
        assert!(matches!(&bare.follow_ups[0], FollowUp::Reply { visibility: Visibility::Public, .. }));
    }
}
