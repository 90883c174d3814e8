//! Who sent a message: phone, business-scoped user id, or both. Never joins identifiers that did not come together.

use sigap_core::person::Contact;

use crate::wire::{Text, lenient};

lenient! {
    /// An element of `value.contacts`. Any part may be missing.
    struct ProfilePart {
        "wa_id" => wa_id: Text<'a>,
        "user_id" => user_id: Text<'a>,
        "parent_user_id" => parent_user_id: Text<'a>,
        "profile" => profile: NamePart<'a>,
    }
}

lenient! {
    /// What the person shows of herself.
    struct NamePart {
        "name" => name: Text<'a>,
        "username" => username: Text<'a>,
    }
}

/// The identifiers that a message itself carries.
pub(super) struct Claimed<'a> {
    pub(super) from: Option<&'a str>,
    pub(super) user_id: Option<&'a str>,
    pub(super) parent_user_id: Option<&'a str>,
}

/// Joins a message's identifiers with its profile; `None` when nothing usable is there.
pub(super) fn resolve(claimed: &Claimed<'_>, profiles: &[ProfilePart<'_>]) -> Option<Contact> {
    let mut contact = Contact::default();
    add_identifier(&mut contact, claimed.from);
    add_user_id(&mut contact, claimed.user_id);
    add_identifier(&mut contact, claimed.parent_user_id);
    let is_anonymous = contact.phone.is_none() && contact.bsuid.is_none();
    let profile = profiles
        .iter()
        .find(|profile| !is_anonymous && belongs_to(profile, &contact))
        .or(match profiles {
            // A message without any sender in a body with one profile can only be that person's.
            [only] if is_anonymous => Some(only),
            _ => None,
        });
    if let Some(profile) = profile {
        add_identifier(&mut contact, profile.wa_id.get());
        add_user_id(&mut contact, profile.user_id.get());
        add_identifier(&mut contact, profile.parent_user_id.get());
        contact.name = profile.profile.name.owned();
        contact.username = profile
            .profile
            .username
            .get()
            .map(|name| name.trim_start_matches('@').to_owned())
            .filter(|name| !name.is_empty());
    }
    (contact.phone.is_some() || contact.bsuid.is_some()).then_some(contact)
}

/// Puts an identifier where its form belongs (a user id was seen in `from` and `wa_id`); the first one stays.
pub(super) fn add_identifier(contact: &mut Contact, identifier: Option<&str>) {
    let Some(identifier) = identifier.map(str::trim) else {
        return;
    };
    let place = match form_of(identifier) {
        Some(Form::Bsuid) => &mut contact.bsuid,
        Some(Form::ParentBsuid) => &mut contact.parent_bsuid,
        Some(Form::Phone) => {
            if contact.phone.is_none() {
                contact.phone = phone_digits(identifier);
            }
            return;
        }
        None => return,
    };
    if place.is_none() {
        *place = Some(identifier.to_owned());
    }
}

/// As [`add_identifier`], for the fields that hold user ids and nothing else: there an id of a form that we do not
/// know yet is one too, so that its owner is answered.
fn add_user_id(contact: &mut Contact, user_id: Option<&str>) {
    const USER_ID_CHARS_MAX: usize = 160;
    add_identifier(contact, user_id);
    let is_plain = |word: &str| {
        word.len() <= USER_ID_CHARS_MAX
            && word
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    if contact.bsuid.is_none()
        && let Some(user_id) = user_id.map(str::trim)
        && form_of(user_id).is_none()
        && is_plain(user_id)
    {
        contact.bsuid = Some(user_id.to_owned());
    }
}

/// The digits of a phone number written in any way; `None` when it is not one.
pub(super) fn phone_digits(text: &str) -> Option<String> {
    /// E.164 allows 15; test numbers of Meta are as short as one.
    const DIGITS_MAX: usize = 20;
    let mut digits = String::with_capacity(DIGITS_MAX);
    for c in text.chars() {
        match c {
            '0'..='9' if digits.len() < DIGITS_MAX => digits.push(c),
            '+' | ' ' | '-' | '(' | ')' | '.' | '\u{a0}' => {}
            _ => return None,
        }
    }
    (!digits.is_empty()).then_some(digits)
}

/// Whether the word has the form of a business-scoped user id (`CC.` and 1 to 128 letters and digits).
pub(super) fn is_bsuid(word: &str) -> bool {
    matches!(form_of(word), Some(Form::Bsuid))
}

enum Form {
    Phone,
    Bsuid,
    ParentBsuid,
}

fn form_of(identifier: &str) -> Option<Form> {
    const BSUID_CHARS_MAX: usize = 128;
    let is_tail =
        |tail: &str| (1..=BSUID_CHARS_MAX).contains(&tail.len()) && tail.bytes().all(|b| b.is_ascii_alphanumeric());
    if let Some((country, tail)) = identifier.split_once('.')
        && country.len() == 2
        && country.bytes().all(|b| b.is_ascii_uppercase())
    {
        return match tail.strip_prefix("ENT.") {
            Some(parent) => is_tail(parent).then_some(Form::ParentBsuid),
            None => is_tail(tail).then_some(Form::Bsuid),
        };
    }
    phone_digits(identifier).map(|_| Form::Phone)
}

fn belongs_to(profile: &ProfilePart<'_>, contact: &Contact) -> bool {
    let mut shown = Contact::default();
    add_identifier(&mut shown, profile.wa_id.get());
    add_user_id(&mut shown, profile.user_id.get());
    match (&shown.bsuid, &contact.bsuid) {
        (Some(shown), Some(known)) => shown == known,
        _ => shown.phone.is_some() && shown.phone == contact.phone,
    }
}
