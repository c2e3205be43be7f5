"""When a view promises to read, or to write."""

from __future__ import annotations

import pytest
from cast import make_cast
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from hansa.foundation.pages import WriteInRead, form_page, reads, writes
from hansa.hubs.models import Hub

pytestmark = pytest.mark.django_db


def rename(request: HttpRequest) -> HttpResponse:
    Hub.objects.update(city="Teruel")
    return HttpResponse("done")


def look(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Hub.objects.count()))


def test_a_reading_page_that_writes_is_stopped(rf: RequestFactory) -> None:
    cast = make_cast()
    with pytest.raises(WriteInRead, match="UPDATE"), transaction.atomic():
        reads(rename)(rf.get("/"))
    cast.ebro.refresh_from_db()
    assert cast.ebro.city == "Zaragoza"


def test_a_reading_page_reads(rf: RequestFactory) -> None:
    make_cast()
    assert reads(look)(rf.get("/")).content == b"4"


@pytest.mark.parametrize(
    ("promise", "method", "status"), [(reads, "post", 405), (writes, "get", 405), (writes, "head", 405)]
)
def test_the_other_method_is_not_allowed(rf: RequestFactory, promise, method: str, status: int) -> None:
    assert promise(rename)(getattr(rf, method)("/")).status_code == status


def test_a_failing_act_leaves_nothing_behind(rf: RequestFactory) -> None:
    cast = make_cast()

    def fail(request: HttpRequest) -> HttpResponse:
        rename(request)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        writes(fail)(rf.post("/"))
    cast.ebro.refresh_from_db()
    assert cast.ebro.city == "Zaragoza"


def test_a_form_page_reads_on_get_and_writes_on_post(rf: RequestFactory) -> None:
    cast = make_cast()
    with pytest.raises(WriteInRead), transaction.atomic():
        form_page(rename)(rf.get("/"))
    assert form_page(rename)(rf.post("/")).status_code == 200
    cast.ebro.refresh_from_db()
    assert cast.ebro.city == "Teruel"
