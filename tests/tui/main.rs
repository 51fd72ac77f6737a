//! The interface as people meet it: pictures of the frame and of its screens in both languages.

mod pictures;
mod stage;
