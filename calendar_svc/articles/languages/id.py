"""Indonesian."""

from calendar_svc.articles.languages import Language, words

LANGUAGE = Language(
    code="id",
    head_first=True,
    has_tense=False,
    heads=words(
        """pertemuan, rapat, rapat umum, sidang, ktt, konferensi tingkat tinggi, konferensi,
        kongres, seminar, simposium, lokakarya, forum, dialog, muktamar, musyawarah, munas,
        rakernas, rapat kerja, konvensi, latihan, latihan bersama, latihan gabungan, pekan
        olahraga, kejuaraan, turnamen, pertandingan, laga, piala, liga, lomba, maraton,
        peluncuran, peresmian, upacara, pameran, ekspo, festival, pesta, karnaval, hari, konser,
        kampanye, persidangan, pemilihan, pemilu, pilkada, perundingan, kunjungan, ekspedisi,
        wisuda, program, kursus, pelatihan, acara, kegiatan, tenggat, batas akhir, batas waktu,
        pendaftaran, penyerahan, hackathon, pekan, pemutaran, pembukaan, penutupan, perayaan,
        simulasi, evaluasi, lelang, uji terbang, uji coba, malam penghargaan, kelompok kerja,
        retret, rapat teknis, rapat koordinasi, rapat evaluasi, sidang pembelaan, undian, malam
        anugerah, pawai, sarasehan, diskusi, debat, rapat dengar pendapat, dengar pendapat,
        pasar, bazar, temu, olimpiade, asian games, sea games, gelaran, ajang, bimbingan teknis,
        ujian, seleksi, misi, sensus, leg, leg pertama, leg kedua, semifinal, perempat final,
        final, kualifikasi, babak kualifikasi, jambore, mediasi, gladi bersih, gladi resik,
        debat kandidat, debat publik, pemungutan suara, pemungutan suara ulang, pencoblosan,
        pembacaan putusan, pembacaan tuntutan, sidang perdana, sidang putusan, sidang lanjutan,
        sidang tahunan, sidang paripurna, rapat paripurna, rapat pleno, rapat tahunan, reuni,
        halalbihalal, istigasah, doa bersama, apel, apel akbar, tabligh akbar, kuliah umum,
        orasi, pelantikan, pengukuhan, serah terima, peletakan batu pertama, groundbreaking, uji
        publik, sosialisasi, audiensi, bedah buku, peluncuran buku, pentas, pementasan,
        pergelaran, pagelaran, parade, kirab, ruwatan, karapan, pemusnahan, donor darah, bakti
        sosial, kerja bakti, jalan sehat, fun run, gowes, balapan, reli, perlombaan, sayembara,
        kompetisi, ujian promosi, ujian promosi doktor, ujian tesis, ujian disertasi, ujian
        nasional, sidang skripsi, masa persidangan, masa sidang, masa kampanye, pelayaran
        perdana, penerbangan perdana, rapat umum pemegang saham, rups, rapat anggota, webinar,
        kolokium, retreat, fase, malam, bincang, bulan, sesi, pengiriman, pengumpulan, pilkades,
        pilpres, pileg, pembahasan, aksi, unjuk rasa, mogok, demo, regata, peringatan, putaran,
        misa, ibadat, musabaqah, uji kelayakan dan kepatutan, uji kelayakan, klinik, musyawarah
        nasional, jumpa pers, konferensi pers, kunjungan kerja, kunjungan kenegaraan, komisi,
        panitia kerja, pansus, panja, dewan juri"""
    ),
    named_only=words("malam, bincang"),
    suffixes=words("nya"),
    common=words(
        """pengiriman, pengumpulan, sesi, aksi, demo, putaran, fase, misa, ibadat, klinik, pasar,
        acara, kegiatan, program, pertemuan, hari, pekan, pendaftaran, ajang, gelaran, misi,
        kunjungan, uji coba, penyerahan, kampanye, ujian, seleksi, sensus, laga, evaluasi"""
    ),
    the=words("itu, tersebut, ini, dimaksud"),
    inside=words("dan, bagi, untuk, mengenai, tentang, ke, dengan, serta, &, tingkat"),
    at=words("di, bertempat di, ke, berlangsung di, digelar di"),
    near=words("dekat, melalui platform"),
    sites=words(
        """aula, gedung, lapangan, ruang, kantor, kampus, hotel, masjid, balai, stadion, alun-alun,
        pendopo, studio, gelanggang, taman, pusat, perairan, pelabuhan, markas, pantai, dermaga,
        pengadilan, museum, galeri, perpustakaan, auditorium, lapangan apel, mata air, halaman"""
    ),
    online=words("daring, secara daring, secara virtual, virtual"),
    here=words("di sini"),
    same_place=words(
        """di tempat sama, di tempat yang sama, di lokasi sama, di lokasi yang sama, di gedung yang
        sama, di kota yang sama"""
    ),
    to=words(
        """dan berakhir pada tanggal, dan ditutup, sebelum berakhir pada, hingga, sampai, sampai
        dengan, s / d, s . d ., sd, -, dan berakhir pada, dan ditutup pada, dan berakhir"""
    ),
    and_=words("dan, serta, dengan, sedangkan, sementara"),
    respectively=words("masing-masing, berturut-turut"),
    between=words("antara, di antara"),
    this=words("ini"),
    next=words("depan, mendatang, yang akan datang, akan datang, nanti"),
    last=words("lalu, yang lalu, lampau, yang lampau, kemarin, silam"),
    units={
        "akhir pekan": "weekend",
        "hari": "day",
        "minggu": "week",
        "pekan": "week",
        "bulan": "month",
        "kuartal": "quarter",
        "triwulan": "quarter",
        "semester": "half",
        "paruh": "half",
        "tahun": "year",
    },
    relative_days={
        "hari ini": 0,
        "besok": 1,
        "esok": 1,
        "lusa": 2,
        "kemarin": -1,
        "kemarin lusa": -2,
        "malam ini": 0,
        "sore ini": 0,
        "siang ini": 0,
        "pagi ini": 0,
        "tadi malam": -1,
        "nanti malam": 0,
        "malam nanti": 0,
        "nanti sore": 0,
        "sore nanti": 0,
        "siang nanti": 0,
        "semalam": -1,
    },
    counted_days={
        "hari itu": 0,
        "keesokan harinya": 1,
        "esok harinya": 1,
        "hari yang sama": 0,
        "malam yang sama": 0,
        "hari berikutnya": 1,
        "sehari sebelumnya": -1,
        "malam sebelum": -1,
    },
    edge_days={
        "hari pembukaan": 1,
        "malam pembukaan": 1,
        "malam pertama": 1,
        "hari penutupan": -1,
        "malam penutupan": -1,
        "malam terakhir": -1,
        "malam puncak": -1,
    },
    named_days={
        "hari natal": "12-25",
        "malam natal": "12-24",
        "malam tahun baru": "12-31",
        "hari buruh": "05-01",
        "hari pancasila": "06-01",
        "hari kemerdekaan": "08-17",
        "jumat agung": "easter-2",
    },
    links=words("bulan, tahun, hari, haribulan, hb, di, pada, dari"),
    leads=words("hari, tanggal, tgl"),
    or_=words("atau"),
    in_=words("dalam, masa"),
    clock_words={},
    parts_of_day={"pagi": (0, 11), "siang": (10, 15), "sore": (12, 18), "malam": (18, 23)},
    time_of=words("waktu"),
    one="se",
    numbers={
        **{"satu": 1, "se": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6},
        **{"tujuh": 7, "delapan": 8, "sembilan": 9, "sepuluh": 10},
    },
    ordinals={
        **{"kesebelas": 11, "keseratus": 100},
        **{"pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5, "keenam": 6},
        **{"ketujuh": 7, "kedelapan": 8, "kesembilan": 9, "kesepuluh": 10, "terakhir": -1},
    },
    parts={
        "awal": "early",
        "pertengahan": "mid",
        "tengah": "mid",
        "akhir": "late",
        "penghujung": "late",
        "ujung": "late",
    },
    seasons={
        "musim semi": 3,
        "musim panas": 6,
        "musim gugur": 9,
        "musim dingin": 12,
    },
    later=words(
        """kemudian, setelah itu, setelahnya, sesudahnya, sesudah itu, berikutnya, dari hari ini,
        lagi, ke depan, mendatang, dari sekarang"""
    ),
    afterwards=words("kemudian, setelah itu, setelahnya, sesudahnya, sesudah itu, berikutnya"),
    earlier=words("sebelumnya, sebelum itu, lebih awal"),
    by=words("selama, sebanyak"),
    ago=words("lalu, yang lalu, silam"),
    before_=words("sebelum"),
    after_=words("selepas, setelah, sesudah, usai"),
    labels={
        **dict.fromkeys(("hari", "tanggal", "hari / tanggal", "hari , tanggal"), "date"),
        **dict.fromkeys(("waktu", "pukul", "jam"), "time"),
        **dict.fromkeys(("tempat", "lokasi"), "place"),
    },
    versus=words("vs, lawan, melawan, kontra, menjamu, akan menjamu, menghadapi, akan menghadapi"),
    hour_marks=words("pukul, jam, mulai pukul"),
    day_parts={
        "pagi": (0, 11),
        "siang": (10, 15),
        "sore": (12, 18),
        "petang": (12, 18),
        "malam": (18, 23),
    },
    zones={"waktu jakarta": "Asia/Jakarta", "waktu setempat": ""},
    scheduled=words(
        """harus sudah, sudah harus, harus, wajib, paling lambat, selambat-lambatnya, akan, bakal,
        dijadwalkan, direncanakan, rencananya, akan digelar, akan berlangsung, akan diadakan,
        diperkirakan, ditetapkan, menjelang, mulai, dimulai, akan dimulai, dibuka"""
    ),
    modal=words(
        """harus, wajib, paling lambat, selambat-lambatnya, akan, bakal, diperkirakan, menjelang,
        mulai, rencananya"""
    ),
    neutral=words(
        """bertemu, dilanjutkan, dipusatkan, diserahkan, dikirim, dikirimkan, dikumpulkan,
        disampaikan, diunggah, sudah masuk, diluncurkan, diresmikan, dibahas, berlangsung, diadakan,
        digelar, diselenggarakan, dilaksanakan, bersidang, dimulai, dilangsungkan, dibuka, dihelat,
        dilakukan, menyusul, menggelar, menyelenggarakan"""
    ),
    held=words(
        """mengalahkan, menundukkan, takluk, telah, sudah, berakhir, ditutup, resmi ditutup,
        selesai, rampung, tuntas, usai, sukses, menumbangkan, membungkam, menaklukkan"""
    ),
    postponed=words("ditunda, tertunda, penundaan, menunda, ditangguhkan, diundur"),
    cancelled=words("dibatalkan, batal, membatalkan, pembatalan, urung digelar, ditiadakan"),
    moved=words(
        """diperpanjang, memindahkan, menggeser, memajukan, memundurkan, menjadwalkan ulang,
        mengundur, mengubah, dijadwalkan ulang, dijadwal ulang, digeser, diundur, dimajukan,
        dipindahkan, diubah, bergeser, mundur, maju, dimundurkan, ditunda, diundurkan, dipercepat,
        penjadwalan ulang"""
    ),
    not_=words("tidak, tidak jadi, bukan, tak"),
    formerly=words("bukan, semula, sedianya, awalnya, tadinya, seharusnya, yang semula"),
    old=words(
        """dari, semula, sedianya, awalnya, sebelumnya dijadwalkan, sebelumnya, seharusnya, bukan,
        jadwal semula, yang semula, tadinya, menggantikan"""
    ),
    new=words("ke, menjadi, kepada, hingga ke"),
    now=words("kini, sekarang"),
    before_now=words("sebelumnya, terdahulu"),
    except_=words("kecuali"),
    background=words(
        """sejak, didirikan, dibentuk, lahir, terakhir kali, pertama kali digelar, edisi sebelumnya,
        ditandatangani, disahkan, merdeka, pernah, dahulu, tahun lalu, berdiri, menjuarai"""
    ),
    since=words("sejak"),
    durations=words("selama, berusia, dalam kurun, sepanjang, hampir, lebih dari"),
    closed=words("ditutup, berakhir, selesai, usai, rampung"),
    than=words("daripada, dari"),
    ends=words(
        """berakhir, ditutup, rampung, tuntas, sampai dengan, penutupan, hingga, sampai, selesai,
        usai"""
    ),
    reporting=words(
        """menjelaskan, menegaskan, mengungkapkan, menuturkan, memaparkan, mengingatkan, kata,
        katanya, ujar, ujarnya, tutur, ungkap, jelas, mengatakan, menyatakan, mengumumkan,
        diumumkan, keterangan, menurut, tambah, wartawan, melaporkan, siaran, sebut,
        kepada wartawan"""
    ),
    begins=words("mulai, dimulai, dari, sejak, mulai tanggal"),
    stops=words(
        """diikuti, dihadiri, disertai, dipimpin, dipengerusikan, membabitkan, melibatkan,
        menyaksikan, membincangkan, membahas, seperti, sebagaimana, sebagai, bisa, dapat, yakni,
        yaitu, adalah, ialah, merupakan, yang, akan, telah, bakal, kerana, selepas, sebelum,
        ketika, sambil, untuk, kata, menurut, dalam, dari, daripada, pada, dan, bahawa, bahwa,
        memutuskan, kecuali, sehingga, hingga, sejak, atau, turut, juga, tidak, tetap, selama,
        pula"""
    ),
    small=words(
        """dan, di, ke, bagi, untuk, pada, dengan, yang, sebuah, satu, suatu, para, se, serta"""
    ),
    auxiliaries=words(
        """kembali, yang, telah, sudah, akan, bakal, juga, turut, pula, kini, itu, tersebut,
        dipastikan, dijangka"""
    ),
    pronouns=words("ia, beliau, dia, mereka, kami, kita, ini, itu, semua, semuanya, all"),
    the_same=words("jadwal, tanggal, itu, tersebut, dimaksud, acara, kegiatan, ajang"),
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
    next_one=words("berikutnya, selanjutnya, mendatang"),
    travels=words("berangkat, bertolak, pulang, tiba, pensiun, mendarat"),
    named_as=words("bernama, dinamakan, dikenal sebagai, bertajuk"),
    then_=words("disusul, diikuti, dilanjutkan dengan"),
    publishes=words("diterbitkan, dirilis, dikeluarkan, dijual, diunggah"),
    joins=words("dan, serta, manakala, sedangkan, sementara"),
    before_month=words("-, –, pada, bulan"),
    chains=words(
        """mengenai, tentang, terkait, bertema, bertemakan, bertajuk, antara, melawan, kontra,
        terhadap, ke, dengan, tingkat, bagi, untuk, se"""
    ),
    behind=words("di, oleh, melibatkan, dalam"),
    joining=words("dan, &"),
    articles=words("para, sebuah, satu, semua"),
    an=words("sebuah, satu, suatu"),
    conditional=words("tertanggal, jika, bila, kalau, seandainya, apabila"),
    every=words("setiap, tiap, saban"),
    fixes=words("menetapkan"),
    no=words("tanpa"),
    vague=words(
        """tahunan, dwitahunan, internasional, nasional, besar, utama, resmi, dua, tiga, empat,
        lima, hari"""
    ),
    generic=words("acara, kegiatan, program, ajang, gelaran, hajatan, perhelatan"),
    bodies=words("kelompok kerja, komisi, panitia kerja, pansus, panja"),
    meets=words(
        """bersidang, bertemu, rapat, membahas, memutuskan, mendengar, bersidang kembali, berapat,
        menggelar rapat"""
    ),
    there_is=words("terdapat, ada"),
    stages=words(
        """fase, final, semifinal, perempat final, undian, pembukaan, penutupan, pendaftaran,
        pemungutan suara, upacara pembukaan, upacara penutupan, leg, babak kualifikasi, gladi
        bersih, pembacaan putusan, penyerahan, seleksi, ujian"""
    ),
    never=words(
        """nama-nama, menteri, delegasi, presiden, rombongan, kapal, pesawat, usulan, permintaan,
        tiket, surat, jumpa pers, konferensi pers, pengumuman, pemberitahuan, harga, jalan, libur,
        masa jabatan, laporan, data, angka, parkir, layanan, tarif, aturan, undang-undang,
        pembayaran, proyek, kontrak, perbaikan, pekerjaan, hasil, daftar, nama, gaji, izin,
        larangan, kebijakan, kuota"""
    ),
    active=words(
        """menggelar, mengadakan, menyelenggarakan, melaksanakan, melangsungkan, menghelat, menunda,
        membatalkan, mengundur, memajukan, memundurkan, menggeser, memindahkan, menjadwalkan,
        meresmikan, meluncurkan, menghadiri, mengikuti, membuka, menutup, menjadi tuan rumah"""
    ),
    verb_prefixes=words("me"),
    but=words("tetapi, tapi, melainkan, namun"),
    whereas=words("manakala, sementara, sedangkan, adapun"),
    telling=words(
        """bahwa, karena, dari, kantor, setelah, rapat, pekan, digelar, pemerintah, sedangkan,
        jumat, kamis, senin, minggu, maret, agustus, desember, pukul, mengatakan, ujar, pihaknya,
        provinsi, kota, namun, rp, adalah, secara, terkait, kementerian, direktur, jenderal, ketua,
        wib, wita, wit, sore, siang, mendatang, dilaksanakan, diselenggarakan, peserta, bisa,
        dijadwalkan, ditunda, persen, warga, sekitar, usai, akan, ini, itu, dan, yang, panitia,
        miliar, juni, juli, kepala, nomor, pertemuan, menurut, menggelar, ribu, sekretaris, bupati,
        gubernur"""
    ),
    abbreviations=words(
        """s.d, mgr, ust, letkol, brigjen, irjen, kompol, akp, yth, tgl, hlm, rp, r.a, k.h, dr,
        prof, no, jl, pt, tbk, h, hj, ir, st, drs, kh, letjen, mayjen, kol"""
    ),
)
