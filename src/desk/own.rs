//! The moderator's own page: what binds them now with the computation behind every number, their breaks, what others
//! overturned, and what they do not take. For both faces, as lines.

use super::Care;
use crate::moderation::mine::Mine;
use crate::text::{Untrusted, scrub};
use crate::wellbeing::explain::Figure;
use crate::wellbeing::{Moment, Record};
use crate::words::Words;
use jiff::tz::TimeZone;

/// A line of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// What comes next.
    Heading(String),
    /// A name and what stands behind it.
    Pair(String, String),
    /// A sentence.
    Text(String),
}

/// The first half: every number that binds now, and what items cost.
pub fn figures(words: &Words, now: &Moment, care: &Care) -> Vec<Line> {
    let say = |id: &str| words.say(id).into_owned();
    let mut lines = vec![Line::Text(say("mine-own")), Line::Heading(say("mine-now"))];
    for figure in care.explain(now) {
        lines.extend(figure_lines(words, &figure));
    }
    lines.push(Line::Heading(say("mine-costs")));
    lines.push(Line::Text(say("mine-how-item")));
    for (level, costs) in care.table() {
        let name = words.coded("severity", &level.level().to_string()).into_owned();
        let mut parts = Vec::new();
        for (code, cost) in ["text", "image", "audio", "video", "live"].into_iter().zip(costs) {
            parts.push(format!("{} {}", words.coded("mine", code), words.decimal(cost)));
        }
        lines.push(Line::Pair(format!("{level} {name}"), parts.join(" · ")));
    }
    lines
}

/// The second half, as the queue tells it: breaks, what others overturned, what is not taken.
pub fn kept(words: &Words, zone: &TimeZone, now: &Moment, mine: &Mine) -> Vec<Line> {
    let say = |id: &str| words.say(id).into_owned();
    let mut lines = vec![Line::Heading(say("mine-breaks"))];
    let mut any = false;
    for record in mine.breaks.iter().filter_map(|kept| serde_json::from_value::<Record>(kept.clone()).ok()) {
        any = true;
        let from = words.moment(record.started, now.wall, zone);
        let to = words.clock(record.ended, zone);
        let rule = words.coded("mine", &format!("rule-{}", record.rule.code())).into_owned();
        let asked = words.say_with("mine-asked", &[("minutes", words.decimal(record.required_s as f64 / 60.0).into())]);
        let asked = if record.is_voluntary() { String::new() } else { format!(" · {asked}") };
        lines.push(Line::Pair(format!("{from}–{to}"), format!("{rule}{asked}")));
    }
    if !any {
        lines.push(Line::Text(say("mine-no-breaks")));
    }
    lines.push(Line::Heading(say("mine-overturned")));
    for one in &mine.overturned {
        let verdict = words.coded("verdict", one.verdict.code());
        let what = one.policy.as_deref().map_or_else(
            || verdict.to_string(),
            |policy| format!("{verdict} {}", scrub::line(&Untrusted::new(policy)).as_str()),
        );
        let by = scrub::log(&one.by);
        let at = words.moment(one.at, now.wall, zone);
        let undone = words.say_with("mine-undone", &[("what", what.into()), ("by", by.into()), ("at", at.into())]);
        let reason = one.reason.as_deref().map(|reason| scrub::line(&Untrusted::new(reason)).as_str().to_owned());
        let reason = reason.filter(|reason| !reason.is_empty()).unwrap_or_else(|| say("mine-no-reason"));
        lines.push(Line::Pair(scrub::log(&one.item), format!("{undone} {reason}")));
    }
    if mine.overturned.is_empty() {
        lines.push(Line::Text(say("mine-none-overturned")));
    }
    lines.push(Line::Heading(say("mine-topics")));
    let topics: Vec<String> = mine.topics.iter().map(|topic| scrub::log(topic)).collect();
    lines.push(Line::Text(match topics.is_empty() {
        true => say("mine-all-topics"),
        false => words.say_with("mine-not-served", &[("topics", topics.join(", ").into())]),
    }));
    lines.push(Line::Text(say("mine-export")));
    lines
}

/// A number, and below it how it comes about.
fn figure_lines(words: &Words, figure: &Figure) -> [Line; 2] {
    let counted = figure.limit.unwrap_or(figure.result);
    let unit = words.say_with(&format!("mine-unit-{}", figure.unit), &[("n", counted.into())]);
    let limit = figure.limit.map(|limit| format!(" / {}", words.decimal(limit))).unwrap_or_default();
    let result = format!("{}{limit} {unit}", words.decimal(figure.result));
    let how = words.coded("mine", &format!("how-{}", figure.id)).into_owned();
    let parts: Vec<String> =
        figure.parts.iter().map(|(name, value)| format!("{name} = {}", words.decimal(*value))).collect();
    let parts = if parts.is_empty() { String::new() } else { format!("({})", parts.join(", ")) };
    let how: Vec<String> =
        [how, figure.formula_in_signs().to_owned(), parts].into_iter().filter(|part| !part.is_empty()).collect();
    [Line::Pair(words.coded("mine", figure.id).into_owned(), result), Line::Pair(String::new(), how.join(" "))]
}

/// The topics that may be opted out of: the policies of the clients worked for, by code, with their letter and title.
pub fn topics(house: &super::House, lang: &str) -> Vec<(char, String, String)> {
    let mut topics: Vec<(char, String, String)> = Vec::new();
    let mut clients: Vec<_> = house.policies.iter().collect();
    clients.sort_by_key(|(name, _)| *name);
    for policy in clients.into_iter().flat_map(|(_, policies)| &policies.policies) {
        if !topics.iter().any(|(_, code, _)| *code == policy.code) {
            topics.push((policy.letter, policy.code.clone(), policy.title_in(lang).to_owned()));
        }
    }
    topics
}

/// The list with this topic taken out or in.
pub fn toggled(mine: &Mine, topic: &str) -> Vec<String> {
    let mut topics = mine.topics.clone();
    match topics.iter().position(|known| known.eq_ignore_ascii_case(topic)) {
        Some(at) => {
            topics.remove(at);
        }
        None => topics.push(topic.to_lowercase()),
    }
    topics
}
