//! Every route, listed once.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
use secrecy::SecretString;
use sigap_actions::institution::Institution;
use sigap_actions::passkeys::Passkeys;
use sigap_actions::ports::{Clock, Links};
use sigap_actions::service::Service;
use sigap_core::limits::UPLOADS_BYTES_MAX;
use sigap_core::outward::Scope;
use sigap_core::staff::Right;
use sigap_whatsapp::limits::WEBHOOK_BYTES_MAX;
use sigap_whatsapp::routing::RoutingKey;
use sigap_whatsapp::signature::SignatureKey;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::console::{
    account, booking, case, cases, content, desk, door, enrol, figures, files, guard_layer, home, institution, intake,
    intakes, kiosk, nation, notices, one_notice, one_report, passkeys, passports, people, programs, refuse_forged,
    reports, same_person, sign_in, survey, trail,
};
use crate::forms::FormDoor;
use crate::hall::{self, HallNews, display, place, sounds};
use crate::metrics::Metrics;
use crate::numbers::Numbers;
use crate::pages::booking::{check, days, hours, people as people_coming};
use crate::pages::{
    self, chat, check_number, feedback, figures as public_figures, identity, info, mine, office, offices, offline,
    openings, own_case, own_data, papers, privacy, proof, room, settings, start, status, ticket,
};
use crate::report_reader::ReportReader;
use crate::settings::{change_size, dress};
use crate::ticket_code::TicketKey;
use crate::toll::Toll;
use crate::{api, app, assets, forms, health, robots, webhook};

/// Shows a person that the message was read and that an answer is on its way. A courtesy that may be dropped.
pub trait ReadMarks: Send + Sync {
    /// Marks a message of a business number as read, and shows that somebody writes the answer.
    fn mark_read(&self, number: &str, message_id: &str);

    /// Marks it as read and nothing more.
    fn mark_seen(&self, number: &str, message_id: &str);
}

/// What the handlers share.
#[derive(Clone)]
pub struct AppState {
    /// The use cases.
    pub service: Service,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Our business numbers.
    pub numbers: Arc<Numbers>,
    /// Checks Meta's signature.
    pub signature: Arc<SignatureKey>,
    /// Signs and checks the ids on our buttons.
    pub routing: Arc<RoutingKey>,
    /// The endpoint of forms, where the installation has a key for it.
    pub forms: Option<Arc<FormDoor>>,
    /// The word Meta repeats when the webhook is set up.
    pub verify_token: SecretString,
    /// Signs tickets.
    pub tickets: Arc<TicketKey>,
    /// The brake for machines.
    pub toll: Arc<Toll>,
    /// Addresses of our pages.
    pub links: Arc<Links>,
    /// Passkeys of staff; `None` where the public address has no name.
    pub passkeys: Option<Arc<Passkeys>>,
    /// The institution's identity service, where one is set.
    pub institution: Option<Arc<Institution>>,
    /// Tells live pages that a hall changed.
    pub hall_news: Arc<HallNews>,
    /// Reads uploaded reports.
    pub reports: Arc<ReportReader>,
    /// How often programs came.
    pub api_rates: Arc<api::Rates>,
    /// Blue ticks, where the office wants them.
    pub read_marks: Option<Arc<dyn ReadMarks>>,
    /// Figures.
    pub metrics: Arc<Metrics>,
}

/// Who may open a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody; what is personal lies behind a secret in the address.
    Everybody,
    /// Meta, by its signature.
    Signed,
    /// The machine's operator: figures and health, never anything personal.
    Operator,
    /// A program of the office in the address, by a key that allows this.
    Program(Scope),
    /// Staff of the office in the address, with this right.
    Staff(Right),
}

/// A route: its address, who may open it, what answers.
pub struct Route {
    /// The address, with its parameters.
    pub path: &'static str,
    /// Who may open it.
    pub access: Access,
    handlers: MethodRouter<AppState>,
}

/// Every route of the service but files without anything in them. A page of the console and a question of a
/// program get their guard from here: there is no other way to list one.
#[must_use]
pub fn routes() -> Vec<Route> {
    use Access::{Everybody, Operator, Program, Signed, Staff};
    let route = |path, access, handlers| Route { path, access, handlers };
    vec![
        route(
            "/webhooks/whatsapp",
            Signed,
            get(webhook::verify)
                .post(webhook::receive)
                .layer(DefaultBodyLimit::max(WEBHOOK_BYTES_MAX)),
        ),
        route(
            "/webhooks/whatsapp/flow",
            Signed,
            post(forms::receive).layer(DefaultBodyLimit::max(forms::REQUEST_BYTES_MAX)),
        ),
        route(
            "/o/{office}/n/{token}",
            Everybody,
            get(identity::show).post(identity::send),
        ),
        route("/o/{office}/t/{token}", Everybody, get(ticket::show)),
        route("/o/{office}/t/{token}/kunjungan.ics", Everybody, get(ticket::calendar)),
        route("/o/{office}/r/{service}/{day}/{token}", Everybody, get(room::show)),
        route("/", Everybody, get(offices::list)),
        route(
            "/cek-nomor",
            Everybody,
            get(check_number::show).post(check_number::send),
        ),
        route("/o/{office}", Everybody, get(start::show)),
        route("/o/{office}/info/{choice}", Everybody, get(info::show)),
        route("/o/{office}/syarat", Everybody, get(papers::first)),
        route("/o/{office}/syarat/{choice}", Everybody, get(papers::show)),
        route("/o/{office}/kantor", Everybody, get(office::show)),
        route("/o/{office}/privasi", Everybody, get(privacy::show)),
        route("/o/{office}/undian", Everybody, get(openings::list)),
        route(
            "/o/{office}/undian/{service}/{day}",
            Everybody,
            get(openings::transcript),
        ),
        route("/o/{office}/q/{token}", Everybody, get(place::show)),
        route("/o/{office}/q/{token}/aliran", Everybody, get(place::stream)),
        route(
            "/o/{office}/s/{token}",
            Everybody,
            get(hall::survey::show).post(hall::survey::send),
        ),
        route("/o/{office}/status", Everybody, get(status::show).post(status::send)),
        route(
            "/o/{office}/antrean",
            Everybody,
            get(pages::booking::show).post(pages::booking::choose),
        ),
        route(
            "/o/{office}/antrean/orang",
            Everybody,
            get(people_coming::show).post(people_coming::send),
        ),
        route("/o/{office}/antrean/hari", Everybody, get(days::show)),
        route("/o/{office}/antrean/jam", Everybody, get(hours::show).post(hours::send)),
        route(
            "/o/{office}/antrean/periksa",
            Everybody,
            get(check::show).post(check::send),
        ),
        route("/o/{office}/bukti", Everybody, get(proof::show).post(proof::send)),
        route("/o/{office}/bukti/keadaan", Everybody, get(proof::ask)),
        route("/o/{office}/tiket", Everybody, get(mine::show)),
        route(
            "/o/{office}/tiket/{booking}/batal",
            Everybody,
            get(mine::ask_cancel).post(mine::cancel),
        ),
        route("/o/{office}/tiket/{booking}/ubah", Everybody, get(mine::begin_move)),
        route("/o/{office}/tiket/{booking}/terima", Everybody, post(mine::accept)),
        route("/o/{office}/data", Everybody, get(own_data::show)),
        route("/o/{office}/data/unduh", Everybody, get(own_data::take)),
        route(
            "/o/{office}/data/hapus",
            Everybody,
            get(own_data::ask).post(own_data::erase),
        ),
        route("/o/{office}/keluar", Everybody, post(mine::leave)),
        route(
            "/o/{office}/masukan",
            Everybody,
            get(feedback::show).post(feedback::send),
        ),
        route("/o/{office}/kasus/{number}/{secret}", Everybody, get(own_case::show)),
        route("/o/{office}/obrolan", Everybody, get(chat::show).post(chat::send)),
        route("/o/{office}/obrolan/baru", Everybody, get(chat::news)),
        route("/display/{office}", Everybody, get(display::show)),
        route("/display/{office}/aliran", Everybody, get(display::stream)),
        route("/suara/{name}", Everybody, get(sounds::show)),
        route("/huruf", Everybody, post(change_size)),
        route(
            "/o/{office}/setelan",
            Everybody,
            get(settings::show).post(settings::send),
        ),
        route(
            "/o/{office}/manifest.webmanifest",
            Everybody,
            get(app::manifest_of_office),
        ),
        route("/manifest.webmanifest", Everybody, get(app::manifest)),
        route("/sw.js", Everybody, get(app::worker)),
        route("/luring", Everybody, get(offline::show)),
        route("/robots.txt", Everybody, get(robots::show)),
        route("/kunci-tiket", Everybody, get(ticket::public_key)),
        route("/staff", Everybody, get(home::offices)),
        route(
            "/staff/{office}/masuk",
            Everybody,
            get(sign_in::show).post(sign_in::send),
        ),
        route(
            "/staff/{office}/masuk/kunci/mulai",
            Everybody,
            post(passkeys::begin_sign_in),
        ),
        route("/staff/{office}/masuk/kunci", Everybody, post(passkeys::end_sign_in)),
        route("/staff/{office}/masuk/lembaga", Everybody, get(institution::begin)),
        route("/staff/{office}/masuk/lanjut", Everybody, get(institution::go_on)),
        route("/masuk/kembali", Everybody, get(institution::end)),
        route(
            "/staff/{office}/mulai/{token}",
            Everybody,
            get(enrol::show).post(enrol::send),
        ),
        route("/staff/{office}", Staff(Right::Account), get(home::show)),
        route("/staff/{office}/keluar", Staff(Right::Account), post(sign_in::leave)),
        route(
            "/staff/{office}/akun",
            Staff(Right::Account),
            get(account::show).post(account::end),
        ),
        route(
            "/staff/{office}/akun/kunci/mulai",
            Staff(Right::Account),
            post(passkeys::begin_adding),
        ),
        route(
            "/staff/{office}/akun/kunci",
            Staff(Right::Account),
            post(passkeys::end_adding),
        ),
        route(
            "/staff/{office}/akun/kunci/hapus",
            Staff(Right::Account),
            post(passkeys::forget),
        ),
        route("/staff/{office}/loket", Staff(Right::Hall), get(desk::choose)),
        route(
            "/staff/{office}/loket/{counter}",
            Staff(Right::Hall),
            get(desk::show).post(desk::tap),
        ),
        route(
            "/staff/{office}/loket/{counter}/aliran",
            Staff(Right::Hall),
            get(desk::stream),
        ),
        route(
            "/staff/{office}/datang",
            Staff(Right::Hall),
            get(door::show).post(door::send),
        ),
        route("/staff/{office}/datang/maaf", Staff(Right::Lead), post(door::excuse)),
        route("/staff/{office}/nomor", Staff(Right::Hall), post(door::number)),
        route(
            "/staff/{office}/kios",
            Staff(Right::Kiosk),
            get(kiosk::show).post(kiosk::give),
        ),
        route("/staff/{office}/kios/mulai", Staff(Right::Hall), post(kiosk::start)),
        route(
            "/staff/{office}/daftar",
            Staff(Right::Hall),
            get(booking::show).post(booking::send),
        ),
        route(
            "/staff/{office}/daftar/batal",
            Staff(Right::Hall),
            post(booking::cancel),
        ),
        route(
            "/staff/{office}/paspor",
            Staff(Right::Hall),
            get(passports::show).post(passports::send),
        ),
        route("/staff/{office}/berkas/{file}", Staff(Right::Account), get(files::show)),
        route(
            "/staff/{office}/permohonan",
            Staff(Right::Intakes),
            get(intakes::list).post(intakes::find),
        ),
        route(
            "/staff/{office}/permohonan/kunjungan/{booking}",
            Staff(Right::Intakes),
            get(intakes::of_visit),
        ),
        route(
            "/staff/{office}/permohonan/{intake}",
            Staff(Right::Intakes),
            get(intake::show).post(intake::send),
        ),
        route("/staff/{office}/kasus", Staff(Right::Cases), get(cases::list)),
        route(
            "/staff/{office}/kasus/aliran",
            Staff(Right::Cases),
            get(cases::stream_list),
        ),
        route(
            "/staff/{office}/kasus/{case}",
            Staff(Right::Cases),
            get(case::show).post(case::send),
        ),
        route(
            "/staff/{office}/kasus/{case}/orang",
            Staff(Right::Cases),
            get(same_person::show).post(same_person::join),
        ),
        route(
            "/staff/{office}/kasus/{case}/orang/pisah",
            Staff(Right::Cases),
            post(same_person::part),
        ),
        route(
            "/staff/{office}/kasus/{case}/mengetik",
            Staff(Right::Cases),
            post(case::typing),
        ),
        route(
            "/staff/{office}/kasus/{case}/aliran",
            Staff(Right::Cases),
            get(case::stream),
        ),
        route(
            "/staff/{office}/laporan",
            Staff(Right::Import),
            get(reports::show)
                .post(reports::send)
                .layer(DefaultBodyLimit::max(UPLOADS_BYTES_MAX)),
        ),
        route(
            "/staff/{office}/laporan/{upload}",
            Staff(Right::Import),
            get(one_report::show).post(one_report::send),
        ),
        route("/staff/{office}/program", Staff(Right::Programs), get(programs::show)),
        route(
            "/staff/{office}/program/kunci",
            Staff(Right::Programs),
            post(programs::add_key),
        ),
        route(
            "/staff/{office}/program/kunci/cabut",
            Staff(Right::Programs),
            post(programs::revoke_key),
        ),
        route(
            "/staff/{office}/program/alamat",
            Staff(Right::Programs),
            post(programs::add_hook),
        ),
        route(
            "/staff/{office}/program/alamat/coba",
            Staff(Right::Programs),
            post(programs::try_hook),
        ),
        route(
            "/staff/{office}/program/alamat/hapus",
            Staff(Right::Programs),
            post(programs::forget_hook),
        ),
        route("/o/{office}/pembukaan.ics", Everybody, get(openings::calendar)),
        route("/api/openapi.json", Everybody, get(api::document::show)),
        route(
            "/api/v1/offices/{office}",
            Program(Scope::Places),
            get(api::places::office),
        ),
        route(
            "/api/v1/offices/{office}/places",
            Program(Scope::Places),
            get(api::places::places),
        ),
        route(
            "/api/v1/offices/{office}/openings",
            Program(Scope::Places),
            get(api::openings::openings),
        ),
        route(
            "/api/v1/offices/{office}/queue",
            Program(Scope::Queue),
            get(api::queue::queue),
        ),
        route(
            "/api/v1/offices/{office}/status",
            Program(Scope::Status),
            post(api::status::status),
        ),
        route(
            "/api/v1/offices/{office}/bookings",
            Program(Scope::Bookings),
            post(api::bookings::book),
        ),
        route(
            "/api/v1/offices/{office}/bookings/{code}",
            Program(Scope::Bookings),
            get(api::bookings::show).delete(api::bookings::cancel),
        ),
        route(
            "/api/v1/offices/{office}/figures",
            Program(Scope::Figures),
            get(api::figures::figures),
        ),
        route(
            "/api/v1/offices/{office}/reports",
            Program(Scope::Reports),
            post(api::reports::import),
        ),
        route("/staff/{office}/angka", Staff(Right::Figures), get(figures::show)),
        route(
            "/staff/{office}/angka/nasional",
            Staff(Right::Nation),
            get(nation::show),
        ),
        route(
            "/staff/{office}/angka/nasional/{period}",
            Staff(Right::Nation),
            get(nation::of_period),
        ),
        route(
            "/staff/{office}/angka/{period}",
            Staff(Right::Figures),
            get(figures::of_period),
        ),
        route("/o/{office}/angka", Everybody, get(public_figures::show)),
        route("/o/{office}/angka/{period}", Everybody, get(public_figures::of_period)),
        route(
            "/staff/{office}/isi",
            Staff(Right::Content),
            get(content::list::overview),
        ),
        route(
            "/staff/{office}/isi/perubahan",
            Staff(Right::Content),
            get(content::changes::show).post(content::changes::send),
        ),
        route(
            "/staff/{office}/isi/riwayat",
            Staff(Right::Content),
            get(content::history::show),
        ),
        route(
            "/staff/{office}/isi/riwayat/terbitkan",
            Staff(Right::Publish),
            post(content::history::restore),
        ),
        route(
            "/staff/{office}/isi/uji",
            Staff(Right::Content),
            get(content::chats::list),
        ),
        route(
            "/staff/{office}/isi/uji/{script}",
            Staff(Right::Content),
            get(content::chats::show).post(content::chats::send),
        ),
        route(
            "/staff/{office}/isi/belum-paham",
            Staff(Right::Content),
            get(content::unclear::show).post(content::unclear::send),
        ),
        route(
            "/staff/{office}/isi/{kind}",
            Staff(Right::Content),
            get(content::list::show).post(content::list::add),
        ),
        route(
            "/staff/{office}/isi/{kind}/{name}",
            Staff(Right::Content),
            get(content::entry::show).post(content::entry::send),
        ),
        route("/staff/{office}/survei", Staff(Right::Figures), get(survey::show)),
        route(
            "/staff/{office}/pemberitahuan",
            Staff(Right::Notices),
            get(notices::show).post(notices::send),
        ),
        route(
            "/staff/{office}/pemberitahuan/{notice}",
            Staff(Right::Notices),
            get(one_notice::show).post(one_notice::send),
        ),
        route("/staff/{office}/jejak", Staff(Right::Trail), get(trail::show)),
        route(
            "/staff/{office}/petugas",
            Staff(Right::Staff),
            get(people::show).post(people::add),
        ),
        route(
            "/staff/{office}/petugas/keluar",
            Staff(Right::Staff),
            post(people::remove),
        ),
        route("/healthz", Operator, get(health::healthz)),
        route("/readyz", Operator, get(health::readyz)),
        route("/metrics", Operator, get(health::metrics)),
    ]
}

/// Pages leave in fewer bytes; streams, pictures and what is tiny as they are. A page is small and made for one reader, so it is packed
/// quickly (docs/web.md has the figures).
fn packing() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Precise(4))
}

/// The routes of the service.
pub fn router(state: AppState) -> Router {
    let mut router = Router::new();
    for route in routes() {
        let mut handlers = match route.access {
            Access::Staff(right) => route
                .handlers
                .layer(from_fn_with_state((state.clone(), right), guard_layer)),
            Access::Program(scope) => route
                .handlers
                .layer(from_fn_with_state((state.clone(), scope), api::guard_layer)),
            Access::Everybody | Access::Signed | Access::Operator => route.handlers,
        };
        if route.path.starts_with("/staff") || route.path.starts_with("/o/") {
            handlers = handlers.layer(from_fn(refuse_forged));
        }
        if route.access != Access::Signed {
            handlers = handlers.layer(from_fn(dress));
            handlers = handlers.layer(packing());
        }
        router = router.route(route.path, handlers);
    }
    for (path, handlers) in assets::routes() {
        router = router.route(path, handlers);
    }
    router.layer(CatchPanicLayer::new()).with_state(state)
}
