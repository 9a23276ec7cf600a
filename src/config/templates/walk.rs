//! The questions of a file of replies.

use super::raw::titles;
use crate::config::sheet::{Table, cut};
use crate::moderation::template::{Answer, Question, Tree, TreeError};
use std::collections::{BTreeMap, BTreeSet};

/// Reads `[tree]` and names what is wrong with it: afterwards every walk ends at a template.
pub(super) fn read(table: Table<'_, '_>, templates: &BTreeSet<&str>) -> Tree {
    let start = table.string("start");
    if start.is_none() {
        table.missing("start is missing: name the question that is asked first");
    }
    let mut tree = Tree { start: start.map(|found| found.value).unwrap_or_default(), questions: BTreeMap::new() };
    let mut places = BTreeMap::new();
    for (name, question) in table.tables("questions") {
        places.insert(name.value.clone(), name.byte);
        let ask = titles(&question, "ask", 200);
        if ask.is_empty() {
            question.missing(format!("question {} asks nothing: write ask = {{ en = \"…\" }}", cut(&name.value)));
        }
        let answers = question.values::<Answer>("answers").map(|found| (found.byte, found.value));
        let (byte, answers) = answers.unwrap_or((name.byte, Vec::new()));
        if answers.is_empty() {
            question.missing(format!("question {} has no answers", cut(&name.value)));
        }
        for answer in &answers {
            if !answer.key.is_ascii_lowercase() && !answer.key.is_ascii_digit() {
                question.note(byte, format!("the key of an answer is one of a-z or 0-9, not {:?}", answer.key));
            }
            if answer.say.is_empty() {
                question.note(byte, format!("answer {} says nothing: write say = {{ en = \"…\" }}", answer.key));
            }
        }
        tree.questions.insert(name.value, Question { ask, answers });
        question.finish();
    }
    for mistake in tree.check(templates) {
        let place = match &mistake {
            TreeError::SameKey { question, .. } | TreeError::Leads { question, .. } => places.get(question),
            TreeError::Circle(name) | TreeError::Unreachable(name) => places.get(name),
            TreeError::NoQuestion(name) => led_from(&tree, |answer| answer.question.as_ref() == Some(name), &places),
            TreeError::NoTemplate(name) => led_from(&tree, |answer| answer.template.as_ref() == Some(name), &places),
        };
        // A start that is missing was named already.
        if !matches!(&mistake, TreeError::NoQuestion(name) if name.is_empty()) {
            table.note(place.copied().unwrap_or(table.byte()), mistake.to_string());
        }
    }
    table.finish();
    tree
}

fn led_from<'p>(tree: &Tree, is: impl Fn(&Answer) -> bool, places: &'p BTreeMap<String, usize>) -> Option<&'p usize> {
    let found = tree.questions.iter().find(|(_, question)| question.answers.iter().any(&is));
    found.and_then(|(name, _)| places.get(name))
}
