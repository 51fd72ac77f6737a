//! A terminal's screen as an SVG: a window with a title, its cells on a grid that no font can shift.
//!
//! Letters of one look that follow each other are one text stretched to its cells; lines and blocks are shapes.

use std::fmt::Write;

use vt100::{Cell, Screen};

use crate::palette::{BACKGROUND, Look, look};
use crate::shapes::{self, Block, Line};

/// A cell, in pixels.
const WIDTH: f64 = 8.4;
const HEIGHT: f64 = 18.0;
/// Where letters stand, from the top of their cell.
const BASELINE: f64 = 13.5;
/// Around the cells, and the height of the title above them.
const PADDING: f64 = 12.0;
const TITLE: f64 = 32.0;

const STYLE: &str = "text { font: 14px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; white-space: pre } \
                     .b { font-weight: bold } g rect { shape-rendering: crispEdges }";

/// Around the words of the screen: for whoever cannot see the picture, and for the test that it is not an old one.
const DESCRIPTION: &str = "<desc>";
const DESCRIPTION_END: &str = "</desc>";

/// The words of the screen of which `svg` is the picture.
pub(crate) fn described(svg: &str) -> Option<String> {
    let (_, rest) = svg.split_once(DESCRIPTION)?;
    let (text, _) = rest.split_once(DESCRIPTION_END)?;
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    Some(plain.into_iter().fold(text.to_owned(), |text, (coded, letter)| text.replace(coded, letter)))
}

/// The picture of `screen`, under `title`.
pub(crate) fn draw(screen: &Screen, title: &str) -> String {
    let (rows, columns) = screen.size();
    let width = f64::from(columns) * WIDTH + 2.0 * PADDING;
    let height = f64::from(rows) * HEIGHT + TITLE + PADDING;
    let mut svg = String::new();
    put(
        &mut svg,
        &format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">"
        ),
    );
    put(&mut svg, &format!("<title>{}</title>", escaped(title)));
    put(&mut svg, &format!("{DESCRIPTION}{}{DESCRIPTION_END}", escaped(&screen.contents())));
    put(&mut svg, &format!("<style>{STYLE}</style>"));
    window(&mut svg, width, height, title);
    put(&mut svg, &format!("<g transform=\"translate({PADDING} {TITLE})\">"));
    for row in 0..rows {
        draw_row(&mut svg, screen, row);
    }
    put(&mut svg, "</g>\n</svg>");
    svg
}

/// A line of the file.
fn put(svg: &mut String, line: &str) {
    svg.push_str(line);
    svg.push('\n');
}

fn window(svg: &mut String, width: f64, height: f64, title: &str) {
    put(
        svg,
        &format!(
            "<rect x=\"0.5\" y=\"0.5\" width=\"{:.0}\" height=\"{:.0}\" rx=\"9\" fill=\"{BACKGROUND}\" stroke=\"#3d444d\"/>",
            width - 1.0,
            height - 1.0,
        ),
    );
    for (x, colour) in [(18, "#f46d67"), (36, "#e0b13e"), (54, "#56c26a")] {
        put(svg, &format!("<circle cx=\"{x}\" cy=\"16\" r=\"5.5\" fill=\"{colour}\"/>"));
    }
    put(
        svg,
        &format!(
            "<text x=\"{:.0}\" y=\"21\" text-anchor=\"middle\" fill=\"#8b949e\">{}</text>",
            width / 2.0,
            escaped(title),
        ),
    );
}

/// Cells of one look that follow each other and are drawn in one go.
struct Run {
    column: u16,
    cells: u16,
    look: Look,
    text: String,
}

fn draw_row(svg: &mut String, screen: &Screen, row: u16) {
    let runs = runs(screen, row);
    let y = f64::from(row) * HEIGHT;
    for run in runs.iter().filter(|run| run.look.ground != BACKGROUND) {
        let ground = Block { x: 0.0, y: 0.0, width: f64::from(run.cells), height: 1.0, opacity: 1.0 };
        draw_block(svg, &ground, f64::from(run.column) * WIDTH, y, &run.look.ground.to_string());
    }
    for run in &runs {
        draw_run(svg, run, y);
    }
}

fn runs(screen: &Screen, row: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for column in 0..screen.size().1 {
        let Some(cell) = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation()) else {
            continue;
        };
        let (look, cells) = (look(cell), 1 + u16::from(cell.is_wide()));
        let text = if cell.has_contents() { cell.contents() } else { " " };
        match runs.last_mut() {
            Some(run) if run.look == look && goes_on(run, cell) => {
                run.text.push_str(text);
                run.cells += cells;
            }
            _ => runs.push(Run { column, cells, look, text: text.to_owned() }),
        }
    }
    runs
}

/// Letters go on with letters; a shape goes on with the same shape; a letter twice as wide stands alone.
fn goes_on(run: &Run, cell: &Cell) -> bool {
    let next = if cell.has_contents() { cell.contents() } else { " " };
    let next = next.chars().next().unwrap_or(' ');
    let last = run.text.chars().next_back().unwrap_or(' ');
    if is_shape(last) || is_shape(next) {
        return last == next;
    }
    !cell.is_wide() && usize::from(run.cells) == run.text.chars().count()
}

fn is_shape(letter: char) -> bool {
    shapes::block(letter).is_some() || shapes::line(letter).is_some() || shapes::dots(letter).is_some()
}

fn draw_run(svg: &mut String, run: &Run, y: f64) {
    let x = f64::from(run.column) * WIDTH;
    let letter = run.text.chars().next().unwrap_or(' ');
    if let Some(block) = shapes::block(letter) {
        draw_blocks(svg, run, block, x, y);
    } else if let Some(line) = shapes::line(letter) {
        draw_lines(svg, run, line, x, y);
    } else if let Some(dots) = shapes::dots(letter) {
        (0..run.cells).for_each(|cell| draw_dots(svg, dots, run, x + f64::from(cell) * WIDTH, y));
    } else {
        draw_text(svg, run, y);
    }
}

fn draw_blocks(svg: &mut String, run: &Run, block: Block, x: f64, y: f64) {
    let colour = run.look.letters.to_string();
    // Blocks that fill their cells from side to side are one; others stand apart.
    if block.width >= 1.0 {
        draw_block(svg, &Block { width: f64::from(run.cells), ..block }, x, y, &colour);
        return;
    }
    for cell in 0..run.cells {
        draw_block(svg, &block, x + f64::from(cell) * WIDTH, y, &colour);
    }
}

fn draw_block(svg: &mut String, block: &Block, x: f64, y: f64, colour: &str) {
    let opacity =
        if block.opacity < 1.0 { format!(" fill-opacity=\"{}\"", block.opacity) } else { String::new() };
    put(
        svg,
        &format!(
            "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"{colour}\"{opacity}/>",
            x + block.x * WIDTH,
            y + block.y * HEIGHT,
            block.width * WIDTH,
            block.height * HEIGHT,
        ),
    );
}

/// Two columns of four dots.
fn draw_dots(svg: &mut String, dots: u8, run: &Run, x: f64, y: f64) {
    // The bits of U+2800 and on: the left column down, the right column down, then the lowest of each.
    const PLACES: [(f64, f64); 8] =
        [(0.0, 0.0), (0.0, 1.0), (0.0, 2.0), (1.0, 0.0), (1.0, 1.0), (1.0, 2.0), (0.0, 3.0), (1.0, 3.0)];
    let on = PLACES.iter().enumerate().filter(|(bit, _)| dots & (1 << bit) != 0);
    let mut path = String::new();
    for (_, (column, row)) in on {
        let (x, y) = (x + (column + 0.5) * WIDTH / 2.0 - 1.1, y + (row + 0.5) * HEIGHT / 4.0 - 1.1);
        // Writing to a string cannot fail.
        let _ = write!(path, "M{x:.1} {y:.1}h2.2v2.2h-2.2z");
    }
    if !path.is_empty() {
        put(svg, &format!("<path d=\"{path}\" fill=\"{}\"/>", run.look.letters));
    }
}

fn draw_lines(svg: &mut String, run: &Run, line: Line, x: f64, y: f64) {
    let is_level = !line.up && !line.down && line.left && line.right;
    let path = if is_level {
        format!("M{x:.1} {:.1}h{:.1}", y + HEIGHT / 2.0, f64::from(run.cells) * WIDTH)
    } else {
        (0..run.cells).map(|cell| corner(line, x + f64::from(cell) * WIDTH, y)).collect()
    };
    let width = if line.heavy { "3" } else { "1" };
    put(
        svg,
        &format!(
            "<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\"/>",
            run.look.letters
        ),
    );
}

/// From the middle of the cell to each side that the line reaches; a turn is round.
fn corner(line: Line, x: f64, y: f64) -> String {
    let (middle_x, middle_y) = (x + WIDTH / 2.0, y + HEIGHT / 2.0);
    let end_y = if line.up { y } else { y + HEIGHT };
    let end_x = if line.left { x } else { x + WIDTH };
    if line.up != line.down && line.left != line.right {
        let turn_y = if line.up { middle_y - 4.0 } else { middle_y + 4.0 };
        return format!(
            "M{middle_x:.1} {end_y:.1}V{turn_y:.1}Q{middle_x:.1} {middle_y:.1} {end_x:.1} {middle_y:.1}"
        );
    }
    let mut path = String::new();
    let ends = [
        (line.up, middle_x, y),
        (line.right, x + WIDTH, middle_y),
        (line.down, middle_x, y + HEIGHT),
        (line.left, x, middle_y),
    ];
    for (_, x, y) in ends.into_iter().filter(|(reaches, ..)| *reaches) {
        // Writing to a string cannot fail.
        let _ = write!(path, "M{middle_x:.1} {middle_y:.1}L{x:.1} {y:.1}");
    }
    path
}

/// The letters of a run, each group where its first cell is: not every viewer keeps blanks that follow each other.
fn draw_text(svg: &mut String, run: &Run, y: f64) {
    if usize::from(run.cells) != run.text.chars().count() {
        draw_letters(svg, run, &run.text, (0, usize::from(run.cells)), y);
        return;
    }
    let mut column = 0;
    for group in run.text.split_inclusive("  ") {
        let letters = group.trim_start();
        let blank = group.chars().count() - letters.chars().count();
        let letters = letters.trim_end();
        draw_letters(svg, run, letters, (column + blank, letters.chars().count()), y);
        column += group.chars().count();
    }
}

/// Letters stretched to so many cells from that one of the run.
fn draw_letters(svg: &mut String, run: &Run, letters: &str, (from, cells): (usize, usize), y: f64) {
    if letters.trim().is_empty() {
        return;
    }
    let bold = if run.look.bold { " class=\"b\"" } else { "" };
    put(
        svg,
        &format!(
            "<text{bold} x=\"{:.1}\" y=\"{:.1}\" fill=\"{}\" textLength=\"{:.1}\" lengthAdjust=\"spacingAndGlyphs\">{}</text>",
            (f64::from(run.column) + number(from)) * WIDTH,
            y + BASELINE,
            run.look.letters,
            number(cells) * WIDTH,
            escaped(letters),
        ),
    );
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(0.0, f64::from)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(bytes: &str) -> String {
        let mut terminal = vt100::Parser::new(2, 12, 0);
        terminal.process(bytes.as_bytes());
        draw(terminal.screen(), "t")
    }

    #[test]
    fn letters_stand_on_their_cells_whatever_the_font() {
        let svg = drawn("  a <&b\x1b[1mc");
        assert!(svg.contains("x=\"16.8\"") && svg.contains("textLength=\"42.0\""), "{svg}");
        assert!(svg.contains(">a &lt;&amp;b</text>") && svg.contains("class=\"b\" x=\"58.8\""), "{svg}");
    }

    #[test]
    fn groups_of_letters_keep_their_columns() {
        let svg = drawn("a   bc  d");
        for (x, letters) in [("0.0", ">a<"), ("33.6", ">bc<"), ("67.2", ">d<")] {
            assert!(svg.lines().any(|l| l.contains(&format!("x=\"{x}\"")) && l.contains(letters)), "{svg}");
        }
    }

    #[test]
    fn a_bar_is_one_rectangle_and_a_frame_is_lines() {
        let svg = drawn("╭──╮███▌");
        assert_eq!(svg.matches("<path").count(), 3, "{svg}");
        assert!(svg.contains("x=\"33.60\" y=\"0.00\" width=\"25.20\" height=\"18.00\""), "{svg}");
        assert!(svg.contains("x=\"58.80\" y=\"0.00\" width=\"4.20\""), "{svg}");
    }

    #[test]
    fn a_letter_of_dots_is_its_dots() {
        assert_eq!(drawn("\u{2841}").matches("h2.2v2.2").count(), 2);
    }

    #[test]
    fn the_words_of_a_picture_can_be_read_back() {
        assert_eq!(described(&drawn("a <&b")).as_deref(), Some("a <&b"));
    }

    #[test]
    fn a_wide_letter_fills_two_cells() {
        let svg = drawn("a椎b");
        assert!(svg.contains("x=\"8.4\" y=\"13.5\"") && svg.contains("textLength=\"16.8\""), "{svg}");
        assert!(svg.contains("x=\"25.2\""), "{svg}");
    }
}
