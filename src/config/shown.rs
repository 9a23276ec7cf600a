//! The settings as `moddesk doctor` shows them: what counts, and who said so. No secret is among them.

use super::raw::{Reveal, Theme};
use super::resolved::{Config, Keymap};
use super::value::Valued;
use crate::wellbeing::duration::Span;
use std::fmt;

/// One setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// As the file calls it: `desk.hold`.
    pub key: &'static str,
    /// As the file would write it.
    pub value: String,
    /// `default`, an option, a variable, or `file:line`.
    pub source: String,
}

impl Config {
    /// Every setting, in the order of the contract.
    pub fn settings(&self) -> Vec<Setting> {
        fn line<T>(key: &'static str, valued: &Valued<T>, show: impl Fn(&T) -> String) -> Setting {
            Setting { key, value: show(&valued.value), source: valued.source.to_string() }
        }
        let desk = &self.desk;
        let mut lines = vec![
            line("data_dir", &self.data_dir, |folder| folder.display().to_string()),
            line("color", &self.color, ToString::to_string),
            line("desk.moderator", &desk.moderator, Clone::clone),
            line(
                "desk.queues",
                &desk.queues,
                |queues| if queues.is_empty() { "all".into() } else { queues.join(", ") },
            ),
            line("desk.lang", &self.lang, |lang| lang.code().to_owned()),
            line("desk.keymap", &desk.keymap, ToString::to_string),
            line("desk.theme", &desk.theme, ToString::to_string),
            line("desk.shift", &desk.shift, |length| Span(*length).to_string()),
            line("desk.hold", &desk.hold, |length| Span(*length).to_string()),
            line("desk.guard", &desk.guard, |length| Span(*length).to_string()),
            line("desk.confirm_unseen", &desk.confirm_unseen, ToString::to_string),
            line("desk.prefetch", &desk.prefetch, ToString::to_string),
            line("desk.alike", &desk.alike, ToString::to_string),
            line("desk.reveal", &desk.reveal, ToString::to_string),
            line("desk.curtain_after", &desk.curtain_after, |length| Span(*length).to_string()),
            line("desk.curtain_word", &desk.curtain_word, |word| {
                if word.is_some() { "set" } else { "none" }.to_owned()
            }),
            line("desk.bell", &desk.bell, ToString::to_string),
            line("desk.pictures", &desk.pictures, |pictures| pictures.code().to_owned()),
            line("desk.breathing", &desk.breathing, ToString::to_string),
            line("desk.check_in", &desk.check_in, ToString::to_string),
            line("desk.country", &desk.country, |country| country.clone().unwrap_or_else(|| "by the locale".into())),
            line("desk.help", &desk.help, |help| if help.is_empty() { "none".into() } else { help.join(", ") }),
        ];
        if let Some(server) = &self.server {
            lines.push(line("server.url", &server.url, Clone::clone));
        }
        lines.push(line("wellbeing.policy_version", &self.wellbeing, |rules| rules.policy_version.clone()));
        if self.wellbeing.weakened_because.is_some() {
            lines.push(line("wellbeing.weakened_because", &self.wellbeing, |rules| {
                rules.weakened_because.clone().unwrap_or_default()
            }));
        }
        lines
    }
}

impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Terminal => "terminal",
            Self::HighContrast => "high-contrast",
            Self::Mono => "mono",
        })
    }
}

impl fmt::Display for Reveal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::For(length) => Span(*length).fmt(f),
            Self::UntilNext => f.write_str("0s"),
        }
    }
}

impl fmt::Display for Keymap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::File(path) => write!(f, "{}", path.display()),
        }
    }
}
