"""What loading refuses."""

from hansa.foundation.policies import Refusal


class CannotLoad(Refusal):
    """The file is not what it was taken for. Nothing was changed."""
