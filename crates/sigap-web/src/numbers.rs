//! Which business number belongs to which office.

use std::collections::HashMap;

use sigap_core::ids::OfficeId;

/// The business numbers of this installation, by Meta's `phone_number_id`.
#[derive(Debug, Clone, Default)]
pub struct Numbers(HashMap<String, OfficeId>);

impl Numbers {
    /// The office that answers on this number.
    #[must_use]
    pub fn office(&self, phone_number_id: &str) -> Option<OfficeId> {
        self.0.get(phone_number_id).copied()
    }

    /// The offices that have a number, each once.
    #[must_use]
    pub fn offices(&self) -> Vec<OfficeId> {
        let mut offices: Vec<_> = self.0.values().copied().collect();
        offices.sort_unstable();
        offices.dedup();
        offices
    }

    /// The number by which an office writes to somebody who has not written to it: always the same one, where it has several.
    #[must_use]
    pub fn line(&self, office: OfficeId) -> Option<&str> {
        let lines = self.0.iter().filter(|(_, known)| **known == office);
        lines.map(|(number, _)| number.as_str()).min()
    }
}

impl FromIterator<(String, OfficeId)> for Numbers {
    fn from_iter<T: IntoIterator<Item = (String, OfficeId)>>(numbers: T) -> Self {
        Self(numbers.into_iter().collect())
    }
}
