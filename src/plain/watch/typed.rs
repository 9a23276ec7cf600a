//! What a typed line means: a word in English or French, and what follows it.

/// A command of the plain dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Figures,
    People,
    Hands,
    Threads,
    Alerts,
    Take,
    Open,
    Show,
    Decide,
    Move,
    Priority,
    Deadline,
    Release,
    Pause,
    Resume,
    Assign,
    Questions,
    Answer,
    Advise,
    Keep,
    Notices,
    Notice,
    Tell,
    Find,
    Case,
    Help,
    Quit,
}

use Command as C;

/// Words in the order of help; the first of each language is the one that help names.
const WORDS: &[(Command, &[&str])] = &[
    (C::Figures, &["queues", "files", "look", "regarder"]),
    (C::People, &["people", "équipe", "equipe"]),
    (C::Hands, &["hands", "main"]),
    (C::Threads, &["threads", "fils"]),
    (C::Alerts, &["alerts", "alertes"]),
    (C::Take, &["take", "prendre"]),
    (C::Open, &["open", "ouvrir"]),
    (C::Show, &["show", "montrer"]),
    (C::Decide, &["decide", "décider", "decider"]),
    (C::Move, &["move", "déplacer", "deplacer"]),
    (C::Priority, &["priority", "priorité", "priorite"]),
    (C::Deadline, &["deadline", "échéance", "echeance"]),
    (C::Release, &["release", "libérer", "liberer"]),
    (C::Pause, &["pause", "suspendre"]),
    (C::Resume, &["resume", "reprendre"]),
    (C::Assign, &["assign", "affecter"]),
    (C::Questions, &["questions"]),
    (C::Answer, &["answer", "répondre", "repondre"]),
    (C::Advise, &["advise", "conseiller"]),
    (C::Keep, &["keep", "garder"]),
    (C::Notices, &["notices", "consignes"]),
    (C::Notice, &["notice", "consigne"]),
    (C::Tell, &["tell", "dire"]),
    (C::Find, &["find", "chercher"]),
    (C::Case, &["case", "dossier"]),
    (C::Help, &["help", "aide", "?"]),
    (C::Quit, &["quit", "quitter", "q"]),
];

/// The command of a line and what follows it.
pub(super) fn understood(line: &str) -> Option<(Command, &str)> {
    let line = line.trim();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let word = word.to_lowercase();
    let found = WORDS.iter().find(|(_, words)| words.contains(&word.as_str()));
    found.map(|(command, _)| (*command, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_are_understood_and_no_word_means_two_things() {
        assert_eq!(understood("  Move forum:1 threats "), Some((C::Move, "forum:1 threats")));
        assert_eq!(understood("déplacer forum:1 menaces"), Some((C::Move, "forum:1 menaces")));
        assert_eq!(understood("frobnicate"), None);
        let all: Vec<&str> = WORDS.iter().flat_map(|(_, words)| words.iter().copied()).collect();
        for (at, word) in all.iter().enumerate() {
            assert!(!all[..at].contains(word), "{word}");
        }
    }
}
