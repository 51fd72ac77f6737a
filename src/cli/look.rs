//! `look`: the first members of an archive in the bucket and their first lines, without fetching it.

use serde_json::json;

use super::signals::Signals;
use super::{Exit, Output, args, ground};
use crate::context::Context;
use crate::error::Result;
use crate::say;
use crate::transfer::inside::{self, Ended, Kind, Looking, Member, Packing, Seen, Wanted};
use crate::words::{harmless, size};

/// Does it.
pub(super) async fn run(context: &Context, flags: &args::Look, output: &Output) -> Result<Exit> {
    let bucket = ground::open_bucket(context, output).await?;
    let key = flags.key.strip_prefix(&bucket.uri("")).unwrap_or(&flags.key);
    let wanted = Wanted {
        members: flags.members,
        lines: flags.lines,
        member: flags.member.clone(),
        ..Wanted::new(&bucket, key)
    };
    let mut signals = Signals::listen()?;
    let mut looking = inside::start(wanted);
    let mut exit = Exit::Done;
    loop {
        tokio::select! {
            biased;
            seen = looking.seen.recv() => match seen {
                Some(Seen::Failed { why }) => {
                    output.error(&why);
                    exit = exit.max(Exit::from(why.kind()));
                }
                Some(seen) => tell(key, &seen, output),
                None => return Ok(exit),
            },
            () = signals.next() => exit = exit.max(stop(&looking)),
        }
        if output.is_closed() {
            return Ok(exit);
        }
    }
}

fn stop(looking: &Looking) -> Exit {
    looking.stop();
    Exit::Interrupted
}

fn tell(key: &str, seen: &Seen, output: &Output) {
    match seen {
        Seen::Opened { size: bytes, packing, is_tar } => {
            output.event("opened", json!({ "key": key, "size": bytes, "packing": packing, "tar": is_tar }));
            output.heading(&format!("{}  {}  {}", harmless(key), size(*bytes), format(*packing, *is_tar)));
        }
        Seen::Member(member) => {
            output.event("member", member);
            output.line(line(member));
        }
        Seen::Line { text, is_cut } => {
            output.event("line", json!({ "text": text, "cut": is_cut }));
            output.line(format!("        {text}{}", if *is_cut { "…" } else { "" }));
        }
        Seen::Binary => {
            output.event("binary", json!({}));
            output.line(format!("        {}", say!("cli-look-binary")));
        }
        Seen::Ended(ended) => finish(ended, output),
        // Told by whoever decides on the exit code.
        _ => {}
    }
}

fn format(packing: Packing, is_tar: bool) -> String {
    let names = [if is_tar { "tar" } else { "" }, packing.name()];
    names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" + ")
}

fn line(member: &Member) -> String {
    let what = match (member.kind, member.size) {
        (Kind::Folder, _) => say!("cli-look-folder"),
        (Kind::Link, _) => say!("cli-look-link"),
        (Kind::Other, _) => say!("cli-look-other"),
        (Kind::File, Some(bytes)) => size(bytes),
        (Kind::File, None) => String::new(),
    };
    format!("{:>4}  {}  {what}", member.number, member.name).trim_end().to_owned()
}

fn finish(ended: &Ended, output: &Output) {
    output.event("summary", ended);
    let (read, whole) = (size(ended.read), size(ended.size));
    output.note(if ended.is_whole {
        say!("cli-look-whole", read = read)
    } else if ended.is_limited {
        say!("cli-look-limited", read = read, size = whole)
    } else {
        say!("cli-look-enough", read = read, size = whole)
    });
}
