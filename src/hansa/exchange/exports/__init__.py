"""Takes lists of hubs out, as Excel, CSV and JSON, with what was asked for and what the columns mean.

Front door: ``queries.hub_list``.
"""
