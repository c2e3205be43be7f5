"""Tells people what needs them: reads the activity log, writes notices, sends mail.

Front doors: ``queries`` (what a person has to read), ``operations.tell``.
"""
