"""Versions of scenarios: copied, changed in forms, reviewed by somebody else, published once they are sound."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.scenarios import policies
from hansa.collaboration.scenarios.models import ScenarioVersion
from hansa.collaboration.scenarios.queries.reading import as_scenario, contents, scenario
from hansa.collaboration.scenarios.states import BadScenario, VersionState, problems
from hansa.collaboration.scenarios.states.editing import CannotEdit, Edit, as_copy, slug
from hansa.foundation import activity
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal


class CannotChange(Refusal):
    """The version cannot be copied or changed like this, or not by this person."""


class CannotPublish(Refusal):
    """The version is not sound, not reviewed, or not this person's to bring into use."""


def keep_shipped(*, at: datetime) -> int:
    """Keep the scenarios that ship with Hansa beside those of stewards; return how many were new."""
    n_new = 0
    for key, content in contents().items():
        head = content["scenario"]
        _row, is_new = ScenarioVersion.objects.get_or_create(
            key=key,
            version=head["version"],
            defaults={
                "base": key,
                "title": head["short"],
                "state": VersionState.PUBLISHED,
                "content": content,
                "created_at": at,
                "published_at": at,
            },
        )
        n_new += is_new
    return n_new


@transaction.atomic
def copy_version(version: ScenarioVersion, *, title: str, by: Actor, at: datetime) -> ScenarioVersion:
    """Start a draft from a version. A scenario of the network gets its next version, one of the blueprint a new scenario.

    :param title: of the new scenario; left as it is for a next version when empty
    :raises CannotChange: by a stranger, without a title, or when the scenario's next version is in the making already
    """
    policies.stewards(by).or_raise(CannotChange)
    title = " ".join(title.split())[:200]
    is_next = version.key != version.base and title in {"", version.title}
    if not is_next and not title:
        raise CannotChange(_("Give the new scenario a title."))
    rows = ScenarioVersion.objects.select_for_update()
    if is_next:
        key, title = version.key, version.title
        siblings = list(rows.filter(key=key))
        if any(row.state in {VersionState.DRAFT, VersionState.REVIEW} for row in siblings):
            raise CannotChange(_("The next version of this scenario is in the making already."))
        number = str(1 + max((int(row.version) for row in siblings if row.version.isdecimal()), default=0))
    else:
        key, number = slug(title, taken=frozenset(ScenarioVersion.objects.values_list("key", flat=True))), "1"
    draft = ScenarioVersion.objects.create(
        key=key,
        version=number,
        base=version.base,
        title=title,
        content=as_copy(version.content, key=key, version=number, title=title),
        created_by_id=by.user_id,
        created_at=at,
    )
    _record("scenario.copied", draft, by=by, at=at, source=f"{version.key} {version.version}")
    return draft


@transaction.atomic
def change(version: ScenarioVersion, *, edition: int, edit: Edit, by: Actor, at: datetime) -> ScenarioVersion:
    """Change one part of a draft.

    :param edition: the edition the person had before them
    :raises CannotChange: by a stranger, not a draft, changed by somebody else meanwhile, or the change does not fit
    """
    row = _locked(version)
    policies.can_change(by, row).or_raise(CannotChange)
    if row.edition != edition:
        raise CannotChange(_("Somebody changed this scenario meanwhile. Look at it, then change it again."))
    try:
        row.content = edit.apply(row.content)
        as_scenario(row)
    except CannotEdit as no:
        raise CannotChange(_("This part of the scenario cannot be changed like this.")) from no
    except BadScenario as no:
        raise CannotChange(str(no)) from no
    row.title = row.content["scenario"]["title"]
    row.edition += 1
    row.save(update_fields=["content", "title", "edition"])
    _record("scenario.changed", row, by=by, at=at, part=type(edit).__name__)
    return row


@transaction.atomic
def submit(version: ScenarioVersion, *, by: Actor, at: datetime) -> ScenarioVersion:
    """Hand a draft in for review.

    :raises CannotPublish: by a stranger, not a draft, or with problems, which it names
    """
    row = _locked(version)
    policies.can_submit(by, row).or_raise(CannotPublish)
    _refuse_unsound(row)
    row.state, row.submitted_by_id, row.submitted_at, row.review_note = VersionState.REVIEW, by.user_id, at, ""
    row.save(update_fields=["state", "submitted_by", "submitted_at", "review_note"])
    _record("scenario.submitted", row, by=by, at=at)
    return row


@transaction.atomic
def send_back(version: ScenarioVersion, *, note: str, by: Actor, at: datetime) -> ScenarioVersion:
    """Send a version back to be changed, saying why.

    :raises CannotPublish: by whoever handed it in, by a stranger, or without a reason
    """
    row = _locked(version)
    policies.can_review(by, row).or_raise(CannotPublish)
    if not note.strip():
        raise CannotPublish(_("Say what has to change."))
    row.state, row.review_note, row.reviewed_by_id = VersionState.DRAFT, note.strip()[:1000], by.user_id
    row.save(update_fields=["state", "review_note", "reviewed_by"])
    _record("scenario.sent_back", row, by=by, at=at)
    return row


@transaction.atomic
def publish(version: ScenarioVersion, *, by: Actor, at: datetime) -> ScenarioVersion:
    """Bring a reviewed version into use. New cases may follow it from now on; running ones keep theirs.

    :raises CannotPublish: by whoever handed it in, by a stranger, or with problems
    """
    row = _locked(version)
    policies.can_review(by, row).or_raise(CannotPublish)
    _refuse_unsound(row)
    row.state, row.reviewed_by_id, row.published_at = VersionState.PUBLISHED, by.user_id, at
    row.save(update_fields=["state", "reviewed_by", "published_at"])
    _record("scenario.published", row, by=by, at=at)
    return row


@transaction.atomic
def retire(version: ScenarioVersion, *, by: Actor, at: datetime) -> ScenarioVersion:
    """Offer a version no longer. Cases that follow it go on."""
    return _turn(version, VersionState.RETIRED, policies.can_retire, "scenario.retired", by=by, at=at)


@transaction.atomic
def offer_again(version: ScenarioVersion, *, by: Actor, at: datetime) -> ScenarioVersion:
    """Take the retirement back."""
    return _turn(version, VersionState.PUBLISHED, policies.can_offer_again, "scenario.offered_again", by=by, at=at)


@transaction.atomic
def discard(version: ScenarioVersion, *, by: Actor, at: datetime) -> None:
    """Delete a draft that nobody has used.

    :raises CannotChange: by a stranger, or not a draft
    """
    row = _locked(version)
    policies.can_change(by, row).or_raise(CannotChange)
    _record("scenario.discarded", row, by=by, at=at, title=row.title)
    row.delete()


def _turn(
    version: ScenarioVersion, state: VersionState, policy: object, verb: str, *, by: Actor, at: datetime
) -> ScenarioVersion:
    row = _locked(version)
    policy(by, row).or_raise(CannotPublish)  # type: ignore[operator]
    row.state = state
    row.save(update_fields=["state"])
    _record(verb, row, by=by, at=at)
    return row


def _locked(version: ScenarioVersion) -> ScenarioVersion:
    return ScenarioVersion.objects.select_for_update().get(pk=version.pk)


def _refuse_unsound(row: ScenarioVersion) -> None:
    found = problems(as_scenario(row), base=scenario(row.base))
    if found:
        first = found[0]
        raise CannotPublish(f"{first.step}: {first.says}" if first.step else first.says)


def _record(verb: str, row: ScenarioVersion, *, by: Actor, at: datetime, **facts: object) -> None:
    known = {"key": row.key, "version": row.version}
    activity.record(verb, actor=by, subject=row, at=at, facts=known | facts)
