"""The cooperation scenarios of the blueprint, as data.

A *scenario* is one file in ``content/``: steps, whose turn, names by audience, roles with benefits, costs and risks.
Front door: ``queries.scenario(id)``.
"""
