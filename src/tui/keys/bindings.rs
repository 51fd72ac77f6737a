//! The keys of the settings file, read and checked.

use super::{Action, Chord, Keymap};
use crate::config::Binding;
use crate::error::{Error, Result};
use crate::{say, words};

impl Keymap {
    /// The usual keys, and those of the file in their place.
    pub fn with(bindings: &[Binding]) -> Result<Self> {
        let mut keymap = Self::default();
        let mut bound: Vec<(Action, Vec<Chord>)> = Vec::new();
        for binding in bindings {
            let action = Action::named(&binding.action).ok_or_else(|| unknown(binding))?;
            let chords: Vec<Chord> =
                binding.keys.iter().map(|text| chord(binding, text)).collect::<Result<_>>()?;
            keymap.bind(action, chords.clone());
            bound.push((action, chords));
        }
        for (binding, (action, chords)) in bindings.iter().zip(&bound) {
            for chord in chords {
                if let Some(other) = rival(&keymap, &bound, *action, *chord) {
                    return Err(twice(binding, *chord, other));
                }
            }
        }
        Ok(keymap)
    }
}

impl Keymap {
    /// The action that `chord` could not be given to `action` for, beside the keys of the file; those that cannot be read count for none.
    #[must_use]
    pub fn clash(bindings: &[Binding], action: Action, chord: Chord) -> Option<Action> {
        let mut keymap = Self::default();
        let mut bound = Vec::new();
        for binding in bindings {
            let Some(other) = Action::named(&binding.action).filter(|other| *other != action) else {
                continue;
            };
            let chords: Vec<Chord> = binding.keys.iter().filter_map(|text| text.parse().ok()).collect();
            keymap.bind(other, chords.clone());
            bound.push((other, chords));
        }
        rival(&keymap, &bound, action, chord)
    }

    /// Which other actions have one of the keys of `action`: where two work at the same time, the first that is offered has it.
    #[must_use]
    pub fn sharing(&self, action: Action) -> Vec<Action> {
        let keys = self.chords(action);
        let shares = |other: &&Action| self.chords(**other).iter().any(|key| keys.contains(key));
        Action::ALL.iter().filter(|other| **other != action).filter(shares).copied().collect()
    }
}

/// Another action that would want the key at the same time: one of the frame's, which are always there, or one that the file gives the
/// key, too. Two that share a key in the table never meet on one screen.
fn rival(keymap: &Keymap, bound: &[(Action, Vec<Chord>)], action: Action, chord: Chord) -> Option<Action> {
    let usual = Keymap::default();
    let meet = |other: Action| !usual.chords(action).iter().any(|key| usual.chords(other).contains(key));
    let frame = Action::FRAME.into_iter().filter(|other| keymap.chords(*other).contains(&chord));
    let file = bound.iter().filter(|(_, chords)| chords.contains(&chord)).map(|(other, _)| *other);
    frame.chain(file).find(|other| *other != action && meet(*other))
}

fn chord(binding: &Binding, text: &str) -> Result<Chord> {
    let chord: Chord = text.parse().map_err(|()| {
        binding.wrong(say!("keys-unreadable", key = words::excerpt(text))).hint(say!("keys-unreadable-hint"))
    })?;
    if chord.to_string() == "ctrl-c" {
        return Err(binding.wrong(say!("keys-ctrl-c")).hint(say!("keys-ctrl-c-hint")));
    }
    Ok(chord)
}

fn unknown(binding: &Binding) -> Error {
    let near = |action: &&Action| {
        // Likeness is between 0 and 1: thousandths are fine enough to compare.
        (strsim::jaro_winkler(action.id(), &binding.action) * 1000.0).to_bits()
    };
    let nearest = Action::ALL.iter().max_by_key(near).map_or("", |action| action.id());
    binding
        .wrong(say!("keys-unknown-action", action = words::excerpt(&binding.action)))
        .hint(say!("keys-unknown-action-hint", nearest = nearest))
}

fn twice(binding: &Binding, chord: Chord, other: Action) -> Error {
    binding
        .wrong(say!(
            "keys-twice",
            key = chord.to_string(),
            action = binding.action.as_str(),
            other = other.id()
        ))
        .hint(say!("keys-twice-hint"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(lines: &[(&str, &[&str])]) -> Result<Keymap> {
        let binding = |(index, (action, keys)): (usize, &(&str, &[&str]))| Binding {
            action: (*action).to_owned(),
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            path: "/etc/b.toml".into(),
            line: index + 1,
        };
        Keymap::with(&lines.iter().enumerate().map(binding).collect::<Vec<_>>())
    }

    #[test]
    fn the_files_keys_take_the_place_of_the_usual_ones() {
        let keymap = with(&[("pause", &["x", "f12"]), ("log", &[])]).unwrap();
        assert_eq!(keymap.label(Action::Pause), "x");
        assert!(keymap.chords(Action::Log).is_empty());
        assert_eq!(keymap.chords(Action::Quit), Keymap::default().chords(Action::Quit));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_what_to_do() {
        for (lines, word) in [
            (&[("pause", &["p"] as &[&str]), ("pauze", &["x"])][..], "pauze"),
            (&[("pause", &["p"]), ("log", &["hyper-x"])], "hyper-x"),
            (&[("pause", &["p"]), ("log", &["ctrl-c"])], "ctrl-c"),
            (&[("pause", &["p"]), ("log", &["q"])], "quit"),
            (&[("log", &["x"]), ("retry", &["x"])], "retry"),
        ] {
            let error = with(lines).unwrap_err();
            assert!(error.what().contains("/etc/b.toml") && error.what().contains(word), "{error}");
            assert!(error.advice().is_some());
        }
        assert!(with(&[("pauze", &["x"])]).unwrap_err().advice().unwrap().contains("pause"));
    }

    #[test]
    fn actions_that_never_meet_may_share_a_key_and_keys_may_be_swapped() {
        assert!(with(&[("delete", &["x"]), ("abort", &["x"])]).is_ok());
        assert!(with(&[("quit", &["Q"]), ("log", &["q"])]).is_ok());
    }
}
