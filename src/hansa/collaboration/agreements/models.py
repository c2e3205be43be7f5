"""Agreements, their versions, parties, signatures and sealed files."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from hansa.collaboration.agreements.states import (
    AgreementState,
    PadesLevel,
    PartyRole,
    SignatureLevel,
    SignMethod,
    UploadState,
)


class Agreement(models.Model):
    """What the hubs of a team agree on for one request. ``terms`` holds the values of the clauses' parameters."""

    request = models.OneToOneField("collaboration.Request", on_delete=models.PROTECT, related_name="agreement")
    instrument = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=AgreementState, default=AgreementState.READING)
    terms = models.JSONField(default=dict)
    # Number of the current version; grows with every change of the text.
    version_number = models.PositiveIntegerField(default=1)
    # Suggestions that wait for an answer, told by the corner of negotiation; while there are some, nobody accepts.
    n_open_suggestions = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # The last day on which the text can be signed, and when the round was found to be over.
    sign_until = models.DateField(null=True)
    round_over_at = models.DateTimeField(null=True)


class Version(models.Model):
    """One text of the agreement, never changed once written.

    ``clauses`` is a list of {key, number, title, paragraphs, plain_words, mitigates}; ``text`` is the canonical plain
    text of them, and ``sha256`` its hash: that is what people sign. ``copy`` is the file that is given out to be signed
    elsewhere: what comes back must begin with the same bytes.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    clauses = models.JSONField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=500, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    author_hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    copy = models.FileField(upload_to="agreements/%Y/", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="version_number_once")]
        ordering = ["number"]

    @property
    def blocks(self) -> list[str]:
        """The fingerprint in pieces that a narrow screen may part."""
        return [self.sha256[start : start + 8] for start in range(0, 64, 8)]


class Party(models.Model):
    """A hub of the agreement, with the person who is to sign for it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=PartyRole)
    position = models.PositiveSmallIntegerField(default=0)
    tasks_note = models.TextField(blank=True)
    effort_days = models.PositiveSmallIntegerField(default=0)
    fee_eur = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    signatory = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # The version last opened and the version last accepted by somebody of the hub.
    seen_version = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)
    accepted_version = models.PositiveIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    declined_at = models.DateTimeField(null=True)
    decline_note = models.CharField(max_length=500, blank=True)
    # Parties sign in the order of these numbers; those with the same number in any order.
    sign_step = models.PositiveSmallIntegerField(default=1)
    # Set by ``queries.reading.parties_of``: the signature that counts, and whether the person appointed still may sign.
    valid: Signature | None
    signatory_is_there: bool
    # Set by ``queries.reading.opened_by``: the file that the reader's hub signed elsewhere and sent last, or None.
    last_file: SignedUpload | None

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "hub"], name="party_once")]
        ordering = ["position", "pk"]


class SignedUpload(models.Model):
    """A file that a signatory signed in a tool of their own, from its arrival to the answer.

    ``method`` is the second factor that proved who sent it; ``found`` what the check said of the signature that counts,
    ``signature_sha256`` tells that signature apart from others. A refused file stays, with the reason.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="uploads")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=200)
    function = models.CharField(max_length=200)
    method = models.CharField(max_length=10, choices=SignMethod)
    file = models.FileField(upload_to="agreements/%Y/")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.WAITING)
    reason = models.TextField(blank=True)
    found = models.JSONField(default=dict)
    signature_sha256 = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(state=UploadState.WAITING), name="one_file_checked_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["signature_sha256"], condition=Q(state=UploadState.ACCEPTED), name="a_signature_counts_once"
            ),
        ]

    @property
    def name(self) -> str:
        """The name under which the file lies in the sealed agreement."""
        return f"signed-{self.pk}.pdf"


class Signature(models.Model):
    """One person's signature on one version: name, function, time, hash of the text, second factor, level.

    ``upload`` is the file that carries it, when it was made elsewhere.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="signatures")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="signatures")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    function = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    method = models.CharField(max_length=10, choices=SignMethod)
    level = models.CharField(max_length=10, choices=SignatureLevel, default=SignatureLevel.SIMPLE)
    upload = models.OneToOneField(SignedUpload, null=True, on_delete=models.PROTECT, related_name="signature")
    statement = models.TextField()
    signed_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(voided_at__isnull=True), name="one_valid_signature_per_party"
            )
        ]

    @property
    def second_factor(self) -> str:
        """How the person was proved, also when the signature itself was made elsewhere."""
        return self.upload.method if self.upload else self.method


class SealedFile(models.Model):
    """The signed agreement as PDF/UA with the platform's PAdES seal. ``level`` is what its own check found.

    ``evidence`` is the record of how it came about, sealed as well; it is made after the seal it tells of.
    """

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="sealed_file")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(upload_to="agreements/%Y/")
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    level = models.CharField(max_length=5, choices=PadesLevel, default=PadesLevel.B)
    stamped_by = models.CharField(max_length=200, blank=True)
    evidence = models.FileField(upload_to="agreements/%Y/", blank=True)
