//! The command line: one file a sub-command. Exit 0 done, 1 failed, 2 wrong use; errors in one sentence on stderr.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use sigap_actions::service::Service;
use sigap_core::application::ReportKind;
use sigap_core::message::FormName;

use crate::app;
use crate::clock::SystemClock;
use crate::config::{Config, LogFormat};
use crate::sender::Bell;

mod api_key;
mod hook;
mod backup;
mod bind;
mod content;
mod demo;
mod demo_staff;
mod demo_history;
mod doctor;
mod draw;
mod flow;
mod import;
mod migrate;
mod move_database;
mod person;
mod places;
mod print;
mod serve;
mod staff;

#[derive(Parser)]
#[command(
    name = "sigap",
    version,
    about = "Public-service assistant and queue system of immigration offices"
)]
struct Arguments {
    /// Settings file; without it the defaults and the environment hold.
    #[arg(long, global = true, env = "SIGAP_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the service.
    Serve,
    /// Run everything at once with made-up data and a phone to try it on.
    Demo {
        /// Address to listen on; port 0 picks one and prints it.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: std::net::SocketAddr,
        /// Folder for the data; without it a fresh one that is removed at the end.
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Create the database or bring it up to date.
    Migrate,
    /// Copy everything to an empty database of another engine, and compare it there; a call that broke off is repeated.
    Move(move_database::Addresses),
    /// Explain settings, versions, webhook, clock, disk and completeness.
    Doctor,
    /// Look after content.
    Content {
        #[command(subcommand)]
        command: ContentCommand,
    },
    /// Look after forms inside WhatsApp: print them for upload, make and upload their key.
    Flow {
        #[command(subcommand)]
        command: FlowCommand,
    },
    /// Look after draws of scarce places.
    Draw {
        #[command(subcommand)]
        command: DrawCommand,
    },
    /// Look after places: stop hours, open them again, book for somebody.
    Places {
        #[command(subcommand)]
        command: PlacesCommand,
    },
    /// Look after the people of an office, and the trail of what they did.
    Staff {
        #[command(subcommand)]
        command: StaffCommand,
    },
    /// Show, export or erase what is kept about a citizen, for those who ask at the desk.
    Person {
        #[command(subcommand)]
        command: person::PersonCommand,
    },
    /// Look after keys with which programs of an office and of its partners reach it.
    ApiKey {
        #[command(subcommand)]
        command: api_key::ApiKeyCommand,
    },
    /// Look after addresses of partners that are called when something happens.
    Hook {
        #[command(subcommand)]
        command: hook::HookCommand,
    },
    /// Look after tickets.
    Ticket {
        #[command(subcommand)]
        command: TicketCommand,
    },
    /// Take over data of other systems.
    Import {
        #[command(subcommand)]
        command: ImportCommand,
    },
    /// Print a slip code that binds a citizen's phone to an application.
    Bind {
        /// The 16 digits.
        application_number: String,
    },
    /// Copy database and person keys into a folder, consistently, while the service runs.
    Backup {
        /// An empty or absent folder.
        dest: PathBuf,
    },
    /// Put a backup in place of absent files.
    Restore {
        /// The folder of a backup.
        src: PathBuf,
    },
}

#[derive(Subcommand)]
enum ContentCommand {
    /// Check every text, argument, language, fact and limit.
    Check {
        /// Also what offices published in the database, and their test chats.
        #[arg(long)]
        database: bool,
    },
    /// Print an office's file with what it published in it, to be kept as content/offices/SLUG.toml.
    Export {
        /// Slug of the office.
        #[arg(long)]
        office: String,
    },
    /// Print the notices as the templates that Meta has to approve.
    Templates {
        /// Slug of the office.
        #[arg(long)]
        office: String,
    },
}

#[derive(Subcommand)]
enum FlowCommand {
    /// Print the satisfaction survey as Flow JSON, to be uploaded and published at Meta.
    Survey(FlowWords),
    /// Print the form that books a visit; it asks our endpoint.
    Booking(FlowWords),
    /// Print the form for ideas and complaints; it asks our endpoint.
    Feedback(FlowWords),
    /// Print the form for the answers of an intake; it asks our endpoint.
    Intake(FlowWords),
    /// Make the key of the endpoint in the file of `keys.forms`, and print its public half.
    Key,
    /// Give all numbers the public half of that key.
    UploadKey,
}

#[derive(clap::Args)]
struct FlowWords {
    /// Slug of the office.
    #[arg(long)]
    office: String,
    /// `id` or `en`; each language is a Flow of its own.
    #[arg(long, default_value = "id")]
    language: String,
}

#[derive(Subcommand)]
enum DrawCommand {
    /// Replay a draw from its published transcript and compare everything with it.
    Verify(draw::Record),
    /// Supply the public value of a draw after its closing.
    Value(places::PublicValue),
}

#[derive(Subcommand)]
enum StaffCommand {
    /// Add somebody, or change the roles of a known address; prints a link that sets up the sign-in, once.
    Add(staff::New),
    /// Follow the trail of an office from its first line; exit 1 when a line was changed or removed.
    Trail {
        /// Slug of the office.
        #[arg(long)]
        office: String,
    },
}

#[derive(Subcommand)]
enum PlacesCommand {
    /// Give no more places at these hours; lists who is booked then.
    Stop {
        #[command(flatten)]
        hours: places::Hours,
        /// Why, in words for citizens.
        #[arg(long)]
        reason: String,
    },
    /// Give places at these hours again.
    Open(places::Hours),
    /// Book for somebody at the desk or on the phone, named on standard input; prints the code.
    Book(places::Visit),
    /// People of a booking are here: takes their NIKs from standard input, and counts the visit as made.
    Arrive(places::AtDesk),
    /// A missed visit counts against nobody any more.
    Excuse(places::AtDesk),
    /// What a broker does and a family hardly ever, in the last 30 days.
    Signals {
        /// Slug of the office.
        #[arg(long)]
        office: String,
    },
}

#[derive(Subcommand)]
enum TicketCommand {
    /// Check the text of a ticket's QR code, without database and network.
    Verify {
        /// The public key: 64 hex characters from /kunci-tiket.
        #[arg(long)]
        key: String,
        /// What the scanner read.
        text: String,
    },
}

#[derive(Subcommand)]
enum ImportCommand {
    /// A report of the issuing system: xls, xlsx or csv.
    Applications {
        /// The file.
        file: PathBuf,
        /// Slug of the office whose report it is.
        #[arg(long)]
        office: String,
        /// Which report, when neither title, sheet nor file name says it: wawancara, alokasi, pencetakan, penerbitan.
        #[arg(long, value_parser = report_kind)]
        report: Option<ReportKind>,
        /// Say what would change and change nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

fn report_kind(word: &str) -> Result<ReportKind, String> {
    ReportKind::from_name(word).ok_or_else(|| "one of wawancara, alokasi, pencetakan, penerbitan".into())
}

/// Runs the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Printing help or a usage error; nothing can be done when even that fails.
            let _ = error.print();
            return if error.use_stderr() {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    match run_command(arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            print::error(&format!("sigap: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Runs a command; false when it did its work and found something wrong.
fn run_command(arguments: Arguments) -> anyhow::Result<bool> {
    #[expect(clippy::disallowed_methods, reason = "settings are read here, once")]
    let environment: Vec<_> = std::env::vars().collect();
    let config = Config::load(arguments.config.as_deref(), environment)?;
    start_log(&config);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match arguments.command {
        Command::Serve => runtime.block_on(serve::run(config)),
        Command::Demo { listen, data } => runtime.block_on(demo::run(config, listen, data)),
        Command::Migrate => migrate::run(&config),
        Command::Move(addresses) => move_database::run(&config, &addresses),
        Command::Doctor => runtime.block_on(doctor::run(&config)),
        Command::Content {
            command: ContentCommand::Check { database },
        } => runtime.block_on(content::check(&config, database)),
        Command::Content {
            command: ContentCommand::Export { office },
        } => runtime.block_on(content::export(&config, &office)),
        Command::Content {
            command: ContentCommand::Templates { office },
        } => content::templates(&config, &office),
        Command::Flow { command } => match command {
            FlowCommand::Survey(of) => flow::show(&config, None, &of.office, &of.language),
            FlowCommand::Booking(of) => flow::show(&config, Some(FormName::Booking), &of.office, &of.language),
            FlowCommand::Feedback(of) => flow::show(&config, Some(FormName::Feedback), &of.office, &of.language),
            FlowCommand::Intake(of) => flow::show(&config, Some(FormName::Intake), &of.office, &of.language),
            FlowCommand::Key => flow::key(&config),
            FlowCommand::UploadKey => runtime.block_on(flow::upload_key(&config)),
        },
        Command::Draw {
            command: DrawCommand::Verify(record),
        } => draw::verify(&record),
        Command::Draw {
            command: DrawCommand::Value(given),
        } => runtime.block_on(places::give_value(&config, &given)),
        Command::Places { command } => runtime.block_on(async {
            match command {
                PlacesCommand::Stop { hours, reason } => places::stop(&config, &hours, Some(reason)).await,
                PlacesCommand::Open(hours) => places::stop(&config, &hours, None).await,
                PlacesCommand::Book(visit) => places::book(&config, &visit).await,
                PlacesCommand::Arrive(at) => places::arrive(&config, &at).await,
                PlacesCommand::Excuse(at) => places::excuse(&config, &at).await,
                PlacesCommand::Signals { office } => places::signals(&config, &office).await,
            }
        }),
        Command::Staff {
            command: StaffCommand::Add(new),
        } => runtime.block_on(staff::add(&config, &new)),
        Command::Staff {
            command: StaffCommand::Trail { office },
        } => runtime.block_on(staff::trail(&config, &office)),
        Command::Person { command } => runtime.block_on(person::run(&config, command)),
        Command::ApiKey { command } => runtime.block_on(api_key::run(&config, command)),
        Command::Hook { command } => runtime.block_on(hook::run(&config, command)),
        Command::Ticket {
            command: TicketCommand::Verify { key, text },
        } => places::check_ticket(&key, &text),
        Command::Import {
            command:
                ImportCommand::Applications {
                    file,
                    office,
                    report,
                    dry_run,
                },
        } => runtime.block_on(import::run(&config, &file, &office, report, dry_run)),
        Command::Bind { application_number } => runtime.block_on(bind::run(&config, &application_number)),
        Command::Backup { dest } => backup::backup(&config, &dest),
        Command::Restore { src } => backup::restore(&config, &src),
    }
}

/// The use cases over the database of the settings, without listening.
async fn open_service(config: &Config) -> anyhow::Result<Service> {
    let content = app::load_content(config)?;
    let offices = app::numbers(config, &content)?.offices();
    let (store, _) = app::open_store(config)?;
    let service = app::service(
        store,
        content,
        Arc::new(SystemClock),
        Arc::new(Bell::default()),
        &config.server.public_url,
        sigap_core::conversation::step,
    )?;
    service.refresh_content(&offices).await?;
    // A clone reads what was just taken in.
    Ok(service.clone())
}

fn start_log(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log.filter)
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second start in one process (tests) keeps the first log.
    let _ = match config.log.format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
}
