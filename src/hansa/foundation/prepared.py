"""Querysets whose SQL is worked out once: for the few reads that many pages repeat.

Putting a query together costs Django several times what PostgreSQL needs to answer it. A prepared query keeps the SQL
and fills other values into it::

    _user = Prepared(lambda: User.objects.filter(pk=Slot("pk", BigIntegerField())))
    _user.first(pk=7)
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from django.db import connections
from django.db.models import BooleanField, Expression, Field, Func, JSONField, QuerySet, Subquery, TextField


class Slot(Expression):
    """A value of a prepared query that is known only when it runs."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    @property
    def identity(self) -> tuple:
        return (type(self), self.name)


class Among(Func):
    """Whether a number is one of an array's: ``Among(F("hub"), Slot("hubs", ArrayField(BigIntegerField())))``."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


class Rows(Subquery):
    """Rows of another table as one column of a statement: a list of lists in JSON, None without rows.

    What is put in by name or expression comes out in that order; days and instants as text, and so do decimal numbers
    if they are cast to it, which keeps them exact.
    """

    template = "(SELECT JSON_AGG(r.x)::text FROM (%(subquery)s) r)"

    def __init__(self, queryset: QuerySet, *columns: Any) -> None:
        row = Func(*columns, function="JSON_BUILD_ARRAY", output_field=TextField())
        super().__init__(queryset.values(x=row), output_field=JSONField())


class Prepared:
    """A queryset to run many times with other values.

    ``build`` returns the queryset with a ``Slot`` where a value belongs. It may select related rows, annotate, cut and
    choose values; it may not prefetch. What it reads at the time it is built stays as it was then.
    """

    def __init__(self, build: Callable[[], QuerySet]) -> None:
        self._build = build
        self._ready: tuple[Any, Any, str, tuple, dict] | None = None

    def all(self, **values: Any) -> list[Any]:
        """Return all rows; one statement.

        :raises KeyError: when a slot has no value
        """
        queryset, template, sql, params, converters = self._ready or self._prepare()
        filled = tuple(values[param.name] if isinstance(param, Slot) else param for param in params)
        compiler = copy.copy(template)
        compiler.connection = connections[queryset.db]
        compiler.as_sql = lambda: (sql, filled)
        compiler.get_converters = lambda _expressions: converters
        return list(queryset._iterable_class(_Reading(queryset, compiler)))

    def first(self, **values: Any) -> Any | None:
        """Return the first row or None; one statement."""
        rows = self.all(**values)
        return rows[0] if rows else None

    def _prepare(self) -> tuple[Any, Any, str, tuple, dict]:
        queryset: Any = self._build()
        if queryset._prefetch_related_lookups:
            raise TypeError("A prepared query cannot prefetch.")
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        self._ready = (queryset, compiler, sql, tuple(params), converters)
        return self._ready


class _Compiled:
    """A query whose compiler is ready; all else is as in the query it stands for."""

    def __init__(self, query: Any, compiler: Any) -> None:
        self._query, self._compiler = query, compiler

    def get_compiler(self, using: str | None = None) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)


class _Reading:
    """What Django's readers of rows take for the queryset."""

    def __init__(self, queryset: Any, compiler: Any) -> None:
        self._queryset = queryset
        self.query = _Compiled(queryset.query, compiler)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._queryset, name)
