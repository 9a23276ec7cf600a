//! What is known about an item and may be said where its words may not.

use super::Lexicon;
use crate::moderation::Served;
use crate::moderation::policy::Policies;
use crate::moderation::report::ReportBy;
use crate::text::scrub;
use crate::wellbeing::summary::Known;

/// Everything that may be said of it; the words of the policies are named in `lang`.
pub fn of(served: &Served, policies: &Policies, lexicon: &Lexicon, lang: &str) -> Known {
    let item = &served.item;
    let author = item.author.as_ref();
    let name = |text: &crate::text::Untrusted| scrub::line(text).fit(60).into_owned();
    let words = item.text.as_ref().map_or(0, |text| text.raw().split_whitespace().count());
    Known {
        author: author.and_then(|author| author.name.as_ref()).map(name),
        posts: author.and_then(|author| author.posts),
        removed: author.and_then(|author| author.removed),
        answers: item.context.last().and_then(|message| message.author.as_ref()).map(name),
        subject: item.subject.as_ref().and_then(|subject| subject.title.as_ref()).map(name),
        kind: Some(item.kind.code().to_owned()),
        channel: item.channel.as_ref().map(name),
        lang: item.lang.as_deref().map(scrub::log),
        online: item.online,
        reports: counted_reasons(served, policies, lang),
        policy: None,
        terms: matched(served, policies, lexicon, lang),
        words: words as u64,
        media: item.media.len() as u64,
        views: item.reach.and_then(|reach| reach.views),
    }
}

/// The reporters' categories, each with how often, the most frequent first; in the reader's language where a category
/// is called as a policy is.
pub fn counted_reasons(served: &Served, policies: &Policies, lang: &str) -> Vec<(String, u64)> {
    let mut said: Vec<(String, u64)> = Vec::new();
    for report in &served.item.reports {
        let Some(reason) = &report.reason else { continue };
        let reason = match policies.get(reason.raw()) {
            Some(policy) => policy.title_in(lang).to_owned(),
            None => scrub::line(reason).fit(40).into_owned(),
        };
        match said.iter_mut().find(|(there, _)| *there == reason) {
            Some((_, times)) => *times += 1,
            None => said.push((reason, 1)),
        }
    }
    said.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    said
}

/// The same in a line.
pub fn reasons(served: &Served, policies: &Policies, lang: &str) -> String {
    let said = counted_reasons(served, policies, lang);
    said.into_iter().take(4).map(|(reason, times)| format!("{reason} {times}")).collect::<Vec<_>>().join(", ")
}

/// Whether anybody whose word counts in full has reported it.
pub fn trusted(served: &Served) -> bool {
    served.item.reports.iter().any(|report| matches!(report.by, ReportBy::TrustedFlagger | ReportBy::Order))
}

/// The policies whose terms stand in its words, each with how often; never the terms.
fn matched(served: &Served, policies: &Policies, lexicon: &Lexicon, lang: &str) -> Vec<(String, u64)> {
    let item = &served.item;
    let mut found: Vec<(usize, u64)> = Vec::new();
    for text in [&item.title, &item.text].into_iter().flatten() {
        for hit in lexicon.hits(&scrub::block(text)) {
            let policy = lexicon.policy(&hit);
            match found.iter_mut().find(|(there, _)| *there == policy) {
                Some((_, times)) => *times += 1,
                None => found.push((policy, 1)),
            }
        }
    }
    let title = |(at, n): (usize, u64)| Some((policies.policies.get(at)?.title_in(lang).to_owned(), n));
    found.into_iter().filter_map(title).collect()
}
