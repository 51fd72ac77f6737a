//! What changes the bucket: deleting, asking Glacier, and throwing unfinished uploads away. In read-only mode the library refuses all of it.

use std::time::Instant;

use futures::{StreamExt, stream};
use tokio_util::sync::CancellationToken;

use super::{BEAT, Open, end, grow, resolved, told};
use crate::bucket::{Bucket, Deleted, Deletion, Doomed, Extent, Tier, Upload};
use crate::error::Result;
use crate::transfer;
use crate::tui::runtime::{Runtime, Sender, send};
use crate::tui::screens::browser::{Answer, Resolved, Selection, UploadsNews};

/// Uploads that are asked for their parts at once.
const ASKED_AT_ONCE: usize = 4;

impl Runtime {
    pub(super) fn preview(&mut self, number: u64, selection: Selection, versions: bool) {
        end(&mut self.browsing.counting);
        let (bucket, sender) = (self.in_bucket(), self.sender.clone());
        self.browsing.counting = Some(self.spawn(async move {
            let tell = |sum, ended| Answer::Counted { number, sum, ended };
            let outcome = count(bucket, selection, versions, &sender, tell).await;
            if let Err(error) = outcome {
                send(&sender, told(tell(Extent::default(), Some(Err(error))))).await;
            }
        }));
    }

    pub(super) fn delete(&mut self, selection: Selection, versions: bool) {
        let (bucket, sender) = (self.in_bucket(), self.sender.clone());
        let stop = CancellationToken::new();
        self.browsing.deleting = Some(stop.clone());
        self.spawn(async move {
            let mut sum = Deleted::default();
            let outcome = delete_all(bucket, selection, versions, &stop, &mut sum, &sender).await;
            send(&sender, told(Answer::Deleted { sum, ended: Some(outcome) })).await;
        });
    }

    pub(super) fn stop_delete(&mut self) {
        end(&mut self.browsing.counting);
        if let Some(stop) = self.browsing.deleting.take() {
            stop.cancel();
        }
    }

    pub(super) fn restore(&mut self, key: String, days: u32, tier: Tier) {
        let bucket = self.in_bucket();
        self.answer(async move {
            let asked = async { bucket?.restore(&key, days, tier).await };
            let outcome = asked.await;
            told(Answer::Restored { key, outcome })
        });
    }

    pub(super) fn list_uploads(&mut self) {
        end(&mut self.browsing.uploads);
        let (bucket, sender, paths) = (self.in_bucket(), self.sender.clone(), self.context.paths.clone());
        self.browsing.uploads = Some(self.spawn(async move {
            let tell = |news| send(&sender, told(Answer::Uploads(news)));
            let listed = async {
                let bucket = bucket?;
                let uploads = bucket.uploads().await?;
                Ok((bucket, uploads))
            };
            match listed.await {
                Err(error) => tell(UploadsNews::Failed(error)).await,
                Ok((bucket, uploads)) => {
                    // Without journals there is nothing to go on with; why they cannot be read is told where one goes on.
                    let begun = transfer::begun(&paths.data_dir, &paths.state_dir).await.unwrap_or_default();
                    let begun = begun.into_iter().map(|begun| begun.key).collect();
                    let now = jiff::Timestamp::now().as_second();
                    tell(UploadsNews::Listed { uploads: uploads.clone(), now, begun }).await;
                    ask_parts(&bucket, uploads, &sender).await;
                }
            }
        }));
    }

    pub(super) fn abort_upload(&mut self, upload: Upload) {
        let bucket = self.in_bucket();
        self.answer(async move {
            let aborted = async { bucket?.abort(&upload).await };
            let outcome = aborted.await;
            told(Answer::Uploads(UploadsNews::Aborted { upload_id: upload.upload_id, outcome }))
        });
    }
}

async fn ask_parts(bucket: &Bucket, uploads: Vec<Upload>, sender: &Sender) {
    let asked = uploads.into_iter().map(|upload| async move {
        let parts = bucket.parts_of(&upload).await;
        let news = UploadsNews::Parts { upload_id: upload.upload_id, parts };
        send(sender, told(Answer::Uploads(news))).await;
    });
    stream::iter(asked).buffer_unordered(ASKED_AT_ONCE).collect::<()>().await;
}

/// One deletion for the keys, one for the versions, and one for each folder. Where versions are listed, a row is one version, unless all
/// versions of its key are meant.
fn deletions(resolved: Resolved, versions: bool) -> Vec<Deletion> {
    let (mut keys, mut single) = (Vec::new(), Vec::new());
    for (key, _, version) in resolved.objects {
        match version {
            Some(id) if !versions => single.push((key, id)),
            _ => keys.push(key),
        }
    }
    // Where versions are listed, a key stands in several rows.
    keys.dedup();
    let keys = (!keys.is_empty()).then_some(Doomed::Keys(keys));
    let single = (!single.is_empty()).then_some(Doomed::Versions(single));
    let folders = resolved
        .folders
        .into_iter()
        .map(|prefix| if prefix.is_empty() { Doomed::Everything } else { Doomed::Prefix(prefix) });
    keys.into_iter().chain(single).chain(folders).map(|what| Deletion { what, versions }).collect()
}

async fn count(
    bucket: Open,
    selection: Selection,
    versions: bool,
    sender: &Sender,
    tell: impl Fn(Extent, Option<Result<()>>) -> Answer,
) -> Result<()> {
    let bucket = bucket?;
    let deletions = deletions(resolved(selection).await?, versions);
    let mut before = Extent::default();
    let counts = async_sum(&bucket, &deletions, &mut before);
    grow(counts.boxed(), sender, tell).await;
    Ok(())
}

/// The counts of several deletions one after the other, each figure being the sum so far.
fn async_sum<'a>(
    bucket: &'a Bucket,
    deletions: &'a [Deletion],
    before: &'a mut Extent,
) -> impl futures::Stream<Item = Result<Extent>> + Send + 'a {
    let previews = stream::iter(deletions.iter().enumerate());
    let items = previews.flat_map(|(at, deletion)| bucket.preview(deletion).map(move |item| (at, item)));
    let mut current = (0, Extent::default());
    items.map(move |(at, item)| {
        let item = item?;
        if at != current.0 {
            add(before, &current.1);
        }
        current = (at, item.clone());
        let mut sum = before.clone();
        add(&mut sum, &item);
        Ok(sum)
    })
}

fn add(sum: &mut Extent, more: &Extent) {
    sum.objects += more.objects;
    sum.bytes += more.bytes;
    sum.markers += more.markers;
    sum.newest = sum.newest.max(more.newest);
    for (class, tally) in &more.by_class {
        let all = sum.by_class.entry(class.clone()).or_default();
        all.objects += tally.objects;
        all.bytes += tally.bytes;
    }
}

/// Deletes one after the other; `sum` grows with it.
async fn delete_all(
    bucket: Open,
    selection: Selection,
    versions: bool,
    stop: &CancellationToken,
    sum: &mut Deleted,
    sender: &Sender,
) -> Result<()> {
    let bucket = bucket?;
    let mut at = Instant::now();
    for deletion in deletions(resolved(selection).await?, versions) {
        let before = (sum.objects, sum.bytes, sum.failed);
        let mut told_so_far = bucket.delete(&deletion, stop);
        while let Some(told_now) = told_so_far.next().await {
            let news = told_now?;
            sum.objects = before.0 + news.objects;
            sum.bytes = before.1 + news.bytes;
            sum.failed = before.2 + news.failed;
            sum.refused.extend(news.refused);
            if at.elapsed() >= BEAT {
                at = Instant::now();
                let so_far = Deleted { refused: std::mem::take(&mut sum.refused), ..sum.clone() };
                send(sender, told(Answer::Deleted { sum: so_far, ended: None })).await;
            }
        }
        if stop.is_cancelled() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_list_of_versions_are_versions_unless_all_of_the_key_is_meant() {
        let row = |id: &str| ("a".to_owned(), 1, Some(id.to_owned()));
        let listed = || Resolved { objects: vec![row("1"), row("2")], folders: Vec::new() };
        let pair = |id: &str| ("a".to_owned(), id.to_owned());
        assert_eq!(deletions(listed(), false)[0].what, Doomed::Versions(vec![pair("1"), pair("2")]));
        assert_eq!(deletions(listed(), true)[0].what, Doomed::Keys(vec!["a".to_owned()]));
    }

    #[test]
    fn keys_and_folders_are_deletions_of_their_own_and_everything_is_said_so() {
        let objects = vec![("a".to_owned(), 1, Some("1".to_owned())), ("a".to_owned(), 2, None)];
        let found = deletions(Resolved { objects, folders: vec!["raw/".to_owned()] }, true);
        let what: Vec<Doomed> = found.into_iter().map(|deletion| deletion.what).collect();
        assert_eq!(what, [Doomed::Keys(vec!["a".to_owned()]), Doomed::Prefix("raw/".to_owned())]);
        let all = deletions(Resolved { objects: Vec::new(), folders: vec![String::new()] }, false);
        assert_eq!(all[0].what, Doomed::Everything);
        assert_eq!(deletions(Resolved::default(), false), []);
    }
}
