"""The Municipality of Elsewhere finds a partner, and gets help with the procurement. Source: BP-MM, BP-JD.

The people: Maria of the Municipality of Elsewhere (client), Lucía and Pau of Ebro Data Hub (lead and reviewer), Jonas of
Isar Edge Lab (knows somebody), Anna of Kreuzblick (the match; she has no account), Mette of Aarhus Food Robotics (knows
nobody), the manager of a hub that is not asked.

 1. Maria tells what she looks for: a partner for traffic cameras. She lets only her hub read it.
 2. Lucía reads it, says that this client looks for a partner, and goes on to the partner request.
 3. Lucía names the municipality in the text and is refused. She takes the name out, asks two countries, and chooses Pau
    to look once more. She cannot send it: Maria has not agreed.
 4. Maria reads exactly what would leave, and agrees: her name may be told once all have signed.
 5. Lucía cannot release it herself. Pau reads it once more and sends it to the hubs of the two countries.
 6. Mette says not now. Jonas adds Kreuzblick to his ecosystem and finds it on top of his ranked list.
 7. Jonas writes what Lucía would read, names the firm and is refused, takes the name out, and asks Anna by mail.
 8. Anna opens the link, reads what would be shown, and agrees. The suggestion is with Lucía, without a name.
 9. Lucía reads why it fits, and takes it up. The hubs agree and sign. Until then nobody reads a name.
10. Now Jonas reads the municipality's name and Lucía the firm's. Maria's mail address stays where it is.
11. Lucía writes down what is needed; Jonas says how it fits; Lucía arranges the first meeting. Maria takes it to her calendar.
12. Lucía writes down the outcome with the signed letter, and asks Maria. Maria confirms it, and lets the register name her.
13. Lucía closes the case. The register names the municipality, and not the firm, which did not allow it.
14. The municipality needs help with the procurement: Lucía types that need, invites a hub, and they deliver it together.
15. The hub that was not asked has seen nothing of all this, nor has anybody read who is in Jonas' ecosystem.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from journeys.company import JONAS, LUCIA, METTE, Company
from journeys.hands import Hand

PAU = "pau-vidal@demo.example"
ANNA = "anna@kreuzblick.example"
NEED = (
    "The Municipality of Elsewhere looks for a partner: traffic jams block our centre every day. We look for computer vision for "
    "traffic monitoring that works on the market already, and other cities use. Ask Maria Mayor, maria@elsewhere.example."
)
SECRETS = ("Elsewhere", "Maria Mayor", "maria@")
OFFER = (
    "Kreuzblick GmbH of Augsburg counts cars at crossings with computer vision. Eleven cities use it. Call Anna Blick."
)
FIRM = ("Kreuzblick", "Anna Blick", "anna@")


class Municipality(Company):
    """The play, in its order."""

    def play(self) -> None:
        for act in (
            *(self.look_for_a_partner, self.prepare, self.agree_to_launch, self.release),
            *(self.answer_not_now, self.know_someone, self.organisation_agrees, self.take_up, self.sign_the_agreement),
            *(self.read_the_names, self.bring_together, self.reach_an_agreement, self.close, self.procure),
            self.look_from_outside,
        ):
            act()

    def keep_secret(self, text: str) -> None:
        told = [secret for secret in (*SECRETS, *FIRM) if secret in text]
        assert not told, f"{told} in:\n{text[:3000]}"

    def look_for_a_partner(self) -> None:
        maria = self.of(self.client)
        maria.open("/need/")
        maria.fill("In your own words", NEED)
        maria.press("Continue")
        maria.press("Continue")
        maria.fill("Your organisation", "Municipality of Elsewhere")
        maria.choose("What kind of organisation is it?", "Public organisation")
        maria.choose("Country", "Spain")
        maria.fill("Your name", "Maria Mayor")
        maria.fill("Your e-mail address", self.client)
        maria.press("Continue")
        maria.follow("Choose another hub")
        maria.choose("Hubs that take needs", "Ebro Data Hub")
        maria.press("Choose this hub")
        maria.press("Send to your hub")
        self.arrive(self.client, "Your need has arrived")
        lucia = self.arrive(LUCIA, "New need")
        self.case = re.search(r"/requests/(\w+)/", lucia.path)[1]
        lucia.press("This client looks for a partner")
        lucia.see("This request looks for a partner of the client now.", "Search")
        lucia.press("Go on to the partner request")
        assert lucia.path.endswith("/partner-request/")

    def prepare(self) -> None:
        lucia = self.of(LUCIA)
        lucia.look("partner-request-new")
        lucia.choose("What kind of partner?", "Solution provider")
        lucia.fill("Text for the hubs", NEED)
        lucia.choose("How far does it go?", "Hubs of some countries")
        lucia.tick("Germany")
        lucia.tick("Denmark")
        lucia.choose("Who reads it before it leaves?", "Pau Vidal")
        lucia.press("Save the request", status=422)
        lucia.see("The text still tells who the client is")
        text = "A city looks for computer vision for traffic monitoring that works on the market already, and other cities use."
        lucia.fill("Text for the hubs", text)
        lucia.press("Save the request")
        lucia.see("The client has to agree before it can leave your hub.", "Waits for the client")
        lucia.look("partner-request-prepared")

    def agree_to_launch(self) -> None:
        maria = self.arrive(self.client, "May your hub ask others")
        maria.see("Denmark", "Germany", "A city looks for computer vision")
        maria.look("partner-request-of-client")
        maria.choose("What may leave the hub?", "The need without names; once all have signed, the organisation's name")
        maria.press("I agree, ask the hubs")
        maria.see("Waits for the reviewer")

    def release(self) -> None:
        lucia = self.page(LUCIA, "partner-request/")
        lucia.see("Pau Vidal reads it once more and releases it.")
        pau = self.of(PAU)
        pau.open("/sign-in/")
        pau.fill("E-mail address", PAU)
        pau.press("Send me a link")
        self.work()
        self.arrive(PAU, "Sign in")
        self.page(PAU, "partner-request/")
        pau.look("partner-request-to-release")
        pau.press("Send it to the hubs")
        pau.see("The request is with the hubs.")

    def answer_not_now(self) -> None:
        mette = self.arrive(METTE, "invites your hub")
        self.see_no_client(mette)
        mette.choose("Reason", "Not our competence")
        mette.press("Not now")
        mette.see("Your hub said not now.")

    def know_someone(self) -> None:
        jonas = self.arrive(JONAS, "invites your hub")
        self.see_no_client(jonas)
        self.invitation = jonas.path
        jonas.look("invitation-to-search")
        jonas.open("/ecosystem/add/")
        jonas.look("organisation-new")
        jonas.fill("Name", "Kreuzblick GmbH")
        jonas.tick("Solution provider")
        jonas.choose("Country", "Germany")
        jonas.fill("What it offers", OFFER)
        jonas.fill("Contact person", "Anna Blick")
        jonas.fill("Mail address", ANNA)
        jonas.press("Save")
        jonas.see("Saved.", "computer vision")
        jonas.open("/ecosystem/add/")
        jonas.fill("Name", "Isar Brewery")
        jonas.fill("What it offers", "Beer for the festival.")
        jonas.press("Save")
        jonas.open("/ecosystem/")
        jonas.look("ecosystem")
        jonas.open(self.invitation)
        jonas.follow("I know someone")
        jonas.look("search")
        assert jonas.links("Suggest ")[0] == "Suggest Kreuzblick GmbH"
        jonas.follow("Suggest Kreuzblick GmbH")
        jonas.fill("What the lead reads of it", OFFER)
        jonas.press("Keep it, and ask the organisation", status=422)
        jonas.see("The text still tells who the organisation is")
        jonas.fill(
            "What the lead reads of it",
            "A firm that counts cars at crossings with computer vision. Eleven cities use it.",
        )
        jonas.press("Keep it, and ask the organisation")
        jonas.look("match-to-ask")
        jonas.press("Send the mail")
        jonas.see("Asked by mail")
        lucia = self.page(LUCIA, "answers/")
        lucia.see("No answers yet")
        lucia.look("no-answers")

    def organisation_agrees(self) -> None:
        self.work()
        anna = self.of(ANNA)
        anna.open(self.mailbox.link_to("agreed", ANNA, "suggest you as a partner"))
        anna.see("What would be shown of you, without your name", "Eleven cities use it.")
        told = [secret for secret in SECRETS if secret in anna.read()]
        assert told == []
        anna.look("organisation-agrees")
        anna.choose("Your answer", "The same; once all have signed, the organisation's name")
        anna.fill("Your name and function", "Anna Blick, managing director")
        anna.press("Send our answer")
        anna.see("Thank you")

    def take_up(self) -> None:
        lucia = self.arrive(LUCIA, "A hub knows somebody")
        lucia.see("Eleven cities use it.", "Known to Isar Edge Lab", "computer vision")
        assert not any(secret in lucia.read() for secret in FIRM)
        lucia.look("answers")
        lucia.press("Take it up Isar Edge Lab")
        lucia.see("Taken up")
        lucia.follow("Draft the agreement")

    def sign_the_agreement(self, partner: str = JONAS) -> None:
        lucia = self.of(LUCIA)
        lucia.press("Send to the partners")
        hand = self.arrive(partner, "drafted an agreement")
        self.see_no_client(hand)
        hand.press("Accept version 1")
        for person in (LUCIA, partner):
            hand = self.page(person, "agreement/")
            hand.press("Send me a code")
            hand.fill("Your function", "Director")
            hand.fill("Code", self.mailbox.code(person))
            hand.tick("I have read")
            hand.press("Sign version 1")
        self.work()

    def read_the_names(self) -> None:
        jonas = self.page(JONAS, "together/")
        jonas.see("Municipality of Elsewhere", "Waits for the client's agreement.")
        assert self.client not in jonas.read()
        lucia = self.page(LUCIA, "delivery/")
        assert lucia.path.endswith("/together/")
        lucia.see("Kreuzblick GmbH")
        assert ANNA not in lucia.read()
        lucia.look("together")

    def bring_together(self) -> None:
        lucia, jonas = self.of(LUCIA), self.of(JONAS)
        lucia.fill("What the client needs", "Runs on the cameras that hang there")
        lucia.press("Add the line")
        self.page(JONAS, "together/")
        jonas.choose("How it fits", "Fits in part")
        jonas.fill("The match's answer", "From 720p on")
        jonas.press("Save Runs on the cameras that hang there")
        jonas.see("settled by Isar Edge Lab", "From 720p on")
        self.page(LUCIA, "together/")
        self._arrange(lucia)
        maria = self.arrive(self.client, "You are to meet")
        maria.see("10:00", "Europe/Madrid", "Kreuzblick GmbH")
        maria.look("together-of-client")
        assert b"TZID=Europe/Madrid" in maria.download("Calendar file")
        jonas = self.page(JONAS, "together/")
        jonas.choose("What is it?", "Help with the language")
        jonas.fill("In words", "We interpret from German.")
        jonas.press("Save the note")
        assert "We interpret from German." not in self.page(self.client, "together/").read()

    def _arrange(self, lucia: Hand) -> None:
        lucia.fill("Day", str(date.today() + timedelta(days=9)))
        lucia.fill("Starts at", "10:00")
        lucia.choose("Time zone", "Europe/Madrid")
        lucia.fill("Link to the meeting", "https://meet.example/elsewhere")
        lucia.fill("Three talking points", "The crossings\nThe cameras\nA pilot in spring")
        lucia.press("Arrange it")
        lucia.see("The meeting is arranged.")

    def reach_an_agreement(self) -> None:
        lucia = self.page(LUCIA, "together/")
        lucia.press("Ask the client to confirm", status=422)
        lucia.see("Write down first what came of every match")
        lucia.choose("What came of it?", "Pilot")
        lucia.fill("Amount in euro", "48 000")
        lucia.fill("What was agreed, in one sentence", "Traffic at three crossings is counted for half a year.")
        lucia.attach("Or a file", "letter.pdf", b"%PDF-1.7 signed")
        lucia.press("Save the outcome")
        lucia.look("together-with-outcome")
        lucia.press("Ask the client to confirm")
        maria = self.arrive(self.client, "Please confirm the results")
        assert maria.download("letter.pdf") == b"%PDF-1.7 signed"
        maria.look("outcome-of-client")
        maria.tick("The register of agreements reached may name us.")
        maria.press("Confirm the outcome")
        maria.see("Thank you. Your hub knows that you confirmed the outcome.")

    def close(self) -> None:
        lucia = self.page(LUCIA, "together/")
        lucia.fill("One lesson", "Ask for the cameras first.")
        lucia.press("Close the case")
        for person in (LUCIA, METTE):
            hand = self.of(person)
            hand.open("/agreements-reached/")
            hand.see("Pilot", "Municipality of Elsewhere", "Match not named", "Ebro Data Hub", "Isar Edge Lab")
            assert not any(secret in hand.read() for secret in FIRM)
        self.of(METTE).look("register")

    def procure(self) -> None:
        """The same client, another scenario: joint delivery with support of its procurement."""
        lucia = self.of(LUCIA)
        lucia.open("/requests/new/")
        lucia.fill(
            "What does the client want to solve?",
            "We want to buy the traffic system by a tender and need help with the procurement.",
        )
        lucia.choose("Client", "Municipality of Elsewhere")
        lucia.choose(
            "What may leave your hub?", "The need without names; once all have signed, the organisation's name"
        )
        lucia.fill("Who agreed for the client?", "Maria Mayor")
        lucia.fill("How do you know?", "Mail of today")
        lucia.press("Read the need")
        self.case = re.search(r"/requests/(\w+)/", lucia.path)[1]
        lucia.follow("Add a competence")
        lucia.fill("Words", "procurement")
        lucia.press("Search")
        lucia.press(next(words for words in lucia.buttons("Add ") if "rocurement" in words))
        lucia.press("See shortlist")
        add = lucia.buttons("Add ")[0]
        helper = self.managers[add.removeprefix("Add ")]
        lucia.press(add)
        lucia.follow("Invite 1 hub")
        lucia.press("Send 1 invitation")
        hand = self.arrive(helper, "invites your hub")
        self.see_no_client(hand)
        hand.press("Interested")
        self.page(LUCIA, "invite/").follow("Draft the agreement")
        self.sign_the_agreement(helper)
        lucia = self.page(LUCIA, "delivery/")
        for name in lucia.buttons("Save the measurement"):
            kpi = f"Record a measurement: {name.removeprefix('Save the measurement').strip()}"
            lucia.fill("Value", "9", within=kpi)
            lucia.fill("How it was measured", "Counted", within=kpi)
            lucia.press(name)
        lucia.press("Hand the results to the client")
        self.page(self.client, "delivery/").press("Confirm the results")
        self.page(LUCIA, "delivery/").press("Close the case")

    def look_from_outside(self) -> None:
        outsider = self.managers["Rhône Vision Hub"]
        hand = self.of(outsider)
        hand.open("/sign-in/")
        hand.fill("E-mail address", outsider)
        hand.press("Send me a link")
        self.arrive(outsider, "Sign in")
        hand.open("/ecosystem/")
        hand.see("No organisations yet")
        hand.open(self.invitation, status=404)
        hand.open(f"{self.invitation}someone/", status=404)
        everything = self.mailbox.everything
        assert "Kreuzblick" not in everything.replace("kreuzblick.example", "")
