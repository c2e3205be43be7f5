"""Load vocabularies, each in a version, and bring an installation's vocabularies up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from hansa.hubs.taxonomy import queries
from hansa.hubs.taxonomy.models import Scheme
from hansa.hubs.taxonomy.operations.drafts import SchemeDraft
from hansa.hubs.taxonomy.operations.staging import Merged, merge


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What loading did. ``refused`` holds lines that could not be read, with where and why."""

    code: str
    version: str
    is_unchanged: bool = False
    merged: Merged = field(default_factory=Merged)
    refused: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.is_unchanged:
            return f"{self.code} {self.version}: unchanged"
        merged = self.merged
        parts = [f"{merged.read} read, {merged.added} added, {merged.changed} changed, {merged.retired} retired"]
        if merged.relations_read:
            parts.append(f"{merged.relations_read} relations read, {merged.relations_written} written")
        if self.refused:
            parts.append(f"{len(self.refused)} lines refused")
        return f"{self.code} {self.version}: " + ", ".join(parts)


@transaction.atomic
def load_scheme(draft: SchemeDraft, *, at: datetime) -> LoadReport:
    """Store a vocabulary. What is stored already, by its digest, writes nothing.

    Concepts a complete new version no longer names are retired, never deleted: profiles and cases point at them.
    """
    scheme, _is_new = Scheme.objects.select_for_update().get_or_create(
        code=draft.code, defaults={"title": draft.title, "version": draft.version}
    )
    if scheme.digest == draft.digest:
        return LoadReport(code=draft.code, version=scheme.version, is_unchanged=True)
    merged = merge(draft, scheme_id=scheme.pk)
    scheme.title, scheme.version, scheme.digest = draft.title, draft.version, draft.digest
    scheme.source, scheme.licence, scheme.attribution = draft.source, draft.licence, draft.attribution
    scheme.loaded_at = at
    scheme.save()
    transaction.on_commit(queries.forget)
    return LoadReport(code=draft.code, version=draft.version, merged=merged)


def ensure(*, at: datetime, progress: Callable[[str], None] = lambda line: None) -> list[LoadReport]:
    """Bring all vocabularies that come with Hansa up to date; an unchanged one costs one digest."""
    reports = []
    for draft in _own_schemes():
        stored = Scheme.objects.filter(code=draft.code, digest=draft.digest).values_list("version", flat=True).first()
        if stored is not None:
            report = LoadReport(code=draft.code, version=stored, is_unchanged=True)
        else:
            report = load_scheme(draft, at=at)
        progress(str(report))
        reports.append(report)
    return reports


def _own_schemes() -> Iterator[SchemeDraft]:
    """Yield the vocabularies in the order in which they refer to each other."""
    from hansa.hubs.taxonomy.operations import content, esco_package

    yield from content.schemes()
    yield esco_package.scheme()
    yield content.links()
