//! Lists with letters: the queue an item goes to, and the parts of a last word.

use super::{letters, question};
use crate::desk::FloorAsk;
use crate::desk::floor::Word;
use crate::moderation::floor::Step;
use crate::moderation::queue::SEALED;
use crate::moderation::{Measure, Verdict};
use crate::tui::keymap::Key;
use crate::tui::model::Mark;
use crate::tui::watch::model::{About, Entry, Layer, Model, Pick};
use crate::tui::watch::msg::{Effect, Todo};

/// Letters for lists that have none of their own.
pub const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789";

/// Which queue an item goes to: those of its client first.
pub fn queue(model: &mut Model, item: String) {
    let here = |name: &str| {
        let lease = model.now.leases.iter().find(|lease| lease.item == item).map(|lease| lease.queue.as_str());
        let opened = model.opened.as_ref().map(|opened| opened.kept.queue.as_str());
        opened.or(lease) == Some(name)
    };
    let names: Vec<String> = model
        .queues()
        .into_iter()
        .map(|queue| queue.stats.name.clone())
        .filter(|name| name != SEALED && !here(name))
        .collect();
    let entries = names.into_iter().zip(LETTERS.chars().map(Some).chain(std::iter::repeat(None)));
    let entries = entries.map(|(name, letter)| Entry {
        letter: letter.unwrap_or('\0'),
        title: model.house.queue_title(&name).to_owned(),
        code: name,
    });
    let entries = entries.collect();
    open(model, Pick::Queue(item), entries);
}

/// What the last word is.
pub fn verdict(model: &mut Model, word: Word) {
    let letters = ['a', 'd', 'm', 'e'];
    let entries = Verdict::ALL.into_iter().zip(letters).map(|(verdict, letter)| Entry {
        letter,
        title: model.speaker().verdict(verdict),
        code: verdict.code().to_owned(),
    });
    let entries = entries.collect();
    open(model, Pick::Verdict(Box::new(word)), entries);
}

/// What `restrict` can be.
pub fn measures(model: &Model) -> Vec<Entry> {
    let letters = ['h', 'r', 'c', 'a', 'd', 'l'];
    let entries = Measure::ALL.into_iter().zip(letters).map(|(measure, letter)| Entry {
        letter,
        title: model.words.coded("measure", measure.code()).into_owned(),
        code: measure.code().to_owned(),
    });
    entries.collect()
}

/// The policies of a client.
pub fn policies(model: &Model, client: &str) -> Vec<Entry> {
    let lang = model.words.lang().code();
    let policies = model.house.policies_of(client);
    let entries = policies.policies.iter().map(|policy| Entry {
        letter: policy.letter,
        title: policy.title_in(lang).to_owned(),
        code: policy.code.clone(),
    });
    entries.collect()
}

fn policy(model: &mut Model, word: Word) {
    let entries = policies(model, &word.client);
    open(model, Pick::Policy(Box::new(word)), entries);
}

/// Opens a list.
pub fn open(model: &mut Model, pick: Pick, entries: Vec<Entry>) {
    model.layers.push(Layer::Chooser { pick, entries, at: 0 });
}

/// A letter picks its entry; false where the key is none.
pub fn letter(model: &mut Model, key: Key, todo: &mut Todo) -> bool {
    let Some(Layer::Chooser { entries, .. }) = model.layers.last() else { return false };
    let Some(typed) = key.typed().filter(|c| c.is_alphanumeric()) else { return false };
    match entries.iter().position(|entry| entry.letter == typed) {
        Some(at) => take(model, at, todo),
        None => model.say(Mark::new("palette-none")),
    }
    true
}

/// Any other key on the list.
pub fn key(model: &mut Model, _: Key, name: Option<&'static str>, todo: &mut Todo) {
    let Some(Layer::Chooser { entries, at, .. }) = model.layers.last_mut() else { return };
    match name {
        Some("list.down") => *at = (*at + 1).min(entries.len().saturating_sub(1)),
        Some("list.up") => *at = at.saturating_sub(1),
        Some("list.choose") => {
            let at = *at;
            take(model, at, todo);
        }
        _ => {}
    }
}

fn take(model: &mut Model, at: usize, todo: &mut Todo) {
    let Some(Layer::Chooser { pick, entries, .. }) = model.layers.pop() else { return };
    let Some(code) = entries.into_iter().nth(at).map(|entry| entry.code) else { return };
    match pick {
        Pick::Queue(item) => {
            model.say("watch-sending");
            todo.push(Effect::Ask(FloorAsk::Step(item, Step::Move { to: code })));
        }
        Pick::Verdict(mut word) => {
            word.verdict = Verdict::ALL.into_iter().find(|verdict| verdict.code() == code).unwrap_or(Verdict::Approve);
            match word.verdict {
                Verdict::Delete => policy(model, *word),
                Verdict::Restrict => {
                    let entries = measures(model);
                    open(model, Pick::Measure(word), entries);
                }
                Verdict::Approve | Verdict::Escalate => question::ask(model, About::Reason(word), ""),
            }
        }
        Pick::Measure(mut word) => {
            word.measure = Measure::ALL.into_iter().find(|measure| measure.code() == code);
            policy(model, *word);
        }
        Pick::Policy(mut word) => {
            word.policy = Some(code);
            question::ask(model, About::Reason(word), "");
        }
        Pick::Advice(doubt) => letters::advised(model, doubt, &code),
        Pick::AdviceMeasure(doubt) => letters::measured(model, doubt, &code),
        Pick::AdvicePolicy(doubt, mut advice) => {
            advice.policy = Some(code);
            letters::words(model, doubt, Some(advice));
        }
        Pick::Whom => letters::picked(model, &code),
        Pick::Confirm(whom) => letters::write(model, whom, code == "c"),
    }
}
