//! One turn while it is thought through: what is known, what was answered, what will be remembered and done.

use jiff::civil::{Date, DateTime};
use sigap_understand::classify::Intent;

use crate::booking::Visitor;
use crate::calendar;

use super::dialogue::{Answer, Effect, Question, World};
use super::reply::{Choice, Reply};
use super::state::{Place, State, Wanted};

/// A topic's answer: something to say, or a question to the store that has to be answered first.
pub(super) type Thought = Result<Reply, Question>;

/// Working copy of a turn. Topics change it freely: a turn that ends in a question is thought through again from the
/// stored state, so nothing done before the question is kept.
pub(super) struct Turn<'a> {
    pub world: &'a World<'a>,
    pub state: State,
    pub effects: Vec<Effect>,
    /// What the sentence says of a visit besides what is wanted.
    pub wanted: Wanted,
    /// The one person whom the sentence introduces.
    pub visitor: Option<Visitor>,
    /// The people whom the sentence names without their birth dates.
    pub named: Vec<String>,
    /// What the sentence asks for, when the model was sure.
    pub intent: Option<Intent>,
    /// The whole sentence, where it tells how something was: it need not be written again.
    pub told: Option<String>,
    /// True when the answers follow another language from this turn on.
    pub is_language_followed: bool,
    /// What the choice is about that was tapped or picked by its number.
    pub value: Option<String>,
    answers: std::slice::Iter<'a, Answer>,
}

impl<'a> Turn<'a> {
    pub(super) fn new(world: &'a World<'a>, state: State, answers: &'a [Answer]) -> Self {
        Self {
            world,
            state,
            effects: Vec::new(),
            wanted: Wanted::default(),
            visitor: None,
            named: Vec::new(),
            intent: None,
            told: None,
            is_language_followed: false,
            value: None,
            answers: answers.iter(),
        }
    }

    /// The store's answer to a question: from those handed in, or by leaving the turn with the question.
    pub(super) fn ask(&mut self, question: impl FnOnce() -> Question) -> Result<&'a Answer, Question> {
        self.answers.next().ok_or_else(question)
    }

    /// The day it is at the office.
    pub(super) fn today(&self) -> Date {
        calendar::local_date(self.world.office, self.world.now)
    }

    /// The office's clock.
    pub(super) fn local_now(&self) -> DateTime {
        self.world.office.zone.to_datetime(self.world.now)
    }

    /// From now on this is waited for.
    pub(super) fn wait_for(&mut self, place: Place) {
        self.state.place = place;
    }

    /// Whether the office offers a choice.
    pub(super) fn is_offered_here(&self, choice: Choice) -> bool {
        self.world.office.offers(choice)
    }
}
