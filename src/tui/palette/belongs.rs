//! On which screen an action works that does not work now.

use crate::say;
use crate::tui::Step;
use crate::tui::keys::Action;

/// The screen that an action belongs to; `None` for those that several have.
const fn screen(action: Action) -> Option<Step> {
    use Action as A;
    Some(match action {
        A::AccessKeys | A::Profile | A::Region | A::Peek => Step::Connect,
        A::NewBucket | A::FreeName => Step::Bucket,
        A::SkipStep => Step::Protect,
        A::ToggleFamily | A::Guide | A::Fold | A::Unfold => Step::Datasets,
        A::Mode | A::Replace => Step::Review,
        A::Resume | A::Update | A::Protection | A::Connection => Step::Home,
        A::Pause
        | A::Keep
        | A::Discard
        | A::Renew
        | A::PutFirst
        | A::SkipArchive
        | A::Faster
        | A::Slower
        | A::NextLeg
        | A::MoreConnections
        | A::FewerConnections
        | A::Log
        | A::LogLevel
        | A::ChartSpan => Step::Transfer,
        A::Save => Step::Done,
        A::Reset => Step::Settings,
        A::Parent
        | A::MarkAll
        | A::Fetch
        | A::Fetches
        | A::Restore
        | A::LookInside
        | A::Delete
        | A::Versions
        | A::Measure
        | A::Uploads
        | A::Abort => Step::Browser,
        _ => return None,
    })
}

/// What the palette says beside an action that does not work now, while `shown` is on the screen.
pub(super) fn note(action: Action, shown: Step) -> String {
    match screen(action) {
        Some(step) if step == shown => say!("tui-palette-later"),
        Some(step) => say!("tui-palette-at", step = step.name()),
        None => say!("tui-palette-elsewhere"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of every source file below `folder`.
    fn sources(folder: &std::path::Path) -> String {
        let mut text = String::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            text += &if path.is_dir() { sources(&path) } else { std::fs::read_to_string(&path).unwrap() };
        }
        text
    }

    #[test]
    fn a_screen_that_is_named_offers_the_action() {
        let screens = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tui/screens");
        for action in Action::ALL {
            let Some(step) = screen(*action) else { continue };
            let offered = sources(&screens.join(format!("{step:?}").to_lowercase()));
            let name = format!("Action::{action:?}");
            let is_there = offered.match_indices(&name).any(|(at, _)| {
                !offered[at + name.len()..].starts_with(|next: char| next.is_ascii_alphabetic())
            });
            assert!(is_there, "{action:?} at {step:?}");
        }
    }

    #[test]
    fn the_screen_is_named_unless_it_is_the_one_that_is_shown() {
        assert_eq!(note(Action::Versions, Step::Home), "at Browse");
        assert_eq!(note(Action::Versions, Step::Browser), "not now");
        assert_eq!(note(Action::Sort, Step::Home), "not here");
    }
}
