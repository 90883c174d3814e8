//! `sigap api-key`: keys with which programs of an office hand in reports.

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use sigap_actions::service::Service;
use sigap_core::ids::{ApiKeyId, OfficeId};
use sigap_core::limits::API_KEYS_MAX;

use super::{open_service, print};
use crate::config::Config;

/// What is done with keys.
#[derive(Subcommand)]
pub(super) enum ApiKeyCommand {
    /// Make a key; it is printed once and kept as a keyed hash only.
    Add(New),
    /// List the keys of an office.
    List {
        /// Slug of the office.
        #[arg(long)]
        office: String,
    },
    /// Take a key back; it is refused from the next request on.
    Revoke {
        /// Its number, as `list` prints it.
        id: i64,
        /// Slug of the office.
        #[arg(long)]
        office: String,
    },
}

/// A new key.
#[derive(Args)]
pub(super) struct New {
    /// Slug of the office.
    #[arg(long)]
    office: String,
    /// What it is for, such as the name of the computer.
    #[arg(long)]
    label: String,
}

fn office_of(service: &Service, slug: &str) -> anyhow::Result<OfficeId> {
    let office = service.content().office_by_slug(slug);
    let office = office.with_context(|| format!("no office is called `{slug}`; see content/offices/register.csv"))?;
    Ok(office.id)
}

pub(super) async fn run(config: &Config, command: ApiKeyCommand) -> anyhow::Result<bool> {
    let service = open_service(config).await?;
    match command {
        ApiKeyCommand::Add(new) => {
            let office = office_of(&service, &new.office)?;
            let Ok((id, key)) = service.make_api_key(office, new.label).await? else {
                bail!("the office has {API_KEYS_MAX} keys already, as many as it may ever have");
            };
            print::line(&key);
            print::line(&format!("Key {id}. Keep it like a password; it is not shown again."));
        }
        ApiKeyCommand::List { office } => {
            let office = office_of(&service, &office)?;
            let keys = service.list_api_keys(office).await?;
            for key in &keys {
                let state = match key.revoked_at {
                    Some(at) => format!("taken back {at}"),
                    None => "good".into(),
                };
                print::line(&format!("{}  {}  made {}  {state}", key.id, key.label, key.made_at));
            }
            if keys.is_empty() {
                print::line("no keys; make one with `sigap api-key add`");
            }
        }
        ApiKeyCommand::Revoke { id, office } => {
            let office = office_of(&service, &office)?;
            if !service.revoke_api_key(office, ApiKeyId(id)).await? {
                bail!("there is no good key {id} at this office; look at `sigap api-key list`");
            }
            print::line("taken back");
        }
    }
    Ok(true)
}
