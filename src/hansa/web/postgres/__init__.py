"""The embedded PostgreSQL server: a Django database engine that starts its own server.

Words: a *cluster* is one data folder with its server; a *home* is the folder that holds the cluster, its socket, its log and
its locks; an *account* is who the server runs as. Front doors: ``base.DatabaseWrapper`` (Django), ``server.address``,
``server.leave``.
"""
