from django.urls import path

from hansa.exchange.exports import views

app_name = "exports"
urlpatterns = [
    path("hubs/export/<str:kind>/", views.hubs, name="hubs"),
    path("hubs/compare/csv/", views.comparison, name="comparison"),
]
