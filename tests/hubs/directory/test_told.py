"""When the rooms above tell what a hub did."""

from __future__ import annotations

import pytest
from cast import Cast
from factories import NOW

from hansa.hubs.directory import operations
from hansa.hubs.models import Hub

pytestmark = pytest.mark.django_db


def test_a_closed_cooperation_counts_once_for_each_hub(people: Cast):
    operations.record_joint_delivery([people.ebro.pk, people.isar.pk, people.ebro.pk], at=NOW)
    assert dict(Hub.objects.values_list("name", "joint_deliveries")) == {
        "Ebro Data Hub": 1,
        "Isar Edge Lab": 1,
        "Aarhus Food Robotics": 0,
        "Silent Bay Hub": 0,
    }


def test_reply_time_is_the_median_of_the_latest_fifteen(people: Cast):
    for days in [50.0] * 10 + [1.0] * 8 + [3.0] * 7:
        operations.record_reply(people.ebro.pk, days=days)
    hub = Hub.objects.get(pk=people.ebro.pk)
    assert len(hub.latest_reply_days) == 15
    assert hub.reply_days == 1.0
    operations.record_reply(people.ebro.pk, days=-4)
    operations.record_reply(-1, days=1)
    assert Hub.objects.get(pk=people.ebro.pk).latest_reply_days[-1] == 0.0
