from django.urls import include, path

from hansa.collaboration.aid import views

app_name = "aid"

_SERVICE = [
    path("", views.service, name="service"),
    path("change/", views.change, name="change"),
    path("remove/", views.remove, name="remove"),
    path("registered/", views.registered, name="registered"),
    path("certificate/", views.certificate, name="certificate"),
    path("certificate/issue/", views.issue, name="issue"),
    path("certificate/withdraw/", views.withdraw, name="withdraw"),
]
_CLIENT = [
    path("", views.client, name="client"),
    path("facts/", views.describe, name="describe"),
    path("links/", views.link, name="link"),
    path("links/<int:line>/remove/", views.unlink, name="unlink"),
    path("aid/", views.declare_aid, name="declare_aid"),
    path("aid/<int:line>/remove/", views.withdraw_aid, name="withdraw_aid"),
    path("declare/", views.declare, name="declare"),
    path("declarations/<int:line>/", views.declaration, name="declaration"),
]
urlpatterns = [
    path("services/", views.services, name="list"),
    path("services/record/", views.new, name="new"),
    path("services/register/", views.register, name="register"),
    path("services/settings/", views.settings, name="settings"),
    path("services/prices/", views.add_price, name="add_price"),
    path("services/prices/<int:pk>/", views.price, name="price"),
    path("services/prices/<int:pk>/remove/", views.drop_price, name="drop_price"),
    path("services/<int:pk>/", include(_SERVICE)),
    path("aid/", views.own, name="own"),
    path("aid/<int:pk>/", include(_CLIENT)),
    path("hubs/<str:slug>/prices/", views.prices, name="prices"),
]
