//! The commands, lived through with the real binary over the real protocols.
