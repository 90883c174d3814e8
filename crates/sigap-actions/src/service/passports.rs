//! Finished passports as the console calls them.

use sigap_core::ids::{ApplicationNumber, OfficeId};
use sigap_store::Fault;

use super::Service;
use crate::authority::Officer;
use crate::hand_over_passport::{
    PassportRefusal, PassportView, ShelfView, find_passport, hand_over_passport, shelve_passport, view_shelf,
};

/// What is done with a passport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PassportDeed {
    /// Look at it.
    Find,
    /// Say where it lies.
    Shelve {
        /// Where, in the office's own words.
        shelf: String,
    },
    /// Hand it over.
    HandOver {
        /// The way, by its id in the catalogue.
        by: String,
        /// Who signs, when that is not the owner.
        taker: String,
    },
}

impl Service {
    /// Does something with a passport.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn with_passport(
        &self,
        office: OfficeId,
        who: Officer,
        number: ApplicationNumber,
        deed: PassportDeed,
    ) -> Result<Result<PassportView, PassportRefusal>, Fault> {
        self.act(office, move |tx, ctx| match &deed {
            PassportDeed::Find => find_passport(tx, ctx, &who, &number),
            PassportDeed::Shelve { shelf } => shelve_passport(tx, ctx, &who, &number, shelf),
            PassportDeed::HandOver { by, taker } => hand_over_passport(tx, ctx, &who, &number, by, taker),
        })
        .await
    }

    /// What on the shelf needs somebody.
    ///
    /// # Errors
    /// Storage faults; the refusal is a value.
    pub async fn view_shelf(
        &self,
        office: OfficeId,
        who: Officer,
    ) -> Result<Result<ShelfView, PassportRefusal>, Fault> {
        self.look(office, move |tx, ctx| view_shelf(tx, ctx, &who)).await
    }
}
