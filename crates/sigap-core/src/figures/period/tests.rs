use jiff::civil::date;

use super::*;

#[test]
fn a_name_is_read_as_it_is_written_and_nothing_else_is() {
    for text in ["2026-11-26", "2026-11", "2026"] {
        assert_eq!(Period::parse(text).unwrap().name(), text);
    }
    for text in [
        "",
        "26",
        "2026-13",
        "2026-1",
        "2026-11-31",
        "2026-11-26-1",
        "2026-+1",
        "-2026",
        "02026",
        "2026-11-",
        "x",
        "2026-1１",
    ] {
        assert_eq!(Period::parse(text), None, "{text}");
    }
}

#[test]
fn months_and_years_begin_and_end_where_the_calendar_says() {
    let february = Period::parse("2028-02").unwrap();
    assert_eq!((february.from(), february.to()), (date(2028, 2, 1), date(2028, 3, 1)));
    assert_eq!(february.parts().len(), 29);
    assert!(
        february.holds(date(2028, 2, 29)) && !february.holds(date(2028, 3, 1)) && !february.holds(date(2028, 1, 31))
    );
    assert_eq!(february.before(), Period::parse("2028-01"));
    let year = Period::parse("2026").unwrap();
    assert_eq!(year.to(), date(2027, 1, 1));
    assert_eq!(year.months().len(), 12);
    assert_eq!(year.months()[11], "2026-12");
    assert_eq!(Period::parse("2026-12").unwrap().after(), Period::parse("2027-01"));
    assert_eq!(
        Period::parse("2026-01-01").unwrap().before(),
        Period::parse("2025-12-31")
    );
    assert_eq!(Period::month_of(date(2026, 11, 26)), Period::parse("2026-11").unwrap());
    assert_eq!(Period::parse("9999").unwrap().after(), None);
}
