"""Pages of signing in, of the own account, and of a hub's people."""

from hansa.hubs.people.views.account import account, act_for, my_data, password, sign_out_everywhere
from hansa.hubs.people.views.hub import end, invite, member, people
from hansa.hubs.people.views.sign_in import forgotten, link, new_link, sent, sign_in

__all__ = [
    "account",
    "act_for",
    "end",
    "forgotten",
    "invite",
    "link",
    "member",
    "my_data",
    "new_link",
    "password",
    "people",
    "sent",
    "sign_in",
    "sign_out_everywhere",
]
