//! Random values that are the same on every machine and in every version: SplitMix64 from a seed.

/// How many random bytes are made at once: the loops that make them are worth running seldom and long.
const BLOCK: usize = 64 * 1024;

/// A source of values, the same ones for the same seed.
pub(super) struct Random {
    state: u64,
    /// Random hexadecimal digits, taken from the end.
    hex: String,
}

impl Random {
    /// A source for what `name` names: a path makes a good one.
    pub(super) fn of(name: &str) -> Self {
        // FNV-1a; any mixing will do, as long as it never changes.
        let state = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self { state, hex: String::new() }
    }

    /// Any number.
    pub(super) const fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which must not be 0.
    pub(super) const fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// One of `all`.
    pub(super) fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        let index = usize::try_from(self.next() % all.len().max(1) as u64).unwrap_or_default();
        all.get(index).copied().unwrap_or_default()
    }

    /// Writes a random UUID, as `MusicBrainz` identifiers are.
    pub(super) fn uuid(&mut self, out: &mut String) {
        if self.hex.len() < 32 {
            self.refill();
        }
        let digits = self.hex.split_off(self.hex.len() - 32);
        out.push_str(&digits[..8]);
        out.push('-');
        out.push_str(&digits[8..12]);
        out.push_str("-4");
        out.push_str(&digits[13..16]);
        out.push_str("-a");
        out.push_str(&digits[17..20]);
        out.push('-');
        out.push_str(&digits[20..]);
    }

    fn refill(&mut self) {
        let bytes: Vec<u8> = (0..BLOCK / 8).flat_map(|_| self.next().to_le_bytes()).collect();
        self.hex = hex::encode(bytes);
    }
}
