"""Users, memberships, sessions, sign-in links, signing codes and counted attempts."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from importlib import import_module

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from hansa.hubs.people.states import HUB_ROLES, NETWORK_ROLES, LinkPurpose, LinkState, Role


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person. Everything they may do comes from their memberships."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150, blank=True)
    job_title = models.CharField(max_length=150, blank=True)
    language = models.CharField(max_length=10, default="en")
    theme = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # Part of every session's hash: one more signs the person out everywhere.
    session_epoch = models.PositiveIntegerField(default=0)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_in_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac("hansa.hubs.people.session", value, secret=secret, algorithm="sha256").hexdigest()


class Session(AbstractBaseSession):
    """A browser somebody uses. It names the person, so that one statement reads the session and who acts."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type:
        return import_module(settings.SESSION_ENGINE).SessionStore


class Membership(models.Model):
    """One role of a person in one hub, for one client, or in the network."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    hub = models.ForeignKey("hubs.Hub", null=True, on_delete=models.CASCADE, related_name="memberships")
    client = models.ForeignKey("hubs.Client", null=True, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)
    since = models.DateTimeField(auto_now_add=True)
    # A person who left keeps the row, so that what they signed still names them.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_role_fits_organisation",
                condition=(
                    Q(role__in=sorted(HUB_ROLES), hub__isnull=False, client__isnull=True)
                    | Q(role=Role.CONTACT, client__isnull=False, hub__isnull=True)
                    | Q(role__in=sorted(NETWORK_ROLES), hub__isnull=True, client__isnull=True)
                ),
            ),
            models.UniqueConstraint(
                fields=["user", "hub", "role"], condition=Q(ended_at__isnull=True), name="one_open_role_per_hub"
            ),
            models.UniqueConstraint(
                fields=["user", "client"], condition=Q(ended_at__isnull=True), name="one_open_role_per_client"
            ),
        ]


class SignInLinkQuerySet(models.QuerySet["SignInLink"]):
    def with_token(self, token: str) -> SignInLinkQuerySet:
        return self.filter(token_hash=SignInLink.hash_of(token))


class SignInLink(models.Model):
    """A mailed link that signs one person in, once. Only the SHA-256 of its token is stored."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    purpose = models.CharField(max_length=10, choices=LinkPurpose, default=LinkPurpose.SIGN_IN)
    token_hash = models.CharField(max_length=64, unique=True)
    next_path = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = SignInLinkQuerySet.as_manager()

    @staticmethod
    def hash_of(token: str) -> str:
        return sha256(token.encode()).hexdigest()

    def state_at(self, at: datetime) -> LinkState:
        if self.used_at:
            return LinkState.USED
        return LinkState.LATE if self.expires_at <= at else LinkState.OPEN


class SigningCode(models.Model):
    """A six-digit code mailed to a signatory who has no app and no passkey. Only its keyed hash is stored."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="signing_codes")
    # What the code was asked for, such as "agreement 7, version 4".
    purpose = models.CharField(max_length=120, blank=True)
    code_hash = models.CharField(max_length=64)
    n_tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Attempt(models.Model):
    """One counted attempt, so that guessing and flooding stop, whichever process answers."""

    kind = models.CharField(max_length=20)
    # A keyed hash of the address, network address or account: the row itself names nobody.
    key_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "key_hash", "at"], name="attempt_recent")]
