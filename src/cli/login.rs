//! `moddesk login URL`: asks for a token, tries it, and keeps it where only its owner can read it.

use super::Exit;
use super::args::Globals;
use super::out::{complain, say};
use crate::config::paths::usual_config_dir;
use crate::config::secrets::{Token, keep};
use crate::config::{Config, Environment, Typed, login};
use crate::team::api;
use crate::team::client::root;
use anyhow::{Context, anyhow, bail};
use reqwest::StatusCode;
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use std::io::{BufRead, IsTerminal, Write, stderr, stdin};
use std::time::Duration;

pub fn run(globals: &Globals, url: &str) -> anyhow::Result<Exit> {
    let url = url.trim_end_matches('/');
    let typed = Typed {
        config: globals.config.clone(),
        data_dir: globals.data_dir.clone(),
        server: Some(url.to_owned()),
        ..Typed::default()
    };
    // A token in the environment would win over the one that is kept here.
    let environment = Environment { token: None, kept_server: None, ..Environment::of_this_process() };
    let config = Config::load(&typed, &environment)?;
    let server = config.server.as_ref().context("there is no server to sign in at; give its address")?;
    let place = server.token_file().context("there is no place to keep the token; set [server] token_file")?;
    let token = Token::new(asked()?);
    if token.reveal().is_empty() {
        bail!("no token was given; ask an administrator for one: `moddesk moderator token NAME`");
    }
    let mut client = reqwest::Client::builder().timeout(Duration::from_secs(30));
    if let Some(file) = &server.ca_file {
        let pem = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
        client = client.add_root_certificate(reqwest::Certificate::from_pem(&pem).context("the ca_file is no PEM")?);
    }
    let client = client.build().context("cannot make connections")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start")?;
    let asking = async {
        let response = client.get(format!("{url}{}", api::me::PATH)).bearer_auth(token.reveal()).send().await?;
        let status = response.status();
        Ok::<_, reqwest::Error>((status, response.bytes().await?))
    };
    let (status, body) = match runtime.block_on(asking) {
        Ok(answer) => answer,
        Err(error) => {
            complain(&anyhow!("{url} cannot be reached ({}); check the address and the line", root(&error)));
            return Ok(Exit::Unreachable);
        }
    };
    match status {
        StatusCode::OK => {}
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS => {
            complain(&anyhow!("{url} does not know this token; ask an administrator for a new one"));
            return Ok(Exit::NotAllowed);
        }
        other => bail!("{url} answers {other}, as no moddesk server does; check the address"),
    }
    let me: api::me::Answer = serde_json::from_slice(&body).context("no moddesk server answers there")?;
    keep(place, &token)?;
    login::keep(Some(url)).context("the server cannot be remembered; set [server] url in the configuration")?;
    say(&format!("signed in as {}; the token is in {}", me.person.name, place.display()));
    say("the desk opens there from now on; `moddesk login --forget` takes that back");
    Ok(Exit::Done)
}

/// Forgets where it was signed in, and the token that was kept for it.
pub fn forget() -> anyhow::Result<Exit> {
    login::keep(None).context("what was kept cannot be removed; check who owns the configuration's folder")?;
    let token = usual_config_dir().map(|folder| folder.join("token"));
    if let Some(token) = token.filter(|token| token.exists()) {
        std::fs::remove_file(&token).with_context(|| format!("{} cannot be removed", token.display()))?;
    }
    say("forgotten; the desk opens on this machine's queue");
    Ok(Exit::Done)
}

/// The token as typed or piped; on a terminal it is not echoed.
fn asked() -> anyhow::Result<String> {
    let mut line = String::new();
    if !stdin().is_terminal() {
        stdin().lock().read_line(&mut line).context("the token cannot be read")?;
        return Ok(line);
    }
    write!(stderr(), "Token: ")?;
    stderr().flush()?;
    let before = tcgetattr(stdin()).context("the terminal does not say how it is set")?;
    let mut silent = before.clone();
    silent.local_modes.remove(LocalModes::ECHO);
    tcsetattr(stdin(), OptionalActions::Now, &silent).context("the terminal cannot be made silent")?;
    let read = stdin().lock().read_line(&mut line);
    let restored = tcsetattr(stdin(), OptionalActions::Now, &before);
    writeln!(stderr())?;
    read.context("the token cannot be read")?;
    restored.context("the terminal could not be set back; type `stty sane`")?;
    Ok(line)
}
