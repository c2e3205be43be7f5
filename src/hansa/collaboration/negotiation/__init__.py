"""What the parties say about single clauses: suggestions that another party takes up or not, and comments.

A suggestion taken up makes the next version of the agreement; while one is open, the text is not accepted and signing
does not begin. Front doors: ``queries``, ``operations``, ``policies``.
"""
