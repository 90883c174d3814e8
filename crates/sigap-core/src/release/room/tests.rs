use super::{from_token, to_token};

const KEY: [u8; 32] = [7; 32];

#[test]
fn a_ticket_reads_back_as_it_was_signed() {
    for (ticket, is_before) in [(0, true), (0, false), (1_000_000, true), (u64::MAX, false)] {
        let token = to_token(&KEY, ticket, is_before);
        assert_eq!(from_token(&KEY, &token), Some((ticket, is_before)));
        assert_eq!(from_token(&KEY, &token.to_uppercase()), Some((ticket, is_before)));
    }
}

#[test]
fn another_ticket_cannot_be_made_from_it() {
    let token = to_token(&KEY, 5, true);
    assert_eq!(from_token(&[8; 32], &token), None);
    for place in 0..token.len() {
        let mut changed: Vec<char> = token.chars().collect();
        changed[place] = if changed[place] == 'a' { 'b' } else { 'a' };
        let changed: String = changed.into_iter().collect();
        assert_eq!(from_token(&KEY, &changed), None, "{place}");
    }
    for text in ["", "aaaa", "%%%", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        assert_eq!(from_token(&KEY, text), None, "{text}");
    }
}
