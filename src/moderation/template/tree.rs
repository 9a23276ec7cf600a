//! A decision tree: the FAQ of a brand, walked with one key a step down to a template.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// All questions of a client.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tree {
    /// Where walking begins: the name of a question.
    pub start: String,
    /// By name.
    pub questions: BTreeMap<String, Question>,
}

/// One question with its answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TreeQuestion")]
pub struct Question {
    /// By language.
    pub ask: BTreeMap<String, String>,
    /// In the order of the screen.
    pub answers: Vec<Answer>,
}

/// One answer: a key, its words, and where it leads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TreeAnswer")]
pub struct Answer {
    /// The key that chooses it.
    pub key: char,
    /// By language.
    pub say: BTreeMap<String, String>,
    /// Another question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Or a template.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
}

/// Where a key led.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// The next question.
    Question(&'a str),
    /// The template to fill.
    Template(&'a str),
}

/// What is wrong with a tree.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// A name that is no question.
    #[error("there is no question {0}; add it, or lead the answer to another")]
    NoQuestion(String),
    /// A name that is no template.
    #[error("there is no template {0}; add it, or lead the answer to another")]
    NoTemplate(String),
    /// Two answers on one key.
    #[error("question {question} has two answers on {key}; give one of them another key")]
    SameKey {
        /// Which question.
        question: String,
        /// Which key.
        key: char,
    },
    /// An answer that leads nowhere, or to two places.
    #[error("answer {key} of question {question} must lead to one question or one template")]
    Leads {
        /// Which question.
        question: String,
        /// Which key.
        key: char,
    },
    /// Walking could go on for ever.
    #[error("question {0} leads back to itself; break the circle")]
    Circle(String),
    /// Nobody can get there.
    #[error("no answer leads to question {0}; lead one there or take it out")]
    Unreachable(String),
}

impl Tree {
    /// Names every mistake: afterwards each walk ends at a template that exists.
    pub fn check(&self, templates: &BTreeSet<&str>) -> Vec<TreeError> {
        let mut mistakes = Vec::new();
        for (name, question) in &self.questions {
            let mut keys = BTreeSet::new();
            for answer in &question.answers {
                if !keys.insert(answer.key) {
                    mistakes.push(TreeError::SameKey { question: name.clone(), key: answer.key });
                }
                match (&answer.question, &answer.template) {
                    (Some(next), None) if !self.questions.contains_key(next) => {
                        mistakes.push(TreeError::NoQuestion(next.clone()));
                    }
                    (None, Some(template)) if !templates.contains(template.as_str()) => {
                        mistakes.push(TreeError::NoTemplate(template.clone()));
                    }
                    (Some(_), None) | (None, Some(_)) => {}
                    _ => mistakes.push(TreeError::Leads { question: name.clone(), key: answer.key }),
                }
            }
        }
        if !self.questions.contains_key(&self.start) {
            mistakes.push(TreeError::NoQuestion(self.start.clone()));
            return mistakes;
        }
        let mut reached = BTreeSet::new();
        self.walk(&self.start, &mut Vec::new(), &mut reached, &mut mistakes);
        let lost = self.questions.keys().filter(|name| !reached.contains(name.as_str()));
        mistakes.extend(lost.map(|name| TreeError::Unreachable(name.clone())));
        mistakes
    }

    fn walk<'a>(
        &'a self,
        name: &'a str,
        path: &mut Vec<&'a str>,
        reached: &mut BTreeSet<&'a str>,
        mistakes: &mut Vec<TreeError>,
    ) {
        if path.contains(&name) {
            let circle = TreeError::Circle(name.to_owned());
            if !mistakes.contains(&circle) {
                mistakes.push(circle);
            }
            return;
        }
        if !reached.insert(name) {
            return;
        }
        path.push(name);
        let next = self.questions.get(name).into_iter().flat_map(|question| &question.answers);
        for question in next.filter_map(|answer| answer.question.as_deref()) {
            if let Some((name, _)) = self.questions.get_key_value(question) {
                self.walk(name, path, reached, mistakes);
            }
        }
        path.pop();
    }

    /// Where `key` leads from `question`; `None` for a key that no answer has.
    pub fn step(&self, question: &str, key: char) -> Option<Step<'_>> {
        let answer = self.questions.get(question)?.answers.iter().find(|answer| answer.key == key)?;
        match (&answer.question, &answer.template) {
            (Some(next), _) => Some(Step::Question(next)),
            (None, Some(template)) => Some(Step::Template(template)),
            (None, None) => None,
        }
    }
}
