"""When the gate decides, whatever was agreed: what is shown is allowed. Source: BP-AUTH-06."""

from datetime import timedelta

from factories import NOW
from hypothesis import given
from hypothesis import strategies as some

from hansa.collaboration.models import ClientAuthorisation, Request
from hansa.collaboration.partnering.policies import FIELDS, WITHHOLDABLE, Recipient, may_disclose
from hansa.collaboration.partnering.states import Anonymity, Audience, Purpose, RequestState

SIGNED = {"delivering", "confirming", "closed"}
HOURS = some.none() | some.integers(-48, 48).map(lambda hours: NOW + timedelta(hours=hours))
AUTHORISATIONS = some.builds(
    ClientAuthorisation,
    request_id=some.sampled_from([1, 1, 1, 2]),
    level=some.sampled_from(Anonymity.values),
    field_scope=some.lists(some.sampled_from(sorted(FIELDS)), unique=True),
    purposes=some.lists(some.sampled_from(Purpose.values), unique=True),
    audience=some.sampled_from(Audience.values),
    audience_names=some.lists(some.sampled_from(["7", "8", "DE", "DK", "north"]), unique=True),
    expires_at=HOURS,
    withdrawn_at=HOURS,
)
REQUESTS = some.builds(
    Request,
    id=some.just(1),
    lead_id=some.just(5),
    client_id=some.just(3),
    scenario=some.sampled_from(["JD", "MM"]),
    state=some.sampled_from(RequestState.values),
    withheld=some.lists(some.sampled_from(WITHHOLDABLE), unique=True),
)
RECIPIENTS = some.builds(
    Recipient,
    hub_id=some.sampled_from([None, 7, 9]),
    country=some.sampled_from(["", "DE", "IE"]),
    community_ids=some.frozensets(some.sampled_from([7, 9])),
    network=some.sampled_from(["", "", "north", "south"]),
    is_asked=some.booleans(),
    has_agreed=some.booleans(),
)


def is_allowed(request: Request, held: ClientAuthorisation, to: Recipient, field: str) -> bool:
    """What the client's agreement says, read without the gate."""
    names = held.audience_names
    reached = {
        "invited_hubs": to.is_asked,
        "named_hubs": str(to.hub_id) in names,
        "hubs_of_country": to.country in names,
        "hubs_of_community": any(str(pk) in names for pk in to.community_ids),
        "whole_network": True,
        "other_federated_network": False,
    }[held.audience]
    if to.network:
        reached = held.audience == "other_federated_network" and to.network in names
    named = field in {"client_name", "contact"}
    return (
        reached
        and to.hub_id is not None
        and held.request_id == request.pk
        and (held.withdrawn_at is None or held.withdrawn_at > NOW)
        and (held.expires_at is None or held.expires_at > NOW)
        and {"JD": "deliver", "MM": "match"}[request.scenario] in held.purposes
        and field in held.field_scope
        and field not in request.withheld
        and held.level >= FIELDS[field][0]
        and (not named or (to.has_agreed and request.state in SIGNED))
    )


@given(REQUESTS, AUTHORISATIONS, RECIPIENTS, some.sampled_from(sorted(FIELDS)))
def test_shown_is_allowed_and_a_refusal_says_why(
    request: Request, held: ClientAuthorisation, to: Recipient, field: str
) -> None:
    verdict = may_disclose(request, held, to=to, field=field, at=NOW)
    assert bool(verdict) is is_allowed(request, held, to, field)
    assert verdict or verdict.reason
