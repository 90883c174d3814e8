//! A colleague is added and sets up a sign-in by a link that is handed over and works once.

use jiff::Timestamp;
use sigap_core::ids::StaffId;
use sigap_core::limits::{SESSIONS_MAX, STAFF_MAX};
use sigap_core::staff::{ENROLMENT, Right, Role, WeakPassword, check_password};
use sigap_store::records::{StaffContent, StaffRow};
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::booking_parts::new_token;
use crate::context::Context;
use crate::secrets::step_of;
use crate::sign_in::as_email;

/// Who is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStaff {
    /// The address under which they sign in.
    pub email: String,
    /// As colleagues know them; empty for the part before the `@`.
    pub name: String,
    /// What they do here.
    pub roles: Vec<Role>,
}

/// Why a colleague is not added or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffRefusal {
    /// The right is missing.
    Denied,
    /// That is no address.
    NoEmail,
    /// Nobody of that number works here.
    Unknown,
    /// Nobody could add or change colleagues any more.
    LastOne,
}

/// Who does what of the command line stands in the trail as.
const COMMAND: StaffId = StaffId(0);

/// Adds somebody, or changes the roles of a known address, and gives the link that sets up a new sign-in. `who` is `None` for the
/// command line of the machine itself.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn add_staff(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: Option<&Officer>,
    new: &NewStaff,
) -> Result<Result<String, StaffRefusal>, Fault> {
    let office = ctx.office.id;
    if let Some(who) = who
        && who.require(office, Right::Staff).is_err()
    {
        return Ok(Err(StaffRefusal::Denied));
    }
    let email = as_email(&new.email);
    let Some((local, domain)) = email.split_once('@') else {
        return Ok(Err(StaffRefusal::NoEmail));
    };
    if local.is_empty() || domain.is_empty() || email.contains(char::is_whitespace) {
        return Ok(Err(StaffRefusal::NoEmail));
    }
    let by = who.map_or(COMMAND, Officer::staff);
    let staff = match tx.find_staff_by_email(office, &email)? {
        Some(staff) => {
            if let Some(mut row) = tx.find_staff(office, staff)? {
                if !row.roles.iter().all(|role| new.roles.contains(role)) && is_last(tx, ctx, staff)? {
                    return Ok(Err(StaffRefusal::LastOne));
                }
                row.roles.clone_from(&new.roles);
                row.is_active = true;
                tx.replace_staff(office, &row)?;
            }
            staff
        }
        None => {
            let row = StaffRow {
                id: StaffId(ctx.new_id()),
                roles: new.roles.clone(),
                is_active: true,
                failed: 0,
                locked_until: None,
                created_at: ctx.now,
                content: StaffContent {
                    name: if new.name.trim().is_empty() {
                        local.to_owned()
                    } else {
                        new.name.trim().to_owned()
                    },
                    email,
                    ..StaffContent::default()
                },
            };
            tx.insert_staff(office, &row)?;
            row.id
        }
    };
    let roles: Vec<&str> = new.roles.iter().map(|role| role.name()).collect();
    let subject = format!("staff {staff} {}", roles.join(" "));
    tx.insert_act(office, by, ctx.now, "staff_added", &subject)?;
    let token = new_token(ctx)?;
    let expires_at = ctx.now.saturating_add(ENROLMENT).unwrap_or(Timestamp::MAX);
    tx.insert_enrolment(office, &token, staff, expires_at)?;
    Ok(Ok(ctx.links.enrolment(&ctx.office.slug, &token)))
}

/// Somebody has left: no sign-in any more, every session ends.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn remove_staff(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    staff: StaffId,
) -> Result<Result<(), StaffRefusal>, Fault> {
    let office = ctx.office.id;
    if who.require(office, Right::Staff).is_err() {
        return Ok(Err(StaffRefusal::Denied));
    }
    let Some(mut row) = tx.find_staff(office, staff)? else {
        return Ok(Err(StaffRefusal::Unknown));
    };
    if is_last(tx, ctx, staff)? {
        return Ok(Err(StaffRefusal::LastOne));
    }
    row.is_active = false;
    tx.replace_staff(office, &row)?;
    end_sessions(tx, ctx, staff)?;
    tx.insert_act(office, who.staff(), ctx.now, "staff_removed", &format!("staff {staff}"))?;
    Ok(Ok(()))
}

/// Everybody who works here.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn list_staff(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
) -> Result<Result<Vec<StaffRow>, StaffRefusal>, Fault> {
    if who.require(ctx.office.id, Right::Staff).is_err() {
        return Ok(Err(StaffRefusal::Denied));
    }
    tx.list_staff(ctx.office.id, STAFF_MAX).map(Ok)
}

/// Whether nobody else could add colleagues.
fn is_last(tx: &mut dyn Tx, ctx: &Context<'_>, staff: StaffId) -> Result<bool, Fault> {
    let all = tx.list_staff(ctx.office.id, STAFF_MAX)?;
    let may = |row: &&StaffRow| row.is_active && sigap_core::staff::allows(&row.roles, Right::Staff);
    Ok(all.iter().any(|row| row.id == staff && may(&row)) && !all.iter().any(|row| row.id != staff && may(&row)))
}

fn end_sessions(tx: &mut dyn Tx, ctx: &Context<'_>, staff: StaffId) -> Result<(), Fault> {
    for session in tx.list_sessions(ctx.office.id, staff, SESSIONS_MAX)? {
        tx.end_session(ctx.office.id, staff, session.id)?;
    }
    Ok(())
}

/// Whose link it is: name and address, to be shown on the page.
///
/// # Errors
/// Storage faults only.
pub fn view_enrolment(tx: &mut dyn Tx, ctx: &Context<'_>, token: &str) -> Result<Option<StaffContent>, Fault> {
    match tx.find_enrolment(ctx.office.id, token, ctx.now)? {
        Some(staff) => Ok(tx.find_staff(ctx.office.id, staff)?.map(|row| row.content)),
        None => Ok(None),
    }
}

/// Why a sign-in is not set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnrolRefusal {
    /// The link is used or too old.
    Ended,
    /// The password can be guessed.
    Weak(WeakPassword),
    /// The code is not the one of this moment.
    Code,
}

/// Words that everybody would try in a password of this office.
#[must_use]
pub fn words_of(ctx_office: &sigap_core::office::Office, content: &StaffContent) -> Vec<String> {
    let mut words: Vec<String> = [
        "sigap",
        "paspor",
        "imigrasi",
        "kantor",
        "password",
        "kata sandi",
        "qwerty",
        "123456",
    ]
    .map(str::to_owned)
    .to_vec();
    words.extend(ctx_office.slug.split('-').map(str::to_owned));
    words.extend(content.email.split(['@', '.']).map(str::to_owned));
    words.extend(content.name.split_whitespace().map(str::to_owned));
    words
}

/// What somebody sets up: the hash of a password that was checked, and the secret of the generator with its code.
#[derive(Debug)]
pub struct Enrolment {
    hash: String,
    secret: String,
    code: String,
}

impl Enrolment {
    /// Checks and hashes the password; takes tens of milliseconds, so it happens before the transaction.
    ///
    /// # Errors
    /// Why the password is not taken; a fault when it cannot be hashed.
    pub fn new(
        office: &sigap_core::office::Office,
        content: &StaffContent,
        password: &str,
        salt: [u8; 16],
        secret: &str,
        code: &str,
    ) -> Result<Result<Self, EnrolRefusal>, Fault> {
        let words = words_of(office, content);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if let Err(weak) = check_password(password, &words) {
            return Ok(Err(EnrolRefusal::Weak(weak)));
        }
        Ok(Ok(Self {
            hash: crate::secrets::hash_password(password, salt)?,
            secret: secret.to_owned(),
            code: code.to_owned(),
        }))
    }
}

/// Sets up the sign-in of a link, once. Whoever was signed in before under that name is signed out.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn enrol(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    token: &str,
    enrolment: &Enrolment,
) -> Result<Result<StaffId, EnrolRefusal>, Fault> {
    let office = ctx.office.id;
    if tx.find_enrolment(office, token, ctx.now)?.is_none() {
        return Ok(Err(EnrolRefusal::Ended));
    }
    let Some(step) = step_of(&enrolment.secret, &enrolment.code, 0, ctx.now) else {
        return Ok(Err(EnrolRefusal::Code));
    };
    let Some(staff) = tx.use_enrolment(office, token, ctx.now)? else {
        return Ok(Err(EnrolRefusal::Ended));
    };
    let Some(mut row) = tx.find_staff(office, staff)? else {
        return Ok(Err(EnrolRefusal::Ended));
    };
    row.content.password.clone_from(&enrolment.hash);
    row.content.code_secret.clone_from(&enrolment.secret);
    row.content.code_step = step;
    // Whoever gave the link vouched anew for who has the address: another account of the institution may come with it.
    row.content.institution = None;
    row.failed = 0;
    row.locked_until = None;
    tx.replace_staff(office, &row)?;
    end_sessions(tx, ctx, staff)?;
    tx.insert_act(office, staff, ctx.now, "sign_in_set_up", "")?;
    Ok(Ok(staff))
}
