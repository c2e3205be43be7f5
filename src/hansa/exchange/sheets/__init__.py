"""Takes services and aid out and in as tables: the KPI sheet of the reporting tool, and the register of grants.

Front doors: ``queries.kpi_sheet``, ``queries.register_file``, ``operations.read_sheet``, ``operations.take_over``.
"""
