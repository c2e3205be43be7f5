"""Forms for facilities and experts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hansa.collaboration.delivery.forms.plan import day
from hansa.foundation.numbers import NumberField


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def _euro(label: Any, **kwargs: Any) -> NumberField:
    return NumberField(label=label, max_digits=9, decimal_places=2, min_value=0, initial=0, **kwargs)


class BookingForm(forms.Form):
    facility_id = forms.TypedChoiceField(label=_("Facility"), coerce=int)
    on = day(_("Day"))
    from_time = _clock(_("From"))
    to_time = _clock(_("To"))
    until = day(_("Last day"), required=False, help_text=_("Only if it takes more than one day."))
    time_zone = forms.ChoiceField(label=_("Time zone"))
    purpose = forms.CharField(label=_("What for"), max_length=200, help_text=_("Do not name the client."))
    price_eur = _euro(_("Price in EUR"), help_text=_("0 means that it is part of the fee."))

    def __init__(
        self, *args: Any, facilities: Sequence[tuple[int, str]], time_zones: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facility_id"].choices = facilities
        self.fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in time_zones]

    def clean(self) -> dict[str, Any]:
        """Put days and clocks together to ``starts`` and ``ends``."""
        data = super().clean() or {}
        on, until = data.pop("on", None), data.pop("until", None)
        begins, ends = data.pop("from_time", None), data.pop("to_time", None)
        if on and begins and ends:
            data |= {"starts": datetime.combine(on, begins), "ends": datetime.combine(until or on, ends)}
        return data


class SecondmentForm(forms.Form):
    person_id = forms.TypedChoiceField(label=_("Expert"), coerce=int)
    receiver_id = forms.TypedChoiceField(label=_("Receiving hub"), coerce=int)
    starts_on = day(_("First day"))
    ends_on = day(_("Last day"))
    place = forms.CharField(label=_("Place of work"), max_length=200)
    cost_eur = _euro(_("Travel and stay in EUR"))

    def __init__(
        self, *args: Any, people: Sequence[tuple[int, str]], hubs: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = people
        self.fields["receiver_id"].choices = hubs


class PapersForm(forms.Form):
    a1_on = day(_("A1 certificate since"), required=False)
    notice_on = day(_("Notice of posted worker since"), required=False)
