//! Pictures of figures, drawn here: bars upright and lying, and lines. What is drawn stands as marks on a sheet of fixed size, which becomes
//! SVG on a page and strokes on paper. Series differ by pattern as well as by colour, and each is named where it ends.

use askama::filters::{Escaper, Html};
use std::fmt::Write;

/// The sheet, in its own units: a phone shows them nearly one to one.
pub(crate) const WIDTH: f32 = 360.0;
/// Height of letters.
pub(crate) const LETTERS: f32 = 11.0;
const HEIGHT: f32 = 190.0;
const LEFT: f32 = 34.0;
const RIGHT: f32 = 6.0;
const TOP: f32 = 16.0;
const BOTTOM: f32 = 20.0;
/// More names than this do not stand side by side.
const NAMES_MAX: usize = 8;
/// Bars that show their value each; of more only the highest does.
const VALUES_MAX: usize = 13;
/// Height of a lying bar with its name.
const ROW: f32 = 34.0;

/// Where a text stands beside its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    Bar {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
    },
    Line {
        points: Vec<(f32, f32)>,
        is_second: bool,
    },
    Rule {
        y: f32,
    },
    Text {
        x: f32,
        y: f32,
        anchor: Anchor,
        text: String,
    },
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Picture {
    /// Its name in the page, unique there.
    pub(crate) id: &'static str,
    pub(crate) title: String,
    /// What it says, for those who do not see it.
    pub(crate) told: String,
    pub(crate) height: f32,
    pub(crate) marks: Vec<Mark>,
}

/// A value that may be missing.
pub(crate) type Value = Option<f32>;

/// A step of the scale that a person reads easily: 1, 2 or 5 times a power of ten.
fn step_of(most: f32) -> f32 {
    let rough = (most / 3.0).max(1.0);
    let power = 10_f32.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().find(|step| step * power >= rough);
    step.unwrap_or(10.0) * power
}

struct Scale {
    top: f32,
    step: f32,
}

impl Scale {
    fn of(values: impl Iterator<Item = f32>) -> Self {
        let most = values.fold(0.0, f32::max);
        let step = step_of(most);
        Self {
            top: ((most / step).ceil() * step).max(step),
            step,
        }
    }

    fn y(&self, value: f32) -> f32 {
        HEIGHT - BOTTOM - value / self.top * (HEIGHT - BOTTOM - TOP)
    }

    fn rules(&self, shown: &dyn Fn(f32) -> String, marks: &mut Vec<Mark>) {
        let mut value = 0.0;
        while value <= self.top {
            let y = self.y(value);
            marks.push(Mark::Rule { y });
            marks.push(Mark::Text {
                x: LEFT - 4.0,
                y: y + 4.0,
                anchor: Anchor::End,
                text: shown(value),
            });
            value += self.step;
        }
    }
}

/// The middle of a column.
fn middle(place: usize, count: usize) -> f32 {
    LEFT + (WIDTH - LEFT - RIGHT) * (place as f32 + 0.5) / count.max(1) as f32
}

fn names(labels: &[String], marks: &mut Vec<Mark>) {
    let every = labels.len().div_ceil(NAMES_MAX).max(1);
    for (place, label) in labels.iter().enumerate().filter(|(place, _)| place % every == 0) {
        marks.push(Mark::Text {
            x: middle(place, labels.len()),
            y: HEIGHT - 6.0,
            anchor: Anchor::Middle,
            text: label.clone(),
        });
    }
}

impl Picture {
    /// Bars side by side.
    pub(crate) fn bars(
        id: &'static str,
        title: String,
        told: String,
        labels: &[String],
        values: &[Value],
        shown: &dyn Fn(f32) -> String,
    ) -> Self {
        let scale = Scale::of(values.iter().flatten().copied());
        let mut marks = Vec::new();
        scale.rules(shown, &mut marks);
        let width = (WIDTH - LEFT - RIGHT) / values.len().max(1) as f32 * 0.7;
        let most = values.iter().flatten().copied().fold(0.0, f32::max);
        let mut is_most_told = false;
        for (place, value) in values.iter().enumerate() {
            let Some(value) = value.filter(|value| *value > 0.0) else {
                continue;
            };
            let (x, y) = (middle(place, values.len()), scale.y(value));
            marks.push(Mark::Bar {
                x: x - width / 2.0,
                y,
                width,
                height: HEIGHT - BOTTOM - y,
            });
            let is_first_most = value >= most && !is_most_told;
            is_most_told |= is_first_most;
            if values.len() <= VALUES_MAX || is_first_most {
                marks.push(Mark::Text {
                    x,
                    y: y - 3.0,
                    anchor: Anchor::Middle,
                    text: shown(value),
                });
            }
        }
        names(labels, &mut marks);
        Self {
            id,
            title,
            told,
            height: HEIGHT,
            marks,
        }
    }

    /// Two lines over the same parts, the upper one first, each with its name at its outermost point; where a value is missing, a line is broken.
    pub(crate) fn lines(
        id: &'static str,
        title: String,
        told: String,
        labels: &[String],
        series: [(&str, &[Value]); 2],
        shown: &dyn Fn(f32) -> String,
    ) -> Self {
        let scale = Scale::of(series.iter().flat_map(|(_, values)| values.iter().flatten().copied()));
        let mut marks = Vec::new();
        scale.rules(shown, &mut marks);
        for (place, (name, values)) in series.into_iter().enumerate() {
            let is_second = place == 1;
            let mut points = Vec::new();
            let mut outermost: Option<(f32, f32)> = None;
            for (at, value) in values.iter().enumerate() {
                let Some(value) = value else {
                    marks.extend(line(&mut points, is_second));
                    continue;
                };
                let point = (middle(at, values.len()), scale.y(*value));
                // The upper line is named above itself, the lower one below: neither crosses the other's name.
                let is_outer = |y: f32| if is_second { point.1 > y } else { point.1 < y };
                if outermost.is_none_or(|(_, y)| is_outer(y)) {
                    outermost = Some(point);
                }
                points.push(point);
            }
            marks.extend(line(&mut points, is_second));
            if let Some((x, y)) = outermost {
                let anchor = if x > WIDTH * 0.7 {
                    Anchor::End
                } else if x < WIDTH * 0.3 {
                    Anchor::Start
                } else {
                    Anchor::Middle
                };
                marks.push(Mark::Text {
                    x,
                    y: if is_second { y + 12.0 } else { y - 4.0 },
                    anchor,
                    text: name.to_owned(),
                });
            }
        }
        names(labels, &mut marks);
        Self {
            id,
            title,
            told,
            height: HEIGHT,
            marks,
        }
    }

    /// Lying bars, one below the other, each with its name above it.
    pub(crate) fn rows(
        id: &'static str,
        title: String,
        told: String,
        rows: &[(String, f32)],
        shown: &dyn Fn(f32) -> String,
    ) -> Self {
        let most = rows.iter().map(|(_, value)| *value).fold(1.0, f32::max);
        let mut marks = Vec::new();
        for (place, (name, value)) in rows.iter().enumerate() {
            let y = place as f32 * ROW;
            let width = value / most * (WIDTH - 50.0);
            marks.push(Mark::Text {
                x: 0.0,
                y: y + 12.0,
                anchor: Anchor::Start,
                text: name.clone(),
            });
            marks.push(Mark::Bar {
                x: 0.0,
                y: y + 16.0,
                width: width.max(1.0),
                height: 12.0,
            });
            marks.push(Mark::Text {
                x: width.max(1.0) + 4.0,
                y: y + 26.0,
                anchor: Anchor::Start,
                text: shown(*value),
            });
        }
        Self {
            id,
            title,
            told,
            height: rows.len() as f32 * ROW,
            marks,
        }
    }

    /// As SVG for a page: colours come from its style, and what it says from `title` and `desc`.
    pub(crate) fn svg(&self) -> String {
        let (id, height) = (self.id, self.height);
        let mut svg = format!(
            "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">\
             <title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>",
            escaped(&self.title),
            escaped(&self.told)
        );
        for mark in &self.marks {
            // Writing to a text cannot fail.
            let _ = match mark {
                Mark::Bar { x, y, width, height } => write!(
                    svg,
                    "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
                ),
                Mark::Rule { y } => write!(svg, "<path class=\"rule\" d=\"M{LEFT} {y:.1}H{}\"/>", WIDTH - RIGHT),
                Mark::Line { points, is_second } => {
                    let class = if *is_second { "line second" } else { "line" };
                    let _ = write!(svg, "<path class=\"{class}\" d=\"");
                    for (place, (x, y)) in points.iter().enumerate() {
                        let _ = write!(svg, "{}{x:.1} {y:.1}", if place == 0 { 'M' } else { 'L' });
                    }
                    write!(svg, "\"/>")
                }
                Mark::Text { x, y, anchor, text } => {
                    let class = match anchor {
                        Anchor::Start => "",
                        Anchor::Middle => " class=\"mid\"",
                        Anchor::End => " class=\"end\"",
                    };
                    write!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\"{class}>{}</text>", escaped(text))
                }
            };
        }
        svg.push_str("</svg>");
        svg
    }
}

/// The points so far as a line; a single one as a short dash, so that it is seen.
fn line(points: &mut Vec<(f32, f32)>, is_second: bool) -> Option<Mark> {
    let mut points = std::mem::take(points);
    if let [(x, y)] = points[..] {
        points = vec![(x - 3.0, y), (x + 3.0, y)];
    }
    (!points.is_empty()).then_some(Mark::Line { points, is_second })
}

fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    // Writing to a text cannot fail.
    let _ = Html.write_escaped_str(&mut written, text);
    written
}

#[cfg(test)]
mod tests;
