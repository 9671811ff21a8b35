"""Malay."""

from calendar_svc.articles.languages import Language, words

LANGUAGE = Language(
    code="ms",
    head_first=True,
    has_tense=False,
    heads=words(
        """mesyuarat, mesyuarat agung, sidang, sidang kemuncak, persidangan, perhimpunan, kongres,
        seminar, simposium, bengkel, forum, dialog, muzakarah, konvensyen, kolokium, taklimat,
        eksesais, latihan, sukan, kejohanan, pertandingan, perlawanan, piala, liga, larian,
        maraton, temasya, pelancaran, perasmian, majlis, pameran, ekspo, festival, pesta,
        karnival, hari, konsert, kempen, perbicaraan, pendengaran, pilihan raya, pilihan raya
        kecil, rundingan, lawatan, ekspedisi, konvokesyen, istiadat, program, kursus, acara,
        pertemuan, tarikh akhir, tarikh tutup, permohonan, pendaftaran, penyerahan, hackathon,
        minggu, jelajah, tayangan, pembukaan, penutupan, sambutan, lelongan, ujian,
        penghantaran, sebutan semula, kumpulan kerja, sesi taklimat, majlis penghargaan, malam
        anugerah, mesyuarat lembaga, retret, undian, pertemuan empat mata, perarakan, mesyuarat
        tingkat menteri, jualan, laga, leg, perlawanan akhir, perlawanan pembukaan, separuh
        akhir, suku akhir, pusingan kelayakan, kelayakan, jambori, mediasi, prosiding, sebutan,
        sebutan kes, viva voce, istiadat konvokesyen, penamaan calon, hari penamaan calon, hari
        mengundi, undi awal, pengundian, pengundian awal, bacaan, debat, raptai, raptai penuh,
        hukuman, penghakiman, sesi pendengaran, pendengaran awam, sesi pendengaran awam, sesi
        libat urus, libat urus, town hall, himpunan, ijtimak, tilawah, majlis tilawah, kenduri,
        jamuan, rumah terbuka, perbarisan, kayuhan, regatta, gotong-royong, derma darah, sidang
        media, mesyuarat agung tahunan, mesyuarat tergempar, mesyuarat khas, perundingan,
        wacana, syarahan, ceramah, kuliah, pelancaran buku, tayangan perdana, pementasan,
        anugerah, klinik, fasa, malam, bicara, bulan, sesi, musim permesyuaratan, peringkat,
        muktamar, konferensi, musyawarah, sambung bicara, sambungan perbicaraan, perbahasan,
        pengurusan kes, hari pengundian, piket, tunjuk perasaan, mogok, retreat, regata,
        pembentangan, peringatan, pusingan, perhimpunan agung, kempen kesedaran, bidaan, tender,
        temu duga, peperiksaan, bancian, pilihan raya umum, pilihan raya negeri, referendum,
        majlis penyerahan, majlis pelancaran, majlis perasmian, majlis penutup, upacara, upacara
        pembukaan, upacara penutup, penerbangan ujian, simulasi, kem, cabaran, pasar, bazar,
        aksi, perlumbaan, pertarungan, hujahan, siri, perlawanan persahabatan, misi, konvoi,
        kembara, ziarah, majlis anugerah, majlis makan malam, makan malam, jamuan makan malam,
        sesi dialog, sesi soal jawab, sesi perbincangan, perbincangan, mesyuarat pegawai kanan,
        mesyuarat kabinet, mesyuarat menteri, sidang parlimen, sidang dewan, webinar, larian
        amal, senamrobik, pertandingan akhir, saringan, pusingan akhir, peringkat akhir, final,
        festival filem, minggu filem, malam kebudayaan, malam amal, pertunjukan, pertunjukan
        udara, pertunjukan pentomen, pelayaran, pelayaran sulung, penerbangan sulung, ujian
        laut, istiadat pertabalan, pertabalan, solat hajat, solat jenazah, pengebumian, majlis
        perkahwinan, tahlil, khatam al-quran, kem motivasi, kem ibadah, pemilihan, pemilihan
        parti, pemilihan agung, saringan kesihatan, kempen derma darah, pesta buku, pesta
        makanan, rombongan, jerayawara, majlis apresiasi, apresiasi, majlis menandatangani,
        pecah tanah, majlis pecah tanah, perhimpunan bulanan, hari terbuka, hari keluarga, hari
        sukan, hari graduasi, majlis graduasi, graduasi, jawatankuasa, lembaga pengarah, panel,
        persembahan, bicara umum, syarahan umum, kuliah umum, jamuan malam, pasar raya, pasar
        malam, pasaran, usul, usul bertulis, ceramah umum, maklum balas bertulis"""
    ),
    named_only=words("malam, bicara"),
    suffixes=words("nya"),
    common=words(
        """sesi, jualan, kelayakan, bacaan, pembentangan, pusingan, klinik, fasa, pasar, acara,
        program, majlis, pertemuan, hari, minggu, permohonan, pendaftaran, sukan, lawatan,
        ujian, penyerahan, penghantaran, kempen, aksi, siri, misi, hujahan, perbincangan,
        pemilihan, final, rombongan, ziarah, saringan, graduasi, perlumbaan, konvoi, kembara,
        apresiasi, pertunjukan, makan malam, pelayaran, pertarungan, persembahan, tender, usul,
        peringkat"""
    ),
    the=words("itu, tersebut, berkenaan, ini, berkenaan itu"),
    inside=words("dan, bagi, untuk, mengenai, tentang, ke, dengan, serta, &, peringkat"),
    at=words("di, bertempat di, ke, berlangsung di, diadakan di"),
    near=words("berhampiran, menerusi platform, melalui platform"),
    sites=words(
        """dewan, stadium, pentas, padang, pejabat, kompleks, balai, ruang, kampus, hotel, masjid,
        surau, sekolah, perairan, perkarangan, dataran, pangkalan, kem, taman, pusat, bilik, pantai,
        jeti, ibu pejabat, mahkamah, muzium, galeri, perpustakaan, studio, auditorium"""
    ),
    online=words("dalam talian, secara maya, maya"),
    here=words("di sini"),
    same_place=words(
        """di tempat sama, di tempat yang sama, di lokasi sama, di lokasi yang sama, di dewan sama,
        di dewan yang sama, di padang sama, di bandar yang sama, di kota yang sama, di masjid yang
        sama, di kompleks yang sama, di stadium yang sama"""
    ),
    to=words(
        """dan berakhir, dan tamat, sebelum berakhir pada, hingga, sehingga, sampai, -, dan tamat
        pada, dan berakhir pada, dan ditutup pada"""
    ),
    and_=words("dan, serta, dengan, manakala"),
    respectively=words("masing-masing, berturut-turut"),
    between=words("antara, di antara"),
    this=words("ini, semasa"),
    next=words("depan, hadapan, akan datang, mendatang, yang akan datang"),
    last=words("lalu, lepas, sudah, yang lalu, yang lepas, yang sudah"),
    units={
        "hujung minggu": "weekend",
        "hari": "day",
        "minggu": "week",
        "bulan": "month",
        "suku": "quarter",
        "suku tahun": "quarter",
        "separuh": "half",
        "tahun": "year",
    },
    relative_days={
        "hari ini": 0,
        "esok": 1,
        "besok": 1,
        "lusa": 2,
        "tulat": 3,
        "semalam": -1,
        "kelmarin": -1,
        "malam ini": 0,
        "petang ini": 0,
        "pagi ini": 0,
        "malam tadi": -1,
        "malam nanti": 0,
        "petang nanti": 0,
        "pagi tadi": 0,
        "petang tadi": 0,
        "tengah hari tadi": 0,
    },
    counted_days={
        "hari itu": 0,
        "keesokan harinya": 1,
        "keesokannya": 1,
        "esoknya": 1,
        "hari yang sama": 0,
        "malam yang sama": 0,
        "hari berikutnya": 1,
        "sehari sebelumnya": -1,
        "malam sebelum": -1,
        "hari sebelum": -1,
        "hari selepas": 1,
        "sehari sebelum itu": -1,
    },
    edge_days={
        "hari pembukaan": 1,
        "malam pembukaan": 1,
        "malam pertama": 1,
        "hari penutup": -1,
        "malam penutup": -1,
        "malam terakhir": -1,
        "malam akhir": -1,
    },
    named_days={
        "hari krismas": "12-25",
        "malam tahun baharu": "12-31",
        "hari tahun baharu": "01-01",
        "hari pekerja": "05-01",
        "hari kebangsaan": "08-31",
        "hari merdeka": "08-31",
        "hari malaysia": "09-16",
    },
    links=words("bulan, tahun, hari, haribulan, hb, di, pada, dari"),
    leads=words("hari, tanggal, tgl"),
    or_=words("atau"),
    in_=words("dalam, masa"),
    clock_words={},
    parts_of_day={"pagi": (0, 11), "petang": (12, 19), "malam": (18, 23)},
    time_of=words("waktu"),
    one="se",
    numbers={
        **{"satu": 1, "se": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6},
        **{"tujuh": 7, "lapan": 8, "sembilan": 9, "sepuluh": 10},
    },
    ordinals={
        **{"kesebelas": 11, "keseratus": 100},
        **{"pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5, "keenam": 6},
        **{"ketujuh": 7, "kelapan": 8, "kesembilan": 9, "kesepuluh": 10, "terakhir": -1},
    },
    parts={
        "awal": "early",
        "pertengahan": "mid",
        "tengah": "mid",
        "akhir": "late",
        "penghujung": "late",
        "hujung": "late",
    },
    seasons={
        "musim bunga": 3,
        "musim panas": 6,
        "musim luruh": 9,
        "musim sejuk": 12,
    },
    later=words(
        """kemudian, selepas itu, selepasnya, berikutnya, dari hari ini, lagi, akan datang, dari
        sekarang"""
    ),
    afterwards=words("kemudian, selepas itu, selepasnya, berikutnya"),
    earlier=words("sebelumnya, sebelum itu, lebih awal"),
    by=words("sebanyak"),
    ago=words("lalu, lepas, yang lalu"),
    before_=words("sebelum"),
    after_=words("selepas, setelah, sesudah"),
    labels={
        **dict.fromkeys(
            ("tarikh", "hari", "hari / tarikh", "tanggal", "hari / tanggal", "hari , tanggal"),
            "date",
        ),
        **dict.fromkeys(("masa", "waktu", "pukul", "jam"), "time"),
        **dict.fromkeys(("tempat", "lokasi", "venue"), "place"),
    },
    versus=words(
        """vs, lawan, menentang, melawan, kontra, akan menentang, berdepan, akan berdepan,
        menjamu"""
    ),
    day_marks=words("hb, haribulan"),
    hour_marks=words("pukul, jam, mulai pukul, bermula pukul, kira-kira pukul"),
    day_parts={
        "pagi": (0, 11),
        "tengah hari": (11, 14),
        "tengahari": (11, 14),
        "tengah malam": (24, 24),
        "pg": (0, 11),
        "tgh": (11, 14),
        "ptg": (12, 19),
        "mlm": (18, 23),
        "petang": (12, 19),
        "malam": (18, 23),
    },
    zones={"waktu malaysia": "Asia/Kuala_Lumpur", "waktu tempatan": ""},
    scheduled=words(
        """diatur, hendaklah, mesti, perlu dihantar, selewat-lewatnya, akan, bakal, dijadualkan,
        dijadual, dijangka, dirancang, akan diadakan, akan berlangsung, akan bermula, ditetapkan,
        menjelang, mulai, bermula, akan bersidang, dibuka, ditutup pada"""
    ),
    modal=words(
        """hendaklah, mesti, selewat-lewatnya, akan, bakal, dijangka, menjelang, mulai, bermula"""
    ),
    neutral=words(
        """bertemu, bermesyuarat, diserahkan, dihantar, dikemukakan, sampai kepada, dikembalikan,
        membuka tirai, dipentaskan, jatuh pada, dilepaskan, dibahaskan, dilancarkan,
        dibentangkan, diterima, berlangsung, diadakan, bersidang, bermula, dianjurkan,
        dilaksanakan, dilangsungkan, dibuka, dirasmikan, menyusul, diumumkan, dibuat,
        disempurnakan, difailkan, dimainkan, dipertandingkan, didengar, disambung, digelar,
        dijalankan, diteruskan, disiarkan secara langsung, diraikan, disambut, sampai ke,
        bersambung"""
    ),
    held=words(
        """menewaskan, mengalahkan, tewas, telah, sudah, berakhir, ditutup, telah ditutup, selesai,
        melabuhkan tirai, berjaya, telah diadakan, berakhir dengan, tamat, tadi, menumpaskan,
        menundukkan, mengatasi, membelasah, menumbangkan, menjulang, menjuarai"""
    ),
    postponed=words("ditangguhkan, ditangguh, tertangguh, penangguhan, menangguhkan, ditunda"),
    cancelled=words("dibatalkan, batal, membatalkan, pembatalan, tidak jadi diadakan"),
    moved=words(
        """dibawa ke hadapan, dibawa ke depan, dilanjutkan, memindahkan, menganjakkan, meminda,
        mengubah, menunda, dijadualkan semula, dijadual semula, dipinda, dianjakkan, dianjak,
        dipindahkan, diawalkan, dilewatkan, diubah, ditukar, berpindah, ditangguhkan, ditangguh,
        ditunda, dipercepat, dipercepatkan, penjadualan semula"""
    ),
    not_=words("tidak, tidak akan, tak, bukan"),
    formerly=words("bukan, bukannya, asalnya, pada asalnya, sepatutnya, mulanya, yang sepatutnya"),
    old=words(
        """dari, daripada, asalnya, pada asalnya, asal, sepatutnya, yang sepatutnya, sebelum ini,
        bukan, bukannya, tarikh asal, mulanya, menggantikan"""
    ),
    new=words("kepada, ke, menjadi, kepada tarikh baharu, hingga ke, tarikh baharu"),
    now=words("kini, sekarang"),
    before_now=words("terdahulu, sebelumnya"),
    except_=words("kecuali"),
    background=words(
        """berkuat kuasa, berkuatkuasa, setakat, sejak, ditubuhkan, diasaskan, dilahirkan, kali
        terakhir, kali pertama diadakan, edisi lalu, sebelumnya, pada tahun lalu, dimeterai,
        ditandatangani, merdeka, pernah, dahulu, tahun lepas, sesi lalu, bermula sejak, menjuarai,
        tertubuh"""
    ),
    since=words("sejak"),
    durations=words("selama, berusia, dalam tempoh, sepanjang, hampir, lebih"),
    closed=words("melabuhkan tirainya, ditutup, berakhir, tamat, melabuhkan tirai, selesai"),
    than=words("daripada, dari"),
    ends=words(
        """berakhir, tamat, ditutup, berlabuh, penutupan, sampai, hari terakhir, hingga, sehingga,
        melabuhkan tirai, selesai"""
    ),
    reporting=words(
        """memaklumkan, mengingatkan, menjelaskan, menegaskan, mendedahkan, kata, katanya, berkata,
        ujar, ujarnya, jelas, jelasnya, memberitahu, umum, mengumumkan, diumumkan, kenyataan, sidang
        media, menurut, tambah, tambahnya, pemberita, media, maklum"""
    ),
    begins=words("mulai, bermula, dari, daripada, sejak"),
    stops=words(
        """diikuti, dihadiri, disertai, dipimpin, dipengerusikan, membabitkan, melibatkan,
        menyaksikan, membincangkan, membahas, seperti, sebagaimana, sebagai, bersurai, boleh,
        dapat, iaitu, yakni, adalah, ialah, merupakan, yang, akan, telah, bakal, kerana,
        selepas, sebelum, ketika, sambil, untuk, kata, menurut, dalam, dari, daripada, pada,
        dan, bahawa, bahwa, memutuskan, kecuali, sehingga, hingga, sejak, atau, turut, juga,
        tidak, tetap, selama, pula"""
    ),
    small=words(
        """dan, di, ke, bagi, untuk, pada, dengan, yang, sebuah, satu, suatu, para, se, serta"""
    ),
    auxiliaries=words(
        """kembali, yang, telah, sudah, akan, bakal, juga, turut, pula, kini, itu, tersebut,
        dipastikan, dijangka"""
    ),
    pronouns=words("ia, beliau, dia, mereka, kami, kita, ini, itu, semua, semuanya, all"),
    the_same=words("tarikh, itu, tersebut, berkenaan, acara, majlis, program"),
    openings=words(
        """sementara, dan, tetapi, manakala, adapun, namun, selain, itu, pula, bahawa, bahwa"""
    ),
    subordinating=words(
        """bahawa, bahwa, yang, kerana, karena, jika, setelah, selepas, sebelum, manakala,
        sedangkan, sementara"""
    ),
    oblique=words(
        """menuju, melalui, lewat, usai, seusai, jelang, menyusul, demi, sepanjang, dalam, di,
        sempena, bersempena, semasa, ketika, sewaktu, untuk, bagi, sebelum, selepas, setelah,
        menjelang, bersama, oleh, dengan"""
    ),
    relative=words("yang"),
    around=words("sekitar"),
    to_day=words("dari, pada"),
    on=words("pada"),
    next_one=words("seterusnya, berikutnya, akan datang, selanjutnya"),
    travels=words("berlepas, bertolak, pulang, tiba, bersara, bersalin, mendarat"),
    named_as=words("dinamakan, dikenali sebagai, digelar"),
    then_=words("disusuli, diikuti, disusuli dengan, diikuti dengan"),
    publishes=words("diterbitkan, dikeluarkan, disiarkan, dimuat naik, dijual"),
    joins=words("dan, serta, manakala, sedangkan, sementara"),
    before_month=words("-, –, pada, bulan"),
    chains=words(
        """mengenai, tentang, berkaitan, bertema, bertemakan, bertajuk, antara, menentang, terhadap,
        ke, lawan, melawan, peringkat, dengan, bagi, untuk, sempena"""
    ),
    behind=words("di, anjuran, oleh, membabitkan, melibatkan, dalam"),
    joining=words("dan, &"),
    articles=words("para, sebuah, satu, semua"),
    an=words("sebuah, satu, suatu"),
    conditional=words("bertarikh, jika, sekiranya, kalau, andai, seandainya"),
    every=words("setiap, tiap, saban"),
    fixes=words("menetapkan"),
    no=words("tiada"),
    vague=words(
        """tahunan, dwitahunan, antarabangsa, serantau, kebangsaan, besar, utama, rasmi, dua, tiga,
        empat, lima, hari"""
    ),
    generic=words("acara, program, majlis, kegiatan, temasya, penganjuran"),
    bodies=words("kumpulan kerja, jawatankuasa, lembaga pengarah, panel"),
    meets=words(
        """bersidang, bermesyuarat, bertemu, membincangkan, bermuzakarah, memutuskan,
        mempertimbangkan, mendengar, bersidang semula, membahaskan, meneliti"""
    ),
    there_is=words("terdapat, ada"),
    stages=words(
        """fasa, final, perlawanan akhir, separuh akhir, suku akhir, undian, pembukaan, penutupan,
        penutup, pendaftaran, pengundian, bacaan, raptai, penghantaran, penyerahan, permohonan,
        hukuman, penghakiman, leg, pusingan kelayakan"""
    ),
    never=words(
        """menteri, delegasi, presiden, perdana menteri, rombongan, kapal, pesawat, cadangan,
        permintaan, tiket, surat, notis, borang kaji selidik, sidang media, pemakluman,
        pengumuman, kenyataan media, kerja, kerja-kerja, harga, jalan, laluan, cuti, tempoh,
        sekatan, laporan, keputusan, angka, soalan, bantuan, bayaran, perkhidmatan,
        undang-undang, akta, tugas, tugasan, kontrak, pekeliling, kadar, senarai, nama, tarif,
        yuran, gaji, kelulusan, tawaran, lesen, larangan, penutupan jalan, ringgit, makluman,
        saham, indeks, pasar raya, pasar malam, pasaran, subsidi"""
    ),
    active=words(
        """mengadakan, menganjurkan, melaksanakan, melangsungkan, menghoskan, mengendalikan,
        menangguhkan, membatalkan, memindahkan, menganjakkan, merasmikan, melancarkan, menghadiri,
        menyertai, mempengerusikan, menutup, membuka, menjadualkan, menunda, memajukan, mengawalkan,
        menjadi tuan rumah"""
    ),
    verb_prefixes=words("me"),
    but=words("tetapi, sebaliknya, melainkan, namun"),
    whereas=words("manakala, sementara, sedangkan, adapun"),
    telling=words(
        """ialah, kerana, manakala, daripada, kepada, bahawa, mesyuarat, beliau, hendaklah, berkata,
        katanya, selepas, kerajaan, syarikat, peringkat, menerusi, jawatankuasa, pengerusi,
        diadakan, hadapan, negeri, mac, ogos, disember, isnin, khamis, jumaat, ahad, kemudahan,
        turut, iaitu, seramai, antarabangsa, pejabat, setiausaha, pengarah, kementerian, sehingga,
        sabtu, perkara, pula, memaklumkan, orang, petang, jam, kali, tempoh, tahap, mengenai,
        dijangka, dijadualkan, ditangguhkan, akan, ini, itu, dan, yang, rm, bermula, persidangan,
        julai, jun, peratus, boleh, sepatutnya, taklimat, kuala, pegawai"""
    ),
    abbreviations=words(
        """dr, prof, no, hb, jln, kg, sdn, bhd, ybhg, yb, yab, tun, lt, kol, brig, jen, sjn, bil,
        hjh, hj, pn, en, tn, mejar"""
    ),
)
