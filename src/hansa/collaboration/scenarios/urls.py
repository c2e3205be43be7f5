"""Addresses of scenarios."""

from django.urls import path

from hansa.collaboration.scenarios.views import editing, pages, ways

app_name = "scenarios"

urlpatterns = [
    path("scenarios/", pages.all_scenarios, name="list"),
    path("scenarios/propose/", pages.propose, name="propose"),
    path("scenarios/proposals/<int:pk>/answer/", pages.answer, name="answer"),
    path("scenarios/<slug:scenario>/", pages.show, name="newest"),
    path("scenarios/<slug:scenario>/<str:version>/", pages.show, name="show"),
    path("scenarios/<slug:scenario>/<str:version>/comment/", pages.comment, name="comment"),
    path("scenarios/<slug:scenario>/<str:version>/copy/", ways.copy, name="copy"),
    path("scenarios/<slug:scenario>/<str:version>/submit/", ways.submit, name="submit"),
    path("scenarios/<slug:scenario>/<str:version>/send-back/", ways.send_back, name="send_back"),
    path("scenarios/<slug:scenario>/<str:version>/publish/", ways.publish, name="publish"),
    path("scenarios/<slug:scenario>/<str:version>/retire/", ways.retire, name="retire"),
    path("scenarios/<slug:scenario>/<str:version>/offer-again/", ways.offer_again, name="offer_again"),
    path("scenarios/<slug:scenario>/<str:version>/discard/", ways.discard, name="discard"),
    path("scenarios/<slug:scenario>/<str:version>/head/", editing.head, name="head"),
    path("scenarios/<slug:scenario>/<str:version>/stages/<slug:stage>/", editing.stage, name="stage"),
    path("scenarios/<slug:scenario>/<str:version>/steps/new/", editing.new_step, name="new_step"),
    path("scenarios/<slug:scenario>/<str:version>/steps/<slug:step>/", editing.step, name="step"),
    path("scenarios/<slug:scenario>/<str:version>/steps/<slug:step>/remove/", editing.remove_step, name="remove_step"),
    path("scenarios/<slug:scenario>/<str:version>/roles/<slug:role>/", editing.role, name="role"),
]
