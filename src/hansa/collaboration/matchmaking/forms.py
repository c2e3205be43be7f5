"""Forms of matchmaking: they turn what is typed into clean values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hansa.collaboration.matchmaking import operations
from hansa.collaboration.matchmaking.states import Fit, NoteKind, OutcomeKind, Reach, SeenBy
from hansa.collaboration.partnering.states import Anonymity
from hansa.foundation.numbers import NumberField
from hansa.hubs.directory.states import PARTNER_SORTS
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

Choices = Sequence[tuple[Any, Any]]
_DAY = {"type": "date"}


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def _labelled(kind: str, blank: Any = None) -> list[tuple[str, Any]]:
    found = sorted(((code, entry.label) for code, entry in taxonomy.vocabulary(kind).items()), key=lambda pair: pair[1])
    return found if blank is None else [("", blank), *found]


class _Form(forms.Form):
    """A form that shares its page with others: its name is in the ids, so that each label finds its own field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_{type(self).__name__.removesuffix('Form').lower()}_%s")
        super().__init__(*args, **kwargs)


class AskForm(_Form):
    """What is asked of the network."""

    kind = forms.ChoiceField(label=_("What kind of partner?"))
    text = forms.CharField(
        label=_("Text for the hubs"),
        help_text=_(
            "Names, addresses and places we know stand in brackets. Others may be left: read it once more before it leaves."
        ),
        max_length=10_000,
        required=False,
        widget=_words(9),
    )
    withheld = forms.MultipleChoiceField(
        label=_("Keep back"),
        help_text=_("What is ticked here is not shown, although the client allowed it."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reach = forms.ChoiceField(label=_("How far does it go?"), choices=Reach.choices, widget=forms.RadioSelect)
    hub_ids = forms.TypedMultipleChoiceField(
        label=_("Hubs"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    countries = forms.MultipleChoiceField(label=_("Countries"), required=False, widget=forms.CheckboxSelectMultiple)
    valid_until = forms.DateField(
        label=_("Valid until"),
        help_text=_("After this day nothing is shown any more."),
        widget=forms.DateInput(attrs=_DAY),
    )
    reviewer_id = forms.TypedChoiceField(
        label=_("Who reads it before it leaves?"), help_text=_("This person of your hub releases it."), coerce=int
    )

    def __init__(
        self, *args: Any, hubs: Choices, countries: Choices, people: Choices, withholdable: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = [("", _("Choose"))] + [
            (str(sort), [(kind.value, kind.label) for kind in kinds]) for sort, kinds in PARTNER_SORTS.items()
        ]
        fields["hub_ids"].choices, fields["countries"].choices = list(hubs), list(countries)
        fields["reviewer_id"].choices, fields["withheld"].choices = list(people), list(withholdable)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        needs = {
            Reach.HUBS: ("hub_ids", _("Choose at least one hub.")),
            Reach.COUNTRIES: ("countries", _("Choose at least one country.")),
        }
        name, words = needs.get(values.get("reach"), ("", ""))  # type: ignore[call-overload]
        if name and not values.get(name):
            self.add_error(name, words)
        return values

    def draft(self, languages: Sequence[str]) -> operations.AskDraft:
        given = dict(self.cleaned_data)
        lists = {name: tuple(given.pop(name)) for name in ("hub_ids", "countries", "withheld")}
        return operations.AskDraft(**given, **lists, languages=tuple(languages))


_LEVELS = [(level.value, level.label) for level in Anonymity if level != Anonymity.A0]


class AgreeForm(_Form):
    """The client's word: given by itself, or noted by its hub with the evidence."""

    level = forms.ChoiceField(label=_("What may leave the hub?"), choices=_LEVELS, widget=forms.RadioSelect)
    granted_by = forms.CharField(label=_("Who agreed?"), max_length=200)
    capacity = forms.CharField(label=_("In which function?"), max_length=200, required=False)
    evidence = forms.CharField(
        label=_("How do you know?"), help_text=_("For example: mail of 18 November, kept in our files."), max_length=300
    )

    def __init__(self, *args: Any, for_client: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if for_client:
            for name in ("granted_by", "capacity", "evidence"):
                del self.fields[name]


MATCH_LEVELS = [
    (Anonymity.A1, _("Kind, sector, country, what it offers and its languages; no text")),
    (Anonymity.A2, _("The same with a description without names")),
    (Anonymity.A3, _("The same; once all have signed, the organisation's name")),
    (Anonymity.A4, _("The same; once all have signed, the organisation and its contact person")),
]


class MatchAgreedForm(_Form):
    """What an organisation agreed to, noted by its hub."""

    level = forms.ChoiceField(
        label=_("What did the organisation agree to show?"), choices=MATCH_LEVELS, widget=forms.RadioSelect
    )
    in_register = forms.BooleanField(label=_("The register of agreements reached may name it."), required=False)
    granted_by = forms.CharField(label=_("Who agreed?"), max_length=200)
    capacity = forms.CharField(label=_("In which function?"), max_length=200, required=False)
    evidence = forms.CharField(
        label=_("How do you know?"),
        help_text=_("For example: call of 18 November, noted in our files."),
        max_length=300,
    )


class AskOrganisationForm(_Form):
    words = forms.CharField(
        label=_("What you write to the organisation"),
        help_text=_("It gets a mail with these words and a link to a page where it agrees or not."),
        max_length=4000,
        widget=_words(6),
    )


class KeyForm(_Form):
    """The organisation's own word, on the page of its mail."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(level, label) for level, label in MATCH_LEVELS[1:]] + [("no", _("We would rather not"))],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Your name and function"), max_length=200, required=False)


class ProfileForm(_Form):
    """Whom a hub means to suggest, and what the lead would read of it."""

    organisation_id = forms.IntegerField(widget=forms.HiddenInput)
    profile = forms.CharField(
        label=_("What the lead reads of it"),
        help_text=_("Without names: what it does, for whom, what shows that it does it well."),
        max_length=4000,
        widget=_words(6),
    )


class DeclineForm(_Form):
    reason = forms.CharField(label=_("Why not?"), max_length=500, widget=_words(2))


class RequirementForm(_Form):
    wanted = forms.CharField(label=_("What the client needs"), max_length=500)
    offered = forms.CharField(label=_("What the match says to it"), max_length=500, required=False)
    seen_by = forms.ChoiceField(label=_("Who sees it?"), choices=SeenBy.choices, initial=SeenBy.CLIENT)


class SettleForm(forms.Form):
    fit = forms.ChoiceField(label=_("How it fits"), choices=Fit.choices)
    offered = forms.CharField(label=_("What the match says to it"), max_length=500, required=False)


_ZONES = sorted(zone for zone in available_timezones() if zone.startswith(("Europe/", "Atlantic/")) or zone == "UTC")


class MeetingForm(_Form):
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs=_DAY))
    clock = forms.TimeField(label=_("Starts at"), widget=forms.TimeInput(attrs={"type": "time"}))
    zone = forms.ChoiceField(label=_("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in _ZONES])
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=720, initial=45)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    link = forms.URLField(label=_("Link to the meeting"), max_length=500, required=False, assume_scheme="https")
    points = forms.CharField(
        label=_("Three talking points"), help_text=_("One per line."), max_length=700, required=False, widget=_words(3)
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    interpreter = forms.CharField(
        label=_("Interpreter"), help_text=_("Who helps, if anybody has to."), max_length=200, required=False
    )
    seen_by = forms.ChoiceField(label=_("Who sees it?"), choices=SeenBy.choices, initial=SeenBy.CLIENT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = _labelled(Kind.LANGUAGE, _("Not settled"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if {"on", "clock", "zone"} <= set(values):
            zone = ZoneInfo(values["zone"])
            starts = datetime.combine(values["on"], values["clock"], tzinfo=zone)
            # A time that the clock jumps over, when summer begins, comes back as another one.
            if starts.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(fold=0) != starts:
                raise ValidationError(_("This time does not exist on that day: the clock jumps over it."))
            values["starts_at"] = starts
        return values

    def draft(self) -> operations.MeetingDraft:
        given = self.cleaned_data
        names = ("starts_at", "zone", "minutes", "place", "link", "language", "interpreter", "seen_by")
        return operations.MeetingDraft(
            points=tuple(given["points"].splitlines()), **{name: given[name] for name in names}
        )


class NoteForm(_Form):
    kind = forms.ChoiceField(label=_("What is it?"), choices=NoteKind.choices)
    text = forms.CharField(label=_("In words"), max_length=4000, widget=_words(3))
    seen_by = forms.ChoiceField(label=_("Who sees it?"), choices=SeenBy.choices, initial=SeenBy.HUBS)


class OutcomeForm(_Form):
    kind = forms.ChoiceField(label=_("What came of it?"), choices=OutcomeKind.choices)
    amount_eur = NumberField(
        label=_("Amount in euro"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
        error_messages={"invalid": _("Write an amount such as 14000.")},
    )
    summary = forms.CharField(
        label=_("What was agreed, in one sentence"),
        help_text=_("The network reads it in the register. Name nobody."),
        max_length=500,
        required=False,
    )
    reason = forms.CharField(label=_("If nothing came of it: why?"), max_length=500, required=False)
    link = forms.URLField(label=_("Link to what shows it"), max_length=500, required=False, assume_scheme="https")
    upload = forms.FileField(label=_("Or a file"), required=False)

    def draft(self) -> operations.OutcomeDraft:
        return operations.OutcomeDraft(**self.cleaned_data)


class ConfirmForm(_Form):
    note = forms.CharField(label=_("Anything you want to add"), max_length=2000, required=False, widget=_words(3))
    in_register = forms.BooleanField(
        label=_("The register of agreements reached may name us."),
        help_text=_("Without this it says what was agreed, and not by whom."),
        required=False,
    )


class ObjectionForm(_Form):
    note = forms.CharField(label=_("What is missing or wrong"), max_length=2000, widget=_words(3))


class FeedbackForm(_Form):
    RATINGS = (("5", _("Very good")), ("4", _("Good")), ("3", _("Fair")), ("2", _("Weak")), ("1", _("Poor")))
    rating = forms.TypedChoiceField(label=_("How did it go"), choices=RATINGS, coerce=int, widget=forms.RadioSelect)
    text = forms.CharField(label=_("What should the others know"), max_length=2000, required=False, widget=_words(3))


class ClosingForm(_Form):
    lesson = forms.CharField(
        label=_("One lesson for the next time"),
        help_text=_("Your hub and the partners read it. Do not name the client."),
        max_length=2000,
        required=False,
        widget=_words(3),
    )
