use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{FIRST_SCREEN, SurveyWords, VERSION, read_survey, survey};

fn words() -> SurveyWords {
    SurveyWords {
        title: "How was our service?".into(),
        why: "Nine questions.".into(),
        questions: std::array::from_fn(|at| (format!("Element {at}"), format!("Was element {at} good?"))),
        scale: ["Bad", "Fair", "Good", "Very good"].map(str::to_owned),
        comment: "Ideas".into(),
        comment_hint: "May stay empty.".into(),
        next: "Next".into(),
        send: "Send".into(),
    }
}

fn children(screen: &Value) -> &Vec<Value> {
    screen["layout"]["children"].as_array().unwrap()
}

fn of_kind<'a>(screen: &'a Value, kind: &str) -> Vec<&'a Value> {
    children(screen).iter().filter(|child| child["type"] == kind).collect()
}

/// Meta's rules once more, read off what was written instead of what was meant.
fn check(flow: &Value) {
    let chars = |value: &Value, most: usize| {
        let text = value.as_str().unwrap();
        assert!((1..=most).contains(&text.chars().count()), "{text} above {most}");
        assert!(!text.trim().is_empty() && !text.contains("${"), "{text}");
    };
    assert_eq!(flow["version"], VERSION);
    let screens = flow["screens"].as_array().unwrap();
    let ids: BTreeSet<&str> = screens.iter().map(|screen| screen["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), screens.len(), "ids differ");
    assert!(ids.contains(FIRST_SCREEN) && !ids.contains("SUCCESS"));
    let mut fields = BTreeMap::new();
    for screen in screens {
        let id = screen["id"].as_str().unwrap();
        assert!(
            id.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_'),
            "{id}"
        );
        chars(&screen["title"], 30);
        assert!(children(screen).len() <= 50);
        let footers = of_kind(screen, "Footer");
        let [footer] = footers.as_slice() else {
            panic!("one footer on {id}")
        };
        assert_eq!(children(screen).last(), Some(*footer));
        chars(&footer["label"], 35);
        let action = &footer["on-click-action"];
        let is_last = screen["terminal"] == true;
        assert_eq!(action["name"], if is_last { "complete" } else { "navigate" });
        let ways = flow["routing_model"][id].as_array().unwrap();
        if is_last {
            assert!(ways.is_empty());
        } else {
            assert_eq!(
                ways,
                &vec![action["next"]["name"].clone()],
                "the way is the one that is modelled"
            );
            assert!(ids.contains(action["next"]["name"].as_str().unwrap()) && action["next"]["name"] != id);
        }
        for group in of_kind(screen, "RadioButtonsGroup") {
            chars(&group["label"], 30);
            assert_eq!(group["required"], false, "any question may be skipped");
            let options = group["data-source"].as_array().unwrap();
            assert!((1..=20).contains(&options.len()));
            let values: BTreeSet<&str> = options.iter().map(|option| option["id"].as_str().unwrap()).collect();
            assert_eq!(values.len(), options.len());
            options.iter().for_each(|option| chars(&option["title"], 30));
            assert!(fields.insert(group["name"].as_str().unwrap(), id).is_none());
        }
        for area in of_kind(screen, "TextArea") {
            chars(&area["label"], 20);
            chars(&area["helper-text"], 80);
            assert_eq!((&area["max-length"], &area["required"]), (&json!(600), &json!(false)));
            assert!(fields.insert(area["name"].as_str().unwrap(), id).is_none());
        }
        of_kind(screen, "TextSubheading")
            .iter()
            .for_each(|words| chars(&words["text"], 80));
        of_kind(screen, "TextBody")
            .iter()
            .for_each(|words| chars(&words["text"], 409));
    }
    assert_eq!(screens.iter().filter(|screen| screen["terminal"] == true).count(), 1);
    let last = screens.last().unwrap();
    let payload = of_kind(last, "Footer")[0]["on-click-action"]["payload"]
        .as_object()
        .unwrap();
    for (field, screen) in &fields {
        let there = payload[*field].as_str().unwrap();
        let own = format!("${{form.{field}}}");
        assert!(
            there == format!("${{screen.{screen}.form.{field}}}") || (there == own && *screen == last["id"]),
            "{there}"
        );
    }
    assert_eq!(payload.len(), fields.len() + 1, "every field once, and the mark");
    assert_eq!(fields.len(), 10, "nine elements and an idea");
    assert_eq!(flow["routing_model"].as_object().unwrap().len(), screens.len());
}

#[test]
fn the_flow_keeps_what_meta_asks_of_one() {
    let flow = survey(&words()).unwrap();
    check(&flow);
    let screens = flow["screens"].as_array().unwrap();
    assert_eq!(screens.len(), 3);
    for screen in screens {
        assert_eq!(of_kind(screen, "RadioButtonsGroup").len(), 3);
        assert_eq!(
            of_kind(screen, "RadioButtonsGroup")[0]["data-source"]
                .as_array()
                .unwrap()
                .len(),
            4
        );
    }
    assert_eq!(screens[2]["title"], "How was our service? 3/3");
}

#[test]
fn at_the_limit_it_is_made_and_one_above_it_is_not() {
    let long = |count: usize| "é".repeat(count);
    let largest = SurveyWords {
        title: long(26),
        why: long(409),
        questions: std::array::from_fn(|_| (long(30), long(80))),
        scale: std::array::from_fn(|_| long(30)),
        comment: long(20),
        comment_hint: long(80),
        next: long(35),
        send: long(35),
    };
    check(&survey(&largest).unwrap());
    let changes: [fn(&mut SurveyWords); 9] = [
        |it| it.title.push('x'),
        |it| it.why.push('x'),
        |it| it.questions[8].0.push('x'),
        |it| it.questions[8].1.push('x'),
        |it| it.scale[3].push('x'),
        |it| it.comment.push('x'),
        |it| it.comment_hint.push('x'),
        |it| it.next.push('x'),
        |it| it.send = "  ".into(),
    ];
    for (at, change) in changes.iter().enumerate() {
        let mut words = largest.clone();
        change(&mut words);
        assert_eq!(survey(&words).unwrap_err().len(), 1, "case {at}");
    }
}

#[test]
fn an_answer_is_read_whatever_was_skipped_or_is_none() {
    let read = |value: Value| read_survey(&value.to_string()).unwrap();
    let all = read(json!({
        "form": "sigap_survey", "flow_token": "t", "comment": " Kursi ", "wa_flow_version": 7, "u9": 2,
        "u1": "4", "u2": "", "u3": null, "u4": "5", "u5": "0", "u6": "baik", "u7": ["4"], "u8": -1,
    }));
    assert_eq!((all.token.as_str(), all.comment.as_str()), ("t", " Kursi "));
    assert_eq!(
        all.answers,
        [Some(4), None, None, None, None, None, None, None, Some(2)]
    );
    let bare = read(json!({ "form": "sigap_survey", "flow_token": 7, "comment": {} }));
    assert_eq!((bare.token.as_str(), bare.comment.as_str()), ("", ""));
    assert_eq!(bare.answers, [None; 9]);
    for other in [
        "",
        "[]",
        "7",
        "{",
        "{\"form\":\"skm\"}",
        "{\"form\":1}",
        "{\"flow_token\":\"t\",\"u1\":\"4\"}",
    ] {
        assert_eq!(read_survey(other), None, "{other}");
    }
}
