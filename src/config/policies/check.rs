//! What is wrong with a client's file once it lies over the built-in policies.

use super::raw::{PolicyFile, RawPolicy};
use crate::config::mistake::{Mistake, place};
use crate::moderation::policy::Policies;
use std::collections::BTreeMap;

/// The mistakes that only show against the policies below: letters, codes, what a new policy lacks, and what would
/// weaken a seal.
pub(super) fn against(file: &PolicyFile, below: &Policies, text: &str) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut note = |byte: usize, message: String| {
        let (line, column) = place(text, byte);
        mistakes.push(Mistake { line, column, message });
    };
    let mut letters: BTreeMap<char, (String, Option<usize>)> =
        below.policies.iter().map(|policy| (policy.letter, (policy.code.clone(), None))).collect();

    for policy in &file.policies {
        let code = &policy.code.value;
        match below.get(code) {
            Some(built_in) => {
                if let Some(letter) = policy.letter.as_ref().filter(|letter| letter.value != built_in.letter) {
                    let message = format!(
                        "the letter of {code} is '{}' for every client, since fingers learn it once: take this line out",
                        built_in.letter
                    );
                    note(letter.byte, message);
                }
                if let Some(severity) = policy.severity.as_ref().filter(|severity| severity.value < built_in.severity) {
                    let message = format!(
                        "the severity of {code} is at least {}: a client's file can raise it, not lower it",
                        built_in.severity
                    );
                    note(severity.byte, message);
                }
                if built_in.sealed {
                    weakened_seal(policy, &mut note);
                }
                if policy.sealed.as_ref().is_some_and(|sealed| sealed.value)
                    && !built_in.grave
                    && policy.grave.is_none()
                {
                    note(policy.code.byte, ungrave(code));
                }
                if let Some(ground) = &policy.ground
                    && ground.category.is_none()
                    && built_in.ground.is_none()
                {
                    note(ground.byte, lacks_category(code));
                }
            }
            None => {
                for missing in lacking(policy) {
                    note(policy.code.byte, missing);
                }
                if let Some(letter) = &policy.letter {
                    match letters.get(&letter.value) {
                        Some((other, line)) => {
                            let place =
                                line.map_or("built in".to_owned(), |byte| format!("line {}", place(text, byte).0));
                            let free: String =
                                ('a'..='z').chain('0'..='9').filter(|free| !letters.contains_key(free)).collect();
                            let message = format!(
                                "letter '{}' belongs to {other} ({place}) and stays its own; free are {free}",
                                letter.value
                            );
                            note(letter.byte, message);
                        }
                        None => {
                            letters.insert(letter.value, (code.clone(), Some(letter.byte)));
                        }
                    }
                }
            }
        }
    }
    mistakes
}

/// What a policy that is not built in must say itself.
fn lacking(policy: &RawPolicy) -> Vec<String> {
    let code = &policy.code.value;
    let mut lacking = Vec::new();
    if policy.enabled.as_ref().is_some_and(|enabled| !enabled.value) {
        lacking.push(format!("there is no built-in policy {code} to take off: take these lines out"));
        return lacking;
    }
    if policy.letter.is_none() {
        lacking.push(format!("policy {code} has no usable letter: write letter = \"…\", the key that chooses it"));
    }
    if policy.title.is_empty() {
        lacking.push(format!("policy {code} has no title: write title = {{ en = \"…\", fr = \"…\" }}"));
    }
    if policy.text.is_empty() {
        lacking.push(format!("policy {code} has no text: write what it forbids and what it does not, text.en = \"…\""));
    }
    if policy.severity.is_none() {
        lacking.push(format!("policy {code} has no usable severity: write severity = 0 to 4, the least that counts"));
    }
    if policy.sealed.as_ref().is_some_and(|sealed| sealed.value) && policy.grave.is_none() {
        lacking.push(ungrave(code));
    }
    if policy.ground.as_ref().is_some_and(|ground| ground.category.is_none()) {
        lacking.push(lacks_category(code));
    }
    lacking
}

/// A file may make the built-in seal stricter, never weaker: who looks is protected by it, and so is the child.
fn weakened_seal(policy: &RawPolicy, note: &mut impl FnMut(usize, String)) {
    let code = &policy.code.value;
    for (key, value) in [("sealed", &policy.sealed), ("grave", &policy.grave), ("enabled", &policy.enabled)] {
        if let Some(off) = value.as_ref().filter(|value| !value.value) {
            note(
                off.byte,
                format!("policy {code} seals what it is used on, and that cannot be switched off: take {key} out"),
            );
        }
    }
}

fn ungrave(code: &str) -> String {
    format!("policy {code} is sealed without being grave: write grave = true too")
}

fn lacks_category(code: &str) -> String {
    format!("the ground of {code} has no category: write category = \"STATEMENT_CATEGORY_…\"")
}
