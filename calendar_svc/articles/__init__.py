"""How we read the world: an address → a text → which meetings it announces, in which sentence.

`tokens.py` cuts a text, `dates.py` reads dates in words, `mentions.py` says which meeting is
meant, `extract.py` brings them together. The grammar is one for all languages; `languages/`
holds vocabulary alone. This room knows no database and asks no time.
"""
