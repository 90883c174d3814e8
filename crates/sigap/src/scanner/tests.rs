use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::{Scanned, Scanner};

/// The test file of the antivirus industry, put together here so that no scanner takes this source for one.
fn eicar() -> Vec<u8> {
    [
        r"X5O!P%@AP[4\PZX54(P^)7CC)7}",
        "$EICAR-STANDARD-",
        "ANTIVIRUS-TEST-FILE!$H+H*",
    ]
    .concat()
    .into_bytes()
}

/// A daemon that knows one virus, for so many files.
async fn daemon(files: usize) -> Scanner {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        for _ in 0..files {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut order = [0; 10];
            stream.read_exact(&mut order).await.unwrap();
            assert_eq!(&order, b"zINSTREAM\0");
            let mut file = Vec::new();
            loop {
                let length = stream.read_u32().await.unwrap() as usize;
                if length == 0 {
                    break;
                }
                let mut piece = vec![0; length];
                stream.read_exact(&mut piece).await.unwrap();
                file.extend(piece);
            }
            let answer: &[u8] = match file.len() {
                0 => b"INSTREAM size limit exceeded. ERROR\0",
                _ if file == eicar() => b"stream: Eicar-Signature FOUND\0",
                _ => b"stream: OK\0",
            };
            stream.write_all(answer).await.unwrap();
        }
    });
    Scanner::Tcp(address.to_string())
}

#[tokio::test]
async fn a_virus_is_found_a_clean_file_passes_and_an_error_is_no_verdict() {
    let scanner = daemon(4).await;
    assert_eq!(scanner.scan(&eicar()).await, Scanned::Found);
    assert_eq!(scanner.scan(b"%PDF-1.7").await, Scanned::Clean);
    assert_eq!(scanner.scan(&vec![7; 200_000]).await, Scanned::Clean);
    assert_eq!(scanner.scan(b"").await, Scanned::Unreachable);
}

#[tokio::test]
async fn a_daemon_that_is_not_there_is_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let setting = format!("unix:{}", folder.path().join("clamd.ctl").display());
    let scanner = Scanner::read(&setting).unwrap().unwrap();
    assert_eq!(scanner.scan(b"anything").await, Scanned::Unreachable);
}

#[test]
fn a_setting_names_a_socket_an_address_or_nothing() {
    assert_eq!(Scanner::read("").unwrap(), None);
    let tcp = Some(Scanner::Tcp("127.0.0.1:3310".into()));
    assert_eq!(Scanner::read("tcp:127.0.0.1:3310").unwrap(), tcp);
    for wrong in ["127.0.0.1:3310", "tcp:3310", "clamd"] {
        assert!(Scanner::read(wrong).is_err(), "{wrong}");
    }
}
