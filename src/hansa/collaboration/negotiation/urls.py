"""Addresses of what is said about clauses."""

from django.urls import path

from hansa.collaboration.negotiation import views

app_name = "negotiation"

_AT = "requests/<slug:ref>/agreement/talk/"
urlpatterns = [
    path(_AT, views.overview, name="overview"),
    path(f"{_AT}suggestions/<int:pk>/take/", views.take, name="take"),
    path(f"{_AT}suggestions/<int:pk>/decline/", views.decline, name="decline"),
    path(f"{_AT}suggestions/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path(f"{_AT}<slug:key>/", views.clause, name="clause"),
    path(f"{_AT}<slug:key>/suggest/", views.suggest, name="suggest"),
    path(f"{_AT}<slug:key>/comment/", views.comment, name="comment"),
]
