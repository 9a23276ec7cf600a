//! What is said in place of words at masking levels 3 and 4: what is known about the item, never invented.

use super::front::Front;
use crate::desk::known;
use crate::text::scrub;
use crate::wellbeing::summary::{Part, Slot};
use crate::wellbeing::{Masking, Summary};
use crate::words::Words;

/// The summary, a line a slot, or the metadata alone.
pub(super) fn lines(front: &Front, mask: Masking, words: &Words) -> Vec<String> {
    let known = known::of(&front.served, &front.policies, &front.lexicon, words.lang().code());
    if mask >= Masking::Metadata {
        return slot("masking-summary-act", &Summary::metadata(&known), words).into_iter().collect();
    }
    let summary = Summary::of(&known);
    let slots = [
        ("masking-summary-who", &summary.who),
        ("masking-summary-target", &summary.target),
        ("masking-summary-act", &summary.act),
        ("masking-summary-policy", &summary.policy),
        ("masking-summary-terms", &summary.terms),
    ];
    slots.into_iter().filter_map(|(id, parts)| slot(id, parts, words)).collect()
}

/// A slot of which nothing is known is not said.
fn slot(id: &str, slot: &Slot, words: &Words) -> Option<String> {
    if slot.is_unknown() {
        return None;
    }
    let parts: Vec<String> = slot.parts().iter().map(|part| word(part, words)).collect();
    let name = words.say(id).into_owned();
    Some(words.say_with("plain-named", &[("name", name.into()), ("text", parts.join(", ").into())]))
}

fn word(part: &Part, words: &Words) -> String {
    match part {
        Part::Name(name) => name.clone(),
        Part::Code(code) => {
            let known = ["kind", "desk-sum"].iter().map(|topic| format!("{topic}-{code}")).find(|id| words.has(id));
            known.map_or_else(|| scrub::log(code), |id| words.say(&id).into_owned())
        }
        Part::Count("times", n) => words.say_with("plain-times", &[("n", (*n).into())]),
        Part::Count(what, n) => {
            let id = format!("desk-sum-{what}");
            if words.has(&id) { words.say_with(&id, &[("n", (*n).into())]) } else { format!("{what} {n}") }
        }
    }
}
