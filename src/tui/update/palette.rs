//! The palette: every command of the screen below it, by name, fuzzy.

use super::{Todo, key};
use crate::tui::command;
use crate::tui::keymap::{Code, Context, Key};
use crate::tui::model::{Layer, Model, Palette};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// `:`.
pub fn start(model: &mut Model) {
    model.layers.push(Layer::Palette(Palette::default()));
}

/// A line of the palette.
pub struct Line {
    /// The command.
    pub name: &'static str,
    /// What it does.
    pub does: String,
    /// Its key, where it has one.
    pub key: Option<String>,
}

/// The commands that fit what was typed, the best first; all of them, in the order of help, where nothing was.
pub fn lines(model: &Model, palette: &Palette) -> Vec<Line> {
    let place = below(model);
    let commands = command::all().filter(|command| command.contexts.contains(&place));
    let lines = commands.map(|command| Line {
        name: command.name,
        does: model.words.command(command.name).into_owned(),
        key: model.keys.key_of(place, command.name).map(str::to_owned),
    });
    if palette.text.trim().is_empty() {
        return lines.collect();
    }
    let pattern = Pattern::parse(&palette.text, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut scored: Vec<_> = lines
        .filter_map(|line| {
            let mut buffer = Vec::new();
            let text = format!("{} {}", line.does, line.name);
            let score = pattern.score(Utf32Str::new(&text, &mut buffer), &mut matcher)?;
            Some((score, line))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, line)| line).collect()
}

/// A key on the palette.
pub fn key(model: &mut Model, pressed: Key, name: Option<&'static str>, todo: &mut Todo) {
    let Some(Layer::Palette(palette)) = model.layers.last().cloned() else { return };
    let found = lines(model, &palette);
    let Some(Layer::Palette(palette)) = model.layers.last_mut() else { return };
    match (name, pressed.code, pressed.typed()) {
        (Some("list.down"), ..) => palette.at = (palette.at + 1).min(found.len().saturating_sub(1)),
        (Some("list.up"), ..) => palette.at = palette.at.saturating_sub(1),
        (Some("list.choose"), ..) => match found.get(palette.at) {
            Some(line) => {
                let name = line.name;
                model.layers.pop();
                key::run(model, name, Some(pressed), todo);
            }
            None => model.say("palette-none"),
        },
        (Some("text.erase_line" | "text.erase_word"), ..) => *palette = Palette::default(),
        (_, Code::Backspace, _) => {
            palette.text.pop();
            palette.at = 0;
        }
        (_, _, Some(c)) => {
            palette.text.push(c);
            palette.at = 0;
        }
        _ => {}
    }
}

/// The place that the palette lies over.
fn below(model: &Model) -> Context {
    match model.screen {
        crate::tui::model::Screen::Item => Context::Desk,
        crate::tui::model::Screen::Rest(_) => Context::Break,
        crate::tui::model::Screen::Summary => Context::Summary,
        _ => Context::Shift,
    }
}
