//! Not understood: says so, offers the two best guesses or the menu, and after some tries an officer.

use crate::limits::MISSES_BEFORE_OFFICER;

use super::choice::*;
use super::menu;
use super::messages::*;
use super::reply::{Choice, Choices, Reply};
use super::turn::Turn;
use super::vocabulary::Wish;

/// The topic of these messages, for counting.
pub(super) const TOPIC: &str = "misunderstood";

pub(super) fn answer(turn: &mut Turn<'_>, wish: Wish) -> Reply {
    let place = turn.state.place.clone();
    turn.state.misses = turn.state.misses.saturating_add(1);
    let guesses: Vec<Choice> = match wish {
        Wish::Two(one, other) => [one, other]
            .into_iter()
            .filter(|choice| turn.is_offered_here(*choice))
            .collect(),
        Wish::One(one) | Wish::Perhaps(one) if turn.is_offered_here(one) => vec![one],
        _ => Vec::new(),
    };
    if !guesses.is_empty() {
        // Two clear wishes in one sentence are no failure of the citizen; a second miss still leads to an officer.
        let mut buttons = guesses;
        buttons.push(MENU);
        return MISUNDERSTOOD_GUESS.say(Choices::Buttons(buttons));
    }
    if turn.state.misses >= MISSES_BEFORE_OFFICER {
        return MISUNDERSTOOD_OFFICER.say(Choices::Buttons(vec![OFFICER, HELP, MENU]));
    }
    if !turn.state.is_greeted && place.is_idle() {
        return menu::enter(turn);
    }
    let reply = menu::with_menu(turn, MISUNDERSTOOD_ONCE);
    // What was asked before is still open: a number that is typed now still counts.
    turn.state.place = place;
    reply
}
