"""``hansa run``: everything Hansa needs, started in order and stopped together.

Front doors: ``options`` (what ``run`` may be told), ``launch.launch`` (the whole story).
"""
