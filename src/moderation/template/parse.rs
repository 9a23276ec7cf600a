//! A template's text taken apart.

/// A piece of a template's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Said as it stands.
    Words(String),
    /// `{{author}}`: filled from the item and the policy.
    Variable(String),
    /// `{{ask: file number}}`: the moderator must fill it before the reply can be sent.
    Ask(String),
}

/// What is wrong with a template's text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// `{{` without `}}`.
    #[error("the {{{{ at character {0} is never closed; write {{{{name}}}} or {{{{ask: what}}}}")]
    Open(usize),
    /// `{{}}` or `{{ask:}}`.
    #[error("there is nothing between the braces at character {0}; write {{{{name}}}} or {{{{ask: what}}}}")]
    Empty(usize),
    /// Not one of the known names.
    #[error("there is no variable {name}; there are {}, and {{{{ask: what}}}} for what the moderator fills", super::fill::NAMES.join(", "))]
    Unknown {
        /// The character its braces begin at, from 1.
        at: usize,
        /// The name, cut short.
        name: String,
    },
}

impl TemplateError {
    /// The character it begins at, counted from 1.
    pub fn at(&self) -> usize {
        match self {
            Self::Open(at) | Self::Empty(at) | Self::Unknown { at, .. } => *at,
        }
    }
}

/// Takes a text apart; every variable is known to exist afterwards.
pub fn parts(text: &str) -> Result<Vec<Part>, TemplateError> {
    let mut parts = Vec::new();
    let mut rest = text;
    let at = |rest: &str| text[..text.len() - rest.len()].chars().count() + 1;
    while let Some(open) = rest.find("{{") {
        if open > 0 {
            parts.push(Part::Words(rest[..open].to_owned()));
        }
        rest = &rest[open..];
        let close = rest.find("}}").ok_or(TemplateError::Open(at(rest)))?;
        let inside = rest[2..close].trim();
        let part = match inside.strip_prefix("ask:") {
            Some(what) if what.trim().is_empty() => return Err(TemplateError::Empty(at(rest))),
            Some(what) => Part::Ask(what.trim().to_owned()),
            None if inside.is_empty() => return Err(TemplateError::Empty(at(rest))),
            None if super::fill::NAMES.contains(&inside) => Part::Variable(inside.to_owned()),
            None => return Err(TemplateError::Unknown { at: at(rest), name: inside.chars().take(40).collect() }),
        };
        parts.push(part);
        rest = &rest[close + 2..];
    }
    if !rest.is_empty() {
        parts.push(Part::Words(rest.to_owned()));
    }
    Ok(parts)
}
