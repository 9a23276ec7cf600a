//! What stands in place of words at masking levels 3 and 4: what is known about the item, never invented, never
//! vivid. What it may say is settled in [`crate::wellbeing::summary`]; here it gets its words.

use super::body::Maker;
use crate::desk::{Lexicon, known};
use crate::moderation::Served;
use crate::moderation::policy::Policies;
use crate::text::scrub;
use crate::tui::say::Say;
use crate::wellbeing::summary::{Part, Slot};
use crate::wellbeing::{Masking, Summary};

/// Writes the summary, or the metadata alone.
pub fn write(
    maker: &mut Maker<'_>,
    served: &Served,
    policies: &Policies,
    lexicon: &Lexicon,
    mask: Masking,
    say: Say<'_>,
) {
    let known = known::of(served, policies, lexicon, say.lang());
    if mask >= Masking::Metadata {
        return line(maker, "masking-summary-act", &Summary::metadata(&known), say);
    }
    let summary = Summary::of(&known);
    line(maker, "masking-summary-who", &summary.who, say);
    line(maker, "masking-summary-target", &summary.target, say);
    line(maker, "masking-summary-act", &summary.act, say);
    line(maker, "masking-summary-policy", &summary.policy, say);
    line(maker, "masking-summary-terms", &summary.terms, say);
}

fn line(maker: &mut Maker<'_>, id: &str, slot: &Slot, say: Say<'_>) {
    let parts: Vec<String> = slot.parts().iter().map(|part| word(part, say)).collect();
    let text = if slot.is_unknown() { "–".to_owned() } else { parts.join(" · ") };
    maker.own(&format!("{}  ", say.text(id)), &text);
}

fn word(part: &Part, say: Say<'_>) -> String {
    match part {
        Part::Name(name) => name.clone(),
        Part::Code(code) => {
            let known = ["kind", "desk-sum"].iter().map(|topic| format!("{topic}-{code}")).find(|id| say.words.has(id));
            known.map_or_else(|| scrub::log(code), |id| say.text(&id))
        }
        Part::Count(what, n) => {
            let id = format!("desk-sum-{what}");
            if say.words.has(&id) { say.with(&id, &[("n", (*n).into())]) } else { format!("{what} {n}") }
        }
    }
}
