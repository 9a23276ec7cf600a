//! What a typed line means: a letter of the desk, or a word in English or French, and what follows it.

/// One line, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// Nothing: it goes on where Enter is asked for, and never decides.
    Empty,
    /// A command and what follows it.
    Command(Command, String),
    /// Nothing known; what was typed.
    Unknown(String),
}

/// A command of the plain desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Approve,
    Delete,
    Measure,
    Escalate,
    Pass,
    Doubt,
    Messages,
    Reply,
    Private,
    Template,
    Insight,
    Forward,
    Like,
    Share,
    Sanction,
    Label,
    Note,
    Grade,
    Open,
    Mask,
    Undo,
    Break,
    Alert,
    Author,
    Thread,
    TakeThread,
    Batch,
    More,
    Charter,
    Details,
    Day,
    CheckIn,
    Topics,
    Held,
    Refused,
    Read,
    Find,
    Spell,
    Repeat,
    Help,
    Quit,
    Curtain,
    Yes,
    No,
}

use Command as C;

/// The letters of the desk; capitals are letters of their own.
const LETTERS: &[(&str, Command)] = &[
    ("a", C::Approve),
    ("d", C::Delete),
    ("m", C::Measure),
    ("e", C::Escalate),
    ("p", C::Pass),
    ("w", C::Doubt),
    ("W", C::Messages),
    ("r", C::Reply),
    ("i", C::Insight),
    ("f", C::Forward),
    ("l", C::Like),
    ("s", C::Sanction),
    ("n", C::Note),
    ("g", C::Grade),
    ("o", C::Open),
    ("M", C::Mask),
    ("u", C::Undo),
    ("B", C::Break),
    ("h", C::Author),
    ("v", C::Thread),
    ("V", C::TakeThread),
    ("b", C::Batch),
    ("c", C::Charter),
    ("k", C::Details),
    ("x", C::Curtain),
    ("y", C::Yes),
    (".", C::Repeat),
    ("?", C::Help),
    ("q", C::Quit),
];

/// Words of both languages, whichever the desk speaks: somebody's hands may know the other one.
const WORDS: &[(&str, Command)] = &[
    ("approve", C::Approve),
    ("accepter", C::Approve),
    ("approuver", C::Approve),
    ("delete", C::Delete),
    ("retirer", C::Delete),
    ("supprimer", C::Delete),
    ("measure", C::Measure),
    ("mesure", C::Measure),
    ("escalate", C::Escalate),
    ("escalader", C::Escalate),
    ("pass", C::Pass),
    ("passer", C::Pass),
    ("doubt", C::Doubt),
    ("doute", C::Doubt),
    ("messages", C::Messages),
    ("reply", C::Reply),
    ("répondre", C::Reply),
    ("repondre", C::Reply),
    ("private", C::Private),
    ("privé", C::Private),
    ("prive", C::Private),
    ("template", C::Template),
    ("modèle", C::Template),
    ("modele", C::Template),
    ("insight", C::Insight),
    ("forward", C::Forward),
    ("transmettre", C::Forward),
    ("like", C::Like),
    ("aimer", C::Like),
    ("share", C::Share),
    ("partager", C::Share),
    ("sanction", C::Sanction),
    ("sanctionner", C::Sanction),
    ("label", C::Label),
    ("étiquette", C::Label),
    ("etiquette", C::Label),
    ("note", C::Note),
    ("grade", C::Grade),
    ("gravité", C::Grade),
    ("gravite", C::Grade),
    ("open", C::Open),
    ("ouvrir", C::Open),
    ("mask", C::Mask),
    ("masquer", C::Mask),
    ("undo", C::Undo),
    ("annuler", C::Undo),
    ("break", C::Break),
    ("pause", C::Break),
    ("alert", C::Alert),
    ("alerte", C::Alert),
    ("author", C::Author),
    ("auteur", C::Author),
    ("history", C::Author),
    ("historique", C::Author),
    ("thread", C::Thread),
    ("fil", C::Thread),
    ("subject", C::Thread),
    ("sujet", C::Thread),
    ("context", C::Thread),
    ("contexte", C::Thread),
    ("batch", C::Batch),
    ("lot", C::Batch),
    ("more", C::More),
    ("suite", C::More),
    ("charter", C::Charter),
    ("charte", C::Charter),
    ("details", C::Details),
    ("détails", C::Details),
    ("checkin", C::CheckIn),
    ("bilan", C::CheckIn),
    ("topics", C::Topics),
    ("sujets", C::Topics),
    ("day", C::Day),
    ("journée", C::Day),
    ("journee", C::Day),
    ("held", C::Held),
    ("retenus", C::Held),
    ("refused", C::Refused),
    ("refusés", C::Refused),
    ("refuses", C::Refused),
    ("read", C::Read),
    ("lu", C::Read),
    ("find", C::Find),
    ("chercher", C::Find),
    ("spell", C::Spell),
    ("épeler", C::Spell),
    ("epeler", C::Spell),
    ("repeat", C::Repeat),
    ("répéter", C::Repeat),
    ("repeter", C::Repeat),
    ("help", C::Help),
    ("aide", C::Help),
    ("quit", C::Quit),
    ("end", C::Quit),
    ("quitter", C::Quit),
    ("fin", C::Quit),
    ("curtain", C::Curtain),
    ("rideau", C::Curtain),
    ("yes", C::Yes),
    ("oui", C::Yes),
    ("no", C::No),
    ("non", C::No),
    ("back", C::No),
    ("retour", C::No),
];

impl Command {
    /// Whether it ends the item on screen.
    pub fn decides(self) -> bool {
        matches!(self, Self::Approve | Self::Delete | Self::Measure | Self::Escalate | Self::Pass)
    }

    /// Whether it is about the item on screen and changes something, so that it must not hit another item than the
    /// one it was typed for.
    pub fn acts(self) -> bool {
        use Command::{
            Alert, Forward, Grade, Insight, Label, Like, Note, Open, Private, Reply, Sanction, Share, Template, Yes,
        };
        let gathers = matches!(
            self,
            Reply | Private | Template | Insight | Forward | Like | Share | Sanction | Label | Note | Grade
        );
        self.decides() || gathers || matches!(self, Open | Alert | Yes | Self::Doubt)
    }
}

/// Understands a line. Spaces around it mean nothing.
pub(super) fn parse(line: &str) -> Typed {
    let line = line.trim();
    if line.is_empty() {
        return Typed::Empty;
    }
    for (sign, command) in [('/', C::Find), ('!', C::Alert)] {
        if let Some(rest) = line.strip_prefix(sign) {
            return Typed::Command(command, rest.trim().to_owned());
        }
    }
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let lower = first.to_lowercase();
    let letter = LETTERS.iter().find(|(letter, _)| *letter == first);
    let word = || WORDS.iter().find(|(word, _)| *word == lower);
    match letter.or_else(word) {
        Some((_, command)) => Typed::Command(*command, rest.trim().to_owned()),
        None => Typed::Unknown(first.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(command: Command, rest: &str) -> Typed {
        Typed::Command(command, rest.to_owned())
    }

    #[test]
    fn letters_and_words_of_both_languages_mean_the_same() {
        assert_eq!(parse("d hate"), command(C::Delete, "hate"));
        assert_eq!(parse("  RETIRER   haine "), command(C::Delete, "haine"));
        assert_eq!(parse("épeler"), parse("spell"));
        assert_eq!(parse("/free money"), command(C::Find, "free money"));
        assert_eq!(parse("!s"), parse("alerte s"));
        assert_eq!(parse("."), command(C::Repeat, ""));
    }

    #[test]
    fn an_empty_line_is_no_command_and_capitals_are_letters_of_their_own() {
        assert_eq!(parse(" \t "), Typed::Empty);
        assert_eq!(parse("A"), Typed::Unknown("A".into()), "Caps Lock decides nothing");
        assert_eq!(parse("B"), command(C::Break, ""));
        assert_eq!(parse("b"), command(C::Batch, ""));
    }

    #[test]
    fn no_word_is_there_twice() {
        let mut words: Vec<_> = WORDS.iter().chain(LETTERS).map(|(word, _)| word).collect();
        words.sort_unstable();
        let before = words.len();
        words.dedup();
        assert_eq!(words.len(), before);
    }
}
