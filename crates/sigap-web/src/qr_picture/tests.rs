use qrcode::{Color, EcLevel, QrCode};

use super::{QUIET, picture};

/// As long as a signed ticket.
const TICKET: &str = "SIGAP1.eyJvIjoic3VrYWJ1bWkiLCJjIjoiQUJDRDIzNDUiLCJzIjoicGlja3VwIiwiYSI6IjIwMjYtMTEtMzBUMTA6MDAiLCJuIjoxfQ.\
                      c2lnbmF0dXJlLW9mLTY0LWJ5dGVzLXdoaWNoLWlzLWFzLWxvbmctYXMtYS1yZWFsLW9uZS1vZi1FZDI1NTE5LXNpZ25hdHVyZXM";

/// The fields that the path paints, read as a drawing program does.
fn painted(svg: &str) -> Vec<(usize, usize)> {
    let path = svg
        .split("stroke=\"#000\" d=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let mut fields = Vec::new();
    let (mut x, mut y) = (0, 0);
    let mut rest = path;
    while let Some(deed) = rest.chars().next() {
        let end = rest[1..].find(['M', 'm', 'h']).map_or(rest.len(), |at| at + 1);
        let numbers: Vec<f64> = rest[1..end].split(' ').map(|word| word.parse().unwrap()).collect();
        match deed {
            'M' => (x, y) = (numbers[0] as usize, numbers[1] as usize),
            'm' => x += numbers[0] as usize,
            _ => {
                fields.extend((x..x + numbers[0] as usize).map(|x| (x - QUIET, y - QUIET)));
                x += numbers[0] as usize;
            }
        }
        rest = &rest[end..];
    }
    fields
}

#[test]
fn the_picture_paints_the_dark_fields_and_no_others() {
    let code = QrCode::with_error_correction_level(TICKET, EcLevel::M).unwrap();
    let dark: Vec<(usize, usize)> = (0..code.width())
        .flat_map(|y| (0..code.width()).map(move |x| (x, y)))
        .filter(|at| code[*at] == Color::Dark)
        .collect();
    assert_eq!(painted(&picture(TICKET)), dark);
}

#[test]
fn a_ticket_s_picture_is_light_enough_for_a_slow_line() {
    let bytes = picture(TICKET).len();
    assert!(bytes < 7_000, "{bytes}");
}

#[test]
fn a_text_that_no_code_can_hold_has_no_picture() {
    assert_eq!(picture(&"panjang".repeat(1_000)), "");
}
