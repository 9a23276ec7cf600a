//! One keymap file as it stands, with every mistake that shows in it alone.

use super::finding::{Finding, Problem};
use super::{Code, Commands, Context, Key, Sequence, Unsendable};
use crate::config::near::nearest;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a file says of one key: a command, or nothing where it unbinds.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub context: Context,
    pub keys: Sequence,
    pub command: Option<&'static str>,
    pub line: usize,
}

/// A file, read.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub file: Arc<str>,
    /// What it lies over, and in which line it says so; `false` is nothing.
    pub inherit: Option<(Option<String>, usize)>,
    pub lines: Vec<Line>,
    pub findings: Vec<Finding>,
}

impl Sheet {
    /// Reads a file; what is wrong is in `findings`, and what is right in `lines`.
    pub fn read(file: &str, source: &str, commands: &Commands) -> Self {
        let mut sheet = Self { file: file.into(), inherit: None, lines: Vec::new(), findings: Vec::new() };
        let (table, errors) = DeTable::parse_recoverable(source);
        let ends: Vec<usize> =
            source.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        let line = |byte: usize| ends.partition_point(|end| *end < byte) + 1;
        let mut places = Vec::new();
        for (name, value) in table.get_ref() {
            let at = line(name.span().start);
            match (name.get_ref().as_ref(), value.get_ref()) {
                ("inherit", DeValue::String(over)) => sheet.inherit = Some((Some(over.to_string()), at)),
                ("inherit", DeValue::Boolean(false)) => sheet.inherit = Some((None, at)),
                (name, DeValue::Table(keys)) => match Context::named(name) {
                    Some(context) => places.extend(keys.iter().map(|(key, value)| (context, key, value))),
                    None => sheet.finds(at, Problem::NotAContext(name.to_owned())),
                },
                (name, _) => sheet.finds(at, Problem::NotASetting(name.to_owned())),
            }
        }
        // Tables need not come in the order of the file where one is written in pieces.
        places.sort_by_key(|(_, key, _)| key.span().start);
        for (context, key, value) in places {
            sheet.take(context, key.get_ref(), value, line(key.span().start), commands);
        }
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let problem = sheet.twice(source, &span, line(span.start));
            sheet.finds(line(span.start), problem.unwrap_or_else(|| Problem::Syntax(error.message().to_owned())));
        }
        sheet.clashes();
        sheet.findings.sort_by_key(|finding| finding.line);
        sheet
    }

    fn finds(&mut self, line: usize, problem: Problem) {
        self.findings.push(Finding { file: self.file.clone(), line, problem });
    }

    fn take(&mut self, context: Context, key: &str, value: &Spanned<DeValue<'_>>, line: usize, commands: &Commands) {
        let Ok(keys) = key.parse::<Sequence>() else {
            return self.finds(line, Problem::NotAKey(key.to_owned()));
        };
        let command = match value.get_ref() {
            DeValue::Boolean(false) => None,
            DeValue::String(name) => match commands.names.iter().find(|(known, _)| *known == name.as_ref()) {
                Some((name, places)) if places.contains(&context) => Some(*name),
                Some((name, places)) => return self.finds(line, Problem::Elsewhere(name, context, places)),
                None => {
                    let here = commands.names.iter().filter(|(_, places)| places.contains(&context));
                    let near = nearest(name, here.map(|(name, _)| *name))
                        .or_else(|| nearest(name, commands.names.iter().map(|(name, _)| *name)));
                    let near = near.and_then(|near| commands.names.iter().find(|(name, _)| *name == near));
                    return self.finds(line, Problem::Unknown(name.to_string(), near.map(|(name, _)| *name)));
                }
            },
            _ => return self.finds(line, Problem::NotABinding(key.to_owned())),
        };
        if let Some(problem) = command.and_then(|command| unreachable(context, &keys, command)) {
            return self.finds(line, problem);
        }
        self.lines.push(Line { context, keys, command, line });
    }

    /// TOML itself refuses a key that is there twice; here it is told with the line of the first.
    fn twice(&self, source: &str, span: &std::ops::Range<usize>, before: usize) -> Option<Problem> {
        let key = source.get(span.clone())?.trim_matches(['"', '\'']).parse::<Sequence>().ok()?;
        let first = self.lines.iter().rfind(|line| line.keys == key && line.line < before)?;
        Some(Problem::Conflict(key.to_string(), first.command.unwrap_or("false").to_owned(), first.line))
    }

    /// Keys of one place that get in one another's way. The later one is told; it is not kept.
    fn clashes(&mut self) {
        let mut kept: Vec<Line> = Vec::with_capacity(self.lines.len());
        for line in std::mem::take(&mut self.lines) {
            let other = kept.iter().find(|other| {
                // Unbinding a key and binding sequences that begin with it is how a key is made to begin them.
                let both = other.command.is_some() && line.command.is_some();
                other.context == line.context && (other.keys == line.keys || both && other.keys.clashes(&line.keys))
            });
            let Some(other) = other else {
                kept.push(line);
                continue;
            };
            let (key, at) = (line.keys.to_string(), line.line);
            let problem = if other.keys == line.keys {
                Problem::Conflict(key, other.command.unwrap_or("false").to_owned(), other.line)
            } else if other.keys.keys().len() < line.keys.keys().len() {
                Problem::Shadowed(key, other.keys.to_string(), other.line)
            } else {
                Problem::Shadowed(other.keys.to_string(), key, at)
            };
            let at = if matches!(&problem, Problem::Shadowed(_, _, by) if *by == at) { other.line } else { at };
            self.finds(at, problem);
        }
        self.lines = kept;
    }
}

/// Why a binding could never act, or must not.
fn unreachable(context: Context, keys: &Sequence, command: &'static str) -> Option<Problem> {
    let spelled = keys.to_string();
    let first = keys.first();
    if let Some(why) = keys.keys().iter().find_map(Key::unsendable) {
        return Some(match why {
            Unsendable::Arrives(other) => Problem::Arrives(spelled, other.to_string()),
            Unsendable::Never => Problem::NeverSent(spelled),
            Unsendable::Ambiguous => Problem::Ambiguous(spelled),
        });
    }
    // Esc also gives up a sequence that was begun, so that none can go through it.
    if keys.keys().contains(&Key::plain(Code::Esc)) && (command != "screen.leave" || keys.keys().len() > 1) {
        return Some(Problem::Escape);
    }
    context.takes(first).then_some(Problem::Typed(spelled, context))
}
