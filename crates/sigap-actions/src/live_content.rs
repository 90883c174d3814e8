//! The content that citizens read now, shared by everything in this process, and how a newer edition is noticed.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use sigap_content::overlay::Overlay;
use sigap_content::{BrokenPatch, Content};
use sigap_core::ids::OfficeId;
use sigap_store::{Fault, Tx};

use crate::content_version::VersionContent;

/// Content as it is published.
#[derive(Debug)]
pub struct Live {
    /// What citizens read.
    pub content: Content,
    /// The editions in it.
    pub editions: BTreeMap<OfficeId, u32>,
    /// Published changes that do not fit the files any more and were left out.
    pub broken: Vec<BrokenPatch>,
    /// Offices whose published version cannot be read at all.
    pub unreadable: Vec<OfficeId>,
    good_until: Option<Timestamp>,
}

/// Content for one holder: a clone keeps what was published when it was made, so that one request reads one edition; whoever works
/// for long asks for the `newest`.
#[derive(Debug)]
pub(crate) struct LiveContent {
    base: Arc<Content>,
    newest: Arc<RwLock<Arc<Live>>>,
    at_hand: Arc<Live>,
}

impl Clone for LiveContent {
    fn clone(&self) -> Self {
        Self {
            base: Arc::clone(&self.base),
            newest: Arc::clone(&self.newest),
            at_hand: self.newest(),
        }
    }
}

impl LiveContent {
    /// The files alone.
    pub(crate) fn new(base: Arc<Content>) -> Self {
        let live = Arc::new(Live {
            content: (*base).clone(),
            editions: BTreeMap::new(),
            broken: Vec::new(),
            unreadable: Vec::new(),
            good_until: None,
        });
        Self {
            base,
            newest: Arc::new(RwLock::new(Arc::clone(&live))),
            at_hand: live,
        }
    }

    /// What lies under the changes of all offices.
    pub(crate) const fn base(&self) -> &Arc<Content> {
        &self.base
    }

    /// What was published when this clone was made.
    pub(crate) fn at_hand(&self) -> &Live {
        &self.at_hand
    }

    /// What is published now.
    pub(crate) fn newest(&self) -> Arc<Live> {
        Arc::clone(&self.newest.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes newer content in; false when somebody took in a newer edition meanwhile.
    pub(crate) fn take(&self, live: Live) -> bool {
        let mut newest = self.newest.write().unwrap_or_else(PoisonError::into_inner);
        let is_older = newest
            .editions
            .iter()
            .any(|(office, edition)| live.editions.get(office).is_none_or(|taken| taken < edition));
        if is_older {
            return false;
        }
        *newest = Arc::new(live);
        true
    }
}

impl Live {
    /// Whether it is still what citizens should read.
    pub(crate) fn is_current(&self, editions: &BTreeMap<OfficeId, u32>, now: Timestamp) -> bool {
        self.editions == *editions && self.good_until.is_none_or(|until| now < until)
    }

    /// Reads the published changes of offices and lays them over the files.
    ///
    /// # Errors
    /// Storage faults only: changes that cannot be used are left out and named.
    pub(crate) fn read(
        tx: &mut dyn Tx,
        base: &Content,
        editions: BTreeMap<OfficeId, u32>,
        now: Timestamp,
    ) -> Result<Self, Fault> {
        let mut overlays: BTreeMap<OfficeId, Overlay> = BTreeMap::new();
        let mut unreadable = Vec::new();
        for office in editions.keys() {
            let Some(row) = tx.find_content_published(*office)? else {
                continue;
            };
            match VersionContent::from_stored(&row.content) {
                Ok(content) => drop(overlays.insert(*office, content.overlay)),
                Err(_) => unreadable.push(*office),
            }
        }
        let layered = base.layered(&overlays, now);
        // Here, where nobody waits for it, and not when the next message comes.
        layered.content.learn();
        Ok(Self {
            content: layered.content,
            editions,
            broken: layered.broken,
            unreadable,
            good_until: layered.good_until,
        })
    }
}

/// The newest edition of each office that has one.
///
/// # Errors
/// Storage faults only.
pub(crate) fn find_editions(tx: &mut dyn Tx, offices: &[OfficeId]) -> Result<BTreeMap<OfficeId, u32>, Fault> {
    let mut editions = BTreeMap::new();
    for office in offices {
        if let Some(edition) = tx.find_content_edition(*office)? {
            editions.insert(*office, edition);
        }
    }
    Ok(editions)
}
