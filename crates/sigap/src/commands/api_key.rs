//! `sigap api-key`: keys with which programs of an office and of its partners reach it.

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use sigap_actions::api_keys::{KeyRefusal, NewApiKey};
use sigap_actions::service::Service;
use sigap_core::ids::{ApiKeyId, OfficeId};
use sigap_core::limits::{API_KEYS_MAX, API_REQUESTS_PER_HOUR};
use sigap_core::outward::Scope;

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
    /// What it may do: reports, status, places, queue, bookings, figures; several with a comma between.
    #[arg(long, value_delimiter = ',', default_value = "reports")]
    may: Vec<String>,
    /// Requests within an hour.
    #[arg(long, default_value_t = API_REQUESTS_PER_HOUR)]
    per_hour: u32,
}

pub(super) fn office_of(service: &Service, slug: &str) -> anyhow::Result<OfficeId> {
    let office = service.content().office_by_slug(slug);
    let office = office.with_context(|| format!("no office is called `{slug}`; see content/offices/register.csv"))?;
    Ok(office.id)
}

pub(super) async fn run(config: &Config, command: ApiKeyCommand) -> anyhow::Result<bool> {
    let service = open_service(config).await?;
    match command {
        ApiKeyCommand::Add(new) => {
            let office = office_of(&service, &new.office)?;
            let scope = |word: &String| {
                let all: Vec<_> = Scope::ALL.iter().map(|scope| scope.name()).collect();
                Scope::from_name(word).with_context(|| format!("no key may `{word}`; there are {}", all.join(", ")))
            };
            let wanted = NewApiKey {
                label: new.label,
                scopes: new.may.iter().map(scope).collect::<anyhow::Result<Vec<_>>>()?,
                per_hour: new.per_hour,
            };
            match service.make_api_key(office, None, wanted).await? {
                Ok((id, key)) => {
                    print::line(&key);
                    print::line(&format!("Key {id}. Keep it like a password; it is not shown again."));
                }
                Err(KeyRefusal::TooMany) => {
                    bail!("the office has {API_KEYS_MAX} keys already, as many as it may ever have")
                }
                Err(KeyRefusal::NoScopes | KeyRefusal::Denied) => bail!("`--may` allows nothing"),
            }
        }
        ApiKeyCommand::List { office } => {
            let office = office_of(&service, &office)?;
            let keys = service.list_api_keys(office).await?;
            for key in &keys {
                let state = match key.revoked_at {
                    Some(at) => format!("taken back {at}"),
                    None => "good".into(),
                };
                print::line(&format!(
                    "{}  {}  may {}, {} an hour  made {}  {state}",
                    key.id, key.label, key.scopes, key.per_hour, key.made_at
                ));
            }
            if keys.is_empty() {
                print::line("no keys; make one with `sigap api-key add`");
            }
        }
        ApiKeyCommand::Revoke { id, office } => {
            let office = office_of(&service, &office)?;
            if !service.revoke_api_key(office, None, ApiKeyId(id)).await? {
                bail!("there is no good key {id} at this office; look at `sigap api-key list`");
            }
            print::line("taken back");
        }
    }
    Ok(true)
}
