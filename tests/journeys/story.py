"""From a client's need to a closed case with its numbers. Source: BP-JD, BP-AGR, BP-KPI.

The people: Ana of Verduras Roncal (client), Lucía of Ebro Data Hub (lead), Jonas of Isar Edge Lab and Mette of Aarhus
Food Robotics (partners), the manager of another hub (says not now), Stefan (steward).

 1. Ana tells what she needs: three questions on the public form, in Spanish, with her firm's name in the text.
 2. Ana opens the link in her mail, reads what was understood, and says yes.
 3. Lucía opens hers, keeps what was read rightly, removes the rest, adds what was missed, and asks Ana something.
 4. Lucía looks at the shortlist, takes the proposed team and one hub more, and invites the three.
 5. Jonas reads what is asked, without the client's name, asks a question, gets an answer, and says yes.
    Mette says yes. The third hub says not now, and why.
 6. Lucía drafts the agreement. Jonas reads it and writes one clause anew: version 2. All accept it.
 7. Jonas signs with a code from his mail. Lucía asks for longer protection: version 3, and his signature is void.
 8. All accept version 3 and sign it: Lucía and Jonas with a mailed code, Mette with her authenticator app.
 9. Mette takes the sealed file home. Somebody else's validator accepts it.
10. The team works: tasks done and added, a file for the client, results against the KPIs agreed.
11. Lucía hands the results over. Ana sends them back once, then confirms them and says how it went.
12. Mette says how it went; Lucía too, and closes the case with a lesson.
13. The numbers stand on the results pages of Lucía's and Jonas' hubs.
14. Stefan sees that a case was there, and nothing of its client. He cannot open it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from accounts import app_code
from jobs import run_jobs
from journeys.hands import Hand, NewHand
from journeys.mailbox import Mailbox
from journeys.sealed_file import faults_of

LUCIA, JONAS, METTE = "lead@demo.example", "partner@demo.example", "partner2@demo.example"
STEFAN = "steward@demo.example"
TEAM = {JONAS: "Isar Edge Lab", METTE: "Aarhus Food Robotics"}
WANTED = (
    *("predictive maintenance", "cyber security", "Internet of Things", "food safety principles", "data protection"),
    *("Technology concept development / Proof of Concept (PoC)", "On-site company tailored training / Boot-camps"),
)
NEED = (
    "Somos Verduras Roncal, de Tudela. Las tres líneas de envasado paran dos veces al mes y solo nos enteramos cuando "
    "el rodamiento chilla. Queremos mantenimiento predictivo con sensores. Los datos no deben salir a internet sin "
    "protección: hace falta ciberseguridad. Y la máquina tiene que seguir cumpliendo con la seguridad alimentaria. "
    "Llamen a Ana Roncal, 948 555 012."
)
SECRETS = ("Roncal", "Tudela", "948 555 012")


@dataclass
class Story:
    """One play of the story.

    ``hand`` gives each person a browser, ``client`` is the address Ana leaves, ``managers`` names them by their hubs.
    """

    hand: NewHand
    mailbox: Mailbox
    client: str
    managers: Mapping[str, str]
    hands: dict[str, Hand] = field(default_factory=dict)
    case: str = ""
    secret: str = ""

    def play(self) -> None:
        acts: list[Callable[[], None]] = [
            *(self.tell_the_need, self.confirm_the_reading, self.correct_the_reading, self.invite, self.answer),
            *(self.draft, self.sign_too_early, self.sign, self.take_the_sealed_file),
            *(self.deliver, self.confirm_the_results, self.close, self.read_the_numbers, self.look_from_outside),
        ]
        for act in acts:
            act()

    # People, mails and pages

    def of(self, person: str) -> Hand:
        if person not in self.hands:
            self.hands[person] = self.hand(person)
        return self.hands[person]

    def work(self) -> None:
        """Let the worker do what waits, and what that starts."""
        while run_jobs():
            pass

    def arrive(self, person: str, about: str) -> Hand:
        """Follow the link of the latest mail about something, and sign in with it."""
        self.work()
        hand = self.of(person)
        hand.open(self.mailbox.link(person, about))
        hand.press(f"Sign in as {person}")
        return hand

    def page(self, person: str, name: str = "") -> Hand:
        self.work()
        hand = self.of(person)
        hand.open(f"/requests/{self.case}/{name}")
        return hand

    def see_no_client(self, hand: Hand) -> None:
        self.keep_secret(hand.read())

    def keep_secret(self, text: str) -> None:
        told = [secret for secret in SECRETS if secret in text]
        assert not told, f"{told} in:\n{text[:3000]}"

    # The acts

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
        ana = self.arrive(self.client, "Sign in")
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

    def draft(self) -> None:
        lucia = self.of(LUCIA)
        lucia.follow("Draft the agreement")
        lucia.look("agreement-new")
        lucia.press("Send to the partners")
        lucia.see("Version 1")
        jonas = self.arrive(JONAS, "drafted an agreement")
        jonas.see("Read, then accept or suggest other words")
        self.see_no_client(jonas)
        jonas.look("agreement")
        jonas.follow(self._rewording(jonas))
        jonas.look("agreement-clause")
        jonas.fill("New wording", "Each party insures what it brings.\n\nIt shows its policy when asked.")
        jonas.fill("Why", "Our insurer wants it in these words.")
        jonas.press("Make the new version")
        self._accept(LUCIA, 2)
        self.of(LUCIA).see("Our insurer wants it in these words.")
        self.of(LUCIA).look("agreement-changed")
        self._accept(METTE, 2)

    def _rewording(self, hand: Hand) -> str:
        return next(words for words in hand.links("Suggest other wording") if "nsurance" in words)

    def _accept(self, person: str, version: int) -> None:
        hand = self.page(person, "agreement/")
        hand.press(f"Accept version {version}")

    def sign_too_early(self) -> None:
        jonas = self.page(JONAS, "agreement/")
        self._sign_by_mail(jonas, JONAS, 2)
        lucia = self.page(LUCIA, "agreement/")
        lucia.follow("Change the terms")
        lucia.look("agreement-terms")
        lucia.fill("Months of protection", "18")
        lucia.fill("Why", "Our board wants a year and a half.")
        lucia.press("Make the new version")
        lucia.see("earlier signatures are void")
        self._accept(JONAS, 3)
        self.of(JONAS).see("Version 3")
        self._accept(METTE, 3)

    def _sign_by_mail(self, hand: Hand, person: str, version: int) -> None:
        hand.press("Send me a code")
        hand.fill("Your function", "Director")
        hand.fill("Code", self.mailbox.code(person))
        hand.tick("I have read")
        hand.press(f"Sign version {version}")
        hand.see("Signed. Thank you.")

    def sign(self) -> None:
        lucia = self.page(LUCIA, "agreement/")
        lucia.look("agreement-to-sign")
        self._sign_by_mail(lucia, LUCIA, 3)
        self._sign_by_mail(self.arrive(JONAS, "ready to be signed"), JONAS, 3)
        mette = self.of(METTE)
        self._set_up_the_app(mette)
        self.page(METTE, "agreement/")
        mette.fill("Your function", "Manager")
        mette.fill("Code", app_code(self.secret, time.time(), steps=1))
        mette.tick("I have read")
        mette.press("Sign version 3")
        mette.see("In force since", "Every party has signed.")

    def _set_up_the_app(self, mette: Hand) -> None:
        mette.open("/account/2fa/totp/activate/")
        mette.look("authenticator-app")
        # Every visit makes a new secret.
        mette.open("/account/2fa/totp/activate/")
        self.secret = re.search(r"\b[A-Z2-7]{32}\b", mette.read())[0]
        mette.fill("Code", app_code(self.secret, time.time()))
        mette.press("Set up")
        mette.see("recovery codes")
        mette.look("recovery-codes")

    def take_the_sealed_file(self) -> None:
        mette = self.page(METTE, "agreement/")
        mette.look("agreement-in-force")
        sealed = mette.download("Sealed PDF")
        mette.follow("Check the seal")
        mette.see("The seal holds")
        faults = faults_of(sealed, authority=mette.download("Certificate of the seal authority"), case=self.case)
        assert faults == []
        mette.look("check-the-seal")

    def deliver(self) -> None:
        jonas = self.arrive(JONAS, "A collaboration has started")
        jonas.see("Verduras Roncal")
        jonas.press(jonas.buttons("Done ")[0])
        jonas.see("Task done.")
        jonas.attach("File", "first-results.csv", b"line,stops\n1,0\n")
        jonas.tick("The client may see this file")
        jonas.press("Add file")
        jonas.see("first-results.csv")
        lucia = self.page(LUCIA, "delivery/")
        lucia.look("delivery")
        lucia.fill("What is to be done", "Visit the plant together")
        lucia.choose("Hub", "Aarhus Food Robotics")
        lucia.choose("Person", "Mette Holm")
        lucia.press("Add task")
        self.arrive(METTE, "You have a new task").see("Visit the plant together")
        for name in lucia.buttons("Save the value"):
            self._log(lucia, name.removeprefix("Save the value").strip())
        lucia.look("delivery-with-results")

    def _log(self, lucia: Hand, kpi: str) -> None:
        lucia.fill("Value", "9", within=f"Enter a value: {kpi}")
        lucia.press(f"Save the value {kpi}")
        lucia.see("Result saved.")

    def confirm_the_results(self) -> None:
        self.page(LUCIA, "delivery/").press("Hand the results to the client")
        ana = self.arrive(self.client, "Please confirm the results")
        ana.look("results-of-client")
        assert ana.download("first-results.csv") == b"line,stops\n1,0\n"
        ana.fill("What is missing or wrong", "Falta la línea 3.")
        ana.press("Send back")
        lucia = self.arrive(LUCIA, "The client sent the results back")
        lucia.see("Falta la línea 3.")
        lucia.press("Hand the results to the client")
        self.page(self.client, "delivery/")
        ana.press("Confirm the results")
        ana.choose("How did it go", "Very good")
        ana.fill("What should the others know", "Rápidos y claros.")
        ana.press("Send feedback")
        ana.see("Thank you for your feedback.")

    def close(self) -> None:
        mette = self.page(METTE, "delivery/")
        mette.choose("How did it go", "Good")
        mette.press("Send feedback")
        lucia = self.arrive(LUCIA, "Your client confirmed the results")
        lucia.look("delivery-to-close")
        lucia.choose("How did it go", "Very good")
        lucia.press("Send feedback")
        before = {person: self._figures(person) for person in (LUCIA, JONAS)}
        self.page(LUCIA, "delivery/")
        lucia.fill("One lesson for the next time", "Ask for a photo of the nameplate.")
        lucia.press("Close the case")
        lucia.see("The case is closed.")
        lucia.look("delivery-closed")
        self.before = before

    def _figures(self, person: str) -> dict[str, str]:
        hand = self.of(person)
        hand.open("/results/?period=all")
        labels = ("Joint deliveries closed", "Agreements in force", "Client satisfaction", "Targets reached")
        found = {label: re.search(rf"{label} (Nothing yet|[\d.,]+)", hand.read()) for label in labels}
        return {label: match[1] for label, match in found.items() if match}

    def read_the_numbers(self) -> None:
        for person in (LUCIA, JONAS):
            before, after = self.before[person], self._figures(person)
            assert int(after["Joint deliveries closed"]) == int(before["Joint deliveries closed"]) + 1
            assert after["Client satisfaction"].startswith("5")
            assert after["Targets reached"] != "Nothing yet"
        self.of(LUCIA).look("results")

    def look_from_outside(self) -> None:
        stefan = self.of(STEFAN)
        stefan.open("/sign-in/")
        stefan.look("sign-in")
        stefan.fill("E-mail address", STEFAN)
        stefan.press("Send me a link")
        stefan.look("sign-in-sent")
        self.arrive(STEFAN, "Sign in")
        stefan.open("/network/cases/")
        self.see_no_client(stefan)
        stefan.look("network-cases")
        stefan.open("/results/?period=all")
        self.see_no_client(stefan)
        for page in ("", "shortlist/", "agreement/", "agreement/file/", "delivery/"):
            stefan.open(f"/requests/{self.case}/{page}", status=404)
