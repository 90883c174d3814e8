use super::{is_one_slip_apart, slips};

#[test]
fn a_swap_counts_once() {
    assert_eq!(slips("snein", "senin"), 1);
    assert_eq!(slips("", "senin"), 5);
    assert_eq!(slips("senin", "senin"), 0);
    assert!(is_one_slip_apart("slasa", "selasa"));
    assert!(!is_one_slip_apart("tunggu", "minggu"));
}
