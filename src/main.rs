//! The binary: parse, install hooks, dispatch, exit code. Nothing else.

use std::process::ExitCode;

use brainzlift::cli;

fn main() -> color_eyre::Result<ExitCode> {
    color_eyre::install()?;
    let arguments = match cli::parse(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(exit) => return Ok(exit.into()),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let exit = runtime.block_on(cli::run(arguments));
    runtime.shutdown_background();
    Ok(exit.into())
}
