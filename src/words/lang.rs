//! Which language is spoken.

use std::fmt;
use std::str::FromStr;
use unic_langid::LanguageIdentifier;

/// A language the program speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English: also for whoever asks for neither.
    #[default]
    En,
    /// French.
    Fr,
}

impl Lang {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// As `--lang` has it.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// What was asked for wins: `--lang`, then the configuration file; then the locale.
    pub fn choose(asked: Option<Self>, configured: Option<Self>, env: impl Fn(&str) -> Option<String>) -> Self {
        asked.or(configured).unwrap_or_else(|| Self::of_locale(env))
    }

    /// By the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set and not empty, as POSIX has it.
    pub fn of_locale(env: impl Fn(&str) -> Option<String>) -> Self {
        let locale =
            ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| env(name).filter(|value| !value.is_empty()));
        let language = locale.as_deref().unwrap_or_default().split(['_', '-', '.', '@']).next().unwrap_or_default();
        language.to_ascii_lowercase().parse().unwrap_or_default()
    }

    pub(super) fn identifier(self) -> LanguageIdentifier {
        self.code().parse().expect("both codes are BCP 47")
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A language the program does not speak.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no language moddesk speaks; write en or fr")]
pub struct UnknownLang(pub String);

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(name: &str) -> Result<Self, UnknownLang> {
        Self::ALL.into_iter().find(|lang| lang.code() == name).ok_or_else(|| UnknownLang(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(set: &'static [(&str, &str)]) -> Lang {
        Lang::of_locale(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_locale_speaks_last() {
        assert_eq!(locale(&[("LANG", "fr_FR.UTF-8")]), Lang::Fr);
        assert_eq!(locale(&[("LANG", "fr_CA@euro"), ("LC_MESSAGES", "en_GB.UTF-8")]), Lang::En);
        assert_eq!(locale(&[("LC_ALL", "fr"), ("LANG", "en_US.UTF-8")]), Lang::Fr);
        assert_eq!(locale(&[("LC_ALL", ""), ("LANG", "fr_BE.UTF-8")]), Lang::Fr);
        assert_eq!(locale(&[("LC_ALL", "C"), ("LANG", "fr_FR.UTF-8")]), Lang::En);
        assert_eq!(locale(&[("LANG", "frr_DE.UTF-8")]), Lang::En);
        assert_eq!(locale(&[("LANG", "de_DE.UTF-8")]), Lang::En);
        assert_eq!(locale(&[]), Lang::En);
    }

    #[test]
    fn what_was_typed_wins_over_the_file_and_the_file_over_the_locale() {
        let french = |_: &str| Some("fr_FR.UTF-8".to_owned());
        assert_eq!(Lang::choose(Some(Lang::En), Some(Lang::Fr), french), Lang::En);
        assert_eq!(Lang::choose(None, Some(Lang::En), french), Lang::En);
        assert_eq!(Lang::choose(None, None, french), Lang::Fr);
    }
}
