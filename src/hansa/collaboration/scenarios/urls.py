"""Addresses of scenarios."""

from django.urls import path

from hansa.collaboration.scenarios.views import editing, pages, ways

app_name = "scenarios"

urlpatterns = [
    path("scenarios/", pages.all_scenarios, name="list"),
    path("scenarios/propose/", pages.propose, name="propose"),
    path("scenarios/proposals/<int:pk>/answer/", pages.answer, name="answer"),
    path("scenarios/<slug:key>/", pages.show, name="newest"),
    path("scenarios/<slug:key>/<str:version>/", pages.show, name="show"),
    path("scenarios/<slug:key>/<str:version>/comment/", pages.comment, name="comment"),
    path("scenarios/<slug:key>/<str:version>/copy/", ways.copy, name="copy"),
    path("scenarios/<slug:key>/<str:version>/submit/", ways.submit, name="submit"),
    path("scenarios/<slug:key>/<str:version>/send-back/", ways.send_back, name="send_back"),
    path("scenarios/<slug:key>/<str:version>/publish/", ways.publish, name="publish"),
    path("scenarios/<slug:key>/<str:version>/retire/", ways.retire, name="retire"),
    path("scenarios/<slug:key>/<str:version>/offer-again/", ways.offer_again, name="offer_again"),
    path("scenarios/<slug:key>/<str:version>/discard/", ways.discard, name="discard"),
    path("scenarios/<slug:key>/<str:version>/head/", editing.head, name="head"),
    path("scenarios/<slug:key>/<str:version>/stages/<slug:part>/", editing.stage, name="stage"),
    path("scenarios/<slug:key>/<str:version>/steps/new/", editing.new_step, name="new_step"),
    path("scenarios/<slug:key>/<str:version>/steps/<slug:part>/", editing.step, name="step"),
    path("scenarios/<slug:key>/<str:version>/steps/<slug:part>/remove/", editing.remove_step, name="remove_step"),
    path("scenarios/<slug:key>/<str:version>/roles/<slug:part>/", editing.role, name="role"),
]
