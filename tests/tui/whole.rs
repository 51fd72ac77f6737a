//! The whole way of somebody who has read nothing, in the real program at 80×24: from an empty sandbox to proven archives, through the
//! bucket, a look inside, an archive fetched back, an archive rule, to everything deleted. By keyboard alone, and by mouse alone, which
//! clicks on nothing but what is shown; in each language.

use brainzlift::say;
use brainzlift::tui::keys::{Action, Keymap};
use portable_pty::CommandBuilder;
use tempfile::TempDir;

use crate::stage::speaking;
use crate::terminal::{ENTER, ESC, Terminal};

const BUCKET: &str = "music-recommendation-data";
const DOWN: &str = "\x1b[B";
const BACKSPACE: &str = "\x7f";

/// What one has to do it with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hand {
    Keyboard,
    Mouse,
}

/// Something that is done: by its key, by a click on the footer, or by one on its row in the help where the footer has no room for it.
struct Deed {
    key: &'static str,
    footer: String,
    help: String,
}

impl Deed {
    fn new(key: &'static str, action: Action, says: &str) -> Self {
        let footer = format!("{} {says}", Keymap::default().label(action));
        Self { key, footer, help: says.to_owned() }
    }

    /// With the sentence that the help has for it.
    fn helped(mut self, help: String) -> Self {
        self.help = help;
        self
    }

    /// One of those that every screen has.
    fn everywhere(key: &'static str, action: Action) -> Self {
        Self::new(key, action, &action.name())
    }
}

fn enter(says: &str) -> Deed {
    Deed::new(ENTER, Action::Forward, says)
}

fn esc(says: &str) -> Deed {
    Deed::new(ESC, Action::Back, says)
}

/// Everything that is read on the way, in one language.
struct Words {
    to_the_datasets: [Deed; 4],
    review: Deed,
    start: Deed,
    result: Deed,
    proven: String,
    browse: Deed,
    inside: Deed,
    back: Deed,
    fetch: Deed,
    fetch_it: Deed,
    fetched: String,
    home: Deed,
    protection: Deed,
    archive: String,
    apply: Deed,
    on: Deed,
    applied: String,
    mark_all: Deed,
    delete: Deed,
    delete_it: Deed,
    right: String,
    close: Deed,
    empty: String,
    leave: Deed,
    help: String,
    /// What stands on the last line of the help, whether it scrolls or not.
    ends_of_help: [String; 2],
}

impl Words {
    /// The guard of the language is let go before the long way begins.
    fn of(language: &str) -> Self {
        let _speaking = speaking(language);
        let on = || enter(&say!("tui-protect-key-datasets"));
        let apply = || enter(&say!("tui-protect-key-apply"));
        let delete = say!("browser-key-delete");
        Self {
            to_the_datasets: [
                enter(&say!("tui-connect-key-forward")),
                enter(&say!("tui-bucket-key-create")),
                apply(),
                on(),
            ],
            review: enter(&say!("datasets-key-review")),
            start: enter(&say!("review-key-start")),
            result: enter(&say!("transfer-key-result")),
            proven: say!("done-proven", count = 4),
            browse: Deed::everywhere("B", Action::Browse),
            inside: Deed::new("o", Action::LookInside, &say!("browser-key-inside"))
                .helped(say!("browser-inside-help")),
            back: esc(&say!("tui-key-back")),
            fetch: Deed::new("f", Action::Fetch, &say!("browser-key-fetch"))
                .helped(say!("browser-fetch-help")),
            fetch_it: enter(&say!("browser-key-fetch")),
            fetched: say!("browser-fetch-done", number = 1, count = "1", size = "5"),
            home: Deed::everywhere("H", Action::Home),
            protection: Deed::new("p", Action::Protection, &say!("home-key-protection")),
            archive: say!("tui-protect-archive"),
            apply: apply(),
            on: on(),
            applied: say!("tui-protect-outcomes"),
            mark_all: Deed::new("a", Action::MarkAll, &say!("browser-key-mark-all"))
                .helped(say!("browser-mark-all-help")),
            delete: Deed::new("d", Action::Delete, &delete).helped(say!("browser-delete-help")),
            delete_it: enter(&delete),
            right: say!("browser-delete-right"),
            close: enter(&say!("tui-key-close")),
            empty: say!("browser-empty-bucket"),
            leave: Deed::everywhere("q", Action::Quit).helped(say!("tui-help-quit")),
            help: format!("? {}", say!("tui-key-help")),
            ends_of_help: [say!("tui-help-close"), say!("tui-help-scroll")],
        }
    }
}

/// Somebody on the way.
struct Traveller {
    wizard: Terminal,
    hand: Hand,
    help: String,
    ends_of_help: [String; 2],
}

impl Traveller {
    fn sees(&self, text: &str) {
        self.wizard.sees(text);
    }

    /// Does it once the footer offers it.
    fn goes(&mut self, deed: &Deed) {
        self.sees(&deed.footer);
        self.does(deed);
    }

    /// Does it, whether the footer has room for it or not.
    fn does(&mut self, deed: &Deed) {
        match self.hand {
            Hand::Keyboard => self.wizard.press(deed.key),
            Hand::Mouse if self.wizard.shows(&deed.footer) => self.wizard.click_lowest(&deed.footer),
            Hand::Mouse => self.by_help(&deed.help),
        }
    }

    /// Opens the help, turns the wheel until the row is there, and clicks on it.
    fn by_help(&mut self, row: &str) {
        // A sentence may go on in the next line.
        let words: String = row.chars().take(24).collect();
        self.wizard.click_lowest(&self.help);
        let ends = &self.ends_of_help;
        let is_open = |text: &str| ends.iter().any(|end| text.contains(end));
        self.wizard.waits(|parser| is_open(&parser.screen().contents()), "the help");
        while !self.wizard.shows(words.trim()) {
            self.wizard.wheel_down();
        }
        self.wizard.click(words.trim());
    }

    /// Types it, or pastes it with the middle button.
    fn enters(&mut self, text: &str) {
        match self.hand {
            Hand::Keyboard => self.wizard.press(text),
            Hand::Mouse => self.wizard.press(&format!("\x1b[200~{text}\x1b[201~")),
        }
    }

    /// Opens the last row of the list.
    fn opens_last(&mut self, row: &str) {
        self.sees(row);
        match self.hand {
            Hand::Keyboard => self.wizard.press(&format!("G{ENTER}")),
            Hand::Mouse => {
                self.wizard.click(row);
                self.wizard.click(row);
            }
        }
    }
}

fn started(dir: &TempDir, hand: Hand, language: &str, words: &Words) -> Traveller {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_brainzlift"));
    command.args(["--sandbox", "--lang", language, "--sandbox-rate", "60000000", "--sandbox-dir"]);
    command.arg(dir.path().join("sandbox"));
    let wizard = Terminal::running(command, dir.path(), (80, 24));
    let (help, ends_of_help) = (words.help.clone(), words.ends_of_help.clone());
    Traveller { wizard, hand, help, ends_of_help }
}

fn to_the_proofs(way: &mut Traveller, words: &Words) {
    for deed in &words.to_the_datasets {
        way.goes(deed);
    }
    way.sees("4 archives");
    way.sees("○");
    for deed in [&words.review, &words.start, &words.result] {
        way.goes(deed);
    }
    way.sees(&words.proven);
}

fn looks_inside_and_fetches_back(way: &mut Traveller, words: &Words) {
    way.does(&words.browse);
    way.opens_last(" raw/");
    way.sees("› raw");
    way.opens_last(" musicbrainz/");
    way.sees("› musicbrainz");
    way.sees("artist.tar.xz");
    match way.hand {
        Hand::Keyboard => way.wizard.press(DOWN),
        Hand::Mouse => way.wizard.click("artist.tar.xz"),
    }
    way.sees("▸ artist.tar.xz");

    way.does(&words.inside);
    way.sees("▸ TIMESTAMP");
    way.goes(&words.back);
    way.sees("▸ artist.tar.xz");

    way.does(&words.fetch);
    way.sees(&words.fetch_it.footer);
    way.enters("-again");
    way.sees("data-again");
    way.goes(&words.fetch_it);
    way.sees(&words.fetched);
}

/// The archive rule is added from Home, where one sees that there is none.
fn adds_the_archive_rule(way: &mut Traveller, words: &Words) {
    way.does(&words.home);
    way.goes(&words.protection);
    way.sees(&words.on.footer);
    match way.hand {
        Hand::Keyboard => way.wizard.press(DOWN),
        Hand::Mouse => way.wizard.click(&words.archive),
    }
    let row = format!("▸ {}", words.archive);
    way.sees(&row);
    match way.hand {
        Hand::Keyboard => way.wizard.press(" "),
        Hand::Mouse => way.wizard.click(&row),
    }
    way.sees("GLACIER");
    way.goes(&words.apply);
    way.sees(&words.applied);
    way.sees(&words.on.footer);
    way.sees("✓");
}

fn deletes_everything(way: &mut Traveller, words: &Words) {
    way.does(&words.browse);
    way.sees("› musicbrainz");
    match way.hand {
        Hand::Keyboard => way.wizard.press(&BACKSPACE.repeat(2)),
        Hand::Mouse => way.wizard.click(BUCKET),
    }
    way.sees("processed/");
    way.does(&words.mark_all);
    way.sees("●processed/");
    way.does(&words.delete);
    way.sees("[ ]");
    way.enters(BUCKET);
    way.sees(&words.right);
    way.goes(&words.delete_it);
    way.goes(&words.close);
    way.sees(&words.empty);
}

/// The whole way; what was fetched back is the archive that was lifted.
fn goes_the_whole_way(hand: Hand, language: &str) {
    let words = Words::of(language);
    let dir = TempDir::new().unwrap();
    let mut way = started(&dir, hand, language, &words);
    to_the_proofs(&mut way, &words);
    looks_inside_and_fetches_back(&mut way, &words);
    adds_the_archive_rule(&mut way, &words);
    deletes_everything(&mut way, &words);
    way.does(&words.leave);
    assert!(way.wizard.ends().success());
    let home = dir.path().join("sandbox/home");
    let read = |folder: &str| std::fs::read(home.join(folder).join("raw/musicbrainz/artist.tar.xz")).unwrap();
    assert_eq!(read("data"), read("data-again"));
}

#[test]
fn by_keyboard_in_english() {
    goes_the_whole_way(Hand::Keyboard, "en");
}

#[test]
fn by_keyboard_in_french() {
    goes_the_whole_way(Hand::Keyboard, "fr");
}

#[test]
fn by_mouse_in_english() {
    goes_the_whole_way(Hand::Mouse, "en");
}

#[test]
fn by_mouse_in_french() {
    goes_the_whole_way(Hand::Mouse, "fr");
}
