from django.urls import path

from hansa.collaboration.delivery import views

app_name = "delivery"

urlpatterns = [
    path("collaborations/", views.collaborations, name="list"),
    path("requests/<slug:ref>/delivery/", views.room, name="room"),
    path("requests/<slug:ref>/delivery/tasks/", views.add_task, name="add_task"),
    path("requests/<slug:ref>/delivery/tasks/<int:pk>/", views.change_task, name="change_task"),
    path("requests/<slug:ref>/delivery/tasks/<int:pk>/done/", views.set_done, name="set_done"),
    path("requests/<slug:ref>/delivery/tasks/<int:pk>/remove/", views.remove_task, name="remove_task"),
    path("requests/<slug:ref>/delivery/files/", views.add_document, name="add_document"),
    path("requests/<slug:ref>/delivery/files/<int:pk>/", views.document, name="document"),
    path("requests/<slug:ref>/delivery/files/<int:pk>/remove/", views.remove_document, name="remove_document"),
    path("requests/<slug:ref>/delivery/kpis/<int:pk>/", views.log_result, name="log_result"),
    path("requests/<slug:ref>/delivery/report/", views.report, name="report"),
    path("requests/<slug:ref>/delivery/confirm/", views.confirm, name="confirm"),
    path("requests/<slug:ref>/delivery/object/", views.object_to, name="object_to"),
    path("requests/<slug:ref>/delivery/feedback/", views.give_feedback, name="give_feedback"),
    path("requests/<slug:ref>/delivery/close/", views.close, name="close"),
]
