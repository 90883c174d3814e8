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
pub mod issue_slip_code;
pub mod service;
