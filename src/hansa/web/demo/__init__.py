"""The demo network: invented hubs, people and cases at every stage, made through the same operations as real ones.

Front doors: ``operations.ensure``, ``operations.clear``, ``queries.logins``. It lies in ``web`` because it calls every room.
"""
