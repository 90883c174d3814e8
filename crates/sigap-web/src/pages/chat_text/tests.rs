use super::*;

/// Blocks in short: `h`eading, `p`aragraph, `b`ullets, `s`teps.
fn short(text: &ChatText) -> Vec<String> {
    let row = |kind: &str, lines: Vec<&str>| format!("{kind} {}", lines.join(" | "));
    text.blocks
        .iter()
        .map(|block| match block {
            Block::Heading(words) => row("h", vec![words]),
            Block::Paragraph(lines) => row("p", lines.iter().map(String::as_str).collect()),
            Block::Bullets(items) => row("b", items.iter().map(|item| item.html.as_str()).collect()),
            Block::Steps(first, steps) => row(&format!("s{first}"), steps.iter().map(String::as_str).collect()),
        })
        .collect()
}

#[track_caller]
fn check(text: &str, title: &str, blocks: &[&str]) {
    let read = ChatText::read(text);
    assert_eq!(
        (read.title.as_str(), short(&read)),
        (title, blocks.iter().map(|&b| b.to_owned()).collect())
    );
}

#[test]
fn a_message_becomes_heading_paragraphs_and_lists() {
    check(
        "*Cara membayar*\n1. Ambil kode.\n2. Bayar.\n\n*Tempat bayar*\n- ATM\n- Teller *bank*\n\nJangan bayar tunai.\nSimpan bukti.",
        "Cara membayar",
        &[
            "s1 Ambil kode. | Bayar.",
            "h Tempat bayar",
            "b ATM | Teller <strong>bank</strong>",
            "p Jangan bayar tunai. | Simpan bukti.",
        ],
    );
    // A list right below a line of words.
    check(
        "*Anda*\nBawa:\n- KTP\n- KK\nDalam 30 hari.",
        "Anda",
        &["p Bawa:", "b KTP | KK", "p Dalam 30 hari."],
    );
    check("", "", &[]);
    check("\n\n  \n", "", &[]);
}

#[test]
fn a_first_short_line_is_the_heading_and_a_long_one_is_not() {
    check(
        "*Kanim sedang buka* sampai pukul 16.00 WIB.\nDatanglah.",
        "Kanim sedang buka sampai pukul 16.00 WIB",
        &["p Datanglah."],
    );
    check(
        "Antrean didaftarkan lewat *M-Paspor*. APAPO tidak dipakai.",
        "",
        &["p Antrean didaftarkan lewat <strong>M-Paspor</strong>. APAPO tidak dipakai."],
    );
    check(
        "*Jangan memakai calo.* Tidak ada jalur belakang.\nLapor.",
        "Jangan memakai calo",
        &["p Tidak ada jalur belakang. | Lapor."],
    );
    let long = "kata ".repeat(30);
    check(&long, "", &[&format!("p {}", long.trim())]);
    check("- satu\n- dua", "", &["b satu | dua"]);
    check("Pilih keadaan:\n- satu", "", &["p Pilih keadaan:", "b satu"]);
}

#[test]
fn everything_is_escaped() {
    check(
        "*<b>* & \"x\"\n- <script>alert(1)</script>\n\n*<i>*",
        "<b> & \"x\"",
        &["b &#60;script&#62;alert(1)&#60;/script&#62;", "h &#60;i&#62;"],
    );
    let html = inline("https://a.go.id/\"onclick=\"x <a href=javascript:alert(1)>");
    assert!(
        !html.contains("\"onclick") && !html.contains("<a href=javascript"),
        "{html}"
    );
    assert_eq!(
        inline("javascript://www.imigrasi.go.id/x"),
        "javascript://www.imigrasi.go.id/x"
    );
}

#[test]
fn marks_count_only_at_the_edge_of_words() {
    for (text, html) in [
        ("a*b*c", "a*b*c"),
        ("nama_file_baru", "nama_file_baru"),
        ("* bukan tebal *", "* bukan tebal *"),
        ("*tebal*, _miring_.", "<strong>tebal</strong>, <em>miring</em>."),
        ("(*tebal*)", "(<strong>tebal</strong>)"),
        ("*tebal dan _miring_*", "<strong>tebal dan <em>miring</em></strong>"),
        ("*terbuka", "*terbuka"),
        ("**", "**"),
        ("5 * 3 * 2", "5 * 3 * 2"),
    ] {
        assert_eq!(inline(text), html, "{text}");
    }
}

#[test]
fn addresses_become_links_and_names_with_a_dot_do_not() {
    for (text, url) in [
        ("buka www.imigrasi.go.id.", "https://www.imigrasi.go.id"),
        (
            "apps.apple.com/id/app/m-paspor/id1576336459",
            "https://apps.apple.com/id/app/m-paspor/id1576336459",
        ),
        ("(https://lapor.go.id/a_b)", "https://lapor.go.id/a_b"),
        ("LAPOR (http://lapor.go.id)", "http://lapor.go.id"),
    ] {
        let html = inline(text);
        assert!(html.contains(&format!("<a href=\"{url}\" rel=\"noopener\">")), "{html}");
    }
    for text in [
        "Kompas.com, 28 Januari 2022",
        "pukul 09.30.10",
        "halo@kantor.imigrasi.go.id",
        "Jl. Merpati No.3",
        "dan...lagi",
        "10.00-12.00",
    ] {
        assert_eq!(inline(text), text);
    }
}

#[test]
fn no_text_breaks_it() {
    for text in [
        "*",
        "_",
        "*_*_",
        "é*é*é",
        "- ",
        "1. ",
        "*\n*",
        "https://",
        "://",
        "www..id",
        "🙂*🙂*🙂",
        "* *",
        "_*_",
    ] {
        let _ = ChatText::read(text);
        let _ = ChatText::summary(text, 1);
    }
    assert_eq!(
        ChatText::summary("*Biaya paspor*\n- Paspor _biasa_ lima tahun", 22),
        "Biaya paspor Paspor…"
    );
}
