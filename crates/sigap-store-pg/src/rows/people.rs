//! People and their identifiers on PostgreSQL. The row of a person is the lock on all that is theirs.

use jiff::Timestamp;
use sigap_core::ids::{OfficeId, PersonId};
use sigap_core::limits::MERGE_MAX;
use sigap_core::person::Contact;
use sigap_store::Fault;
use sigap_store::tx::{OwnData, People};

use crate::rows::{conversations, outbox};
use crate::transaction::{PersonAhead, PgTx, limit, owned, place, to_row};

const CONTACT: &str = "person.contact";

const ATTACH: &str = "INSERT INTO identity (office_id, kind, value_key, person_id, since_at)
     SELECT $1, kind, value_key, $2, $3
     FROM UNNEST($4::TEXT[], $5::BYTEA[]) AS given (kind, value_key)
     ON CONFLICT (office_id, kind, value_key) DO NOTHING";

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

/// Identifiers as two columns of one statement.
struct Columns {
    kinds: Vec<&'static str>,
    keys: Vec<Vec<u8>>,
}

impl PgTx<'_> {
    fn columns(&self, contact: &Contact) -> Columns {
        let (kinds, keys) = identifiers(contact)
            .map(|(kind, value)| (kind, self.blind(kind, value).to_vec()))
            .unzip();
        Columns { kinds, keys }
    }

    /// Gives a person those of these identifiers that belong to nobody.
    fn attach(&mut self, office: OfficeId, person: PersonId, contact: &Contact, now: Timestamp) -> Result<(), Fault> {
        let Columns { kinds, keys } = self.columns(contact);
        self.run_later(ATTACH, owned![office.0, person.0, to_row(now), kinds, keys])
    }

    /// The hand that writes may be another one (a phone number is given out anew): it has to prove itself again.
    fn end_bindings(&mut self, office: OfficeId, person: PersonId) -> Result<(), Fault> {
        self.run_later(
            "DELETE FROM binding WHERE office_id = $1 AND person_id = $2",
            owned![office.0, person.0],
        )?;
        // What was wished under the old number is news for nobody else.
        self.run_later(
            "DELETE FROM follow WHERE office_id = $1 AND person_id = $2",
            owned![office.0, person.0],
        )
    }

    fn save_contact(&mut self, office: OfficeId, person: PersonId, contact: &Contact) -> Result<(), Fault> {
        let sealed = self.seal(place(office, person, &[], CONTACT), contact)?;
        self.run_later(
            "UPDATE person SET contact = $3 WHERE office_id = $1 AND person_id = $2",
            owned![office.0, person.0, sealed],
        )
    }

    /// The contact of a person who was found by an identifier and is held from here on. Nobody is left of one who was erased in this very
    /// moment: the work is run again. One whose key was destroyed was erased before this copy of the database was put back: it is erased
    /// again, and whoever writes is a stranger.
    fn hold_known(&mut self, office: OfficeId, person: PersonId, now: Timestamp) -> Result<Option<Contact>, Fault> {
        let Some(sealed) = self.hold_contact(office, person)? else {
            return Err(self.conflict());
        };
        let known = self.open_kept(place(office, person, &[], CONTACT), &sealed)?;
        if known.is_none() {
            self.erase_person(office, person, now)?;
        }
        Ok(known)
    }

    /// The contact of a person who is held from here on, as it stands in the table. What a turn asks about the person next is sent along: each
    /// statement sees what was committed when the one before it, and its wait for the lock, had ended.
    fn hold_contact(&mut self, office: OfficeId, person: PersonId) -> Result<Option<Vec<u8>>, Fault> {
        let held = self.read_ahead(
            "SELECT contact FROM person WHERE office_id = $1 AND person_id = $2 FOR UPDATE",
            owned![office.0, person.0],
        )?;
        self.ahead = Some(PersonAhead {
            office,
            person,
            conversation: Some(self.read_ahead(conversations::FIND, owned![office.0, person.0])?),
            mergeable: Some(self.read_ahead(outbox::LIST_MERGEABLE, owned![office.0, person.0, limit(MERGE_MAX)])?),
        });
        let sealed: Vec<Vec<u8>> = self.list_ahead(Some(held), "", &[], |row| row.try_get(0))?;
        Ok(sealed.into_iter().next())
    }
}

impl People for PgTx<'_> {
    fn find_person(&mut self, office: OfficeId, contact: &Contact) -> Result<Option<PersonId>, Fault> {
        let key = |kind: &str, value: &Option<String>| Some(self.blind(kind, value.as_deref()?).to_vec());
        let (bsuid, parent, phone) = (
            key("bsuid", &contact.bsuid),
            key("parent", &contact.parent_bsuid),
            key("phone", &contact.phone),
        );
        // Three look-ups by the whole key. As one condition, `(kind, value_key) IN (…)`, the server reads all identities of
        // the office instead, as long as it has no statistics of the table.
        let mut found: Vec<(String, i64)> = self.list(
            "SELECT kind, person_id FROM identity WHERE office_id = $1 AND kind = 'bsuid' AND value_key = $2
             UNION ALL
             SELECT kind, person_id FROM identity WHERE office_id = $1 AND kind = 'parent' AND value_key = $3
             UNION ALL
             SELECT kind, person_id FROM identity WHERE office_id = $1 AND kind = 'phone' AND value_key = $4",
            &[&office.0, &bsuid, &parent, &phone],
            |row| Ok((row.try_get(0)?, row.try_get(1)?)),
        )?;
        // The kinds happen to sort as they are believed.
        found.sort();
        Ok(found.first().map(|(_, person)| PersonId(*person)))
    }

    fn ensure_person(
        &mut self,
        office: OfficeId,
        contact: &Contact,
        new_id: PersonId,
        now: Timestamp,
    ) -> Result<PersonId, Fault> {
        while let Some(person) = self.find_person(office, contact)? {
            let Some(known) = self.hold_known(office, person, now)? else {
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
        self.run_later(
            "INSERT INTO person (office_id, person_id, contact, is_opted_out, created_at)
             VALUES ($1, $2, $3, 0, $4)",
            owned![office.0, new_id.0, sealed, to_row(now)],
        )?;
        // Should another process meet the same stranger in the same moment, this work is run again and finds the person that
        // the other one made.
        let Columns { kinds, keys } = self.columns(contact);
        self.run_expecting(
            kinds.len() as u64,
            ATTACH,
            owned![office.0, new_id.0, to_row(now), kinds, keys],
        )?;
        Ok(new_id)
    }

    fn hold_person(&mut self, office: OfficeId, person: PersonId) -> Result<bool, Fault> {
        let found = self.find(
            "SELECT 1 FROM person WHERE office_id = $1 AND person_id = $2 FOR UPDATE",
            &[&office.0, &person.0],
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }

    fn find_contact(&mut self, office: OfficeId, person: PersonId) -> Result<Option<Contact>, Fault> {
        let sealed: Option<Vec<u8>> = self.find(
            "SELECT contact FROM person WHERE office_id = $1 AND person_id = $2",
            &[&office.0, &person.0],
            |row| row.try_get(0),
        )?;
        match sealed {
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
            if let Some(known) = self.hold_known(office, person, now)? {
                break (person, known);
            }
        };
        for (kind, value) in identifiers(previous) {
            if identifiers(current).any(|now_known| now_known == (kind, value)) {
                continue;
            }
            let key = self.blind(kind, value).to_vec();
            self.run_later(
                "DELETE FROM identity WHERE office_id = $1 AND kind = $2 AND value_key = $3 AND person_id = $4",
                owned![office.0, kind, key, person.0],
            )?;
        }
        self.attach(office, person, current, now)?;
        self.save_contact(office, person, &known.moved_to(previous, current))?;
        self.end_bindings(office, person)?;
        Ok(Some(person))
    }

    fn set_opt_out(&mut self, office: OfficeId, person: PersonId, is_opted_out: bool) -> Result<(), Fault> {
        self.run_later(
            "UPDATE person SET is_opted_out = $3 WHERE office_id = $1 AND person_id = $2",
            owned![office.0, person.0, i64::from(is_opted_out)],
        )
    }

    fn has_opted_out(&mut self, office: OfficeId, person: PersonId) -> Result<bool, Fault> {
        let found: Option<i64> = self.find(
            "SELECT is_opted_out FROM person WHERE office_id = $1 AND person_id = $2",
            &[&office.0, &person.0],
            |row| row.try_get(0),
        )?;
        Ok(found == Some(1))
    }
}
