//! The table of everything that a key can do: its name in the settings file, its keys unless the file says others, and its words.

use crate::say;

/// Makes the enum and everything that is read of it from one table.
macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident $id:literal $keys:literal $words:literal;)*) => {
        /// Something that can be done with a key, a click or the palette.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $($(#[$doc])* $action,)*
        }

        impl Action {
            /// All of them, in the order of the palette.
            pub const ALL: &'static [Self] = &[$(Self::$action,)*];

            /// Its name in the settings file.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$action => $id,)* }
            }

            /// Its keys where the settings file names none, as [`super::Chord`]s are written, with spaces between them.
            #[must_use]
            pub const fn usual_keys(self) -> &'static str {
                match self { $(Self::$action => $keys,)* }
            }

            /// What it does, in the user's language: its name in the palette.
            #[must_use]
            pub fn name(self) -> String {
                match self { $(Self::$action => say!($words),)* }
            }
        }
    };
}

actions! {
    /// To the line above.
    Up "up" "up k" "action-up";
    /// To the line below.
    Down "down" "down j" "action-down";
    /// To the left.
    Left "left" "left h" "action-left";
    /// To the right.
    Right "right" "right l" "action-right";
    /// A screenful up.
    PageUp "page-up" "pgup ctrl-b" "action-page-up";
    /// A screenful down.
    PageDown "page-down" "pgdn ctrl-f" "action-page-down";
    /// To the first line.
    First "first" "home g" "action-first";
    /// To the last line.
    Last "last" "end G" "action-last";
    /// Goes on: opens, chooses, starts.
    Forward "forward" "enter" "action-forward";
    /// Goes back, closes.
    Back "back" "esc" "action-back";
    /// Answers a question with yes.
    Confirm "confirm" "enter y o" "action-confirm";
    /// Answers a question with no.
    Decline "decline" "esc n" "action-decline";
    /// Chooses what is under the cursor, or no longer.
    Toggle "toggle" "space" "action-toggle";
    /// Types a filter.
    Filter "filter" "/" "action-filter";
    /// Sorts by the next column.
    Sort "sort" "s" "action-sort";
    /// Sorts the other way round.
    Reverse "reverse" "S" "action-reverse";
    /// Asks the far end again.
    Refresh "refresh" "r f5" "action-refresh";
    /// Shows or hides all that is known of what is under the cursor.
    Details "details" "i" "action-details";
    /// The next field of a form.
    NextField "next-field" "tab down" "action-next-field";
    /// The field before.
    PreviousField "previous-field" "backtab up" "action-previous-field";
    /// Shows or hides a secret that is typed.
    Peek "peek" "f3" "action-peek";
    /// Copies to the clipboard.
    Copy "copy" "y" "action-copy";
    /// Saves to a file.
    Save "save" "w" "action-save";
    /// Gives a setting its default again.
    Reset "reset" "x delete" "action-reset";
    /// Opens the form for access keys.
    AccessKeys "access-keys" "k" "action-access-keys";
    /// Chooses another AWS profile.
    Profile "profile" "p" "action-profile";
    /// Chooses another region.
    Region "region" "g" "action-region";
    /// Makes a new bucket.
    NewBucket "new-bucket" "n" "action-new-bucket";
    /// Takes a name that nobody has.
    FreeName "free-name" "f3" "action-free-name";
    /// Skips this step of the wizard.
    SkipStep "skip-step" "s" "action-skip-step";
    /// Turns a value up.
    Increase "increase" "space right + l" "action-increase";
    /// Turns a value down.
    Decrease "decrease" "left - h" "action-decrease";
    /// Chooses the whole family, or no longer.
    ToggleFamily "toggle-family" "a" "action-toggle-family";
    /// Chooses what the guide chooses.
    Guide "guide" "g" "action-guide";
    /// Closes a family.
    Fold "fold" "left h" "action-fold";
    /// Opens a family.
    Unfold "unfold" "right l" "action-unfold";
    /// Changes what happens to local files.
    Mode "mode" "m" "action-mode";
    /// Replaces objects that are somebody else's, or no longer.
    Replace "replace" "o" "action-replace";
    /// Goes to what was unfinished and goes on.
    Resume "resume" "u" "action-resume";
    /// Brings what is newer upstream.
    Update "update" "n" "action-update";
    /// Goes to the datasets.
    Datasets "datasets" "d b" "action-datasets";
    /// Goes to the bucket's protection.
    Protection "protection" "p" "action-protection";
    /// Goes to the connection.
    Connection "connection" "c" "action-connection";
    /// Pauses, or goes on.
    Pause "pause" "p space" "action-pause";
    /// Tries again what failed, goes on with what waits.
    Retry "retry" "r" "action-retry";
    /// Asks whether to cancel.
    Cancel "cancel" "c" "action-cancel";
    /// Cancels and keeps what was moved.
    Keep "keep" "enter k" "action-keep";
    /// Cancels and throws away what was moved.
    Discard "discard" "x" "action-discard";
    /// Renews credentials that ran out.
    Renew "renew" "n" "action-renew";
    /// Puts an archive first.
    PutFirst "put-first" "f" "action-put-first";
    /// Leaves an archive out of this run.
    SkipArchive "skip-archive" "s" "action-skip-archive";
    /// Lets a leg be faster.
    Faster "faster" "+ =" "action-faster";
    /// Lets a leg be slower.
    Slower "slower" "-" "action-slower";
    /// Which leg the limit's keys change.
    NextLeg "next-leg" "t" "action-next-leg";
    /// One connection to the mirror more.
    MoreConnections "more-connections" "]" "action-more-connections";
    /// One connection to the mirror less.
    FewerConnections "fewer-connections" "[" "action-fewer-connections";
    /// Shows or hides the log.
    Log "log" "l" "action-log";
    /// What the log shows: everything, or only what went wrong.
    LogLevel "log-level" "v" "action-log-level";
    /// The chart shows the last two minutes, or the whole run.
    ChartSpan "chart-span" "z" "action-chart-span";
    /// What is told of the row under the cursor, a line up.
    ScrollUp "scroll-up" "K alt-up" "action-scroll-up";
    /// The same, a line down.
    ScrollDown "scroll-down" "J alt-down" "action-scroll-down";
    /// Out of the folder.
    Parent "parent" "backspace left h" "action-parent";
    /// Marks everything that is shown, or nothing.
    MarkAll "mark-all" "a" "action-mark-all";
    /// Brings an object from the bucket to this disk, checked.
    Fetch "fetch" "f" "action-fetch";
    /// Shows what is fetched.
    Fetches "fetches" "F" "action-fetches";
    /// Asks Glacier to bring an object back.
    Restore "restore" "R" "action-restore";
    /// Looks inside an archive without fetching it.
    LookInside "look-inside" "o" "action-look-inside";
    /// Deletes, after having asked.
    Delete "delete" "d delete" "action-delete";
    /// Shows or hides the versions of objects.
    Versions "versions" "v" "action-versions";
    /// Counts what is under a prefix.
    Measure "measure" "m" "action-measure";
    /// Shows unfinished uploads.
    Uploads "uploads" "u" "action-uploads";
    /// Throws an unfinished upload away.
    Abort "abort" "d delete" "action-abort";
    /// The keys that work now, explained.
    Help "help" "? f1" "action-help";
    /// Finds an action by its name.
    Palette "palette" ": ctrl-p f4" "action-palette";
    /// The first screen.
    Home "home" "H f6" "action-home";
    /// What is in the bucket.
    Browse "browse" "B f7" "action-browse";
    /// The settings.
    Settings "settings" ", f8" "action-settings";
    /// The next language.
    Language "language" "L f2" "action-language";
    /// The next theme.
    Theme "theme" "T f9" "action-theme";
    /// Puts the program to sleep until the shell wakes it.
    Suspend "suspend" "ctrl-z" "action-suspend";
    /// Leaves the program.
    Quit "quit" "q" "action-quit";
}

impl Action {
    /// What moves the cursor: it works wherever there is something to move in, without being offered.
    pub const MOTIONS: [Self; 8] = [
        Self::Up,
        Self::Down,
        Self::Left,
        Self::Right,
        Self::PageUp,
        Self::PageDown,
        Self::First,
        Self::Last,
    ];

    /// What works on every screen.
    pub const FRAME: [Self; 9] = [
        Self::Help,
        Self::Palette,
        Self::Home,
        Self::Browse,
        Self::Settings,
        Self::Language,
        Self::Theme,
        Self::Suspend,
        Self::Quit,
    ];

    /// By how many rows a motion moves a cursor.
    #[must_use]
    pub const fn rows(self) -> Option<isize> {
        const FAR: isize = 1 << 40;
        match self {
            Self::Up => Some(-1),
            Self::Down => Some(1),
            Self::PageUp => Some(-10),
            Self::PageDown => Some(10),
            Self::First => Some(-FAR),
            Self::Last => Some(FAR),
            _ => None,
        }
    }

    /// The action of that name in the settings file.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_action_has_a_name_of_its_own() {
        let ids: BTreeSet<&str> = Action::ALL.iter().map(|action| action.id()).collect();
        assert_eq!(ids.len(), Action::ALL.len());
        assert!(Action::ALL.iter().all(|action| Action::named(action.id()) == Some(*action)));
    }
}
