"""Doing what was agreed: tasks, files, results against the KPIs, the client's confirmation, feedback, closing.

A *collaboration* is a signed request being delivered. Front doors: ``operations``, ``queries``, ``policies``.
"""
