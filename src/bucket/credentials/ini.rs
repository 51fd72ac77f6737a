//! Changing a few keys of one section of an AWS file, and nothing else: every other line keeps its bytes.
//!
//! Reading these files is left to the SDK; this only edits, because no library does so without rewriting comments and order.

/// `text` with `pairs` set in the section that one of `headers` names, the last of them first; where none is there, a section
/// `headers[0]` is added. A key that is there already keeps its place; others are added at the section's end. `None` removes a key.
pub(super) fn set(text: &str, headers: &[&str], pairs: &[(&str, Option<&str>)]) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let place = |wanted: &&str| lines.iter().position(|line| header(line).as_deref() == Some(*wanted));
    let Some(start) = headers.iter().rev().find_map(place) else {
        return append_section(text, headers.first().copied().unwrap_or_default(), pairs, newline);
    };
    let end = lines[start + 1..]
        .iter()
        .position(|line| header(line).is_some())
        .map_or(lines.len(), |n| start + 1 + n);
    let mut out = lines[..=start].concat();
    end_the_line(&mut out, newline);
    out.push_str(&edit_section(&lines[start + 1..end], pairs, newline));
    out.push_str(&lines[end..].concat());
    out
}

/// The name in `[name]`, where the line is a header; blanks inside do not matter, as in `[ profile  x ]`.
fn header(line: &str) -> Option<String> {
    let inner = line.trim_start().strip_prefix('[')?.split_once(']')?.0;
    Some(inner.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn append_section(text: &str, header: &str, pairs: &[(&str, Option<&str>)], newline: &str) -> String {
    let mut out = text.to_owned();
    end_the_line(&mut out, newline);
    if !out.is_empty() {
        out.push_str(newline);
    }
    out + "[" + header + "]" + newline + &new_lines(pairs.iter(), newline)
}

fn edit_section(body: &[&str], pairs: &[(&str, Option<&str>)], newline: &str) -> String {
    let mut out = String::new();
    let mut done = vec![false; pairs.len()];
    let mut dropping = false;
    for line in body {
        // Lines that are indented belong to the key above them, as in `s3 =` with its sub-keys.
        let is_nested = line.starts_with([' ', '\t']) && !line.trim().is_empty();
        if is_nested && dropping {
            continue;
        }
        let index = pairs.iter().position(|(key, _)| !is_nested && key_of(line) == Some(*key));
        dropping = index.is_some();
        match index {
            Some(index) if !done[index] => {
                done[index] = true;
                out.push_str(&new_lines(std::iter::once(&pairs[index]), newline));
            }
            Some(_) => {}
            None => out.push_str(line),
        }
    }
    let missing = pairs.iter().zip(done).filter(|(_, done)| !done).map(|(pair, _)| pair);
    insert_before_blank_tail(&out, &new_lines(missing, newline), newline)
}

/// The lower-case key of a `key = value` line; comments have none.
fn key_of(line: &str) -> Option<&str> {
    let line = line.trim();
    if line.starts_with(['#', ';']) {
        return None;
    }
    line.split_once('=').map(|(key, _)| key.trim())
}

fn new_lines<'a>(pairs: impl Iterator<Item = &'a (&'a str, Option<&'a str>)>, newline: &str) -> String {
    pairs.filter_map(|(key, value)| value.map(|value| format!("{key} = {value}{newline}"))).collect()
}

/// New keys stand with the old ones, above the blank lines and comments that lead to the next section.
fn insert_before_blank_tail(body: &str, new: &str, newline: &str) -> String {
    if new.is_empty() {
        return body.to_owned();
    }
    let lines: Vec<&str> = body.split_inclusive('\n').collect();
    let is_tail = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with(['#', ';']);
    let kept = lines.len() - lines.iter().rev().take_while(|line| is_tail(line)).count();
    let mut out = lines[..kept].concat();
    end_the_line(&mut out, newline);
    out.push_str(new);
    out.push_str(&lines[kept..].concat());
    out
}

fn end_the_line(text: &mut String, newline: &str) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(newline);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FILE: &str = "# mine\n[default]\naws_access_key_id = OLD\nregion=x\n\n; about work\n[profile work]\nrole_arn = arn\n";

    #[test]
    fn a_key_keeps_its_place_and_every_other_line_its_bytes() {
        let out = set(FILE, &["default"], &[("aws_access_key_id", Some("NEW")), ("token", Some("T"))]);
        let want = "# mine\n[default]\naws_access_key_id = NEW\nregion=x\ntoken = T\n\n; about work\n[profile work]\nrole_arn = arn\n";
        assert_eq!(out, want);
    }

    #[test]
    fn a_missing_section_is_added_at_the_end() {
        assert_eq!(set("", &["default"], &[("region", Some("r"))]), "[default]\nregion = r\n");
        assert_eq!(set("[a]\nx = 1", &["b"], &[("y", Some("2")), ("z", None)]), "[a]\nx = 1\n\n[b]\ny = 2\n");
    }

    #[test]
    fn of_two_names_for_one_section_the_last_wins() {
        let text = "[default]\na = 1\n[profile default]\na = 2\n";
        let out = set(text, &["default", "profile default"], &[("a", Some("3"))]);
        assert_eq!(out, "[default]\na = 1\n[profile default]\na = 3\n");
    }

    #[test]
    fn a_key_that_is_removed_takes_its_nested_lines_along() {
        let text = "[default]\ns3 =\n  max = 1\n  min = 2\nregion = x\n";
        assert_eq!(set(text, &["default"], &[("s3", None)]), "[default]\nregion = x\n");
    }

    #[test]
    fn a_nested_key_of_the_same_name_is_left_alone() {
        let text = "[default]\ns3 =\n  region = inner\n";
        let out = set(text, &["default"], &[("region", Some("outer"))]);
        assert_eq!(out, "[default]\ns3 =\n  region = inner\nregion = outer\n");
    }

    #[test]
    fn windows_line_ends_stay() {
        assert_eq!(set("[d]\r\na = 1\r\n", &["d"], &[("b", Some("2"))]), "[d]\r\na = 1\r\nb = 2\r\n");
    }

    #[test]
    fn a_key_that_stands_twice_is_left_once() {
        assert_eq!(set("[d]\na = 1\na = 2\n", &["d"], &[("a", Some("3"))]), "[d]\na = 3\n");
    }

    proptest! {
        #[test]
        fn lines_that_are_not_the_keys_survive(
            lines in prop::collection::vec("(\\[[a-z ]{1,6}\\]|[#;] ?[ -~]{0,12}|[a-c] ?= ?[a-z]{0,5}|)", 0..24),
            value in "[!-~]{1,12}",
        ) {
            let text = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect::<String>();
            let out = set(&text, &["target"], &[("key", Some(&value))]);
            let expected = format!("key = {value}\n");
            prop_assert!(out.contains(&expected));
            let rest: Vec<&str> = out.lines().filter(|line| format!("{line}\n") != expected && *line != "[target]").collect();
            let mut old: Vec<&str> = text.lines().collect();
            if out.contains("\n\n[target]") && !text.is_empty() {
                old.push("");
            }
            prop_assert_eq!(rest, old);
        }

        #[test]
        fn setting_twice_is_setting_once(text in "(\\[[ab]\\]\n|k = [a-z]{1,3}\n|\n|# c\n){0,12}") {
            let once = set(&text, &["a"], &[("k", Some("v"))]);
            prop_assert_eq!(set(&once, &["a"], &[("k", Some("v"))]), once);
        }
    }
}
