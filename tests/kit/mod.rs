//! Far ends for tests of HTTPS: servers with certificates of any kind, and such that speak something else.

mod authority;
mod servers;

pub(crate) use self::{authority::Authority, servers::Far};
