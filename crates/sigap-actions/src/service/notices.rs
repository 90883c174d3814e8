//! Notices and their templates as the edges call them.

use sigap_core::ids::OfficeId;
use sigap_core::notices::budget::Money;
use sigap_core::notices::template::RemoteTemplate;
use sigap_store::Fault;

use super::Service;
use crate::authority::Officer;
use crate::keep_templates::{
    Submission, TemplateNews, begin_submission, compare_templates, end_submission, hear_of_template,
};
use crate::manage_notices::{NoticeAct, NoticeTrouble, NoticesView, manage_notices, view_money, view_notices};

impl Service {
    /// All notices of an office.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_notices(
        &self,
        office: OfficeId,
        who: Officer,
    ) -> Result<Result<NoticesView, NoticeTrouble>, Fault> {
        self.look(office, move |tx, ctx| view_notices(tx, ctx, &who)).await
    }

    /// The money of the month.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn view_money(&self, office: OfficeId) -> Result<Money, Fault> {
        self.look(office, |tx, ctx| view_money(tx, ctx)).await
    }

    /// Changes something about notices.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn manage_notices(
        &self,
        office: OfficeId,
        who: Officer,
        act: NoticeAct,
    ) -> Result<Result<(), NoticeTrouble>, Fault> {
        let (is_submission, is_comparison) = (
            matches!(act, NoticeAct::Submit { .. } | NoticeAct::SubmitAll),
            act == NoticeAct::Compare,
        );
        let done = self
            .act(office, move |tx, ctx| manage_notices(tx, ctx, &who, &act))
            .await?;
        if done.is_ok() && is_submission {
            self.clerk.submit();
        }
        if done.is_ok() && is_comparison {
            self.clerk.compare();
        }
        Ok(done)
    }

    /// The next call to Meta that somebody wants.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn begin_submission(&self, office: OfficeId) -> Result<Option<Submission>, Fault> {
        self.act(office, |tx, ctx| begin_submission(tx, ctx)).await
    }

    /// How that call ended.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn end_submission(
        &self,
        office: OfficeId,
        submission: Submission,
        ended: Result<RemoteTemplate, String>,
    ) -> Result<(), Fault> {
        self.act(office, move |tx, ctx| end_submission(tx, ctx, &submission, &ended))
            .await
    }

    /// Compares with all that Meta has in an account, at every office that has a number there.
    ///
    /// # Errors
    /// Storage faults only; the offices before the fault are compared.
    pub async fn compare_templates(
        &self,
        account: &str,
        told: &Result<Vec<RemoteTemplate>, String>,
    ) -> Result<usize, Fault> {
        let mut changed = 0;
        for office in self.accounts.offices(account) {
            let (account, told) = (account.to_owned(), told.clone());
            changed += self
                .act(office, move |tx, ctx| compare_templates(tx, ctx, &account, &told))
                .await?;
        }
        Ok(changed)
    }

    /// Takes over what a webhook tells of a template of an account.
    ///
    /// # Errors
    /// Storage faults; the channel must then deliver again.
    pub async fn hear_of_template(&self, account: &str, news: &TemplateNews) -> Result<(), Fault> {
        let mut is_known = true;
        for office in self.accounts.offices(account) {
            let (account, news) = (account.to_owned(), news.clone());
            is_known &= self
                .act(office, move |tx, ctx| hear_of_template(tx, ctx, &account, &news))
                .await?;
        }
        if !is_known {
            self.clerk.compare();
        }
        Ok(())
    }
}
