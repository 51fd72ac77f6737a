//! Pictures with their styles: what changes in looks shows up here, letter by letter.

mod browser;
mod bucket;
mod connect;
mod frame;
mod protect;
mod settings;
mod transfer;
