"""When somebody types a number in the habit of their country."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from hansa.foundation.numbers import NumberField


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("4,6", "4.6"),
        ("4.6", "4.6"),
        ("60 000", "60000"),
        ("60\u202f000", "60000"),
        ("60'000", "60000"),
        ("60.000", "60000"),
        ("1.234.567,8", "1234567.8"),
        ("-0,5", "-0.5"),
        ("0.125", "0.125"),
        ("€ 12", "12"),
    ],
)
def test_it_is_read_as_meant(typed: str, meant: str) -> None:
    assert NumberField().clean(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["vier", "1e", "--1", "4,6,7 or so"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        NumberField().clean(typed)
