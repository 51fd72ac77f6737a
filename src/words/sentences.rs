//! Sentences put together from parts, with the punctuation of the language.

use crate::say;

/// What happened, and why: "what: why".
#[must_use]
pub fn because(what: &str, why: &str) -> String {
    say!("because", what = what, why = why)
}

/// One after the other: "one; two; three".
pub fn series<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> String {
    let two = |one: String, next: T| say!("series", one = one, next = next.as_ref());
    let mut parts = parts.into_iter();
    let first = parts.next().map(|part| part.as_ref().to_owned()).unwrap_or_default();
    parts.fold(first, two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_in_their_order() {
        assert_eq!(because("it failed", "no disk"), "it failed: no disk");
        assert_eq!(series(["one", "two", "three"]), "one; two; three");
        assert_eq!(series(["one"]), "one");
        assert_eq!(series(Vec::<String>::new()), "");
    }
}
