//! From a name or a file to the keymap in force.

use super::finding::{Finding, Problem};
use super::layers::lay;
use super::sheet::Sheet;
use super::{Commands, Keymap};
use std::io;
use std::path::Path;

/// The keymaps that come with the program: name and source.
pub const SHIPPED: [(&str, &str); 4] = [
    ("default", include_str!("../../../keymaps/default.toml")),
    ("azerty", include_str!("../../../keymaps/azerty.toml")),
    ("vim", include_str!("../../../keymaps/vim.toml")),
    ("one-hand", include_str!("../../../keymaps/one-hand.toml")),
];

/// How many keymaps may lie over one another.
const HEIGHT: usize = 8;

/// A keymap to work with, and what was wrong with the one that was asked for.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The one that was asked for, or the default where that one has an error.
    pub keymap: Keymap,
    /// By file and line; warnings too.
    pub findings: Vec<Finding>,
}

impl Opened {
    /// Whether the default stands in for the one that was asked for: the desk says so.
    pub fn fell_back(&self) -> bool {
        self.findings.iter().any(|finding| finding.problem.is_error())
    }
}

/// Opens a shipped keymap by its name, else a file by its path. `read` reads a file; paths in a file's `inherit` are
/// relative to that file. Whatever is wrong, there is a keymap afterwards.
pub fn open(asked: &str, commands: &Commands, read: impl Fn(&Path) -> io::Result<String>) -> Opened {
    let (keymap, findings) = check(asked, commands, read);
    match findings.iter().any(|finding| finding.problem.is_error()) {
        true => Opened { keymap: default(commands), findings },
        false => Opened { keymap, findings },
    }
}

/// The default keymap.
pub fn default(commands: &Commands) -> Keymap {
    let (name, source) = SHIPPED[0];
    lay(&[Sheet::read(name, source, commands)], commands).0
}

/// The keymap as far as it could be read, whatever is wrong with it: for the check, not for a desk.
pub fn check(asked: &str, commands: &Commands, read: impl Fn(&Path) -> io::Result<String>) -> (Keymap, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut broken = false;
    let mut next = Some((asked.to_owned(), None));
    while let Some((name, said)) = next.take() {
        let at = |problem| match &said {
            Some((file, line)) => Finding { file: std::sync::Arc::clone(file), line: *line, problem },
            None => Finding { file: name.as_str().into(), line: 1, problem },
        };
        if sheets.len() == HEIGHT || sheets.iter().any(|sheet| *sheet.file == *name) {
            findings.push(at(Problem::Circle));
            broken = true;
            break;
        }
        let mut sheet = match source(&name, &read) {
            Ok(source) => Sheet::read(&name, &source, commands),
            Err(problem) => {
                findings.push(at(problem));
                broken = true;
                break;
            }
        };
        findings.append(&mut sheet.findings);
        let below = match &sheet.inherit {
            Some((over, line)) => over.as_deref().map(|over| (beside(&name, over), *line)),
            None => (name != SHIPPED[0].0).then(|| (SHIPPED[0].0.to_owned(), 1)),
        };
        next = below.map(|(over, line)| (over, Some((sheet.file.clone(), line))));
        sheets.insert(0, sheet);
    }
    // Where what it lies over is not there, the default is under it, so that nothing else seems to be missing.
    let (name, source) = SHIPPED[0];
    if broken && sheets.iter().all(|sheet| *sheet.file != *name) {
        sheets.insert(0, Sheet::read(name, source, commands));
    }
    let (keymap, more) = lay(&sheets, commands);
    findings.extend(more);
    findings.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
    (keymap, findings)
}

fn source(name: &str, read: &impl Fn(&Path) -> io::Result<String>) -> Result<String, Problem> {
    if let Some((_, source)) = SHIPPED.iter().find(|(shipped, _)| *shipped == name) {
        return Ok((*source).to_owned());
    }
    read(Path::new(name)).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Problem::NotAKeymap(name.to_owned()),
        _ => Problem::Unreadable(error.to_string()),
    })
}

/// A name in a file's `inherit`: a shipped one, or a path that begins at the file.
fn beside(file: &str, over: &str) -> String {
    if SHIPPED.iter().any(|(shipped, _)| *shipped == over) {
        return over.to_owned();
    }
    let path = Path::new(file).parent().map_or_else(|| over.into(), |folder| folder.join(over));
    path.to_string_lossy().into_owned()
}
