"""What the gallery shows. Hubs, people and figures are invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest

from hansa.foundation.policies import No
from hansa.hubs.directory.queries.projection import clusters, project

_HUBS = [
    ("isar", "Isar Edge Lab", "München, Bayern, Germany", 48.14, 11.58),
    ("aarhus", "Aarhus Food Robotics", "Aarhus, Midtjylland, Denmark", 56.16, 10.2),
    ("rhone", "Rhône Vision Hub", "Lyon, Auvergne-Rhône-Alpes, France", 45.76, 4.84),
    ("moravia", "Moravia Test Bench", "Brno, Jihomoravský, Czechia", 49.2, 16.61),
    ("thermi", "Thermi AI Centre", "Thessaloniki, Greece", 40.55, 23.02),
    ("malta", "Valletta Port Lab", "Valletta, Malta", 35.9, 14.51),
    ("nicosia", "Nicosia Water Hub", "Nicosia, Cyprus", 35.17, 33.36),
    ("reunion", "Réunion Marine Lab", "Saint-Denis, Réunion, France", -20.88, 55.45),
    ("tenerife", "Teide Sky Hub", "La Laguna, Canarias, Spain", 28.48, -16.32),
    ("lulea", "Norrbotten HPC Gate", "Luleå, Norrbotten, Sweden", 65.58, 22.15),
]
_LONG = "Ευρωπαϊκός Κόμβος Ψηφιακής Καινοτομίας Θεσσαλονίκης και Żółkiewskie Centrum"


class Example(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Name of your organisation", help_text="As it stands in the register.", max_length=80)
    email = forms.EmailField(label="Work email")
    need = forms.CharField(
        label="What do you want to solve?",
        widget=forms.Textarea,
        max_length=4000,
        help_text="Your own words are best. One or two sentences are enough.",
    )
    country = forms.ChoiceField(label="Country", choices=[("", "Choose"), ("DE", "Germany"), ("ES", "Spain")])
    start = forms.DateField(label="Wanted start", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    days = forms.IntegerField(label="Days you can give", required=False)
    model = forms.ChoiceField(
        label="Who holds the result?",
        choices=[
            ("joint", "Joint|All partners own it together"),
            ("maker", "Stays with its maker|The others get a licence"),
        ],
        widget=forms.RadioSelect,
    )
    languages = forms.MultipleChoiceField(
        label="Working languages",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("en", "English"), ("es", "Spanish"), ("de", "German")],
    )
    file = forms.FileField(label="Attach a document", required=False, help_text="PDF or Word, up to 25 MB.")
    agree = forms.BooleanField(label="I have read version 4", help_text="It replaces version 3 of 12 November.")
    locked = forms.CharField(label="Reference", disabled=True, initial="R-2041", required=False)


def _hub(number: int, **more: Any) -> dict[str, Any]:
    key, name, place, *_ = _HUBS[number]
    return {"id": key, "slug": key, "name": name, "place": place, "href": "#", **more}


def _cards() -> list[dict[str, Any]]:
    tags = [
        {"text": text, "tick": tick}
        for text, tick in (("Edge deployment", True), ("OT security", True), ("Data annotation", False))
    ]
    return [
        _hub(0, reason="Covers 4 of the 5 things you lack", tags=tags, functions=[3, 1, 2, 1], trust="Assessed Sep 2026",
             summary="Gets models out of the notebook and onto machines: edge inference, OT security, retrofit sensors.",
             assessed=True, joint="6 joint deliveries", reply="Replies in 1 day", languages=["de", "en"], compared=True),
        _hub(2, reason="Covers 2 of 5, and 5 past partners recommend it", tags=tags[2:], functions=[3, 2, 1, 1],
             summary="Visual quality control for small batches; runs a shared annotation team.", trust="Self-declared",
             joint="5 joint deliveries", languages=["fr", "en"]),
        {"id": "long", "name": _LONG, "href": "#", "place": "Θεσσαλονίκη", "functions": [0, 0, 1, 0], "trust": "Self-declared"},
    ]  # fmt: skip


def _matrix() -> dict[str, Any]:
    needs = ["Predictive maintenance", "Sensor retrofit", "Hygienic design", "Operator training in Spanish"]
    covers = ["yyhn", "nynh", "nnyn", "ynnn"]
    names = {"y": "yes", "h": "partly", "n": "no"}
    hubs = [{"id": "ebro", "name": "Ebro Data Hub", "short": "You", "chosen": True, "fixed": True, "total": "2 of 4"}]
    hubs += [
        {"id": _HUBS[n][0], "name": _HUBS[n][1], "chosen": n == 0, "total": total}
        for n, total in ((0, "2 of 4"), (1, "1 of 4"), (3, "0 of 4"))
    ]
    rows = []
    for need, row in zip(needs, covers, strict=True):
        team = sum(mark == "y" for mark in row[:2])
        marks = [
            {"cover": names[mark], "text": "Three delivered projects, last in June 2026. Checked on site.", "href": "#"}
            for mark in row
        ]
        cover = "yes" if team else ("partly" if "h" in row[:2] else "no")
        words = {"yes": "1 partner" if team == 1 else f"{team} partners", "partly": "Partly", "no": "Gap"}[cover]
        rows.append({"name": need, "note": "Must have", "cover": cover, "team": words, "marks": marks})
    return {"hubs": hubs, "rows": rows}


def _candidates() -> list[dict[str, Any]]:
    parts = [
        ("Fit", 44, 50),
        ("Track record", 16, 20),
        ("Languages", 5, 10),
        ("Free in January", 10, 10),
        ("Trust", 9, 10),
    ]
    return [
        _hub(0, rank=1, note="München, Germany. Replies in 1 day", scores=parts,
             pros=["Only match with OT security and edge deployment together", "Ran 6 joint deliveries, 2 on packaging lines"],
             cons=["No Spanish speaker on the team"]),
        _hub(1, rank=2, note="Aarhus, Denmark. Replies in 2 days", scores=parts[:3], pros=["Only match with hygienic design"], cons=[]),
    ]  # fmt: skip


def _team() -> dict[str, Any]:
    return {
        "covered": 3, "total": 4, "needs": ["yes", "yes", "gap", "partly"], "note": "Not covered: Hygienic design",
        "members": [
            {"id": "ebro", "name": "Ebro Data Hub (you)", "role": "Single contact for the client", "lead": True},
            {"id": "isar", "name": "Isar Edge Lab", "role": "Sensors, edge, OT security", "href": "#"},
        ],
        "pros": ["Spanish, English and German between you"], "cons": ["Only Isar covers OT security"],
        "privacy": "They see the need, not the client's name. You can take an invitation back until they reply.",
    }  # fmt: skip


def _map() -> dict[str, Any]:
    spots = [project(latitude, longitude) for *_, latitude, longitude in _HUBS]
    own = project(41.65, -0.88)
    crowd = [project(50.6 + n / 30, 4.2 + n / 25) for n in range(8)]
    group = clusters(crowd)[0]
    return {
        "marks": [
            *(
                _mark(spot, f"{hub[1]}, {hub[2]}", text=hub[2].split(",")[0])
                for spot, hub in zip(spots, _HUBS, strict=True)
            ),
            _mark(crowd[3], f"{len(group)} hubs near Bruxelles", count=len(group)),
            _mark(own, "Ebro Data Hub, your hub", kind="own", text="You"),
        ],
        "countries": ["DE", "DK", "FR", "CZ", "GR", "MT", "CY", "SE", "ES"],
        "threads": [(own, spots[0]), (own, spots[9])],
    }


def _mark(spot: Any, label: str, *, kind: str = "match", **more: Any) -> dict[str, Any]:
    return {"x": spot.x, "y": spot.y, "area": spot.area, "label": label, "href": "#", "kind": kind, **more}


def _needs() -> list[dict[str, Any]]:
    return [
        {"title": "Answer two changes in the Frigo Montaña agreement", "href": "#", "why": "Isar Edge Lab is waiting since Monday",
         "icon": "pen-line", "tone": "f4", "due": "Due today", "due_tone": "bad", "actions": [{"label": "Review", "href": "#", "kind": "primary"}]},
        {"title": "New need from Ayuntamiento de Teruel", "why": "Traffic counting with existing cameras. A three-hub team covers 6 of 6",
         "icon": "clipboard-list", "tone": "f1", "due": "1 min", "actions": [{"label": "See shortlist", "href": "#"}]},
        {"title": "Neris GovTech Hub invites you to a joint service", "why": "AI procurement course for town halls. They ask for 3 trainer days",
         "icon": "handshake", "tone": "f3", "actions": [{"label": "Interested", "post": "#"}, {"label": "Not now", "href": "#", "kind": "quiet"}]},
    ]  # fmt: skip


def _agreement() -> dict[str, Any]:
    return {
        "clause": {
            "number": "7", "title": "Liability", "note": "Joint delivery agreement, version 3. Based on the network template.",
            "parts": [("same", "7.1 The Lead answers to the Client for the whole service. Each Partner answers to the Lead for the part it delivers, up to "),
                      ("del", "the total value of the contract"), ("same", " "), ("ins", "the amount paid to that Partner"), ("same", ".")],
            "plain": "The client only deals with you. If Isar makes a mistake, Isar owes you at most what you paid Isar.",
            "comments": [{"by": "Jonas Weber", "hub": "Isar Edge Lab", "when": "Mon", "text": "Our insurer caps us at the fee."},
                         {"by": "Legal helpdesk", "when": "Tue", "tone": "f3", "text": "Common in 14 of the last 20 agreements."}],
        },
        "parties": [
            {"id": "aarhus", "name": "Aarhus Food Robotics", "person": "Mette Holm", "when": "24 Nov, 09:12", "state": "Signed", "tone": "good"},
            {"id": "isar", "name": "Isar Edge Lab", "person": "Jonas Weber", "state": "Has changes", "tone": "warn"},
            {"id": "ebro", "name": "Ebro Data Hub", "person": "Lucía Ferrer", "state": "Waits for clause 7"},
        ],
        "events": [{"text": "Mette Holm signed.", "when": "24 Nov", "icon": "pen-line"},
                   {"text": "Jonas Weber changed clause 7.", "when": "23 Nov", "icon": "file-text"},
                   {"text": "Aarhus Food Robotics joined.", "when": "22 Nov", "by": "Mette Holm"}],
    }  # fmt: skip


def _charts() -> dict[str, Any]:
    return {
        "kpis": [
            {"name": "Needs covered", "number": 8, "text": "8", "unit": "of 8", "target": 8, "most": 8, "note": "Target 8"},
            {"name": "Days from need to team", "number": 6, "unit": "days", "target": 10, "most": 15, "note": "Target 10, network median 17", "lower_is_better": True},
            {"name": "Unplanned stops", "number": 2.1, "text": "2.1", "unit": "per month", "target": 0.8, "most": 2.5, "note": "Target 0.8, measured from January", "lower_is_better": True},
            {"name": "Digital maturity", "number": None, "unit": "of 100", "target": 55, "most": 100, "note": "Target 55 after delivery"},
        ],
        "shares": [{"name": "Effort", "parts": [{"name": "Ebro", "share": 34}, {"name": "Isar", "share": 44}, {"name": "Aarhus", "share": 22}]},
                   {"name": "Money", "parts": [{"name": "Ebro", "share": 30}, {"name": "Isar", "share": 46}, {"name": "Aarhus", "share": 24}]}],
        "plan": [
            {"id": "ebro", "name": "Ebro Data Hub", "bars": [{"name": "Agreement", "start": date(2026, 11, 27), "end": date(2026, 12, 22)}, {"name": "Roll-out", "start": date(2027, 2, 25), "end": date(2027, 3, 28)}]},
            {"id": "isar", "name": "Isar Edge Lab", "bars": [{"name": "Sensors", "start": date(2027, 1, 18), "end": date(2027, 2, 14)}], "milestones": [{"name": "Kick-off", "on": date(2027, 1, 11)}]},
        ],
        "plan_start": date(2026, 11, 1), "plan_end": date(2027, 3, 31), "plan_today": date(2026, 11, 24),
    }  # fmt: skip


def context(request: HttpRequest) -> dict[str, Any]:
    """Return every example, by the name its part of the gallery uses."""
    empty = Example({"need": "", "email": "no mail"}, auto_id="bad_%s")
    empty.is_valid()
    states = ("done", "now", "later", "later", "later", "later")
    names = ("Need", "Shortlist", "Invite", "Agree", "Deliver", "Results")
    notes = ("Confirmed by client", "Pick partners", "Usually 3 days", "Usually 6 days", "10 weeks", "")
    return {
        "form": Example(auto_id="good_%s"),
        "bad_form": empty,
        "refused": No("The legal representative of your hub has to sign."),
        "cards": _cards(),
        "matrix_table": _matrix(),
        "candidates": _candidates(),
        "team": _team(),
        "chart": _map(),
        "needs": _needs(),
        "steps": [{"name": n, "state": s, "note": t, "href": "#"} for n, s, t in zip(names, states, notes, strict=True)],
        "crumbs": [("Requests", "#"), ("Frigo Montaña", "#")],
        "tab_items": [{"name": "Overview", "href": "#", "current": True}, {"name": "Agreement", "href": "#", "needs": 2}, {"name": "Files", "href": "#", "count": 8}],
        "countries": [{"value": "DE", "name": "Germany", "count": 31, "chosen": True}, {"value": "ES", "name": "Spain", "count": 24}],
        "functions": [
            {"value": "test", "name": "Test before invest", "note": "164 hubs", "number": 1, "chosen": True},
            {"value": "invest", "name": "Find investments", "note": "131 hubs", "number": 2},
            {"value": "network", "name": "Ecosystem and networking", "note": "188 hubs", "number": 3},
            {"value": "skills", "name": "Skills and training", "note": "172 hubs", "number": 4},
        ],
        "read": [("Edge deployment", "#"), ("Computer vision", "#"), ("Sector: food", "#")],
        "pairs": [("Wants to start", "January 2027"), ("Working languages", "Spanish, some English"), ("Budget from the client", "€ 14 000, rest from grant"), ("Client data may leave Spain", "Yes, inside the EU")],
        "file": {"name": "data-sharing-terms.pdf", "href": "#", "size": "820 kB", "by": "Lucía Ferrer", "when": "20 Nov"},
        "words": "The lines stop twice a month and we only find out when the bearing screams. We want a week's warning.",
        "long_name": _LONG,
        **_agreement(),
        **_charts(),
    }  # fmt: skip
