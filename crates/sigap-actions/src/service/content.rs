//! The content of an office as the edges call it: editing, trying, publishing, and noticing what was published elsewhere.

use std::sync::Arc;

use sigap_content::Content;
use sigap_core::ids::{ContentScriptId, ContentVersionId, OfficeId};
use sigap_core::staff::Right;
use sigap_store::{Fault, read};

use super::Service;
use crate::authority::Officer;
use crate::content_scripts::{ScriptRow, delete_script, save_script, view_scripts};
use crate::content_version::Versions;
use crate::edit_content::{
    Change, ContentVersionHead, DraftDeed, EditRefusal, Preview, Workbench, check_change, keep_change, layer,
    move_draft, preview_change, refuse, view_workbench,
};
use crate::live_content::{Live, find_editions};
use crate::publish_content::{Difference, Trial, compare, find_published, publish, restore, try_overlay, view_history};
use crate::try_chat::{ChatScript, TriedTurn, try_chat};
use crate::unclear::{Teaching, UnclearGroup, teach, view_unclear};

impl Service {
    /// Content as it is published, with what was left out of it.
    #[must_use]
    pub fn live(&self) -> Arc<Live> {
        self.live.newest()
    }

    /// The files under the changes of all offices.
    #[must_use]
    pub fn base_content(&self) -> &Content {
        self.live.base()
    }

    /// Looks whether an office published something, here or in another process, or whether a fact has to be looked at again; then
    /// everybody in this process reads the newest content. Whether it changed.
    ///
    /// # Errors
    /// Storage faults; content then stays as it is.
    pub async fn refresh_content(&self, offices: &[OfficeId]) -> Result<bool, Fault> {
        let newest = self.live.newest();
        let now = self.clock.now();
        let mut offices: Vec<OfficeId> = offices.iter().chain(newest.editions.keys()).copied().collect();
        offices.sort_unstable();
        offices.dedup();
        let base = Arc::clone(self.live.base());
        let known = Arc::clone(&newest);
        let found = read(&*self.store, move |tx| {
            let editions = find_editions(tx, &offices)?;
            if known.is_current(&editions, now) {
                return Ok(None);
            }
            Live::read(tx, &base, editions, now).map(Some)
        })
        .await?;
        let Some(live) = found else { return Ok(false) };
        for patch in &live.broken {
            tracing::warn!(office = patch.office.0, entry = %patch.key, "a published change does not fit the content any more");
        }
        for office in &live.unreadable {
            tracing::error!(
                office = office.0,
                "the published changes cannot be read; the files count"
            );
        }
        let changed: Vec<OfficeId> = live
            .editions
            .iter()
            .filter(|(office, edition)| newest.editions.get(office) != Some(edition))
            .map(|(office, _)| *office)
            .collect();
        if !self.live.take(live) {
            return Ok(false);
        }
        for office in changed {
            self.ensure_openings(office).await?;
        }
        Ok(true)
    }

    /// Everything that the pages of the editor show.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_workbench(
        &self,
        office: OfficeId,
        who: Officer,
    ) -> Result<Result<Workbench, EditRefusal>, Fault> {
        let base = Arc::clone(self.live.base());
        self.look(office, move |tx, ctx| view_workbench(tx, ctx, &base, &who))
            .await
    }

    /// What a form would make of the draft, before it is sent.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn preview_change(
        &self,
        office: OfficeId,
        who: Officer,
        change: Change,
    ) -> Result<Result<Preview, EditRefusal>, Fault> {
        let base = Arc::clone(self.live.base());
        self.look(office, move |tx, ctx| preview_change(tx, ctx, &base, &who, &change))
            .await
    }

    /// Changes an entry in the draft.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn change_entry(
        &self,
        office: OfficeId,
        who: Officer,
        change: Change,
    ) -> Result<Result<(), EditRefusal>, Fault> {
        let (base, officer, wish) = (Arc::clone(self.live.base()), who.clone(), change.clone());
        // Looking takes a while, and citizens' turns must not wait for it: the write below only compares.
        let checked = self
            .look(office, move |tx, ctx| check_change(tx, ctx, &base, &officer, &wish))
            .await?;
        if let Err(refusal) = checked {
            return Ok(Err(refusal));
        }
        let base = Arc::clone(self.live.base());
        self.act(office, move |tx, ctx| keep_change(tx, ctx, &base, &who, &change))
            .await
    }

    /// Hands a draft in, takes it back, gives it back, throws it away.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn move_draft(
        &self,
        office: OfficeId,
        who: Officer,
        revision: u32,
        deed: DraftDeed,
    ) -> Result<Result<(), EditRefusal>, Fault> {
        self.act(office, move |tx, ctx| move_draft(tx, ctx, &who, revision, &deed))
            .await
    }

    /// What would go wrong if the draft were published, and what would be different.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn try_draft(&self, office: OfficeId, who: Officer) -> Result<Result<Trial, EditRefusal>, Fault> {
        let base = Arc::clone(self.live.base());
        self.look(office, move |tx, ctx| {
            if let Some(refusal) = refuse(ctx, &who, Right::Content) {
                return Ok(Err(refusal));
            }
            let versions = Versions::find(tx, ctx)?;
            try_overlay(tx, ctx, &base, versions.draft(), &versions.published).map(Ok)
        })
        .await
    }

    /// What was not understood, by what it speaks of.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_unclear(
        &self,
        office: OfficeId,
        who: Officer,
    ) -> Result<Result<Vec<UnclearGroup>, EditRefusal>, Fault> {
        self.look(office, move |tx, ctx| view_unclear(tx, ctx, &who)).await
    }

    /// Teaches what messages mean, or drops them.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn teach(
        &self,
        office: OfficeId,
        who: Officer,
        ids: Vec<i64>,
        teaching: Teaching,
    ) -> Result<Result<(), EditRefusal>, Fault> {
        let base = Arc::clone(self.live.base());
        self.act(office, move |tx, ctx| teach(tx, ctx, &base, &who, &ids, &teaching))
            .await
    }

    /// Publishes the draft, when nothing would go wrong; the number of its edition.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn publish_draft(
        &self,
        office: OfficeId,
        who: Officer,
        revision: u32,
    ) -> Result<Result<u32, EditRefusal>, Fault> {
        let trial = match self.try_draft(office, who.clone()).await? {
            Ok(trial) => trial,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let base = Arc::clone(self.live.base());
        let published = self
            .act(office, move |tx, ctx| publish(tx, ctx, &base, &who, revision, &trial))
            .await?;
        self.refresh_content(&[office]).await?;
        Ok(published)
    }

    /// Publishes an earlier edition again, when nothing would go wrong.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn restore_edition(
        &self,
        office: OfficeId,
        who: Officer,
        id: ContentVersionId,
    ) -> Result<Result<u32, EditRefusal>, Fault> {
        let (base, officer) = (Arc::clone(self.live.base()), who.clone());
        let trial = self
            .look(office, move |tx, ctx| {
                if let Some(refusal) = refuse(ctx, &officer, Right::Publish) {
                    return Ok(Err(refusal));
                }
                let Some((_, content)) = find_published(tx, ctx.office.id, id)? else {
                    return Ok(Err(EditRefusal::Unknown));
                };
                let versions = Versions::find(tx, ctx)?;
                try_overlay(tx, ctx, &base, &content.overlay, &versions.published).map(Ok)
            })
            .await?;
        let trial = match trial {
            Ok(trial) => trial,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let base = Arc::clone(self.live.base());
        let restored = self
            .act(office, move |tx, ctx| restore(tx, ctx, &base, &who, id, &trial))
            .await?;
        self.refresh_content(&[office]).await?;
        Ok(restored)
    }

    /// Versions of an office, the newest first.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_content_history(
        &self,
        office: OfficeId,
        who: Officer,
    ) -> Result<Result<Vec<ContentVersionHead>, EditRefusal>, Fault> {
        self.look(office, move |tx, ctx| view_history(tx, ctx, &who)).await
    }

    /// What is different between two versions; `None` for the first means the files alone.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn compare_content(
        &self,
        office: OfficeId,
        who: Officer,
        versions: [Option<ContentVersionId>; 2],
    ) -> Result<Result<Vec<Difference>, EditRefusal>, Fault> {
        let base = Arc::clone(self.live.base());
        self.look(office, move |tx, ctx| compare(tx, ctx, &base, &who, versions))
            .await
    }

    /// Conversations with which an office tries its content.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_scripts(
        &self,
        office: OfficeId,
        who: Officer,
    ) -> Result<Result<Vec<ScriptRow>, EditRefusal>, Fault> {
        self.look(office, move |tx, ctx| view_scripts(tx, ctx, &who)).await
    }

    /// Keeps a conversation: a new one, or the one of that id as its revision was seen.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn save_script(
        &self,
        office: OfficeId,
        who: Officer,
        known: Option<(ContentScriptId, u32)>,
        script: ChatScript,
    ) -> Result<Result<ContentScriptId, EditRefusal>, Fault> {
        self.act(office, move |tx, ctx| save_script(tx, ctx, &who, known, &script))
            .await
    }

    /// Forgets a conversation.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn delete_script(
        &self,
        office: OfficeId,
        who: Officer,
        id: ContentScriptId,
    ) -> Result<Result<(), EditRefusal>, Fault> {
        self.act(office, move |tx, ctx| delete_script(tx, ctx, &who, id)).await
    }

    /// Tries one conversation on the draft.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn try_script(
        &self,
        office: OfficeId,
        who: Officer,
        script: ChatScript,
    ) -> Result<Result<Vec<TriedTurn>, EditRefusal>, Fault> {
        let base = Arc::clone(self.live.base());
        self.look(office, move |tx, ctx| {
            if let Some(refusal) = refuse(ctx, &who, Right::Content) {
                return Ok(Err(refusal));
            }
            let versions = Versions::find(tx, ctx)?;
            let (draft, _) = layer(&base, ctx.office.id, versions.draft(), ctx.now);
            let Some(changed) = draft.office(ctx.office.id) else {
                return Ok(Err(EditRefusal::Unknown));
            };
            Ok(Ok(try_chat(&draft, changed, &script, ctx.now, ctx.step)))
        })
        .await
    }

    /// The office's file with its published changes in it; with what does not fit.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn export_content(&self, office: OfficeId) -> Result<Option<String>, Fault> {
        let base = Arc::clone(self.live.base());
        self.look(office, move |tx, ctx| {
            let versions = Versions::find(tx, ctx)?;
            Ok(base.office_file(ctx.office.id, &versions.published))
        })
        .await
    }

    /// Published conversations that do not go as they should, and entries of the published edition with problems; for commands.
    ///
    /// # Errors
    /// Storage faults only.
    pub async fn try_published(&self, office: OfficeId) -> Result<Trial, Fault> {
        let base = Arc::clone(self.live.base());
        self.look(office, move |tx, ctx| {
            let versions = Versions::find(tx, ctx)?;
            try_overlay(tx, ctx, &base, &versions.published, &versions.published)
        })
        .await
    }
}
