//! The form for praise, ideas, complaints and reports: what kind and the words, everything once more, and the case is opened.

use sigap_actions::fill_form::FormSent;
use sigap_core::cases::CaseKind;
use sigap_core::conversation::keepable_words;
use sigap_core::conversation::reply::Arg;
use sigap_core::limits::FEEDBACK_LETTERS_MIN;
use sigap_whatsapp::endpoint::Answer;
use sigap_whatsapp::flow::feedback::{CHECK, SAY, check_screen, done, say_screen};

use super::{Filling, NotMade};
use crate::pages::feedback::KINDS;

pub(super) fn open(wrong: Option<String>) -> Answer {
    say_screen(wrong)
}

pub(super) async fn go_on(filling: &Filling<'_>) -> Result<Answer, NotMade> {
    let request = filling.request;
    let kind = KINDS.into_iter().find(|known| known.name() == request.words("kind"));
    let Some(kind) = kind else {
        return Ok(open(Some(filling.say("missing"))));
    };
    let (words, held_nik) = keepable_words(request.words("words"));
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    if letters < FEEDBACK_LETTERS_MIN {
        return Ok(open(Some(filling.say("feedback_short"))));
    }
    match request.screen.as_str() {
        SAY => Ok(check(filling, kind, &words, held_nik)),
        CHECK => send(filling, kind, words).await,
        _ => Ok(open(None)),
    }
}

fn check(filling: &Filling<'_>, kind: CaseKind, words: &str, held_nik: bool) -> Answer {
    let about = filling.words.key(
        "form.feedback_check",
        &[
            // Choices of the chat bear the names of the kinds.
            ("kind", Arg::Key(format!("choice.feedback.{}", kind.name()))),
            ("words", Arg::Text(words.to_owned())),
        ],
    );
    let about = if held_nik {
        format!("{}\n\n{about}", filling.say("feedback_nik"))
    } else {
        about
    };
    // The law binds the office to answer a complaint, whatever else was liked.
    check_screen(kind.name(), words, &about, !kind.is_legal())
}

async fn send(filling: &Filling<'_>, kind: CaseKind, words: String) -> Result<Answer, NotMade> {
    let rating = filling.request.words("rating").parse().ok();
    let rating = rating.filter(|rating| (1..=5).contains(rating) && !kind.is_legal());
    let service = &filling.state.service;
    let sent = service.bring_by_form(filling.office, filling.filler.clone(), kind, words, rating);
    Ok(match sent.await.map_err(NotMade::by)? {
        FormSent::Done(number) => {
            filling.state.hall_news.tell_cases(filling.office);
            done(&filling.request.token, &number)
        }
        FormSent::Over | FormSent::Refused(_) => Answer::Over(filling.say("over")),
    })
}
