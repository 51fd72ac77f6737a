//! What several commands need: the bucket that is meant, the connection to it, and what the mirror has of what was chosen.

use crate::bucket::{Bucket, Connection, DEFAULT_BUCKET};
use crate::catalog::{Archive, Dataset, Family, FamilyListing, Listing};
use crate::config::Remembered;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::{catalog, say};

use super::Output;

/// The bucket that is meant: the one that was named, else the last one, else the guide's.
pub(super) async fn bucket_name(context: &Context) -> String {
    match &context.bucket {
        Some(named) => named.clone(),
        None => remembered(context).await.map_or_else(|| DEFAULT_BUCKET.to_owned(), |last| last.bucket),
    }
}

/// What is remembered of this endpoint.
pub(super) async fn remembered(context: &Context) -> Option<Remembered> {
    let (paths, endpoint) = (context.paths.clone(), context.endpoint().cloned());
    blocking(move || Ok(Remembered::load(&paths, endpoint.as_ref()))).await.ok().flatten()
}

/// Remembers what was worked with. That it cannot be is said in the log only: it is a convenience.
pub(super) async fn remember(context: &Context, bucket: &Bucket, archives: &[Archive]) {
    let before = remembered(context).await;
    let rates = before.as_ref().and_then(|before| before.rates);
    let last = before.filter(|last| last.bucket == bucket.name() && archives.is_empty());
    let chosen = archives.iter().map(|archive| archive.dataset.0.clone()).collect();
    let now = Remembered {
        bucket: bucket.name().to_owned(),
        region: Some(bucket.region().to_owned()),
        profile: context.target.profile.clone(),
        endpoint_url: None,
        datasets: last.map_or(chosen, |last| last.datasets),
        rates,
        at: jiff::Timestamp::now(),
    };
    let (paths, endpoint) = (context.paths.clone(), context.endpoint().cloned());
    if let Err(error) = blocking(move || now.save(&paths, endpoint.as_ref())).await {
        tracing::warn!(%error, "not remembered");
    }
}

/// Runs what blocks on the disk off the runtime.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Error::new(Kind::Fatal, say!("cli-broken")).caused_by(error))?
}

/// Connects and says so.
pub(super) async fn connect(context: &Context, output: &Output) -> Result<Connection> {
    let connection = Connection::open(&context.target).await?;
    tracing::info!(place = connection.place(), account = connection.identity.account, "connected");
    let identity = &connection.identity;
    output.event(
        "connected",
        serde_json::json!({ "place": connection.place(), "region": connection.region, "identity": identity }),
    );
    let who = identity.arn.as_deref().unwrap_or(&identity.access_key_id);
    output.note(say!("cli-connected", place = connection.place(), who = crate::words::harmless(who)));
    Ok(connection)
}

/// Connects and opens the bucket that is meant. Nothing is made: a missing bucket is an error that names `setup`.
pub(super) async fn open_bucket(context: &Context, output: &Output) -> Result<Bucket> {
    let name = bucket_name(context).await;
    let connection = connect(context, output).await?;
    open(&connection, &name).await
}

/// Opens the bucket `name`; a missing one is an error that names `setup`.
pub(super) async fn open(connection: &Connection, name: &str) -> Result<Bucket> {
    // A name that S3 cannot have is the user's mistake, whatever the store answers.
    let opened = connection.bucket(name).await;
    let Err(error) = opened else { return opened };
    if error.kind() != Kind::NotFound {
        return Err(error);
    }
    connection.check_name(name)?;
    Err(error.hint(say!("cli-no-bucket-hint", bucket = name)))
}

/// What a mirror has of what was chosen, and what stood in the way.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// In the order of the datasets.
    pub(super) archives: Vec<Archive>,
    /// Datasets that could not be had, and why.
    pub(super) troubles: Vec<Error>,
}

/// What the mirror has of `datasets`; those that `words` name one by one must be there.
pub(super) async fn gather(
    context: &Context,
    datasets: &[Dataset],
    words: &[String],
    output: &Output,
) -> Result<Gathered> {
    let listing = discover(context, datasets, output).await?;
    let mut gathered = Gathered::default();
    for dataset in datasets {
        match listing.archive(&dataset.id) {
            Some(archive) => gathered.archives.push(archive.clone()),
            None if is_listed(&listing, dataset.family) => missing(dataset, words, &mut gathered, output),
            None => {}
        }
    }
    gathered.troubles.extend(listing.families.into_iter().filter_map(|family| family.dump.err()));
    Ok(gathered)
}

/// The datasets that `words` choose and what the mirror has of them. Nothing at all is an error.
pub(super) async fn gather_chosen(context: &Context, words: &[String], output: &Output) -> Result<Gathered> {
    let datasets = catalog::choose(words)?;
    let mut gathered = gather(context, &datasets, words, output).await?;
    if gathered.archives.is_empty() && !gathered.troubles.is_empty() {
        return Err(gathered.troubles.swap_remove(0));
    }
    Ok(gathered)
}

/// Asks the mirror for the families of `datasets`, and tells which newer dumps were passed over.
pub(super) async fn discover(context: &Context, datasets: &[Dataset], output: &Output) -> Result<Listing> {
    let mut families: Vec<Family> = datasets.iter().map(|dataset| dataset.family).collect();
    families.sort_unstable();
    families.dedup();
    let listing = context.open_mirror()?.discover(&families).await?;
    listing.families.iter().for_each(|family| tell_passed_over(family, output));
    Ok(listing)
}

fn tell_passed_over(family: &FamilyListing, output: &Output) {
    for passed in &family.passed_over {
        output.event("passed-over", passed);
        output.note(say!("cli-passed-over", dump = passed.dump.clone(), why = passed.why.clone()));
    }
}

fn is_listed(listing: &Listing, family: Family) -> bool {
    listing.families.iter().any(|listed| listed.family == family && listed.dump.is_ok())
}

/// An empty entity has no archive upstream: an error only for whoever asked for it by its name.
fn missing(dataset: &Dataset, words: &[String], gathered: &mut Gathered, output: &Output) {
    let what = say!("cli-not-offered", dataset = dataset.id.0.clone());
    if words.iter().any(|word| word.trim_end_matches('/').eq_ignore_ascii_case(&dataset.id.0)) {
        let error = Error::new(Kind::NotFound, what).hint(say!("cli-not-offered-hint"));
        gathered.troubles.push(error);
    } else {
        output.event("not-offered", serde_json::json!({ "dataset": dataset.id }));
        output.note(what);
    }
}
