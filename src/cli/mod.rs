//! The commands: arguments, one file a command, human and JSON output, exit codes.
//!
//! Here the command line is read and each command does its work with the library. What a command finds out and does lives in
//! `catalog`, `bucket` and `transfer`; the wizard is `tui`'s.

mod args;
mod exit;
mod output;

use std::ffi::OsString;

use clap::Parser;

pub use args::{Arguments, Command, Global};
pub use exit::Exit;
pub use output::Output;

use crate::context::Context;
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

/// Does what `arguments` say and reports it; an error becomes its exit code here.
pub async fn run(arguments: Arguments) -> Exit {
    let output = Output::new(arguments.global.json);
    words::choose_language(arguments.global.lang.as_deref());
    match dispatch(arguments, &output).await {
        Ok(exit) => exit,
        Err(error) => {
            output.error(&error);
            Exit::from(error.kind())
        }
    }
}

async fn dispatch(arguments: Arguments, _output: &Output) -> Result<Exit> {
    let Arguments { global, command } = arguments;
    let Some(_command) = command else {
        return Err(Error::new(Kind::Usage, say!("cli-no-terminal")).hint(say!("cli-no-terminal-hint")));
    };
    let _context = Context::open(global.flags(), global.sandbox()).await?;
    Ok(Exit::Done)
}
