"""How we say it by post: messages are composed here and handed to a mailer.

`messages.py` is pure: values in, a message out. `smtp.py` speaks with the world and answers
with what became of it. This room knows no database.
"""
