//! The table of keys in the settings file, changed line by line: what stands beside it stays. What an action is, and what a key, is the
//! business of the interface.

use toml::de::{DeTable, DeValue};

use super::{Draft, Place, end_of_line, without};
use crate::config::file;
use crate::error::Result;

/// The table's name.
const KEYS: &str = file::KEYS;

/// How the table is written.
enum Form {
    /// `[keys]`, and a line each; where the next one goes.
    Header(usize),
    /// `keys.pause = …`, and a line each; where the next one goes.
    Dotted(usize),
    /// `keys = { … }`, on one line; where that is.
    Inline(std::ops::Range<usize>),
}

impl Draft {
    /// Gives `action` these keys, as the file writes them; none at all is a list without any.
    pub fn bind(&mut self, action: &str, keys: &[String]) -> Result<()> {
        let before = self.text();
        let literal = literal(keys);
        let after = match (form(before), place(before, action)) {
            (Some(Form::Inline(at)), _) => inline(before, at, action, Some(&literal)),
            (_, Some(place)) => [&before[..place.value.start], &literal, &before[place.value.end..]].concat(),
            (Some(Form::Header(at)), None) => line_at(before, at, &format!("{action} = {literal}")),
            (Some(Form::Dotted(at)), None) => line_at(before, at, &format!("{KEYS}.{action} = {literal}")),
            (None, None) => {
                let gap = if before.is_empty() { "" } else { "\n" };
                line_at(before, before.len(), &format!("{gap}[{KEYS}]\n{action} = {literal}"))
            }
        };
        self.write(after)
    }

    /// Takes `action` out of the table, so that its usual keys hold again; whether it was there.
    pub fn unbind(&mut self, action: &str) -> Result<bool> {
        let before = self.text();
        let Some(place) = place(before, action) else { return Ok(false) };
        let after = match form(before) {
            Some(Form::Inline(at)) => inline(before, at, action, None),
            _ => without(before, &place),
        };
        self.write(after).map(|()| true)
    }
}

fn literal(keys: &[String]) -> String {
    let quoted: Vec<String> = keys.iter().map(|key| toml::Value::from(key.as_str()).to_string()).collect();
    match &quoted[..] {
        [one] => one.clone(),
        _ => format!("[{}]", quoted.join(", ")),
    }
}

fn place(text: &str, action: &str) -> Option<Place> {
    let table = DeTable::parse(text).ok()?;
    let DeValue::Table(keys) = table.get_ref().get(KEYS)?.get_ref() else { return None };
    let (name, value) = keys.iter().find(|(name, _)| name.get_ref() == action)?;
    Some(Place { key: name.span(), value: value.span() })
}

fn form(text: &str) -> Option<Form> {
    let table = DeTable::parse(text).ok()?;
    let (name, value) = table.get_ref().iter().find(|(name, _)| name.get_ref() == KEYS)?;
    let DeValue::Table(keys) = value.get_ref() else { return None };
    if text.get(value.span()).is_some_and(|written| written.starts_with('{')) {
        return Some(Form::Inline(value.span()));
    }
    let last = keys.iter().map(|(_, value)| value.span().end).max();
    let at = end_of_line(text, last.unwrap_or(name.span().end));
    let is_header = text[..name.span().start].trim_end_matches([' ', '\t']).ends_with('[');
    Some(if is_header { Form::Header(at) } else { Form::Dotted(at) })
}

fn line_at(text: &str, at: usize, line: &str) -> String {
    let (before, after) = text.split_at(at);
    let gap = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    format!("{before}{gap}{line}\n{after}")
}

/// The table on one line written anew: it can hold no comments.
fn inline(text: &str, at: std::ops::Range<usize>, action: &str, literal: Option<&str>) -> String {
    let mut entries: Vec<(String, String)> = Vec::new();
    if let Ok(table) = DeTable::parse(text)
        && let Some(DeValue::Table(keys)) = table.get_ref().get(KEYS).map(toml::Spanned::get_ref)
    {
        entries.extend(
            keys.iter().map(|(name, value)| (name.get_ref().to_string(), text[value.span()].to_owned())),
        );
    }
    entries.retain(|(name, _)| name != action);
    entries.extend(literal.map(|literal| (action.to_owned(), literal.to_owned())));
    let written: Vec<String> = entries.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let written = if written.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", written.join(", ")) };
    [&text[..at.start], &written, &text[at.end..]].concat()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn after(text: &str, change: impl FnOnce(&mut Draft) -> Result<()>) -> String {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("config.toml");
        fs::write(&path, text).unwrap();
        change(&mut Draft::open(&path).unwrap()).unwrap();
        fs::read_to_string(path).unwrap()
    }

    fn bound(text: &str, keys: &[&str]) -> String {
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        after(text, |draft| draft.bind("pause", &keys))
    }

    fn unbound(text: &str) -> String {
        after(text, |draft| draft.unbind("pause").map(drop))
    }

    #[test]
    fn a_key_is_changed_where_it_stands_and_every_other_byte_stays() {
        let text = "bucket = \"b\"\n\n# hands\n[keys] # mine\n# left\npause =  'p' # thumb\nlog = \"l\"\n";
        assert_eq!(bound(text, &["x"]), text.replace("'p'", "\"x\""));
        assert_eq!(bound(text, &["x", "\""]), text.replace("'p'", "[\"x\", '\"']"));
        assert_eq!(bound(text, &[]), text.replace("'p'", "[]"));
        assert_eq!(unbound(text), text.replace("pause =  'p' # thumb", "# thumb"));
    }

    #[test]
    fn a_new_one_goes_behind_the_last_of_the_table_and_the_table_to_the_end() {
        assert_eq!(bound("", &["x"]), "[keys]\npause = \"x\"\n");
        assert_eq!(bound("ascii = true # c", &["x"]), "ascii = true # c\n\n[keys]\npause = \"x\"\n");
        assert_eq!(bound("[keys] # c\n", &["x"]), "[keys] # c\npause = \"x\"\n");
        let list = "[keys]\nlog = [\n  \"l\", # lower\n] # end\n# after\n";
        assert_eq!(bound(list, &["x"]), list.replace("] # end\n", "] # end\npause = \"x\"\n"));
    }

    #[test]
    fn other_ways_to_write_the_table_are_kept() {
        let dotted = "keys.log = \"l\" # c\nascii = true\n";
        assert_eq!(bound(dotted, &["x"]), dotted.replace("# c\n", "# c\nkeys.pause = \"x\"\n"));
        assert_eq!(unbound("keys.pause = \"p\"\nascii = true\n"), "ascii = true\n");
        let inline = "keys = { log = \"l\" } # c\n";
        assert_eq!(bound(inline, &["x"]), "keys = { log = \"l\", pause = \"x\" } # c\n");
        assert_eq!(unbound("keys = { pause = [\"p\"] }\n"), "keys = {}\n");
    }

    #[test]
    fn what_is_not_there_is_not_taken_out() {
        assert_eq!(unbound("[keys]\nlog = \"l\"\n"), "[keys]\nlog = \"l\"\n");
        assert_eq!(unbound("ascii = true\n"), "ascii = true\n");
    }
}
