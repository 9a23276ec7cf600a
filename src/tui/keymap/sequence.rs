//! Keys pressed one after another.

use super::{Key, KeyError};
use std::fmt;
use std::str::FromStr;

/// One key or several, as a keymap binds them: `a`, `g g`. Never empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sequence(Vec<Key>);

impl Sequence {
    /// Its keys, first to last; at least one.
    pub fn keys(&self) -> &[Key] {
        &self.0
    }

    /// The key that begins it.
    pub fn first(&self) -> Key {
        self.0[0]
    }

    /// Whether one of the two is the other's beginning, or both are the same: they cannot both be bound in one place,
    /// because the shorter acts before the longer is complete.
    pub fn clashes(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0) || other.0.starts_with(&self.0)
    }
}

impl From<Key> for Sequence {
    fn from(key: Key) -> Self {
        Self(vec![key])
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, key) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str(" ")?;
            }
            key.fmt(f)?;
        }
        Ok(())
    }
}

impl FromStr for Sequence {
    type Err = KeyError;

    fn from_str(names: &str) -> Result<Self, KeyError> {
        // A plain space parts the keys; the key itself is written `space`.
        let keys: Vec<Key> =
            names.split(' ').filter(|name| !name.is_empty()).map(str::parse).collect::<Result<_, _>>()?;
        match keys.is_empty() {
            true => Err(KeyError(names.to_owned())),
            false => Ok(Self(keys)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_sequence_is_read_as_it_is_written(text in "[ -~é]{0,12}") {
            if let Ok(sequence) = text.parse::<Sequence>() {
                prop_assert_eq!(sequence.to_string().parse::<Sequence>(), Ok(sequence));
            }
        }
    }

    #[test]
    fn a_space_parts_keys_and_is_no_key() {
        let sequence: Sequence = "g  ctrl-x space".parse().expect("three keys");
        assert_eq!(sequence.to_string(), "g ctrl-x space");
        assert!(
            "".parse::<Sequence>().is_err() && "  ".parse::<Sequence>().is_err() && "g gg".parse::<Sequence>().is_err()
        );
    }

    #[test]
    fn a_beginning_clashes_with_the_whole() {
        let of = |text: &str| text.parse::<Sequence>().expect("keys");
        assert!(of("g").clashes(&of("g g")) && of("g g").clashes(&of("g")) && of("g").clashes(&of("g")));
        assert!(!of("g g").clashes(&of("g h")) && !of("g").clashes(&of("G")));
    }
}
