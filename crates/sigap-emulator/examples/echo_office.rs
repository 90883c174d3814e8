//! The phone page beside an office that only knows four answers: for working on the page without the program.
//!
//! `cargo run -p sigap-emulator --example echo_office -- 127.0.0.1:4830`, then open `/phone` there.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a small program of its own: it has the clock and the terminal"
)]

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::routing::get;
use axum::{Json, Router};
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use sigap_emulator::{Config, EmulatedNumber, Emulator, Timing};

#[derive(Clone)]
struct Office {
    graph: String,
    token: String,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listen = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:4830".into());
    let listener = tokio::net::TcpListener::bind(&listen).await?;
    let base = format!("http://{}", listener.local_addr()?);
    let number = |id: &str, phone: &str, name: &str, slug: &str| EmulatedNumber {
        phone_number_id: id.into(),
        display_phone_number: phone.into(),
        waba_id: "200001".into(),
        office_name: name.into(),
        office_slug: slug.into(),
        messages_per_second: 80,
    };
    let mut config = Config::new(
        format!("{base}/webhooks/whatsapp"),
        vec![
            number(
                "100001",
                "6281100009001",
                "Kantor Imigrasi Jakarta Pusat",
                "jakarta-pusat",
            ),
            number("100002", "6281100009002", "Kantor Imigrasi Sukabumi", "sukabumi"),
        ],
    );
    config.graph_url = format!("{base}/graph");
    config.timing = Timing::lifelike();
    let office = Office {
        graph: config.graph_url.clone(),
        token: config.access_token.clone(),
    };
    let emulator = Emulator::new(config, Arc::new(jiff::Timestamp::now));
    tokio::spawn(emulator.clone().run());
    let app = Router::new()
        .route("/webhooks/whatsapp", get(challenge).post(receive))
        .with_state(office)
        .nest("/graph", emulator.router())
        .merge(emulator.phone_router());
    println!("{base}/phone");
    axum::serve(listener, app).await
}

async fn challenge(Query(query): Query<Vec<(String, String)>>) -> String {
    query
        .into_iter()
        .find(|(name, _)| name == "hub.challenge")
        .map(|(_, value)| value)
        .unwrap_or_default()
}

async fn receive(State(office): State<Office>, Json(body): Json<Value>) {
    let value = &body["entry"][0]["changes"][0]["value"];
    let number = value["metadata"]["phone_number_id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let Some(message) = value["messages"].get(0).cloned() else {
        return;
    };
    tokio::spawn(async move {
        let id = &message["id"];
        let read = json!({ "messaging_product": "whatsapp", "status": "read", "message_id": id, "typing_indicator": { "type": "text" } });
        office.post(&number, read).await;
        tokio::time::sleep(std::time::Duration::from_millis(350)).await;
        let mut answer = answer(&message);
        answer["messaging_product"] = json!("whatsapp");
        match message["from"].as_str() {
            Some(phone) => answer["to"] = json!(format!("+{phone}")),
            None => answer["recipient"] = message["from_user_id"].clone(),
        }
        office.post(&number, answer).await;
    });
}

fn answer(message: &Value) -> Value {
    let text = |body: &str| json!({ "type": "text", "text": { "body": body } });
    if message["type"] == "interactive" {
        return match message["interactive"]["list_reply"]["id"].as_str() {
            Some("status") => text("Kirim *16 angka* di bawah barcode Bukti Pengantar.\n\nContoh: 1179 0000 0012 3456"),
            Some("pay") => pay(),
            _ => text("Baik. Ketik _menu_ untuk kembali ke menu."),
        };
    }
    let words = message["text"]["body"].as_str().unwrap_or_default();
    if words.starts_with("#bayar") {
        return pay();
    }
    if words.chars().filter(char::is_ascii_digit).count() == 16 {
        return json!({ "type": "interactive", "interactive": { "type": "button",
            "body": { "text": "*Pemeriksaan berkas*\nKantor Imigrasi Jakarta Pusat\n\nUntuk tanggal dan langkah berikutnya, sebutkan tanggal lahir pemohon." },
            "footer": { "text": "Data per pukul 09.41 WIB" },
            "action": { "buttons": [
                { "type": "reply", "reply": { "id": "birth", "title": "Isi tanggal lahir" } },
                { "type": "reply", "reply": { "id": "menu", "title": "Kembali ke menu" } } ] } } });
    }
    let row =
        |id: &str, title: &str, description: &str| json!({ "id": id, "title": title, "description": description });
    json!({ "type": "interactive", "interactive": { "type": "list",
        "body": { "text": "Halo, ini layanan *Kantor Imigrasi Jakarta Pusat*.\n\nDi sini Anda bertanya, bukan membayar. Jangan serahkan paspor kepada calo." },
        "footer": { "text": "Pilih layanan, atau tulis pertanyaan Anda" },
        "action": { "button": "Pilih layanan", "sections": [
            { "title": "Permohonan saya", "rows": [
                row("status", "Cek status paspor", "Dengan nomor permohonan 16 angka"),
                row("pickup", "Ambil paspor", "Siapa boleh mengambil, dan kapan") ] },
            { "title": "Sebelum datang", "rows": [
                row("requirements", "Syarat paspor", "Daftar berkas untuk keadaan Anda"),
                row("pay", "Cara bayar", "Biaya dan saluran pembayaran"),
                row("priority", "Layanan prioritas", "Lansia, disabilitas, ibu hamil, balita") ] } ] } } })
}

fn pay() -> Value {
    json!({ "type": "interactive", "interactive": { "type": "cta_url",
        "body": { "text": "*Cara bayar*\n1. Salin kode billing dari Bukti Pengantar.\n2. Bayar lewat bank, pos, atau toko.\n3. Simpan buktinya.\n\nPaspor elektronik 10 tahun: *Rp950.000*" },
        "action": { "name": "cta_url", "parameters": { "display_text": "Lihat semua biaya", "url": "https://www.imigrasi.go.id/" } } } })
}

impl Office {
    async fn post(&self, number: &str, body: Value) {
        let client = Client::builder(TokioExecutor::new()).build_http();
        let request = hyper::Request::post(format!("{}/v25.0/{number}/messages", self.graph))
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", "application/json")
            .body(Full::new(bytes::Bytes::from(body.to_string())));
        if let Ok(request) = request {
            // What the emulator refuses can be read in the page's wire view.
            let _ = client.request(request).await;
        }
    }
}
