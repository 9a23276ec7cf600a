//! Somebody to talk to, outside the house: shown on the break screen, quietly, where the country is known.
//!
//! The numbers are those that their services publish, free or at local price, as of 2026. A house that has somebody of
//! its own names them in `[desk] help`, and these come first.

/// Lines for people in distress, or close to it, by country (ISO 3166).
const LINES: &[(&str, &str)] = &[
    ("AT", "Telefonseelsorge 142"),
    ("AU", "Lifeline 13 11 14"),
    ("BE", "Télé-Accueil 107 · Tele-Onthaal 106"),
    ("CA", "988"),
    ("CH", "143 La Main Tendue · Die Dargebotene Hand"),
    ("DE", "TelefonSeelsorge 0800 111 0 111"),
    ("ES", "024"),
    ("FR", "3114"),
    ("GB", "Samaritans 116 123"),
    ("IE", "Samaritans 116 123"),
    ("IT", "Telefono Amico 02 2327 2327"),
    ("LU", "SOS Détresse 45 45 45"),
    ("NL", "113"),
    ("NZ", "1737"),
    ("SE", "Mind Självmordslinjen 90101"),
    ("US", "988"),
];

/// Whom to name: the house's own first, then the country's line.
pub fn contacts(own: &[String], country: Option<&str>) -> Vec<String> {
    let line = country.and_then(|country| LINES.iter().find(|(known, _)| known.eq_ignore_ascii_case(country)));
    own.iter().cloned().chain(line.map(|(_, line)| (*line).to_owned())).collect()
}

/// The country of a locale: `FR` of `fr_FR.UTF-8`; none of `C` or `fr`.
pub fn country_of(locale: &str) -> Option<String> {
    let region = locale.split(['.', '@']).next()?.split(['_', '-']).nth(1)?;
    (region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_alphabetic())).then(|| region.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_s_own_come_before_the_country_s() {
        let own = vec!["Dr Roy 01 99 00 12 34".to_owned()];
        assert_eq!(contacts(&own, Some("fr")), ["Dr Roy 01 99 00 12 34", "3114"]);
        assert_eq!(contacts(&[], Some("XX")), Vec::<String>::new());
        assert_eq!(contacts(&[], None), Vec::<String>::new());
    }

    #[test]
    fn a_locale_tells_its_country() {
        let told = ["fr_FR.UTF-8", "de-AT", "en_GB@euro", "C.UTF-8", "fr", ""].map(country_of);
        assert_eq!(told.map(Option::unwrap_or_default), ["FR", "AT", "GB", "", "", ""]);
    }
}
