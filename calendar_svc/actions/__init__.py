"""What happens: one function, one sentence, one transaction.

An action takes the open transaction `db` (or, where it speaks with the world between two
commits, `transaction`), and the time. It knows neither HTTP nor the command line.
"""
