//! Questions answered, notices written: what is between people, from the supervisor's side.

use super::{choose, question};
use crate::desk::FloorAsk;
use crate::moderation::doubt::{Advice, Answer};
use crate::moderation::{AskTo, Measure, Notice, Verdict};
use crate::text::Untrusted;
use crate::tui::keymap::Context;
use crate::tui::model::Mark;
use crate::tui::watch::model::{About, Draft, Entry, Model, Pane, Pick, Row, Whom};
use crate::tui::watch::msg::{Effect, Todo};
use uuid::Uuid;

/// People stand by name in the list of whom to write to as long as it can be read at a glance.
const BY_NAME: usize = 20;

/// Answers the question of the item that is open, or of the row: first what one would decide, then the words.
pub fn answer(model: &mut Model, _: &mut Todo) {
    let Some(doubt) = model.question_at().map(|doubt| doubt.id) else {
        (model.pane, model.opened, model.reading) = (Pane::Questions, None, None);
        let key = model.keys.key_of(Context::Watch, "watch.answer").unwrap_or_default().to_owned();
        return model.say(Mark::new("watch-to-questions").text("key", key));
    };
    let say = model.speaker();
    let none = Entry { letter: 'n', title: say.text("watch-advice-none"), code: String::new() };
    let letters = ['a', 'd', 'm', 'e'];
    let verdicts = Verdict::ALL.into_iter().zip(letters).map(|(verdict, letter)| Entry {
        letter,
        title: say.verdict(verdict),
        code: verdict.code().to_owned(),
    });
    let entries = std::iter::once(none).chain(verdicts).collect();
    choose::open(model, Pick::Advice(doubt), entries);
}

/// What one would decide was picked, or nothing.
pub fn advised(model: &mut Model, doubt: Uuid, code: &str) {
    let verdict = Verdict::ALL.into_iter().find(|verdict| verdict.code() == code);
    let advice = |verdict| Advice { verdict, measure: None, policy: None };
    match verdict {
        Some(Verdict::Delete) => policy(model, doubt, advice(Verdict::Delete)),
        Some(Verdict::Restrict) => {
            let entries = choose::measures(model);
            choose::open(model, Pick::AdviceMeasure(doubt), entries);
        }
        verdict => words(model, doubt, verdict.map(advice)),
    }
}

/// With which measure.
pub fn measured(model: &mut Model, doubt: Uuid, code: &str) {
    let measure = Measure::ALL.into_iter().find(|measure| measure.code() == code);
    policy(model, doubt, Advice { verdict: Verdict::Restrict, measure, policy: None });
}

fn policy(model: &mut Model, doubt: Uuid, advice: Advice) {
    let client = model.doubt(doubt).map(|doubt| doubt.client.clone()).unwrap_or_default();
    let entries = choose::policies(model, &client);
    choose::open(model, Pick::AdvicePolicy(doubt, advice), entries);
}

/// The line for the words of an answer, with what was typed before and not sent.
pub fn words(model: &mut Model, doubt: Uuid, advice: Option<Advice>) {
    let before = model.unsent.get(&Draft::Answer(doubt)).cloned().unwrap_or_default();
    question::ask(model, About::Answer(doubt, advice), before);
}

/// The answer as it is sent; nothing where it needs words.
pub fn answered(model: &mut Model, doubt: Uuid, advice: Option<Advice>, text: &str) -> Option<FloorAsk> {
    let call = model.doubt(doubt).is_some_and(|doubt| doubt.to == AskTo::Call);
    if text.is_empty() && advice.is_none() && !call {
        model.say("doubt-empty-answer");
        return None;
    }
    let id = model.ids.pop_front()?;
    model.unsent.remove(&Draft::Answer(doubt));
    Some(FloorAsk::Answer { doubt, answer: Answer { id, text: Untrusted::new(text), advice } })
}

/// Keeps the answered question as a precedent.
pub fn keep(model: &mut Model, todo: &mut Todo) {
    if let Some(doubt) = model.keepable().map(|doubt| doubt.id) {
        model.say("watch-sending");
        todo.push(Effect::Ask(FloorAsk::Keep(doubt)));
    }
}

/// Whom a notice is to: who stands under the cursor first.
pub fn notice(model: &mut Model, _: &mut Todo) {
    let mut whom: Vec<Whom> = Vec::new();
    let person = |name: &str| Whom::Person(name.to_owned());
    match model.row().filter(|_| model.reading.is_none()) {
        Some(Row::Person(name)) => whom.push(Whom::Person(name)),
        Some(Row::Lease(item)) => {
            whom.extend(model.now.leases.iter().find(|lease| lease.item == item).map(|lease| person(&lease.by)));
        }
        Some(Row::Doubt(id)) => whom.extend(model.doubt(id).map(|doubt| person(&doubt.by))),
        Some(Row::Queue(name) | Row::Trouble(_, name)) => {
            whom.extend(model.queue(&name).map(|queue| Whom::Client(queue.stats.client.clone())));
        }
        _ => {}
    }
    whom.push(Whom::All);
    let mut clients: Vec<String> = model.house.clients.keys().cloned().collect();
    clients.sort();
    whom.extend(clients.into_iter().map(Whom::Client));
    let few = model.now.people.len() <= BY_NAME;
    if few {
        whom.extend(model.now.people.iter().map(|one| person(&one.name)));
    }
    let mut listed: Vec<Whom> = Vec::new();
    for one in whom {
        if !listed.contains(&one) {
            listed.push(one);
        }
    }
    let mut letters = choose::LETTERS.chars();
    let mut entries: Vec<Entry> = listed
        .iter()
        .map(|whom| Entry { letter: letters.next().unwrap_or('\0'), title: addressed(model, whom), code: code(whom) })
        .collect();
    if !few {
        let letter = letters.next().unwrap_or('\0');
        entries.push(Entry { letter, title: model.speaker().text("watch-whom-name"), code: "?".to_owned() });
    }
    choose::open(model, Pick::Whom, entries);
}

/// Whom a notice is to, in words.
pub fn addressed(model: &Model, whom: &Whom) -> String {
    match whom {
        Whom::All => model.reader().addressed(None, None),
        Whom::Client(name) => model.reader().addressed(None, Some(name)),
        Whom::Person(name) => model.reader().addressed(Some(name), None),
    }
}

fn code(whom: &Whom) -> String {
    match whom {
        Whom::All => "*".to_owned(),
        Whom::Client(name) => format!("c{name}"),
        Whom::Person(name) => format!("p{name}"),
    }
}

/// Whom was picked: whether they must confirm it comes next.
pub fn picked(model: &mut Model, code: &str) {
    let whom = match (code.get(..1), code.get(1..)) {
        (Some("c"), Some(name)) => Whom::Client(name.to_owned()),
        (Some("p"), Some(name)) => Whom::Person(name.to_owned()),
        (Some("?"), _) => return question::ask(model, About::Whom, ""),
        _ => Whom::All,
    };
    confirm(model, whom);
}

/// Whether it must be confirmed.
pub fn confirm(model: &mut Model, whom: Whom) {
    let say = model.speaker();
    let entries = [('c', "watch-notice-confirm"), ('r', "watch-notice-quiet")];
    let entries = entries.map(|(letter, id)| Entry { letter, title: say.text(id), code: letter.to_string() });
    choose::open(model, Pick::Confirm(whom), entries.into());
}

/// The line for what it says.
pub fn write(model: &mut Model, whom: Whom, confirm: bool) {
    let before = model.unsent.get(&Draft::Notice(whom.clone())).cloned().unwrap_or_default();
    question::ask(model, About::Notice(whom, confirm), before);
}

/// The notice as it is sent; nothing where it needs words.
pub fn written(model: &mut Model, whom: &Whom, confirm: bool, text: &str) -> Option<FloorAsk> {
    if text.is_empty() {
        model.say("watch-needs-words");
        return None;
    }
    let id = model.ids.pop_front()?;
    model.unsent.remove(&Draft::Notice(whom.clone()));
    let (moderator, client) = match whom {
        Whom::All => (None, None),
        Whom::Client(name) => (None, Some(name.clone())),
        Whom::Person(name) => (Some(name.clone()), None),
    };
    Some(FloorAsk::Notify(Notice { id, moderator, client, text: Untrusted::new(text), confirm }))
}

/// Opens a notice over the panes.
pub fn read(model: &mut Model, notice: Uuid) {
    model.pane = Pane::Notices;
    model.reading = Some((notice, 0));
}
