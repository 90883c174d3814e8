//! Small made-up records for the cases. No value belongs to anybody.

use jiff::Timestamp;
use jiff::civil::Date;
use sigap_core::application::{Application, ReportKind, ReportRow, RowProblem, RowRefusal, Stage};
use sigap_core::booking::{ApprovalCode, BookingCode, BookingState, Visitor};
use sigap_core::cases::{Case, CaseKind};
use sigap_core::conversation::state::PrivateWords;
use sigap_core::files::FileState;
use sigap_core::ids::{
    ApiKeyId, ApplicationNumber, BookingId, CaseId, CounterName, FileId, HookId, IntakeId, OfficeId, OutboxId,
    PersonId, ProcessId, StaffId, UploadId, VisitId,
};
use sigap_core::inbound::{InboundMessage, Said};
use sigap_core::intake::{Intake, IntakeState};
use sigap_core::message::{Form, OutboundMessage};
use sigap_core::person::Contact;
use sigap_core::queue::{TicketLabel, Visit, VisitState};
use sigap_core::staff::{Role, Scope};

use crate::records::{
    ApiKeyRow, BookingContent, BookingRow, BoundInstitution, BrowserContent, BrowserLine, BrowserRow, CaseRow,
    FileContent, FileRow, FollowRow, HookCall, HookContent, HookRow, InboxContent, InboxRow, InboxState, IntakeRow,
    LineContent, MessageKey, OpeningPhase, OpeningRow, OpeningSecret, OutboxRow, OutboxState, PassportContent,
    PassportRow, PassportState, RefusedRow, SessionRow, SignInQuestion, StaffContent, StaffRow, UploadContent,
    UploadCounts, UploadPart, UploadRow, UploadState, VisitContent, VisitRow, Why,
};

pub(super) const HERE: OfficeId = OfficeId(1);
pub(super) const ELSEWHERE: OfficeId = OfficeId(2);
pub(super) const NUMBER: &str = "100000000000001";
pub(super) const ANI: PersonId = PersonId(11);
pub(super) const BUDI: PersonId = PersonId(12);
pub(super) const ME: ProcessId = ProcessId(1);
pub(super) const OTHER: ProcessId = ProcessId(2);

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

pub(super) fn by_bsuid(bsuid: &str) -> Contact {
    Contact {
        bsuid: Some(bsuid.into()),
        ..Contact::default()
    }
}

pub(super) fn by_parent(parent: &str) -> Contact {
    Contact {
        parent_bsuid: Some(parent.into()),
        ..Contact::default()
    }
}

pub(super) fn by_phone(phone: &str) -> Contact {
    Contact {
        phone: Some(phone.into()),
        ..Contact::default()
    }
}

pub(super) fn contact(bsuid: &str, phone: &str) -> Contact {
    Contact {
        phone: Some(phone.into()),
        ..by_bsuid(bsuid)
    }
}

pub(super) fn received(person: PersonId, message_id: &str, second: i64, text: &str) -> InboxRow {
    let message = InboundMessage {
        number: NUMBER.into(),
        message_id: message_id.into(),
        sent_at: at(second),
        from: by_bsuid("ID.1"),
        said: Said::Text(text.into()),
    };
    InboxRow {
        person,
        key: MessageKey::from(&message),
        state: InboxState::Owed,
        attempts: 0,
        received_at: at(second + 1),
        content: Some(InboxContent { message, raw: None }),
    }
}

pub(super) fn words(text: &str) -> OutboundMessage {
    OutboundMessage {
        body: text.into(),
        form: Form::Text,
        fill: None,
    }
}

pub(super) fn owed(id: i64, person: PersonId, second: i64) -> OutboxRow {
    OutboxRow {
        id: OutboxId(id),
        person,
        number: NUMBER.into(),
        state: OutboxState::Queued,
        attempts: 0,
        created_at: at(second),
        expires_at: at(second + 86_400),
        message: words(&format!("answer {id}")),
    }
}

pub(super) fn number(last: u32) -> ApplicationNumber {
    ApplicationNumber::parse(&format!("{last:016}")).unwrap()
}

pub(super) fn application(office: OfficeId, last: u32, stage: Stage) -> Application {
    Application {
        number: number(last),
        office,
        stage,
        name: Some("CONTOH NAMA".into()),
        kind: Some("PASPOR BIASA".into()),
        applied_on: "2026-11-02".parse().ok(),
        born_on: "1990-02-28".parse().ok(),
        proved: vec![(Stage::Submitted, "2026-11-02".parse().unwrap())],
        issued_on: None,
        billing_code: Some("820000000000001".into()),
        updated_at: at(0),
    }
}

/// A day of December.
pub(super) fn day(of_month: i8) -> Date {
    Date::new(2026, 12, of_month).unwrap()
}

/// A code that differs by number.
pub(super) fn code(number: u8) -> BookingCode {
    let mut random = [0; 16];
    random[15] = number;
    BookingCode::from_random(random)
}

/// Two people, held at an hour of the fifth of December.
pub(super) fn booking(id: i64, person: PersonId) -> BookingRow {
    BookingRow {
        id: BookingId(id),
        code: code(u8::try_from(id).unwrap()),
        person,
        service: "simpatik".into(),
        day: day(5),
        starts_at: Some(at(800)),
        places: 2,
        state: BookingState::Held,
        moves: 0,
        until: Some(at(900)),
        created_at: at(0),
        content: BookingContent {
            people: vec![Visitor {
                name: "Contoh Nama".into(),
                born_on: day(1),
            }],
            needs_nik: true,
            approval: Some(ApprovalCode::from_random([7; 8])),
            token: Some("token".into()),
            number: NUMBER.into(),
            booked_by: None,
        },
    }
}

pub(super) fn opening(on: i8) -> OpeningRow {
    OpeningRow {
        service: "simpatik".into(),
        day: day(on),
        phase: OpeningPhase::Committed,
        secret: OpeningSecret {
            seed: "00ff".into(),
            list: "ff00".into(),
        },
        published: "{}".into(),
    }
}

/// A counter.
pub(super) fn counter(number: u8) -> CounterName {
    CounterName::new(number).unwrap()
}

/// Somebody who waits in the line of passports since a second of the fifth of December.
pub(super) fn visit(id: i64, since: i64) -> VisitRow {
    VisitRow {
        visit: Visit {
            id: VisitId(id),
            label: TicketLabel {
                letter: 'A',
                number: u32::try_from(id).unwrap(),
            },
            line: "passport".into(),
            state: VisitState::Waiting,
            since: at(since),
            free_at: None,
            percent: 100,
            group: None,
            counter: None,
            calls: 0,
            called_at: None,
            person: None,
            booking: None,
        },
        day: day(5),
        is_near_told: false,
        token: format!("visit {id}"),
        content: VisitContent {
            names: vec!["Contoh Nama".into()],
            note: "kursi roda".into(),
            number: NUMBER.into(),
            token: format!("visit {id}"),
        },
    }
}

/// Somebody who works at the office.
pub(super) fn staff(id: i64) -> StaffRow {
    StaffRow {
        id: StaffId(id),
        roles: vec![Role::Counter, Role::Head],
        is_active: true,
        failed: 0,
        locked_until: None,
        created_at: at(0),
        content: StaffContent {
            email: format!("petugas{id}@contoh.go.id"),
            name: "Petugas Contoh".into(),
            password: "$argon2id$contoh".into(),
            code_secret: "CONTOH".into(),
            code_step: 7,
            passkeys: vec!["{}".into()],
            institution: Some(BoundInstitution {
                issuer: "https://masuk.contoh.go.id".into(),
                subject: format!("akun-{id}"),
            }),
        },
    }
}

/// A question on the way to a sign-in.
pub(super) fn question(id: i64) -> SignInQuestion {
    SignInQuestion {
        id,
        until: at(60 + id),
        content: format!("pertanyaan {id}"),
    }
}

/// A session of somebody.
pub(super) fn session(id: i64, who: i64) -> SessionRow {
    SessionRow {
        id,
        staff: StaffId(who),
        scope: Scope::Person,
        counter: None,
        created_at: at(0),
        seen_at: at(0),
        ends_at: at(36_000),
        device: "Firefox di Linux".into(),
    }
}

/// A finished passport on the shelf.
pub(super) fn passport(last: u32, ready: i8) -> PassportRow {
    PassportRow {
        number: number(last),
        state: PassportState::Ready,
        ready_on: day(ready),
        shelf: "B-12".into(),
        collected_by: None,
        changed_at: at(0),
        content: PassportContent {
            number: number(last).as_str().to_owned(),
            name: "Contoh Nama".into(),
            taker: String::new(),
        },
    }
}

/// A complaint as it comes.
pub(super) fn case(id: i64, person: PersonId) -> CaseRow {
    let number = format!("JP-2611-{id:04}");
    let mut case = Case::new(CaseId(id), number, CaseKind::Complaint, person, at(id));
    case.due_on = "2026-12-01".parse().ok();
    CaseRow {
        case,
        text: format!("keluhan {id}"),
        is_erased: false,
        tags: Vec::new(),
        version: 0,
    }
}

/// An uploaded report of two parts that waits.
pub(super) fn upload(id: i64) -> UploadRow {
    UploadRow {
        id: UploadId(id),
        staff: StaffId(70),
        state: UploadState::Waiting,
        made_at: at(0),
        ends_at: at(86_400),
        parts: 2,
        done: 0,
        content: UploadContent {
            file: "Laporan Ibu Contoh.xlsx".into(),
            report: ReportKind::Issue,
            newest_on: Some(day(4)),
            fingerprint: "5a".into(),
            rows: 2,
            unreadable: 1,
            preview: UploadCounts {
                new: 1,
                moved: 1,
                unchanged: 0,
                refused: 2,
            },
            counts: UploadCounts::default(),
            refused: vec![
                RefusedRow {
                    row: 7,
                    why: Why::Problem(RowProblem::DateUnreadable {
                        column: "TANGGAL LAHIR".into(),
                    }),
                },
                RefusedRow {
                    row: 9,
                    why: Why::Refusal(RowRefusal::OtherName),
                },
            ],
        },
    }
}

/// A part of one.
pub(super) fn part(place: u32) -> UploadPart {
    let row = ReportRow {
        number: number(place),
        report: ReportKind::Issue,
        stage_on: Some(day(4)),
        name: Some("Contoh Nama".into()),
        kind: None,
        applied_on: Some(day(2)),
        born_on: None,
    };
    vec![(place + 4, row)]
}

/// Somebody wants to hear of an application.
pub(super) fn follow(person: PersonId, last: u32) -> FollowRow {
    FollowRow {
        person,
        number: number(last),
        line: NUMBER.into(),
        told: Stage::Submitted,
        moved_at: None,
    }
}

/// A program's key.
pub(super) fn api_key(id: i64) -> ApiKeyRow {
    ApiKeyRow {
        id: ApiKeyId(id),
        label: "komputer laporan".into(),
        made_at: at(0),
        revoked_at: None,
        scopes: "reports places".into(),
        per_hour: 60,
    }
}

/// A partner's address.
pub(super) fn hook(id: i64) -> HookRow {
    HookRow {
        id: HookId(id),
        events: "booking.booked case.opened".into(),
        made_at: at(0),
        heard_at: None,
        failed_at: None,
        failure: String::new(),
        stopped_at: None,
        content: HookContent {
            label: "Mitra".into(),
            url: "https://mitra.contoh.go.id/sigap".into(),
            secret: vec![0, 90, 255],
        },
    }
}

/// A call owed to it.
pub(super) fn hook_call(id: i64, second: i64) -> HookCall {
    HookCall {
        id,
        hook: HookId(1),
        event: "case.opened".into(),
        made_at: at(0),
        due_at: at(second),
        attempts: 0,
        body: r#"{"type":"case.opened"}"#.into(),
    }
}

/// A citizen's browser.
pub(super) fn browser(person: PersonId, code: Option<&str>) -> BrowserRow {
    BrowserRow {
        person,
        proven: None,
        proven_at: None,
        made_at: at(0),
        expires_at: at(900),
        content: BrowserContent {
            code: code.map(Into::into),
            code_until: code.map(|_| at(100)),
            check: 47,
            number: NUMBER.into(),
            draft: None,
        },
    }
}

/// Something said in it.
pub(super) fn said(id: i64) -> BrowserLine {
    BrowserLine {
        id,
        said_at: at(id),
        is_ours: id % 20 == 0,
        content: LineContent {
            words: PrivateWords("Halo".into()),
            form: Form::Text,
        },
    }
}

/// A file that waits, of a matter with number 70.
pub(super) fn file(id: i64, person: PersonId) -> FileRow {
    FileRow {
        id: FileId(id),
        person,
        about: 70,
        state: FileState::Waiting,
        came_at: at(0),
        due_at: at(0),
        attempts: 0,
        ends_at: at(60),
        parts: 0,
        content: FileContent {
            line: NUMBER.into(),
            media_id: format!("media-{id}"),
            filename: Some("ktp.jpg".into()),
            ..FileContent::default()
        },
    }
}

/// An intake of the first person of a booking, on the fifth.
pub(super) fn intake(id: i64, person: PersonId) -> IntakeRow {
    let mut content = Intake::default();
    content.put_answer("nama", "Ani Lestari".into());
    IntakeRow {
        id: IntakeId(id),
        person,
        booking: BookingId(100 + id),
        place: 0,
        day: day(5),
        state: IntakeState::Open,
        changed_at: at(0),
        version: 0,
        content,
    }
}
