"""The invented hubs and their people."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.text import slugify

from hansa.foundation.actors import SYSTEM, Actor
from hansa.hubs.directory import operations as directory
from hansa.hubs.people import operations as people
from hansa.hubs.people import queries as people_queries
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind
from hansa.web.demo.queries import PASSWORD, logins


@cache
def content(name: str) -> Any:
    return yaml.safe_load((files("hansa.web.demo") / "content" / name).read_text(encoding="utf-8"))


def password_of(email: str) -> str | None:
    """Return the demo's password for the people whose log-ins are shown; the others have none (hashing takes its time)."""
    return PASSWORD if email in {login.email for login in logins()} else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A demo hub with its manager, who also signs."""

    hub: Any
    manager: Any

    @property
    def acting(self) -> Actor:
        return people_queries.actor_of(user=self.manager, hub_id=self.hub.pk)


def add_hubs(*, at: datetime) -> dict[str, Member]:
    """Add the hubs with their profile and people; return them by name."""
    emails = {login.name: login.email for login in logins()}
    return {row["name"]: _add_hub(row, emails, at=at) for row in content("hubs.yaml")["hubs"]}


def _add_hub(row: dict[str, Any], emails: dict[str, str], *, at: datetime) -> Member:
    place = row["place"]
    assessed: date | None = row.get("assessed")
    hub = directory.create_hub(
        name=row["name"],
        by=SYSTEM,
        at=at,
        summary=row["summary"],
        description=row["description"],
        hub_type=row["type"],
        legal_form="association",
        country=place["country"],
        region=place["region"],
        city=place["city"],
        latitude=place["at"][0],
        longitude=place["at"][1],
        languages=row["languages"],
        sectors=row["sectors"],
        technologies=row["technologies"],
        day_rate_eur=row["rate"],
        free_days_per_month=row["free"],
        trust="assessed" if assessed else "declared",
        assessed_on=assessed,
        is_demo=True,
    )
    _add_parts(hub, row, at=at)
    return Member(hub=hub, manager=_add_people(hub, row, emails, at=at))


def _add_parts(hub: Any, row: dict[str, Any], *, at: datetime) -> None:
    """Add offers, competences, facilities and the use case."""
    for activity, words in row["offers"].items():
        title, evidence = _halves(words)
        directory.add_offer(hub, activity_code=activity, by=SYSTEM, at=at, title=title, evidence=evidence)
    directory.set_competences(hub, competences=_competences(row["competences"]), by=SYSTEM, at=at)
    directory.set_facilities(
        hub,
        facilities=[
            directory.FacilityDraft(name=name, infrastructure=kind) for kind, name in row["facilities"].items()
        ],
        by=SYSTEM,
        at=at,
    )
    title, summary, sector, year = row["case"]
    directory.set_use_cases(
        hub,
        use_cases=[directory.UseCaseDraft(title=title, summary=summary, sector=sector, year=year)],
        by=SYSTEM,
        at=at,
    )


def _add_people(hub: Any, row: dict[str, Any], emails: dict[str, str], *, at: datetime) -> Any:
    """Add manager and staff; name the manager as the hub's contact."""
    users = []
    for position, (name, job_title) in enumerate(row["people"].items()):
        roles = ["manager", "signatory"] if position == 0 else ["staff"]
        email = emails.get(name) or f"{slugify(name)}@demo.example"
        users.append(
            people.create_person(
                email=email,
                name=name,
                job_title=job_title,
                hub=hub,
                roles=roles,
                password=password_of(email),
                is_demo=True,
            )
        )
    manager = users[0]
    contact = directory.ContactDraft(name=manager.name, function=manager.job_title, languages=row["languages"])
    directory.set_contacts(hub, contacts=[contact], by=SYSTEM, at=at)
    return manager


def _halves(words: str) -> tuple[str, str]:
    """Split ``title | evidence``."""
    title, _bar, evidence = words.partition("|")
    return title.strip(), evidence.strip()


def _competences(rows: dict[str, Any]) -> list[directory.CompetenceDraft]:
    known = skills_by_label(tuple(rows))
    drafts = []
    for label, words in rows.items():
        level, evidence = _halves(str(words))
        drafts.append(directory.CompetenceDraft(skill_id=known[label], level=int(level), evidence=evidence))
    return drafts


def skills_by_label(labels: tuple[str, ...]) -> dict[str, int]:
    """Return the ids of the ESCO skills with these English labels.

    :raises KeyError: a label is not in the vocabulary
    """
    found = {}
    for label in labels:
        wanted = unicodedata.normalize("NFC", label).casefold()
        hits = taxonomy.search_concepts(label, kinds=[Kind.SKILL], limit=20)
        found[label] = next(hit.id for hit in hits if hit.label_in("en").casefold() == wanted)
    return found
