"""Forms of scenarios: every part of one in fields, never in code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from hansa.collaboration.scenarios.states import MOVES, Kind, RequestState, Role, Scenario, ScenarioStep, Stage
from hansa.collaboration.scenarios.states.editing import HeadEdit, RoleEdit, StageEdit, StepEdit

_MOST_DAYS = 3650
KIND_CHOICES = [
    (Kind.FORM, gettext_lazy("Form: questions are answered")),
    (Kind.DOCUMENT, gettext_lazy("Document: a file is handed in")),
    (Kind.APPROVAL, gettext_lazy("Approval: somebody says yes")),
    (Kind.MEETING, gettext_lazy("Meeting: it took place")),
]
TURN_CHOICES = [
    ("lead", gettext_lazy("the lead")),
    ("partners", gettext_lazy("the partners")),
    ("all", gettext_lazy("all hubs")),
    ("client", gettext_lazy("the client")),
]
FIELD_CHOICES = [
    ("text", gettext_lazy("text")),
    ("number", gettext_lazy("number")),
    ("money", gettext_lazy("amount in euro")),
    ("date", gettext_lazy("date")),
    ("yes_no", gettext_lazy("yes or no")),
    ("choice", gettext_lazy("one of several")),
]
# Moves that a step of the steward's can be needed for: those that lead on.
WAITING_MOVES = [
    ("", gettext_lazy("nothing: it is done beside the others")),
    ("understand", gettext_lazy("going to the shortlist")),
    ("invite", gettext_lazy("inviting hubs")),
    ("draft", gettext_lazy("drafting the agreement")),
    ("ready", gettext_lazy("signing")),
    ("start", gettext_lazy("starting the work")),
    ("report", gettext_lazy("handing over the results")),
    ("close", gettext_lazy("closing the case")),
]
assert {name for name, _label in WAITING_MOVES if name} <= set(MOVES)
N_QUESTIONS = 3


class _Edition(forms.Form):
    edition = forms.IntegerField(widget=forms.HiddenInput)


def _line(label: Any, *, most: int = 120, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, **options)


def _lines(label: Any, *, rows: int = 3, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=4000, required=False, widget=widget, **options)


def lines_in(text: str) -> tuple[str, ...]:
    """Return the lines of a text area that say something."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


class HeadForm(_Edition):
    title = _line(gettext_lazy("Title"))
    short = _line(gettext_lazy("Short name"), most=60, help_text=gettext_lazy("As it stands in lists."))
    when = _line(gettext_lazy("When it is used"), most=400, widget=forms.Textarea(attrs={"rows": 2}))
    tools = _lines(gettext_lazy("What helps it along"), help_text=gettext_lazy("One per line."))

    @classmethod
    def of(cls, scenario: Scenario, *, edition: int) -> HeadForm:
        start = {"title": scenario.title, "short": scenario.short, "when": scenario.when}
        return cls(initial=start | {"tools": "\n".join(scenario.tools), "edition": edition})

    def edit(self) -> HeadEdit:
        given = self.cleaned_data
        return HeadEdit(title=given["title"], short=given["short"], when=given["when"], tools=lines_in(given["tools"]))


class StageForm(_Edition):
    """Names and notes of one stage for each audience."""

    AUDIENCES = {
        "hub": gettext_lazy("the lead"),
        "partner": gettext_lazy("partners"),
        "client": gettext_lazy("the client"),
    }

    def __init__(self, data: Any = None, *, stage: Stage, edition: int) -> None:
        super().__init__(data, initial={"edition": edition})
        self.stage = stage
        for audience in (name for name in self.AUDIENCES if name in stage.names):
            for_whom = {"who": self.AUDIENCES[audience]}
            self.fields[f"name_{audience}"] = _line(
                _("Name for %(who)s") % for_whom, most=40, initial=stage.names[audience]
            )
            self.fields[f"note_{audience}"] = _line(
                _("Note for %(who)s") % for_whom, most=80, initial=stage.notes[audience]
            )

    def edit(self) -> StageEdit:
        audiences = list(self.stage.names)
        return StageEdit(
            key=self.stage.key,
            names={audience: self.cleaned_data[f"name_{audience}"] for audience in audiences},
            notes={audience: self.cleaned_data[f"note_{audience}"] for audience in audiences},
        )


class StepForm(_Edition):
    """One step. Of the product's own steps words, days and documents change; of added ones everything."""

    hub = _line(gettext_lazy("Name for the hubs"), most=60)
    client = _line(
        gettext_lazy("Name for the client"),
        most=60,
        required=False,
        help_text=gettext_lazy("Empty: the client does not see this step."),
    )
    later = _line(gettext_lazy("Name while it lies ahead"), most=60)
    does = _line(gettext_lazy("What is done"), most=400, widget=forms.Textarea(attrs={"rows": 2}))
    usual_days = forms.IntegerField(label=gettext_lazy("Usual days"), min_value=0, max_value=_MOST_DAYS)
    deadline_days = forms.IntegerField(
        label=gettext_lazy("Deadline in days"),
        min_value=0,
        max_value=_MOST_DAYS,
        help_text=gettext_lazy("0 for none."),
    )
    documents = _lines(gettext_lazy("Documents"), help_text=gettext_lazy("One per line."))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KIND_CHOICES)
    state = forms.ChoiceField(label=gettext_lazy("Worked on during"))
    turn = forms.ChoiceField(label=gettext_lazy("Who does it"), choices=TURN_CHOICES)
    before = forms.ChoiceField(label=gettext_lazy("What waits for it"), choices=WAITING_MOVES, required=False)
    after = forms.MultipleChoiceField(
        label=gettext_lazy("It comes after"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Steps that wait for the same ones run side by side."),
    )
    optional = forms.BooleanField(label=gettext_lazy("It can be left out"), required=False)

    def __init__(self, data: Any = None, *, scenario: Scenario, step: ScenarioStep | None, edition: int) -> None:
        super().__init__(data, initial=_start_of(step) | {"edition": edition})
        self.step = step
        if step is not None and not step.is_general:
            for name in ("kind", "state", "turn", "before", "after", "optional"):
                del self.fields[name]
            return
        running = [choice for choice in RequestState.choices if choice[0] not in {"closed", "cancelled"}]
        self.fields["state"].choices = running
        others = [other for other in scenario.steps if step is None or other.key != step.key]
        self.fields["after"].choices = [(other.key, pgettext("content", other.names.hub)) for other in others]
        if not scenario.has_client:
            del self.fields["client"]
            self.fields["turn"].choices = [choice for choice in TURN_CHOICES if choice[0] != "client"]
        self._add_questions(step)

    def _add_questions(self, step: ScenarioStep | None) -> None:
        asked = list(step.fields) if step else []
        self.n_questions = max(N_QUESTIONS, len(asked) + 1)
        for n in range(self.n_questions):
            field = asked[n] if n < len(asked) else None
            self.fields[f"question_{n}"] = _line(
                _("Question %(n)s") % {"n": n + 1}, most=200, required=False, initial=field.label if field else ""
            )
            self.fields[f"answer_{n}"] = forms.ChoiceField(
                label=_("Answer"), choices=FIELD_CHOICES, required=False, initial=field.kind if field else "text"
            )
            self.fields[f"choices_{n}"] = _line(
                _("Choices, parted by a semicolon"),
                most=400,
                required=False,
                initial="; ".join(field.choices) if field else "",
            )

    @property
    def is_general(self) -> bool:
        return "kind" in self.fields

    @property
    def questions(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [(self[f"question_{n}"], self[f"answer_{n}"], self[f"choices_{n}"]) for n in range(self.n_questions)]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for n in range(self.n_questions if self.is_general else 0):
            choices = [part for part in given.get(f"choices_{n}", "").split(";") if part.strip()]
            if given.get(f"question_{n}") and given.get(f"answer_{n}") == "choice" and len(choices) < 2:
                self.add_error(f"choices_{n}", _("Name at least two choices."))
        return given

    def edit(self) -> StepEdit:
        given = self.cleaned_data
        words = {name: given.get(name, "") for name in ("hub", "client", "later", "does")}
        common: dict[str, Any] = words | {
            "key": self.step.key if self.step else "",
            "usual_days": given["usual_days"],
            "deadline_days": given["deadline_days"],
            "documents": lines_in(given["documents"]),
        }
        if not self.is_general:
            return StepEdit(**common)
        return StepEdit(
            **common,
            **{name: given[name] for name in ("kind", "state", "turn", "before", "optional")},
            after=tuple(given["after"]),
            fields=tuple(self._question(n) for n in range(self.n_questions) if given[f"question_{n}"].strip()),
        )

    def _question(self, n: int) -> dict[str, Any]:
        given = self.cleaned_data
        kind = given[f"answer_{n}"] or "text"
        choices = [part.strip() for part in given[f"choices_{n}"].split(";") if part.strip()]
        return {
            "label": given[f"question_{n}"].strip(),
            "kind": kind,
            "required": kind != "yes_no",
            "choices": choices if kind == "choice" else [],
        }


def _start_of(step: ScenarioStep | None) -> dict[str, Any]:
    if step is None:
        return {"usual_days": 3, "deadline_days": 0, "state": RequestState.NEED, "turn": "lead"}
    return {
        "hub": step.names.hub,
        "client": step.names.client,
        "later": step.names.later,
        "does": step.does,
        "usual_days": step.usual_days,
        "deadline_days": step.deadline_days,
        "documents": "\n".join(step.documents),
        "kind": step.kind,
        "state": step.state,
        "turn": step.turn,
        "before": step.before,
        "after": list(step.after),
        "optional": step.optional,
    }


class RoleForm(_Edition):
    """The words of what one role gains, spends and risks; empty lines take added points out."""

    KINDS = {
        "benefits": gettext_lazy("Gains"),
        "costs": gettext_lazy("Spends"),
        "risks": gettext_lazy("Risks"),
    }

    def __init__(self, data: Any = None, *, role: Role, edition: int) -> None:
        super().__init__(data, initial={"edition": edition})
        self.role = role
        for kind in self.KINDS:
            for point in getattr(role, kind):
                self.fields[point.id] = _line(point.id, most=200, required=False, initial=point.label)
            self.fields[f"new_{kind}"] = _lines(_("New ones"), rows=2, help_text=_("One per line."))

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [
            (str(name), [*(self[point.id] for point in getattr(self.role, kind)), self[f"new_{kind}"]])
            for kind, name in self.KINDS.items()
        ]

    def edit(self) -> RoleEdit:
        given = self.cleaned_data
        points = [point for kind in self.KINDS for point in getattr(self.role, kind)]
        return RoleEdit(
            role=self.role.key,
            labels={point.id: given[point.id] for point in points},
            added={kind: lines_in(given[f"new_{kind}"]) for kind in self.KINDS},  # type: ignore[misc]
        )


class ProposalForm(forms.Form):
    title = _line(gettext_lazy("What would you like to do together"))
    text = forms.CharField(
        label=gettext_lazy("Who does what, and why the scenarios in use do not fit"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Answer to the hub"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class CommentForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class CopyForm(forms.Form):
    title = _line(
        gettext_lazy("Title of the new scenario"),
        required=False,
        help_text=gettext_lazy("For instance: Joint delivery with hubs outside the network"),
    )


class SendBackForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What has to change"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
