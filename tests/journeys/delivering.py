"""From the first task to the numbers, and who must not see them: scenes 10 to 14."""

from __future__ import annotations

import re

from journeys.company import JONAS, LUCIA, METTE, STEFAN, Company
from journeys.hands import Hand


class Delivering(Company):
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
        for name in lucia.buttons("Save the measurement"):
            self._log(lucia, name.removeprefix("Save the measurement").strip())
        lucia.look("delivery-with-results")

    def _log(self, lucia: Hand, kpi: str) -> None:
        lucia.fill("Value", "9", within=f"Record a measurement: {kpi}")
        lucia.fill("How it was measured", "Counted on the line", within=f"Record a measurement: {kpi}")
        lucia.press(f"Save the measurement {kpi}")
        lucia.see("Measurement saved.")

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
        stefan.see("Joint deliveries closed")
        self.see_no_client(stefan)
        for page in ("", "shortlist/", "agreement/", "agreement/file/", "delivery/"):
            stefan.open(f"/requests/{self.case}/{page}", status=404)
