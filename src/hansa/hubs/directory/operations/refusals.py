"""What the directory's operations refuse."""

from hansa.foundation.policies import Refusal


class CannotChangeProfile(Refusal):
    """The profile, or a part of it, cannot be changed like this."""


class CannotAddHub(Refusal):
    """The hub cannot be added."""


class CannotRemoveHub(Refusal):
    """The hub cannot be removed."""


class CannotDecide(Refusal):
    """The suggestion cannot be confirmed or dismissed any more."""


class CannotKeepOrganisation(Refusal):
    """An organisation of the ecosystem cannot be kept like this."""
