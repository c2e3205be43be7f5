from django.urls import path

from hansa.pulse.analytics import views

app_name = "analytics"

urlpatterns = [
    path("results/", views.results, name="results"),
    path("results/export/", views.export, name="export"),
]
