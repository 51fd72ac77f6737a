//! The binary: parse, install hooks, dispatch, exit code. Nothing else.

fn main() {}
