"""Addresses of the general steps of a case."""

from django.urls import path

from hansa.collaboration.steps import views

app_name = "steps"

urlpatterns = [
    path("scenarios/<slug:scenario>/how-it-goes/", views.statistics, name="statistics"),
    path("requests/<slug:ref>/steps/", views.page, name="page"),
    path("requests/<slug:ref>/steps/handed-in/<int:pk>/", views.download, name="file"),
    path("requests/<slug:ref>/steps/<slug:step>/", views.answer, name="answer"),
    path("requests/<slug:ref>/steps/<slug:step>/take-back/", views.take_back, name="take_back"),
]
