//! Links, found and defanged, so that no terminal and no reflex opens them: `hxxps://evil[.]example`.
//!
//! The scheme is changed and every dot of the host bracketed, also of a link inside a link; the path stays readable.
//! A host without scheme counts when it ends in a top-level domain in wide use; those that are words as well (`.me`,
//! `.it`) need a path or a third label, because people forget the space after a full stop.

use super::safe::{SafeText, replace};
use super::untrusted::Untrusted;
use std::ops::Range;

/// Top-level domains taken for one without further sign.
const DOMAINS: &str = " com net org info biz edu gov mil int eu fr de uk ru cn jp ch es pl nl br ca au kr ir ua cz se dk fi pt ro hu gr tr il \
    io co tv cc gg gl ly xyz top shop site online club store app dev link click live icu vip win bid loan work buzz space website \
    tech blog news page onion asia mobi ";
/// Top-level domains that are words in one language or another.
const WORDS: &str =
    " me it is in be at to so am as do my no us la de se ai sh id pub fun pro world today life team money one zone ";
/// Schemes that lead somewhere without `//`.
const SCHEMES: &[&str] = &["javascript:", "vbscript:", "mailto:", "magnet:", "data:", "file:", "tel:", "sms:", "tg:"];

/// Where the links of a text lead, for finding what points to the same place: folded, without scheme and `www.`.
pub fn targets(text: &Untrusted) -> Vec<String> {
    let raw = text.raw();
    let target = |link: Range<usize>| {
        let folded = super::fold::fold(&raw[link]);
        let bare = folded.split_once("://").map_or(folded.as_str(), |(_, rest)| rest);
        bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/').to_owned()
    };
    find(raw).into_iter().map(target).collect()
}

/// Defangs every link of a text that was scrubbed, and remembers where they stand.
pub(super) fn defang(safe: SafeText<'_>) -> SafeText<'_> {
    let links = find(safe.as_str());
    if links.is_empty() {
        return safe;
    }
    let with: Vec<_> = links.into_iter().map(|link| (link.clone(), rewrite(&safe.as_str()[link]))).collect();
    let (mut safe, links) = replace(&safe, &with, true);
    safe.links = links;
    safe
}

/// The links of a text, in order.
fn find(text: &str) -> Vec<Range<usize>> {
    let mut links = Vec::new();
    let mut from = 0;
    while let Some(sign) = text[from..].find(['.', ':']).map(|i| from + i) {
        let start = after_last(text, from..sign, ends_token);
        let end = text[sign..].find(ends_token).map_or(text.len(), |i| sign + i);
        links_in(text, start..end, &mut links);
        from = end;
    }
    links
}

/// Just after the last character of a range that is such a one, else the start of the range.
fn after_last(text: &str, range: Range<usize>, such: impl Fn(char) -> bool) -> usize {
    let last = text[range.clone()].char_indices().rev().find(|&(_, c)| such(c));
    last.map_or(range.start, |(i, c)| range.start + i + c.len_utf8())
}

fn in_scheme(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '+' || c == '-'
}

/// No link goes on past these, among them the marks of the scrub.
fn ends_token(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '<' | '>' | '"' | '\u{2400}'
                ..='\u{2426}' | '«' | '»' | '“' | '”' | '⟨' | '⟩' | '|' | '\\' | '^' | '`' | '、' | '。'
        )
}

fn links_in(text: &str, token: Range<usize>, links: &mut Vec<Range<usize>>) {
    let word = &text[token.clone()];
    let scheme = word.find("://").map(|at| (after_last(word, 0..at, |c| !in_scheme(c)), at));
    let lead = word.find(|c: char| c.is_alphanumeric()).unwrap_or(0);
    let start = match scheme {
        Some((start, at)) if start < at && word.len() > at + 3 => Some(start),
        _ if SCHEMES.iter().any(|s| starts_with(&word[lead..], s) && word.len() > lead + s.len() + 2) => Some(lead),
        _ if starts_with(&word[lead..], "www.") && word.len() > lead + 4 => Some(lead),
        _ => None,
    };
    if let Some(start) = start {
        let end = trimmed(word, start, word.len());
        if end > start {
            links.push(token.start + start..token.start + end);
        }
        return;
    }
    let (mut from, mut done) = (0, 0);
    while let Some(dot) = word[from..].find('.').map(|i| from + i) {
        let start = after_last(word, from..dot, |c| !in_host(c));
        // A host ends at the first character that is in none, or where two dots meet.
        let run = word[dot..].find(|c| !in_host(c)).map_or(word.len(), |i| dot + i);
        let run = word[dot..run].find("..").map_or(run, |i| dot + i);
        if run == dot || start == dot {
            from = dot + 1;
            continue;
        }
        let host = word[start..run].trim_end_matches(['.', '-', '_']);
        let host_end = start + host.len();
        let mail = word[done..start].ends_with('@') && start - done > 1;
        let path = word[host_end..].starts_with(['/', '?', '#']) || is_port(&word[host_end..]);
        if is_host(host, mail || path) {
            let end = if path { trimmed(word, host_end, word.len()) } else { host_end };
            let start = if mail { after_last(word, done..start - 1, |c| !in_host(c) && c != '+') } else { start };
            links.push(token.start + start..token.start + end);
            (from, done) = (end, end);
        } else {
            from = run;
        }
    }
}

fn starts_with(word: &str, prefix: &str) -> bool {
    word.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn is_port(rest: &str) -> bool {
    rest.strip_prefix(':').is_some_and(|port| port.starts_with(|c: char| c.is_ascii_digit()))
}

fn in_host(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_')
}

/// `sure` says that a path or a mail address already speaks for it.
fn is_host(host: &str, sure: bool) -> bool {
    let Some((name, last)) = host.rsplit_once('.') else { return false };
    if name.is_empty() {
        return false;
    }
    if host.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return sure && host.split('.').count() == 4 && host.split('.').all(|part| part.parse::<u8>().is_ok());
    }
    // A sentence that begins without a space: `whores.One`.
    let mut letters = last.chars();
    let sentence = !sure && letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase);
    let listed = |list: &str| list.split(' ').any(|domain| !domain.is_empty() && last.eq_ignore_ascii_case(domain));
    !sentence && (listed(DOMAINS) || starts_with(last, "xn--") || (listed(WORDS) && (sure || name.contains('.'))))
}

/// Where a link ends once the punctuation of the sentence around it is taken off.
fn trimmed(word: &str, start: usize, end: usize) -> usize {
    let mut link = &word[start..end];
    let opened = ['(', '[', '{'].map(|bracket| link.contains(bracket));
    while let Some(last) = link.chars().next_back() {
        let closes = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '…' | '\'' | '*' | '_' | '~' | '’' => true,
            ')' => !opened[0],
            ']' => !opened[1],
            '}' => !opened[2],
            _ => false,
        };
        if !closes {
            break;
        }
        link = &link[..link.len() - last.len_utf8()];
    }
    start + link.len()
}

/// What a link is shown as.
fn rewrite(link: &str) -> String {
    let mut out = String::with_capacity(link.len() + 16);
    let mut rest = link;
    if !link.contains("://")
        && let Some(scheme) = SCHEMES.iter().find(|scheme| starts_with(link, scheme))
    {
        out.push_str(&link[..scheme.len() - 1]);
        out.push_str("[:]");
        rest = &link[scheme.len()..];
    } else if !link.contains("://") {
        rest = host(rest, &mut out);
    }
    while let Some(at) = rest.find("://") {
        let scheme = after_last(rest, 0..at, |c| !in_scheme(c));
        out.push_str(&rest[..scheme]);
        match &rest[scheme..at] {
            "http" | "HTTP" | "Http" => out.push_str("hxxp://"),
            "https" | "HTTPS" | "Https" => out.push_str("hxxps://"),
            other => {
                out.push_str(other);
                out.push_str("[:]//");
            }
        }
        rest = host(&rest[at + 3..], &mut out);
    }
    // A host may stand inside a path, too: what begins with www is opened by many a terminal.
    out.push_str(&rest.replace("www.", "www[.]"));
    out
}

/// Writes the host that `rest` begins with, bracketed, and gives back what follows.
fn host<'a>(rest: &'a str, out: &mut String) -> &'a str {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    if rest[..end].ends_with(':') && rest[end..].starts_with("//") {
        // No host but a scheme again.
        return rest;
    }
    for c in rest[..end].chars() {
        match c {
            '.' => out.push_str("[.]"),
            '@' => out.push_str("[@]"),
            _ => out.push(c),
        }
    }
    &rest[end..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::scrub;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        scrub::block(&Untrusted::from(text)).to_string()
    }

    #[test]
    fn links_are_defanged() {
        for (text, safe) in [
            ("see https://evil.example/a.b?c=d.", "see hxxps://evil[.]example/a.b?c=d."),
            ("HTTP://EVIL.COM", "hxxp://EVIL[.]COM"),
            ("[x](http://a.fr/b)", "[x](hxxp://a[.]fr/b)"),
            ("(voir www.evil.co.uk/x)", "(voir www[.]evil[.]co[.]uk/x)"),
            ("sur evil.com, vite", "sur evil[.]com, vite"),
            ("url:youtube.com]", "url:youtube[.]com]"),
            ("bob.x@evil.fr!", "bob[.]x[@]evil[.]fr!"),
            ("javascript:alert(1)", "javascript[:]alert(1)"),
            ("ftp://a.b/c", "ftp[:]//a[.]b/c"),
            ("http://ok.org/http://evil.com/www.x.fr", "hxxp://ok[.]org/hxxp://evil[.]com/www[.]x.fr"),
            ("http://user@10.0.0.1:80/x", "hxxp://user[@]10[.]0[.]0[.]1:80/x"),
            ("t.me/joinchat", "t[.]me/joinchat"),
            ("10.0.0.1/x", "10[.]0[.]0[.]1/x"),
            ("a.com b.net", "a[.]com b[.]net"),
            ("voir...evil.com..ici", "voir...evil[.]com..ici"),
        ] {
            assert_eq!(shown(text), safe, "{text}");
        }
    }

    #[test]
    fn what_is_no_link_stays() {
        for text in [
            "whores.One day",
            "tell.me",
            "life.and",
            "1.2.3.4",
            "TL:DR",
            "WP:NPOV,",
            "da:)",
            "e.g. this",
            "12:30",
            "fin...",
            "con.Ѩ",
            "http://",
            "a.b",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn marks_keep_their_place_beside_links() {
        let raw = Untrusted::from("\u{202e}a.com\u{7}b.com");
        let safe = scrub::block(&raw);
        assert_eq!(safe.as_str(), "⟨RLO⟩a[.]com␇b[.]com");
        let odd: Vec<_> = safe.odd().iter().map(|r| &safe.as_str()[r.clone()]).collect();
        assert_eq!(odd, ["⟨RLO⟩", "␇"]);
    }

    #[test]
    fn the_same_target_is_the_same_however_it_is_written() {
        let text = Untrusted::from("https://www.Evil.com/ evil.com EVIL.com/");
        assert_eq!(targets(&text), ["evil.com", "evil.com", "evil.com"]);
    }

    proptest! {
        #[test]
        fn no_web_address_survives(text in "(http://|https://|www\\.|[a-c./:@()\\[\\] \u{7}é]|com){0,30}") {
            let raw = Untrusted::from(text);
            let safe = scrub::block(&raw);
            for scheme in ["http://", "https://"] {
                for (at, _) in safe.as_str().match_indices(scheme) {
                    let after = safe.as_str()[at + scheme.len()..].chars().next();
                    prop_assert!(after.is_none_or(|c| !c.is_alphanumeric()), "{}", safe);
                }
            }
            for link in safe.links() {
                prop_assert!(safe.as_str().get(link.clone()).is_some());
            }
        }
    }
}
