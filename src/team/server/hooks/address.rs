//! Where webhooks may go. An address inside the house's own network is refused unless the server was started to allow
//! it: else whoever may make webhooks could make the server knock at doors that only it can reach.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// What is said of such an address, here and in the list of what has not arrived.
pub(super) const PRIVATE: &str = "its address is not a public one; `moddesk serve --webhooks-to-private` allows that";

/// Whether anybody on the internet could reach it.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => is_public_v4(four),
        IpAddr::V6(six) => is_public_v6(six),
    }
}

fn is_public_v4(four: Ipv4Addr) -> bool {
    let [a, b, c, _] = four.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let special = a == 192 && b == 0 && (c == 0 || c == 2);
    let benches = a == 198 && (b == 18 || b == 19);
    !(four.is_private()
        || four.is_loopback()
        || four.is_link_local()
        || four.is_multicast()
        || four.is_documentation()
        || a == 0
        || a >= 240
        || shared
        || special
        || benches)
}

fn is_public_v6(six: Ipv6Addr) -> bool {
    let parts = six.segments();
    let four = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // An IPv4 address in another coat: mapped, compatible, translated (64:ff9b::), by 6to4.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0, 0, 0, 0, 0, 0, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            four(high, low)
        }
        [0x2002, high, low, ..] => four(high, low),
        // Only what is given out as global: neither fc00::/7 nor fe80::/10 nor ff00::/8 lies there. Teredo and the
        // documentation's range do, and lead nowhere of ours.
        [first, ..] if first & 0xe000 != 0x2000 => false,
        [0x2001, second, ..] => second != 0 && second != 0xdb8,
        _ => true,
    }
}

/// Resolves names to their public addresses only, at the moment of connecting: a name that pointed elsewhere when it
/// was checked cannot lead inside.
pub(super) struct Public;

impl Resolve for Public {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let public: Vec<SocketAddr> = found.into_iter().filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                return Err(PRIVATE.into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// Why an address can never be sent to, whatever its name resolves to later.
pub(in crate::team::server) fn wrong_address(url: &str, to_private: bool) -> Option<String> {
    let Ok(parsed) = reqwest::Url::parse(url) else {
        return Some("a webhook goes to an http:// or https:// address".into());
    };
    let host = parsed.host_str().unwrap_or_default();
    let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
    let inside = literal.is_some_and(|address| !is_public(address)) || host.eq_ignore_ascii_case("localhost");
    (inside && !to_private).then(|| PRIVATE.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_inside_a_network_is_not_public_in_whatever_coat() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.31.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(!is_public(inside.parse().expect("an address")), "{inside}");
        }
        for outside in ["9.9.9.9", "172.32.0.1", "100.128.0.1", "2620:fe::fe", "2002:909:909::", "::ffff:9.9.9.9"] {
            assert!(is_public(outside.parse().expect("an address")), "{outside}");
        }
    }

    #[test]
    fn an_address_that_hides_in_its_spelling_is_found() {
        for inside in
            ["http://127.1/", "http://0x7f000001/", "http://2130706433/", "http://[::1]:80/", "http://LOCALHOST"]
        {
            assert!(wrong_address(inside, false).is_some(), "{inside}");
            assert!(wrong_address(inside, true).is_none(), "{inside}");
        }
        assert!(wrong_address("https://client.example/hook", false).is_none());
    }
}
