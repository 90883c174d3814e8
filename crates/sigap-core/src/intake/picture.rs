//! What light, sharpness and shape tell of a photo of a paper. Works on grey values; whoever decodes the file hands them in.
//!
//! None of it knows what the paper is. The bounds are set so that a photo a person can read passes: to ask somebody for a photo three
//! times is worse than to let an officer ask once.

use super::Finding;
use crate::limits::{PICTURE_SIDE_MIN, PICTURE_SIDE_SHORT_MIN};

/// Grey values of a picture, row by row from the top, 0 black to 255 white.
#[derive(Clone, PartialEq, Eq)]
pub struct Grey {
    width: usize,
    height: usize,
    values: Vec<u8>,
}

impl std::fmt::Debug for Grey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Grey({}×{})", self.width, self.height)
    }
}

/// What was measured of a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measures {
    /// Dots across, of the file and not of what was measured on.
    pub width: u32,
    /// Dots down.
    pub height: u32,
    /// Mean of the grey values.
    pub mean: f32,
    /// Share of dots that are all but white.
    pub white_share: f32,
    /// Share of dots that are all but black.
    pub black_share: f32,
    /// Variance of the Laplacian: how much fine detail there is.
    pub sharpness: f32,
    /// Sides of the frame (of four) along which much changes: a paper that reaches over the edge has its print and its border there.
    pub busy_sides: u8,
    /// Longer side over shorter side of what stands out from the background, in thousandths, when something does.
    pub paper_aspect_thousandths: Option<u32>,
}

/// Longest side on which is measured: fine print is still there, and the work is bounded.
pub const MEASURED_SIDE_MAX: usize = 1_000;
/// Below it a picture at the measured size has no edges that a reader could hold on to.
const SHARPNESS_MIN: f32 = 25.0;
/// Mean below which a picture is too dark.
const MEAN_MIN: f32 = 45.0;
/// Mean above which a picture is washed out: white paper on a white table reaches 235.
const MEAN_MAX: f32 = 246.0;
/// Share of blown-out dots that hide print.
const WHITE_SHARE_MAX: f32 = 0.6;
/// From here on a dot counts as blown out.
const WHITE: u8 = 253;
/// Up to here a dot counts as black.
const BLACK: u8 = 8;
/// How far a shape may be from that of the paper: people hold phones at an angle.
const ASPECT_TOLERANCE_PERCENT: u32 = 30;
/// A step between neighbouring dots of the frame that counts as an edge.
const FRAME_STEP_MIN: i32 = 40;
/// Edges along one side of the frame, in thousandths of its dots, from which it is busy.
const FRAME_EDGES_THOUSANDTHS: usize = 20;
/// Busy sides from which a paper seems cut off: a patterned cloth makes one or two.
const BUSY_SIDES: u8 = 3;

impl Grey {
    /// A picture; `None` when the values are not as many as its dots, or there are none.
    #[must_use]
    pub fn new(width: usize, height: usize, values: Vec<u8>) -> Option<Self> {
        let is_whole = width > 0 && height > 0 && width.checked_mul(height) == Some(values.len());
        is_whole.then_some(Self { width, height, values })
    }

    fn at(&self, x: usize, y: usize) -> i32 {
        self.values.get(y * self.width + x).copied().map_or(0, i32::from)
    }

    /// Made smaller by whole steps until its longer side is at most so long, each dot the mean of its block.
    #[must_use]
    pub fn shrunk(&self, side_max: usize) -> Self {
        let step = self.width.max(self.height).div_ceil(side_max.max(1)).max(1);
        let (width, height) = ((self.width / step).max(1), (self.height / step).max(1));
        let mut values = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let (mut sum, mut count) = (0_u32, 0_u32);
                for row in (y * step..(y + 1) * step).take_while(|row| *row < self.height) {
                    let from = row * self.width + x * step;
                    let to = (from + step).min((row + 1) * self.width);
                    for value in self.values.get(from..to).unwrap_or_default() {
                        sum += u32::from(*value);
                        count += 1;
                    }
                }
                values.push(u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX));
            }
        }
        Self { width, height, values }
    }

    /// Measures it; `width` and `height` are those of the file.
    #[must_use]
    pub fn measure(&self, width: u32, height: u32) -> Measures {
        let small = self.shrunk(MEASURED_SIDE_MAX);
        let count = small.values.len().max(1) as f32;
        let share = |is: fn(u8) -> bool| small.values.iter().filter(|value| is(**value)).count() as f32 / count;
        let sum: u64 = small.values.iter().map(|value| u64::from(*value)).sum();
        Measures {
            width,
            height,
            mean: sum as f32 / count,
            white_share: share(|value| value >= WHITE),
            black_share: share(|value| value <= BLACK),
            sharpness: small.laplacian_variance(),
            busy_sides: small.busy_sides(),
            paper_aspect_thousandths: small.paper_aspect(),
        }
    }

    /// How much the second differences vary: a picture out of focus has none.
    fn laplacian_variance(&self) -> f32 {
        let (mut sum, mut squares, mut count) = (0_i64, 0_i64, 0_i64);
        for y in 1..self.height.saturating_sub(1) {
            for x in 1..self.width.saturating_sub(1) {
                let value =
                    self.at(x - 1, y) + self.at(x + 1, y) + self.at(x, y - 1) + self.at(x, y + 1) - 4 * self.at(x, y);
                sum += i64::from(value);
                squares += i64::from(value * value);
                count += 1;
            }
        }
        if count == 0 {
            return 0.0;
        }
        let mean = sum as f32 / count as f32;
        squares as f32 / count as f32 - mean * mean
    }

    fn busy_sides(&self) -> u8 {
        let (right, bottom) = (self.width - 1, self.height - 1);
        let across = |y: usize| (1..self.width).map(move |x| (self.at(x, y) - self.at(x - 1, y)).abs());
        let down = |x: usize| (1..self.height).map(move |y| (self.at(x, y) - self.at(x, y - 1)).abs());
        let is_busy = |steps: usize, length: usize| steps * 1_000 > length * FRAME_EDGES_THOUSANDTHS;
        let count = |steps: &mut dyn Iterator<Item = i32>| steps.filter(|step| *step >= FRAME_STEP_MIN).count();
        let sides = [
            is_busy(count(&mut across(0)), self.width),
            is_busy(count(&mut across(bottom)), self.width),
            is_busy(count(&mut down(0)), self.height),
            is_busy(count(&mut down(right)), self.height),
        ];
        sides.into_iter().map(u8::from).sum()
    }

    /// The box around what differs from the frame's own grey. Nothing when the frame is not even, or the box is the whole picture.
    fn paper_aspect(&self) -> Option<u32> {
        /// A dot that differs by so much from the frame belongs to what lies on it.
        const STANDS_OUT: i32 = 32;
        let mut frame: Vec<i32> = (0..self.width)
            .flat_map(|x| [self.at(x, 0), self.at(x, self.height - 1)])
            .chain((0..self.height).flat_map(|y| [self.at(0, y), self.at(self.width - 1, y)]))
            .collect();
        frame.sort_unstable();
        let middle = frame.get(frame.len() / 2).copied()?;
        let even = frame
            .iter()
            .filter(|value| (**value - middle).abs() < STANDS_OUT)
            .count();
        if even * 10 < frame.len() * 9 {
            return None;
        }
        let stands_out = |x: usize, y: usize| (self.at(x, y) - middle).abs() >= STANDS_OUT;
        // A tenth of a row or column, so that a speck is no paper.
        let rows: Vec<usize> = (0..self.height)
            .filter(|y| (0..self.width).filter(|x| stands_out(*x, *y)).count() * 10 > self.width)
            .collect();
        let columns: Vec<usize> = (0..self.width)
            .filter(|x| (0..self.height).filter(|y| stands_out(*x, *y)).count() * 10 > self.height)
            .collect();
        let span = |places: &[usize]| Some(places.last()? - places.first()? + 1);
        let (across, down) = (span(&columns)?, span(&rows)?);
        thousandths(across, down)
    }
}

fn thousandths(one: usize, other: usize) -> Option<u32> {
    let (long, short) = (one.max(other), one.min(other));
    u32::try_from(long * 1_000 / short.max(1)).ok()
}

/// What is to be said of a picture of a paper with this shape, if it has one.
#[must_use]
pub fn judge(measures: &Measures, aspect_thousandths: Option<u32>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (long, short) = (measures.width.max(measures.height), measures.width.min(measures.height));
    if long < PICTURE_SIDE_MIN || short < PICTURE_SIDE_SHORT_MIN {
        findings.push(Finding::TooSmall);
    }
    let is_dark = measures.mean < MEAN_MIN || measures.black_share > WHITE_SHARE_MAX;
    let is_bright = measures.mean > MEAN_MAX || measures.white_share > WHITE_SHARE_MAX;
    if is_dark {
        findings.push(Finding::TooDark);
    } else if is_bright {
        findings.push(Finding::TooBright);
    } else if measures.sharpness < SHARPNESS_MIN {
        // Without light there is no sharpness to speak of: one thing at a time is asked for.
        findings.push(Finding::Blurred);
    }
    if measures.busy_sides >= BUSY_SIDES {
        findings.push(Finding::CutOff);
    }
    if let Some(wanted) = aspect_thousandths {
        if measures.height > measures.width {
            findings.push(Finding::Turned);
        }
        let is_off = |seen: u32| seen.abs_diff(wanted) * 100 > wanted * ASPECT_TOLERANCE_PERCENT;
        if measures.paper_aspect_thousandths.is_some_and(is_off) {
            findings.push(Finding::OtherShape);
        }
    }
    findings
}

#[cfg(test)]
mod tests;
