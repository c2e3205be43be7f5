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

from journeys.agreeing import Agreeing
from journeys.delivering import Delivering
from journeys.forming import Forming


class Story(Forming, Agreeing, Delivering):
    """The whole play, in its order."""

    def play(self) -> None:
        for act in (
            *(self.tell_the_need, self.confirm_the_reading, self.correct_the_reading, self.invite, self.answer),
            *(self.draft, self.sign_too_early, self.sign, self.take_the_sealed_file),
            *(self.deliver, self.confirm_the_results, self.close, self.read_the_numbers, self.look_from_outside),
        ):
            act()
