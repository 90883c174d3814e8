//! Templates of the configured numbers, by what is stored of them: what is missing, rejected, paused, and what to do.

use std::collections::BTreeMap;

use sigap_actions::ports::Accounts;
use sigap_actions::send_notice::template_name;
use sigap_content::Content;
use sigap_core::ids::OfficeId;
use sigap_core::language::Language;
use sigap_core::limits::TEMPLATES_MAX;
use sigap_core::notices::template::{TemplateFacts, TemplateState};
use sigap_store::records::{PlanRow, TemplateRow};
use sigap_store::{Fault, Store, read};

use super::Finding;

/// One finding for each office that has a number.
pub(super) async fn look(
    store: &dyn Store,
    content: &Content,
    accounts: &Accounts,
    offices: &[OfficeId],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for office in offices {
        let office = *office;
        let known = read(store, move |tx| {
            let plan = tx.find_notice_plan(office)?.unwrap_or_default();
            Ok((tx.list_templates(office, TEMPLATES_MAX)?, plan))
        });
        findings.push(finding(content, accounts, office, known.await));
    }
    findings
}

fn finding(
    content: &Content,
    accounts: &Accounts,
    office: OfficeId,
    known: Result<(Vec<TemplateRow>, PlanRow), Fault>,
) -> Finding {
    let slug = content.office(office).map_or("?", |office| office.slug.as_str());
    let (rows, plan) = match known {
        Ok(known) => known,
        Err(fault) => return Finding::Wrong(format!("{slug}: {fault}")),
    };
    let numbers = accounts.of_office(office);
    if let Some((number, _)) = numbers.iter().find(|(_, account)| account.is_none()) {
        return Finding::Wrong(format!(
            "{slug}: the number {number} has no `waba_id`; nobody is told anything outside the 24-hour window. Set it in \
             `[[whatsapp.number]]`"
        ));
    }
    let mut troubles: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut fine = 0_usize;
    for account in accounts.accounts_of(office) {
        let news = plan.plan.accounts.get(&account);
        if let Some(problem) = news.and_then(|news| news.problem.as_ref()) {
            return Finding::Wrong(format!(
                "{slug}: Meta does not tell the templates of account {account}: {problem}. Does the system user have \
                 `whatsapp_business_management`?"
            ));
        }
        if news.and_then(|news| news.compared_at).is_none() {
            return Finding::Look(format!(
                "{slug}: the templates of account {account} were never compared with Meta; `serve` does it when it starts"
            ));
        }
        for kind in content.catalogue_of(office).notices.with_template() {
            for language in Language::OF_TEMPLATES {
                let name = template_name(&kind.id);
                let row = rows
                    .iter()
                    .find(|row| row.account == account && row.name == name && row.language == language.code());
                match row.map_or(Some("not submitted".to_owned()), |row| trouble(&row.facts)) {
                    None => fine += 1,
                    Some(trouble) => troubles
                        .entry(trouble)
                        .or_default()
                        .push(format!("{name} ({})", language.code())),
                }
            }
        }
    }
    if troubles.is_empty() {
        return Finding::Fine(format!("{slug}: {fine} templates are approved"));
    }
    let told: Vec<String> = troubles
        .iter()
        .map(|(trouble, names)| format!("{trouble}: {}", names.join(", ")))
        .collect();
    let text = format!(
        "{slug}: {fine} templates are approved; {}. See /staff/{slug}/pemberitahuan",
        told.join("; ")
    );
    let is_bad = troubles
        .keys()
        .any(|trouble| trouble != "not submitted" && trouble != "pending");
    if is_bad {
        Finding::Wrong(text)
    } else {
        Finding::Look(text)
    }
}

/// Why a template cannot be sent; `None` when it can.
fn trouble(facts: &TemplateFacts) -> Option<String> {
    if facts.is_sendable() {
        return None;
    }
    let reason = facts
        .reason
        .as_deref()
        .map(|reason| format!(" ({reason})"))
        .unwrap_or_default();
    Some(match facts.state {
        TemplateState::NotSubmitted => "not submitted".into(),
        TemplateState::Pending => "pending".into(),
        TemplateState::Rejected => format!("rejected{reason}"),
        TemplateState::Paused => format!("paused by Meta{reason}"),
        TemplateState::Disabled => format!("disabled by Meta{reason}"),
        TemplateState::Approved if facts.is_in_wrong_category() => {
            format!("moved to {}, the head of the office decides", facts.category)
        }
        TemplateState::Approved => "the words at Meta are not ours".into(),
    })
}

#[cfg(test)]
mod tests;
