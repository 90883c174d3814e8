#!/usr/bin/env python3
"""Makes the sample reports in this folder. Everything in them is made up; see README.md.

Needs openpyxl 3.1 and xlwt 1.3 from PyPI. Run it in this folder:  python3 make.py
The files hold the same cells on every run (a workbook also holds the time it was written).
"""

import csv
import datetime as dt
import io

import openpyxl
import xlwt
from openpyxl.styles import Font

# Forty invented people: two words each from lists of common given names, joined by rule, so that nobody is meant.
FIRST = ["SITI", "BUDI", "DEWI", "AGUS", "RINA", "JOKO", "MAYA", "HENDRA", "LESTARI", "YUSUF"]
LAST = ["CONTOH", "PERCOBAAN", "TELADAN", "UMPAMA"]
KINDS = ["BARU", "PENGGANTIAN - HABIS BERLAKU", "PENGGANTIAN - PENUH", "BARU - ANAK"]
FIRST_DAY = dt.date(2026, 3, 2)


class Person:
    """One application. `reach` says how far it came: 1 interviewed, 2 allocated, 3 printing, 4 issued."""

    def __init__(self, index):
        self.number = f"1179000000{100101 + index * 37:06d}"
        self.name = f"{FIRST[index % 10]} {LAST[index // 10]}"
        self.kind = KINDS[index % 4]
        self.applied = FIRST_DAY + dt.timedelta(days=index % 5)
        year = 2014 + index % 9 if self.kind == "BARU - ANAK" else 1955 + (index * 7) % 50
        self.born = dt.date(year, 1 + (index * 5) % 12, 1 + (index * 11) % 28)
        self.reach = 4 if index < 16 else 3 if index < 24 else 2 if index < 32 else 1
        self.interviewed = self.applied + dt.timedelta(days=7)
        self.allocated = self.interviewed + dt.timedelta(days=1)
        self.printed = self.interviewed + dt.timedelta(days=2)
        self.issued = self.interviewed + dt.timedelta(days=3)


PEOPLE = [Person(index) for index in range(40)]


def day(date):
    return date.strftime("%d-%m-%Y")


def rows(reach):
    return [person for person in PEOPLE if person.reach >= reach]


def interview_grid():
    """As exported: a letterhead, a title, the header in row 5, a total and a signature."""
    grid = [
        ["KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN"],
        ["KANTOR IMIGRASI CONTOH"],
        ["LAPORAN WAWANCARA PASPOR"],
        ["Periode 02-03-2026 s.d. 13-03-2026"],
        ["NO", "NOMOR PEMOHON", "NAMA PEMOHON", "JENIS PERMOHONAN", "TANGGAL PERMOHONAN", "TANGGAL WAWANCARA"],
    ]
    for place, p in enumerate(rows(1), 1):
        grid.append([place, p.number, p.name, p.kind, day(p.applied), day(p.interviewed)])
    grid.append(["JUMLAH", "", len(rows(1))])
    return grid


def allocation_grid():
    """No title: only the name of the sheet tells which report it is; other headings, no day of allocation."""
    grid = [["No.", "No. Permohonan", "Nama", "Jenis Permohonan", "Tanggal  Permohonan"]]
    for place, p in enumerate(rows(2), 1):
        grid.append([place, "'" + p.number, p.name, p.kind, day(p.applied).replace("-", "/")])
    return grid


def printing_grid():
    grid = [
        ["LAPORAN PENCETAKAN"],
        [],
        ["NO PERMOHONAN", "NAMA", "JENIS PERMOHONAN", "TANGGAL PERMOHONAN", "TANGGAL PENCETAKAN"],
    ]
    for p in rows(3):
        grid.append([p.number, p.name, p.kind, p.applied, p.printed])
    grid.append(["TOTAL", len(rows(3))])
    return grid


def issue_grid(dates_as_text):
    show = day if dates_as_text else (lambda date: date)
    grid = [
        ["LAPORAN PENERBITAN PASPOR"],
        [],
        ["NOMOR PEMOHON", "NAMA PEMOHON", "TANGGAL LAHIR", "JENIS PERMOHONAN", "TANGGAL PERMOHONAN", "TANGGAL PENERBITAN"],
    ]
    for p in rows(4):
        grid.append([p.number, p.name, show(p.born), p.kind, show(p.applied), show(p.issued)])
    return grid


def dirty_grid():
    """Every kind of row that an import must survive; the comment says what must become of it."""
    a, b, c, d, e, f, g, h = PEOPLE[:8]
    header = ["NOMOR PEMOHON", "NAMA PEMOHON", "TANGGAL LAHIR", "TANGGAL PERMOHONAN", "TANGGAL PENERBITAN"]
    return [
        ["Laporan Penerbitan"],
        header,
        [f"{a.number[:4]} {a.number[4:8]} {a.number[8:12]} {a.number[12:]}", f"  {a.name.title()}  ", day(a.born), day(a.applied), day(a.issued)],  # 3 taken
        ["", "", "", "", ""],  # 4 empty
        [b.number, b.name, "31-02-1990", day(b.applied), day(b.issued)],  # 5 no such date
        [c.number[:15], c.name, day(c.born), day(c.applied), day(c.issued)],  # 6 fifteen digits
        ["1,179E+15", d.name, day(d.born), day(d.applied), day(d.issued)],  # 7 lost digits
        header,  # 8 header again
        [a.number, a.name.title(), day(a.born), day(a.applied), day(a.issued)],  # 9 same as 3
        [a.number, "ORANG LAIN", day(a.born), day(a.applied), day(a.issued)],  # 10 same number, other name
        ["", e.name, day(e.born), day(e.applied), day(e.issued)],  # 11 no number
        [f.number, f.name, f.born.strftime("%d-%m-%y"), day(f.applied), day(f.issued)],  # 12 two-digit year
        [g.number, "\u200bNAMA\u0007 \u202eBERSIH", day(g.born) + " 00:00:00", day(g.applied), day(g.issued)],  # 13 taken, tidied
        [h.number, "X" * 300, day(h.born), day(h.applied), day(h.issued)],  # 14 too long
        ["JUMLAH PEMOHON", 8],  # 15 a sum
        ["Mengetahui,"],  # 16 no number
    ]


def write_xlsx(path, sheet, grid, is_dirty=False):
    book = openpyxl.Workbook()
    book.properties.creator = "sigap"
    page = book.active
    page.title = sheet
    for r, cells in enumerate(grid, 1):
        for c, value in enumerate(cells, 1):
            if value == "":
                continue
            if isinstance(value, str) and is_dirty:
                value = value.replace("\u0007", "")  # the format cannot hold it
            cell = page.cell(r, c, value)
            if isinstance(value, dt.date):
                cell.number_format = "DD-MM-YYYY"
    page["A1"].font = Font(bold=True)
    book.save(path)


def write_xls(path, sheet, grid):
    book = xlwt.Workbook()
    page = book.add_sheet(sheet)
    date_style = xlwt.easyxf(num_format_str="DD-MM-YYYY")
    for r, cells in enumerate(grid):
        for c, value in enumerate(cells):
            if isinstance(value, dt.date):
                page.write(r, c, value, date_style)
            elif value != "":
                page.write(r, c, value)
    book.save(path)


def write_csv(path, grid, separator, encoding):
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(grid)
    with open(path, "wb") as file:
        file.write(text.getvalue().encode(encoding))


if __name__ == "__main__":
    write_xlsx("laporan-wawancara.xlsx", "Sheet1", interview_grid())
    write_xlsx("alokasi-maret.xlsx", "Alokasi", allocation_grid())
    write_xlsx("laporan-pencetakan.xlsx", "Sheet1", printing_grid())
    write_xlsx("laporan-penerbitan.xlsx", "Sheet1", issue_grid(dates_as_text=True))
    write_xls("laporan-penerbitan.xls", "Sheet1", issue_grid(dates_as_text=False))
    write_xls("laporan-pencetakan.xls", "Sheet1", printing_grid())
    write_csv("laporan-wawancara.csv", interview_grid(), ";", "utf-8-sig")
    write_csv("laporan-alokasi.csv", allocation_grid(), ",", "utf-8")
    write_csv("laporan-penerbitan-tab.csv", issue_grid(dates_as_text=True), "\t", "utf-16")
    write_csv("penerbitan-kotor.csv", dirty_grid(), ";", "utf-8")
    write_xlsx("penerbitan-kotor.xlsx", "Sheet1", dirty_grid(), is_dirty=True)
    accents = [["NO PERMOHONAN", "NAMA"], [PEOPLE[0].number, "ANDRÉ D’CONTOH"]]
    write_csv("wawancara-windows-1252.csv", accents, ";", "cp1252")
