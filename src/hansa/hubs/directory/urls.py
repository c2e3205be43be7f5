from django.urls import path

from hansa.hubs.directory import views

app_name = "directory"
urlpatterns = [
    path("hubs/", views.hubs, name="list"),
    path("hubs/compare/", views.compare, name="compare"),
    path("hubs/<slug:slug>.json", views.profile_json, name="profile_json"),
    path("hubs/<slug:slug>/", views.profile, name="profile"),
]
