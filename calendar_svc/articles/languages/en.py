"""English."""

from calendar_svc.articles.languages import Language, words

_ORDINALS = {
    **{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6},
    **{"seventh": 7, "eighth": 8, "ninth": 9},
}
_TENS = {
    **{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60},
    **{"seventy": 70, "eighty": 80, "ninety": 90},
}

LANGUAGE = Language(
    code="en",
    head_first=False,
    has_tense=True,
    heads=words(
        """hearings, public hearings, sessions, workshops, seminars, exercises, elections, trials,
        exhibitions, ceremonies, matches, celebrations, live firing, synod, sailings, meeting,
        meetings, summit, conference, congress, convention, forum, dialogue, dialog, symposium,
        seminar, workshop, assembly, session, council, talks, retreat, consultation,
        consultations, consultative meeting, exercise, drill, games, championship,
        championships, tournament, cup, league, match, race, marathon, olympics, launch,
        inauguration, ceremony, exhibition, expo, fair, festival, carnival, parade, concert,
        hearing, trial, election, by-election, referendum, deadline, submissions, review,
        briefing, visit, mission, expedition, convocation, graduation, course, training,
        roundtable, round table, colloquium, webinar, hackathon, week, day, opening, closing,
        celebration, vote, plenary, debate, show, sale, camp, lecture, inquiry, inquest, tour,
        final, semi-final, panel, open day, regatta, open, grand prix, biennale, awards, gala,
        general meeting, annual general meeting, working group, commission, committee, dinner,
        rally, auction, screening, premiere, commissioning, consultation period, applications,
        registration, event, gathering, air show, airshow, showcase, pageant, run, ride, swim,
        census, leg, first leg, second leg, return leg, quarter-final, quarterfinal, semifinal,
        playoff, play-off, qualifier, qualifiers, qualifying round, group stage, jamboree,
        mediation, proceedings, mention, viva, hustings, nominations, nomination day, polling
        day, early voting, polling, runoff, run-off, second reading, third reading, reading,
        sentencing, arraignment, round, rehearsal, dress rehearsal, excursion, ballot, oral
        argument, oral arguments, appeal, groundbreaking, ground-breaking, unveiling,
        swearing-in, handover, changeover, vigil, memorial service, church service, thanksgiving
        service, mass, pilgrimage, procession, lunch, luncheon, breakfast, banquet, reception,
        ball, recital, performance, play, matinee, sitting, masterclass, bootcamp, boot camp,
        clinic, clean-up, cleanup, walk, hike, fun run, triathlon, relay, test, trial run, sea
        trial, sea trials, maiden voyage, maiden flight, flight test, test flight, sailing,
        demonstration, march, strike, walkout, open house, town hall meeting, public hearing,
        public meeting, public inquiry, press conference, news conference, state visit, working
        visit, ministerial meeting, ministerial, board meeting, annual meeting, special meeting,
        emergency meeting, extraordinary general meeting, preparatory meeting, investiture,
        coronation, reunion, homecoming, prom, book launch, sports day, closing date, motions,
        proxies, proposals, manuscripts, essays, bids, petitions, series, service, friendly,
        derby, tie, draw, blitz, replay, programme, program, heats, negotiations, verdict,
        judgment, talk, game, fixture, papers, memoranda, abstracts, entries, last date, quiz,
        plenary assembly, general assembly, conference call, earnings call, fireworks, days,
        market, outreach, dialogue session, one-day international, athletics meet, swim meet,
        track meet, sports meet, meet, month, night, submission, working bee, case, open
        evening, open night, opening night, taster day, fete, funeral, symposia, debates,
        concerts, lectures, rallies, festivals, briefings, screenings, ballots, tournaments,
        fairs, drills, phase, conferences, summits, forums, finals, semi-finals, semifinals,
        board, information evening, information night, open morning, coffee morning, quiz night,
        quiz evening, awards night, awards evening, gala night, gala evening, closing night,
        prize-giving, prizegiving, field day, field trip, field walk, study tour, study visit,
        site visit, site walk, fact-finding mission, caucus, conclave, consistory, caucuses,
        plebiscite, confidence vote, no-confidence vote, vote of confidence, budget speech,
        state opening, throne speech, question time, oath-taking, ordination, consecration,
        enthronement, canonisation, canonization, beatification, requiem, requiem mass, funeral
        service, funeral mass, prayer meeting, prayer service, evensong, carol service,
        remembrance service, commemoration, commemorations, jubilee, military parade, flypast,
        fly-past, march-past, tattoo, fleet review, naval review, war games, wargames,
        manoeuvres, maneuvers, joint exercise, tabletop exercise, table-top exercise, missile
        test, test firing, docking, spacewalk, splashdown, flyby, star party, eclipse watch,
        topping-out, keel-laying, keel laying, christening, handover ceremony, media briefing,
        press briefing, photocall, roadshow, road show, trade show, trade fair, job fair, career
        fair, careers fair, book fair, craft fair, flower show, dog show, agricultural show,
        motor show, boat show, open mic, gig, ceilidh, barn dance, tea dance, garden party,
        street party, block party, tea party, work party, working party, launch party, picnic,
        barbecue, cookout, potluck, supper, brunch, wine tasting, bake sale, jumble sale, car
        boot sale, yard sale, book sale, plant sale, fundraiser, fund-raiser, telethon, cup tie,
        cup final, grand final, preliminary final, elimination final, play-offs, playoffs, time
        trial, half marathon, half-marathon, ultramarathon, parkrun, swimathon, walkathon,
        datathon, ideathon, demo day, invitational, title fight, weigh-in, fight night,
        bonspiel, gymkhana, horse trials, ploughing match, sheepdog trials, highland games,
        recount, retrial, tribunal hearing, parole hearing, listening session, drop-in, drop-in
        session, vaccination drive, blood drive, tree planting, planting day, beach clean,
        litter pick, induction day, orientation, matriculation, graduation ceremony, entrance
        exam, entrance examination, thesis defence, reading group, author talk, poetry reading,
        panel discussion, roundtable discussion, round-table discussion, fireside chat,
        teach-in, sit-in, general strike, stoppage, work stoppage, conferral, consultation
        meeting, stakeholder meeting, kick-off meeting, handing-over, flag-off, homily,
        colloquia, trainings, hackathons, marathons, visits, missions, symposiums, expos,
        parades, vigils, marches, roadshows, premieres, inaugurations, launches, dialogues,
        roundtables, dance, disco, feast, tasting, signing, landing, exams, exam, examination,
        examinations, fight, bout, discussion, discussions, conversation, protest, protests,
        memorial, blessing, burial, wake, wedding, primary, primaries, installation, induction,
        address, keynote, outing, race meeting, bazaar, fest, summer school, winter school,
        field school, school fair, residency, comments, expressions of interest, tenders,
        quotations, lying-in-state, cross-country, cross-examination, opener, preview, open
        days, competition, competitions, contest, contests, novena, durbar, exposition,
        inspection, public viewing, viewing, proxy forms, written statements, written comments,
        feedback, sign-up, sign-ups, street demonstrations, demonstrations, vote count, ballot
        count, pageants, pilgrimages, recitals, tastings, hackfest, gamefest, jamborees,
        olympiad, olympiads, spelling bee, science fair, sports meeting, sports festival,
        cook-off, bake-off, sleepover, lock-in, retreat day, away day, open mic night, launch
        event, fundraising dinner, charity dinner, town hall session, task force, council of
        ministers, cabinet, board of directors, steering committee, jury, evening, afternoon,
        weekend, commencement, argument, arguments, segment, high-level segment"""
    ),
    named_only=words("meet, month, night, days, evening, afternoon, weekend"),
    common=words(
        """submission, one-day international, athletics meet, swim meet, track meet, sports meet,
        meet, month, night, working bee, case, motions, proxies, proposals, manuscripts, essays,
        bids, petitions, series, run, open, vote, trial, service, ride, swim, walk, hike,
        friendly, derby, tie, draw, blitz, replay, programme, program, heats, talk, game,
        fixture, papers, memoranda, abstracts, nominations, entries, market, verdict, judgment,
        opening, closing, sailing, board, panel, rehearsal, round, reading, qualifier, training,
        events, sessions, finals, semi-finals, semifinals, leg, rounds, play, test, tests, mass,
        session, sitting, ball, mention, strike, march, demonstration, appeal, proceedings,
        relay, performance, days, weeks, votes, shows, sales, runs, courses, show, sale, tour,
        final, camp, event, gathering, week, day, committee, commission, council, applications,
        registration, visit, mission, race, match, cup, working group, submissions, review,
        dance, disco, feast, tasting, signing, landing, exams, exam, examination, examinations,
        trials, fight, bout, discussion, discussions, conversation, protest, protests, memorial,
        blessing, burial, wake, wedding, primary, primaries, installation, induction, address,
        keynote, outing, race meeting, bazaar, fest, summer school, winter school, field school,
        school fair, residency, comments, expressions of interest, tenders, quotations, opener,
        preview, inspection, viewing, feedback, sign-up, sign-ups, demonstrations, competitions,
        contests, proxy forms, written statements, written comments, argument, arguments,
        segment"""
    ),
    the=words("the, this, that, these"),
    inside=words("of, on, for, the, and, to, with, &, against, de, du, del, da"),
    at=words("in, at"),
    near=words("off, near, outside, from the"),
    sites=words(
        """hall, centre, center, hotel, stadium, arena, park, school, college, museum, gallery,
        theatre, theater, club, ground, grounds, square, library, church, auditorium, house,
        courthouse, office, headquarters, room, pavilion, harbour, harbor, waterfront, campus,
        chamber, cafeteria, gym, gymnasium, shed, sheds, saleyards, showground, showgrounds,
        ballroom, foyer, courtyard, barracks, base, station, airport, pier, wharf, quay, dock,
        beach, racecourse, racetrack, velodrome, barn, marquee, cathedral, chapel, mosque,
        temple, cemetery, plaza, market, mall, clubhouse, pub, inn, restaurant, embassy,
        residence, palace, castle, garden, gardens, farm, field, fields, oval, reserve, rink,
        cinema, studio, laboratory, clinic, hospital, warehouse, boathouse, slipway, green,
        amphitheatre, amphitheater, planetarium, observatory, depot, camp"""
    ),
    online=words("online, virtually, by video link, via zoom, on zoom, via video conference"),
    here=words("here"),
    same_place=words(
        """at the same venue, at the same place, in the same hall, in the same city, at the same
        ground, in the same room, in the same hotel, in the same town, at the same hotel, at the
        same stadium, at the same hall, in the same building, in the same venue, in the same
        park, at the same site"""
    ),
    to=words(
        """and finishes on, and concludes on, and will end on, and will run until, before ending on,
        and continues until, and closes, to, until, till, through, -, and ends on, and end on, and
        closes on, and runs until, and running until"""
    ),
    and_=words("and, while, with"),
    respectively=words("respectively"),
    between=words("between"),
    this=words("this"),
    next=words("next, coming, upcoming, following"),
    last=words("last, past, previous"),
    units={
        "weekend": "weekend",
        "day": "day",
        "days": "day",
        "week": "week",
        "weeks": "week",
        "fortnight": "fortnight",
        "month": "month",
        "months": "month",
        "quarter": "quarter",
        "half": "half",
        "year": "year",
        "years": "year",
    },
    relative_days={
        "today": 0,
        "tonight": 0,
        "this morning": 0,
        "this afternoon": 0,
        "this evening": 0,
        "tomorrow": 1,
        "the day after tomorrow": 2,
        "yesterday": -1,
        "last night": -1,
    },
    counted_days={
        "that day": 0,
        "the same day": 0,
        "the same afternoon": 0,
        "the same evening": 0,
        "the same night": 0,
        "that evening": 0,
        "that afternoon": 0,
        "the following day": 1,
        "the next day": 1,
        "the following morning": 1,
        "the next morning": 1,
        "the following evening": 1,
        "the day after": 1,
        "the day before": -1,
        "the previous day": -1,
        "the evening before": -1,
        "on the eve": -1,
        "on its eve": -1,
    },
    edge_days={
        "the opening day": 1,
        "the opening night": 1,
        "the opening evening": 1,
        "the first night": 1,
        "the first evening": 1,
        "the closing day": -1,
        "the closing night": -1,
        "the closing evening": -1,
        "the final night": -1,
        "the final evening": -1,
    },
    named_days={
        "christmas day": "12-25",
        "christmas eve": "12-24",
        "boxing day": "12-26",
        "new year's day": "01-01",
        "new year's eve": "12-31",
        "epiphany": "01-06",
        "valentine's day": "02-14",
        "st patrick's day": "03-17",
        "anzac day": "04-25",
        "may day": "05-01",
        "bastille day": "07-14",
        "halloween": "10-31",
        "armistice day": "11-11",
        "ash wednesday": "easter-46",
        "palm sunday": "easter-7",
        "maundy thursday": "easter-3",
        "good friday": "easter-2",
        "easter sunday": "easter+0",
        "easter monday": "easter+1",
        "ascension day": "easter+39",
        "whit monday": "easter+50",
    },
    links=words("of, in, the"),
    leads=words("the"),
    or_=words("or"),
    in_=words("in"),
    clock_words={"noon": 12, "midday": 12},
    clock_marks=words("o'clock, hrs, hours"),
    parts_of_day={
        "morning": (0, 11),
        "afternoon": (12, 18),
        "evening": (16, 23),
        "tonight": (16, 23),
        "night": (17, 23),
    },
    time_behind=words("time"),
    one="",
    numbers={
        **{"one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7},
        **{"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12},
    },
    ordinals={
        **_ORDINALS,
        **{"tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14},
        **{"fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18},
        **{"nineteenth": 19, "last": -1, "final": -1},
        **{f"{ten[:-1]}ieth": value for ten, value in _TENS.items()},
        **{
            f"{ten}-{one}": value + number
            for ten, value in _TENS.items()
            for one, number in _ORDINALS.items()
        },
    },
    parts={
        "early": "early",
        "mid": "mid",
        "middle": "mid",
        "late": "late",
        "beginning": "early",
        "start": "early",
        "end": "late",
    },
    seasons={"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12},
    later=words("after that, afterwards, after, from today, later, from now, time, 's time"),
    afterwards=words("later, after that, afterwards, after"),
    earlier=words("before that, beforehand, earlier"),
    by=words("by"),
    ago=words("ago"),
    before_=words("before, ahead of, prior to"),
    after_=words("after"),
    of=words("of, as"),
    labels={
        **dict.fromkeys(("date", "dates", "day", "day and date", "date and time", "when"), "date"),
        **{"time": "time", "hours": "time"},
        **dict.fromkeys(("venue", "place", "where", "location"), "place"),
    },
    versus=words("vs, v, versus, face, faces, will face, take on, takes on, will take on"),
    day_marks=words("st, nd, rd, th"),
    hour_marks=words("at, from, by, before"),
    day_parts={
        "am": (0, 11),
        "a.m": (0, 11),
        "pm": (12, 23),
        "p.m": (12, 23),
        "noon": (12, 12),
        "in the morning": (0, 11),
        "in the afternoon": (12, 18),
        "in the evening": (17, 23),
    },
    zones={
        "malaysian time": "Asia/Kuala_Lumpur",
        "local time": "",
        "eastern": "America/New_York",
        "eastern time": "America/New_York",
        "pacific time": "America/Los_Angeles",
        "central time": "America/Chicago",
        "mountain time": "America/Denver",
        "british summer time": "Europe/London",
    },
    scheduled=words(
        """ends, concludes, wraps up, finishes, must be, must reach, should be, should reach, are
        due, will, shall, to be held, is scheduled, are scheduled, scheduled, set to, set for,
        slated, due, due to, is to, are to, would, expected, planned, plans, upcoming, opens,
        begins, starts, to host, to be hosted, takes place, take place, convenes, meets, runs,
        closes, ahead of, has convened, has called a, have called a, has called an, has invited,
        have invited, has fixed, has scheduled, have scheduled"""
    ),
    modal=words(
        """is to, are to, set to, will, shall, would, expected, upcoming, ahead of, planned,
        plans"""
    ),
    neutral=words(
        """begun, lift off, lifts off, comes off, come off, leaves from, sets out, sets off,
        gather, gathers, is on, are on, is at, are at, is from, is in, run, begin, start, open,
        convene, kick off, follow, continue, continues, close, go ahead, goes ahead, proceed, be
        opened, meet, was held, were held, has been held, have been held, took place, be
        inaugurated, be launched, be unveiled, be submitted, resume, follows, be held, be
        played, kicks off, gets under way, get under way, be staged, resumes, returns, takes
        place, take place, runs, meets, convenes, opens, begins, starts, be sent, be sent in, be
        received, be handed in, be lodged, be filed, be accepted, be posted, is staged, is held,
        are held, is played, are played, gets underway, get underway, be heard, be convened, be
        contested, be performed, be screened, be celebrated, be commemorated, be organised, be
        organized, be hosted, be run, be repeated, reconvene, reconvenes, be officiated, be
        officially opened, be officially launched, be debated, be co-hosted, be premiered, be
        laid to rest, be sailed, be rowed, be swum, be ridden, be flown, be driven, be skied, be
        danced, be walked, followed by"""
    ),
    held=words(
        """speaking at, spoke at, collapsed, broke down, ran, sat, conducted, beat, won, lost,
        drew, defeated, edged out, win over, began, started, kicked off, followed, was held,
        were held, has been held, held, concluded, closed, ended, wrapped up, took place,
        finished, convened, met, opened, hosted, gathered, completed, has concluded, attended,
        staged, got under way, got underway"""
    ),
    postponed=words(
        """suspended, scrubbed, shelved, postponed, postpone, postpones, postponement, deferred,
        delayed, put off, on hold, pushed back"""
    ),
    cancelled=words(
        """rained off, washed out, dropped, axed, cancelled, canceled, cancel, cancels,
        cancellation, called off, calls off, scrapped, scraps, will not take place, will not go
        ahead, abandoned"""
    ),
    moved=words(
        """adjourned, adjourns, rescheduled, reschedules, moved, moves, brought forward, pushed
        back, shifted, postponed, deferred, delayed, put back, changed, new date, new dates,
        extended, moved forward, slipped, slips, slid"""
    ),
    not_=words("longer, not, never, no plans to, without being"),
    formerly=words(
        """instead of, rather than, not on, was to have, were to have, had been due to, originally,
        initially, originally scheduled for, first planned, first scheduled, first set,
        originally planned, had been scheduled for, had been set for, had been announced for,
        was down for, had been fixed for, had been planned for, had been booked for"""
    ),
    old=words(
        """due to start, due to begin, due to open, was set, first planned, had been listed, had
        meant, first scheduled, first set, from, originally, initially, previously, instead of,
        rather than, originally scheduled for, not, had been scheduled for, had been due, was to
        have, earlier planned, was due, had been set for, had been announced for, was down for,
        had been fixed for, had been planned for, had been booked for, had been due to, was set
        for"""
    ),
    new=words("to, new date of, now"),
    particles=words("back, forward, off, ahead"),
    moved_apart=words("pushed, pushes, push, brought, brings, bring, put, puts"),
    now=words("now, instead"),
    perfect=words("has, have"),
    past_endings=words("ed"),
    past=words(
        """was, were, had, met, heard, won, lost, took, gave, came, went, made, became, left, saw,
        spoke, found, drew, beat, led, set, put, brought, fell, rose, sent, sold, paid, built,
        laid, struck, drove, rode, ran, sang, swam, threw, flew, grew, knew, blew, wore, tore,
        swore, wrote, broke, chose, froze, woke, forgot, hid, ate, fought, bought, thought, caught,
        taught, sought, stood, understood, held, kept, slept, swept, dealt, meant, lent, spent,
        bent, shot, stuck, swung, hung, rang, drank, began, shook, stole, bred, fed, fled, slid,
        sat"""
    ),
    before_now=words("earlier, previously"),
    except_=words("except, excluding"),
    background=words(
        """took effect, takes effect, come into force, came into force, comes into force,
        effective, since, founded, established, born, last held, last time, first held, previous
        edition, signed, adopted, independence, in the past, ago, dating back, formed,
        inaugurated in, won in, hosted the first, earlier edition, follows a, follows the,
        follows an, followed a, followed the, follow a, follow the"""
    ),
    since=words("since"),
    durations=words(
        """for, lasts, last, lasting, spans, spanning, lasted, over the, aged, over, nearly, more
        than, within"""
    ),
    closed=words(
        """closed, ended, concluded, wrapped up, finished, closes, ends, concludes, wraps up, wound
        up, winds up, rounded off"""
    ),
    than=words("than"),
    ends=words(
        """breaks up, ends, end, closes, wraps up, wrap up, winds up, comes to an end, runs to, runs
        through, lasts until, to close on, close, concludes, conclude, until, finishes, finish,
        ending"""
    ),
    reporting=words(
        """said, says, told, announced, added, statement, reporters, confirmed, reported, according,
        wrote, noted, warned, told reporters, interview"""
    ),
    begins=words(
        """began, opened, started, over, starting, beginning, begins, from, starts, opens, opening,
        commencing"""
    ),
    stops=words(
        """who, which, that, will, was, were, is, are, has, have, had, be, been, because, after,
        before, when, said, according, from, by, with, he, she, they, it, and, or, also, not,
        later, earlier, instead, again"""
    ),
    small=words(
        """a, an, the, of, on, for, in, at, to, and, by, with, its, their, his, her, our, some, any,
        each, every"""
    ),
    auxiliaries=words(
        """is, are, was, were, has, have, had, been, be, to, will, would, shall, also, now, next"""
    ),
    pronouns=words("it, he, she, they, we, i, this, that, these, those, there, who, which, both"),
    the_same=words("date, there, these, those, this, event, game, match"),
    openings=words("but, the, a, an, and, so, then, meanwhile, that, while"),
    subordinating=words("that, said, who, which, when, where, because, if, after, before, while"),
    oblique=words("during, at, in, alongside, after, before, for, of, by, with, behind"),
    relative=words(
        """which, who, where, whose, first, originally, initially, due, scheduled, called, caused,
        completed, that"""
    ),
    around=words("around, for"),
    to_day=words("from, by"),
    on=words("on"),
    verb_endings=words("ing"),
    before_gerund=words(
        """after, before, when, while, by, begin, begins, began, start, starts, started, resume,
        resumes, continue, continues"""
    ),
    people=words("reporters, journalists, officers, members, evidence, delegates"),
    whose=words("whose"),
    travels=words(
        """leave, leaves, left, depart, departs, departed, arrive, arrives, arrived, fly, flies,
        flew, succeeds, succeed, replaces, replace, return home, travel, travels, retire,
        retires, resign, step down"""
    ),
    named_as=words("called, named, known as, dubbed, titled, entitled, code-named, codenamed"),
    then_=words("followed by"),
    publishes=words("published, released, available, issued, uploaded"),
    joins=words("and, while"),
    determiners=words("its, their, his, her, an"),
    before_month=words(
        """in, by, of, early, late, mid, until, till, since, from, to, through, this, next, last,
        on, and, between, during, -, –, for"""
    ),
    senders=words("from"),
    chains=words("of, for, on, with, against, between, to, among, about, into"),
    behind=words(
        """through, along, around, at, in, outside, inside, near, by, organised, organized, hosted,
        run"""
    ),
    joining=words("and, &"),
    articles=words("the, a, an, its, their, his, her"),
    an=words("a, an"),
    before_verb=words(
        """will, would, shall, may, might, can, could, cannot, must, should, to, not, i, you, we,
        they, he, she, it, stand, stands, stood, on, go, goes, who, also, now"""
    ),
    conditional=words("if, should, unless, dated"),
    adjectives=words("final, open, opening, closing, test, trial, training, market, live"),
    dates=words("date, dates, period"),
    every=words("every, each"),
    transitive=words("hold, holds, holding, attend, attends, invite, invites"),
    fixes=words("set, fixed, named, chose"),
    no=words("no"),
    vague=words(
        """two, three, four, five, six, seven, eight, nine, ten, day, days, week, month, hour,
        half, nation, member, team, annual, yearly, biennial, biannual, regional, international,
        national, global, historic, landmark, crucial, key, high, level, latest, coming,
        upcoming, next, planned, proposed, scheduled, said, same, whole, entire, s"""
    ),
    generic=words("event, events, gathering, occasion, function, activity, activities, edition"),
    bodies=words(
        """council, committee, commission, panel, working group, assembly, board, task force,
        working party, council of ministers, cabinet, board of directors, steering committee,
        jury"""
    ),
    meets=words(
        """decide, decides, consider, considers, hear, hears, debate, debates, rule, votes, meet,
        meets, met, convene, convenes, convened, sit, sits, sat, gather, gathers, gathered,
        resume, resumes, resumed, question, questions, examine, examines, discuss, discusses,
        take evidence, grill, grills, take up, look into, sit as"""
    ),
    there_is=words("there will be, there is, there are, there will also be, there was"),
    passive=words("is, are, was, were, be, been, being, to be"),
    stages=words(
        """phase, final, finals, semi-final, semi-finals, semifinal, semifinals, quarter-final,
        quarterfinal, draw, vote, opening, closing, ceremony, round, leg, first leg, second leg,
        return leg, reading, second reading, third reading, heats, qualifier, replay, playoff,
        play-off, rehearsal, dress rehearsal, parade, gala, dinner, concert, plenary, deadline,
        registration, applications, submissions, nominations, sentencing, hearing, verdict,
        judgment, ballot, auction, screening, premiere, lecture, prelude, reception"""
    ),
    venues=words(
        """chambers, chamber, rooms, gardens, fields, headquarters, hall, centre, center, hotel,
        stadium, arena, house, building, park, school, university, college, museum, gallery,
        theatre, theater, club, ground, grounds, square, street, road, library, church,
        auditorium, complex, office, ministry, department, authority, society, association,
        union, federation, organisation, organization, agency, party, company, corporation,
        fund, institute, foundation, bank, news, times, prize, trophy, act, law, secretariat,
        secretary, minister, chairman, chair, president, director, organisers, organizers, team,
        village, pavilion, room, court, courtroom, site, website, webpage, page, calendar,
        schedule, delegates, participants, venue, website, lists, list, hours"""
    ),
    never=words(
        """centre, centres, center, centers, shops, pool, pools, banks, concession, waiver,
        dividends, offer, discount, promotion, minister, president, premier, delegation, ship,
        plane, flight, exhibitors, classes, class, funds, fund, futures, market, markets,
        repair, repairs, museum, minutes, shares, dividend, record, letter, letters, petition,
        details, detail, subscriptions, dues, press conference, news conference, assignment,
        notification, harvest, financial year, fiscal year, position, permit, permits,
        term, terms, figures, data, results, report, reports, statistics, statement, contract,
        bill, ticket, tickets, fee, fees, work, works, road, roads, street, flights, services,
        restrictions, closure, ban, law, act, rule, rules, regulation, regulations, tax, tariff,
        tariffs, holiday, holidays, recess, schools, school, offices, office, lease, licence,
        license, sentence, mandate, tenure, leave, refund, refunds, payment, payments, scheme,
        policy, forecast, forecasts, estimate, estimates, price, prices, agreement, treaty,
        deal, ceasefire, curfew, rate, rates, winner, winners, list, names, budget, merger,
        acquisition, takeover, construction, project, building, requests, instalment,
        instalments"""
    ),
    active=words(
        """adjourned, adjourns, hold, holds, holding, host, hosts, hosting, stage, stages, staging,
        organise, organises, organising, organize, organizes, organizing, launch, launches, call
        off, calls off, called off, scrap, scraps, scrapped, postpone, postpones, postponed,
        cancel, cancels, cancelled, canceled, reschedule, reschedules, rescheduled, fixed,
        attend, attends, attended, chair, chairs, co-chair, co-chairs, held, hosted, staged,
        after opening, after launching, after chairing, after attending, after closing, after
        officiating, after addressing, before opening, when opening, while opening, when
        launching, while addressing, while attending, while chairing, when addressing, when
        attending"""
    ),
    but=words("but"),
    whereas=words("while, whereas"),
    telling=words(
        """the, and, of, to, in, will, that, for, is, on, said, with, was, by, as, has, be"""
    ),
    abbreviations=words(
        """mr, mrs, ms, dr, prof, no, hon, rev, fr, mt, maj, sgt, det, insp, supt, dep, cllr, adm,
        cmdr, cdr, brig, sq, ave, rd, mss, st, gen, lt, col, capt, sen, rep, gov, inc, ltd, jr,
        sr, a.m, p.m, vs, v"""
    ),
)
