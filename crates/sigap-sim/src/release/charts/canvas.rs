//! The few shapes that the charts are made of, as SVG text.

use std::fmt::Write;

/// Blue: people by themselves.
pub(super) const BLUE: &str = "#0072b2";
/// Vermilion: brokers.
pub(super) const VERMILION: &str = "#d55e00";
/// Orange: what is bought.
pub(super) const ORANGE: &str = "#e69f00";
/// Green: the door.
pub(super) const GREEN: &str = "#009e73";
/// Text and axes.
pub(super) const INK: &str = "#222222";
/// Helping lines.
pub(super) const FAINT: &str = "#cccccc";
/// Places kept empty.
pub(super) const GREY: &str = "#777777";

/// Where a text hangs at its point.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    /// It begins there.
    Start,
    /// It has its middle there.
    Middle,
    /// It ends there.
    End,
}

/// A picture under way.
pub(super) struct Canvas {
    text: String,
}

impl Canvas {
    /// An empty picture with a title, which is also what a screen reader says, and a sentence under it.
    pub(super) fn new(width: u32, height: u32, title: &str, sentence: &str) -> Self {
        let mut canvas = Self {
            text: format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
                 height=\"{height}\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"14\">\n\
                 <title>{}</title>\n<desc>{}</desc>\n\
                 <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
                escaped(title),
                escaped(sentence),
            ),
        };
        canvas.heading(24.0, 32.0, title);
        canvas.label(24.0, 54.0, Anchor::Start, sentence);
        canvas
    }

    fn heading(&mut self, x: f64, y: f64, text: &str) {
        let _ = writeln!(
            self.text,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"18\" font-weight=\"600\" fill=\"{INK}\">{}</text>",
            escaped(text)
        );
    }

    /// A text.
    pub(super) fn label(&mut self, x: f64, y: f64, anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let _ = writeln!(
            self.text,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{INK}\">{}</text>",
            escaped(text)
        );
    }

    /// A filled box.
    pub(super) fn bar(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), fill: &str) {
        let _ = writeln!(
            self.text,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"/>"
        );
    }

    /// A straight line; dashed ones help the eye and stand for nothing counted.
    pub(super) fn line(
        &mut self,
        (x1, y1): (f64, f64),
        (x2, y2): (f64, f64),
        stroke: &str,
        stroke_width: f64,
        dash: Dash,
    ) {
        let dash = match dash {
            Dash::No => "",
            Dash::Yes => " stroke-dasharray=\"4 4\"",
        };
        let _ = writeln!(
            self.text,
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{stroke}\" \
             stroke-width=\"{stroke_width:.1}\"{dash}/>"
        );
    }

    /// A round mark.
    pub(super) fn dot(&mut self, (x, y): (f64, f64), fill: &str) {
        let _ = writeln!(
            self.text,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"7\" fill=\"{fill}\"/>"
        );
    }

    /// A square mark.
    pub(super) fn square(&mut self, (x, y): (f64, f64), fill: &str) {
        self.bar((x - 6.5, y - 6.5), (13.0, 13.0), fill);
    }

    /// The text of the picture.
    pub(super) fn finish(mut self) -> String {
        self.text.push_str("</svg>\n");
        self.text
    }
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) enum Dash {
    /// Through.
    No,
    /// Broken.
    Yes,
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A share as people read it in a chart.
pub(super) fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    if (0.05..9.95).contains(&percent) {
        format!("{percent:.1} %")
    } else {
        format!("{percent:.0} %")
    }
}
