"""Forms of signing in, of the account and of a hub's people."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from hansa.hubs.people import operations
from hansa.hubs.people.states import HUB_ROLES, Role

_ROLE_CHOICES = [
    (Role.MANAGER, _("Hub manager|Invites colleagues, edits the profile, decides on requests and invitations.")),
    (Role.STAFF, _("Hub staff|Works on the hub's cases.")),
    (Role.SIGNATORY, _("Signatory|Signs agreements for the hub.")),
]
assert {value for value, _label in _ROLE_CHOICES} == HUB_ROLES


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Type your e-mail address."),
            "invalid": _("Type an address such as name@example.org."),
        },
    )


class SettingsForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    job_title = forms.CharField(
        label=_("Job title"),
        max_length=150,
        required=False,
        help_text=_("Stands beside your name, for example on agreements you sign."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    language = forms.ChoiceField(label=_("Language"), help_text=_("Of the pages, and of the mails we send you."))
    theme = forms.ChoiceField(
        label=_("Colours"),
        required=False,
        choices=[("", _("Same as my device")), ("light", _("Light")), ("dark", _("Dark"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [
            (code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES
        ]


class PasswordForm(forms.Form):
    """A new password, and the old one unless the person has just proved their mailbox."""

    old = forms.CharField(
        label=_("Your password now"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=1000,
        help_text=_("At least 10 characters. Three or four unusual words are easy to remember and hard to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: Any, asks_old: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not asks_old:
            del self.fields["old"]

    def clean_old(self) -> str:
        old = self.cleaned_data["old"]
        if not operations.check_password(user=self.user, password=old, at=timezone.now()):
            raise ValidationError(
                _("This is not your password. If you forgot it, sign in by a link and come back here.")
            )
        return old

    def clean_new(self) -> str:
        new = self.cleaned_data["new"]
        password_validation.validate_password(new, self.user)
        return new


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We send a link to this address. It works for 14 days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Type an address such as name@example.org.")},
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=_ROLE_CHOICES,
        initial=[Role.STAFF],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=_ROLE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role, or end the membership below.")},
    )


class EndForm(forms.Form):
    successor = forms.TypedChoiceField(
        label=_("Who takes over"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Only needed when nobody else manages the hub or signs for it."),
    )

    def __init__(self, *args: Any, others: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].choices = [("", _("Nobody")), *others]


class LoginForm(account_forms.LoginForm):
    """Address and password, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].help_text = ""
        _without_placeholders(self)


class ReauthenticatePasswordForm(account_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _without_placeholders(self)


class _CodeForm:
    """Checks a code against our own replay-safe counter and limits, which hold across processes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("The six digits your app shows now, or one of your recovery codes.")
        _without_placeholders(self)

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        self.authenticator, verdict = operations.check_sign_in_code(user=self.user, code=code, at=timezone.now())
        if not verdict:
            raise ValidationError(verdict.reason)
        return code


class AuthenticateForm(_CodeForm, mfa_forms.AuthenticateForm):
    pass


class ReauthenticateForm(_CodeForm, mfa_forms.ReauthenticateForm):
    pass


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the app")
        self.fields["code"].help_text = _("The six digits the app shows now.")
        _without_placeholders(self)

    def clean_code(self) -> str:
        code = super().clean_code()
        _note_proof(self.user)
        return code


class AddWebAuthnForm(webauthn_forms.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this passkey")
        self.fields["name"].help_text = _("Such as “Office laptop”, so that you know it again.")
        self.fields["name"].required = True
        self.fields["name"].max_length = 100
        self.fields["passwordless"].label = _("Sign in with it alone, without password or mail")
        self.fields["passwordless"].help_text = _("Leave this off for a security key without PIN.")
        self.fields["passwordless"].initial = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("credential") and not self.errors:
            _note_proof(self.user)
        return cleaned


class EditWebAuthnForm(webauthn_forms.EditWebAuthnForm):
    name = forms.CharField(label=_("Name of this passkey"), max_length=100)


def _note_proof(user: Any) -> None:
    """Whoever has just proved a new factor need not prove it again to see the recovery codes."""
    record_authentication(context.request, user, method="mfa", reauthenticated=True)


def _without_placeholders(form: Any) -> None:
    """Drop grey example texts: they vanish on typing and fail the contrast rules."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
