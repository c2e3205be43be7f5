from django.urls import path

from hansa.exchange.sheets import views

app_name = "sheets"
urlpatterns = [
    path("services/kpi-sheet/", views.kpi_export, name="kpi_export"),
    path("services/kpi-sheet/import/", views.kpi_import, name="kpi_import"),
    path("services/kpi-sheet/import/take-over/", views.kpi_take_over, name="kpi_take_over"),
    path("services/register/export/<str:kind>/", views.register_export, name="register_export"),
]
