//! `moddesk completions` and `moddesk man`: views of the declared arguments.

use super::Exit;
use super::args::Args;
use super::out::Out;
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::Write;

pub fn completions(shell: Shell) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "moddesk", &mut script);
    write(&script)
}

pub fn man() -> anyhow::Result<Exit> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Args::command()).render(&mut page)?;
    for sub in Args::command().get_subcommands() {
        let name = format!("moddesk-{}", sub.get_name());
        clap_mangen::Man::new(sub.clone()).title(name).render(&mut page)?;
    }
    write(&page)
}

fn write(bytes: &[u8]) -> anyhow::Result<Exit> {
    let mut out = Out::stdout();
    out.write_all(bytes)?;
    out.finish()?;
    Ok(Exit::Done)
}
