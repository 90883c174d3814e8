use super::*;

#[test]
fn a_label_is_read_as_people_write_it() {
    let label = TicketLabel {
        letter: 'A',
        number: 12,
    };
    assert_eq!(label.to_string(), "A-012");
    for text in ["A-012", "a12", "A 12", " a-12 "] {
        assert_eq!(TicketLabel::parse(text), Some(label), "{text}");
    }
    for text in ["", "A", "12", "A-0", "A-x", "A-1234567", "é1"] {
        assert_eq!(TicketLabel::parse(text), None, "{text}");
    }
}

#[test]
fn a_large_number_is_not_cut() {
    assert_eq!(
        TicketLabel {
            letter: 'B',
            number: 1234
        }
        .to_string(),
        "B-1234"
    );
}

#[test]
fn words_of_states_are_their_own() {
    for state in VisitState::ALL {
        assert_eq!(VisitState::from_name(state.name()), Some(state));
    }
    assert_eq!(VisitState::from_name("served"), None);
}

#[test]
fn whoever_is_served_elsewhere_cannot_be_called() {
    use VisitState::{Called, Done, Held, Left, Missed, Waiting};
    let may = |deed: Deed| {
        VisitState::ALL
            .into_iter()
            .filter(|state| deed.is_allowed(*state))
            .collect::<Vec<_>>()
    };
    assert_eq!(may(Deed::Call), [Waiting, Held, Missed]);
    assert_eq!(may(Deed::Finish), [Called]);
    assert_eq!(may(Deed::Back), [Held, Called, Missed, Left]);
    assert!(!Deed::Undo.is_allowed(Called));
    assert!(Deed::Undo.is_allowed(Done));
}
