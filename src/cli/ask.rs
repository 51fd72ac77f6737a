//! Questions at the terminal. Without one, or with `--yes`, nobody is asked.

use std::io::{self, BufRead, IsTerminal, Write};

use super::args;
use crate::bucket::protection::{ArchiveRule, Current, MOST_DAYS, Reading, Wanted};
use crate::error::{Error, Kind, Result};
use crate::say;

/// Who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asker {
    /// A person at the terminal.
    Person,
    /// `--yes`: everything is agreed to, and what was not said stays as it is.
    Yes,
    /// Nobody, because nothing is to be done.
    Nobody,
}

impl Asker {
    /// Where nobody can be asked and `--yes` was not said, that is the user's mistake.
    pub(super) fn new(yes: bool) -> Result<Self> {
        match (yes, is_anybody_there()) {
            (true, _) => Ok(Self::Yes),
            (false, true) => Ok(Self::Person),
            (false, false) => {
                Err(Error::new(Kind::Usage, say!("cli-nobody-to-ask")).hint(say!("cli-nobody-to-ask-hint")))
            }
        }
    }

    /// Asks a person for what the flags left open; what is set already is offered as the answer.
    pub(super) async fn fill(
        self,
        mut wanted: Wanted,
        flags: &args::Setup,
        current: Option<&Current>,
    ) -> Wanted {
        if self != Self::Person {
            return wanted;
        }
        if !(flags.versioning || flags.no_versioning) {
            let kept = current.is_some_and(|current| current.versioning == Reading::Is(true));
            let answer = ask(format!("{} [{}] ", say!("cli-ask-versioning"), yes_or_no(kept))).await;
            wanted.versioning = Some(is_yes(answer.as_deref()).unwrap_or(kept));
        }
        if wanted.archive.is_none() {
            let offered = match current.map(|current| &current.archive) {
                Some(Reading::Is(Some(rule))) => rule.clone(),
                _ => ArchiveRule::offered(),
            };
            let question = say!("cli-ask-archive", class = offered.class.clone());
            let answer = ask(format!("{question} [{}] ", offered.after_days)).await;
            wanted.archive = Some(days(answer.as_deref(), &offered));
        }
        wanted
    }

    /// Goes on only where `question` is expressly agreed to: what cannot be undone, or costs, is nobody's default.
    pub(super) async fn dare(self, question: String) -> Result<()> {
        if self == Self::Person {
            let answer = ask(format!("{question} [{}] ", yes_or_no(false))).await;
            if is_yes(answer.as_deref()) != Some(true) {
                return Err(Error::new(Kind::Interrupted, say!("cli-declined")));
            }
        }
        Ok(())
    }

    /// Goes on when `question` is agreed to; otherwise that is the end, and nothing was done.
    pub(super) async fn confirm(self, question: String) -> Result<()> {
        if self == Self::Person {
            let answer = ask(format!("{question} [{}] ", yes_or_no(true))).await;
            if !is_yes(answer.as_deref()).unwrap_or(answer.is_some()) {
                return Err(Error::new(Kind::Interrupted, say!("cli-declined")));
            }
        }
        Ok(())
    }
}

/// Asks a person for the name of the bucket, which must be typed as it is. Nobody else can be asked: `--yes` is no name.
pub(super) async fn type_name(name: &str, question: String) -> Result<()> {
    let answer = ask(format!("{question} ")).await.unwrap_or_default();
    if answer == name {
        return Ok(());
    }
    let error = Error::new(Kind::Interrupted, say!("cli-declined"));
    Err(error.because(say!("cli-rm-other-name", name = crate::words::excerpt(&answer))))
}

/// Whether somebody can be asked at all.
pub(super) fn is_anybody_there() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

fn yes_or_no(default: bool) -> String {
    if default { say!("cli-yes-no") } else { say!("cli-no-yes") }
}

/// `None` where the answer is neither: then the default holds.
fn is_yes(answer: Option<&str>) -> Option<bool> {
    match answer.map(str::to_lowercase).as_deref() {
        Some("y" | "yes" | "o" | "oui") => Some(true),
        Some("n" | "no" | "non") => Some(false),
        _ => None,
    }
}

/// A number of days, "no" for never, or nothing for what is offered.
fn days(answer: Option<&str>, offered: &ArchiveRule) -> Option<ArchiveRule> {
    if is_yes(answer) == Some(false) {
        return None;
    }
    let number = answer.and_then(|text| text.parse().ok()).filter(|days| *days <= MOST_DAYS);
    Some(ArchiveRule { after_days: number.unwrap_or(offered.after_days), class: offered.class.clone() })
}

/// The answer, trimmed; `None` when there is nobody any more.
async fn ask(question: String) -> Option<String> {
    let read = move || -> io::Result<Option<String>> {
        let mut stderr = io::stderr().lock();
        write!(stderr, "{question}")?;
        stderr.flush()?;
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line)?;
        Ok((read > 0).then(|| line.trim().to_owned()))
    };
    tokio::task::spawn_blocking(read).await.ok()?.ok()?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_may_agree() {
        assert_eq!(is_yes(Some("Oui")), Some(true));
        assert_eq!(is_yes(Some("n")), Some(false));
        assert_eq!(is_yes(Some("")), None);
        assert_eq!(is_yes(None), None);
    }

    #[test]
    fn days_can_be_given_taken_or_declined() {
        let offered = ArchiveRule::offered();
        assert_eq!(days(Some(""), &offered), Some(offered.clone()));
        assert_eq!(days(Some("30"), &offered).map(|rule| rule.after_days), Some(30));
        assert_eq!(days(Some("9999999"), &offered).map(|rule| rule.after_days), Some(90));
        assert_eq!(days(Some("non"), &offered), None);
    }
}
