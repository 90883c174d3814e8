use std::collections::HashSet;

use super::*;

#[test]
fn no_key_stands_twice_and_each_has_a_topic() {
    let mut seen = HashSet::new();
    for spec in MESSAGES {
        assert!(seen.insert(spec.key), "`{}` stands twice", spec.key);
        assert!(
            spec.key
                .split_once('.')
                .is_some_and(|(topic, name)| !topic.is_empty() && !name.is_empty())
        );
    }
}

#[test]
fn a_reply_takes_only_arguments_of_its_spec() {
    let reply = FEES_LIST.say(Choices::None).with("since", Arg::Number(1));
    assert_eq!(reply.args.len(), 1);
    assert!(FEES_LIST.required_args().eq(["passports"]));
    assert!(FEES_LIST.arg_names().any(|name| name == "passports"));
}
