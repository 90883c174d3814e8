//! `sigap bind`: a slip code for the counter to hand over.

use anyhow::{Context, bail};
use sigap_core::application::SlipCode;
use sigap_core::ids::ApplicationNumber;
use sigap_core::limits::SLIP_CODE_DAYS;
use sigap_store::sealing::system_random;

use super::{open_service, print};
use crate::config::Config;

pub(super) async fn run(config: &Config, application_number: &str) -> anyhow::Result<bool> {
    let number = ApplicationNumber::parse(application_number)
        .context("an application number has 16 digits; check what was typed")?;
    let service = open_service(config).await?;
    let mut bytes = [0; 5];
    system_random(&mut bytes)?;
    let code = SlipCode::from_random(bytes);
    match service.issue_slip_code(number, code.clone()).await? {
        Ok(office) => {
            let office = service.content().name_of_office(office);
            print::line(&format!(
                "{}  ({office}, once, within {SLIP_CODE_DAYS} days)",
                code.as_str()
            ));
            Ok(true)
        }
        Err(_) => bail!("no office has imported this application number yet; import the report that holds it first"),
    }
}
