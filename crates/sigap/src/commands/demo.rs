//! `sigap demo`: everything at once on this machine, with made-up applications and a phone to try it on.
//!
//! The whole way is real: the phone writes to a local Cloud API, which calls the signed webhook; the sender answers
//! through it. Only Meta and the people are made up.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use secrecy::SecretString;
use sigap_actions::import_applications::{Actor, ImportSource};
use sigap_actions::ports::Clock;
use sigap_actions::send_notice::template_name;
use sigap_content::{Content, sample};
use sigap_core::application::{Report, ReportKind, ReportRow, SlipCode};
use sigap_core::calendar::local_date;
use sigap_core::ids::{ApplicationNumber, OfficeId};
use sigap_core::message::FormName;
use sigap_emulator::{EmulatedNumber, Emulator, Template, Timing};
use sigap_store::sealing::system_random;
use sigap_whatsapp::client;
use tokio::net::TcpListener;

use super::content::templates_of_notices;
use super::print;
use super::serve::wait_for_stop;
use super::{demo_history, demo_staff, flow};
use crate::app::{App, Parts, load_content, open_store};
use crate::clock::SystemClock;
use crate::config::{Config, FlowIds, Number};
use crate::flows;
use crate::import::read_report;

/// Offices of the demo, one in each zone: slug, number id, the number as people write it. The numbers are invented.
const OFFICES: [(&str, &str, &str); 4] = [
    ("jakarta-pusat", "100000000000001", "6281100000001"),
    ("sukabumi", "100000000000002", "6281100000002"),
    ("makassar", "100000000000003", "6281100000003"),
    ("jayapura", "100000000000004", "6281100000004"),
];

/// Offices that have the same hall as the sample's, so that the nation has something to compare.
const MORE_HALLS: [&str; 2] = [OFFICES[2].0, OFFICES[3].0];
/// A waiting room stands open at the first of these from the start of the demo until then.
const ROOM_AHEAD: SignedDuration = SignedDuration::from_mins(20);
/// The business account of all of them.
const ACCOUNT: &str = "100000000000000";

/// Made-up reports of the first office.
const REPORTS: [(&str, &[u8]); 4] = [
    (
        "laporan-wawancara.xlsx",
        include_bytes!("../../samples/laporan-wawancara.xlsx"),
    ),
    (
        "laporan-alokasi.csv",
        include_bytes!("../../samples/laporan-alokasi.csv"),
    ),
    (
        "laporan-pencetakan.xlsx",
        include_bytes!("../../samples/laporan-pencetakan.xlsx"),
    ),
    (
        "laporan-penerbitan.xlsx",
        include_bytes!("../../samples/laporan-penerbitan.xlsx"),
    ),
];

pub(super) async fn run(mut config: Config, listen: SocketAddr, data: Option<PathBuf>) -> anyhow::Result<bool> {
    // Kept until the end, then removed with all that is in it.
    let fresh = if data.is_none() {
        Some(tempfile::Builder::new().prefix("sigap-demo-").tempdir()?)
    } else {
        None
    };
    let folder = data.unwrap_or_else(|| fresh.as_ref().map(|dir| dir.path().to_owned()).unwrap_or_default());
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder `{}`", folder.display()))?;

    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("cannot listen on `{listen}`; name another port"))?;
    let address = listener.local_addr()?;
    let graph = TcpListener::bind("127.0.0.1:0").await?;
    let content = sample_content(&config)?;

    let webhook = format!("http://{address}/webhooks/whatsapp");
    let numbers = OFFICES
        .iter()
        .map(|(slug, id, display)| EmulatedNumber {
            phone_number_id: (*id).into(),
            display_phone_number: (*display).into(),
            waba_id: ACCOUNT.into(),
            office_name: content
                .office_by_slug(slug)
                .map(|office| office.short.clone())
                .unwrap_or_default(),
            office_slug: (*slug).into(),
            messages_per_second: 80,
        })
        .collect();
    let mut emulated = sigap_emulator::Config::new(webhook, numbers);
    emulated.templates = templates(&content);
    emulated.graph_url = format!("http://{}", graph.local_addr()?);
    emulated.timing = Timing::lifelike();
    settle_config(&mut config, &emulated, &folder, address);
    let emulator = Emulator::new(emulated, Arc::new(|| SystemClock.now()));
    let graph_routes = emulator.router();
    tokio::spawn(async move { axum::serve(graph, graph_routes).await });
    let running = emulator.clone();
    tokio::spawn(async move { running.run().await });

    publish_forms(&mut config, &content).await?;
    make_past(&config, &content).await?;
    let (staff_page, signs_in_at) = demo_staff::router(sample::OFFICE);
    let app = App::start(Parts {
        config,
        content,
        clock: Arc::new(SystemClock),
        step: sigap_core::conversation::step,
        listener,
        more_routes: Some(emulator.phone_router().merge(staff_page)),
    })
    .await?;
    // Set once, right here.
    let _ = signs_in_at.set(app.service.clone());
    let sample = load_samples(&app).await?;
    load_shelf(&app).await?;
    count_past(&app).await?;
    print::line(&format!(
        "sigap demo is ready.\n\n  phone      http://{address}/phone\n  console    http://{address}/demo  (sign in as one of the demo's people)\n  display    http://{address}/display/sukabumi\n  health     http://{address}/readyz\n  figures    http://{address}/metrics\n  draws      http://{address}/o/sukabumi/undian\n  templates  http://{address}/phone/templat  (be a reviewer at Meta)\n  data       {}\n",
        folder.display()
    ));
    print::line(&sample);
    print::line("Stop with Ctrl+C.");
    wait_for_stop().await;
    app.stop().await;
    Ok(true)
}

/// The forms, published at the local Cloud API as an operator would at Meta, for every number, and a key made for this demo.
async fn publish_forms(config: &mut Config, content: &Content) -> anyhow::Result<()> {
    if !Path::new(&config.keys.forms).exists() {
        flow::make_key(config)?;
    }
    let office = content.office_by_slug(sample::OFFICE);
    let office = office.context("the demo's office is not in content")?;
    let whatsapp = &mut config.whatsapp;
    let calls = client::Config::new(
        &whatsapp.graph_url,
        &whatsapp.graph_version,
        whatsapp.access_token.clone(),
    );
    let client = client::Client::new(&calls)?;
    let survey = flows::publish_survey(&client, ACCOUNT, content, office).await?;
    let mut forms = BTreeMap::new();
    for form in FormName::ALL {
        let ids = flows::publish_form(&client, ACCOUNT, content, office, form, &config.server.public_url).await?;
        forms.insert(form.name().to_owned(), ids);
    }
    for number in &mut whatsapp.number {
        number.survey_flow = survey.clone();
        number.form_flows = forms.clone();
    }
    flow::give_key(config).await?;
    Ok(())
}

/// The embedded content, in which one office gives places by itself; a folder of the settings counts as it is.
fn sample_content(config: &Config) -> anyhow::Result<Arc<Content>> {
    let content = load_content(config)?;
    if !config.content.dir.is_empty() {
        return Ok(content);
    }
    let office = content
        .office_by_slug(sample::OFFICE)
        .context("the demo's office is not in content")?;
    let today = local_date(office, SystemClock.now());
    let other = content
        .office_by_slug(MORE_HALLS[0])
        .context("the demo's second office is not in content")?;
    let room_at = other.zone.to_datetime(SystemClock.now() + ROOM_AHEAD);
    Ok(Arc::new(sample::with_nation(today, &MORE_HALLS, room_at)?))
}

/// Notices whose templates nobody submitted yet: so that submitting can be tried.
const NOT_SUBMITTED: [&str; 2] = ["not_drawn", "lapsed"];

/// The notices of the service as templates that were approved before.
fn templates(content: &Content) -> Vec<Template> {
    let Some(office) = content.office_by_slug(sample::OFFICE) else {
        return Vec::new();
    };
    let at = local_date(office, SystemClock.now()).to_datetime(jiff::civil::time(9, 30, 0, 0));
    templates_of_notices(content)
        .filter(|(notice, _)| !NOT_SUBMITTED.contains(notice))
        .filter_map(|(notice, language)| {
            let text = content.template(office, language, notice, at, "")?;
            Some(Template {
                name: template_name(notice),
                language: language.code().to_owned(),
                category: "UTILITY".into(),
                body: text.body,
                buttons: text.buttons.into_iter().map(|button| button.title).collect(),
            })
        })
        .collect()
}

fn settle_config(config: &mut Config, emulated: &sigap_emulator::Config, folder: &Path, address: SocketAddr) {
    config.server.public_url = format!("http://{address}");
    config.database.url = SecretString::from(format!("sqlite:{}", folder.join("sigap.db").display()));
    config.keys.master = folder.join("sigap.master.key");
    config.keys.store = SecretString::default();
    config.keys.forms = folder.join("sigap.forms.pem").display().to_string();
    let whatsapp = &mut config.whatsapp;
    whatsapp.graph_url = emulated.graph_url.clone();
    whatsapp.app_secret = SecretString::from(emulated.app_secret.clone());
    whatsapp.verify_token = SecretString::from(emulated.verify_token.clone());
    whatsapp.access_token = SecretString::from(emulated.access_token.clone());
    whatsapp.number = OFFICES
        .iter()
        .map(|(slug, id, _)| Number {
            phone_number_id: (*id).into(),
            office: (*slug).into(),
            waba_id: ACCOUNT.into(),
            messages_per_second: 40,
            survey_flow: FlowIds::default(),
            form_flows: BTreeMap::new(),
        })
        .collect();
}

/// Imports the made-up reports, moved to end today, and says what can be tried with them.
async fn load_samples(app: &App) -> anyhow::Result<String> {
    let office = app
        .service
        .content()
        .office_by_slug(OFFICES[0].0)
        .context("the demo's office is not in content")?;
    let today = local_date(office, SystemClock.now());
    let mut tried = String::from("Try on the phone (made-up applications of Jakarta Pusat):\n");
    for (name, bytes) in REPORTS {
        let report = read_report(bytes, name, None)?;
        let mut rows: Vec<_> = report
            .rows
            .into_iter()
            .filter_map(|(row_number, row)| Some((row_number, row.ok()?)))
            .collect();
        move_to(&mut rows, today);
        if let Some((_, row)) = rows.last() {
            let born = row
                .born_on
                .map(|day| format!(", born {}", day.strftime("%d-%m-%Y")))
                .unwrap_or_default();
            tried.push_str(&format!("  {}  {}{born}\n", row.number.as_str(), report.kind.name()));
        }
        if report.kind == ReportKind::Issue
            && let Some((_, row)) = rows.first()
        {
            let number = row.number.clone();
            import(app, office.id, report.kind, rows).await?;
            tried.push_str(&slip_code(app, number).await?);
        } else {
            import(app, office.id, report.kind, rows).await?;
        }
    }
    Ok(tried)
}

/// Fills the weeks before today, once in a folder; before the service runs, so that it finds them as an office finds its own.
async fn make_past(config: &Config, content: &Arc<Content>) -> anyhow::Result<()> {
    let (store, _) = open_store(config)?;
    let slugs = OFFICES.map(|(slug, ..)| slug);
    demo_history::play(&*store, content, &slugs, SystemClock.now()).await
}

/// Counts the days of the past at once; a service that runs does one a second.
async fn count_past(app: &App) -> anyhow::Result<()> {
    for (slug, ..) in OFFICES {
        let office = app.service.content().office_by_slug(slug);
        let office = office.context("the demo's office is not in content")?.id;
        while app.service.run_jobs(office).await? > 0 {}
    }
    Ok(())
}

/// Made-up passports on the shelf of the office that has a hall: a fresh one, and one that is cancelled soon.
const SHELF: [(&str, &str, i64); 2] = [
    ("1179000000009016", "CONTOH SITI", 1),
    ("1179000000009024", "CONTOH BUDI", 27),
];

async fn load_shelf(app: &App) -> anyhow::Result<()> {
    let office = app.service.content().office_by_slug(sample::OFFICE);
    let office = office.context("the demo's office is not in content")?;
    let today = local_date(office, SystemClock.now());
    let rows = SHELF.iter().filter_map(|(number, name, days)| {
        let row = ReportRow {
            number: ApplicationNumber::parse(number)?,
            report: ReportKind::Issue,
            stage_on: today.checked_sub(days.days()).ok(),
            name: Some((*name).to_owned()),
            kind: None,
            applied_on: today.checked_sub((days + 7).days()).ok(),
            born_on: None,
        };
        Some((2, row))
    });
    import(app, office.id, ReportKind::Issue, rows.collect()).await
}

async fn import(app: &App, office: OfficeId, kind: ReportKind, rows: Vec<(u32, ReportRow)>) -> anyhow::Result<()> {
    let report = Report {
        kind,
        rows: rows.into_iter().map(|(number, row)| (number, Ok(row))).collect(),
        passed_over: 0,
    };
    let source = ImportSource {
        report: kind,
        newest_on: report.newest_on(),
        fingerprint: String::new(),
        actor: Actor::Command,
    };
    app.service.import_report(office, source, report, false, |_| {}).await?;
    Ok(())
}

/// Moves the made-up days so that the last of them is yesterday: nothing in the demo is long past.
fn move_to(rows: &mut [(u32, ReportRow)], today: Date) {
    let newest = rows
        .iter()
        .filter_map(|(_, row)| row.stage_on.max(row.applied_on))
        .max();
    let Some(days) = newest.and_then(|newest| today.yesterday().ok()?.since(newest).ok()) else {
        return;
    };
    for (_, row) in rows {
        for day in [&mut row.applied_on, &mut row.stage_on].into_iter().flatten() {
            *day = day.saturating_add(days);
        }
    }
}

async fn slip_code(app: &App, number: ApplicationNumber) -> anyhow::Result<String> {
    let mut bytes = [0; 5];
    system_random(&mut bytes)?;
    let code = SlipCode::from_random(bytes);
    let line = format!("  {}  slip code {}\n", number.as_str(), code.as_str());
    match app.service.issue_slip_code(number, code).await? {
        Ok(_) => Ok(line),
        Err(_) => Ok(String::new()),
    }
}
