//! How the picture of a screen is written down, for the tests of single screens and for those of the whole interface, which take this file
//! in. Nothing of the crate is named here.

use ratatui::buffer::Buffer;

/// The words once, then the styles in the dark palette and those without colours. What colours tell, words tell too: a palette that changes
/// words panics.
pub(crate) fn written(dark: &Buffer, plain: &Buffer) -> String {
    let parts = |buffer: &Buffer| {
        let text = format!("{buffer:#?}");
        let (words, styles) = text.split_once("styles: [").unwrap();
        let words = words.split_once("content: [").unwrap().1.to_owned();
        (words, styles.replace("underline: Reset, ", ""))
    };
    let ((words, dark_styles), (same, plain_styles)) = (parts(dark), parts(plain));
    assert_eq!(words, same, "a palette changes words");
    let (width, height) = (dark.area.width, dark.area.height);
    format!("{width}×{height}\n{words}\ndark: {dark_styles}\nNO_COLOR: {plain_styles}")
}
