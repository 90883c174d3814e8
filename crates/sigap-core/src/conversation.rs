//! The conversation engine: `step(world, state, said, answers) → Ask | Done`. Pure; says message keys, not sentences.
//!
//! How to add a topic: 1. a file `conversation/{topic}.rs` with `enter` and, when it waits for something, `hear`; 2. its
//! keys in `messages.rs`; 3. its choice in `choice.rs` and a line in `routes.rs`; 4. texts under `content/texts/id` and
//! words under `content/vocabulary`; 5. a script in `chats/`. Tidy fails when one is missing.

mod birth_date;
mod booking;
pub mod browser;
mod booking_days;
mod booking_hold;
mod booking_mine;
mod booking_old;
mod booking_people;
mod booking_release;
pub mod choice;
pub mod dialogue;
mod digits;
mod hearing;
pub mod messages;
pub mod app_words;
pub mod notice_words;
pub mod editor_words;
pub mod page_words;
pub mod partner_words;
pub mod teaching_words;
pub mod figure_words;
pub mod form_words;
pub mod web_words;
pub mod guide_words;
pub mod intake_words;
pub mod reply;
pub mod state;
pub mod vocabulary;

pub mod notice;
mod routes;
mod said_values;
mod step;
mod turn;
mod understanding;
mod wanted;

pub mod bind;
mod courtesy;
mod encryption;
mod feedback;
mod fees;
mod follow;
mod helpdesk;
mod hours;
pub mod intake;
mod languages;
mod menu;
mod misunderstood;
mod nearest;
mod notices;
mod officer;
mod other_office;
mod payment;
mod pickup;
mod position;
mod priority;
mod queue;
pub mod requirements;
mod simpatik;
mod status;
mod survey;
pub mod talk;
mod wordless;

pub use birth_date::read as read_birth_date;
pub use booking_days::words_of as why_not_in_words;
pub use booking_hold::refusal_told;
pub use booking_people::{PersonProblem, nik_problem_in_words, read_person};
pub use feedback::keepable_words;
pub use said_values::{SaidNumber, said_number, said_office};
pub use step::step;
