//! Everything the program says, in English and French.
//!
//! The messages stand in `en/*.ftl` and `fr/*.ftl`, one file a topic, embedded in the binary. A message's id begins
//! with its topic: `break-over` stands in `break.ftl`. That rule is what lets a topic be parsed only when its first
//! word is wanted, so that opening the desk costs nothing for what is not on screen.
//!
//! To add a message, write it in both languages; to add a topic, add its two files and its line in `topics.rs`. The
//! tests say when a translation, a variable or a no-break space is missing. Nothing that somebody outside wrote is a
//! message, and what goes into one has been through `text::scrub` before.

mod lang;
mod number;
mod time;
mod topics;
mod typography;

#[cfg(test)]
#[path = "tests/mod.rs"]
mod tests;

pub use fluent_bundle::FluentValue as Value;
pub use lang::{Lang, UnknownLang};

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use std::borrow::Cow;
use std::sync::OnceLock;
use topics::{TOPICS, Topic};

type Bundle = FluentBundle<FluentResource>;

/// The words of one language.
///
/// A message that is missing shows its id between `⟨⟩` and stops nothing: a moderator with an untranslated word can
/// still work. It is the tests that fail.
pub struct Words {
    lang: Lang,
    topics: [OnceLock<Bundle>; TOPICS.len()],
}

impl Words {
    /// Parses nothing yet.
    pub fn new(lang: Lang) -> Self {
        Self { lang, topics: [const { OnceLock::new() }; TOPICS.len()] }
    }

    /// Which language these are.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// A message without variables; `id.attribute` for one of its other forms.
    pub fn say(&self, id: &str) -> Cow<'_, str> {
        self.find(id, None).unwrap_or_else(|| missing(id).into())
    }

    /// A message with its variables. Numbers given as numbers choose the plural and are grouped in the reader's way;
    /// text goes in as it is.
    pub fn say_with(&self, id: &str, variables: &[(&str, Value<'_>)]) -> String {
        let mut args = FluentArgs::with_capacity(variables.len());
        for (name, value) in variables {
            args.set(*name, value.clone());
        }
        self.find(id, Some(&args)).map_or_else(|| missing(id), Cow::into_owned)
    }

    /// The word for one of the contract's codes: `coded("verdict", "delete")` is the message `verdict-delete`.
    pub fn coded(&self, topic: &str, code: &str) -> Cow<'_, str> {
        self.say(&format!("{topic}-{code}"))
    }

    /// What a command does, in a line, for palette and help.
    pub fn command(&self, name: &str) -> Cow<'_, str> {
        self.say(&format!("command-{}", name.replace('.', "-")))
    }

    /// A command's word in the hint bar; it ends in `…` where another key follows.
    pub fn hint(&self, name: &str) -> Cow<'_, str> {
        self.say(&format!("command-{}.hint", name.replace('.', "-")))
    }

    /// Whether there is such a message: for codes that a newer server may know and this program does not.
    pub fn has(&self, id: &str) -> bool {
        let (id, attribute) = split(id);
        self.bundle(id).and_then(|bundle| bundle.get_message(id)).is_some_and(|message| match attribute {
            Some(attribute) => message.get_attribute(attribute).is_some(),
            None => message.value().is_some(),
        })
    }

    fn find<'a>(&'a self, id: &str, args: Option<&'a FluentArgs<'a>>) -> Option<Cow<'a, str>> {
        let (id, attribute) = split(id);
        let bundle = self.bundle(id)?;
        let message = bundle.get_message(id)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        // What is wrong with a message (a variable not given) shows in its text, and the tests find it.
        Some(bundle.format_pattern(pattern, args, &mut Vec::new()))
    }

    fn bundle(&self, id: &str) -> Option<&Bundle> {
        let topic = id.split('-').next()?;
        let at = TOPICS.binary_search_by(|known| known.name.cmp(topic)).ok()?;
        Some(self.topics[at].get_or_init(|| parse(&TOPICS[at], self.lang)))
    }
}

fn split(id: &str) -> (&str, Option<&str>) {
    id.split_once('.').map_or((id, None), |(id, attribute)| (id, Some(attribute)))
}

fn missing(id: &str) -> String {
    format!("⟨{id}⟩")
}

fn parse(topic: &Topic, lang: Lang) -> Bundle {
    let source = typography::set(topic.source(lang), lang);
    // A message with a mistake is left out and the rest is there; the tests find the one that is missing.
    let resource = FluentResource::try_new(source).unwrap_or_else(|(rest, _)| rest);
    let mut bundle = FluentBundle::new_concurrent(vec![lang.identifier()]);
    // Isolation marks are for pages that reorder text. A terminal shows them as holes, and a screen test would not
    // find its words.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(number::formatter(lang)));
    bundle.add_resource_overriding(resource);
    bundle
}
