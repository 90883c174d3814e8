use super::{AnswerKind, Form, Intake, IntakeState, Paper, PaperState, PaperWant, QuestionWant};
use crate::ids::FileId;

fn form() -> Form {
    Form {
        questions: vec![QuestionWant {
            id: "nama".into(),
            kind: AnswerKind::Name,
        }],
        papers: vec![PaperWant {
            id: "ktp".into(),
            aspect_thousandths: Some(1_586),
        }],
    }
}

fn paper(state: PaperState) -> Paper {
    Paper {
        id: "ktp".into(),
        file: FileId(1),
        state,
        findings: Vec::new(),
        refusal: None,
        reason: String::new(),
    }
}

#[test]
fn what_is_missing_is_asked_in_order_and_what_was_passed_over_stays_missing() {
    let form = form();
    let mut intake = Intake::default();
    let next = |intake: &Intake| intake.next(&form).map(|want| want.id().to_owned());
    assert_eq!(next(&intake).as_deref(), Some("nama"));
    intake.skip("nama");
    assert_eq!(next(&intake).as_deref(), Some("ktp"));
    assert_eq!(intake.missing(&form).len(), 2);
    intake.put_answer("nama", "Ani".into());
    intake.put_paper(paper(PaperState::Waiting));
    assert_eq!((next(&intake), intake.state(&form)), (None, IntakeState::Given));
    intake.put_paper(paper(PaperState::Again));
    assert_eq!(next(&intake).as_deref(), Some("ktp"));
    assert_eq!(intake.state(&form), IntakeState::Open);
    intake.put_paper(paper(PaperState::Accepted));
    assert_eq!((intake.state(&form), intake.papers.len()), (IntakeState::Accepted, 1));
}

#[test]
fn an_intake_is_read_as_it_was_written_and_prints_no_answer() {
    let mut intake = Intake::default();
    intake.put_answer("nik", "3172025708900003".into());
    intake.put_paper(paper(PaperState::Checked));
    let stored = serde_json::to_string(&intake).unwrap();
    assert_eq!(serde_json::from_str::<Intake>(&stored).unwrap(), intake);
    assert_eq!(serde_json::from_str::<Intake>("{}").unwrap(), Intake::default());
    assert_eq!(format!("{intake:?}"), "Intake(1 answers, 1 papers)");
}
