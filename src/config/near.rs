//! "Did you mean": the known name that a mistyped one is nearest to.

/// The nearest of `known`, or none where nothing is near enough to be meant: at most a third of the letters
/// differ, or it is a beginning of the name.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = plain(typed);
    known
        .into_iter()
        .map(|name| {
            let known = plain(name);
            let begun = wanted.len() >= 4 && known.starts_with(&wanted);
            (if begun { 1 } else { distance(&wanted, &known) }, name)
        })
        .filter(|(distance, name)| *distance <= (name.chars().count().max(wanted.len()) / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// `; did you mean "hold"?`, or nothing.
pub(crate) fn hint<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(typed, known).map(|name| format!("; did you mean \"{name}\"?")).unwrap_or_default()
}

/// Case, hyphens and underscores are the same to whoever types.
fn plain(name: &str) -> Vec<char> {
    name.chars().take(64).flat_map(char::to_lowercase).map(|c| if c == '-' { '_' } else { c }).collect()
}

/// Edits between two names; two neighbours changed over count as one.
fn distance(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut table = vec![0usize; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i * width + j] = if i == 0 || j == 0 {
                i + j
            } else {
                let change = table[(i - 1) * width + j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut best = change.min(table[(i - 1) * width + j] + 1).min(table[i * width + j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(table[(i - 2) * width + j - 2] + 1);
                }
                best
            };
        }
    }
    table[a.len() * width + b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_found_and_nothing_else() {
        let known = ["hold", "guard", "confirm_unseen", "token_file"];
        assert_eq!(nearest("hodl", known), Some("hold"));
        assert_eq!(nearest("gaurd", known), Some("guard"));
        assert_eq!(nearest("confirm-unseen", known), Some("confirm_unseen"));
        assert_eq!(nearest("tokenfile", known), Some("token_file"));
        assert_eq!(nearest("token", known), Some("token_file"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("", known), None);
    }
}
