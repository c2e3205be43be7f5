"""The invented cases, taken through the same operations as real ones, each step on its own past day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from hansa.collaboration.agreements import operations as agreements
from hansa.collaboration.agreements import queries as agreed
from hansa.collaboration.delivery import operations as delivery
from hansa.collaboration.delivery import queries as delivered
from hansa.collaboration.partnering import operations as partnering
from hansa.collaboration.partnering import queries as cases
from hansa.collaboration.partnering.policies import masked
from hansa.collaboration.partnering.states import Anonymity
from hansa.foundation.actors import Actor
from hansa.hubs.directory import operations as directory
from hansa.hubs.people import operations as people
from hansa.hubs.people import queries as people_queries
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind
from hansa.web.demo.operations.hubs import Member, content, password_of, skills_by_label
from hansa.web.demo.operations.sheets import Sheets
from hansa.web.demo.operations.signing import signs_with_an_app

STAGES = ("need", "shortlist", "inviting", "agreeing", "signing", "delivering", "confirming", "closed")


def add_cases(hubs: Mapping[str, Member], *, at: datetime) -> int:
    """Add every case of ``content/cases.yaml``; return how many."""
    rows = content("cases.yaml")["cases"]
    for row in rows:
        Case(row, hubs, at=at).play()
    return len(rows)


class Case:
    """One case being played; ``now`` moves from the day the need was stated towards today."""

    def __init__(self, row: dict[str, Any], hubs: Mapping[str, Member], *, at: datetime) -> None:
        self.row, self.hubs, self.today = row, hubs, at
        self.lead = hubs[row["lead"]]
        self.now = at - timedelta(days=row["days_ago"])
        # A step takes a fixed share of the time since the need, so that nothing happens in the future.
        self.step = timedelta(days=row["days_ago"]) / 24

    def play(self) -> None:
        """Take the case to its stage."""
        self._state()
        reach = STAGES.index(self.row["stage"])
        for stage, act in enumerate((self._shortlist, self._invite, self._agree, self._sign, self._deliver, self._report, self._close), start=1):  # fmt: skip
            if stage <= reach:
                act()

    def _later(self) -> datetime:
        self.now += self.step
        return self.now

    def _state(self) -> None:
        row, contact = self.row, self.row["contact"]
        draft = directory.ClientDraft(**row["client"])
        client = directory.ensure_client(
            hub_id=self.lead.hub.pk, draft=draft, contact_email=contact["email"], is_demo=True
        )
        self.contact = people.create_person(
            email=contact["email"],
            name=contact["name"],
            client=client,
            roles=["contact"],
            password=password_of(contact["email"]),
            language=contact["language"] if contact["language"] in {"en", "de", "fr", "es"} else "en",
            is_demo=True,
        )
        words = partnering.NeedWords(
            text=row["text"],
            outcome=row["outcome"],
            timing=row["timing"],
            budget_eur=Decimal(row["budget"]) if "budget" in row else None,
            working_languages=tuple({contact["language"]: None, "en": None}),
        )
        consent = partnering.Consent(
            level=Anonymity.A3, granted_by=contact["name"], evidence="Ticked on the public form"
        )
        self.request = partnering.state_need(
            lead_id=self.lead.hub.pk,
            client_id=client.pk,
            contact_id=self.contact.pk,
            words=words,
            consent=consent,
            by=self._client(),
            at=self.now,
            is_demo=True,
        )

    def _client(self) -> Actor:
        return people_queries.actor_of(user=self.contact)

    def _shortlist(self) -> None:
        """The lead corrects what was read and asks for exactly what the case names."""
        self._want_exactly()
        partnering.confirm_understanding(self.request, by=self._client(), at=self._later())
        partnering.understand(self.request, by=self.lead.acting, at=self._later())

    def _want_exactly(self) -> None:
        by = self.lead.acting
        wanted = self._concepts(self.row["wants"])
        present = cases.active_wants([self.request.pk])[self.request.pk]
        for want in present:
            if want.concept_id not in wanted:
                partnering.remove_want(self.request, want.pk, by=by, at=self._later())
        for concept_id, must_have in wanted.items():
            want = partnering.add_want(self.request, concept_id, by=by, at=self.now)
            if not must_have:
                partnering.weigh_want(self.request, want.pk, must_have=False, by=by, at=self.now)

    def _concepts(self, names: list[str]) -> dict[int, bool]:
        """Return the concepts named, and whether each is a must-have."""
        plain = {name.removeprefix("nice "): not name.startswith("nice ") for name in names}
        activities = taxonomy.entries_of(Kind.ACTIVITY, plain)
        skills = skills_by_label(tuple(name for name in plain if name not in activities))
        return {activities[name].id if name in activities else skills[name]: must for name, must in plain.items()}

    def _invite(self) -> None:
        by, at = self.lead.acting, self._later()
        partners = self.row["partners"]
        by_concept = {want.concept_id: want.pk for want in cases.active_wants([self.request.pk])[self.request.pk]}
        proposals = [
            partnering.Proposal(
                hub_id=self.hubs[partner["hub"]].hub.pk,
                want_ids=tuple(by_concept[concept] for concept in self._concepts(partner["wants"])),
                effort_days=partner["days"],
                fee_eur=Decimal(partner["fee"]),
                answer_by=(at + timedelta(days=10)).date(),
            )
            for partner in partners
        ]
        partnering.pick_team(self.request, add=[proposal.hub_id for proposal in proposals], by=by, at=at)
        invitations = partnering.invite(
            self.request, proposals=proposals, partner_text=self._text_for_partners(), by=by, at=self._later()
        )
        for partner, invitation in zip(partners, invitations, strict=True):
            if partner["answer"] == "open":
                continue
            partnering.answer(
                invitation,
                is_yes=partner["answer"] == "yes",
                reason=partner.get("reason", ""),
                by=self.hubs[partner["hub"]].acting,
                at=self._later(),
            )

    def _text_for_partners(self) -> str:
        return masked(self.request.text, cases.secrets_of(self.request))

    def _agree(self) -> None:
        terms = agreed.proposed_terms(self.request, on=self._later().date())
        self.agreement = agreements.draft(self.request, by=self.lead.acting, terms=terms, at=self.now)
        for partner in self._partners():
            agreements.mark_seen(self.agreement, by=partner.acting, at=self._later())
        self.sheets = Sheets(self.request, self.row, self.hubs)
        self.sheets.estimate(at=self.now)

    def _partners(self) -> list[Member]:
        return [self.hubs[row["hub"]] for row in self.row["partners"] if row["answer"] == "yes"]

    def _sign(self) -> None:
        """All accept. In the stage ``signing`` the lead has not signed yet."""
        for partner in self._partners():
            agreements.accept(self.agreement, by=partner.acting, version=1, at=self._later())
        signers = self._partners() if self.row["stage"] == "signing" else [*self._partners(), self.lead]
        for signer in signers:
            self._sign_for(signer)

    def _sign_for(self, signer: Member) -> None:
        version = agreed.version_of(self.agreement)
        assert version is not None
        at = self._later()
        with signs_with_an_app(signer.manager, at=at) as code:
            agreements.sign(
                self.agreement,
                by=signer.acting,
                version=version.number,
                shown_sha256=version.sha256,
                name=signer.manager.name,
                function=signer.manager.job_title,
                method="totp",
                answer=code,
                at=at,
            )

    def _deliver(self) -> None:
        collaboration = delivery.open_collaboration(self.request.pk, at=self._later())
        self.collaboration = delivered.collaborations_visible_to(self.lead.acting).get(pk=collaboration.pk)
        for task in delivered.tasks_of(self.collaboration)[: self.row["tasks_done"]]:
            delivery.set_done(task, done=True, by=self.lead.acting, at=self._later())
        for kpi in self.collaboration.kpis.all():
            if kpi.key in self.row["results"]:
                self._measure(kpi, Decimal(self.row["results"][kpi.key]))
        self.sheets.work(self.collaboration, at=self.now)

    def _measure(self, kpi: Any, value: Decimal) -> None:
        at, by = self._later(), self.lead.acting
        if kpi.key == "sfi-investment":
            evidence = "Letter of the bank"
            delivery.record_investment(
                self.collaboration, amount_eur=value, kind="loan", on=at.date(), evidence=evidence, by=by, at=at
            )
        else:
            note = "Counted by the lead hub"
            delivery.record_measurement(kpi, value=value, measured_on=at.date(), note=note, by=by, at=at)

    def _report(self) -> None:
        delivery.report(self.collaboration, by=self.lead.acting, at=self._later())

    def _close(self) -> None:
        delivery.confirm(self.collaboration, by=self._client(), note="", at=self._later())
        delivery.give_feedback(self.collaboration, by=self._client(), rating=self.row["rating"], text="", at=self.now)
        delivery.close(self.collaboration, by=self.lead.acting, lesson=self.row["lesson"], at=self._later())
