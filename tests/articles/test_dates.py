"""Dates in the sentences of an article: what each language says, and what is no date."""

from datetime import date

import pytest

from calendar_svc.articles import dates, resolving
from calendar_svc.articles.tokens import sentences
from calendar_svc.articles.vocabulary import vocabulary

WEDNESDAY = date(2026, 3, 11)
MONDAY = date(2026, 3, 9)
SUMMER = date(2025, 7, 1)
DECEMBER = date(2026, 12, 15)
ZONES = {"ms": "Asia/Kuala_Lumpur", "id": "Asia/Jakarta", "en": "Asia/Kuala_Lumpur"}


def read(sentence: str, published: date, lang: str, ahead: bool | None = True) -> str:
    """Every date of a text as EDTF, parted by semicolons."""
    whens = [
        resolving.resolve(told, published, ahead=ahead, zone=ZONES[lang])
        for one in sentences(sentence, vocabulary(lang).spelling)
        for told in dates.find(one.tokens, lang)
    ]
    return "; ".join(str(when) for when in whens if when)


@pytest.mark.parametrize(
    ("sentence", "published", "edtf"),
    [
        ("Sidang pada hujung minggu ini.", WEDNESDAY, "[2026-03-14..2026-03-15]"),
        ("Sidang pada Ahad ini (15 Mac).", WEDNESDAY, "2026-03-15"),
        (
            "Sidang pada 4 April jam 1430.",
            WEDNESDAY,
            "2026-04-04T14:30:00+08:00[Asia/Kuala_Lumpur]",
        ),
        ("Sidang pada 32 Mei.", WEDNESDAY, ""),
        # a day
        ("Mesyuarat itu pada 1 November di Kuching.", SUMMER, "2025-11-01"),
        ("Mesyuarat itu pada 1 November 2026 di Kuching.", SUMMER, "2026-11-01"),
        ("Bengkel diadakan pada 1hb Mei.", WEDNESDAY, "2026-05-01"),
        ("Bengkel diadakan pada 1 hb Mei 2026.", WEDNESDAY, "2026-05-01"),
        ("Bengkel diadakan pada 3 haribulan Jun.", WEDNESDAY, "2026-06-03"),
        ("Sidang bermula pada Sabtu, 4 April 2026.", WEDNESDAY, "2026-04-04"),
        ("Sidang bermula pada Sabtu (4 April).", WEDNESDAY, "2026-04-04"),
        ("Sidang bermula pada Sabtu (4/4/2026).", WEDNESDAY, "2026-04-04"),
        ("Majlis ditetapkan pada 2026-04-04.", WEDNESDAY, "2026-04-04"),
        ("Majlis ditetapkan pada 4.4.2026.", WEDNESDAY, "2026-04-04"),
        ("Forum itu pada 1 November depan.", SUMMER, "2025-11-01"),
        ("Forum itu pada 5 Januari depan.", DECEMBER, "2027-01-05"),
        ("Forum itu pada 5 Januari tahun depan.", WEDNESDAY, "2027-01-05"),
        ("Forum itu pada 29 Februari 2028.", WEDNESDAY, "2028-02-29"),
        # days
        ("Latihan dari 26 hingga 28 Okt ini.", SUMMER, "2025-10-26/2025-10-28"),
        ("Latihan pada 17-22 Mac.", WEDNESDAY, "2026-03-17/2026-03-22"),
        ("Latihan pada 17 – 22 Mac 2027.", WEDNESDAY, "2027-03-17/2027-03-22"),
        ("Latihan 31 Okt.–1 Nov. di Lumut.", SUMMER, "2025-10-31/2025-11-01"),
        ("Latihan dari 30 Mac hingga 2 April ini.", WEDNESDAY, "2026-03-30/2026-04-02"),
        ("Latihan dari 28 Disember hingga 3 Januari.", SUMMER, "2025-12-28/2026-01-03"),
        ("Latihan antara 4 dan 9 Mei.", WEDNESDAY, "2026-05-04/2026-05-09"),
        ("Latihan pada 4 dan 5 Mei.", WEDNESDAY, "2026-05-04/2026-05-05"),
        # longer
        ("Sidang kemuncak dijadualkan awal Disember.", SUMMER, "[2025-12-01..2025-12-10]"),
        ("Sidang kemuncak pada pertengahan Jun 2026.", WEDNESDAY, "[2026-06-11..2026-06-20]"),
        ("Sidang kemuncak pada akhir Mei ini.", WEDNESDAY, "[2026-05-21..2026-05-31]"),
        ("Pelancaran pada suku ketiga 2026.", WEDNESDAY, "2026-35"),
        ("Pelancaran pada suku keempat tahun ini.", WEDNESDAY, "2026-36"),
        ("Pelancaran pada separuh kedua 2026.", WEDNESDAY, "[2026-07-01..2026-12-31]"),
        ("Mesyuarat itu pada Oktober ini.", SUMMER, "2025-10"),
        ("Mesyuarat itu pada Oktober.", SUMMER, "2025-10"),
        ("Mesyuarat itu pada Januari depan.", DECEMBER, "2027-01"),
        ("Mesyuarat itu pada Oktober tahun hadapan.", WEDNESDAY, "2027-10"),
        ("Mesyuarat itu pada bulan depan.", WEDNESDAY, "2026-04"),
        ("Mesyuarat itu pada bulan hadapan.", DECEMBER, "2027-01"),
        ("Mesyuarat itu pada tahun hadapan.", WEDNESDAY, "2027"),
        ("Mesyuarat itu pada minggu depan.", WEDNESDAY, "[2026-03-16..2026-03-22]"),
        ("Mesyuarat pada minggu pertama September.", WEDNESDAY, "[2026-09-01..2026-09-07]"),
        ("Mesyuarat pada minggu kedua bulan Mei.", WEDNESDAY, "[2026-05-08..2026-05-14]"),
        ("Mesyuarat pada minggu terakhir Mei.", WEDNESDAY, "[2026-05-25..2026-05-31]"),
        # from the day of publication
        ("Taklimat akan diadakan esok.", WEDNESDAY, "2026-03-12"),
        ("Taklimat akan diadakan hari ini.", WEDNESDAY, "2026-03-11"),
        ("Taklimat akan diadakan lusa.", WEDNESDAY, "2026-03-13"),
        ("Taklimat pada Selasa ini.", MONDAY, "2026-03-10"),
        ("Taklimat pada hari Khamis ini.", WEDNESDAY, "2026-03-12"),
        ("Taklimat pada Selasa depan.", WEDNESDAY, "2026-03-17"),
        ("Taklimat pada Isnin.", WEDNESDAY, "2026-03-16"),
        ("Taklimat dua minggu lagi.", WEDNESDAY, "[2026-03-23..2026-03-29]"),
        ("Taklimat tiga hari lagi.", WEDNESDAY, "2026-03-14"),
        ("Sidang pada 1hb hingga 3hb Mei.", WEDNESDAY, "2026-05-01/2026-05-03"),
        ("Sidang pada 17 sehingga 22 Mac.", WEDNESDAY, "2026-03-17/2026-03-22"),
        ("Sidang pada 17 MAC 2026.", WEDNESDAY, "2026-03-17"),
        ("Sidang pada bulan Mei tahun ini.", WEDNESDAY, "2026-05"),
        ("Sidang dari Mei hingga Julai.", WEDNESDAY, "2026-05/2026-07"),
        ("Sidang pada suku pertama tahun depan.", WEDNESDAY, "2027-33"),
        ("Sidang pada awal tahun depan.", WEDNESDAY, "[2027-01-01..2027-04-30]"),
        ("Sidang pada separuh pertama Mei.", WEDNESDAY, "[2026-05-01..2026-05-15]"),
        ("Tamat pada penghujung Mei.", WEDNESDAY, "[2026-05-21..2026-05-31]"),
        ("pada malam 4 April", WEDNESDAY, "2026-04-04"),
        ("enam bulan lagi", WEDNESDAY, "2026-09"),
        ("pada 23 Mac, 6 April dan 9 Mei", WEDNESDAY, "2026-03-23; 2026-04-06; 2026-05-09"),
        # with a clock time
        (
            "Majlis pada 4 April pukul 9 pagi.",
            WEDNESDAY,
            "2026-04-04T09:00:00+08:00[Asia/Kuala_Lumpur]",
        ),
        (
            "Majlis pada 4 April jam 8.30 malam.",
            WEDNESDAY,
            "2026-04-04T20:30:00+08:00[Asia/Kuala_Lumpur]",
        ),
        (
            "Majlis pada pukul 3 petang esok.",
            WEDNESDAY,
            "2026-03-12T15:00:00+08:00[Asia/Kuala_Lumpur]",
        ),
        (
            "Majlis pada 4 April, pukul 12 tengah hari.",
            WEDNESDAY,
            "2026-04-04T12:00:00+08:00[Asia/Kuala_Lumpur]",
        ),
        (
            "Majlis pada 4 April, 14.00 WIB.",
            WEDNESDAY,
            "2026-04-04T14:00:00+07:00[Asia/Jakarta]",
        ),
        (
            "Sidang bermula 9.00 pagi hingga 5.00 petang pada 4 April.",
            WEDNESDAY,
            "2026-04-04T09:00:00+08:00[Asia/Kuala_Lumpur]/2026-04-04T17:00:00+08:00[Asia/Kuala_Lumpur]",
        ),
        (
            "Sidang pada 4 April jam 10.30 pagi waktu Malaysia.",
            WEDNESDAY,
            "2026-04-04T10:30:00+08:00[Asia/Kuala_Lumpur]",
        ),
        # no date
        ("Beliau berumur 15 tahun.", WEDNESDAY, ""),
        ("Akta 757 dipinda di bawah seksyen 12.", WEDNESDAY, ""),
        ("Proses itu mengambil masa 72 jam.", WEDNESDAY, ""),
        ("Sebanyak 2,026 peserta mendaftar.", WEDNESDAY, ""),
        ("Tiket berharga RM20.26 seorang.", WEDNESDAY, ""),
        ("Mesyuarat itu pada 30 Februari 2026.", WEDNESDAY, ""),
        ("Mesyuarat itu pada 31 April.", WEDNESDAY, ""),
        ("Mesyuarat itu pada 29 Februari 2026.", WEDNESDAY, ""),
        ("Mesyuarat itu membincangkan sembilan perkara.", WEDNESDAY, ""),
        ("Jambatan sepanjang 26 kilometer itu siap.", WEDNESDAY, ""),
        ("Tun Mei berkata demikian.", WEDNESDAY, ""),
        ("Universiti Teknologi MARA Jun Ho menang.", WEDNESDAY, ""),
        ("Pulangan 4.5.", WEDNESDAY, ""),
        ("dalam tempoh dua minggu", WEDNESDAY, ""),
        ("Jalan 1/27 ditutup.", WEDNESDAY, ""),
        ("Peluru 5.56 mm dijumpai.", WEDNESDAY, ""),
    ],
)
def test_malay(sentence: str, published: date, edtf: str) -> None:
    assert read(sentence, published, "ms") == edtf


@pytest.mark.parametrize(
    ("sentence", "published", "edtf"),
    [
        ("Rapat pada akhir pekan ini.", WEDNESDAY, "[2026-03-14..2026-03-15]"),
        ("Rapat pada pekan pertama bulan depan.", WEDNESDAY, "[2026-04-01..2026-04-07]"),
        ("Rapat pada awal bulan depan.", WEDNESDAY, "[2026-04-01..2026-04-10]"),
        ("Rapat pada 32 Mei.", WEDNESDAY, ""),
        # a day
        ("Rapat digelar pada 1 November di Solo.", SUMMER, "2025-11-01"),
        ("Rapat digelar pada 1 November 2026 di Solo.", SUMMER, "2026-11-01"),
        ("Rapat digelar pada tanggal 5 Mei.", WEDNESDAY, "2026-05-05"),
        ("Rapat digelar tgl 5 Mei 2026.", WEDNESDAY, "2026-05-05"),
        ("Rapat digelar pada Kamis (2/4).", WEDNESDAY, "2026-04-02"),
        ("Rapat digelar pada Kamis (2/4/2026).", WEDNESDAY, "2026-04-02"),
        ("Rapat digelar pada Kamis, 2 April 2026.", WEDNESDAY, "2026-04-02"),
        ("Rapat digelar Kamis 2 April.", WEDNESDAY, "2026-04-02"),
        ("Pameran dibuka 17 Agustus mendatang.", WEDNESDAY, "2026-08-17"),
        ("Pameran dibuka 5 Januari tahun depan.", WEDNESDAY, "2027-01-05"),
        ("Pameran dibuka 5 Januari mendatang.", DECEMBER, "2027-01-05"),
        ("Pameran dibuka 9 Sept. di Medan.", WEDNESDAY, "2026-09-09"),
        # days
        ("Latihan 17-19 Juni 2026 di Natuna.", WEDNESDAY, "2026-06-17/2026-06-19"),
        ("Latihan 17 hingga 19 Juni di Natuna.", WEDNESDAY, "2026-06-17/2026-06-19"),
        ("Latihan 17 sampai 19 Juni di Natuna.", WEDNESDAY, "2026-06-17/2026-06-19"),
        ("Latihan 17 s.d. 19 Juni di Natuna.", WEDNESDAY, "2026-06-17/2026-06-19"),
        ("Latihan 31 Okt.–1 Nov. di Natuna.", SUMMER, "2025-10-31/2025-11-01"),
        ("Latihan dari 28 Mei hingga 2 Juni.", WEDNESDAY, "2026-05-28/2026-06-02"),
        ("Latihan dari 28 Desember sampai 3 Januari.", SUMMER, "2025-12-28/2026-01-03"),
        ("Latihan pada 4 dan 5 Mei.", WEDNESDAY, "2026-05-04/2026-05-05"),
        ("Latihan antara 4 dan 9 Mei.", WEDNESDAY, "2026-05-04/2026-05-09"),
        # longer
        ("Konferensi direncanakan awal Desember.", SUMMER, "[2025-12-01..2025-12-10]"),
        ("Konferensi pada pertengahan Juni 2026.", WEDNESDAY, "[2026-06-11..2026-06-20]"),
        ("Konferensi pada akhir Mei.", WEDNESDAY, "[2026-05-21..2026-05-31]"),
        ("Peluncuran pada kuartal ketiga 2026.", WEDNESDAY, "2026-35"),
        ("Peluncuran pada triwulan II 2026.", WEDNESDAY, "2026-34"),
        ("Peluncuran pada triwulan IV tahun ini.", WEDNESDAY, "2026-36"),
        ("Peluncuran pada semester kedua 2026.", WEDNESDAY, "[2026-07-01..2026-12-31]"),
        ("Sidang pada Oktober ini.", SUMMER, "2025-10"),
        ("Sidang pada Oktober mendatang.", SUMMER, "2025-10"),
        ("Sidang pada bulan Oktober.", SUMMER, "2025-10"),
        ("Sidang pada bulan depan.", WEDNESDAY, "2026-04"),
        ("Sidang pada tahun depan.", WEDNESDAY, "2027"),
        ("Sidang pada Maret tahun depan.", WEDNESDAY, "2027-03"),
        ("Sidang pekan depan.", WEDNESDAY, "[2026-03-16..2026-03-22]"),
        ("Sidang pada minggu pertama September.", WEDNESDAY, "[2026-09-01..2026-09-07]"),
        ("Sidang pada pekan ketiga Mei.", WEDNESDAY, "[2026-05-15..2026-05-21]"),
        ("Sidang pada paruh pertama Juni.", WEDNESDAY, "[2026-06-01..2026-06-15]"),
        # from the day of publication
        ("Pertemuan akan digelar besok.", WEDNESDAY, "2026-03-12"),
        ("Pertemuan akan digelar hari ini.", WEDNESDAY, "2026-03-11"),
        ("Pertemuan akan digelar lusa.", WEDNESDAY, "2026-03-13"),
        ("Pertemuan pada Selasa ini.", MONDAY, "2026-03-10"),
        ("Pertemuan pada Selasa depan.", WEDNESDAY, "2026-03-17"),
        ("Pertemuan pada hari Jumat.", WEDNESDAY, "2026-03-13"),
        ("Pertemuan dua pekan lagi.", WEDNESDAY, "[2026-03-23..2026-03-29]"),
        ("Pertemuan tiga hari lagi.", WEDNESDAY, "2026-03-14"),
        ("Rapat pada 17/6/2026.", WEDNESDAY, "2026-06-17"),
        ("Rapat pada Rabu (17/6) hingga Jumat (19/6).", WEDNESDAY, "2026-06-17/2026-06-19"),
        ("Rapat pada 1 Juni s/d 3 Juni.", WEDNESDAY, "2026-06-01/2026-06-03"),
        ("Rapat pada tanggal 1 s.d. 3 Juni.", WEDNESDAY, "2026-06-01/2026-06-03"),
        ("Rapat pada awal tahun depan.", WEDNESDAY, "[2027-01-01..2027-04-30]"),
        ("Rapat pada semester I 2027.", WEDNESDAY, "[2027-01-01..2027-06-30]"),
        ("Rapat pada Kamis pekan depan.", WEDNESDAY, "2026-03-19"),
        ("Rapat pada Kamis malam.", WEDNESDAY, "2026-03-12"),
        ("Rapat pada hari Selasa tanggal 7 April.", WEDNESDAY, "2026-04-07"),
        ("Rapat dijadwalkan tahun 2027.", WEDNESDAY, "2027"),
        ("Rapat pada pertengahan tahun 2027.", WEDNESDAY, "[2027-05-01..2027-08-31]"),
        ("Rapat pada tengah tahun ini.", WEDNESDAY, "[2026-05-01..2026-08-31]"),
        # with a clock time
        (
            "Upacara pada 2 April pukul 14.00 WIB.",
            WEDNESDAY,
            "2026-04-02T14:00:00+07:00[Asia/Jakarta]",
        ),
        (
            "Upacara pada 2 April pukul 09.30 WITA.",
            WEDNESDAY,
            "2026-04-02T09:30:00+08:00[Asia/Makassar]",
        ),
        (
            "Upacara pada Kamis (2/4) pukul 10.00 WIT.",
            WEDNESDAY,
            "2026-04-02T10:00:00+09:00[Asia/Jayapura]",
        ),
        (
            "Upacara pada 2 April pukul 9 pagi.",
            WEDNESDAY,
            "2026-04-02T09:00:00+07:00[Asia/Jakarta]",
        ),
        (
            "Upacara pada 2 April, 14.00–16.00 WIB.",
            WEDNESDAY,
            "2026-04-02T14:00:00+07:00[Asia/Jakarta]/2026-04-02T16:00:00+07:00[Asia/Jakarta]",
        ),
        (
            "Upacara besok pukul 7 malam.",
            WEDNESDAY,
            "2026-03-12T19:00:00+07:00[Asia/Jakarta]",
        ),
        (
            "Rapat Kamis (2/4) pukul 10.00-12.00 WIB.",
            WEDNESDAY,
            "2026-04-02T10:00:00+07:00[Asia/Jakarta]/2026-04-02T12:00:00+07:00[Asia/Jakarta]",
        ),
        (
            "Rapat Kamis (2/4) mulai pukul 08.00 hingga 17.00 WIB.",
            WEDNESDAY,
            "2026-04-02T08:00:00+07:00[Asia/Jakarta]/2026-04-02T17:00:00+07:00[Asia/Jakarta]",
        ),
        # no date
        ("Pelaku berusia 15 tahun.", WEDNESDAY, ""),
        ("Hal itu diatur dalam UU 12/2011.", WEDNESDAY, ""),
        ("Hal itu diatur dalam Pasal 7 ayat 2.", WEDNESDAY, ""),
        ("Evakuasi memakan waktu 72 jam.", WEDNESDAY, ""),
        ("Anggaran sebesar Rp2,026 miliar disiapkan.", WEDNESDAY, ""),
        ("Skor akhir pertandingan 3-1.", WEDNESDAY, ""),
        ("Rapat digelar pada 30 Februari 2026.", WEDNESDAY, ""),
        ("Rapat digelar pada Kamis (31/4/2026).", WEDNESDAY, ""),
        ("Rapat membahas 12 agenda utama.", WEDNESDAY, ""),
        ("Jalan sepanjang 17 kilometer dibuka.", WEDNESDAY, ""),
        ("Sejak 2/4 harga naik 3/4.", WEDNESDAY, ""),
        ("Skor 21-19, 22-20.", WEDNESDAY, ""),
        ("Jalan Mei Raya ditutup.", WEDNESDAY, ""),
    ],
)
def test_indonesian(sentence: str, published: date, edtf: str) -> None:
    assert read(sentence, published, "id") == edtf


@pytest.mark.parametrize(
    ("sentence", "published", "edtf"),
    [
        ("The talks are on the first Monday of May.", WEDNESDAY, "2026-05-04"),
        ("The talks are on the last Saturday of March.", WEDNESDAY, "2026-03-28"),
        ("The talks are on the fifth Monday of April.", WEDNESDAY, ""),
        (
            "The talks are on 4 July at 14:00 BST.",
            WEDNESDAY,
            "2026-07-04T14:00:00+01:00[Europe/London]",
        ),
        ("The talks are two weeks from today.", WEDNESDAY, "2026-03-25"),
        ("Sat on the chair, he waited.", WEDNESDAY, ""),
        ("June Lee will speak.", WEDNESDAY, ""),
        # a day
        ("The meeting will be held on 1 November.", SUMMER, "2025-11-01"),
        ("The meeting will be held on November 1.", SUMMER, "2025-11-01"),
        ("The meeting will be held on Nov. 1, 2026, in Penang.", SUMMER, "2026-11-01"),
        ("The meeting will be held on the 3rd of May.", WEDNESDAY, "2026-05-03"),
        ("The meeting will be held on May 3rd, 2026.", WEDNESDAY, "2026-05-03"),
        ("The meeting will be held on Saturday, 4 April.", WEDNESDAY, "2026-04-04"),
        ("The meeting will be held on Saturday, April 4, 2026.", WEDNESDAY, "2026-04-04"),
        ("The meeting will be held on 2026-04-04.", WEDNESDAY, "2026-04-04"),
        ("The meeting will be held on 9 Sept in Ipoh.", WEDNESDAY, "2026-09-09"),
        ("The meeting will be held on 5 January next year.", WEDNESDAY, "2027-01-05"),
        ("The meeting will be held on 5 January.", DECEMBER, "2027-01-05"),
        ("The meeting will be held on 29 February 2028.", WEDNESDAY, "2028-02-29"),
        # days
        ("The exercise runs Nov 1-3, 2025.", SUMMER, "2025-11-01/2025-11-03"),
        ("The exercise runs from 26 to 28 October.", SUMMER, "2025-10-26/2025-10-28"),
        ("The exercise runs Oct. 31–Nov. 1 off Penang.", SUMMER, "2025-10-31/2025-11-01"),
        ("The exercise runs 31 Oct.–1 Nov. off Penang.", SUMMER, "2025-10-31/2025-11-01"),
        ("The exercise runs from 28 December to 3 January.", SUMMER, "2025-12-28/2026-01-03"),
        ("The exercise runs from May 28 through June 2.", WEDNESDAY, "2026-05-28/2026-06-02"),
        ("The exercise falls between 4 and 9 May.", WEDNESDAY, "2026-05-04/2026-05-09"),
        ("The exercise is on 4 and 5 May.", WEDNESDAY, "2026-05-04/2026-05-05"),
        ("The exercise is on May 4 and 5.", WEDNESDAY, "2026-05-04/2026-05-05"),
        (
            "The exercise runs from Tuesday 3 to Thursday 5 November.",
            WEDNESDAY,
            "2026-11-03/2026-11-05",
        ),
        # longer
        ("The summit is due in early December.", SUMMER, "[2025-12-01..2025-12-10]"),
        ("The summit is due in mid-June.", WEDNESDAY, "[2026-06-11..2026-06-20]"),
        ("The summit is due in late May 2026.", WEDNESDAY, "[2026-05-21..2026-05-31]"),
        ("The summit is due at the end of May.", WEDNESDAY, "[2026-05-21..2026-05-31]"),
        ("The summit is due in mid-2026.", WEDNESDAY, "[2026-05-01..2026-08-31]"),
        ("The summit is due in early 2027.", WEDNESDAY, "[2027-01-01..2027-04-30]"),
        ("The launch is due in the third quarter of 2026.", WEDNESDAY, "2026-35"),
        ("The launch is due in Q4 2026.", WEDNESDAY, "2026-36"),
        ("The launch is due in the second half of 2026.", WEDNESDAY, "[2026-07-01..2026-12-31]"),
        ("The launch is due in the first half of June.", WEDNESDAY, "[2026-06-01..2026-06-15]"),
        ("The launch is due in the spring of 2027.", WEDNESDAY, "[2027-03-01..2027-05-31]"),
        ("The vote will take place this October.", SUMMER, "2025-10"),
        ("The vote will take place in October.", SUMMER, "2025-10"),
        ("The vote will take place in May.", WEDNESDAY, "2026-05"),
        ("The vote will take place next month.", WEDNESDAY, "2026-04"),
        ("The vote will take place next month.", DECEMBER, "2027-01"),
        ("The vote will take place next year.", WEDNESDAY, "2027"),
        ("The vote will take place in October next year.", WEDNESDAY, "2027-10"),
        ("The vote will take place next week.", WEDNESDAY, "[2026-03-16..2026-03-22]"),
        ("The vote will take place this weekend.", WEDNESDAY, "[2026-03-14..2026-03-15]"),
        ("The first week of September is set aside.", WEDNESDAY, "[2026-09-01..2026-09-07]"),
        ("The last week of May is set aside.", WEDNESDAY, "[2026-05-25..2026-05-31]"),
        # from the day of publication
        ("The briefing will be held tomorrow.", WEDNESDAY, "2026-03-12"),
        ("The briefing will be held today.", WEDNESDAY, "2026-03-11"),
        ("The briefing will be held the day after tomorrow.", WEDNESDAY, "2026-03-13"),
        ("The briefing will be held next Tuesday.", WEDNESDAY, "2026-03-17"),
        ("The briefing will be held this Thursday.", WEDNESDAY, "2026-03-12"),
        ("The briefing will be held on Friday.", WEDNESDAY, "2026-03-13"),
        ("The briefing will be held in two weeks.", WEDNESDAY, "[2026-03-23..2026-03-29]"),
        ("The briefing will be held in three days.", WEDNESDAY, "2026-03-14"),
        ("The briefing will be held two months from now.", WEDNESDAY, "2026-05"),
        ("The talks run 4–6 May 2026.", WEDNESDAY, "2026-05-04/2026-05-06"),
        ("The talks run from 4th to 6th May.", WEDNESDAY, "2026-05-04/2026-05-06"),
        ("The talks run Monday to Wednesday.", WEDNESDAY, "2026-03-16/2026-03-18"),
        ("The talks run May 4 - June 2.", WEDNESDAY, "2026-05-04/2026-06-02"),
        ("The talks are on 4/5/2026.", WEDNESDAY, "2026-05-04"),
        ("The talks are next Tuesday, 17 March.", WEDNESDAY, "2026-03-17"),
        ("The talks are later this month.", WEDNESDAY, "2026-03"),
        ("The talks are early next year.", WEDNESDAY, "[2027-01-01..2027-04-30]"),
        ("The talks are in the middle of next month.", WEDNESDAY, "[2026-04-11..2026-04-20]"),
        ("The talks are in the first week of next month.", WEDNESDAY, "[2026-04-01..2026-04-07]"),
        ("The talks run from May to July 2026.", WEDNESDAY, "2026-05/2026-07"),
        ("May 2026 will see talks.", WEDNESDAY, "2026-05"),
        # with a clock time
        (
            "The launch will be on 4 April at 8pm MYT.",
            WEDNESDAY,
            "2026-04-04T20:00:00+08:00[Asia/Kuala_Lumpur]",
        ),
        (
            "The launch will be on 4 April at 9.30 am SGT.",
            WEDNESDAY,
            "2026-04-04T09:30:00+08:00[Asia/Singapore]",
        ),
        (
            "The launch will be on 4 April at 14:00 GMT.",
            WEDNESDAY,
            "2026-04-04T14:00:00+00:00[UTC]",
        ),
        (
            "The launch will be at 10 a.m. on April 4.",
            WEDNESDAY,
            "2026-04-04T10:00:00+08:00[Asia/Kuala_Lumpur]",
        ),
        (
            "The launch will be tomorrow at noon.",
            WEDNESDAY,
            "2026-03-12T12:00:00+08:00[Asia/Kuala_Lumpur]",
        ),
        (
            "The launch will be on 4 April from 9am to 11am.",
            WEDNESDAY,
            (
                "2026-04-04T09:00:00+08:00[Asia/Kuala_Lumpur]"
                "/2026-04-04T11:00:00+08:00[Asia/Kuala_Lumpur]"
            ),
        ),
        (
            "The talks are at 7:30 p.m. on Friday.",
            WEDNESDAY,
            "2026-03-13T19:30:00+08:00[Asia/Kuala_Lumpur]",
        ),
        # no date
        ("The suspect is 15 years old.", WEDNESDAY, ""),
        ("The rule is part of Act 12/2011.", WEDNESDAY, ""),
        ("The rescue took 72 hours.", WEDNESDAY, ""),
        ("He may attend the meeting.", WEDNESDAY, ""),
        ("Soldiers will march past the stand.", WEDNESDAY, ""),
        ("Minister May Tan will speak.", WEDNESDAY, ""),
        ("The home side won 3-1.", WEDNESDAY, ""),
        ("Some 2,026 runners signed up.", WEDNESDAY, ""),
        ("The bond pays 4.25 per cent.", WEDNESDAY, ""),
        ("The meeting will be held on 30 February 2026.", WEDNESDAY, ""),
        ("The meeting will be held on 32 May.", WEDNESDAY, ""),
        ("The meeting will be held on June 31, 2026.", WEDNESDAY, ""),
        ("The talks are on the 4th.", WEDNESDAY, ""),
        ("They won by 2 to 1.", WEDNESDAY, ""),
        ("He ran from 5 to 10 km.", WEDNESDAY, ""),
        ("The August body met.", WEDNESDAY, ""),
        ("Version 2026.3 shipped.", WEDNESDAY, ""),
    ],
)
def test_english(sentence: str, published: date, edtf: str) -> None:
    assert read(sentence, published, "en") == edtf


@pytest.mark.parametrize(
    ("sentence", "lang", "ahead", "edtf"),
    [
        ("pada 20 Februari", "ms", True, "2027-02-20"),
        ("pada 20 Februari", "ms", False, "2026-02-20"),
        ("pada 20 Februari", "ms", None, "2026-02-20"),
        ("pada 20 November", "id", True, "2026-11-20"),
        ("pada 20 November", "id", False, "2025-11-20"),
        ("on Monday", "en", True, "2026-03-16"),
        ("on Monday", "en", False, "2026-03-09"),
        ("in October", "en", True, "2026-10"),
        ("in October", "en", False, "2025-10"),
        ("last October", "en", None, "2025-10"),
        ("yesterday", "en", None, "2026-03-10"),
        ("Oktober lalu", "ms", None, "2025-10"),
        ("minggu lepas", "ms", None, "[2026-03-02..2026-03-08]"),
        ("pekan lalu", "id", None, "[2026-03-02..2026-03-08]"),
        ("semalam", "ms", None, "2026-03-10"),
        ("kemarin", "id", None, "2026-03-10"),
    ],
)
def test_a_date_without_a_year_lies_where_its_sentence_looks(
    sentence: str, lang: str, ahead: bool | None, edtf: str
) -> None:
    assert read(sentence, WEDNESDAY, lang, ahead) == edtf


def test_two_dates_of_a_sentence_stay_two() -> None:
    text = "Bengkel pada 4 Mei dan pelancaran pada 9 Jun 2026."
    assert read(text, WEDNESDAY, "ms") == "2026-05-04; 2026-06-09"


@pytest.mark.parametrize(
    ("lang", "sentence", "edtf"),
    [
        ("ms", "Sidang pada 1, 2 dan 3 Mei.", "2026-05-01/2026-05-03"),
        ("ms", "Sidang pada 17-19 dan 24-26 Jun.", "2026-06-17/2026-06-19; 2026-06-24/2026-06-26"),
        ("ms", "Sidang pada 4/4/26.", "2026-04-04"),
        ("ms", "Sidang pada 17hb. Mac 2026.", "2026-03-17"),
        ("ms", "pada 5 hingga 7 haribulan Jun", "2026-06-05/2026-06-07"),
        (
            "ms",
            "dari 9 hingga 11 pagi pada 4 April",
            "2026-04-04T09:00:00+08:00[Asia/Kuala_Lumpur]/2026-04-04T11:00:00+08:00[Asia/Kuala_Lumpur]",
        ),
        ("ms", "akhir Mei atau awal Jun", "[2026-05-21..2026-06-10]"),
        ("ms", "28 haribulan ini", "2026-03-28"),
        ("ms", "15 haribulan depan", "2026-04-15"),
        ("id", "Rapat pada 17 dan 19 Juni.", "2026-06-17; 2026-06-19"),
        ("id", "Rapat pada kuartal I/2027.", "2027-33"),
        ("id", "Rapat pada Juni-Juli 2026.", "2026-06/2026-07"),
        ("id", "Rapat pada Rabu-Jumat (17-19/6).", "2026-06-17/2026-06-19"),
        ("id", "Rapat pada 17-19/6/2026.", "2026-06-17/2026-06-19"),
        ("id", "Rapat digelar Mei atau Juni 2026.", "[2026-05-01..2026-06-30]"),
        ("id", "Sabtu (14/3) dan Minggu (15/3)", "2026-03-14/2026-03-15"),
        ("id", "pada 14, 15, dan 16 Maret 2026", "2026-03-14/2026-03-16"),
        ("id", "akhir Mei atau awal Juni", "[2026-05-21..2026-06-10]"),
        ("id", "tanggal 14 bulan depan", "2026-04-14"),
        ("en", "It meets on 3 and 5 May.", "2026-05-03; 2026-05-05"),
        ("en", "It runs May 4-6 and 9-11.", "2026-05-04/2026-05-06; 2026-05-09/2026-05-11"),
        ("en", "It runs on 4-6 and 9-11 May 2026.", "2026-05-04/2026-05-06; 2026-05-09/2026-05-11"),
        ("en", "It will be held in the last quarter of this year.", "2026-36"),
        ("en", "It will be held in the week of 4 May.", "[2026-05-04..2026-05-10]"),
        ("en", "It will be held in the week beginning 4 May.", "[2026-05-04..2026-05-10]"),
        ("en", "It will be held a week from Tuesday.", "2026-03-24"),
        ("en", "It will be held on Tuesday week.", "2026-03-24"),
        ("en", "It will be held in May or June.", "[2026-05-01..2026-06-30]"),
        ("en", "It will be held on 5 or 6 May.", "[2026-05-05..2026-05-06]"),
        ("en", "It will be held at the end of the year.", "[2026-09-01..2026-12-31]"),
        ("en", "It is on Christmas Eve.", "2026-12-24"),
        ("en", "It runs until Palm Sunday.", "2026-03-29"),
        (
            "en",
            "It runs from 9 to 11 am on 4 May.",
            "2026-05-04T09:00:00+08:00[Asia/Kuala_Lumpur]/2026-05-04T11:00:00+08:00[Asia/Kuala_Lumpur]",
        ),
        (
            "en",
            "On Friday 15 May from 6-8pm.",
            "2026-05-15T18:00:00+08:00[Asia/Kuala_Lumpur]/2026-05-15T20:00:00+08:00[Asia/Kuala_Lumpur]",
        ),
        ("en", "On 14th May 2026 at 18:30.", "2026-05-14T18:30:00+08:00[Asia/Kuala_Lumpur]"),
        ("en", "On May 14 at noon.", "2026-05-14T12:00:00+08:00[Asia/Kuala_Lumpur]"),
        ("en", "in late May or early June", "[2026-05-21..2026-06-10]"),
        ("en", "the second weekend of May", "[2026-05-09..2026-05-10]"),
        ("en", "in mid to late April", "[2026-04-11..2026-04-30]"),
    ],
)
def test_lists_windows_weeks_and_named_days(lang: str, sentence: str, edtf: str) -> None:
    assert read(sentence, WEDNESDAY, lang) == edtf


def test_days_told_respectively_are_no_span() -> None:
    sentence = "A and B are on 3 and 4 May respectively."
    assert read(sentence, WEDNESDAY, "en") == "2026-05-03; 2026-05-04"
