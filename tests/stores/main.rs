//! The lift against stores and mirrors that nobody here wrote.
