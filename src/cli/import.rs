//! `moddesk import`.

use super::Exit;
use super::args::Globals;
use super::beside::{self, Beside, Found};
use super::out::{Out, say, stderr_is_terminal};
use super::taker::Taker;
use crate::config::items::{OpenItems, open_items};
use crate::moderation::intake::{self, Ending, Incoming, RefusedLine};
use crate::moderation::item::is_name;
use crate::store::Imported;
use anyhow::{Context, bail};
use clap::{Args as Group, ValueEnum};
use futures_util::future::{LocalBoxFuture, MaybeDone, maybe_done};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::sync::mpsc::sync_channel;
use std::task::Poll;
use std::time::Duration;

/// What a file of items looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A JSON object a line
    Jsonl,
    /// Comma-separated values with a head line
    Csv,
}

/// `moddesk import`.
#[derive(Clone, Debug, Group)]
pub struct ImportArgs {
    /// The file (also .gz), or - for standard input
    pub file: PathBuf,
    /// For items that name no queue
    #[arg(long, value_name = "NAME")]
    pub queue: Option<String>,
    /// Told by the file's name where not said
    #[arg(long)]
    pub format: Option<Format>,
}

/// Items in one transaction, and so in memory at a time: large enough that its sync does not count, small enough that
/// an open desk gets between two of them.
const BATCH: usize = 2_000;

/// What the reading thread hands over.
#[derive(Default)]
struct Batch {
    items: Vec<Incoming>,
    /// The lines refused between them.
    refused: Vec<RefusedLine>,
    /// Pictures to be copied once their items are in.
    pictures: Vec<Found>,
    /// Pictures that cannot be.
    without: Vec<RefusedLine>,
}

pub fn run(globals: &Globals, args: &ImportArgs) -> anyhow::Result<Exit> {
    if let Some(queue) = args.queue.as_deref().filter(|queue| !is_name(queue)) {
        bail!("--queue {queue}: a queue's name is 1 to 200 bytes of printable ASCII without spaces");
    }
    let format = args.format.map(|format| match format {
        Format::Jsonl => intake::Format::Jsonl,
        Format::Csv => intake::Format::Csv,
    });
    let OpenItems { mut items, size, read } = open_items(&args.file, format)?;
    let taker = Taker::open(globals, args.queue.clone())?;
    let bar = size.map_or_else(|| progress("items"), bytes);
    let total = Imported::default();

    let mut beside = Beside::of(&args.file);
    let (send, receive) = sync_channel::<Batch>(2);
    let reader = std::thread::Builder::new()
        .name("reader".into())
        .spawn(move || {
            loop {
                let mut batch = Batch { items: Vec::with_capacity(BATCH), ..Batch::default() };
                for next in items.by_ref().take(BATCH) {
                    match next {
                        Ok(mut item) => {
                            if !item.item.media.is_empty() {
                                beside.look(&mut item, &mut batch.pictures, &mut batch.without);
                            }
                            batch.items.push(item);
                        }
                        Err(line) => batch.refused.push(line),
                    }
                }
                let last = batch.items.is_empty() && batch.refused.is_empty();
                if last || send.send(batch).is_err() {
                    return items.ending();
                }
            }
        })
        .context("cannot start reading")?;

    let mut done = Done { total, pictures: 0, without: 0, failure: None, bar };
    taker.block(async {
        // One batch is made ready while the one before is written.
        let mut before: Option<Under<'_>> = None;
        for Batch { items, refused, pictures, without } in &receive {
            let (count, at) = (items.len() as u64, read.load(Ordering::Relaxed));
            let mut import = Box::pin(maybe_done(taker.take_in(items)));
            start(&mut import).await;
            if let Some(before) = before.replace(Under { import, refused, pictures, without, count, at }) {
                done.add(before, size, &taker).await;
            }
            if done.failure.is_some() {
                break;
            }
        }
        if let Some(last) = before {
            done.add(last, size, &taker).await;
        }
    });
    let Done { total, pictures, without, failure, bar } = done;
    drop(receive);
    let ending = reader.join().map_err(|_| anyhow::anyhow!("reading stopped; what came before is in the queue"))?;
    bar.finish_and_clear();
    if ending == Ending::Empty {
        say(&format!("moddesk: there is no item in {}: nothing was imported", args.file.display()));
    }
    for queue in &total.created_queues {
        say(&format!("queue {queue} did not exist and was created"));
    }
    if pictures + without > 0 {
        say(&format!("pictures: {pictures} kept, {without} not; their items are in and can be decided"));
    }
    let mut out = Out::stdout();
    writeln!(
        out,
        "imported {}, updated {}, unchanged {}, refused {}",
        total.imported,
        total.updated,
        total.unchanged,
        total.refused.len()
    )?;
    out.finish()?;
    if let Some(error) = failure {
        return Err(error).context("the import stopped; what is counted above is in the queue");
    }
    Ok(exit(&total, ending))
}

/// A batch on its way into the queue, and how far the file had been read when it left.
struct Under<'a> {
    import: Pin<Box<MaybeDone<LocalBoxFuture<'a, anyhow::Result<Imported>>>>>,
    refused: Vec<RefusedLine>,
    pictures: Vec<Found>,
    without: Vec<RefusedLine>,
    count: u64,
    at: u64,
}

/// Lets a batch begin without waiting for it.
async fn start<F: Future<Output = ()> + Unpin>(batch: &mut F) {
    std::future::poll_fn(|context| {
        let _ = Pin::new(&mut *batch).poll(context);
        Poll::Ready(())
    })
    .await;
}

/// What has come of the batches so far.
struct Done {
    total: Imported,
    /// Pictures copied, and those that could not be.
    pictures: u64,
    without: u64,
    failure: Option<anyhow::Error>,
    bar: ProgressBar,
}

impl Done {
    /// Waits for a batch, counts it and names what was refused. After a failure the next is still waited for.
    async fn add(&mut self, batch: Under<'_>, size: Option<u64>, taker: &Taker) {
        let Under { mut import, mut refused, pictures, mut without, count, at } = batch;
        import.as_mut().await;
        match import.as_mut().take_output() {
            Some(Ok(mut done)) => {
                refused.append(&mut done.refused);
                refused.sort_by_key(|line| line.line);
                self.total.imported += done.imported;
                self.total.updated += done.updated;
                self.total.unchanged += done.unchanged;
                self.total.created_queues.append(&mut done.created_queues);
                match beside::copy(taker, pictures, &mut without).await {
                    Ok(copied) => self.pictures += copied,
                    Err(error) => {
                        self.failure.get_or_insert(error);
                    }
                }
            }
            Some(Err(error)) => {
                self.failure.get_or_insert(error);
            }
            None => {}
        }
        without.sort_by_key(|line| line.line);
        self.without += without.len() as u64;
        for line in refused.iter().chain(&without) {
            self.bar.suspend(|| say(&format!("line {}: {}", line.line, line.error)));
        }
        let refused = refused.iter().map(|line| RefusedLine { line: line.line, error: String::new() });
        self.total.refused.extend(refused);
        match size {
            Some(_) => self.bar.set_position(at),
            None => self.bar.inc(count),
        }
    }
}

/// 1 where there was nothing to read, 3 where any line was refused or the file broke off.
fn exit(total: &Imported, ending: Ending) -> Exit {
    let taken = total.imported + total.updated + total.unchanged;
    match ending {
        Ending::Empty => Exit::Failed,
        Ending::Broken if taken == 0 => Exit::Failed,
        Ending::Broken => Exit::Partly,
        Ending::Whole if total.refused.is_empty() => Exit::Done,
        Ending::Whole => Exit::Partly,
    }
}

/// A count that moves, on a terminal only.
pub fn progress(what: &'static str) -> ProgressBar {
    shown(ProgressBar::no_length(), "{human_pos} {msg}, {per_sec}, {elapsed}").with_message(what)
}

/// A bar over the bytes of a file, on a terminal only.
fn bytes(size: u64) -> ProgressBar {
    shown(ProgressBar::new(size), "{wide_bar} {bytes} of {total_bytes}, {eta} to go")
}

fn shown(bar: ProgressBar, template: &str) -> ProgressBar {
    if !stderr_is_terminal() {
        return ProgressBar::hidden();
    }
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
