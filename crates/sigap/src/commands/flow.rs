//! `sigap flow …`: forms inside WhatsApp as Flow JSON for upload at Meta, and the key of those that ask our endpoint.

use anyhow::{Context, bail};
use sigap_core::language::Language;
use sigap_core::message::FormName;
use sigap_store::sealing::system_random;
use sigap_whatsapp::client::{self, Client};
use sigap_whatsapp::endpoint::envelope::EndpointKey;

use super::print;
use crate::app::load_content;
use crate::config::Config;
use crate::flows::{endpoint_key, endpoint_url, form_json, survey_json};

/// The survey, or with a name one of the forms that ask our endpoint.
pub(super) fn show(config: &Config, form: Option<FormName>, slug: &str, language: &str) -> anyhow::Result<bool> {
    let content = load_content(config)?;
    let office = content
        .office_by_slug(slug)
        .with_context(|| format!("no office is called `{slug}`; see content/offices/register.csv"))?;
    let language = Language::OF_TEMPLATES
        .into_iter()
        .find(|known| known.code() == language)
        .with_context(|| format!("there is no Flow in `{language}`; write `id` or `en`"))?;
    let flow = match form {
        None => survey_json(&content, office, language)?,
        Some(form) => form_json(&content, office, language, form)?,
    };
    print::line(&serde_json::to_string_pretty(&flow)?);
    Ok(true)
}

/// Makes the key of the endpoint and prints its public half.
pub(super) fn key(config: &Config) -> anyhow::Result<bool> {
    print::line(&make_key(config)?);
    Ok(true)
}

/// Makes the key of the endpoint where the settings want it; its public half.
pub(super) fn make_key(config: &Config) -> anyhow::Result<String> {
    let path = &config.keys.forms;
    if path.is_empty() {
        bail!("say in `keys.forms` where the key shall stand");
    }
    let mut seed = [0; 32];
    system_random(&mut seed)?;
    let key = EndpointKey::generate(seed)?;
    crate::keys::write_new(path.as_ref(), &key.to_pem()?)
        .with_context(|| format!("cannot write the key of forms `{path}`; a key that exists is never replaced"))?;
    Ok(key.public_pem()?)
}

/// Gives every number the public half of the key, and says so.
pub(super) async fn upload_key(config: &Config) -> anyhow::Result<bool> {
    let count = give_key(config).await?;
    print::line(&format!(
        "{count} numbers have the public key; forms ask at {}",
        endpoint_url(&config.server.public_url)
    ));
    Ok(true)
}

/// Gives every number the public half of the key; how many there are.
pub(super) async fn give_key(config: &Config) -> anyhow::Result<usize> {
    let key = endpoint_key(config)?.context("`keys.forms` names no key; make one with `sigap flow key`")?;
    let public = key.public_pem()?;
    let whatsapp = &config.whatsapp;
    let calls = client::Config::new(
        &whatsapp.graph_url,
        &whatsapp.graph_version,
        whatsapp.access_token.clone(),
    );
    let client = Client::new(&calls)?;
    for number in &whatsapp.number {
        let uploaded = client.put_public_key(&number.phone_number_id, &public).await;
        uploaded.with_context(|| format!("the number `{}` did not take the key", number.phone_number_id))?;
    }
    Ok(whatsapp.number.len())
}
