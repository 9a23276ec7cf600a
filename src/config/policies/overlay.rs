//! Laying one file's policies over others.

use super::raw::{PolicyFile, RawGround, RawPolicy};
use crate::config::sheet::Found;
use crate::moderation::Policy;
use crate::moderation::policy::{Ground, Policies};
use crate::wellbeing::Severity;
use std::collections::BTreeMap;

/// The policies of `below` with the file over them: in their order, new ones after them in the order of the file.
/// The file has been checked.
pub(super) fn lay_over(below: &Policies, file: PolicyFile, client: &str) -> Policies {
    let mut policies = below.policies.clone();
    for raw in file.policies {
        let at = policies.iter().position(|policy| policy.code == raw.code.value);
        if raw.enabled.as_ref().is_some_and(|enabled| !enabled.value) {
            if let Some(at) = at {
                policies.remove(at);
            }
            continue;
        }
        match at {
            Some(at) => over(&mut policies[at], raw),
            None => {
                let mut policy = Policy {
                    code: raw.code.value.clone(),
                    letter: char::default(),
                    title: BTreeMap::new(),
                    text: BTreeMap::new(),
                    severity: Severity::NONE,
                    grave: false,
                    sealed: false,
                    follow_ups: Vec::new(),
                    ground: None,
                    terms: BTreeMap::new(),
                };
                over(&mut policy, raw);
                policies.push(policy);
            }
        }
    }
    let version = if file.version.starts_with(&format!("{client} ")) {
        file.version
    } else {
        format!("{client} {}", file.version)
    };
    Policies { version, policies }
}

fn over(policy: &mut Policy, raw: RawPolicy) {
    if let Some(letter) = raw.letter {
        policy.letter = letter.value;
    }
    policy.title.extend(plain(raw.title));
    policy.text.extend(plain(raw.text));
    if let Some(severity) = raw.severity {
        policy.severity = severity.value;
    }
    if let Some(grave) = raw.grave {
        policy.grave = grave.value;
    }
    if let Some(sealed) = raw.sealed {
        policy.sealed = sealed.value;
    }
    if let Some(follow_ups) = raw.follow_ups {
        policy.follow_ups = follow_ups.value;
    }
    if let Some(ground) = raw.ground {
        policy.ground = ground_over(policy.ground.take(), ground);
    }
    // Terms are added to, never taken away: a client's list names what it has besides.
    for (language, terms) in raw.terms {
        let list = policy.terms.entry(language.value).or_default();
        for term in terms {
            if !list.contains(&term.value) {
                list.push(term.value);
            }
        }
    }
}

fn plain(texts: Vec<(Found<String>, Found<String>)>) -> impl Iterator<Item = (String, String)> {
    texts.into_iter().map(|(language, text)| (language.value, text.value.trim().to_owned()))
}

fn ground_over(below: Option<Ground>, raw: RawGround) -> Option<Ground> {
    let category = match (raw.category, &below) {
        (Some(category), _) => category.value,
        (None, Some(below)) => below.category.clone(),
        (None, None) => return below,
    };
    let kept = below.as_ref();
    Some(Ground {
        illegal: raw.illegal.map_or(kept.is_some_and(|ground| ground.illegal), |illegal| illegal.value),
        reference: raw.reference.map(|found| found.value).or_else(|| kept.and_then(|ground| ground.reference.clone())),
        keywords: raw.keywords.map_or_else(
            || kept.map(|ground| ground.keywords.clone()).unwrap_or_default(),
            |keywords| keywords.value.into_iter().map(|keyword| keyword.value).collect(),
        ),
        category,
    })
}
