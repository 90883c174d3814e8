use super::{TicketClaims, TicketKey, TicketProblem};

fn claims() -> TicketClaims {
    TicketClaims {
        office: "sukabumi".into(),
        code: "K7QXM2PD".into(),
        service: "simpatik".into(),
        at: "2026-12-05T08:00".into(),
        places: 3,
    }
}

#[test]
fn a_ticket_is_checked_with_the_public_key_alone() {
    let key = TicketKey::new(&[7; 32]);
    let text = key.sign(&claims());
    assert_eq!(TicketClaims::check(&key.public_key(), &text), Ok(claims()));
    assert!(
        text.len() < 180,
        "a QR code of {} characters is hard to scan",
        text.len()
    );
}

#[test]
fn a_changed_or_foreign_ticket_is_refused() {
    let key = TicketKey::new(&[7; 32]);
    let text = key.sign(&claims());
    let later = text.replace("T08:00", "T09:00");
    assert_eq!(
        TicketClaims::check(&key.public_key(), &later),
        Err(TicketProblem::Signature)
    );
    let more = text.replace("|3|", "|5|");
    assert_eq!(
        TicketClaims::check(&key.public_key(), &more),
        Err(TicketProblem::Signature)
    );
    let other = TicketKey::new(&[8; 32]);
    assert_eq!(
        TicketClaims::check(&other.public_key(), &text),
        Err(TicketProblem::Signature)
    );
    for text in ["", "https://example.org", "SIGAP1|a|b|c|d|x|e", "SIGAP2|a|b|c|d|1|e"] {
        assert_eq!(
            TicketClaims::check(&key.public_key(), text),
            Err(TicketProblem::NoTicket)
        );
    }
    assert_eq!(TicketClaims::check("abc", &text), Err(TicketProblem::Key));
}
