use super::*;

#[test]
fn a_button_is_added_only_where_one_fits() {
    let buttons = |choices: &[Choice]| Choices::Buttons(choices.to_vec());
    assert_eq!(with(Choices::None, LANGUAGE_ID), buttons(&[LANGUAGE_ID]));
    assert_eq!(with(buttons(&[MENU]), LANGUAGE_ID), buttons(&[MENU, LANGUAGE_ID]));
    let full = buttons(&[STATUS, OFFICER, FEES]);
    assert_eq!(with(full.clone(), LANGUAGE_ID), full);
    let with_menu = buttons(&[STATUS, OFFICER, MENU]);
    assert_eq!(with(with_menu, LANGUAGE_ID), buttons(&[STATUS, OFFICER, LANGUAGE_ID]));
    let list = |rows: Vec<Choice>| Choices::List {
        button: "menu",
        sections: vec![(None, rows)],
    };
    assert_eq!(with(list(vec![MENU]), LANGUAGE_ID), list(vec![MENU, LANGUAGE_ID]));
    let full = list(vec![STATUS; LIST_ROWS_MAX]);
    assert_eq!(with(full.clone(), LANGUAGE_ID), full);
}
