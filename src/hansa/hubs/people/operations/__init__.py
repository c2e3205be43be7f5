"""The writers of this corner: accounts, links, members, roles of the network, second factors."""

from datetime import datetime

from hansa.hubs.people.operations import attempts, factors, links
from hansa.hubs.people.operations.accounts import (
    check_password,
    create_person,
    ensure_client_contact,
    lock_person,
    save_settings,
    set_password,
    sign_out_everywhere,
)
from hansa.hubs.people.operations.demo import forget_demo
from hansa.hubs.people.operations.factors import (
    CannotSendCode,
    begin_passkey,
    check_app_code,
    check_second_factor,
    check_sign_in_code,
    send_signing_code,
)
from hansa.hubs.people.operations.links import (
    CannotSendLink,
    CannotUseLink,
    UsedLink,
    create_link,
    mail_link,
    resend_link,
    safe_path,
    send_sign_in_link,
    use_link,
    void_links,
)
from hansa.hubs.people.operations.mails import Addressee
from hansa.hubs.people.operations.mails import send as send_mail
from hansa.hubs.people.operations.members import (
    CannotChangeRoles,
    CannotEnd,
    CannotInvite,
    change_roles,
    end_membership,
    invite_member,
)
from hansa.hubs.people.operations.network import CannotAppoint, CannotDismiss, appoint, dismiss

__all__ = [
    "Addressee",
    "CannotAppoint",
    "CannotChangeRoles",
    "CannotDismiss",
    "CannotEnd",
    "CannotInvite",
    "CannotSendCode",
    "CannotSendLink",
    "CannotUseLink",
    "UsedLink",
    "appoint",
    "begin_passkey",
    "change_roles",
    "check_app_code",
    "check_password",
    "check_second_factor",
    "check_sign_in_code",
    "create_link",
    "create_person",
    "dismiss",
    "end_membership",
    "ensure_client_contact",
    "forget_demo",
    "invite_member",
    "lock_person",
    "mail_link",
    "resend_link",
    "safe_path",
    "save_settings",
    "send_mail",
    "send_sign_in_link",
    "send_signing_code",
    "set_password",
    "sign_out_everywhere",
    "sweep",
    "use_link",
    "void_links",
]


def sweep(*, at: datetime) -> None:
    """Delete old attempts, codes and links."""
    attempts.sweep(at=at)
    factors.sweep(at=at)
    links.sweep(at=at)
