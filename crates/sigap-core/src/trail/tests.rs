use super::*;

const OFFICE: OfficeId = OfficeId(7);

fn act(place: u64, subject: &str) -> Act {
    Act {
        place,
        at: Timestamp::from_second(1_790_000_000).unwrap(),
        staff: StaffId(3),
        act: "called".into(),
        subject: subject.into(),
    }
}

fn chain(subjects: &[&str]) -> Vec<(Act, Link)> {
    let mut head = START;
    (1..)
        .zip(subjects)
        .map(|(place, subject)| {
            let act = act(place, subject);
            head = link(&head, OFFICE, &act);
            (act, head)
        })
        .collect()
}

fn look(lines: &[(Act, Link)]) -> Chain {
    let mut follower = Follower::new(OFFICE);
    for (act, hash) in lines {
        follower.follow(act, hash);
    }
    follower.end()
}

#[test]
fn a_whole_chain_tells_its_head() {
    let lines = chain(&["A-001", "A-002", "A-003"]);
    let head = lines[2].1;
    assert_eq!(look(&lines), Chain::Whole { lines: 3, head });
    assert_eq!(look(&[]), Chain::Whole { lines: 0, head: START });
}

#[test]
fn a_line_that_was_changed_removed_or_added_breaks_it() {
    let lines = chain(&["A-001", "A-002", "A-003"]);
    let mut changed = lines.clone();
    changed[1].0.subject = "A-009".into();
    assert_eq!(look(&changed), Chain::Broken { place: 2 });
    let mut removed = lines.clone();
    removed.remove(0);
    assert_eq!(look(&removed), Chain::Broken { place: 1 });
    let mut doubled = lines.clone();
    doubled.insert(1, lines[0].clone());
    assert_eq!(look(&doubled), Chain::Broken { place: 2 });
    // Whoever writes the hash anew breaks the next line.
    let mut forged = changed;
    forged[1].1 = link(&lines[0].1, OFFICE, &forged[1].0);
    assert_eq!(look(&forged), Chain::Broken { place: 3 });
}

#[test]
fn texts_do_not_run_into_each_other() {
    let one = Act {
        act: "ab".into(),
        subject: "c".into(),
        ..act(1, "")
    };
    let other = Act {
        act: "a".into(),
        subject: "bc".into(),
        ..act(1, "")
    };
    assert_ne!(link(&START, OFFICE, &one), link(&START, OFFICE, &other));
    assert_ne!(link(&START, OFFICE, &one), link(&START, OfficeId(8), &one));
}
