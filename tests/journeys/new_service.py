"""From an idea to a service that three hubs offer. Source: BP-NS.

The people: Lucía of Ebro Data Hub (lead), the managers of the two hubs that she picks (first and second partner).

 1. Lucía proposes an AI maturity tool: for whom, which problem, what exists already.
 2. She keeps what was read rightly, looks at similar hubs, then at complementary ones, and picks two.
 3. She invites them in her own words. Both read the idea, and say yes.
 4. All three write the canvas. The first partner writes over words of Lucía that he has not seen; he keeps hers.
 5. The second partner comments. All agree to the canvas. A change takes the agreement back; they agree again.
 6. Lucía drafts the agreement: scope, parts, days and pilots stand in it already. All accept and sign it.
 7. The pilots are milestones. Before they are decided the launch cannot begin; each hub says go.
 8. Lucía begins the launch. Each hub puts its own version into its catalogue, marked as made together.
 9. Lucía counts twelve clients of her ecosystem, with the source of the number.
10. Lucía closes the case. The service stays in all three catalogues.
"""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone
from journeys.company import LUCIA, Company
from journeys.hands import Hand

from hansa.web.demo.operations.hubs import password_of

TITLE = "AI maturity tool for small companies"
PROBLEM = (
    "Small companies ask us where to begin with artificial intelligence, and every hub answers with its own questions. "
    "We want one AI maturity assessment with the same questions in every country, and machine learning know-how behind "
    "the advice."
)
KEPT = ("AI maturity assessment", "machine learning")


def day(*, weeks: int) -> str:
    """Return the day so many weeks from now, as a field takes it."""
    return (timezone.localdate() + timedelta(weeks=weeks)).isoformat()


class NewService(Company):
    """The whole play, in its order."""

    def play(self) -> None:
        for act in (
            *(self.propose, self.pick, self.invite, self.write, self.agree_on_the_canvas),
            *(self.draft, self.sign, self.develop, self.launch, self.count, self.close),
        ):
            act()

    def propose(self) -> None:
        lucia = self.of(LUCIA)
        lucia.open("/account/login/")
        lucia.fill("E-mail address", LUCIA)
        lucia.fill("Password", password_of(LUCIA))
        lucia.press("Sign in")
        lucia.open("/requests/")
        lucia.follow("New service")
        lucia.look("new-service")
        lucia.fill("What should it be called?", TITLE)
        lucia.choose("For whom is it?", "Small or medium-sized company")
        lucia.fill("Which problem does it solve?", PROBLEM)
        lucia.fill("What exists already?", "A checklist of 30 questions, in Spanish.")
        lucia.press("Read the idea")
        self.case = re.search(r"/requests/(\w+)/", lucia.path)[1]
        lucia.see("The problem it solves", "A checklist of 30 questions", "Small or medium-sized company")
        lucia.look("idea")

    def pick(self) -> None:
        lucia = self.of(LUCIA)
        for button in lucia.buttons("Remove "):
            if button.removeprefix("Remove ") not in KEPT:
                lucia.press(button)
        lucia.press("See shortlist")
        lucia.press("Similar")
        lucia.see("by what both of you have")
        lucia.press("Complementary")
        lucia.see("by what your hub lacks")
        lucia.look("shortlist-of-idea")
        self.partners = [words.removeprefix("Add ") for words in lucia.buttons("Add ")[:2]]
        for hub in self.partners:
            lucia.press(f"Add {hub}")

    def invite(self) -> None:
        lucia = self.page(LUCIA, "invite/")
        assert "A checklist of 30 questions" in lucia.value("Text for the hubs")
        lucia.look("invite-to-idea")
        lucia.press("Send 2 invitations")
        for hub in self.partners:
            partner = self.arrive(self.managers[hub], "develop a service together")
            partner.see(TITLE, "every hub answers with its own questions", "A checklist of 30 questions")
            partner.look("invitation-to-idea")
            partner.press("Interested")
            partner.see("Your hub said yes.")

    def _partner(self, place: int) -> Hand:
        return self.page(self.managers[self.partners[place]], "canvas/")

    def write(self) -> None:
        first, second, lucia = self._partner(0), self._partner(1), self.page(LUCIA, "canvas/")
        first.look("canvas")
        lucia.fill("The service in one sentence", "A guided test of AI maturity.")
        lucia.press("Save What the service is")
        first.fill("The service in one sentence", "Two hours of questions.")
        first.press("Save What the service is")
        first.see("wrote over it without having seen it", "A guided test of AI maturity.")
        first.press("Keep the words of Lucía Ferrer")
        assert first.value("The service in one sentence") == "A guided test of AI maturity."
        for hub, person in zip(
            ["Ebro Data Hub", *self.partners], (LUCIA, *map(self.managers.get, self.partners)), strict=True
        ):
            hand = self.page(person, "canvas/")
            hand.fill("What the hub does", f"The share of {hub}", within=hub)
            hand.fill("Days of work", "12", within=hub)
            hand.press("Save Who does what")
            hand.fill("Clients who try it", "5", within=f"Pilot of {hub}")
        lucia = self.page(LUCIA, "canvas/")
        lucia.fill("Clients who try it", "5", within="Pilot of Ebro Data Hub")
        lucia.fill("Pilot done by", day(weeks=6), within="Pilot of Ebro Data Hub")
        lucia.fill("Go on from this score", "4")
        lucia.press("Save Where it is tried")
        lucia.choose("Who owns the service", "All hubs own it together")
        lucia.press("Save Who owns it")
        second = self._partner(1)
        second.fill("Your comment", "Also for farms?", within="For whom")
        second.press("Comment For whom")
        second.see("Also for farms?")

    def agree_on_the_canvas(self) -> None:
        people = [LUCIA, *(self.managers[hub] for hub in self.partners)]
        for person in people[:2]:
            self.page(person, "canvas/").press("Agree as it stands")
        second = self._partner(1)
        second.fill("Conditions", "Each hub offers it at its own price.")
        second.press("Save Who owns it")
        self.arrive(LUCIA, "The canvas of a new service changed").see("Each hub offers it at its own price.")
        for person in people:
            self.page(person, "canvas/").press("Agree as it stands")
        lucia = self.arrive(LUCIA, "All hubs agree to the canvas")
        lucia.see("All hubs agree. Draft the agreement next")
        lucia.look("canvas-agreed")

    def draft(self) -> None:
        lucia = self.of(LUCIA)
        lucia.follow("Draft the agreement")
        lucia.press("Send to the partners")
        lucia.see(
            "Version 1", "A guided test of AI maturity", "The share of Ebro Data Hub", "the pilot of Ebro Data Hub"
        )
        for hub in self.partners:
            self.arrive(self.managers[hub], "drafted an agreement").press("Accept version 1")

    def sign(self) -> None:
        for person in (LUCIA, *(self.managers[hub] for hub in self.partners)):
            hand = self.page(person, "agreement/")
            hand.press("Send me a code")
            hand.fill("Your function", "Director")
            hand.fill("Code", self.mailbox.code(person))
            hand.tick("I have read")
            hand.press("Sign version 1")
            hand.see("Signed. Thank you.")
        self.work()

    def develop(self) -> None:
        lucia = self.page(LUCIA, "delivery/")
        for name in lucia.buttons("Save the measurement"):
            kpi = f"Record a measurement: {name.removeprefix('Save the measurement').strip()}"
            lucia.fill("Value", "9", within=kpi)
            lucia.fill("How it was measured", "Counted together", within=kpi)
            lucia.press(name)
        lucia.press("Begin the launch", status=422)
        lucia.see("Decide at these milestones first: Pilot of Ebro Data Hub.")
        lucia.open(f"/requests/{self.case}/delivery/plan/")
        lucia.choose("Decision", "Go on")
        lucia.press("Save the decision Pilot of Ebro Data Hub")
        self.page(LUCIA, "delivery/").press("Begin the launch")

    def launch(self) -> None:
        for hub in self.partners:
            partner = self.arrive(self.managers[hub], "The launch of a new service has begun")
            partner.look("launch")
            partner.fill("Title in your catalogue", f"AI check by {hub}")
            partner.fill("Price", "Free for start-ups")
            partner.press("Launch in our catalogue")
            partner.see("marked as made together")
        lucia = self.page(LUCIA, "launch/")
        lucia.press("Launch in our catalogue")
        lucia.see("Offered by 3 of 3 hubs")
        lucia.look("launched")
        lucia.follow("Ebro Data Hub")
        lucia.see(TITLE, "Made together with", *self.partners)

    def count(self) -> None:
        lucia = self.page(LUCIA, "launch/")
        lucia.fill("From", day(weeks=-8))
        lucia.fill("To", day(weeks=-4))
        lucia.fill("Clients served", "12")
        lucia.fill("Where the number comes from", "Lists of participants")
        lucia.press("Count")
        lucia.see("What your hub counted", "Lists of participants")

    def close(self) -> None:
        lucia = self.page(LUCIA, "delivery/")
        lucia.press("Close the case")
        lucia.see("The case is closed.")
        self.page(self.managers[self.partners[0]], "launch/").see("Offered by 3 of 3 hubs", "12")
