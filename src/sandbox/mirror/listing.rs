//! A folder's listing as nginx's autoindex writes it: folders first, then by name; long names cut; times in UTC.

use std::path::Path;

use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// How many characters of a name are shown.
const NAME: usize = 50;

/// What nginx leaves as it is in a link.
const IN_LINK: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

struct Entry {
    name: String,
    modified: Timestamp,
    /// `None` is a folder.
    size: Option<u64>,
}

/// The listing of the folder at `path`, which is served as `title`.
pub(super) async fn page(path: &Path, title: &str) -> std::io::Result<String> {
    Ok(html(title, &entries(path).await?))
}

/// What lies in the folder; names with a dot in front are not shown.
async fn entries(path: &Path) -> std::io::Result<Vec<Entry>> {
    let mut found = Vec::new();
    let mut folder = tokio::fs::read_dir(path).await?;
    while let Some(entry) = folder.next_entry().await? {
        let about = entry.metadata().await?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let modified = Timestamp::try_from(about.modified()?).unwrap_or(Timestamp::UNIX_EPOCH);
        if !name.starts_with('.') {
            found.push(Entry { name, modified, size: about.is_file().then_some(about.len()) });
        }
    }
    found.sort_by(|a, b| (a.size.is_some(), &a.name).cmp(&(b.size.is_some(), &b.name)));
    Ok(found)
}

fn html(title: &str, entries: &[Entry]) -> String {
    let title = escaped(title);
    let mut page = format!(
        "<html>\r\n<head><title>Index of {title}</title></head>\r\n<body>\r\n<h1>Index of {title}</h1>\
         <hr><pre><a href=\"../\">../</a>\r\n"
    );
    page.extend(entries.iter().map(line));
    page.push_str("</pre><hr></body>\r\n</html>\r\n");
    page
}

fn line(entry: &Entry) -> String {
    let Entry { name, modified, size } = entry;
    let slash = if size.is_some() { "" } else { "/" };
    let length = name.chars().count();
    // nginx adds a folder's slash to the link always, to the text only where there is room.
    let (shown, width) = match length {
        0..NAME => (escaped(name) + slash, length + slash.len()),
        NAME => (escaped(name), length),
        _ => (escaped(&name.chars().take(NAME - 3).collect::<String>()) + "..&gt;", NAME),
    };
    let link = utf8_percent_encode(name, IN_LINK);
    let (padding, time) = (NAME - width, modified.strftime("%d-%b-%Y %H:%M"));
    let size = size.map_or_else(|| "-".to_owned(), |bytes| bytes.to_string());
    format!("<a href=\"{link}{slash}\">{shown}</a>{:padding$} {time} {size:>19}\r\n", "")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, size: Option<u64>) -> Entry {
        Entry { name: name.to_owned(), modified: "2026-05-23T14:53:07Z".parse().unwrap(), size }
    }

    #[test]
    fn a_line_has_its_columns() {
        let file = line(&entry("LATEST", Some(16)));
        let wanted = "<a href=\"LATEST\">LATEST</a>                                             23-May-2026 14:53                  16\r\n";
        assert_eq!(file, wanted);
        let folder = line(&entry("20260520-001001", None));
        assert!(folder.starts_with("<a href=\"20260520-001001/\">20260520-001001/</a>"), "{folder}");
        assert!(folder.ends_with("23-May-2026 14:53                   -\r\n"), "{folder}");
    }

    #[test]
    fn a_long_name_is_cut_in_the_text_and_whole_in_the_link() {
        let name = "listenbrainz-listens-dump-2655-20260915-000003-full.tar.zst";
        let cut = line(&entry(name, Some(1)));
        assert!(cut.starts_with(&format!("<a href=\"{name}\">{}..&gt;</a> 23-May", &name[..47])), "{cut}");
    }

    #[test]
    fn a_folders_slash_is_shown_where_there_is_room() {
        let name = "listenbrainz-dump-2658-20260917-000003-incremental";
        let full = line(&entry(name, None));
        assert!(full.starts_with(&format!("<a href=\"{name}/\">{name}</a> 23-May")), "{full}");
        let shorter = line(&entry(&name[1..], None));
        assert!(shorter.contains(&format!(">{}/</a> 23-May", &name[1..])), "{shorter}");
    }

    #[test]
    fn a_name_cannot_become_markup() {
        let sly = line(&entry("<b>&\"x", Some(1)));
        assert!(sly.starts_with("<a href=\"%3Cb%3E%26%22x\">&lt;b&gt;&amp;&quot;x</a>"), "{sly}");
    }
}
