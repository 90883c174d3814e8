//! What stands before several processes: takes connections and passes each on to the next process that is alive, as the
//! proxy of a real installation does. Meta's statuses must reach whoever lives.

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};

/// Opens it; its address.
pub(crate) async fn open(ports: Vec<u16>) -> anyhow::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    tokio::spawn(async move {
        let mut turn = 0;
        while let Ok((mut client, _)) = listener.accept().await {
            turn += 1;
            let ports = ports.clone();
            tokio::spawn(async move {
                for port in ports.iter().cycle().skip(turn % ports.len()).take(ports.len()) {
                    if let Ok(mut server) = TcpStream::connect(("127.0.0.1", *port)).await {
                        // A process that dies breaks the connection, and whoever asked asks again.
                        let _ = copy_bidirectional(&mut client, &mut server).await;
                        return;
                    }
                }
            });
        }
    });
    Ok(address)
}
