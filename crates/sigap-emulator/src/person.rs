//! The people who own a phone in the emulator. All of them are invented; their numbers lie in a block of zeros.

use serde::Serialize;

/// Somebody with WhatsApp.
#[derive(Clone, Serialize)]
pub struct Person {
    /// Short word for addresses and tests, `sari`.
    pub id: String,
    /// The name shown in the chat.
    pub name: String,
    /// Who this is, in a few Indonesian words, for the page.
    pub about: String,
    /// International digits; everybody has a number, not everybody shows it.
    pub phone: String,
    /// Whether businesses see the number.
    pub shows_phone: bool,
    /// The business-scoped user id.
    pub user_id: String,
    /// The chosen user name.
    pub username: Option<String>,
}

impl Person {
    /// Somebody for a test, with a visible number.
    #[must_use]
    pub fn with_phone(id: &str, phone: &str) -> Self {
        Self {
            id: id.into(),
            name: id.into(),
            about: String::new(),
            phone: phone.into(),
            shows_phone: true,
            user_id: format!("ID.{phone}0000"),
            username: None,
        }
    }

    /// The same with the number withheld.
    #[must_use]
    pub fn without_phone(mut self, username: &str) -> Self {
        self.shows_phone = false;
        self.username = Some(username.into());
        self
    }
}

/// The cast of the demo.
#[must_use]
pub fn demo_persons() -> Vec<Person> {
    let person = |id: &str, name: &str, about: &str, phone: &str, user_id: &str| Person {
        id: id.into(),
        name: name.into(),
        about: about.into(),
        phone: phone.into(),
        shows_phone: true,
        user_id: user_id.into(),
        username: None,
    };
    vec![
        person(
            "sari",
            "Sari Wulandari",
            "Pegawai muda, paspor pertama",
            "6281100000101",
            "ID.4401928375610293",
        ),
        person(
            "kartini",
            "Kartini Soemardjo",
            "Ibu lansia, 71 tahun",
            "6281100000102",
            "ID.4401928375610294",
        ),
        person(
            "dewi",
            "Dewi Lestari Nasution",
            "Ibu dengan anak balita",
            "6281100000103",
            "ID.4401928375610295",
        ),
        person(
            "emma",
            "Emma de Vries",
            "Warga asing, nomor luar negeri",
            "31600000104",
            "NL.4401928375610296",
        ),
        person(
            "bayu",
            "Bayu",
            "Nomor tidak terlihat, hanya nama pengguna",
            "6281100000105",
            "ID.4401928375610297",
        )
        .without_phone("bayu.jalan"),
    ]
}
