"""How we speak HTTP: finished feeds ahead of everything, pages by Flask.

A view reads the request, calls one action or one query, and answers. This room reads from the
store; what changes anything goes through an action.
"""
