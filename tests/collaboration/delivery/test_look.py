"""When the delivery page is looked at."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from cast import acting
from django.core.files.uploadedfile import SimpleUploadedFile
from factories import NOW, make_kpi

from hansa.collaboration.delivery import operations


@pytest.fixture
def page(client, cast, collaboration):
    """Return the page of a person as text."""

    def of(user, language=""):
        client.force_login(user)
        return client.get(f"{language}/requests/{collaboration.request.ref}/delivery/").content.decode()

    return of


def test_every_label_has_its_own_field(cast, collaboration, page):
    make_kpi(collaboration)
    collaboration.request.state = "confirming"
    collaboration.request.save()
    for user in (cast.lucia, cast.mayor):
        html = page(user)
        ids = Counter(re.findall(r'\sid="([^"]+)"', html))
        assert [name for name, n in ids.items() if n > 1] == []
        assert set(re.findall(r'<label for="([^"]+)"', html)) <= set(ids)


def test_the_lead_goes_back_to_its_request_and_a_partner_to_what_it_works_on(cast, collaboration, page):
    case = f"/requests/{collaboration.request.ref}/"
    ways = {
        name: re.findall(r'<a href="([^"]+)"', re.search(r'<ol class="crumbs">.*?</ol>', page(getattr(cast, name)))[0])
        for name in ("lucia", "jonas", "mayor")
    }
    assert ways == {"lucia": ["/requests/", case], "jonas": ["/collaborations/"], "mayor": ["/requests/"]}


def test_words_for_one_form_are_not_lost_by_sending_another(cast, collaboration, page):
    collaboration.request.state = "confirming"
    collaboration.request.save()
    html = page(cast.mayor)
    forms = re.findall(r'<form [^>]*action="[^"]*/delivery/(confirm|object|feedback)/"([^>]*)>', html)
    assert {name for name, rest in forms if "data-unsent" in rest} == {"confirm", "object", "feedback"}


def test_files_show_day_and_size_in_words(cast, collaboration, page, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("counts.csv", b"a" * 2048)
    operations.add_document(collaboration, upload=file, for_client=True, by=acting(cast.lucia), at=NOW)
    text = page(cast.lucia)
    assert "Ebro Data Hub · 24 Nov 2026 · 2.0" in text
    assert "+00:00" not in re.sub(r'datetime="[^"]+"', "", text)


def test_targets_have_no_zeros_behind_the_point(cast, collaboration, page):
    make_kpi(collaboration, target=10)
    assert "10.00" not in page(cast.lucia)


def test_planned_tasks_and_kpis_are_in_the_readers_language_and_typed_ones_as_typed(cast, collaboration, page):
    make_kpi(collaboration, "People trained", unit="of 5")
    for title in ("Hold the training", "Report"):
        fields = {"title": title, "hub_id": cast.isar.pk, "due_on": NOW.date()}
        operations.add_task(collaboration, by=acting(cast.lucia), at=NOW, **fields)
    text = page(cast.lucia, "/de")
    assert ("Die Schulung halten" in text, "Hold the training" in text) == (True, False)
    assert ('<span dir="auto">Report</span>' in text, "Geschulte Personen" in text, "von 5" in text) == (
        True,
        True,
        True,
    )
