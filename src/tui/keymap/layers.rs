//! Keymaps over one another: the default, a named one, a user's own.

use super::finding::{Finding, Problem};
use super::sheet::Sheet;
use super::{Bound, Commands, Context, Keymap, Sequence};
use std::sync::Arc;

/// A binding that went: where, what it did, and who took it.
struct Gone {
    context: Context,
    command: &'static str,
    file: Arc<str>,
    line: usize,
    /// Unbound by name, not by a key that was wanted for something else.
    deliberate: bool,
}

/// Lays sheets over one another, the first lowest, and checks what comes of it.
pub(super) fn lay(sheets: &[Sheet], commands: &Commands) -> (Keymap, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut gone = Vec::new();
    let mut bound: Vec<(Context, Bound)> = Vec::new();
    let mut silenced: Vec<(Context, Sequence)> = Vec::new();
    for (height, sheet) in sheets.iter().enumerate() {
        for line in sheet.lines.iter().filter(|line| line.command.is_none()) {
            let everywhere = bound.iter().any(|(at, bound)| *at == Context::Always && bound.keys == line.keys);
            let removed = remove(&mut bound, &mut gone, sheet, line.line, (line.context, &line.keys), true);
            if line.context != Context::Always && everywhere {
                silenced.push((line.context, line.keys.clone()));
            } else if !removed {
                let problem = Problem::NothingUnbound(line.keys.to_string());
                findings.push(Finding { file: sheet.file.clone(), line: line.line, problem });
            }
        }
        for (place, line) in sheet.lines.iter().enumerate() {
            let Some(command) = line.command else { continue };
            remove(&mut bound, &mut gone, sheet, line.line, (line.context, &line.keys), false);
            silenced.retain(|(at, keys)| *at != line.context || *keys != line.keys);
            // Higher sheets are shown first, and within one the order of the file counts.
            let rank = (sheets.len() - height) * 10_000 + place;
            let (keys, file) = (line.keys.clone(), sheet.file.clone());
            bound.push((line.context, Bound { keys, command, file, line: line.line, rank }));
        }
    }
    let name = sheets.last().map_or_else(|| "".into(), |sheet| sheet.file.clone());
    let places = Context::ALL.map(|context| (context, place(context, &bound, &silenced))).to_vec();
    let keymap = Keymap::new(name.clone(), places);
    findings.extend(missing(&keymap, commands, &gone, &name));
    (keymap, findings)
}

/// Takes out what clashes with these keys in this place; says whether there was anything.
fn remove(
    bound: &mut Vec<(Context, Bound)>,
    gone: &mut Vec<Gone>,
    sheet: &Sheet,
    line: usize,
    (context, keys): (Context, &Sequence),
    deliberate: bool,
) -> bool {
    let before = bound.len();
    bound.retain(|(at, old)| {
        // What the same sheet has bound was found to be free of clashes; unbinding takes what the keys begin, too.
        let hit = *at == context && !Arc::ptr_eq(&old.file, &sheet.file) && old.keys.clashes(keys);
        let hit = hit && (!deliberate || old.keys.keys().starts_with(keys.keys()));
        if hit {
            gone.push(Gone { context, command: old.command, file: sheet.file.clone(), line, deliberate });
        }
        !hit
    });
    bound.len() < before
}

/// What is bound in a place: its own, and what is bound everywhere where the place does not say otherwise.
fn place(context: Context, bound: &[(Context, Bound)], silenced: &[(Context, Sequence)]) -> Vec<Bound> {
    let own: Vec<&Bound> = bound.iter().filter(|(at, _)| *at == context).map(|(_, bound)| bound).collect();
    let everywhere = bound.iter().filter(|(at, _)| *at == Context::Always && context != Context::Always);
    let everywhere = everywhere.map(|(_, bound)| bound).filter(|bound| {
        let silent = silenced.iter().any(|(at, keys)| *at == context && *keys == bound.keys);
        !silent && !own.iter().any(|own| own.keys.clashes(&bound.keys))
    });
    // A place's own key for a command is shown before the one that works everywhere.
    let everywhere = everywhere.cloned().map(|bound| Bound { rank: bound.rank + 1_000_000, ..bound });
    own.iter().map(|bound| (*bound).clone()).chain(everywhere).collect()
}

/// Commands that must have a key and have none, and those that lost theirs to another.
fn missing(keymap: &Keymap, commands: &Commands, gone: &[Gone], file: &Arc<str>) -> Vec<Finding> {
    let has = |context, command| keymap.key_for(context, command).is_some();
    let mut findings = Vec::new();
    for &(context, command) in commands.needed.iter().filter(|(context, command)| !has(*context, command)) {
        let taken = gone.iter().rfind(|gone| gone.context == context && gone.command == command);
        let (file, line) = taken.map_or((file.clone(), 1), |gone| (gone.file.clone(), gone.line));
        findings.push(Finding { file, line, problem: Problem::Needed(context, command) });
    }
    for gone in gone.iter().filter(|gone| !gone.deliberate && !has(gone.context, gone.command)) {
        let problem = Problem::Lost(gone.context, gone.command);
        let told = commands.needed.contains(&(gone.context, gone.command))
            || findings.iter().any(|finding| finding.problem == problem);
        if !told {
            findings.push(Finding { file: gone.file.clone(), line: gone.line, problem });
        }
    }
    findings
}
