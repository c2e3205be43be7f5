from django.urls import include, path

from hansa.collaboration.shares import views

app_name = "shares"

_CASE = [
    path("", views.costs, name="costs"),
    path("estimates/", views.estimate, name="estimate"),
    path("expenses/", views.add_expense, name="add_expense"),
    path("expenses/<int:pk>/", views.receipt, name="receipt"),
    path("expenses/<int:pk>/remove/", views.remove_expense, name="remove_expense"),
    path("release/", views.release, name="release"),
    path("fair/", views.fair, name="fair"),
    path("fair/use/", views.use_split, name="use_split"),
]
urlpatterns = [
    path("requests/<slug:ref>/costs/", include(_CASE)),
    path("network/costs/", views.network, name="network"),
    path("network/costs/costs.csv", views.export, {"kind": "csv"}, name="export_csv"),
    path("network/costs/costs.xlsx", views.export, {"kind": "xlsx"}, name="export_xlsx"),
]
