from django.urls import include, path

from hansa.collaboration.delivery import views

app_name = "delivery"

_ROOM = [
    path("", views.room, name="room"),
    path("tasks/", views.add_task, name="add_task"),
    path("tasks/<int:pk>/", views.change_task, name="change_task"),
    path("tasks/<int:pk>/done/", views.set_done, name="set_done"),
    path("tasks/<int:pk>/remove/", views.remove_task, name="remove_task"),
    path("plan/", views.plan, name="plan"),
    path("plan/milestones/", views.set_milestone, name="add_milestone"),
    path("plan/milestones/<int:pk>/", views.set_milestone, name="change_milestone"),
    path("plan/milestones/<int:pk>/remove/", views.remove_milestone, name="remove_milestone"),
    path("plan/milestones/<int:pk>/decide/", views.decide, name="decide"),
    path("plan/deliverables/", views.plan_deliverable, name="plan_deliverable"),
    path("plan/deliverables/<int:pk>/remove/", views.remove_deliverable, name="remove_deliverable"),
    path("plan/deliverables/<int:pk>/hand-over/", views.hand_over, name="hand_over"),
    path("plan/deliverables/<int:pk>/answer/", views.answer_handover, name="answer_handover"),
    path("changes/", views.changes, name="changes"),
    path("changes/propose/", views.propose_change, name="propose_change"),
    path("changes/<int:pk>/answer/", views.answer_change, name="answer_change"),
    path("changes/incidents/", views.report_incident, name="report_incident"),
    path("changes/incidents/<int:pk>/", views.follow_up, name="follow_up"),
    path("hours/", views.hours, name="hours"),
    path("hours/add/", views.log_time, name="log_time"),
    path("hours/<int:pk>/remove/", views.remove_time, name="remove_time"),
    path("facilities/", views.facilities, name="facilities"),
    path("facilities/book/", views.book, name="book"),
    path("facilities/bookings.ics", views.calendar, name="bookings_calendar"),
    path("facilities/<int:pk>/confirm/", views.confirm_booking, name="confirm_booking"),
    path("facilities/<int:pk>/cancel/", views.cancel_booking, name="cancel_booking"),
    path("experts/", views.experts, name="experts"),
    path("experts/send/", views.second, name="second"),
    path("experts/<int:pk>/papers/", views.tick_papers, name="tick_papers"),
    path("experts/<int:pk>/end/", views.end_secondment, name="end_secondment"),
    path("files/", views.add_document, name="add_document"),
    path("files/<int:pk>/", views.document, name="document"),
    path("files/<int:pk>/remove/", views.remove_document, name="remove_document"),
    path("kpis/<int:pk>/", views.record_measurement, name="record_measurement"),
    path("report/", views.report, name="report"),
    path("confirm/", views.confirm, name="confirm"),
    path("object/", views.object_to, name="object_to"),
    path("feedback/", views.give_feedback, name="give_feedback"),
    path("close/", views.close, name="close"),
]
urlpatterns = [
    path("collaborations/", views.collaborations, name="list"),
    path("requests/<slug:ref>/delivery/", include(_ROOM)),
]
