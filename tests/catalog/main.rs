//! What a mirror is found to have: complete and incomplete dumps, hostile pages, servers that stumble.

mod discovery;
mod fake;
mod hostile;
mod patience;
