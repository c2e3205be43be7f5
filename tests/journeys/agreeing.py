"""From the draft to the sealed file: scenes 6 to 9."""

from __future__ import annotations

import re
import time

from accounts import app_code
from journeys.company import JONAS, LUCIA, METTE, Company
from journeys.hands import Hand
from journeys.sealed_file import faults_of


class Agreeing(Company):
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
        # What her hub chose last time stands there already.
        months = int(lucia.value("Months of protection"))
        lucia.fill("Months of protection", str(months + 1))
        lucia.fill("Why", "Our board wants a month more.")
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
        secret = self._set_up_the_app(mette)
        self.page(METTE, "agreement/")
        mette.fill("Your function", "Manager")
        mette.fill("Code", app_code(secret, time.time(), steps=1))
        mette.tick("I have read")
        mette.press("Sign version 3")
        mette.see("In force since", "Every party has signed.")

    def _set_up_the_app(self, mette: Hand) -> str:
        mette.open("/account/2fa/totp/activate/")
        mette.look("authenticator-app")
        # Every visit makes a new secret.
        mette.open("/account/2fa/totp/activate/")
        secret = re.search(r"\b[A-Z2-7]{32}\b", mette.read())[0]
        mette.fill("Code", app_code(secret, time.time()))
        mette.press("Set up")
        mette.see("recovery codes")
        mette.look("recovery-codes")
        return secret

    def take_the_sealed_file(self) -> None:
        mette = self.page(METTE, "agreement/")
        mette.look("agreement-in-force")
        sealed = mette.download("Sealed PDF")
        mette.follow("Check the seal")
        mette.see("The file holds")
        faults = faults_of(sealed, authority=mette.download("Certificate of the seal authority"), case=self.case)
        assert faults == []
        mette.look("check-the-seal")
