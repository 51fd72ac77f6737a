//! What can be done now, the most needed first.

use super::State;
use super::series::Span;
use crate::say;
use crate::tui::keys::Action;
use crate::tui::widgets::Hint;

impl State {
    pub(super) fn hints(&self) -> Vec<Hint> {
        if self.asking.is_some() {
            return vec![
                Hint::new(Action::Keep, say!("transfer-key-keep")),
                Hint::new(Action::Discard, say!("transfer-key-discard")),
                Hint::new(Action::Decline, say!("transfer-key-no")),
            ];
        }
        if let Some(renew) = &self.renew {
            return renew.hints();
        }
        if self.log.typing {
            return vec![
                Hint::new(Action::Forward, say!("log-key-filter-done")),
                Hint::new(Action::Back, say!("log-key-filter-clear")),
            ];
        }
        let mut hints = self.urgent();
        hints.extend(self.on_archives());
        hints.extend(self.on_log());
        hints.extend(self.on_lines());
        hints
    }

    /// What goes on, or ends it.
    fn urgent(&self) -> Vec<Hint> {
        let mut hints = Vec::new();
        if self.is_final() && self.cursor.is_none() {
            hints.push(Hint::new(Action::Forward, say!("transfer-key-result")));
        }
        if self.can_retry() {
            hints.push(Hint::new(Action::Retry, self.retry_words()).help(say!("transfer-key-retry-help")));
        }
        if self.wants_credentials() {
            let says = say!("transfer-key-renew");
            hints.push(Hint::new(Action::Renew, says).help(say!("transfer-key-renew-help")));
        }
        if self.means_open() {
            let says =
                if self.holds_still() { say!("transfer-key-resume") } else { say!("transfer-key-pause") };
            hints.push(Hint::new(Action::Pause, says).help(say!("transfer-key-pause-help")));
        }
        hints
    }

    /// What trying again comes to for what stands in the way.
    fn retry_words(&self) -> String {
        if self.wants_credentials() {
            say!("transfer-key-go-on")
        } else if self.wants_another_dump() {
            say!("transfer-key-newest")
        } else {
            say!("transfer-key-retry")
        }
    }

    fn on_archives(&self) -> Vec<Hint> {
        let mut hints = Vec::new();
        let is_open = self.cursor.and_then(|line| self.rows.get(line)).map(|row| !row.status.is_final());
        if self.cursor.is_some() {
            let says = if self.opened { say!("transfer-key-close") } else { say!("transfer-key-open") };
            hints.push(Hint::new(Action::Forward, says).help(say!("transfer-key-open-help")));
        }
        if is_open == Some(true) {
            let first = Hint::new(Action::PutFirst, say!("transfer-key-first"));
            hints.push(first.help(say!("transfer-key-first-help")));
            let skip = Hint::new(Action::SkipArchive, say!("transfer-key-skip"));
            hints.push(skip.help(say!("transfer-key-skip-help")));
        }
        if !self.is_final() && is_open != Some(false) {
            let cancel = Hint::new(Action::Cancel, say!("transfer-key-cancel"));
            hints.push(cancel.help(say!("transfer-key-cancel-help")));
        }
        hints
    }

    fn on_log(&self) -> Vec<Hint> {
        if !self.log.open {
            return vec![Hint::new(Action::Log, say!("transfer-key-log"))];
        }
        vec![
            Hint::new(Action::Filter, say!("log-key-filter")).help(say!("log-key-filter-help")),
            Hint::new(Action::LogLevel, say!("log-key-level")).help(say!("log-key-level-help")),
            Hint::new(Action::Log, say!("transfer-key-no-log")),
        ]
    }

    fn on_lines(&self) -> Vec<Hint> {
        let mut hints = Vec::new();
        let mut limits = self.limit_hints().into_iter();
        hints.extend(limits.next());
        let one = Hint::pair(Action::Up, Action::Down, say!("transfer-key-one"));
        hints.push(one.help(say!("transfer-key-one-help")));
        if self.cursor.is_some() {
            hints.push(Hint::new(Action::Back, say!("transfer-key-every")));
        } else if self.is_final() {
            let newest = self.lost_a_dump();
            let says = if newest { say!("transfer-key-newest") } else { say!("transfer-key-datasets") };
            hints.push(Hint::new(Action::Back, says));
        }
        let says = match self.span {
            Span::Recent => say!("transfer-key-chart-whole"),
            Span::Whole => say!("transfer-key-chart-recent"),
        };
        hints.push(Hint::new(Action::ChartSpan, says).help(say!("transfer-key-chart-help")));
        hints.push(Hint::new(Action::Quit, say!("transfer-key-quit")).help(say!("transfer-key-quit-help")));
        hints.extend(limits);
        if !self.is_final() && self.mode.downloads() {
            let says = say!("transfer-key-connections");
            let more = Hint::pair(Action::MoreConnections, Action::FewerConnections, says);
            hints.push(more.help(say!("transfer-key-connections-help")));
        }
        if !self.log.open {
            hints.push(Hint::new(Action::Filter, say!("log-key-filter")).quiet());
        }
        hints
    }
}
