"""When a party takes a version into a word processor."""

from __future__ import annotations

import io
from typing import Any

import pytest
from cast import Cast
from django.test import Client as Browser
from docx import Document

from hansa.collaboration.models import Agreement

pytestmark = pytest.mark.django_db


def fetched(user: Any, agreement: Agreement, number: int = 1) -> Any:
    browser = Browser()
    browser.force_login(user)
    return browser.get(f"/requests/{agreement.request.ref}/agreement/versions/{number}/agreement.docx")


def test_it_holds_every_paragraph_under_the_headings_of_the_text(agreement: Agreement, cast: Cast) -> None:
    answer = fetched(cast.jonas, agreement)
    assert ".docx" in answer.headers["Content-Disposition"]
    document = Document(io.BytesIO(answer.content))
    version = agreement.versions.get()
    said = [paragraph.text for paragraph in document.paragraphs]
    for clause in version.clauses:
        for n, text in enumerate(clause["paragraphs"], start=1):
            assert f"{clause['number']}.{n} {text}" in said
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [f"{clause['number']}. {clause['title']}" for clause in version.clauses]
    assert document.core_properties.language == "en"


def test_it_says_on_every_page_that_it_is_not_for_signing(agreement: Agreement, cast: Cast) -> None:
    document = Document(io.BytesIO(fetched(cast.jonas, agreement).content))
    footer = document.sections[0].footer.paragraphs[0].text
    assert "Not for signing" in footer
    assert agreement.versions.get().sha256 in footer


def test_others_and_versions_that_are_not_there_find_nothing(agreement: Agreement, cast: Cast) -> None:
    assert fetched(cast.stranger, agreement).status_code == 404
    assert fetched(cast.mayor, agreement).status_code == 404
    assert fetched(cast.jonas, agreement, number=2).status_code == 404
    assert fetched(cast.jonas, agreement, number=99999999999).status_code == 404
