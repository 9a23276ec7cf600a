//! Choosers: a letter picks, `/` filters.

use super::decide;
use super::{Todo, alert, draft, insight, messages, reply, write};
use crate::desk::Says;
use crate::desk::letters;
use crate::moderation::{FollowUp, Measure, Verdict};
use crate::tui::keymap::{Code, Key};
use crate::tui::model::{Choice, Chooser, Layer, Mark, Matter, Model, Picked, Question, WritingKind};
use crate::wellbeing::Severity;

/// Opens a chooser over the item.
pub fn open(model: &mut Model, chooser: Chooser) {
    model.layers.push(Layer::Chooser(chooser));
}

/// Whether a key is the letter of a choice in an open chooser that is not being filtered.
pub fn is_letter(model: &Model, key: Key) -> bool {
    let over = model.curtain.is_some() || model.too_small();
    match (model.layers.last(), key.typed()) {
        (Some(Layer::Chooser(chooser)), Some(c)) if !over && chooser.filter.is_none() => {
            chooser.choices.iter().any(|choice| choice.letter == c)
        }
        _ => false,
    }
}

/// Picks by letter.
pub fn letter(model: &mut Model, key: Key, todo: &mut Todo) {
    let Some(Layer::Chooser(chooser)) = model.layers.last() else { return };
    if let Some(choice) = chooser.choices.iter().find(|choice| key.typed() == Some(choice.letter)).cloned() {
        pick(model, choice, key, todo);
    }
}

/// Any other key on a chooser.
pub fn key(model: &mut Model, key: Key, command: Option<&'static str>, todo: &mut Todo) {
    let Some(Layer::Chooser(chooser)) = model.layers.last_mut() else { return };
    let filtering = chooser.filter.is_some();
    let lines = chooser.shown().len();
    match command {
        Some("list.down" | "list.up") if !chooser.marks() => chooser.pointed = true,
        Some("list.down") => chooser.at = (chooser.at + 1).min(lines.saturating_sub(1)),
        Some("list.up") => chooser.at = chooser.at.saturating_sub(1),
        Some("list.filter") if !filtering => chooser.filter = Some(String::new()),
        Some("list.choose") if !chooser.marks() => model.say("desk-chooser-enter"),
        Some("list.choose") => {
            let picked = chooser.shown().get(chooser.at).map(|choice| (*choice).clone());
            let free = chooser.free.zip(chooser.filter.clone()).filter(|(_, text)| !text.trim().is_empty());
            let typed = free.map(|(make, text)| free_choice(make(text.trim().to_owned())));
            match picked.filter(|_| filtering || chooser.free.is_none()).or(typed) {
                Some(choice) => pick(model, choice, key, todo),
                None => model.say("palette-none"),
            }
        }
        _ if filtering => filter(chooser, key),
        _ => {
            let letter = key.to_string();
            model.say(Mark::new("desk-no-letter").text("letter", letter));
        }
    }
}

fn filter(chooser: &mut Chooser, key: Key) {
    let Some(filter) = &mut chooser.filter else { return };
    match (key.code, key.typed()) {
        (Code::Backspace, _) => {
            filter.pop();
        }
        (_, Some(c)) => filter.push(c),
        _ => return,
    }
    chooser.at = 0;
}

fn free_choice(picked: Picked) -> Choice {
    Choice { letter: '\0', title: String::new(), note: String::new(), picked }
}

fn pick(model: &mut Model, choice: Choice, key: Key, todo: &mut Todo) {
    let measure = match model.layers.last() {
        Some(Layer::Chooser(chooser)) => chooser.measure,
        _ => None,
    };
    match choice.picked {
        Picked::Policy(code) if model.batch.is_some() => return super::batch::policy(model, measure, code, key),
        Picked::Escalate(queue) if model.batch.is_some() => {
            let says = Says { to: Some(queue), ..Says::only(Verdict::Escalate) };
            return super::batch::ask(model, says, Some(key));
        }
        Picked::Policy(code) => return policy(model, measure, code, key, todo),
        Picked::Escalate(queue) => {
            let says = Says { to: Some(queue), ..Says::only(Verdict::Escalate) };
            return decide::guarded(model, says, Some(key), todo);
        }
        Picked::Pass(reason) => return decide::pass(model, reason, Some(key), todo),
        // Each question lies over the one before, so that Esc goes back a step.
        Picked::Question(name) => return reply::ask(model, &name),
        Picked::Template(code) => return reply::take(model, &code),
        _ => {
            model.layers.pop();
        }
    }
    match choice.picked {
        Picked::Measure(measure) => {
            let mut chooser = policies(model, "palette-choose-policy");
            chooser.measure = Some(measure);
            open(model, chooser);
        }
        Picked::Mood(mood) => super::check_in::load(model, mood),
        Picked::Load(mood, load) => super::check_in::done(model, mood, load, todo),
        Picked::Topic(code) => super::topics::toggle(model, &code, todo),
        Picked::Together(by) => super::batch::open(model, by, todo),
        Picked::Grade(severity) => draft::grade(model, severity, todo),
        Picked::Alert(kind) => alert::raise(model, kind, todo),
        Picked::Like => draft::follow_up(model, FollowUp::Like, todo),
        Picked::Share => draft::follow_up(model, FollowUp::Share, todo),
        Picked::Forward(department) => draft::follow_up(model, FollowUp::Forward { department }, todo),
        Picked::Sanction(measure, hours) => {
            draft::follow_up(model, FollowUp::Sanction { measure: measure.to_owned(), hours }, todo);
        }
        Picked::Label(value) => draft::follow_up(model, FollowUp::Label { value }, todo),
        Picked::InsightSort(sort) => insight::topics(model, sort),
        Picked::Ask(to) => write::open(model, WritingKind::Doubt(to)),
        Picked::Message(id) => messages::open(model, id, todo),
        Picked::Seek(words) => messages::seek(model, words, todo),
        Picked::Policy(_) | Picked::Escalate(_) | Picked::Pass(_) | Picked::Question(_) | Picked::Template(_) => {}
    }
}

/// A policy was named: a grave one asks once more, with what it will do.
fn policy(model: &mut Model, measure: Option<Measure>, code: String, key: Key, todo: &mut Todo) {
    let says = Says::under(measure, code);
    let Some(shown) = &model.current else { return };
    let Some(policy) = says.policy_in(&shown.policies).cloned() else { return };
    if !(policy.grave || policy.sealed) {
        return decide::guarded(model, says, Some(key), todo);
    }
    if let Err(mark) = super::guard::decides(model, Some(key)) {
        return model.say(mark);
    }
    let Some(shown) = &model.current else { return };
    let title = policy.title_in(model.words.lang().code()).to_owned();
    let say = model.speaker();
    let what = says.what(&model.words);
    let mut lines = vec![
        Mark::new("desk-grave").text("what", what).text("item", shown.served.item.id.clone()).text("policy", title),
    ];
    if policy.sealed {
        lines.push(Mark::new("desk-grave-seals"));
    }
    for follow_up in shown.draft.follow_ups.iter().chain(&policy.follow_ups) {
        lines.push(Mark::new("desk-grave-with").text("what", super::super::view::follow_up(follow_up, say)));
    }
    let letter = Some(policy.letter);
    model.layers.pop();
    let about = Matter::Grave(says);
    model.layers.push(Layer::Question(Question { about, lines, letter }));
}

fn coded(model: &Model, topic: &str, code: &str, letter: char, picked: Picked) -> Choice {
    let id = format!("{topic}-{code}");
    let doc = format!("{id}.doc");
    let note = if model.words.has(&doc) { model.words.say(&doc).into_owned() } else { String::new() };
    Choice { letter, title: model.words.say(&id).into_owned(), note, picked }
}

/// The policies of the client on screen, as they were when the item came.
pub fn policies(model: &Model, title: &'static str) -> Chooser {
    let say = model.speaker();
    let lang = model.words.lang().code();
    let policies = model.current.as_ref().map(|shown| shown.policies.clone());
    let choices = policies.iter().flat_map(|policies| &policies.policies).map(|policy| {
        let mut notes = Vec::new();
        if policy.sealed {
            notes.push(say.text("charter-sealed"));
        } else if policy.grave {
            notes.push(say.text("charter-grave"));
        }
        notes.extend(policy.follow_ups.iter().map(|follow_up| super::super::view::follow_up(follow_up, say)));
        let title = policy.title_in(lang).to_owned();
        Choice { letter: policy.letter, title, note: notes.join(" · "), picked: Picked::Policy(policy.code.clone()) }
    });
    Chooser::new(title, choices.collect())
}

/// Measures of `restrict`.
pub fn measures(model: &Model) -> Chooser {
    let choices = letters::measures().map(|(m, letter)| coded(model, "measure", m.code(), letter, Picked::Measure(m)));
    Chooser::new("palette-choose-measure", choices.collect())
}

/// Where it can be escalated to; the queue's own target has the letter of the key.
pub fn escalations(model: &Model) -> Chooser {
    let Some(shown) = &model.current else { return Chooser::new("palette-choose-queue", Vec::new()) };
    let targets = model.house.escalation_targets(&shown.served.queue);
    let choices = letters::escalations(targets).map(|(queue, letter)| {
        let title = model.house.queue_title(&queue).to_owned();
        Choice { letter, title, note: String::new(), picked: Picked::Escalate(queue) }
    });
    Chooser::new("palette-choose-queue", choices.collect())
}

/// Why it is handed back.
pub fn passes(model: &Model) -> Chooser {
    let choices =
        letters::passes().map(|(reason, letter)| coded(model, "pass", reason.code(), letter, Picked::Pass(reason)));
    Chooser::new("pass-ask", choices.collect())
}

/// Levels.
pub fn grades(model: &Model) -> Chooser {
    let choices = letters::grades().filter_map(|(level, letter)| {
        let severity = Severity::new(level)?;
        Some(coded(model, "severity", &level.to_string(), letter, Picked::Grade(severity)))
    });
    Chooser::new("grade-ask", choices.collect())
}

/// What is about to happen.
pub fn alerts(model: &Model) -> Chooser {
    let choices =
        letters::alerts().map(|(kind, letter)| coded(model, "alert", kind.code(), letter, Picked::Alert(kind)));
    Chooser::new("alert-ask", choices.collect())
}

/// Like or share.
pub fn like_share(model: &Model) -> Chooser {
    let choices = [("like", 'l', Picked::Like), ("share", 's', Picked::Share)];
    let choices = choices.map(|(code, letter, picked)| coded(model, "followup", code, letter, picked));
    Chooser::new("followup-like-chooser", choices.into())
}

/// What is done to the author; the lengths are the house's usual ones.
pub fn sanctions(model: &Model) -> Chooser {
    let all = [
        ('w', "warn", None),
        ('m', "mute", Some(24)),
        ('l', "mute", Some(24 * 7)),
        ('s', "suspend", Some(24 * 7)),
        ('p', "suspend", Some(24 * 30)),
        ('b', "ban", None),
    ];
    let choices = all.map(|(letter, measure, hours)| {
        let mut choice = coded(model, "sanction", measure, letter, Picked::Sanction(measure, hours));
        choice.note = match hours {
            Some(hours) => model.words.say_with("sanction-hours", &[("n", hours.into())]),
            None if measure == "ban" => model.words.say("sanction-until-lifted").into_owned(),
            None => String::new(),
        };
        choice
    });
    Chooser::new("sanction-ask", choices.into())
}

/// The departments of the item's queue.
pub fn departments(model: &Model) -> Chooser {
    let queue = model.current.as_ref().and_then(|shown| model.house.queues.get(&shown.served.queue));
    let names = queue.map(|queue| queue.departments.clone()).unwrap_or_default();
    lettered("followup-forward-ask", names, Picked::Forward)
}

/// Labels that the client's policies use, and any other that is typed after `/`.
pub fn labels(model: &Model) -> Chooser {
    let policies = model.current.as_ref().map(|shown| shown.policies.clone());
    let mut names: Vec<String> = Vec::new();
    for policy in policies.iter().flat_map(|policies| &policies.policies) {
        for follow_up in &policy.follow_ups {
            if let FollowUp::Label { value } = follow_up
                && !names.contains(value)
            {
                names.push(value.clone());
            }
        }
    }
    for usual in ["satire", "quote", "news", "art"] {
        if !names.iter().any(|name| name == usual) {
            names.push(usual.to_owned());
        }
    }
    let mut chooser = lettered("followup-label-ask", names, Picked::Label);
    chooser.free = Some(Picked::Label);
    chooser
}

/// Sorts of insight.
pub fn insights(model: &Model) -> Chooser {
    let choices = crate::desk::insight::SORTS
        .map(|(code, letter)| coded(model, "insight", code, letter, Picked::InsightSort(code)));
    Chooser::new("insight-sort", choices.into())
}

/// Each name gets its first letter that is still free.
fn lettered(title: &'static str, names: Vec<String>, picked: fn(String) -> Picked) -> Chooser {
    let mut taken = Vec::new();
    let choices = names.into_iter().map(|name| {
        let own = name.chars().flat_map(char::to_lowercase).filter(char::is_ascii_alphabetic);
        let letter = own.chain('a'..='z').find(|c| !taken.contains(c)).unwrap_or('\0');
        taken.push(letter);
        Choice { letter, title: name.clone(), note: String::new(), picked: picked(name) }
    });
    Chooser::new(title, choices.collect())
}
