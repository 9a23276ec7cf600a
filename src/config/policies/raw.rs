//! A policy file as it stands, read with the place of everything, and all that is wrong with it by itself.

use crate::config::mistake::Mistake;
use crate::config::near::hint;
use crate::config::sheet::{Found, Sheet, Table, cut};
use crate::moderation::{FollowUp, eu};
use crate::wellbeing::Severity;

/// A policy file.
#[derive(Debug, Default)]
pub(super) struct PolicyFile {
    /// What decisions record, after the client's name.
    pub(super) version: String,
    /// In the order of the file.
    pub(super) policies: Vec<RawPolicy>,
}

/// One `[policies.CODE]`; what the file leaves out is absent.
#[derive(Debug)]
pub(super) struct RawPolicy {
    pub(super) code: Found<String>,
    pub(super) enabled: Option<Found<bool>>,
    pub(super) letter: Option<Found<char>>,
    pub(super) title: Vec<(Found<String>, Found<String>)>,
    pub(super) text: Vec<(Found<String>, Found<String>)>,
    pub(super) severity: Option<Found<Severity>>,
    pub(super) grave: Option<Found<bool>>,
    pub(super) sealed: Option<Found<bool>>,
    pub(super) follow_ups: Option<Found<Vec<FollowUp>>>,
    pub(super) ground: Option<RawGround>,
    pub(super) terms: Vec<(Found<String>, Vec<Found<String>>)>,
}

/// `ground = { … }`
#[derive(Debug)]
pub(super) struct RawGround {
    pub(super) illegal: Option<Found<bool>>,
    pub(super) reference: Option<Found<String>>,
    pub(super) category: Option<Found<String>>,
    pub(super) keywords: Option<Found<Vec<Found<String>>>>,
    pub(super) byte: usize,
}

/// Languages that a policy can be written in: those of the screens.
const LANGUAGES: [&str; 2] = ["en", "fr"];

/// Reads a file and names what is wrong in it, as far as that can be told without the policies below it.
pub(super) fn read(text: &str) -> (PolicyFile, Vec<Mistake>) {
    let sheet = Sheet::parse(text);
    let root = sheet.root();
    let version = read_version(&root);
    let policies = root.tables("policies").into_iter().map(|(code, table)| read_policy(code, table)).collect();
    root.finish();
    (PolicyFile { version, policies }, sheet.mistakes())
}

fn read_version(root: &Table<'_, '_>) -> String {
    let Some(found) = root.own::<toml::Value>("version") else {
        root.missing("version is missing: write version = 1 and raise it with every change, since decisions record it");
        return String::new();
    };
    match found.value {
        toml::Value::Integer(number) if number >= 0 => number.to_string(),
        toml::Value::String(text) if !text.is_empty() && text.len() <= 60 && !text.contains(char::is_control) => text,
        _ => {
            root.note(found.byte, "version must be a number from 0 up or a short text in quotes");
            String::new()
        }
    }
}

fn read_policy(code: Found<String>, table: Table<'_, '_>) -> RawPolicy {
    let shape = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if code.value.is_empty() || code.value.len() > 60 || !code.value.chars().all(shape) {
        let must = "must be 1 to 60 of a-z, 0-9, - and _, since decisions and exports record it";
        table.note(code.byte, format!("the code \"{}\" {must}", cut(&code.value)));
    }
    let policy = RawPolicy {
        enabled: table.boolean("enabled"),
        letter: read_letter(&table),
        title: read_texts(&table, "title", 80),
        text: read_texts(&table, "text", 4_000),
        severity: table.whole("severity", 0..=4).map(|found| {
            found.map(|level| u8::try_from(level).ok().and_then(Severity::new).expect("the range was just checked"))
        }),
        grave: table.boolean("grave"),
        sealed: table.boolean("sealed"),
        follow_ups: table.values("follow_ups"),
        ground: table.table("ground").map(read_ground),
        terms: read_terms(&table),
        code,
    };
    if let (Some(sealed), Some(grave)) = (&policy.sealed, &policy.grave)
        && sealed.value
        && !grave.value
    {
        table.note(grave.byte, "a sealed policy is always grave: write grave = true, or take sealed out");
    }
    table.finish();
    policy
}

fn read_letter(table: &Table<'_, '_>) -> Option<Found<char>> {
    let found = table.string("letter")?;
    let mut letters = found.value.chars();
    match (letters.next(), letters.next()) {
        (Some('/'), None) => {
            table.note(found.byte, "letter \"/\" is taken: it filters the chooser; choose another");
            None
        }
        (Some(letter @ ('a'..='z' | '0'..='9')), None) => Some(found.map(|_| letter)),
        _ => {
            table.note(found.byte, format!("letter must be one of a-z or 0-9, not \"{}\"", cut(&found.value)));
            None
        }
    }
}

fn read_texts(table: &Table<'_, '_>, key: &'static str, most: usize) -> Vec<(Found<String>, Found<String>)> {
    let texts = table.by_language(key);
    for (language, text) in &texts {
        if !LANGUAGES.contains(&language.value.as_str()) {
            let near = hint(&language.value, LANGUAGES);
            table.note(language.byte, format!("{key} is written in en or fr, not \"{}\"{near}", cut(&language.value)));
        }
        let length = text.value.trim().chars().count();
        if length == 0 {
            table.note(text.byte, format!("{key}.{} is empty: write it, or take it out", cut(&language.value)));
        } else if length > most {
            let message = format!("{key}.{} has {length} characters: no more than {most} fit", cut(&language.value));
            table.note(text.byte, message);
        }
    }
    texts
}

fn read_terms(table: &Table<'_, '_>) -> Vec<(Found<String>, Vec<Found<String>>)> {
    let lists = table.lists("terms");
    for (language, terms) in &lists {
        let known = language.value == "*"
            || (2..=3).contains(&language.value.split('-').next().map_or(0, str::len))
                && language.value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if !known {
            let message =
                format!("terms go by language, such as en or fr, or * for all, not \"{}\"", cut(&language.value));
            table.note(language.byte, message);
        }
        for term in terms {
            let length = term.value.trim().chars().count();
            if !(2..=80).contains(&length) || term.value.contains(char::is_control) {
                table.note(term.byte, "a term has 2 to 80 characters: a shorter one would mark half of every text");
            }
        }
    }
    lists
}

fn read_ground(table: Table<'_, '_>) -> RawGround {
    let ground = RawGround {
        illegal: table.boolean("illegal"),
        reference: table.string("reference"),
        category: table.string("category"),
        keywords: table.strings("keywords"),
        byte: table.byte(),
    };
    if let Some(category) = &ground.category
        && !eu::is_category(&category.value)
    {
        let known = eu::CATEGORIES.iter().map(|(name, _)| *name);
        table.note(
            category.byte,
            format!("{} is not a category{}", cut(&category.value), today(&category.value, known)),
        );
    }
    for keyword in ground.keywords.iter().flat_map(|keywords| &keywords.value) {
        if !eu::is_keyword(&keyword.value) {
            let end = today(&keyword.value, eu::keywords());
            table.note(keyword.byte, format!("{} is not a keyword{end}", cut(&keyword.value)));
        }
    }
    if ground.reference.as_ref().is_some_and(|reference| reference.value.chars().count() > 500) {
        let byte = ground.reference.as_ref().map_or(0, |reference| reference.byte);
        table.note(byte, "reference has more than the 500 characters that a statement of reasons takes");
    }
    table.finish();
    ground
}

/// What to write instead: the replacement of a retired name, else the nearest one.
fn today<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    match eu::replacement(name) {
        Some(today) => format!(" any more since 1 July 2025: write {today}"),
        None => format!(" of the EU's statement of reasons{}", hint(name, known)),
    }
}
