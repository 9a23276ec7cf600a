//! What a key costs until the next item's bytes are ready, on a queue in memory: update, view and painter, without the
//! journal and without the terminal.
//!
//! `cargo bench --bench screen`. The yardstick is a bare copy of a screen's cells, in the same run.

use jiff::{SignedDuration, Timestamp};
use moddesk::desk::News;
use moddesk::moderation::{Item, Served};
use moddesk::text::Untrusted;
use moddesk::tui::command::Bindings;
use moddesk::tui::keymap::Key;
use moddesk::tui::model::Model;
use moddesk::tui::msg::{Msg, What};
use moddesk::tui::term::Painter;
use moddesk::tui::theme::Theme;
use moddesk::tui::update::update;
use moddesk::tui::{Settings, view};
use moddesk::wellbeing::{Moment, Severity};
use moddesk::words::{Lang, Words};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

const ITEMS: u64 = 10_000;

fn served(n: u64) -> Arc<Served> {
    let text =
        "Ça fait 3 semaines que j'attends mon expert après la tempête, personne ne répond. ".repeat(1 + n as usize % 9);
    let item = Item {
        id: format!("forum:{n}"),
        revision: 1,
        lang: Some("fr".into()),
        text: Some(Untrusted::new(text)),
        ..Item::default()
    };
    let now: Timestamp = "2026-11-22T14:00:00Z".parse().expect("a time");
    Arc::new(Served {
        item,
        queue: "comments".into(),
        client: "news".into(),
        round: 1,
        lease_until: now + SignedDuration::from_mins(5),
        due_at: None,
        severity: Severity::NONE,
        actions: ["approve", "delete", "restrict", "escalate"].map(str::to_owned).to_vec(),
        rounds: Vec::new(),
        author: None,
        alike: Vec::new(),
    })
}

#[expect(clippy::print_stdout, reason = "a benchmark is there to print")]
fn main() {
    let mut at = Moment {
        wall: "2026-11-22T14:00:00Z".parse().expect("a time"),
        boot_id: "bench".into(),
        since_boot: Duration::from_secs(3600),
    };
    let settings = Settings {
        go: true,
        guard: Duration::ZERO,
        hold: Duration::ZERO,
        confirm_unseen: false,
        ..Settings::default()
    };
    let (keys, words) = (Arc::new(Bindings::shipped(Lang::Fr)), Arc::new(Words::new(Lang::Fr)));
    let mut model = Model::new(settings, keys, words, at.clone(), (120, 40));
    let mut ids = 0u128;
    let mut tell = |model: &mut Model, at: &Moment, what: What| {
        while model.ids.len() < 8 {
            ids += 1;
            model.ids.push_back(Uuid::from_u128(ids));
        }
        update(model, Msg { at: at.clone(), what })
    };
    tell(&mut model, &at, What::News(Box::new(News::Shift(Box::default()))));
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let mut painter = Painter::new();
    let (mut keys_us, mut draw_us, mut bytes) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..ITEMS {
        let items = vec![served(n)];
        tell(&mut model, &at, What::News(Box::new(News::Ahead { items, waiting: ITEMS - n, first: false })));
        at.wall += Duration::from_millis(20);
        at.since_boot += Duration::from_millis(20);
        let start = Instant::now();
        black_box(tell(&mut model, &at, What::Key(Key::char('a'))));
        keys_us.push(start.elapsed());
        let start = Instant::now();
        buffer.reset();
        let cursor = view::draw(&model, Theme::Terminal, &mut buffer);
        let painted = painter.paint(&buffer, cursor).len();
        draw_us.push(start.elapsed());
        bytes.push(painted as u64);
        tell(&mut model, &at, What::Drawn);
        if let Some(held) = model.held.pop() {
            black_box(held);
        }
    }
    let copies = (0..ITEMS).map(|_| {
        let start = Instant::now();
        black_box(black_box(&buffer).clone());
        start.elapsed()
    });
    let copies: Vec<Duration> = copies.collect();
    println!("{ITEMS} items approved one by one at 120x40, in French");
    line("key to updated model", &mut keys_us);
    line("draw and paint", &mut draw_us);
    line("a bare copy of the cells", &mut { copies });
    bytes.sort_unstable();
    println!("bytes a frame        p50 {}  p99 {}", bytes[bytes.len() / 2], bytes[bytes.len() * 99 / 100]);
}

#[expect(clippy::print_stdout, reason = "a benchmark is there to print")]
fn line(name: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: usize| times[times.len() * share / 100].as_secs_f64() * 1e6;
    println!("{name:<26} p50 {:>7.1} us  p99 {:>7.1} us", at(50), at(99));
}
