//! Insights: the kind by a letter, the topic by a few, the author's own words by keys. Nothing of it implies a verdict.

use super::{Todo, draft};
use crate::desk::insight::{LONGEST_TOPIC, Quotable, may_name, named, topics as offered};
use crate::moderation::{Client, FollowUp};
use crate::text::Untrusted;
use crate::text::fold::fold;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Code, Context, Key};
use crate::tui::model::{Cover, Layer, Mark, Model, Quote, Topics};
use crate::wellbeing::Masking;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// A line of the topics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// One that is known.
    Known(String),
    /// What was typed, which is none of them.
    New(String),
}

/// The kind is chosen: about what?
pub fn topics(model: &mut Model, sort: &'static str) {
    model.layers.push(Layer::Topics(Topics { sort, text: String::new(), at: 0 }));
}

fn client(model: &Model) -> Option<&Client> {
    let shown = model.current.as_ref()?;
    model.house.clients.get(&shown.served.client).map(AsRef::as_ref)
}

/// The topics that fit what was typed, those used lately first; last what was typed itself, where it may be one.
pub fn lines(model: &Model, topics: &Topics) -> Vec<Line> {
    let name = model.current.as_ref().map(|shown| shown.served.client.as_str()).unwrap_or_default();
    let known = offered(client(model), name, topics.sort, &model.recent);
    let typed = named(&topics.text);
    let Some(typed) = typed else { return known.into_iter().map(Line::Known).collect() };
    let same = known.iter().any(|topic| fold(topic) == fold(&typed));
    let pattern = Pattern::parse(&typed, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut scored: Vec<(u32, String)> = known
        .into_iter()
        .filter_map(|topic| {
            let score = pattern.score(Utf32Str::new(&topic, &mut Vec::new()), &mut matcher)?;
            Some((score, topic))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let mut lines: Vec<Line> = scored.into_iter().map(|(_, topic)| Line::Known(topic)).collect();
    if !same && may_name(client(model)) {
        lines.push(Line::New(typed));
    }
    lines
}

/// A key on the topics.
pub fn topic_key(model: &mut Model, pressed: Key, name: Option<&'static str>, todo: &mut Todo) {
    let Some(Layer::Topics(topics)) = model.layers.last().cloned() else { return };
    let found = lines(model, &topics);
    let Some(Layer::Topics(open)) = model.layers.last_mut() else { return };
    match (name, pressed.code, pressed.typed()) {
        (Some("list.down"), ..) => open.at = (open.at + 1).min(found.len().saturating_sub(1)),
        (Some("list.up"), ..) => open.at = open.at.saturating_sub(1),
        (Some("list.choose"), ..) => match found.get(topics.at) {
            Some(Line::Known(topic) | Line::New(topic)) => about(model, topics.sort, topic.clone(), todo),
            None => refuse(model),
        },
        (Some("text.erase_line" | "text.erase_word"), ..) => (open.text, open.at) = (String::new(), 0),
        (_, Code::Backspace, _) => {
            open.text.pop();
            open.at = 0;
        }
        (_, _, Some(c)) if open.text.chars().count() < LONGEST_TOPIC => {
            open.text.push(c);
            open.at = 0;
        }
        _ => {}
    }
}

fn refuse(model: &mut Model) {
    let mark = match client(model) {
        Some(client) if !may_name(Some(client)) => Mark::new("insight-closed").text("topics", client.topics.join("; ")),
        _ => Mark::new("insight-none-open"),
    };
    model.say(mark);
}

/// The topic is chosen: in whose words? Covered ones are not brought up by that.
fn about(model: &mut Model, sort: &'static str, topic: String, todo: &mut Todo) {
    model.layers.pop();
    let Some(shown) = &model.current else { return };
    let open = shown.mask == Masking::Full || matches!(shown.cover, Cover::Open(_));
    let words = Quotable::of(&shown.served.item);
    if !open {
        let key = model.keys.key_of(Context::Desk, "item.open").unwrap_or_default().to_owned();
        gather(model, sort, topic, None, todo);
        return model.say(Mark::new("insight-covered").text("key", key));
    }
    if words.is_empty() {
        return gather(model, sort, topic, None, todo);
    }
    let picked = words.first();
    let at = *picked.start();
    model.layers.push(Layer::Quote(Quote { sort, topic, words, at, anchor: None, picked }));
}

/// A key while words are picked.
pub fn quote_key(model: &mut Model, pressed: Key, name: Option<&'static str>, todo: &mut Todo) {
    let columns = crate::tui::view::quote_columns(model);
    let Some(Layer::Quote(quote)) = model.layers.last_mut() else { return };
    match (name, pressed.code, pressed.typed()) {
        (Some("list.choose"), ..) => {
            let words = quote.words.quote(&quote.picked);
            close(model, words, todo)
        }
        (_, Code::Backspace, _) => close(model, None, todo),
        (Some("list.down"), ..) => step(quote, crate::tui::view::quote_line(quote, columns, 1)),
        (Some("list.up"), ..) => step(quote, crate::tui::view::quote_line(quote, columns, -1)),
        (_, Code::Left, _) => step(quote, quote.at.saturating_sub(1)),
        (_, Code::Right, _) => step(quote, quote.at + 1),
        (_, Code::Home, _) => step(quote, 0),
        (_, Code::End, _) => step(quote, usize::MAX),
        (_, _, Some(' ')) => {
            quote.anchor = if quote.anchor.is_some() { None } else { Some(quote.at) };
            if quote.anchor.is_some() {
                quote.picked = quote.at..=quote.at;
            }
        }
        (_, _, Some('s')) => {
            quote.anchor = None;
            quote.picked = quote.words.sentence(quote.at);
        }
        (_, _, Some('w')) => {
            quote.anchor = None;
            quote.picked = 0..=quote.words.len().saturating_sub(1);
        }
        _ => model.say(Mark::new("desk-no-letter").text("letter", pressed.to_string())),
    }
}

/// To a word: with a beginning set, everything from there is picked; else what was picked stays until one is.
fn step(quote: &mut Quote, to: usize) {
    quote.at = to.min(quote.words.len().saturating_sub(1));
    if let Some(anchor) = quote.anchor {
        quote.picked = anchor.min(quote.at)..=anchor.max(quote.at);
    }
}

fn close(model: &mut Model, words: Option<Untrusted>, todo: &mut Todo) {
    let Some(Layer::Quote(quote)) = model.layers.pop() else { return };
    gather(model, quote.sort, quote.topic, words, todo);
}

fn gather(model: &mut Model, sort: &'static str, topic: String, verbatim: Option<Untrusted>, todo: &mut Todo) {
    let Some(shown) = &mut model.current else { return };
    let said = if verbatim.is_some() { "insight-kept-words" } else { "insight-kept" };
    model.recent.used_topic(&shown.served.client, sort, &topic);
    todo.push(Effect::Remember(model.recent.clone()));
    // The same topic and kind again is the same insight in other words.
    shown.draft.follow_ups.retain(|there| {
        !matches!(there, FollowUp::Insight { topic: same, sort: of, .. } if *same == topic && of.as_deref() == Some(sort))
    });
    shown.draft.follow_ups.push(FollowUp::Insight { topic, sort: Some(sort.to_owned()), verbatim });
    model.say(said);
    draft::keep(model, todo);
}
