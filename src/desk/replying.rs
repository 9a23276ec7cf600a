//! A reply in the making: what a template is filled from, and what stands against sending it.

use super::Lexicon;
use crate::moderation::policy::Policies;
use crate::moderation::template::{Facts, Filled, Template, parts};
use crate::moderation::{Client, Served};
use crate::text::{Untrusted, scrub};
use crate::words::{Lang, Words};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What is known about the item that is answered, and about the house that answers.
pub struct Answering<'a> {
    /// The item.
    pub served: &'a Served,
    /// The policies in force for it.
    pub policies: &'a Policies,
    /// Their terms.
    pub lexicon: &'a Lexicon,
    /// Whose name it goes out in.
    pub client: Option<&'a Client>,
    /// Who writes it.
    pub moderator: &'a str,
    /// Whether the item's own words are open on screen: covered ones do not come back through a template.
    pub open: bool,
    /// Where the reader's clock hangs.
    pub zone: &'a TimeZone,
    /// Now.
    pub now: Timestamp,
}

/// What keeps a reply from being sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsendable {
    /// So many places are not filled.
    Blanks(usize),
    /// So many characters too many.
    TooLong(usize),
}

/// Whether a reply can be sent as it stands.
pub fn sendable(text: &str, limit: Option<u32>) -> Result<(), Unsendable> {
    let blanks = Filled::blanks_of(text).len();
    if blanks > 0 {
        return Err(Unsendable::Blanks(blanks));
    }
    match left(text, limit) {
        Some(left) if left < 0 => Err(Unsendable::TooLong(usize::try_from(-left).unwrap_or(usize::MAX))),
        _ => Ok(()),
    }
}

/// How many characters more the channel takes; below zero where there are too many.
pub fn left(text: &str, limit: Option<u32>) -> Option<i64> {
    let length = i64::try_from(text.trim_end().chars().count()).unwrap_or(i64::MAX);
    limit.map(|limit| i64::from(limit) - length)
}

impl Answering<'_> {
    /// The codes of the policies that the item may be about: what it was reported for, and whose terms stand in it.
    pub fn policies(&self) -> Vec<String> {
        let mut codes: Vec<String> = Vec::new();
        let mut add = |code: &str| {
            if self.policies.get(code).is_some() && !codes.iter().any(|there| there == code) {
                codes.push(code.to_owned());
            }
        };
        let item = &self.served.item;
        item.reports.iter().filter_map(|report| report.reason.as_ref()).for_each(|reason| add(reason.raw()));
        for text in [&item.title, &item.text].into_iter().flatten() {
            for hit in self.lexicon.hits(&scrub::block(text)) {
                let policy = self.policies.policies.get(self.lexicon.policy(&hit));
                policy.into_iter().for_each(|policy| add(&policy.code));
            }
        }
        codes
    }

    /// The template filled as far as what is known goes, in the author's language.
    pub fn fill(&self, template: &Template) -> Filled {
        let lang = self.served.item.lang.as_deref().unwrap_or("en");
        // The words were checked when the file was read; what cannot be taken apart stays as it stands.
        let parts = parts(template.text_in(lang)).unwrap_or_default();
        Filled::from(&parts, &self.facts(template, template.spoken_in(lang)))
    }

    fn facts(&self, template: &Template, lang: &str) -> Facts {
        let item = &self.served.item;
        let mut known: Vec<(&'static str, Untrusted)> = Vec::new();
        let mut add = |name, value: Option<Untrusted>| known.extend(value.map(|value| (name, value)));
        add("author", item.author.as_ref().and_then(|author| author.name.clone()));
        add("title", item.title.clone().filter(|_| self.open));
        add("subject", item.subject.as_ref().and_then(|subject| subject.title.clone()));
        add("url", item.url.clone());
        add("channel", item.channel.clone());
        let client = self.client.map(|client| client.title.clone().unwrap_or_else(|| client.name.clone()));
        add("client", client.map(Untrusted::new));
        let code = template.policy.clone().or_else(|| self.policies().into_iter().next());
        if let Some(policy) = code.and_then(|code| self.policies.get(&code)) {
            add("policy", Some(Untrusted::new(policy.title_in(lang))));
            let text = policy.text.get(lang).or_else(|| policy.text.get("en"));
            add("policy_text", text.map(|text| Untrusted::new(text.split_whitespace().collect::<Vec<_>>().join(" "))));
        }
        add("date", Some(Untrusted::new(self.date(lang))));
        add("moderator", Some(Untrusted::new(first_name(self.moderator))));
        Facts { known }
    }

    /// The content's own day, as the reader of the reply writes it.
    fn date(&self, lang: &str) -> String {
        let at = self.served.item.created_at.unwrap_or(self.now);
        match lang.split('-').next().unwrap_or(lang).parse::<Lang>() {
            Ok(lang) => Words::new(lang).day(at, self.now, self.zone),
            Err(_) => at.to_zoned(self.zone.clone()).date().to_string(),
        }
    }
}

/// Charters sign with the first name; what people sign in with is mostly that, without its capital.
fn first_name(moderator: &str) -> String {
    let first = moderator.split(['.', '@']).next().unwrap_or(moderator);
    let mut letters = first.chars();
    letters.next().map_or_else(String::new, |letter| letter.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_with_a_blank_or_too_long_cannot_be_sent() {
        assert_eq!(sendable("Bonjour {{nom}} {{n°}}", None), Err(Unsendable::Blanks(2)));
        assert_eq!(sendable("ééé", Some(2)), Err(Unsendable::TooLong(1)));
        assert_eq!(sendable("ééé\n", Some(3)), Ok(()));
        assert_eq!(left("abc", Some(10)), Some(7));
    }

    #[test]
    fn a_login_signs_as_a_first_name() {
        assert_eq!(first_name("ines"), "Ines");
        assert_eq!(first_name("élodie.martin@house"), "Élodie");
        assert_eq!(first_name(""), "");
    }
}
