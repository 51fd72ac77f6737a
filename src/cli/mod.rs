//! The commands: arguments, one file a command, human and JSON output, exit codes.
//!
//! Here the command line is read and each command does its work with the library. What a command finds out and does lives in
//! `catalog`, `bucket` and `transfer`; the wizard is `tui`'s.

mod args;
mod ask;
mod bars;
mod cost;
mod counter;
mod datasets;
mod du;
mod exit;
mod facts;
mod get;
mod ground;
mod lift;
mod look;
mod ls;
mod output;
mod place;
mod plan;
mod rate;
mod restore;
mod rm;
#[cfg(feature = "sandbox")]
mod sandbox;
mod settings;
mod setup;
mod signals;
mod status;
mod table;
mod uploads;
mod verify;
mod watch;

use std::ffi::OsString;
use std::io::IsTerminal;

use clap::Parser;

pub use args::{Arguments, Command, Global};
pub use exit::Exit;
pub use output::Output;

use crate::context::Context;
#[cfg(feature = "sandbox")]
use crate::context::SandboxFlags;
use crate::error::{Error, Kind, Result};
use crate::{say, words};

/// The command line, parsed; or the end of the run, when it was wrong or only asked for help.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Arguments, Exit> {
    let words: Vec<OsString> = words.into_iter().collect();
    Arguments::try_parse_from(&words).map_err(|complaint| {
        let exit = if complaint.use_stderr() { Exit::Usage } else { Exit::Done };
        if exit == Exit::Usage && words.iter().any(|word| word == "--json") {
            let text = complaint.render().to_string();
            let what = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
            Output::new(true).event("error", output::Failure::from(&Error::new(Kind::Usage, what)));
        }
        // A closed terminal leaves nobody to tell.
        drop(complaint.print());
        exit
    })
}

/// Does what the command says and reports it; an error becomes its exit code here.
pub async fn run(arguments: Arguments) -> Exit {
    let output = Output::new(arguments.global.json);
    report(dispatch(arguments, &output).await, &output)
}

/// Opens what a wizard works with and hands it to `run`, then prints the lines that it leaves behind; an error becomes its exit
/// code here.
pub async fn wizard(
    arguments: Arguments,
    run: impl AsyncFnOnce(Context) -> Result<(Exit, Vec<String>)>,
) -> Exit {
    let Global { json, lang, .. } = &arguments.global;
    let output = Output::new(*json);
    words::choose_language(lang.as_deref());
    let ended = async {
        if *json || !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
            return Err(no_terminal());
        }
        #[cfg(feature = "sandbox")]
        sandbox::say_that_samples_are_made(arguments.global.sandbox().as_ref(), &output);
        let context = Context::open(arguments.flags(), arguments.global.sandbox()).await?;
        let (exit, lines) = run(context).await?;
        output.lines(lines);
        Ok(exit)
    };
    report(ended.await, &output)
}

fn report(ended: Result<Exit>, output: &Output) -> Exit {
    ended.unwrap_or_else(|error| {
        output.error(&error);
        Exit::from(error.kind())
    })
}

async fn dispatch(arguments: Arguments, output: &Output) -> Result<Exit> {
    let settings = arguments.flags();
    let Arguments { global, command } = arguments;
    words::choose_language(global.lang.as_deref());
    let command = command.ok_or_else(no_terminal)?;
    #[cfg(feature = "sandbox")]
    sandbox::say_that_samples_are_made(wanted_sandbox(&global, &command).as_ref(), output);
    #[cfg(feature = "sandbox")]
    if let Command::Sandbox(flags) = command {
        return sandbox::run(flags, &global, output).await;
    }
    if let Command::Settings(wanted) = command {
        return settings::run(wanted, settings, global.sandbox(), output).await;
    }
    let context = Context::open(settings, global.sandbox()).await?;
    match command {
        Command::Setup(flags) => setup::run(&context, &global, &flags, output).await,
        Command::Datasets => datasets::run(&context, output).await,
        Command::Plan(flags) => {
            lift::lift(&context, &global, &args::Lift { dry_run: true, ..flags }, output).await
        }
        Command::Lift(flags) => lift::lift(&context, &global, &flags, output).await,
        Command::Download(flags) => lift::download(&context, &global, &flags, output).await,
        Command::Upload(flags) => lift::upload(&context, &global, &flags, output).await,
        Command::Status => status::run(&context, output).await,
        Command::Verify(flags) => verify::run(&context, &flags, output).await,
        Command::Ls(flags) => ls::run(&context, &flags, output).await,
        Command::Du(flags) => du::run(&context, &flags, output).await,
        Command::Rm(flags) => rm::run(&context, &flags, output).await,
        Command::Uploads(flags) => uploads::run(&context, &global, &flags, output).await,
        Command::Cost(flags) => cost::run(&context, &flags, output).await,
        Command::Restore(flags) => restore::run(&context, &global, &flags, output).await,
        Command::Get(flags) => get::run(&context, &flags, output).await,
        Command::Look(flags) => look::run(&context, &flags, output).await,
        Command::Settings(_) => Ok(Exit::Done),
        #[cfg(feature = "sandbox")]
        Command::Sandbox(_) => Ok(Exit::Done),
    }
}

/// The sandbox that the command will run in, or serve.
#[cfg(feature = "sandbox")]
fn wanted_sandbox(global: &Global, command: &Command) -> Option<SandboxFlags> {
    match command {
        Command::Sandbox(flags) => Some(flags.over(global.sandbox().unwrap_or_default())),
        _ => global.sandbox(),
    }
}

/// Without a command the wizard is meant, and that needs a terminal.
fn no_terminal() -> Error {
    Error::new(Kind::Usage, say!("cli-no-terminal")).hint(say!("cli-no-terminal-hint"))
}
