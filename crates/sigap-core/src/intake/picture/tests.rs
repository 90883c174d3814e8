use super::{Finding, Grey, judge};

/// An identity card: longer side over shorter side, 85.6 mm by 54 mm (ISO/IEC 7810 ID-1).
const CARD: Option<u32> = Some(1_586);

/// A card with lines of print on a grey table: `from` to `to` across and down, in a picture of 1200 by 900.
fn card(ink: u8, paper: u8, table: u8, left: usize, top: usize) -> Grey {
    let (width, height) = (1_200, 900);
    let (right, bottom) = (left + 1_000, top + 630);
    let mut values = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let is_card = (left..right).contains(&x) && (top..bottom).contains(&y);
            // Letters of eight dots on every second line.
            let is_ink = is_card && y % 32 < 16 && x % 16 < 8;
            values.push(if is_ink {
                ink
            } else if is_card {
                paper
            } else {
                table
            });
        }
    }
    Grey::new(width, height, values).unwrap()
}

/// Each dot the mean of those around it.
fn blurred(picture: &Grey, reach: usize) -> Grey {
    let mut values = Vec::with_capacity(picture.values.len());
    let mut rows = Vec::with_capacity(picture.values.len());
    let mean = |all: &[i32]| all.iter().sum::<i32>() / all.len() as i32;
    for y in 0..picture.height {
        for x in 0..picture.width {
            let around: Vec<i32> = (x.saturating_sub(reach)..(x + reach + 1).min(picture.width))
                .map(|x| picture.at(x, y))
                .collect();
            rows.push(mean(&around) as u8);
        }
    }
    let across = Grey::new(picture.width, picture.height, rows).unwrap();
    for y in 0..picture.height {
        for x in 0..picture.width {
            let around: Vec<i32> = (y.saturating_sub(reach)..(y + reach + 1).min(picture.height))
                .map(|y| across.at(x, y))
                .collect();
            values.push(mean(&around) as u8);
        }
    }
    Grey::new(picture.width, picture.height, values).unwrap()
}

#[track_caller]
fn check(picture: &Grey, expected: &[Finding]) {
    let measures = picture.measure(picture.width as u32, picture.height as u32);
    assert_eq!(judge(&measures, CARD), expected, "{measures:?}");
}

#[test]
fn a_card_that_can_be_read_passes_and_each_fault_is_named_alone() {
    let good = card(60, 220, 120, 100, 130);
    check(&good, &[]);
    check(&blurred(&good, 10), &[Finding::Blurred]);
    check(&card(5, 30, 20, 100, 130), &[Finding::TooDark]);
    check(&card(254, 255, 254, 100, 130), &[Finding::TooBright]);
}

#[test]
fn a_small_a_standing_and_an_oddly_shaped_picture_are_told() {
    let good = card(60, 220, 120, 100, 130);
    let small = good.measure(300, 225);
    assert_eq!(judge(&small, CARD), [Finding::TooSmall]);
    let standing = good.measure(900, 1_200);
    assert_eq!(judge(&standing, CARD), [Finding::Turned]);
    assert_eq!(judge(&standing, None), []);
    let square = Some(1_000);
    assert_eq!(judge(&good.measure(1_200, 900), square), [Finding::OtherShape]);
}

#[test]
fn print_that_runs_over_three_edges_is_cut_off() {
    // The card begins outside the picture and ends below it.
    let values: Vec<u8> = (0..900 * 1_200)
        .map(|dot| {
            let (x, y) = (dot % 1_200, dot / 1_200);
            if (y + 8) % 32 < 16 && (x + 4) % 16 < 8 { 60 } else { 220 }
        })
        .collect();
    check(&Grey::new(1_200, 900, values).unwrap(), &[Finding::CutOff]);
}

#[test]
fn pictures_of_any_size_are_measured_without_a_panic() {
    for (width, height) in [(1, 1), (2, 1), (1, 3), (3_000, 1), (7, 5)] {
        let measures = Grey::new(width, height, vec![9; width * height])
            .unwrap()
            .measure(width as u32, height as u32);
        assert!(judge(&measures, CARD).contains(&Finding::TooSmall));
    }
    assert!(Grey::new(2, 2, vec![0; 3]).is_none());
    assert!(Grey::new(usize::MAX, 2, vec![]).is_none());
    assert!(Grey::new(0, 0, vec![]).is_none());
}
