use super::*;

fn labels(count: usize) -> Vec<String> {
    (1..=count).map(|number| number.to_string()).collect()
}

fn shown(value: f32) -> String {
    format!("{value:.0}")
}

fn texts(picture: &Picture) -> Vec<&str> {
    let texts = picture.marks.iter().filter_map(|mark| match mark {
        Mark::Text { text, .. } => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

#[test]
fn a_bar_is_as_high_as_its_value_and_none_leaves_the_sheet() {
    let values = [Some(10.0), None, Some(40.0), Some(0.0)];
    let picture = Picture::bars("x", "t".into(), "d".into(), &labels(4), &values, &shown);
    let heights: Vec<f32> = picture
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Bar { x, y, width, height } => {
                assert!(
                    *x >= LEFT && x + width <= WIDTH && *y >= TOP && y + height <= HEIGHT,
                    "{mark:?}"
                );
                Some(*height)
            }
            _ => None,
        })
        .collect();
    assert_eq!(heights.len(), 2, "neither nothing nor nought is drawn");
    assert!((heights[1] / heights[0] - 4.0).abs() < 0.01, "{heights:?}");
}

#[test]
fn the_scale_ends_above_the_highest_value_at_a_round_number() {
    for (most, top) in [
        (0.0, 1.0),
        (3.0, 3.0),
        (7.0, 10.0),
        (40.0, 40.0),
        (41.0, 60.0),
        (999.0, 1000.0),
    ] {
        let scale = Scale::of([most].into_iter());
        assert!((scale.top - top).abs() < 0.01, "{most}: {}", scale.top);
    }
}

#[test]
fn of_many_bars_only_the_highest_tells_its_value_and_not_every_name_stands() {
    let values: Vec<Value> = (1..=31).map(|value| Some(value as f32)).collect();
    let picture = Picture::bars("x", "t".into(), "d".into(), &labels(31), &values, &shown);
    let texts = texts(&picture);
    assert!(texts.iter().filter(|text| **text == "31").count() >= 1);
    assert!(texts.len() < 16, "{texts:?}");
}

#[test]
fn a_line_is_broken_where_a_value_is_missing_and_a_single_value_is_seen() {
    let gap = [Some(1.0), Some(2.0), None, Some(3.0)];
    let none = [None; 4];
    let picture = Picture::lines(
        "x",
        "t".into(),
        "d".into(),
        &labels(4),
        [("satu", &gap), ("dua", &none)],
        &shown,
    );
    let lines: Vec<usize> = picture
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Line { points, is_second } => {
                assert!(!is_second);
                Some(points.len())
            }
            _ => None,
        })
        .collect();
    assert_eq!(lines, [2, 2]);
    assert!(texts(&picture).contains(&"satu") && !texts(&picture).contains(&"dua"));
}

#[test]
fn what_is_said_is_escaped_and_every_picture_has_title_and_description() {
    let title = "<b>&\"".to_owned();
    let picture = Picture::rows("x", title, "<i>".into(), &[("<u>".into(), 3.0)], &shown);
    let svg = picture.svg();
    assert!(
        svg.contains("role=\"img\" aria-labelledby=\"x-t x-d\"") && svg.contains("<title id=\"x-t\">"),
        "{svg}"
    );
    for raw in ["<b>", "<i>", "<u>", "style="] {
        assert!(!svg.contains(raw), "{svg}");
    }
    assert!(svg.ends_with("</svg>") && !svg.contains("NaN"), "{svg}");
}

#[test]
fn nothing_at_all_is_a_sheet_without_bars() {
    let svg = Picture::bars("x", String::new(), String::new(), &[], &[], &shown).svg();
    assert!(
        !svg.contains("<rect") && !svg.contains("NaN") && !svg.contains("inf"),
        "{svg}"
    );
}
