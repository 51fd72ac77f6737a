//! Sizes in bytes: read as people write them, and written so that they can be read again.

/// Units by the name in which they are written here; each of the binary ones before its decimal neighbour.
const UNITS: [(&str, u64); 8] = [
    ("TiB", 1 << 40),
    ("GiB", 1 << 30),
    ("MiB", 1 << 20),
    ("TB", 1_000_000_000_000),
    ("GB", 1_000_000_000),
    ("MB", 1_000_000),
    ("KiB", 1 << 10),
    ("kB", 1_000),
];

/// Digits after the point that are still looked at.
const MOST_DECIMALS: usize = 9;

/// The bytes that `text` means: "2500000", "128MiB" (binary), "20MB" (decimal), "1.5 GiB". A lone K, M, G or T is binary, as in
/// wget, curl and rclone. `None` where it is no size or more than a u64 holds; a fraction of a byte is dropped.
#[must_use]
pub fn parse(text: &str) -> Option<u64> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    if !is_number(whole) || !is_number(decimals) || decimals.len() > MOST_DECIMALS {
        return None;
    }
    let scale = 10_u128.checked_pow(u32::try_from(decimals.len()).ok()?)?;
    let scaled = whole.parse::<u64>().map(u128::from).ok()? * scale + decimals.parse::<u128>().ok()?;
    u64::try_from(scaled.checked_mul(u128::from(factor(unit)?))? / scale).ok()
}

fn factor(unit: &str) -> Option<u64> {
    let unit = unit.trim_start().to_ascii_lowercase();
    match unit.as_str() {
        "" | "b" => Some(1),
        "k" => Some(1 << 10),
        "m" => Some(1 << 20),
        "g" => Some(1 << 30),
        "t" => Some(1 << 40),
        _ => UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(&unit)).map(|(_, factor)| *factor),
    }
}

/// `bytes` in the first unit that holds them whole: "5MiB", "2500kB", "1025"; [`parse`] reads the same number again.
#[must_use]
pub fn exact(bytes: u64) -> String {
    let whole = UNITS.iter().find(|(_, factor)| bytes > 0 && bytes.is_multiple_of(*factor));
    whole.map_or_else(|| bytes.to_string(), |(name, factor)| format!("{}{name}", bytes / factor))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        let cases = [
            ("2500000", 2_500_000),
            ("128MiB", 128 << 20),
            ("128 mib", 128 << 20),
            ("20MB", 20_000_000),
            ("20M", 20 << 20),
            ("1.5GiB", 3 << 29),
            ("512k", 512 << 10),
            ("0", 0),
            ("7B", 7),
        ];
        for (text, bytes) in cases {
            assert_eq!(parse(text), Some(bytes), "{text}");
        }
    }

    #[test]
    fn what_is_no_size_is_refused() {
        for text in
            ["", "MiB", "-1", "1.MiB", ".5MiB", "5 parsecs", "1e6", "1,5MiB", "16777216TiB", "1.0000000001"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_size_is_read_again_as_it_was_written(number in 0..=1_000_000_u64, factor in prop_oneof![
            Just(1_u64), Just(1_000), Just(1 << 10), Just(1_000_000), Just(1 << 20), Just(1 << 30), Just(1 << 40)
        ]) {
            prop_assert_eq!(parse(&exact(number * factor)), Some(number * factor));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC*") {
            let _any = parse(&text);
        }
    }
}
