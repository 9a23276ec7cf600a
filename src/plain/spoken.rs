//! Texts for the ear: a paragraph a line, masks in words, decisions and follow-ups in short.

use crate::desk::Lexicon;
use crate::moderation::follow_up::Visibility;
use crate::moderation::policy::Policies;
use crate::moderation::{Decision, FollowUp};
use crate::text::mark::{Hit, Mask, Shown};
use crate::text::{SafeText, scrub};
use crate::wellbeing::Masking;
use crate::words::Words;

/// How somebody's text is said.
#[derive(Clone, Copy)]
pub(super) struct Voice<'a> {
    pub mask: Masking,
    pub lexicon: &'a Lexicon,
    pub policies: &'a Policies,
    pub words: &'a Words,
}

/// A text as it is said.
#[derive(Default)]
pub(super) struct Said {
    /// A paragraph each, none empty.
    pub paragraphs: Vec<String>,
    /// Words that are covered.
    pub covered: usize,
    shown: Shown<'static>,
}

impl Said {
    /// The paragraphs in which something stands; what is covered is not found.
    pub fn found(&self, what: &str) -> (usize, Vec<String>) {
        let mut shown = self.shown.clone();
        let n = shown.look_for(what);
        let text = self.shown.text().as_str();
        let mut lines = Vec::new();
        let mut start = 0;
        for paragraph in text.split('\n') {
            let end = start + paragraph.len();
            if shown.found().iter().any(|range| range.start < end && start < range.end) {
                lines.push(paragraph.trim().to_owned());
            }
            start = end + 1;
        }
        (n, lines)
    }
}

impl Voice<'_> {
    /// Says a text. Above level 2 nothing of it is said.
    pub fn said(self, safe: SafeText<'_>) -> Said {
        let hits = self.lexicon.hits(&safe);
        let shown = match self.mask {
            Masking::Full => Shown::open(safe.into_owned(), &hits),
            Masking::Words => self.masked(&safe, &hits, Mask::Words),
            Masking::Sentences => self.masked(&safe, &hits, Mask::Sentences),
            Masking::Summary | Masking::Metadata => return Said::default(),
        };
        let paragraphs = shown.text().as_str().split('\n').map(str::trim).filter(|line| !line.is_empty());
        Said { paragraphs: paragraphs.map(str::to_owned).collect(), covered: shown.masked_words(), shown }
    }

    fn masked(self, safe: &SafeText<'_>, hits: &[Hit], mask: Mask) -> Shown<'static> {
        Shown::masked_in_words(safe, hits, mask, |under, words| {
            let lang = self.words.lang().code();
            let mut names: Vec<String> = Vec::new();
            for hit in under {
                let policy = self.policies.policies.get(self.lexicon.policy(hit));
                let name = policy.map(|policy| policy.title_in(lang).to_lowercase());
                names.extend(name.filter(|name| !names.contains(name)));
            }
            if names.is_empty() {
                return self.words.say_with("plain-masked", &[("n", words.into())]);
            }
            self.words.say_with("plain-masked-as", &[("what", names.join(", ").into()), ("n", words.into())])
        })
    }
}

/// A decision as a thing done: `deleted under hate`.
pub(super) fn decided(decision: &Decision, policy_title: &str, words: &Words) -> String {
    let done = match decision.measure {
        Some(measure) => words.say(&format!("measure-{}.done", measure.code())).into_owned(),
        None => words.say(&format!("verdict-{}.done", decision.verdict.code())).into_owned(),
    };
    if policy_title.is_empty() {
        return done;
    }
    words.say_with("plain-done-under", &[("what", done.into()), ("policy", policy_title.to_lowercase().into())])
}

/// A follow-up in a few words.
pub(super) fn follow_up(follow_up: &FollowUp, words: &Words) -> String {
    match follow_up {
        FollowUp::Reply { visibility: Visibility::Public, .. } => words.say("followup-reply-public").into_owned(),
        FollowUp::Reply { visibility: Visibility::Private, .. } => words.say("followup-reply-private").into_owned(),
        FollowUp::Insight { topic, sort, .. } => {
            let sort = sort.as_deref().map(|sort| words.coded("insight", sort).into_owned());
            let inner: Vec<_> = [Some(scrub::log(topic)), sort].into_iter().flatten().collect();
            format!("{} ({})", words.say("followup-insight"), inner.join(", "))
        }
        FollowUp::Forward { department } => {
            words.say_with("followup-forward-to", &[("department", scrub::log(department).into())])
        }
        FollowUp::Like => words.say("followup-like").into_owned(),
        FollowUp::Share => words.say("followup-share").into_owned(),
        FollowUp::Sanction { measure, hours } => {
            let name = words.coded("sanction", measure).into_owned();
            match hours {
                Some(hours) => format!("{name} {}", words.say_with("sanction-hours", &[("n", (*hours).into())])),
                None => name,
            }
        }
        FollowUp::Label { value } => format!("{} {}", words.say("followup-label"), scrub::log(value)),
    }
}
