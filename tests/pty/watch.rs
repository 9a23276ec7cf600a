//! The supervisor's dashboard in a real terminal, beside a real desk on the same queue.

use crate::desk::{House, shows};
use crate::pty::Pty;
use serde_json::Value;

fn watch(house: &House, size: (u16, u16)) -> Pty {
    house.write("watch.toml", "[desk]\nmoderator = \"sonia\"\n");
    Pty::moddesk(&["watch"])
        .size(size.0, size.1)
        .env("MODDESK_DATA_DIR", house.path("data"))
        .env("MODDESK_CONFIG", house.path("watch.toml"))
        .env("LC_ALL", "C.UTF-8")
        .start()
}

#[test]
fn a_queue_is_paused_with_a_reason_and_the_terminal_left_as_it_was() {
    let house = House::with(12);
    let mut watch = watch(&house, (80, 24));
    watch.sees("supervision").sees("12 waiting").press("p").sees("Why is default paused?");
    watch.press("enter").sees("It needs a reason.");
    watch.send(b"the site is down").press("enter").sees("default is paused.").sees("paused: the site");
    let stats: Value = serde_json::from_slice(&house.run(&["stats", "--json"]).stdout).expect("JSON");
    let paused = stats["queues"].as_array().expect("queues").iter().find(|queue| queue["name"] == "default");
    assert_eq!(paused.map(|queue| queue["paused"].clone()), Some(Value::Bool(true)), "{stats}");
    watch.press("p").sees("default is served again.");
    watch.press("/").send(b"id:t:0003").press("enter").sees("numbered 0003").press("q");
    assert_eq!(watch.ends(), 0);
    watch.is_as_it_was("numbered");
    house.audit_is_whole();
}

#[test]
fn a_notice_written_there_reaches_an_open_desk_and_is_seen_to_be_read() {
    let house = House::with(6);
    let mut desk = house.desk(&[]);
    desk.sees(&shows(1));
    let mut watch = watch(&house, (120, 40));
    watch.sees("1 at work").press("n").sees("A notice to whom?").press("b").sees("must it be confirmed?");
    watch.press("c").sees("Notice to everybody").send(b"never promise a date").press("enter");
    watch.sees("Sent to everybody.");
    desk.sees("A notice waits before the next item").press("a").sees("never promise a date");
    desk.press("enter").sees(&shows(2));
    for _ in 0..6 {
        watch.press("tab");
    }
    watch.sees("1 of 1 have read it").press("enter").sees("ines · read");
    watch.press("q").ends();
    desk.press("q").sees("Enter").press("enter").ends();
}
