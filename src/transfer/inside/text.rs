//! Lines of a member: whether it is text at all, and its first lines, cut where they are long.

use std::io::{self, BufRead, BufReader, Read};

use super::packing::peek;
use crate::words::harmless;

/// Bytes that tell text from other things.
const HEAD: usize = 1024;

/// What was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// It is no text.
    Binary,
    /// So many lines were told.
    Lines(usize),
}

/// Tells the first `lines` lines of `source`, each of at most `longest` bytes; `tell` says whether somebody still listens.
pub(super) fn lines(
    source: impl Read,
    lines: usize,
    longest: usize,
    mut tell: impl FnMut(String, bool) -> bool,
) -> io::Result<Text> {
    let (head, source) = peek(source, HEAD)?;
    if is_binary(&head) {
        return Ok(Text::Binary);
    }
    let mut source = BufReader::new(source);
    for told in 0..lines {
        let Some((line, is_cut)) = line(&mut source, longest)? else { return Ok(Text::Lines(told)) };
        if !tell(shown(&line, is_cut), is_cut) {
            return Ok(Text::Lines(told));
        }
        // What is left of the last line need not be read.
        if is_cut && told + 1 < lines {
            source.skip_until(b'\n')?;
        }
    }
    Ok(Text::Lines(lines))
}

/// A NUL, or bytes that are no UTF-8; a letter that is cut at the end is fine.
fn is_binary(head: &[u8]) -> bool {
    let is_broken = std::str::from_utf8(head).is_err_and(|error| error.error_len().is_some());
    is_broken || head.contains(&0)
}

/// The next line without its end; with `true` where only its beginning was read.
fn line(source: &mut impl BufRead, longest: usize) -> io::Result<Option<(Vec<u8>, bool)>> {
    let mut line = Vec::new();
    let read = source.by_ref().take(longest as u64 + 1).read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
        line.pop_if(|last| *last == b'\r');
        return Ok(Some((line, false)));
    }
    let is_cut = line.len() > longest;
    line.truncate(longest);
    Ok(Some((line, is_cut)))
}

fn shown(line: &[u8], is_cut: bool) -> String {
    let whole = match std::str::from_utf8(line) {
        Err(error) if is_cut && error.error_len().is_none() => &line[..error.valid_up_to()],
        _ => line,
    };
    harmless(&String::from_utf8_lossy(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &[u8], most: usize, longest: usize) -> (Text, Vec<(String, bool)>) {
        let mut told = Vec::new();
        let text = lines(bytes, most, longest, |line, is_cut| {
            told.push((line, is_cut));
            true
        });
        (text.unwrap(), told)
    }

    fn line(text: &str, is_cut: bool) -> (String, bool) {
        (text.to_owned(), is_cut)
    }

    #[test]
    fn lines_come_one_by_one_and_the_last_needs_no_end() {
        let (text, lines) = told(b"{\"a\":1}\r\n\n{\"b\":2}", 9, 99);
        assert_eq!(text, Text::Lines(3));
        assert_eq!(lines, [line("{\"a\":1}", false), line("", false), line("{\"b\":2}", false)]);
        assert_eq!(told(b"a\nb\n", 1, 9), (Text::Lines(1), vec![line("a", false)]));
        assert_eq!(told(b"", 3, 9), (Text::Lines(0), vec![]));
    }

    #[test]
    fn a_long_line_is_cut_between_letters_and_the_next_one_is_whole() {
        let (_, lines) = told("ééé\nb\nccccc".as_bytes(), 3, 5);
        assert_eq!(lines, [line("éé", true), line("b", false), line("ccccc", false)]);
    }

    #[test]
    fn what_is_no_text_is_said_to_be_none_and_text_is_harmless() {
        assert_eq!(told(b"PAR1\x00\x01", 3, 9).0, Text::Binary);
        assert_eq!(told(b"ab\xff\xfecd", 3, 9).0, Text::Binary);
        assert_eq!(told(b"a\x1b[2J", 1, 9).1, [line("a\\u{1b}[2J", false)]);
    }
}
