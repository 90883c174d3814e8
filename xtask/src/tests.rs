//! The front door: help, unknown commands and unknown words.

use super::{COMMANDS, Verdict, answer, overview};

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(String::from).collect()
}

#[test]
fn help_names_every_command() {
    let text = overview();
    for command in COMMANDS {
        assert!(
            text.contains(command.usage),
            "`{}` is missing in the help",
            command.usage
        );
    }
    assert_eq!(answer(&words("--help")).unwrap(), Verdict::Passed);
}

#[test]
fn every_command_explains_itself_without_running() {
    for command in COMMANDS {
        let line = format!("{} --help", command.name);
        assert_eq!(answer(&words(&line)).unwrap(), Verdict::Passed);
    }
}

#[test]
fn no_command_and_an_unknown_command_are_wrong_use() {
    assert_eq!(answer(&[]).unwrap(), Verdict::WrongUse);
    assert_eq!(answer(&words("fly")).unwrap(), Verdict::WrongUse);
}

#[test]
fn a_word_that_a_command_does_not_know_is_wrong_use() {
    for command in COMMANDS {
        let line = format!("{} --sideways", command.name);
        assert_eq!(answer(&words(&line)).unwrap(), Verdict::WrongUse, "{line}");
    }
}
