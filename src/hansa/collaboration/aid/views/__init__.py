"""Pages of services and aid."""

from hansa.collaboration.aid.views.certificates import certificate, issue, withdraw
from hansa.collaboration.aid.views.clients import (
    client,
    declaration,
    declare,
    declare_aid,
    describe,
    link,
    own,
    unlink,
    withdraw_aid,
)
from hansa.collaboration.aid.views.listing import register, registered, services
from hansa.collaboration.aid.views.service import change, new, remove, service
from hansa.collaboration.aid.views.settings import add_price, drop_price, price, prices, settings

__all__ = [
    "add_price",
    "certificate",
    "change",
    "client",
    "declaration",
    "declare",
    "declare_aid",
    "describe",
    "drop_price",
    "issue",
    "link",
    "new",
    "own",
    "price",
    "prices",
    "register",
    "registered",
    "remove",
    "service",
    "services",
    "settings",
    "unlink",
    "withdraw",
    "withdraw_aid",
]
