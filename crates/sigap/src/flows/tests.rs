use sigap_content::Content;
use sigap_core::language::Language;
use sigap_core::message::{Fill, Form, FormName, OutboundMessage};

use std::collections::BTreeMap;

use super::{NumberFlows, form_json, survey_json};
use crate::config::{FlowIds, Number};

fn number(id: &str, flow: FlowIds) -> Number {
    Number {
        waba_id: String::new(),
        phone_number_id: id.into(),
        office: "sukabumi".into(),
        messages_per_second: 1,
        survey_flow: flow,
        form_flows: BTreeMap::new(),
    }
}

fn message(language: &str) -> OutboundMessage {
    OutboundMessage {
        body: "Bagaimana?".into(),
        form: Form::Survey {
            label: "Isi".into(),
            language: language.into(),
            token: "t".into(),
        },
        fill: None,
    }
}

#[test]
fn a_number_has_its_flows_by_language_and_other_messages_have_none() {
    let flow = FlowIds {
        id: "1001".into(),
        en: String::new(),
    };
    let flows = NumberFlows::new(&[number("1", flow), number("2", FlowIds::default())]).unwrap();
    assert_eq!(flows.find("1", &message("id")), Some("1001"));
    for (of, language) in [("1", "en"), ("1", "su"), ("2", "id"), ("3", "id")] {
        assert_eq!(flows.find(of, &message(language)), None, "{of} {language}");
    }
    let words = OutboundMessage {
        form: Form::Text,
        ..message("id")
    };
    assert_eq!(flows.find("1", &words), None);
    let offer = OutboundMessage {
        fill: Some(Fill {
            name: FormName::Booking,
            language: "id".into(),
            label: "Isi".into(),
            instead: "Atau:".into(),
        }),
        ..words
    };
    assert_eq!(flows.find("1", &offer), None, "the survey's Flow is another form");
    let ids = FlowIds {
        id: "1003".into(),
        en: String::new(),
    };
    let with_form = |name: &str| Number {
        form_flows: BTreeMap::from([(name.to_owned(), ids.clone())]),
        ..number("1", FlowIds::default())
    };
    let flows = NumberFlows::new(&[with_form("booking")]).unwrap();
    assert_eq!((flows.find("1", &offer), flows.has_forms()), (Some("1003"), true));
    assert!(NumberFlows::new(&[with_form("passport")]).is_err());
    let wrong = FlowIds {
        id: "survey".into(),
        en: String::new(),
    };
    assert!(NumberFlows::new(&[number("1", wrong)]).is_err());
}

#[test]
fn every_office_has_a_flow_in_the_promised_languages() {
    let content = Content::embedded().unwrap();
    for office in content.offices() {
        for language in Language::OF_TEMPLATES {
            let flow = survey_json(&content, office, language).unwrap().to_string();
            assert!(!flow.contains("[survey"), "{flow}");
        }
    }
    for office in content.offices() {
        for language in Language::OF_TEMPLATES {
            for form in FormName::ALL {
                let flow = form_json(&content, office, language, form).unwrap().to_string();
                assert!(!flow.contains("[form") && !flow.contains("[choice"), "{flow}");
            }
        }
    }
    let office = content.office_by_slug("sukabumi").unwrap();
    let flow = survey_json(&content, office, Language::Id).unwrap();
    assert_eq!(flow["screens"][0]["title"], "Bagaimana layanan kami? 1/3");
    assert_eq!(flow["screens"][0]["layout"]["children"][2]["label"], "Persyaratan");
}
