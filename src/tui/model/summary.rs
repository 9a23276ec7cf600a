//! What stands in place of words at masking levels 3 and 4: what is known about the item, never invented, never
//! vivid.

use super::body::Maker;
use super::terms::Lexicon;
use crate::moderation::Served;
use crate::moderation::policy::Policies;
use crate::moderation::report::ReportBy;
use crate::text::scrub;
use crate::tui::say::Say;
use std::fmt::Write;

/// Words a slot.
const SLOT: usize = 12;

/// Writes the summary (3) or the metadata alone (4).
pub fn write(maker: &mut Maker<'_>, served: &Served, policies: &Policies, lexicon: &Lexicon, level: u8, say: Say<'_>) {
    let item = &served.item;
    if level == 3 {
        if let Some(author) = item.author.as_ref().and_then(|author| author.name.as_ref()) {
            maker.own(&label(say, "desk-sum-who"), &slot(scrub::line(author).as_str()));
        }
        if let Some(subject) = item.subject.as_ref().and_then(|subject| subject.title.as_ref()) {
            maker.own(&label(say, "desk-sum-under"), &slot(scrub::line(subject).as_str()));
        }
        let said = reasons(served);
        if !said.is_empty() {
            maker.own(&label(say, "desk-sum-said"), &said);
        }
        let (found, titles) = matched(served, policies, lexicon, say.lang());
        if found > 0 {
            maker.own(&label(say, "desk-sum-policy"), &slot(&titles));
            maker.own(&label(say, "desk-sum-terms"), &found.to_string());
        }
        let mut scores: Vec<_> = item.scores.iter().filter_map(|(name, value)| Some((name, value.as_f64()?))).collect();
        scores.sort_by(|a, b| b.1.total_cmp(&a.1));
        if let Some((name, score)) = scores.first() {
            maker.own(&label(say, "desk-sum-score"), &format!("{} {score:.2}", slot(&scrub::log(name))));
        }
    }
    maker.own(&label(say, "desk-sum-kind"), &kind(served, say));
    let words = item.text.as_ref().map_or(0, |text| text.raw().split_whitespace().count());
    maker.own(&label(say, "desk-sum-length"), &say.with("desk-words-count", &[("n", words.into())]));
    maker.own(&label(say, "desk-sum-severity"), &say.severity(served.severity));
}

fn label(say: Say<'_>, id: &'static str) -> String {
    let mut label = say.text(id);
    label.push_str("  ");
    label
}

fn slot(text: &str) -> String {
    text.split_whitespace().take(SLOT).collect::<Vec<_>>().join(" ")
}

fn kind(served: &Served, say: Say<'_>) -> String {
    let mut kind = say.kind(served.item.kind);
    for medium in &served.item.media {
        if let Some(mime) = &medium.mime {
            let _ = write!(kind, " · {}", scrub::log(mime));
        }
    }
    kind
}

/// The reporters' categories, the most frequent first.
pub fn reasons(served: &Served) -> String {
    let mut said: Vec<(String, usize)> = Vec::new();
    for report in &served.item.reports {
        let Some(reason) = &report.reason else { continue };
        let reason = slot(scrub::line(reason).fit(40).as_ref());
        match said.iter_mut().find(|(there, _)| *there == reason) {
            Some((_, times)) => *times += 1,
            None => said.push((reason, 1)),
        }
    }
    said.sort_by(|a, b| b.1.cmp(&a.1));
    said.truncate(4);
    said.into_iter().map(|(reason, times)| format!("{reason} {times}")).collect::<Vec<_>>().join(", ")
}

/// Whether anybody whose word counts in full has reported it.
pub fn trusted(served: &Served) -> bool {
    served.item.reports.iter().any(|report| matches!(report.by, ReportBy::TrustedFlagger | ReportBy::Order))
}

/// How many terms of which policies stand in its words.
fn matched(served: &Served, policies: &Policies, lexicon: &Lexicon, lang: &str) -> (usize, String) {
    let item = &served.item;
    let mut places = Vec::new();
    for text in [&item.title, &item.text].into_iter().flatten() {
        places.extend(lexicon.hits(&scrub::block(text)).iter().map(|hit| lexicon.policy(hit)));
    }
    let found = places.len();
    places.sort_unstable();
    places.dedup();
    let titles: Vec<_> = places.iter().filter_map(|at| Some(policies.policies.get(*at)?.title_in(lang))).collect();
    (found, titles.join(", "))
}
