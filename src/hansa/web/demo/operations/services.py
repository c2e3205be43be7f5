"""The invented new service, taken through the same operations as real ones, from the idea to its uptake."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from hansa.collaboration.agreements import operations as agreements
from hansa.collaboration.agreements import queries as agreed
from hansa.collaboration.codesign import operations as codesign
from hansa.collaboration.codesign import queries as canvases
from hansa.collaboration.delivery import operations as delivery
from hansa.collaboration.delivery import queries as delivered
from hansa.collaboration.partnering import operations as partnering
from hansa.web.demo.operations.cases import Case
from hansa.web.demo.operations.hubs import Member, content

_OWN = frozenset({"part", "days", "clients"})


def add_services(hubs: Mapping[str, Member], *, at: datetime) -> int:
    """Add every new service of ``content/services.yaml``; return how many."""
    rows = content("services.yaml")["services"]
    for row in rows:
        _Service(row, hubs, at=at).play()
    return len(rows)


class _Service(Case):
    """One service being developed. Hubs are picked, asked and sign as in a client's case."""

    def play(self) -> None:
        # More happens in it than in a client's case, and nothing in the future.
        self.step = timedelta(days=self.row["days_ago"]) / 80
        for act in (self._propose, self._invite, self._write, self._agree, self._sign, self._develop, self._launch):
            act()

    def _propose(self) -> None:
        row, by = self.row, self.lead.acting
        words = {name: row[name] for name in ("title", "audience", "problem", "existing")}
        self.request = partnering.propose_service(partnering.Idea(**words), by=by, at=self.now, is_demo=True)
        self._want_exactly()
        partnering.understand(self.request, by=by, at=self._later())

    def _text_for_partners(self) -> str:
        return self.request.text

    def _write(self) -> None:
        for who, texts in self.row["canvas"].items():
            member, pk = self.hubs[who], self.hubs[who].hub.pk
            typed = {
                (key, pk if key in _OWN else None): codesign.Typed(text=str(text), seen="")
                for key, text in texts.items()
                if key != "pilot_weeks"
            }
            if weeks := texts.get("pilot_weeks"):
                day = (self.now + timedelta(weeks=weeks)).date().isoformat()
                typed["pilot_on", pk] = codesign.Typed(text=day, seen="")
            codesign.write(self.request, typed, by=member.acting, at=self._later())
        revision = canvases.canvas_page(self.request).revision
        for member in (self.lead, *self._partners()):
            codesign.approve(self.request, revision=revision, by=member.acting, at=self._later())

    def _agree(self) -> None:
        terms = agreed.proposed_terms(self.request, on=self._later().date())
        self.agreement = agreements.draft(self.request, by=self.lead.acting, terms=terms, at=self.now)
        for partner in self._partners():
            agreements.mark_seen(self.agreement, by=partner.acting, at=self._later())

    def _develop(self) -> None:
        by = self.lead.acting
        collaboration = delivery.open_collaboration(self.request.pk, at=self._later())
        self.collaboration = delivered.collaborations_visible_to(by).get(pk=collaboration.pk)
        for task in delivered.tasks_of(self.collaboration):
            delivery.set_done(task, done=True, by=by, at=self._later())
        for milestone in delivered.milestones_of(self.collaboration):
            delivery.decide(milestone, decision="go", reason="", new_due_on=None, by=by, at=self._later())
        for kpi in self.collaboration.kpis.filter(is_computed=False):
            self._measure(kpi, Decimal(kpi.target))
        delivery.report(self.collaboration, by=by, at=self._later())

    def _launch(self) -> None:
        for row in self.row["versions"]:
            by, at = self.hubs[row["hub"]].acting, self._later()
            version = codesign.Version(
                activity_code=row["activity"],
                title=row["title"],
                description=row["description"],
                languages=tuple(row["languages"]),
                price_note=row["price"],
            )
            codesign.launch(self.request, version, by=by, at=at)
            codesign.count_uptake(
                self.request,
                starts_on=at.date() - timedelta(days=30),
                ends_on=at.date() - timedelta(days=1),
                n_clients=row["counted"],
                source="List of those who came to the pilot",
                by=by,
                at=at,
            )
