from django.urls import path

from hansa.collaboration.partnering.views import (
    cases,
    invitations,
    invite,
    lists,
    network,
    public,
    sharing,
    shortlist,
    wants,
)

app_name = "partnering"

_CASE = "requests/<slug:ref>/"
_ASKED = "invitations/<slug:ref>/"

urlpatterns = [
    path("need/", public.problem, name="need"),
    path("need/result/", public.result, name="need_result"),
    path("need/who/", public.who, name="need_who"),
    path("need/hub/", public.choose_hub, name="need_hub"),
    path("need/check/", public.check, name="need_check"),
    path("need/sent/", public.sent, name="need_sent"),
    path("requests/", lists.requests, name="list"),
    path("requests/new/", cases.new, name="new"),
    path("requests/export/<str:kind>/", lists.export, name="export"),
    path(_CASE, cases.show, name="request"),
    path(f"{_CASE}history/", cases.history, name="history"),
    path(f"{_CASE}title/", cases.rename, name="rename"),
    path(f"{_CASE}understood/", cases.understood, name="understood"),
    path(f"{_CASE}tell/", cases.tell, name="tell"),
    path(f"{_CASE}ask/", cases.ask_client, name="ask_client"),
    path(f"{_CASE}cancel/", cases.cancel, name="cancel"),
    path(f"{_CASE}wants/", wants.pick, name="wants"),
    path(f"{_CASE}wants/add/", wants.add, name="add_want"),
    path(f"{_CASE}wants/<int:pk>/keep/", wants.keep, name="keep_want"),
    path(f"{_CASE}wants/<int:pk>/remove/", wants.remove, name="remove_want"),
    path(f"{_CASE}wants/<int:pk>/weigh/", wants.weigh, name="weigh_want"),
    path(f"{_CASE}clear/", wants.clear, name="clear"),
    path(f"{_CASE}sharing/", sharing.sharing, name="sharing"),
    path(f"{_CASE}sharing/withdraw/", sharing.withdraw, name="withdraw"),
    path(f"{_CASE}shortlist/", shortlist.shortlist, name="shortlist"),
    path(f"{_CASE}shortlist/team/", shortlist.team, name="team"),
    path(f"{_CASE}shortlist/limits/", shortlist.limits, name="limits"),
    path(f"{_CASE}shortlist/leave-out/", shortlist.leave_out, name="leave_out"),
    path(f"{_CASE}invite/", invite.invite, name="invite"),
    path(f"{_CASE}invite/more/", invite.more, name="reshuffle"),
    path(f"{_CASE}invite/<slug:invitation>/back/", invite.take_back, name="take_back"),
    path(f"{_CASE}invite/<slug:invitation>/let-go/", invite.let_go, name="let_go"),
    path("invitations/", invitations.received, name="invitations"),
    path(_ASKED, invitations.show, name="invitation"),
    path(f"{_ASKED}yes/", invitations.accept, name="accept"),
    path(f"{_ASKED}not-now/", invitations.decline, name="decline"),
    path(f"{_ASKED}ask/", invitations.ask, name="ask"),
    path("network/cases/", network.cases, name="network"),
]
