//! Numbers in the reader's way.

use super::typography::NO_BREAK;
use super::{Lang, Value, Words};
use fluent_bundle::types::FluentNumber;

/// How a bundle of this language writes the numbers in its messages.
pub(super) fn formatter<M>(lang: Lang) -> fn(&Value<'_>, &M) -> Option<String> {
    fn english<M>(value: &Value<'_>, _: &M) -> Option<String> {
        spoken(value, Lang::En)
    }
    fn french<M>(value: &Value<'_>, _: &M) -> Option<String> {
        spoken(value, Lang::Fr)
    }
    match lang {
        Lang::En => english::<M>,
        Lang::Fr => french::<M>,
    }
}

fn spoken(value: &Value<'_>, lang: Lang) -> Option<String> {
    match value {
        Value::Number(number) => Some(grouped(number, lang)),
        _ => None,
    }
}

fn grouped(number: &FluentNumber, lang: Lang) -> String {
    let plain = number.as_string();
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_ref()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let (between, point) = match lang {
        Lang::En => (',', '.'),
        Lang::Fr => (NO_BREAK, ','),
    };
    let mut out = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        // Four digits stand together in neither language's tables; five and more are grouped in both.
        if place > 0 && (whole.len() - place) % 3 == 0 && whole.len() > 4 {
            out.push(between);
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

impl Words {
    /// A whole number: `26,276`, in French `26 276`. Up to four digits it stands ungrouped.
    pub fn number(&self, n: u64) -> String {
        grouped(&FluentNumber::from(n), self.lang())
    }

    /// A number with one digit behind the point, where there is any: `3.6`, in French `3,6`.
    pub fn decimal(&self, value: f64) -> String {
        grouped(&FluentNumber::from((value * 10.0).round() / 10.0), self.lang())
    }

    /// A share of 1 in whole percent: `91%`, in French `91 %`.
    pub fn percent(&self, share: f64) -> String {
        self.say_with("time-percent", &[("n", Value::from((share * 100.0).round()))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_grouped_in_the_readers_way() {
        let (english, french) = (Words::new(Lang::En), Words::new(Lang::Fr));
        assert_eq!(english.number(9999), "9999");
        assert_eq!(english.number(26_276), "26,276");
        assert_eq!(french.number(26_276), "26\u{a0}276");
        assert_eq!(french.number(1_000_000), "1\u{a0}000\u{a0}000");
        assert_eq!(grouped(&FluentNumber::from(-12_345.5), Lang::Fr), "-12\u{a0}345,5");
        assert_eq!(english.percent(0.914), "91%");
        assert_eq!(french.percent(0.914), "91\u{a0}%");
    }

    proptest! {
        #[test]
        fn grouping_changes_no_digit(n in 0u64..(1 << 53)) {
            for lang in Lang::ALL {
                let digits: String = Words::new(lang).number(n).chars().filter(char::is_ascii_digit).collect();
                prop_assert_eq!(digits, n.to_string());
            }
        }
    }
}
