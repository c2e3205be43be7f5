"""People, and what they may do in which organisation.

A *user* signs in by mail link, password or passkey. A *membership* is one role of a user: manager, staff or signatory
of a hub, contact of a client, or steward, assessor, policy observer of the network.
Front doors: ``queries.actor_of``, ``operations``, ``policies``.
"""
