//! The use cases of sigap: who asks, load, ask the core, save everything in one transaction. One file each.
//!
//! The functions that take a `tx` are synchronous and may run twice; [`service::Service`] alone awaits the store. No
//! channel, page or driver is known here: they plug in from outside.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod ports;
pub mod context;
pub mod receive_message;
pub mod answer_question;
pub mod view_application;
pub mod bind_phone;
pub mod open_case;
pub mod owe_reply;
pub mod retry_owed;
pub mod deliver;
pub mod apply_status;
pub mod import_applications;
pub mod upload_report;
pub mod follow_application;
pub mod tell_followers;
pub mod api_keys;
pub mod issue_slip_code;
pub mod booking_parts;
pub mod list_free;
pub mod hold_places;
pub mod confirm_booking;
pub mod cancel_booking;
pub mod move_booking;
pub mod view_bookings;
pub mod view_cases;
pub mod give_identity;
pub mod view_ticket;
pub mod enter_opening;
pub mod enter_room;
pub mod run_opening;
pub mod draw_opening;
pub mod open_room;
pub mod offer_list;
pub mod offer_places;
pub mod note_signals;
pub mod book_on_behalf;
pub mod arrive;
pub mod stop_places;
pub mod authority;
pub mod secrets;
pub mod sign_in;
pub mod enrol_staff;
pub mod passkeys;
pub mod sign_in_questions;
pub mod institution;
pub mod view_trail;
pub mod hall_parts;
pub mod hall_picture;
pub mod give_number;
pub mod staff_desk;
pub mod call_visit;
pub mod change_visit;
pub mod view_hall;
pub mod close_hall;
pub mod keep_passports;
pub mod hand_over_passport;
pub mod send_notice;
pub mod run_jobs;
pub mod service;
pub mod talk;
pub mod work_case;
