use proptest::prelude::*;

use super::{Consent, find_office, read_values};

#[track_caller]
fn check_names(text: &str, expected: &[&str]) {
    assert_eq!(read_values(text).names, expected, "{text}");
}

#[track_caller]
fn check_people(text: &str, expected: Option<u32>) {
    assert_eq!(read_values(text).people, expected, "{text}");
}

#[track_caller]
fn check_rupiah(text: &str, expected: &[u64]) {
    assert_eq!(read_values(text).rupiah, expected, "{text}");
}

#[track_caller]
fn check_consent(text: &str, expected: Option<Consent>) {
    assert_eq!(read_values(text).consent, expected, "{text}");
}

#[track_caller]
fn check_office(text: &str, expected: Option<&str>) {
    let offices: [(&str, &[&str]); 6] = [
        (
            "jakarta-pusat",
            &["Kantor Imigrasi Kelas I Non TPI Jakarta Pusat", "jakpus"],
        ),
        ("jakarta-selatan", &["Kanim Jakarta Selatan", "jaksel"]),
        ("bogor", &["Kantor Imigrasi Kelas I Bogor"]),
        ("bandung", &["Bandung"]),
        ("tanjung-perak", &["Kantor Imigrasi Tanjung Perak"]),
        ("banda-aceh", &["Banda Aceh"]),
    ];
    let found = find_office(text, &offices);
    assert_eq!(
        found.first().map(|office| office.slug.as_str()),
        expected,
        "{text}: {found:?}"
    );
}

#[test]
fn amounts_are_read_in_rupiah() {
    check_rupiah("bayar 350rb", &[350_000]);
    check_rupiah("1,5jt", &[1_500_000]);
    check_rupiah("1.25 juta", &[1_250_000]);
    check_rupiah("Rp 650.000", &[650_000]);
    check_rupiah("Rp650.000,-", &[650_000]);
    check_rupiah("Rp. 350.000 atau 650 ribu", &[350_000, 650_000]);
    check_rupiah("rp 1.150.000,00", &[1_150_000]);
    check_rupiah("tiga ratus lima puluh ribu", &[350_000]);
    check_rupiah("100k", &[100_000]);
    check_rupiah("48 halaman tgl 20 jam 9.30", &[]);
}

#[test]
fn company_is_counted() {
    check_people("3 orang", Some(3));
    check_people("pesen antrian 2 org hari kamis", Some(2));
    check_people("berdua sama istri", Some(2));
    check_people("kami sekeluarga 4", Some(4));
    check_people("for 2 people", Some(2));
    check_people("dua orang", Some(2));
    check_people("dua belas orang", Some(12));
    check_people("wong telu", Some(3));
    check_people("tilu urang", Some(3));
    check_people("kalih tiyang", Some(2));
    check_people("2 dewasa 1 anak", Some(3));
    check_people("sendiri aja", Some(1));
    check_people("tgl 3 jam 9", None);
    check_people("antri 5.000 orang", None);
}

#[test]
fn names_are_taken_where_they_are_introduced() {
    check_names("a.n. Budi Santoso", &["Budi Santoso"]);
    check_names("a/n Budi Santoso mau ambil", &["Budi Santoso"]);
    check_names("an Neng Siti", &["Neng Siti"]);
    check_names("apakah sudah bisa diambil paspor an Neng Siti", &["Neng Siti"]);
    check_names("antrian atas nama Lestari dibatalkan saja", &["Lestari"]);
    check_names("booking senin depan ya min atas nama Sri Wahyuni", &["Sri Wahyuni"]);
    check_names("nama saya Hendra Gunawan", &["Hendra Gunawan"]);
    check_names("nama Tuti Alawiyah", &["Tuti Alawiyah"]);
    check_names("nama lengkap: M. Yusuf Kalla, tgl 20", &["M. Yusuf Kalla"]);
    check_names(
        "tolong masukkan nama saya Asep Sunandar untuk 5 april 2020",
        &["Asep Sunandar"],
    );
    check_names("my name is John Smith and i need a passport", &["John Smith"]);
    check_names("atas nama budi santoso besok jam 9", &["budi santoso"]);
    check_names("a.n. Juni Rahayu tanggal 3", &["Juni Rahayu"]);
    check_names("nama saya salah di paspor", &[]);
    check_names("nama di paspor kurang satu huruf", &[]);
    check_names("jam 9an aja", &[]);
    check_names("jeneng kulo Slamet Riyadi", &["Slamet Riyadi"]);
    check_names("cek punya Neng Siti udh jadi?", &["Neng Siti"]);
    check_names("cek punya saya udh jadi?", &[]);
    check_names("antrian atas nama Suparman minta dihapus", &["Suparman"]);
    check_names("jenengku neng paspor salah tulis", &[]);
    check_names("baru punya KTP", &[]);
    check_names("without an ID card", &[]);
    check_names("my name is misspelled in the passport", &[]);
    check_names("a/n sutrisno nomer 1142677995413493 mohon infonya", &["sutrisno"]);
    check_names("atas nami Sumarni punapa sampun dados?", &["Sumarni"]);
    check_names("atas nama yanto, yanti sama yuni", &["yanto", "yanti", "yuni"]);
    check_names("nama saya juni astuti", &["juni astuti"]);
    check_names("min nama zulkifli, mau antri selasa pagi", &["zulkifli"]);
    check_names("batalin aja antrian atas nama kakak saya", &[]);
    check_names("harus atas nama sendiri atau boleh suami", &[]);
}

#[test]
fn names_are_known_by_their_words() {
    check_names("daftar Sri Wahyuni", &["Sri Wahyuni"]);
    check_names("daftarin wawan setiawan lusa jam 10 ya min", &["wawan setiawan"]);
    check_names("Liem Swie Hok paspornya sudah jadi?", &["Liem Swie Hok"]);
    check_names("di paspor tertulis Moh. Ridwan padahal di akta lain", &["Moh. Ridwan"]);
    check_names("suparman bin darmo kok lama ya", &["suparman bin darmo"]);
    check_names("tulung daftarke mbah painem sesuk yo mas", &["painem"]);
    check_names("paspore bojoku kusnadi tak jupukno oleh ora", &["kusnadi"]);
    check_names("ibu saya Suminah mau umroh", &["Suminah"]);
    check_names(
        "two people, Budi Hartono and Rosa Hartono please",
        &["Budi Hartono", "Rosa Hartono"],
    );
    check_names("kantornya di jalan dewi sartika bukan", &[]);
    check_names("lewat jl Raden Ajeng Kartini ya", &[]);
    check_names("mau booking di kanim Ngurah Rai", &[]);
    check_names("rahmat hidayat, 17 april", &["rahmat hidayat"]);
    check_names("is there an English speaking officer at an ATM", &[]);
    check_names("keluarga kurang mampu punya SKTM", &[]);
    check_names("dftrin wawan setiawan bsk jam 10", &["wawan setiawan"]);
    check_names("Tolongin wawan besok", &[]);
    check_names("daftar Sri Wahyuni Magelang besok", &["Sri Wahyuni"]);
    check_names("daftar Doni Saputra", &["Doni Saputra"]);
    check_names("makasih mbak Sri. mau tanya", &["Sri"]);
    for text in [
        "mau daftar besok jam 9 istri ama anak",
        "my wife made a mistake, book us again",
        "pun bojo ari pasporna",
        "anak undang temannya",
        "untung bangun pagi, wah bunga indah",
        "pak ade kuota?",
    ] {
        check_names(text, &[]);
    }
    check_names("hari ini kantor buka sampe jam piro", &[]);
    check_names("ibu saya hamil, anak saya sakit", &[]);
    check_names("wong lanang apa wadon podo wae", &[]);
    check_names("antrian di sukabumi penuh terus", &[]);
    check_names("made in indonesia", &[]);
    check_names("said the officer at the desk", &[]);
    check_names("bagus banget layanannya, sabar semua", &[]);
}

#[test]
fn a_name_never_shows_in_debug_output() {
    let shown = format!("{:?}", read_values("a.n. Budi, nik 3272014507920003, paspor A1234567"));
    for personal in ["Budi", "3272", "A1234567"] {
        assert!(!shown.contains(personal), "{shown}");
    }
}

#[test]
fn yes_is_heard_in_four_languages() {
    for text in [
        "iya betul",
        "ya",
        "iyaaa",
        "ok lanjut",
        "sumuhun leres",
        "nggih leres",
        "yes correct",
        "iye",
        "sip",
        "muhun",
        "inggih",
        "gapapa",
        "ga apa apa kak",
        "no problem",
        "👍",
        "jadi",
        "oke min siap",
        "bener pak",
    ] {
        check_consent(text, Some(Consent::Yes));
    }
}

#[test]
fn no_is_heard_in_four_languages() {
    for text in [
        "nggak jadi deh",
        "ga jadi",
        "gausah",
        "bukan yg itu",
        "teu jadi",
        "gak sido",
        "no thanks",
        "tdk jd",
        "mboten",
        "ora",
        "sanes",
        "salah",
        "batal aja",
        "ga betul",
        "moal",
        "iya ga jadi",
        "tidak",
        "engga kak",
    ] {
        check_consent(text, Some(Consent::No));
    }
}

#[test]
fn a_question_is_no_answer() {
    for text in [
        "bisa ga",
        "sabtu buka gak min",
        "paspor saya sudah jadi belum?",
        "ya gimana caranya?",
        "tgl 20",
        "paspor hilang",
    ] {
        check_consent(text, None);
    }
}

#[test]
fn offices_are_found_in_spite_of_slips() {
    check_office("kanim bekasi", None);
    check_office("kanim bogor", Some("bogor"));
    check_office("imigrasi bgoor", Some("bogor"));
    check_office("kantor imigrasi kelas I bandng", Some("bandung"));
    check_office("jakpus", Some("jakarta-pusat"));
    check_office("di jakarta selatan saja", Some("jakarta-selatan"));
    check_office("jakartaselatan", Some("jakarta-selatan"));
    check_office("jakata slatan", Some("jakarta-selatan"));
    check_office("tanjungperak", Some("tanjung-perak"));
    check_office("banda aceh", Some("banda-aceh"));
    check_office("paspor saya hilang", None);
    check_office("kantor jaksel", Some("jakarta-selatan"));
    check_office("book for friday at south jakarta", Some("jakarta-selatan"));
    check_office("imigrasi bdg", Some("bandung"));
    check_office("", None);
}

#[test]
fn words_of_every_day_are_no_slips_in_a_town() {
    let offices: [(&str, &[&str]); 5] = [
        ("semarang", &["Semarang"]),
        ("bima", &["Bima"]),
        ("tahuna", &["Tahuna"]),
        ("kupang", &["Kupang"]),
        ("surabaya", &["Surabaya"]),
    ];
    for text in [
        "masih buka ga sekarang",
        "kantor bisa bayar",
        "anak umur 5 tahun",
        "kurang satu huruf",
        "surat apa yang dibawa",
    ] {
        assert_eq!(find_office(text, &offices), [], "{text}");
    }
    let found = find_office("kanim smarang", &offices);
    assert_eq!(found.first().map(|office| office.slug.as_str()), Some("semarang"));
}

#[test]
fn half_a_name_leaves_the_choice() {
    let offices: [(&str, &[&str]); 2] = [("jp", &["Jakarta Pusat"]), ("js", &["Jakarta Selatan"])];
    let found = find_office("kanim jakarta", &offices);
    assert_eq!(
        found.iter().map(|office| office.slug.as_str()).collect::<Vec<_>>(),
        ["jp", "js"]
    );
    assert!(found.iter().all(|office| office.score == 50));
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,80}") {
        let _ = read_values(&text);
        let _ = find_office(&text, &[("bogor", &["Bogor"]), ("x", &[""])]);
    }

    #[test]
    fn any_amount_comes_back(thousands in 1_u64..20_000) {
        let amount = thousands * 1000;
        prop_assert_eq!(read_values(&format!("{thousands}rb")).rupiah, vec![amount]);
        prop_assert_eq!(read_values(&format!("Rp {amount}")).rupiah, vec![amount]);
    }
}
