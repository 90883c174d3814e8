//! A QR code as SVG inside a page. Drawn row by row, a stroke for each run of dark fields: a sixth of the bytes of a path around every field.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// How large the picture is drawn where no style says otherwise, in pixels of the screen; it scales without loss.
const PIXELS: u32 = 240;
/// Empty fields on each side, which scanners need to find the code (ISO/IEC 18004).
const QUIET: usize = 4;

/// The picture of a text, dark on light whatever the colours of the page; nothing for a text that no code can hold. Level M survives a
/// scratched screen.
pub(crate) fn picture(text: &str) -> String {
    QrCode::with_error_correction_level(text, EcLevel::M)
        .map(|code| drawn(&code))
        .unwrap_or_default()
}

fn drawn(code: &QrCode) -> String {
    let side = code.width() + 2 * QUIET;
    let colors = code.to_colors();
    let mut path = String::new();
    for (row, fields) in colors.chunks(code.width()).enumerate() {
        let mut column = 0;
        // Where the pen stands; it begins each row anew.
        let mut pen = None;
        for run in fields.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a string never fails.
                let _ = match pen {
                    None => write!(path, "M{} {}.5", column + QUIET, row + QUIET),
                    Some(at) => write!(path, "m{} 0", column - at),
                };
                let _ = write!(path, "h{}", run.len());
                pen = Some(column + run.len());
            }
            column += run.len();
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{PIXELS}\" height=\"{PIXELS}\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path stroke=\"#000\" d=\"{path}\"/></svg>"
    )
}

#[cfg(test)]
mod tests;
