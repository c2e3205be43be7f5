from django.urls import include, path

from hansa.collaboration.matchmaking.views import answers, asking, organisation, register, room, searching

app_name = "matchmaking"

_CASE = [
    path("partner-request/", asking.ask, name="ask"),
    path("partner-request/agree/", asking.agree, name="agree"),
    path("partner-request/release/", asking.release, name="release"),
    path("partner-request/withdraw/", asking.withdraw, name="withdraw"),
    path("looks-for-a-partner/", asking.follow, name="follow"),
    path("answers/", answers.answers, name="answers"),
    path("answers/<slug:match>/take/", answers.take_up, name="take_up"),
    path("answers/<slug:match>/decline/", answers.decline, name="decline"),
    path("together/", room.room, name="room"),
    path("together/hand-over/", room.hand_over, name="hand_over"),
    path("together/confirm/", room.confirm, name="confirm"),
    path("together/object/", room.object_to, name="object_to"),
    path("together/feedback/", room.feedback, name="feedback"),
    path("together/close/", room.close, name="close"),
    path("together/<slug:match>/requirements/", room.add_requirement, name="add_requirement"),
    path("together/<slug:match>/requirements/<int:pk>/", room.settle, name="settle"),
    path("together/<slug:match>/meetings/", room.arrange, name="arrange"),
    path("together/<slug:match>/meetings/<slug:meeting>/calendar/", room.calendar, name="calendar"),
    path("together/<slug:match>/meetings/<slug:meeting>/call-off/", room.call_off, name="call_off"),
    path("together/<slug:match>/notes/", room.note, name="note"),
    path("together/<slug:match>/outcome/", room.outcome, name="outcome"),
    path("together/<slug:match>/outcome/file/", room.outcome_file, name="outcome_file"),
]
_MATCH = [
    path("", searching.match, name="match"),
    path("ask/", searching.ask_organisation, name="ask_organisation"),
    path("suggest/", searching.suggest, name="suggest"),
    path("agreed/", searching.agreed, name="agreed"),
    path("withdraw/", searching.withdraw_agreed, name="withdraw_agreed"),
    path("take-back/", searching.take_back, name="take_back"),
]
urlpatterns = [
    path("requests/<slug:ref>/", include(_CASE)),
    path("invitations/<slug:ref>/someone/", searching.search, name="search"),
    path("matches/<slug:ref>/", include(_MATCH)),
    path("agreed/<str:key>/", organisation.key, name="key"),
    path("agreements-reached/", register.register, name="register"),
]
