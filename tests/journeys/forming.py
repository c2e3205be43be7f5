"""From the need to a team: scenes 1 to 5."""

from __future__ import annotations

import re

from journeys.company import JONAS, LUCIA, METTE, NEED, TEAM, WANTED, Company
from journeys.hands import Hand


class Forming(Company):
    def tell_the_need(self) -> None:
        ana = self.of(self.client)
        ana.open("/need/")
        ana.look("need")
        ana.fill("In your own words", NEED)
        ana.press("Continue")
        ana.look("need-result")
        ana.fill("What would a good result look like?", "Menos de una parada no prevista al mes.")
        ana.fill("By when?", "Antes de la campaña de otoño.")
        ana.fill("Budget in euro", "14.000 €")
        ana.press("Continue")
        ana.look("need-who")
        ana.fill("Your organisation", "Verduras Roncal")
        ana.choose("What kind of organisation is it?", "Small or medium-sized company")
        ana.choose("Country", "Spain")
        ana.fill("Town", "Tudela")
        ana.fill("Your name", "Ana Roncal")
        ana.fill("Your e-mail address", self.client)
        ana.tick("My hub may show this need")
        ana.tick("My hub may tell the name of my organisation")
        ana.press("Continue")
        ana.see("Check your answers", "€ 14,000")
        ana.look("need-check")
        ana.follow("Choose another hub")
        ana.look("need-hub")
        ana.choose("Hubs that take needs", "Ebro Data Hub")
        ana.press("Choose this hub")
        ana.see("Ebro Data Hub")
        ana.press("Send to your hub")
        ana.see("Your need has arrived", "Ebro Data Hub reads it now")
        ana.look("need-sent")

    def confirm_the_reading(self) -> None:
        ana = self.arrive(self.client, "Your need has arrived")
        self.case = re.search(r"/requests/(\w+)/", ana.path)[1]
        ana.see("Did we understand you?", "mantenimiento predictivo")
        ana.look("request-of-client")
        ana.press("Yes, that is it")
        ana.see("You said that your hub understood you.")
        ana.follow("See and change it")
        ana.look("sharing-of-client")

    def correct_the_reading(self) -> None:
        lucia = self.arrive(LUCIA, "New need")
        assert self.case in lucia.path
        lucia.see("In the client's words", "Verduras Roncal")
        lucia.look("request")
        for button in lucia.buttons("Remove "):
            if button.removeprefix("Remove ") not in WANTED:
                lucia.press(button)
        for wanted in WANTED:
            if f"Keep {wanted}" in lucia.buttons("Keep "):
                lucia.press(f"Keep {wanted}")
            elif f"Remove {wanted}" not in lucia.buttons("Remove "):
                self._add(lucia, wanted)
        assert {words.removeprefix("Remove ") for words in lucia.buttons("Remove ")} == set(WANTED)
        for words in lucia.buttons("Nice to have"):
            lucia.press(words)
        lucia.press(next(words for words in lucia.buttons("Must have") if "Internet of Things" in words))
        assert ["Internet of Things" in words for words in lucia.buttons("Nice to have")] == [True]
        lucia.fill("Ask the client", "¿Qué marca de sensores tienen?")
        lucia.press("Ask the client")
        self.page(self.client).see("¿Qué marca de sensores tienen?")
        ana = self.of(self.client)
        ana.fill("Tell your hub what is wrong or missing", "Ninguna todavía.")
        ana.press("Send to your hub")
        self.page(LUCIA).see("Ninguna todavía.", "You cover it")

    def _add(self, lucia: Hand, wanted: str) -> None:
        lucia.follow("Add a competence")
        lucia.fill("Words", wanted)
        lucia.press("Search")
        if not self.hands.get("looked at adding"):
            lucia.look("add-a-competence")
            self.hands["looked at adding"] = lucia
        lucia.press(f"Add {wanted}")

    def invite(self) -> None:
        lucia = self.of(LUCIA)
        lucia.press("See shortlist")
        lucia.see("Why these hubs", "Proposed team", *TEAM.values())
        lucia.look("shortlist")
        lucia.press("Use the proposed team")
        lucia.see("This is the best team, proven")
        self.third = lucia.buttons("Add ")[0]
        lucia.press(self.third)
        lucia.look("shortlist-with-team")
        lucia.follow("Invite 3 hubs")
        shared = lucia.value("Text for the hubs")
        self.keep_secret(shared)
        assert "mantenimiento predictivo" in shared
        lucia.look("invite")
        for hub, days, fee in (("Isar Edge Lab", "12", "5400"), ("Aarhus Food Robotics", "6", "2600")):
            lucia.fill("Days of work", days, within=hub)
            lucia.fill("Fee in euro", fee, within=hub)
        lucia.fill("A personal line", "Your lab came up first.", within="Isar Edge Lab")
        lucia.press("Send 3 invitations")
        lucia.see("3 hubs are invited.", "Waiting for an answer")
        lucia.look("invitations-sent")

    def answer(self) -> None:
        jonas = self.arrive(JONAS, "invites your hub")
        jonas.see("predictive maintenance", "Your lab came up first.", "12 days", "€ 5,400")
        self.see_no_client(jonas)
        jonas.look("invitation")
        jonas.fill("Your message", "How old are the machines?")
        jonas.press("Send the message")
        lucia = self.page(LUCIA, "invite/")
        lucia.follow("Isar Edge Lab")
        lucia.look("invitation-of-lead")
        lucia.fill("Your message", "Between four and nine years.")
        lucia.press("Send the message")
        jonas.open(jonas.path)
        jonas.see("Between four and nine years.")
        jonas.press("Interested")
        jonas.see("Your hub said yes.")
        mette = self.arrive(METTE, "invites your hub")
        self.see_no_client(mette)
        mette.press("Interested")
        other = self.arrive(self.managers[self.third.removeprefix("Add ")], "invites your hub")
        other.choose("Reason", "No free capacity")
        other.fill("A line to the lead", "Again from March.")
        other.press("Not now")
        other.see("Your hub said not now.")
        lucia = self.page(LUCIA, "invite/")
        lucia.see("Interested", "Again from March.")
