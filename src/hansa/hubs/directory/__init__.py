"""The hubs of the network, what they offer and can do, and the clients they serve.

What a hub itself says (*offers*, *competences*, *facilities*, *use cases*) is kept apart from *suggestions* derived from
its text, each with the sentence it came from. Front doors: ``queries``, ``operations``, ``policies``.
"""
