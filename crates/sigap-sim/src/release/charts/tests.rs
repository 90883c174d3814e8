//! The pictures hold what was counted and can be read by a machine.

use super::super::assumptions::Setting;
use super::*;

#[test]
fn every_picture_is_whole_and_names_every_mode() {
    let setting = Setting {
        weeks: 2,
        warm_up: 1,
        ..Setting::default()
    };
    let figures = Figures::play(1..2, &setting).unwrap();
    let pictures = draw(&figures);
    assert_eq!(pictures.len(), 5);
    for (name, text) in &pictures {
        assert!(text.starts_with("<svg ") && text.ends_with("</svg>\n"), "{name}");
        assert!(
            text.contains("<title>") && text.contains("<desc>") && text.contains("fill=\"#ffffff\""),
            "{name}"
        );
        assert!(!text.contains("NaN") && !text.contains("inf"), "{name}");
        let opened = text.matches("<text").count();
        assert_eq!(opened, text.matches("</text>").count(), "{name}");
        let is_of_modes = *name != "fairness-identities.svg";
        for mode in ["first come", "shuffled opening", "draw", "waiting list"] {
            assert!(
                !is_of_modes || text.contains(&format!(">{mode}<")),
                "{name} has no {mode}"
            );
        }
    }
    let tables = figures.tables();
    assert!(tables.matches("|---|").count() >= 6, "{tables}");
    assert_eq!(Figures::play(1..2, &setting).unwrap().tables(), tables);
}
