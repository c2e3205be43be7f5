"""What the import refuses as a whole. Single rows are refused in the report."""

from hansa.foundation.policies import Refusal


class CannotReadFile(Refusal):
    """The file is not one that hubs can be read from. Nothing was changed."""
