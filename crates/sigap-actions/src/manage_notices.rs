//! Notices as the head of an office and its IT officer see and change them.

use jiff::Timestamp;
use jiff::civil::{Time, time};
use sigap_core::ids::StaffId;
use sigap_core::language::Language;
use sigap_core::limits::{BUDGET_RUPIAH_MAX, PERSON_NOTICES_MAX, STAFF_MAX, TEMPLATES_MAX};
use sigap_core::notices::budget::Money;
use sigap_core::notices::template::{NotNow, TemplateFacts, TemplateText};
use sigap_core::notices::{AccountNews, NoticeKind, NoticePlan, Outcome};
use sigap_core::staff::Right;
use sigap_store::{Fault, Tx};

use crate::authority::Officer;
use crate::context::Context;
use crate::keep_templates::{row_of, save, wanted, wanted_of};
use crate::notice_parts::{change_plan, counts, money, month_of, plan_of, rules};

/// The day must have begun by then: reminders of the shelf go out.
const DAY_FROM_MAX: Time = time(10, 0, 0, 0);
/// The day may not end before: reminders of a visit go out in the afternoon, and say *tomorrow*.
const DAY_UNTIL_MIN: Time = time(17, 0, 0, 0);

/// What is done about notices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeAct {
    /// Switches a notice on or off.
    Switch {
        /// Which.
        notice: String,
        /// On.
        is_on: bool,
    },
    /// Says whether a notice goes on without a budget.
    Mark {
        /// Which.
        notice: String,
        /// It goes on.
        is_important: bool,
    },
    /// Hours, limits and budget.
    Decide(Decision),
    /// Wants a template submitted.
    Submit {
        /// Of which notice.
        notice: String,
        /// In which language.
        language: Language,
    },
    /// Wants all templates submitted that Meta does not have.
    SubmitAll,
    /// Wants a comparison with Meta.
    Compare,
    /// Lets a template be sent that Meta calls marketing.
    AllowMarketing {
        /// Of which notice.
        notice: String,
        /// In which language.
        language: Language,
    },
}

/// Hours, limits and budget of an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// From when to when people are told.
    pub day: (Time, Time),
    /// Paid messages to one person in a day and in a month.
    pub person_max: (u32, u32),
    /// What a month may cost.
    pub budget_rupiah: i64,
}

/// Why nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeTrouble {
    /// The right is missing.
    Denied,
    /// There is no such notice, or it has no template.
    Unknown,
    /// No number of the office has an account in the settings.
    NoAccount,
    /// Hours that leave no time, or too little, to tell people.
    Hours,
    /// A limit that nobody means.
    Limits,
    /// A budget below nothing, or with a zero too many.
    Budget,
    /// A template cannot be submitted now.
    NotNow(NotNow),
    /// There is nothing to submit.
    Nothing,
}

/// A notice with its templates.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeView {
    /// What it is.
    pub kind: NoticeKind,
    /// Whether it is sent.
    pub is_on: bool,
    /// Whether it goes on without a budget.
    pub is_important: bool,
    /// What became of those of this month.
    pub counts: Vec<(Outcome, u64)>,
    /// Its templates, one for each account and language.
    pub templates: Vec<TemplateView>,
}

impl NoticeView {
    /// How many had that outcome this month.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> u64 {
        self.counts
            .iter()
            .filter(|(known, _)| *known == outcome)
            .map(|(_, many)| many)
            .sum()
    }

    /// Whether it can reach somebody whose window is closed: some template of it may be sent.
    #[must_use]
    pub fn has_sendable(&self) -> bool {
        self.templates.iter().any(|template| template.facts.is_sendable())
    }
}

/// A template, ours and Meta's.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateView {
    /// The business account.
    pub account: String,
    /// The name at Meta.
    pub name: String,
    /// The language.
    pub language: Language,
    /// What is known of it.
    pub facts: TemplateFacts,
    /// What the office says.
    pub ours: TemplateText,
    /// Whether that is not what Meta has.
    pub differs: bool,
    /// Why it cannot be submitted now.
    pub not_now: Option<NotNow>,
}

/// All notices of an office.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticesView {
    /// Each of them.
    pub notices: Vec<NoticeView>,
    /// From when to when people are told.
    pub day: (Time, Time),
    /// Paid messages to one person in a day and in a month.
    pub person_max: (u32, u32),
    /// What a month may cost.
    pub budget_rupiah: i64,
    /// The month's money.
    pub money: Money,
    /// The numbers of the office with their accounts.
    pub numbers: Vec<(String, Option<String>)>,
    /// What was heard of each account.
    pub accounts: Vec<(String, AccountNews)>,
    /// The month: `2026-11`.
    pub month: String,
    /// Names of those who work here.
    pub staff: Vec<(StaffId, String)>,
    /// When it was read.
    pub at: Timestamp,
}

impl NoticesView {
    /// The notice of that name.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&NoticeView> {
        self.notices.iter().find(|notice| notice.kind.id == id)
    }
}

/// All notices.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn view_notices(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
) -> Result<Result<NoticesView, NoticeTrouble>, Fault> {
    let office = ctx.office.id;
    if who.require(office, Right::Notices).is_err() {
        return Ok(Err(NoticeTrouble::Denied));
    }
    let plan = plan_of(tx, ctx)?.plan;
    let rules = rules(ctx, &plan);
    let (counts, money) = (counts(tx, ctx)?, money(tx, ctx, rules)?);
    let templates = templates(tx, ctx)?;
    let kinds = rules.catalogue.kinds.iter();
    let notices = kinds.map(|kind| NoticeView {
        kind: kind.clone(),
        is_on: rules.is_on(&kind.id),
        is_important: rules.is_important(&kind.id),
        counts: counts
            .iter()
            .filter(|(notice, ..)| *notice == kind.id)
            .map(|(_, outcome, many)| (*outcome, *many))
            .collect(),
        templates: templates
            .iter()
            .filter(|(notice, _)| *notice == kind.id)
            .map(|(_, template)| template.clone())
            .collect(),
    });
    let accounts = ctx.accounts.accounts_of(office).into_iter();
    Ok(Ok(NoticesView {
        notices: notices.collect(),
        day: rules.day(),
        person_max: rules.person_max(),
        budget_rupiah: rules.budget_rupiah(),
        money,
        numbers: ctx
            .accounts
            .of_office(office)
            .into_iter()
            .map(|(number, account)| (number.to_owned(), account.map(str::to_owned)))
            .collect(),
        accounts: accounts
            .map(|account| {
                let news = plan.accounts.get(&account).cloned().unwrap_or_default();
                (account, news)
            })
            .collect(),
        month: month_of(ctx),
        staff: names(tx, ctx)?,
        at: ctx.now,
    }))
}

fn names(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<Vec<(StaffId, String)>, Fault> {
    let rows = tx.list_staff(ctx.office.id, STAFF_MAX)?;
    Ok(rows.into_iter().map(|row| (row.id, row.content.name)).collect())
}

/// Every template that the office needs in its accounts, with the name of its notice.
fn templates(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<Vec<(String, TemplateView)>, Fault> {
    let known = tx.list_templates(ctx.office.id, TEMPLATES_MAX)?;
    let (accounts, wanted) = (ctx.accounts.accounts_of(ctx.office.id), wanted(ctx));
    let mut views = Vec::with_capacity(accounts.len() * wanted.len());
    for wanted in wanted {
        for account in &accounts {
            let row = known.iter().find(|row| {
                row.account == *account && row.name == wanted.name && row.language == wanted.language.code()
            });
            let facts = row.map(|row| row.facts.clone()).unwrap_or_default();
            views.push((
                wanted.notice.clone(),
                TemplateView {
                    account: account.clone(),
                    name: wanted.name.clone(),
                    language: wanted.language,
                    differs: facts.differs_from(&wanted.text),
                    not_now: facts.may_submit(&wanted.text, ctx.now).err(),
                    facts,
                    ours: wanted.text.clone(),
                },
            ));
        }
    }
    Ok(views)
}

/// The money of the month, for whoever is about to spend some.
///
/// # Errors
/// Storage faults only.
pub fn view_money(tx: &mut dyn Tx, ctx: &Context<'_>) -> Result<Money, Fault> {
    let plan = plan_of(tx, ctx)?.plan;
    money(tx, ctx, rules(ctx, &plan))
}

/// Carries out what is wanted.
///
/// # Errors
/// Storage faults; the refusal is a value.
pub fn manage_notices(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    act: &NoticeAct,
) -> Result<Result<(), NoticeTrouble>, Fault> {
    let office = ctx.office.id;
    let right = match act {
        NoticeAct::Decide(_) | NoticeAct::Mark { .. } | NoticeAct::AllowMarketing { .. } => Right::Lead,
        _ => Right::Notices,
    };
    if who.require(office, Right::Notices).is_err() || who.require(office, right).is_err() {
        return Ok(Err(NoticeTrouble::Denied));
    }
    let catalogue = &ctx.content.catalogue_of(office).notices;
    let (done, word, subject) = match act {
        NoticeAct::Switch { notice, is_on } => {
            if catalogue.find(notice).is_none() {
                return Ok(Err(NoticeTrouble::Unknown));
            }
            let word = if *is_on { "notice_on" } else { "notice_off" };
            let change = |plan: &mut NoticePlan| {
                plan.is_on.insert(notice.clone(), *is_on);
            };
            (change_plan(tx, ctx, change).map(Ok)?, word, notice.clone())
        }
        NoticeAct::Mark { notice, is_important } => {
            if catalogue.find(notice).is_none() {
                return Ok(Err(NoticeTrouble::Unknown));
            }
            let word = if *is_important {
                "notice_important"
            } else {
                "notice_not_important"
            };
            let change = |plan: &mut NoticePlan| {
                plan.is_important.insert(notice.clone(), *is_important);
            };
            (change_plan(tx, ctx, change).map(Ok)?, word, notice.clone())
        }
        NoticeAct::Decide(decision) => {
            let subject = format!(
                "{}-{} {}/{} Rp{}",
                decision.day.0.strftime("%H:%M"),
                decision.day.1.strftime("%H:%M"),
                decision.person_max.0,
                decision.person_max.1,
                decision.budget_rupiah
            );
            (decide(tx, ctx, decision)?, "notices_decided", subject)
        }
        NoticeAct::Submit { notice, language } => {
            let subject = format!("{notice} {}", language.code());
            (submit(tx, ctx, who, notice, *language)?, "template_wanted", subject)
        }
        NoticeAct::SubmitAll => match submit_all(tx, ctx, who)? {
            Ok(many) => (Ok(()), "templates_wanted", many.to_string()),
            Err(trouble) => return Ok(Err(trouble)),
        },
        NoticeAct::Compare => {
            if ctx.accounts.accounts_of(office).is_empty() {
                return Ok(Err(NoticeTrouble::NoAccount));
            }
            (Ok(()), "templates_compared", String::new())
        }
        NoticeAct::AllowMarketing { notice, language } => {
            let subject = format!("{notice} {}", language.code());
            (
                allow_marketing(tx, ctx, who, notice, *language)?,
                "template_allowed",
                subject,
            )
        }
    };
    if done.is_ok() {
        tx.insert_act(office, who.staff(), ctx.now, word, &subject)?;
    }
    Ok(done)
}

fn decide(tx: &mut dyn Tx, ctx: &Context<'_>, decision: &Decision) -> Result<Result<(), NoticeTrouble>, Fault> {
    let (from, until) = decision.day;
    if from >= until || from > DAY_FROM_MAX || until < DAY_UNTIL_MIN {
        return Ok(Err(NoticeTrouble::Hours));
    }
    let (day, month) = decision.person_max;
    if day == 0 || day > month || month > PERSON_NOTICES_MAX {
        return Ok(Err(NoticeTrouble::Limits));
    }
    if !(0..=BUDGET_RUPIAH_MAX).contains(&decision.budget_rupiah) {
        return Ok(Err(NoticeTrouble::Budget));
    }
    change_plan(tx, ctx, |plan| {
        plan.day = Some(decision.day);
        plan.person_day_max = Some(day);
        plan.person_month_max = Some(month);
        plan.budget_rupiah = Some(decision.budget_rupiah);
    })?;
    Ok(Ok(()))
}

/// The notice's words in that language, in each account of the office.
fn accounts_with(
    ctx: &Context<'_>,
    notice: &str,
    language: Language,
) -> Result<(Vec<String>, TemplateText), NoticeTrouble> {
    let catalogue = &ctx.content.catalogue_of(ctx.office.id).notices;
    let has_template = catalogue.find(notice).is_some_and(|kind| kind.has_template);
    let wanted = wanted_of(ctx, notice, language).filter(|_| has_template);
    let Some(wanted) = wanted.filter(|_| Language::OF_TEMPLATES.contains(&language)) else {
        return Err(NoticeTrouble::Unknown);
    };
    let accounts = ctx.accounts.accounts_of(ctx.office.id);
    if accounts.is_empty() {
        return Err(NoticeTrouble::NoAccount);
    }
    Ok((accounts, wanted.text))
}

fn submit(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    notice: &str,
    language: Language,
) -> Result<Result<(), NoticeTrouble>, Fault> {
    let (accounts, text) = match accounts_with(ctx, notice, language) {
        Ok(found) => found,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let name = crate::send_notice::template_name(notice);
    let mut done = Err(NoticeTrouble::Nothing);
    for account in accounts {
        let mut row = row_of(tx, ctx.office.id, &account, &name, language.code())?;
        match row.facts.may_submit(&text, ctx.now) {
            Ok(()) => {
                row.facts.want(who.staff().0, ctx.now);
                save(tx, ctx.office.id, row)?;
                done = Ok(());
            }
            Err(not_now) if done.is_err() => done = Err(NoticeTrouble::NotNow(not_now)),
            Err(_) => {}
        }
    }
    Ok(done)
}

fn submit_all(tx: &mut dyn Tx, ctx: &Context<'_>, who: &Officer) -> Result<Result<usize, NoticeTrouble>, Fault> {
    if ctx.accounts.accounts_of(ctx.office.id).is_empty() {
        return Ok(Err(NoticeTrouble::NoAccount));
    }
    let mut many = 0;
    for wanted in wanted(ctx) {
        if submit(tx, ctx, who, &wanted.notice, wanted.language)?.is_ok() {
            many += 1;
        }
    }
    Ok(if many == 0 {
        Err(NoticeTrouble::Nothing)
    } else {
        Ok(many)
    })
}

fn allow_marketing(
    tx: &mut dyn Tx,
    ctx: &Context<'_>,
    who: &Officer,
    notice: &str,
    language: Language,
) -> Result<Result<(), NoticeTrouble>, Fault> {
    let (accounts, _) = match accounts_with(ctx, notice, language) {
        Ok(found) => found,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let name = crate::send_notice::template_name(notice);
    let mut done = Err(NoticeTrouble::Nothing);
    for account in accounts {
        let mut row = row_of(tx, ctx.office.id, &account, &name, language.code())?;
        if row.facts.is_in_wrong_category() {
            row.facts.allow_marketing(who.staff().0, ctx.now);
            save(tx, ctx.office.id, row)?;
            done = Ok(());
        }
    }
    Ok(done)
}
