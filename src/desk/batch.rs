//! What a verdict over a batch would do, as it is said before it is done.

use crate::moderation::{Group, Served};
use crate::text::scrub;
use crate::words::Words;
use std::collections::HashSet;

/// So many authors are named before a verdict.
const NAMED: usize = 3;

/// One row of a batch, as far as the question needs it.
#[derive(Clone, Copy, Debug)]
pub struct AskedRow<'a> {
    /// As it was served.
    pub served: &'a Served,
    /// Whether the verdict is about it.
    pub marked: bool,
    /// Whether it was ever there to be seen.
    pub shown: bool,
}

/// How many, whose, what is left out and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WillDo {
    /// Items that the verdict is about.
    pub marked: usize,
    /// Their authors, in words.
    pub whose: String,
    /// Messages and their numbers, none of them zero.
    pub besides: Vec<(&'static str, u64)>,
}

/// What a verdict over these rows does.
pub fn will_do(rows: &[AskedRow<'_>], group: &Group, words: &Words) -> WillDo {
    let marked: Vec<_> = rows.iter().filter(|row| row.marked).collect();
    let stays: Vec<_> = rows.iter().filter(|row| !row.marked).collect();
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let unreported = stays.iter().filter(|row| row.served.item.reports.is_empty()).count();
    let besides = [
        ("batch-unseen", count(marked.iter().filter(|row| !row.shown).count())),
        ("batch-stays", count(stays.len())),
        ("batch-stays-unreported", count(unreported)),
        ("batch-elsewhere", group.elsewhere),
        ("batch-left-out", group.left_out),
        ("batch-beyond", group.waiting.saturating_sub(count(rows.len()))),
    ];
    WillDo {
        marked: marked.len(),
        whose: whose(marked.iter().map(|row| row.served), words),
        besides: besides.into_iter().filter(|(_, n)| *n > 0).collect(),
    }
}

fn whose<'a>(marked: impl Iterator<Item = &'a Served>, words: &Words) -> String {
    let mut named = Vec::new();
    let mut met = HashSet::new();
    let mut more = 0usize;
    for author in marked.filter_map(|served| served.item.author.as_ref()) {
        let name = author.name.as_ref().map(|name| scrub::line(name).fit(24).into_owned());
        let name = name.or_else(|| author.id.as_deref().map(scrub::log));
        let Some(name) = name.filter(|name| met.insert(name.clone())) else { continue };
        if named.len() < NAMED { named.push(name) } else { more += 1 }
    }
    if named.is_empty() {
        named.push(words.say("desk-author-unknown").into_owned());
    }
    if more > 0 {
        named.push(words.say_with("batch-more-authors", &[("n", more.into())]));
    }
    named.join(", ")
}
