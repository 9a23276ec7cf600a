//! The program: parse, dispatch, print the error chain, exit with the contract's code.

use std::process::ExitCode;

fn main() -> ExitCode {
    moddesk::cli::main()
}
