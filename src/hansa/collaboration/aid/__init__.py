"""What a service cost, what of it is State aid, and on which legal basis: known to the client's hub alone.

A *service record* is one service for one client. Front doors: ``operations``, ``queries``, ``policies``, ``states``.
"""
