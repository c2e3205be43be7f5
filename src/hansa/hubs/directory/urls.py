from django.urls import path

from hansa.hubs.directory import views

app_name = "directory"
urlpatterns = [
    path("hubs/", views.hubs, name="list"),
    path("hubs/compare/", views.compare, name="compare"),
    path("hubs/<str:slug>.json", views.profile_json, name="profile_json"),
    path("hubs/<str:slug>/", views.profile, name="profile"),
    path("ecosystem/", views.ecosystem, name="ecosystem"),
    path("ecosystem/add/", views.add_organisation, name="add_organisation"),
    path("ecosystem/<int:pk>/", views.organisation, name="organisation"),
    path("ecosystem/<int:pk>/remove/", views.remove_organisation, name="remove_organisation"),
    path("profile/", views.own, name="own"),
    path("profile/basics/", views.basics, name="basics"),
    path("profile/suggestions/", views.suggestions, name="suggestions"),
    path("profile/suggestions/confirm/", views.confirm_all, name="confirm_all"),
    path("profile/suggestions/<int:suggestion_id>/<slug:decision>/", views.decide, name="decide"),
    path("profile/competences/", views.competences, name="competences"),
    path("profile/competences/add/", views.add_competence, name="add_competence"),
    path("profile/competences/<int:part_id>/", views.competence, name="competence"),
    path("profile/<slug:section>/", views.entries, name="entries"),
    path("profile/<slug:section>/add/", views.add_entry, name="add_entry"),
    path("profile/<slug:section>/<int:part_id>/", views.entry, name="entry"),
    path("profile/<slug:section>/<int:part_id>/remove/", views.remove_entry, name="remove_entry"),
]
