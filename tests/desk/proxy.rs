//! A line that can be made bad: slow, cut, half-open, lossy, and one on which requests arrive twice and out of order.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

/// What the line is like; shares are of pieces of a kilobyte or a request.
#[derive(Clone, Copy, Debug, Default)]
pub struct Weather {
    /// One way.
    pub delay: Duration,
    /// So many of a thousand are lost and sent again by the system, which holds up everything behind them.
    pub lost: u64,
    /// So many of a thousand break the connection.
    pub cut: u64,
    /// So many of a thousand are the last that arrives, while the connection stays open.
    pub silent: u64,
    /// So many of a thousand requests arrive once more, later and on another connection.
    pub again: u64,
    /// Nobody gets through.
    pub closed: bool,
    /// Requests arrive, answers do not.
    pub mute: bool,
}

/// What the system waits before it sends a lost piece again.
const RESENT: Duration = Duration::from_millis(200);

struct Shared {
    target: Mutex<SocketAddr>,
    weather: Mutex<Weather>,
    cut: watch::Sender<u64>,
    swallowed: Mutex<Vec<u8>>,
    seed: u64,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The same numbers for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % sides.max(1)
    }

    /// Whether one of so many in a thousand.
    pub fn thousandth(&mut self, many: u64) -> bool {
        self.roll(1000) < many
    }
}

/// The line.
pub struct Proxy {
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

impl Proxy {
    pub async fn start(target: SocketAddr, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (target, weather) = (Mutex::new(target), Mutex::default());
        let shared =
            Arc::new(Shared { target, weather, cut: watch::Sender::new(0), swallowed: Mutex::default(), seed });
        let house = Arc::clone(&shared);
        tokio::spawn(async move {
            for number in 1u64.. {
                let Ok((stream, _)) = listener.accept().await else { return };
                tokio::spawn(connection(Arc::clone(&house), stream, Dice::new(house.seed ^ (number << 20))));
            }
        });
        Self { address, shared }
    }

    /// From now on, also on connections that are open.
    pub fn set(&self, weather: Weather) {
        *lock(&self.shared.weather) = weather;
    }

    /// Whether an answer with these words was swallowed.
    pub fn has_swallowed(&self, words: &str) -> bool {
        lock(&self.shared.swallowed).windows(words.len()).any(|said| said == words.as_bytes())
    }

    /// Breaks every connection.
    pub fn cut(&self) {
        self.shared.cut.send_modify(|cuts| *cuts += 1);
    }
}

impl Shared {
    fn weather(&self) -> Weather {
        *lock(&self.weather)
    }
}

async fn connection(shared: Arc<Shared>, client: TcpStream, mut dice: Dice) {
    let mut cut = shared.cut.subscribe();
    cut.mark_unchanged();
    if shared.weather().closed {
        return;
    }
    let target = *lock(&shared.target);
    let Ok(server) = TcpStream::connect(target).await else { return };
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let (there, back) = (Dice::new(dice.roll(u64::MAX)), Dice::new(dice.roll(u64::MAX)));
    tokio::select! {
        _ = pump(&shared, from_client, to_server, there, Some(target)) => {}
        _ = pump(&shared, from_server, to_client, back, None) => {}
        _ = cut.changed() => {}
    }
}

/// One direction until it breaks. Pieces keep their order and are late by the way they have to go, not by each other.
async fn pump(
    shared: &Arc<Shared>,
    mut from: tokio::net::tcp::OwnedReadHalf,
    mut to: tokio::net::tcp::OwnedWriteHalf,
    mut dice: Dice,
    replays_to: Option<SocketAddr>,
) -> io::Result<()> {
    let (put, mut take) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    let read = async {
        let mut buffer = vec![0; 1024];
        let mut requests = Requests::default();
        let mut arrives = Instant::now();
        let mut silent = false;
        loop {
            let many = from.read(&mut buffer).await?;
            if many == 0 {
                return Ok::<_, io::Error>(());
            }
            let weather = shared.weather();
            if dice.thousandth(weather.cut) {
                return Ok(());
            }
            silent |= dice.thousandth(weather.silent);
            let answers = replays_to.is_none();
            if weather.mute && answers {
                lock(&shared.swallowed).extend_from_slice(&buffer[..many]);
                continue;
            }
            if silent {
                continue;
            }
            if let Some(target) = replays_to {
                for request in requests.take(&buffer[..many]) {
                    if dice.thousandth(weather.again) {
                        let late = Duration::from_millis(dice.roll(400));
                        tokio::spawn(again(target, request, late));
                    }
                }
            }
            let held_up = if dice.thousandth(weather.lost) { RESENT } else { Duration::ZERO };
            arrives = arrives.max(Instant::now() + weather.delay + held_up);
            if put.send((arrives, buffer[..many].to_vec())).is_err() {
                return Ok(());
            }
        }
    };
    let write = async {
        while let Some((arrives, piece)) = take.recv().await {
            tokio::time::sleep_until(arrives).await;
            to.write_all(&piece).await?;
        }
        Ok::<_, io::Error>(())
    };
    tokio::select! {
        ended = read => ended,
        ended = write => ended,
    }
}

/// The same request once more, its answer thrown away.
async fn again(target: SocketAddr, request: Vec<u8>, late: Duration) {
    tokio::time::sleep(late).await;
    let Ok(mut stream) = TcpStream::connect(target).await else { return };
    if stream.write_all(&request).await.is_ok() {
        let mut answer = [0; 512];
        let _ = tokio::time::timeout(Duration::from_secs(2), stream.read(&mut answer)).await;
    }
}

/// Cuts what a client says into whole requests with bodies.
#[derive(Default)]
struct Requests(VecDeque<u8>);

impl Requests {
    fn take(&mut self, bytes: &[u8]) -> Vec<Vec<u8>> {
        self.0.extend(bytes);
        let mut whole = Vec::new();
        loop {
            let said = self.0.make_contiguous();
            let Some(head) = said.windows(4).position(|four| four == b"\r\n\r\n") else { return whole };
            let text = String::from_utf8_lossy(&said[..head]).to_ascii_lowercase();
            let length =
                text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
            let end = head + 4 + length.unwrap_or(0);
            if said.len() < end {
                return whole;
            }
            let request: Vec<u8> = self.0.drain(..end).collect();
            if length.is_some() {
                whole.push(request);
            }
        }
    }
}
