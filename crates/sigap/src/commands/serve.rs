//! `sigap serve`: the service until it is told to stop.

use std::sync::Arc;

use anyhow::Context;
use tokio::net::TcpListener;

use crate::app::{App, Parts, load_content};
use crate::clock::SystemClock;
use crate::config::Config;

pub(super) async fn run(config: Config) -> anyhow::Result<bool> {
    let listener = TcpListener::bind(config.server.listen)
        .await
        .with_context(|| format!("cannot listen on `{}` (setting `server.listen`)", config.server.listen))?;
    let parts = Parts {
        content: load_content(&config)?,
        clock: Arc::new(SystemClock),
        step: sigap_core::conversation::step,
        listener,
        more_routes: None,
        config,
    };
    let app = App::start(parts).await?;
    tracing::info!(address = %app.address, "sigap serves");
    wait_for_stop().await;
    tracing::info!("stopping: requests under way are finished");
    app.stop().await;
    Ok(true)
}

/// Waits for an interrupt or a termination signal.
pub(super) async fn wait_for_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
