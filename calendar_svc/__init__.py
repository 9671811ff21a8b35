"""calendar_svc: official meetings, announced through feeds, a page and reminders.

The map of the house, top floor first; imports go down only:

    cli          the commands
    web          how we speak HTTP
    scheduler    the timetable, a process of its own
    actions      what happens: one function, one sentence, one transaction
    services     the real parts, chosen once from the settings
    store        how we remember; named queries that return domain values
    ical         how we say it to calendars
    mail         how we say it by post
    articles     how we read the world: an address, a text, which meetings it announces
    words        how we put it for people, by language
    links        the public addresses we promise, and the signed ones
    config       the settings, checked at one door
    clock        the only reader of the wall clock, and the simulated one
    domain       what is true: frozen values and pure functions
"""

__version__ = "0.1.0"
