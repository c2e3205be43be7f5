from django.urls import include, path

from hansa.collaboration.partnering.views import (
    cases,
    following,
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

_NEED = [
    path("", public.problem, name="need"),
    path("result/", public.result, name="need_result"),
    path("who/", public.who, name="need_who"),
    path("hub/", public.choose_hub, name="need_hub"),
    path("check/", public.check, name="need_check"),
    path("sent/", public.sent, name="need_sent"),
]
_CASE = [
    path("", cases.show, name="request"),
    path("shortlist/", shortlist.shortlist, name="shortlist"),
    path("shortlist/team/", shortlist.team, name="team"),
    path("shortlist/facilities-and-past-work/", shortlist.belongings, name="belongings"),
    path("shortlist/limits/", shortlist.limits, name="limits"),
    path("shortlist/hubs/", shortlist.rank_by, name="rank_by"),
    path("shortlist/leave-out/", shortlist.leave_out, name="leave_out"),
    path("invite/", invite.invite, name="invite"),
    path("invite/more/", invite.more, name="reshuffle"),
    path("invite/<slug:invitation>/back/", invite.take_back, name="take_back"),
    path("invite/<slug:invitation>/let-go/", invite.let_go, name="let_go"),
    path("history/", cases.history, name="history"),
    path("scenario/", following.follow, name="follow"),
    path("title/", cases.rename, name="rename"),
    path("understood/", cases.understood, name="understood"),
    path("tell/", cases.tell, name="tell"),
    path("ask/", cases.ask_client, name="ask_client"),
    path("cancel/", cases.cancel, name="cancel"),
    path("wants/", wants.pick, name="wants"),
    path("wants/add/", wants.add, name="add_want"),
    path("wants/<int:pk>/keep/", wants.keep, name="keep_want"),
    path("wants/<int:pk>/remove/", wants.remove, name="remove_want"),
    path("wants/<int:pk>/weigh/", wants.weigh, name="weigh_want"),
    path("clear/", wants.clear, name="clear"),
    path("sharing/", sharing.sharing, name="sharing"),
    path("sharing/withdraw/", sharing.withdraw, name="withdraw"),
]
_ASKED = [
    path("", invitations.show, name="invitation"),
    path("yes/", invitations.accept, name="accept"),
    path("not-now/", invitations.decline, name="decline"),
    path("ask/", invitations.ask, name="ask"),
]
# Nested, so that an address is compared with the few that begin as it does.
urlpatterns = [
    path("need/", include(_NEED)),
    path("requests/", lists.requests, name="list"),
    path("requests/new/", cases.new, name="new"),
    path("requests/export/<str:kind>/", lists.export, name="export"),
    path("requests/<slug:ref>/", include(_CASE)),
    path("invitations/", invitations.received, name="invitations"),
    path("invitations/<slug:ref>/", include(_ASKED)),
    path("deletions/", sharing.deletions, name="deletions"),
    path("deletions/<int:pk>/", sharing.confirm_deleted, name="confirm_deleted"),
    path("network/cases/", network.cases, name="network"),
]
