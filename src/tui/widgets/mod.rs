//! What more than one screen draws. Every widget takes its text ready and in the user's language.

mod bar;
mod dialog;
mod field;
mod hint;
mod list;
mod panel;
mod picker;
mod scroll;
mod spinner;
mod stepper;
mod text;
mod trouble;

pub use bar::bar;
pub use dialog::{Question, centred};
pub use field::{Field, Look};
pub use hint::{Hint, KeyLine, key_line, key_line_while};
pub use list::{Pressed, Rows, bar_of, row_at, scroll_at, scrollbar_at};
pub use panel::panel;
pub use picker::{Picked, Picker};
pub use scroll::{scrollbar, scrolled, window};
pub use spinner::{SPINNER_STEP, spinner};
pub use stepper::{step_at, stepper};
pub use text::{fit, lines_at, pad, pair, width, wrap};
pub use trouble::trouble;
