//! Which topic answers which choice. A line here for every choice; no rules.

use super::choice::*;
use super::reply::Choice;
use super::state::Place;
use super::turn::{Thought, Turn};
use super::{
    bind, booking, booking_mine, booking_old, browser, courtesy, encryption, feedback, fees, follow, helpdesk, hours,
    intake, languages, menu, notices, officer, payment, pickup, position, priority, queue, requirements, simpatik,
    status,
};
use crate::cases::CaseKind;
use crate::language::Language;

/// Enters the topic of a choice. Whatever was under way ends here.
pub(super) fn enter(turn: &mut Turn<'_>, choice: Choice) -> Thought {
    if !turn.is_offered_here(choice) {
        return Ok(menu::not_here(turn, choice));
    }
    let left = std::mem::take(&mut turn.state.place);
    Ok(match choice {
        MENU | GREETING => menu::enter(turn),
        MORE => menu::more(turn),
        BACK | QUEUE_CANCEL if let Some(hold) = booking::held(&left) => return booking_mine::cancel(turn, hold),
        BACK => menu::back(turn, &left),

        STATUS => return status::enter(turn),
        STATUS_OTHER => status::ask_number(turn),
        STATUS_BIRTH => status::ask_birth(turn, left),
        STATUS_FOLLOW => return follow::start(turn, left),
        STATUS_UNFOLLOW => return follow::stop(turn, left),

        PAYMENT => payment::how(turn),
        PAYMENT_PROBLEM => payment::problem(turn),
        FEES => fees::list(turn),
        DURATION => fees::duration(turn),

        PICKUP => pickup::enter(turn),
        PICKUP_SELF | PICKUP_FAMILY | PICKUP_OTHER | PICKUP_CHILD => pickup::papers(turn, choice),

        QUEUE => queue::how(turn),
        QUEUE_CANCEL if booking::is_given_here(turn) => return booking_mine::enter_for(turn),
        QUEUE_CANCEL => queue::cancel(turn),
        QUEUE_OLD if booking::is_given_here(turn) => return booking_old::enter(turn),
        QUEUE_OLD => queue::old_command(turn),
        BOOKING if booking::is_given_here(turn) => return booking::enter(turn),
        BOOKING => queue::how(turn),
        BOOKING_MINE if !booking::is_given_here(turn) => queue::cancel(turn),
        other if other.topic() == BOOKING.0 => return booking::go_on(turn, other, left),
        INTAKE => return intake::enter(turn),
        other if other.topic() == INTAKE.0 => return intake::go_on(turn, other),
        POSITION if turn.world.office.hall.is_some() => return position::enter(turn),
        POSITION if booking::is_given_here(turn) => return booking_mine::enter(turn),
        POSITION => queue::cancel(turn),
        HOURS => hours::enter(turn),
        PRIORITY => priority::enter(turn),
        SIMPATIK => simpatik::enter(turn),
        HELPDESK => helpdesk::enter(turn),

        FEEDBACK => feedback::enter(turn),
        FEEDBACK_APPRECIATION => feedback::ask_words(turn, CaseKind::Appreciation),
        FEEDBACK_COMMENT => feedback::ask_words(turn, CaseKind::Comment),
        FEEDBACK_COMPLAINT => feedback::ask_words(turn, CaseKind::Complaint),
        FEEDBACK_BROKER => feedback::ask_words(turn, CaseKind::Broker),
        FEEDBACK_LOST_FILE => feedback::ask_words(turn, CaseKind::LostFile),
        FEEDBACK_KEEP => return feedback::keep(turn, left),
        FEEDBACK_REWRITE => return feedback::rewrite(turn, left),
        FEEDBACK_RATE_1 => return feedback::rate(turn, left, Some(1)),
        FEEDBACK_RATE_2 => return feedback::rate(turn, left, Some(2)),
        FEEDBACK_RATE_3 => return feedback::rate(turn, left, Some(3)),
        FEEDBACK_RATE_4 => return feedback::rate(turn, left, Some(4)),
        FEEDBACK_RATE_5 => return feedback::rate(turn, left, Some(5)),
        FEEDBACK_SKIP => return feedback::rate(turn, left, None),
        BROKER => courtesy::broker(turn),

        OFFICER => officer::enter(turn),
        OFFICER_SKIP => return officer::open(turn, String::new()),
        BIND => bind::enter(turn),
        BROWSER_TIE => return browser::tie(turn),
        BROWSER_REFUSE => return browser::refuse(turn),
        ENCRYPTION => encryption::enter(turn),
        HELP => courtesy::help(turn),
        THANKS => courtesy::thanks(turn),
        ABUSE => courtesy::calm(turn),
        ELSEWHERE => courtesy::elsewhere(turn),

        LANGUAGE => languages::enter(turn),
        LANGUAGE_ID => languages::change(turn, Language::Id),
        LANGUAGE_EN => languages::change(turn, Language::En),
        LANGUAGE_SU => languages::change(turn, Language::Su),
        LANGUAGE_JV => languages::change(turn, Language::Jv),

        NOTICES_STOP => notices::stop(turn),
        NOTICES_START => notices::start(turn),

        other if other.topic() == REQUIREMENTS.0 => requirements::enter(turn, other),
        other => {
            // Every choice has its line above; the test `every_choice_has_a_topic` keeps it so.
            let _: (Choice, Place) = (other, left);
            menu::stale(turn)
        }
    })
}
