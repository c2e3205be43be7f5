"""One request with everything its pages need, in one statement.

Written as SQL: putting these joins and lists together through the ORM costs more processor time than running them, on
every page of every case.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils.translation import get_language

from hansa.collaboration.partnering.models import ClientAuthorisation, Request
from hansa.collaboration.partnering.states import WantState
from hansa.foundation.actors import Actor

_SQL = """
SELECT {columns},
  lead.name, client.name, client.client_type, client.country, client.region, client.city, client.sector, client.staff,
  client.website, contact.name, contact.email,
  ARRAY(SELECT p.hub_id FROM collaboration_teampick p WHERE p.request_id = r.id ORDER BY p.id),
  (SELECT jsonb_build_object('id', a.id, 'level', a.level, 'granted_by', a.granted_by, 'evidence', a.evidence,
     'granted_in_capacity', a.granted_in_capacity, 'granted_at', a.granted_at, 'expires_at', a.expires_at,
     'field_scope', a.field_scope, 'purposes', a.purposes, 'audience', a.audience, 'audience_names', a.audience_names,
     'in_register', a.in_register)
   FROM collaboration_clientauthorisation a WHERE a.request_id = r.id AND a.withdrawn_at IS NULL),
  (SELECT jsonb_agg(jsonb_build_object('pk', w.id, 'concept_id', w.concept_id, 'must_have', w.must_have,
     'state', w.state, 'words', w.words, 'sentence', w.sentence, 'confidence', w.confidence, 'weight_words', w.weight_words,
     'kind', c.kind,
     'label', COALESCE(c.labels->>%(language)s, c.labels->>%(base)s, c.labels->>'en', c.notation))
     ORDER BY w.position, w.id)
   FROM collaboration_want w JOIN hubs_concept c ON c.id = w.concept_id WHERE w.request_id = r.id),
  (SELECT jsonb_agg(jsonb_build_object('ref', i.ref, 'hub', i.hub_id, 'name', h.name, 'state', i.state,
     'sent_at', i.sent_at, 'answer_by', i.answer_by, 'reason', i.decline_reason, 'note', i.decline_note,
     'n_notes', (SELECT count(*) FROM collaboration_invitationnote n WHERE n.invitation_id = i.id)) ORDER BY i.id)
   FROM collaboration_invitation i JOIN hubs_hub h ON h.id = i.hub_id WHERE i.request_id = r.id),
  (SELECT jsonb_agg(jsonb_build_object('author', COALESCE(NULLIF(u.name, ''), u.email, ''), 'text', n.text,
     'from_client', n.from_client, 'at', n.at) ORDER BY n.at, n.id)
   FROM collaboration_requestnote n LEFT JOIN hubs_user u ON u.id = n.author_id WHERE n.request_id = r.id)
FROM collaboration_request r
  JOIN hubs_hub lead ON lead.id = r.lead_id
  LEFT JOIN hubs_client client ON client.id = r.client_id
  LEFT JOIN hubs_user contact ON contact.id = r.contact_id
WHERE r.ref = %(ref)s AND (r.lead_id = %(hub)s OR r.client_id = ANY(%(clients)s))
"""
_CLIENT = ("name", "client_type", "country", "region", "city", "sector", "staff", "website")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantRow:
    """A want with its label in the reader's language."""

    pk: int
    concept_id: int
    label: str
    kind: str
    must_have: bool
    state: str
    words: str = ""
    sentence: str = ""
    confidence: float | None = None
    weight_words: str = ""

    @property
    def is_wanted(self) -> bool:
        return self.state != WantState.REJECTED


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """A note between lead and client."""

    author: str
    text: str
    from_client: bool
    at: datetime


@cache
def _statement() -> tuple[tuple[str, ...], str]:
    """Return the names of a request's own fields, and the SQL that begins with them."""
    fields = Request._meta.concrete_fields
    columns = ", ".join(f"r.{connection.ops.quote_name(f.column)}" for f in fields)
    return tuple(f.attname for f in fields), _SQL.format(columns=columns)


def full_request(actor: Actor, ref: str) -> Request | None:
    """The request at this address, if the person may see it; the same rule as ``requests_visible_to``. One statement.

    On the object: ``held``, the client's agreement in force or None; ``pick_ids``, the hubs picked, in order;
    ``want_rows`` and ``note_rows``; ``invitation_rows``, for ``live_invitations`` and ``sent_invitations``.
    """
    names, sql = _statement()
    language = get_language() or "en"
    asked = {
        "ref": ref,
        "hub": actor.hub_id if actor.works_for_hub else None,
        "clients": list(actor.client_ids),
        "language": language,
        "base": language.split("-")[0],
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        row = cursor.fetchone()
    return _request(names, row) if row else None


def _request(names: tuple[str, ...], row: tuple[Any, ...]) -> Request:
    n = len(names)
    values = dict(zip(names, row[:n], strict=True))
    values["limits"] = _parsed(values["limits"])
    request = Request.from_db(connection.alias, list(names), list(values.values()))
    lead, *client, contact, email = row[n : n + 2 + len(_CLIENT) + 1]
    request.lead = _related("lead", id=request.lead_id, name=lead)
    about = dict(zip(_CLIENT, client, strict=True))
    request.client = (
        _related("client", id=request.client_id, hub_id=request.lead_id, **about) if request.client_id else None
    )
    request.contact = (
        _related("contact", id=request.contact_id, name=contact, email=email) if request.contact_id else None
    )
    picks, held, wants, invitations, notes = row[n + 3 + len(_CLIENT) :]
    found = request.__dict__
    found["pick_ids"] = list(picks)
    found["want_rows"] = [WantRow(**want) for want in _parsed(wants) or ()]
    found["invitation_rows"] = _parsed(invitations) or []
    if (facts := _parsed(held)) is not None:
        live = live_invitations(request)
        facts |= {"asked_ids": list(live), "agreed_ids": [hub for hub, state in live.items() if state == "accepted"]}
    found["held"] = authorisation_from(facts, request)
    found["note_rows"] = [
        NoteRow(**{**note, "at": datetime.fromisoformat(note["at"])}) for note in _parsed(notes) or ()
    ]
    return request


def _parsed(value: Any) -> Any:
    """JSON comes as text from a cursor of Django's."""
    return json.loads(value) if isinstance(value, str) else value


def _related(field: str, /, **values: Any) -> Any:
    """Return the object behind a foreign key with these fields; any other field is read when it is asked for."""
    model: type[Model] = Request._meta.get_field(field).related_model  # type: ignore[assignment]
    # from_db takes the values in the order of the model's fields.
    names = [field.attname for field in model._meta.concrete_fields if field.attname in values]
    return model.from_db(connection.alias, names, [values[name] for name in names])


def authorisation_from(facts: dict[str, Any] | None, request: Request) -> ClientAuthorisation | None:
    """Return the authorisation of these JSON values."""
    if facts is None:
        return None
    team = {name: facts.pop(name) for name in ("asked_ids", "agreed_ids")}
    for name in ("granted_at", "expires_at"):
        facts[name] = datetime.fromisoformat(facts[name]) if facts[name] else None
    authorisation = ClientAuthorisation(request=request, **facts)
    authorisation.__dict__.update(team)
    return authorisation


def live_invitations(request: Request) -> dict[int, str]:
    """The state of each invitation that was neither answered with no nor taken back, by hub; for ``full_request``."""
    rows = request.__dict__["invitation_rows"]
    return {row["hub"]: row["state"] for row in rows if row["state"] in {"sent", "accepted"}}
