//! Keys of programs on PostgreSQL.

use jiff::Timestamp;
use sigap_core::ids::{ApiKeyId, OfficeId};
use sigap_store::Fault;
use sigap_store::records::ApiKeyRow;
use sigap_store::stored::{API_KEY, StoredApiKey, api_key};
use sigap_store::tx::ApiKeys;
use tokio_postgres::{Error, Row};

use crate::transaction::{PgTx, limit, to_row};

fn stored(row: &Row) -> Result<StoredApiKey, Error> {
    Ok((
        row.try_get(0)?,
        row.try_get(1)?,
        row.try_get(2)?,
        row.try_get(3)?,
        row.try_get(4)?,
        row.try_get(5)?,
    ))
}

impl ApiKeys for PgTx<'_> {
    fn insert_api_key(&mut self, office: OfficeId, row: &ApiKeyRow, key: &str) -> Result<(), Fault> {
        let hash = self.blind(API_KEY, key);
        self.run(
            "INSERT INTO api_key (office_id, api_key_id, key_hash, label, made_at, revoked_at, scopes, per_hour)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            &[
                &office.0,
                &row.id.0,
                &&hash[..],
                &row.label,
                &to_row(row.made_at),
                &row.revoked_at.map(to_row),
                &row.scopes,
                &i64::from(row.per_hour),
            ],
        )?;
        Ok(())
    }

    fn find_api_key(&mut self, office: OfficeId, key: &str) -> Result<Option<ApiKeyRow>, Fault> {
        let hash = self.blind(API_KEY, key);
        let found = self.find(
            "SELECT api_key_id, label, made_at, revoked_at, scopes, per_hour
             FROM api_key
             WHERE office_id = $1 AND key_hash = $2",
            &[&office.0, &&hash[..]],
            stored,
        )?;
        found.map(api_key).transpose()
    }

    fn list_api_keys(&mut self, office: OfficeId, most: usize) -> Result<Vec<ApiKeyRow>, Fault> {
        let rows = self.list(
            "SELECT api_key_id, label, made_at, revoked_at, scopes, per_hour
             FROM api_key
             WHERE office_id = $1
             ORDER BY api_key_id DESC
             LIMIT $2",
            &[&office.0, &limit(most)],
            stored,
        )?;
        rows.into_iter().map(api_key).collect()
    }

    fn revoke_api_key(&mut self, office: OfficeId, id: ApiKeyId, at: Timestamp) -> Result<bool, Fault> {
        let changed = self.run(
            "UPDATE api_key SET revoked_at = $3 WHERE office_id = $1 AND api_key_id = $2 AND revoked_at IS NULL",
            &[&office.0, &id.0, &to_row(at)],
        )?;
        Ok(changed > 0)
    }
}
