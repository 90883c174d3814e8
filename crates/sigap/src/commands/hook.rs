//! `sigap hook`: addresses of partners that are called when something happens.

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use sigap_actions::hooks::{HookRefusal, NewHook};
use sigap_core::ids::HookId;
use sigap_core::limits::HOOKS_MAX;
use sigap_core::outward::Event;

use super::api_key::office_of;
use super::{open_service, print};
use crate::config::Config;

/// What is done with addresses.
#[derive(Subcommand)]
pub(super) enum HookCommand {
    /// Make an address; the secret that signs its calls is printed once.
    Add(New),
    /// List the addresses of an office and what became of their last calls.
    List {
        /// Slug of the office.
        #[arg(long)]
        office: String,
    },
    /// Call it once, to see whether it hears; goes on with one that was given up.
    Try(Which),
    /// Forget an address; it is called no more.
    Forget(Which),
}

/// A new address.
#[derive(Args)]
pub(super) struct New {
    /// Slug of the office.
    #[arg(long)]
    office: String,
    /// Whose it is.
    #[arg(long)]
    label: String,
    /// Where to: an `https` address.
    #[arg(long)]
    url: String,
    /// Of what it hears: `booking.booked`, `number.called` …, several with a comma between.
    #[arg(long, value_delimiter = ',', required = true)]
    events: Vec<String>,
}

/// An address.
#[derive(Args)]
pub(super) struct Which {
    /// Its number, as `list` prints it.
    id: i64,
    /// Slug of the office.
    #[arg(long)]
    office: String,
}

pub(super) async fn run(config: &Config, command: HookCommand) -> anyhow::Result<bool> {
    let service = open_service(config).await?;
    match command {
        HookCommand::Add(new) => {
            let office = office_of(&service, &new.office)?;
            let event = |word: &String| {
                let all: Vec<_> = Event::ALL.iter().map(|event| event.name()).collect();
                Event::from_name(word)
                    .with_context(|| format!("no event is called `{word}`; there are {}", all.join(", ")))
            };
            let events = new.events.iter().map(event).collect::<anyhow::Result<Vec<_>>>()?;
            let hook = NewHook {
                label: new.label,
                url: new.url,
                events,
            };
            match service.make_hook(office, None, hook).await? {
                Ok((id, secret)) => {
                    print::line(&secret);
                    print::line(&format!("Address {id}. The secret is not shown again."));
                }
                Err(HookRefusal::TooMany) => bail!("the office calls {HOOKS_MAX} addresses already; forget one first"),
                Err(HookRefusal::Address) => bail!("`--url` must be an `https` address"),
                Err(HookRefusal::NoEvents | HookRefusal::Denied) => bail!("`--events` names nothing"),
            }
        }
        HookCommand::List { office } => {
            let office = office_of(&service, &office)?;
            let (hooks, owed) = service.list_hooks(office).await?;
            for hook in &hooks {
                let state = match (hook.stopped_at, hook.failed_at, hook.heard_at) {
                    (Some(at), ..) => format!("given up {at}: {}", hook.failure),
                    (None, Some(at), _) => format!("did not hear {at}: {}", hook.failure),
                    (None, None, Some(at)) => format!("heard {at}"),
                    (None, None, None) => "not called yet".into(),
                };
                let content = &hook.content;
                print::line(&format!(
                    "{}  {}  {}  {}  {state}",
                    hook.id, content.label, content.url, hook.events
                ));
            }
            print::line(&format!("{} addresses, {owed} calls owed", hooks.len()));
        }
        HookCommand::Try(which) => {
            let office = office_of(&service, &which.office)?;
            if !service.try_hook(office, None, HookId(which.id)).await? {
                bail!("there is no address {}; look at `sigap hook list`", which.id);
            }
            print::line("owed: the running service makes the call within seconds; then look at `sigap hook list`");
        }
        HookCommand::Forget(which) => {
            let office = office_of(&service, &which.office)?;
            if !service.forget_hook(office, None, HookId(which.id)).await? {
                bail!("there is no address {}; look at `sigap hook list`", which.id);
            }
            print::line("forgotten");
        }
    }
    Ok(true)
}
