//! `sigap staff`: the first people of an office, and the look at the trail that needs no sign-in.

use anyhow::{Context, bail};
use clap::Args;
use data_encoding::HEXLOWER;
use sigap_actions::enrol_staff::{NewStaff, StaffRefusal};
use sigap_core::ids::OfficeId;
use sigap_core::staff::Role;
use sigap_core::trail::Chain;

use super::{open_service, print};
use crate::config::Config;

/// Somebody new.
#[derive(Args)]
pub(super) struct New {
    /// The address under which they sign in.
    email: String,
    /// What they do; may stand several times: counter, helpdesk, content, head, directorate, auditor, it.
    #[arg(long = "role", required = true)]
    roles: Vec<String>,
    /// Slug of the office.
    #[arg(long)]
    office: String,
    /// As colleagues know them.
    #[arg(long, default_value = "")]
    name: String,
}

fn office_of(service: &sigap_actions::service::Service, slug: &str) -> anyhow::Result<OfficeId> {
    let office = service.content().office_by_slug(slug);
    let office = office.with_context(|| format!("no office is called `{slug}`; see content/offices/register.csv"))?;
    Ok(office.id)
}

pub(super) async fn add(config: &Config, new: &New) -> anyhow::Result<bool> {
    let roles = new
        .roles
        .iter()
        .map(|name| {
            Role::from_name(name).with_context(|| {
                let known = Role::ALL.map(Role::name).join(", ");
                format!("there is no role `{name}`; choose from {known}")
            })
        })
        .collect::<Result<Vec<_>, _>>()?;
    let service = open_service(config).await?;
    let office = office_of(&service, &new.office)?;
    let added = NewStaff {
        email: new.email.clone(),
        name: new.name.clone(),
        roles,
    };
    match service.add_staff(office, None, added).await? {
        Ok(link) => {
            print::line(&link);
            print::line("Hand this link over; it works once, within 3 days.");
            Ok(true)
        }
        Err(StaffRefusal::NoEmail) => bail!("`{}` is no address; write it like name@office.go.id", new.email),
        Err(StaffRefusal::LastOne) => {
            bail!("nobody else could add colleagues any more; give `head` or `it` to somebody else first")
        }
        Err(StaffRefusal::Denied | StaffRefusal::Unknown) => bail!("this cannot be done from here"),
    }
}

pub(super) async fn trail(config: &Config, slug: &str) -> anyhow::Result<bool> {
    let service = open_service(config).await?;
    let office = office_of(&service, slug)?;
    Ok(match service.verify_trail(office).await? {
        Chain::Whole { lines, head } => {
            print::line(&format!("whole: {lines} lines, fingerprint {}", HEXLOWER.encode(&head)));
            true
        }
        Chain::Broken { place } => {
            print::line(&format!(
                "broken at line {place}: it was changed, or the one before was removed. Keep a copy and tell the auditor."
            ));
            false
        }
    })
}
