//! The binary: parse, install hooks, dispatch, exit code. Nothing else.

use std::process::ExitCode;

use brainzlift::cli::{self, Exit};
use brainzlift::tui;

fn main() -> color_eyre::Result<ExitCode> {
    color_eyre::install()?;
    let arguments = match cli::parse(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(exit) => return Ok(exit.into()),
    };
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    if arguments.command.is_none() {
        // This thread draws; all others work for it.
        runtime.on_thread_start(tui::give_way);
    }
    let runtime = runtime.enable_all().build()?;
    let exit = runtime.block_on(async {
        if arguments.command.is_some() {
            return cli::run(arguments).await;
        }
        let wizard = async |context| {
            let ended = tui::run(context).await?;
            Ok((Exit::worst(ended.failures, ended.interrupted), ended.next))
        };
        cli::wizard(arguments, wizard).await
    });
    // A thread that still waits for a key must not hold up the end.
    runtime.shutdown_background();
    Ok(exit.into())
}
