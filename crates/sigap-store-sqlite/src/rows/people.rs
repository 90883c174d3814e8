//! People and their identifiers on SQLite.

use jiff::Timestamp;
use rusqlite::params;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_core::person::Contact;
use sigap_store::Fault;
use sigap_store::tx::{OwnData, People};

use crate::transaction::{SqliteTx, place, to_row};

const CONTACT: &str = "person.contact";

/// The identifiers of a contact in the order in which they are believed.
fn identifiers(contact: &Contact) -> impl Iterator<Item = (&'static str, &str)> {
    [
        ("bsuid", &contact.bsuid),
        ("parent", &contact.parent_bsuid),
        ("phone", &contact.phone),
    ]
    .into_iter()
    .filter_map(|(kind, value)| Some((kind, value.as_deref()?)))
}

impl SqliteTx<'_> {
    fn find_identity(&mut self, office: OfficeId, kind: &str, value: &str) -> Result<Option<PersonId>, Fault> {
        let key = self.blind(kind, value);
        self.find(
            "SELECT person_id FROM identity WHERE office_id = ?1 AND kind = ?2 AND value_key = ?3",
            params![office.0, kind, key],
            |row| row.get(0).map(PersonId),
        )
    }

    fn attach(&mut self, office: OfficeId, person: PersonId, contact: &Contact, now: Timestamp) -> Result<(), Fault> {
        for (kind, value) in identifiers(contact) {
            let key = self.blind(kind, value);
            self.run(
                "INSERT INTO identity (office_id, kind, value_key, person_id, since_at)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (office_id, kind, value_key) DO NOTHING",
                params![office.0, kind, key, person.0, to_row(now)],
            )?;
        }
        Ok(())
    }

    /// The hand that writes may be another one (a phone number is given out anew): it has to prove itself again.
    fn end_bindings(&self, office: OfficeId, person: PersonId) -> Result<(), Fault> {
        self.run(
            "DELETE FROM binding WHERE office_id = ?1 AND person_id = ?2",
            params![office.0, person.0],
        )?;
        // What was wished under the old number is news for nobody else.
        self.run(
            "DELETE FROM follow WHERE office_id = ?1 AND person_id = ?2",
            params![office.0, person.0],
        )?;
        Ok(())
    }

    fn sealed_contact(&self, office: OfficeId, person: PersonId) -> Result<Option<Vec<u8>>, Fault> {
        self.find(
            "SELECT contact FROM person WHERE office_id = ?1 AND person_id = ?2",
            params![office.0, person.0],
            |row| row.get(0),
        )
    }

    /// Where a message goes. A person without contact was erased, and nothing is sent there.
    pub(super) fn contact_to_write(&mut self, office: OfficeId, person: PersonId) -> Result<Contact, Fault> {
        match self.sealed_contact(office, person)? {
            Some(sealed) => self.open(place(office, person, &[], CONTACT), &sealed),
            None => Ok(Contact::default()),
        }
    }

    /// The contact of a person who was found by an identifier. One whose key was destroyed was erased before this copy of the database was
    /// put back: it is erased again, and whoever writes is a stranger.
    fn find_known(&mut self, office: OfficeId, person: PersonId, now: Timestamp) -> Result<Option<Contact>, Fault> {
        let known = self.find_contact(office, person)?;
        if known.is_none() {
            self.erase_person(office, person, now)?;
        }
        Ok(known)
    }

    fn save_contact(&mut self, office: OfficeId, person: PersonId, contact: &Contact) -> Result<(), Fault> {
        let sealed = self.seal(place(office, person, &[], CONTACT), contact)?;
        self.run(
            "UPDATE person SET contact = ?3 WHERE office_id = ?1 AND person_id = ?2",
            params![office.0, person.0, sealed],
        )?;
        Ok(())
    }
}

impl People for SqliteTx<'_> {
    fn find_person(&mut self, office: OfficeId, contact: &Contact) -> Result<Option<PersonId>, Fault> {
        for (kind, value) in identifiers(contact) {
            if let Some(person) = self.find_identity(office, kind, value)? {
                return Ok(Some(person));
            }
        }
        Ok(None)
    }

    fn ensure_person(
        &mut self,
        office: OfficeId,
        contact: &Contact,
        new_id: PersonId,
        now: Timestamp,
    ) -> Result<PersonId, Fault> {
        while let Some(person) = self.find_person(office, contact)? {
            let Some(known) = self.find_known(office, person, now)? else {
                continue;
            };
            let merged = known.updated_by(contact);
            if known.bsuid.is_some() && merged.bsuid != known.bsuid {
                self.end_bindings(office, person)?;
            }
            if merged != known {
                self.attach(office, person, contact, now)?;
                self.save_contact(office, person, &merged)?;
            }
            return Ok(person);
        }
        let sealed = self.seal(place(office, new_id, &[], CONTACT), contact)?;
        self.run(
            "INSERT INTO person (office_id, person_id, contact, is_opted_out, created_at)
             VALUES (?1, ?2, ?3, 0, ?4)",
            params![office.0, new_id.0, sealed, to_row(now)],
        )?;
        self.attach(office, new_id, contact, now)?;
        Ok(new_id)
    }

    fn hold_person(&mut self, office: OfficeId, person: PersonId) -> Result<bool, Fault> {
        // There is one writer: whoever runs holds everybody.
        let found = self.find(
            "SELECT 1 FROM person WHERE office_id = ?1 AND person_id = ?2",
            params![office.0, person.0],
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }

    fn find_contact(&mut self, office: OfficeId, person: PersonId) -> Result<Option<Contact>, Fault> {
        match self.sealed_contact(office, person)? {
            Some(sealed) => self.open_kept(place(office, person, &[], CONTACT), &sealed),
            None => Ok(None),
        }
    }

    fn move_person(
        &mut self,
        office: OfficeId,
        previous: &Contact,
        current: &Contact,
        now: Timestamp,
    ) -> Result<Option<PersonId>, Fault> {
        let (person, known) = loop {
            let Some(person) = self.find_person(office, previous)? else {
                return Ok(None);
            };
            if let Some(known) = self.find_known(office, person, now)? {
                break (person, known);
            }
        };
        for (kind, value) in identifiers(previous) {
            if identifiers(current).any(|now_known| now_known == (kind, value)) {
                continue;
            }
            let key = self.blind(kind, value);
            self.run(
                "DELETE FROM identity WHERE office_id = ?1 AND kind = ?2 AND value_key = ?3 AND person_id = ?4",
                params![office.0, kind, key, person.0],
            )?;
        }
        self.attach(office, person, current, now)?;
        self.save_contact(office, person, &known.moved_to(previous, current))?;
        self.end_bindings(office, person)?;
        Ok(Some(person))
    }

    fn set_opt_out(&mut self, office: OfficeId, person: PersonId, is_opted_out: bool) -> Result<(), Fault> {
        self.run(
            "UPDATE person SET is_opted_out = ?3 WHERE office_id = ?1 AND person_id = ?2",
            params![office.0, person.0, is_opted_out],
        )?;
        Ok(())
    }

    fn has_opted_out(&mut self, office: OfficeId, person: PersonId) -> Result<bool, Fault> {
        let found = self.find(
            "SELECT is_opted_out FROM person WHERE office_id = ?1 AND person_id = ?2",
            params![office.0, person.0],
            |row| row.get(0),
        )?;
        Ok(found.unwrap_or(false))
    }
}
