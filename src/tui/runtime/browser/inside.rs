//! A look inside an object, told as it is read.

use tokio::time::interval;

use super::{BEAT, end, told};
use crate::transfer::inside::{self, Kind, Looking, Packing, Seen};
use crate::tui::runtime::{Runtime, Sender, send};
use crate::tui::screens::browser::{Answer, InsideNews, InsideWanted, InsideWhat};

impl Runtime {
    pub(super) fn look_inside(&mut self, wanted: InsideWanted) {
        end(&mut self.browsing.looking);
        let (bucket, sender) = (self.in_bucket(), self.sender.clone());
        self.browsing.looking = Some(self.spawn(async move {
            let number = wanted.number;
            match bucket {
                Ok(bucket) => {
                    let InsideWanted { key, version, member, members, lines, .. } = wanted;
                    let wanted = inside::Wanted {
                        version,
                        members,
                        lines,
                        member,
                        ..inside::Wanted::new(&bucket, key)
                    };
                    watch(inside::start(wanted), number, &sender).await;
                }
                Err(why) => tell(&sender, number, InsideWhat::Failed(why.into())).await,
            }
        }));
    }
}

async fn tell(sender: &Sender, number: u64, what: InsideWhat) {
    send(sender, told(Answer::Inside(InsideNews { number, what }))).await;
}

/// Hands on what is seen, and how much was read for it. Dropping it stops the reading.
async fn watch(mut looking: Looking, number: u64, sender: &Sender) {
    let mut beat = interval(BEAT);
    loop {
        tokio::select! {
            seen = looking.seen.recv() => match seen {
                Some(seen) => tell(sender, number, said(seen)).await,
                None => break,
            },
            _ = beat.tick() => tell(sender, number, InsideWhat::Read(looking.read())).await,
        }
    }
    tell(sender, number, InsideWhat::Read(looking.read())).await;
}

fn said(seen: Seen) -> InsideWhat {
    match seen {
        Seen::Opened { size, packing, is_tar } => {
            InsideWhat::Opened { packing: packed(packing, is_tar), size }
        }
        Seen::Member(member) => {
            InsideWhat::Member { name: member.name, size: member.size, is_file: member.kind == Kind::File }
        }
        Seen::Line { text, is_cut } => InsideWhat::Line { text, is_cut },
        Seen::Binary => InsideWhat::Binary,
        Seen::Ended(ended) => InsideWhat::Ended { is_whole: ended.is_whole, is_limited: ended.is_limited },
        Seen::Failed { why } => InsideWhat::Failed(why),
    }
}

/// "tar, xz".
fn packed(packing: Packing, is_tar: bool) -> String {
    let names = [if is_tar { "tar" } else { "" }, packing.name()];
    names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
}
