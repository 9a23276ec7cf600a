//! Picking one of a list by its letter, its code or the beginning of its name.

use super::sitting::Sitting;
use crate::text::fold::fold;
use std::time::Duration;

/// One thing that can be picked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice<T> {
    /// The letter of the desk's chooser.
    pub letter: char,
    /// The contract's code.
    pub code: String,
    /// In the reader's language.
    pub title: String,
    /// What it stands for.
    pub picked: T,
}

impl<T> Choice<T> {
    /// As it is offered: the letter, then the name.
    pub fn offered(&self) -> String {
        format!("{} {}", self.letter, self.title)
    }
}

/// Picks what was typed; what begins two names is nobody's.
pub(super) fn pick<'a, T>(choices: &'a [Choice<T>], typed: &str) -> Option<&'a Choice<T>> {
    let mut letters = typed.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return choices.iter().find(|choice| choice.letter == letter);
    }
    let typed = fold(typed);
    let whole = |choice: &&Choice<T>| fold(&choice.code) == typed || fold(&choice.title) == typed;
    if let Some(choice) = choices.iter().find(whole) {
        return Some(choice);
    }
    let begins =
        |choice: &&Choice<T>| fold(&choice.title).starts_with(&typed) || fold(&choice.code).starts_with(&typed);
    let mut found = choices.iter().filter(begins);
    found.next().filter(|_| !typed.is_empty() && found.next().is_none())
}

/// Picks by as many of the first words as name something, and says what is left of the line.
pub(super) fn pick_first<'a, 't, T>(choices: &'a [Choice<T>], typed: &'t str) -> Option<(&'a Choice<T>, &'t str)> {
    let ends: Vec<usize> = typed
        .char_indices()
        .filter(|(_, c)| c.is_whitespace())
        .map(|(at, _)| at)
        .chain([typed.len()])
        .take(4)
        .collect();
    ends.into_iter().rev().find_map(|end| Some((pick(choices, typed[..end].trim())?, typed[end..].trim())))
}

/// All of them, for the ear.
pub(super) fn offer<T>(choices: &[Choice<T>]) -> String {
    choices.iter().map(Choice::offered).collect::<Vec<_>>().join("; ")
}

/// A command that asked which: the next line may be no more than the answer.
#[derive(Clone, Debug)]
pub(super) struct Half {
    /// What was said so far, as it would stand before the answer.
    line: String,
    choices: Vec<Choice<()>>,
    /// On which item.
    item: Option<String>,
    /// When the question had gone out; what was typed before is no answer.
    pub told: Option<Duration>,
}

impl Half {
    fn answered(&self, typed: Duration, item: Option<&str>, line: &str) -> Option<String> {
        let heard = self.told.is_some_and(|told| typed >= told) && self.item.as_deref() == item;
        // `r thank you` is a reply and no `r` of this list; `m 24` is one with its hours.
        let whole = pick(&self.choices, line).is_some();
        let fits = whole || pick_first(&self.choices, line).is_some_and(|(_, rest)| rest.parse::<u32>().is_ok());
        (heard && fits).then(|| format!("{} {line}", self.line))
    }
}

impl Sitting {
    /// Asks which of these, since `rest` of the line names none, and takes the next line for the answer where it does.
    pub(super) fn which<T>(&mut self, id: &str, choices: &[Choice<T>], rest: &str) {
        let text = self.words.say_with(id, &[("choices", offer(choices).into())]);
        self.say(text);
        let line = self.line.strip_suffix(rest).unwrap_or(&self.line).trim_end();
        let bare = |choice: &Choice<T>| Choice {
            letter: choice.letter,
            code: choice.code.clone(),
            title: choice.title.clone(),
            picked: (),
        };
        self.half = Some(Half {
            line: line.to_owned(),
            choices: choices.iter().map(bare).collect(),
            item: self.front.as_ref().map(|front| front.served.item.id.clone()),
            told: None,
        });
    }

    /// The line with what it answers before it, where the last one asked which.
    pub(super) fn with_its_question(&mut self, line: &str) -> Option<String> {
        let half = self.half.take()?;
        let item = self.front.as_ref().map(|front| front.served.item.id.as_str());
        let free = self.curtain.is_none() && self.asked.is_none();
        free.then(|| half.answered(self.typed_at, item, line)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices() -> Vec<Choice<u8>> {
        let one =
            |letter, code: &str, title: &str, picked| Choice { letter, code: code.into(), title: title.into(), picked };
        vec![
            one('h', "hide", "masquer", 1),
            one('r', "remove_part", "retirer une partie", 2),
            one('a', "hate", "Haine", 3),
        ]
    }

    fn picked(typed: &str) -> Option<u8> {
        pick(&choices(), typed).map(|choice| choice.picked)
    }

    #[test]
    fn by_letter_code_or_the_beginning_of_a_name() {
        assert_eq!(picked("h"), Some(1));
        assert_eq!(picked("hate"), Some(3));
        assert_eq!(picked("HAI"), Some(3));
        assert_eq!(picked("ha"), Some(3));
        assert_eq!(picked("x"), None);
        assert_eq!(picked(""), None);
    }

    #[test]
    fn the_rest_of_the_line_stays() {
        let choices = choices();
        let (choice, rest) = pick_first(&choices, "retirer une partie insulte").expect("a measure");
        assert_eq!((choice.picked, rest), (2, "insulte"));
        let (choice, rest) = pick_first(&choices, "h h").expect("a measure");
        assert_eq!((choice.picked, rest), (1, "h"));
        assert!(pick_first(&choices, "").is_none());
    }
}
