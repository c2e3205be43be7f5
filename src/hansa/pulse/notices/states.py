"""Who is told what when something happens: one table, from the activity's verb to the words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Side(Enum):
    """Whom a telling is for."""

    LEAD = "lead"
    INVITED = "invited"
    PARTIES = "parties"  # every hub the activity concerns, but the one that acted
    OTHERS = "others"  # every hub the activity concerns, but the lead and the one that acted
    TURN = "turn"  # the hubs whose turn it is now
    CLIENT = "client"
    OWNER = "owner"
    STEWARDS = "stewards"  # of the network, where the invited hub has nobody who could answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One notice: for whom, in which words, leading where. ``needs_act`` sends a mail at once.

    ``subject`` and ``body`` may use %(lead)s (the lead hub's name) and %(actor)s; for the lead and the client also
    %(title)s, for stewards %(hub)s. Partners never read the title of a case in a mail: it holds the client's own words.
    """

    side: Side
    subject: Any
    body: Any
    path: str
    needs_act: bool = False


# What a hub is told also when it may no longer read of the case. Nothing of the client stands in it.
SAYS_IT_IS_OVER = frozenset(
    {"authorisation.withdrawn", "request.cancelled", "invitation.withdrawn", "deletion.reminded"}
)

_CASE = "/requests/{ref}/"
_INVITING = "/requests/{ref}/invite/"
_AGREEMENT = "/requests/{ref}/agreement/"
_DELIVERY = "/requests/{ref}/delivery/"
_TALK = "/requests/{ref}/agreement/talk/"
_STEPS = "/requests/{ref}/steps/"
_CANVAS = "/requests/{ref}/canvas/"
_LAUNCH = "/requests/{ref}/launch/"
_INVITATION = "/invitations/{invitation}/"
_ASK = "/requests/{ref}/partner-request/"
_ANSWERS = "/requests/{ref}/answers/"
_TOGETHER = "/requests/{ref}/together/"

TELLINGS: dict[str, tuple[Telling, ...]] = {
    "request.stated": (
        Telling(side=Side.LEAD, subject=_("New need: %(title)s"), body=_("A client has told your hub what it wants to solve. Check what we understood, then see who can help."), path=_CASE, needs_act=True),
    ),
    "request.asked": (
        Telling(side=Side.CLIENT, subject=_("%(lead)s has a question about your request"), body=_("Your hub needs a word from you to go on."), path=_CASE, needs_act=True),
    ),
    "request.answered": (
        Telling(side=Side.LEAD, subject=_("Your client answered: %(title)s"), body=_("Read the answer and go on."), path=_CASE, needs_act=True),
    ),
    "request.understood": (
        Telling(side=Side.LEAD, subject=_("Your client confirmed the need: %(title)s"), body=_("The client says that the need is understood."), path=_CASE),
    ),
    "request.cancelled": (
        Telling(side=Side.OTHERS, subject=_("%(lead)s has ended a request"), body=_("Your hub has nothing more to do for it."), path="/today/", needs_act=True),
        Telling(side=Side.CLIENT, subject=_("Your request was ended: %(title)s"), body=_("Your hub has ended work on it. You find the reason on the page."), path=_CASE, needs_act=True),
    ),
    "invitation.sent": (
        Telling(side=Side.INVITED, subject=_("%(lead)s invites your hub to deliver together"), body=_("Read what is asked, how much work it is and by when to answer. The client is not named yet."), path=_INVITATION, needs_act=True),
        Telling(side=Side.STEWARDS, subject=_("%(hub)s is invited, and nobody of it is here yet"), body=_("%(lead)s would like to work with this hub. Find out who manages it, and invite that person."), path="/hubs/{hub}/people/", needs_act=True),
    ),
    "invitation.asked": (
        Telling(side=Side.PARTIES, subject=_("A question about an invitation"), body=_("%(actor)s wrote about an invitation. An answer keeps things moving."), path=_INVITATION, needs_act=True),
    ),
    "invitation.accepted": (
        Telling(side=Side.LEAD, subject=_("A hub said yes: %(title)s"), body=_("One of the hubs you invited is interested."), path=_INVITING, needs_act=True),
    ),
    "invitation.declined": (
        Telling(side=Side.LEAD, subject=_("A hub said not now: %(title)s"), body=_("One of the hubs you invited cannot join. Its reason is on the page, and so are the next best hubs."), path=_INVITING, needs_act=True),
    ),
    "invitation.withdrawn": (
        Telling(side=Side.INVITED, subject=_("%(lead)s has taken an invitation back"), body=_("Your hub has nothing more to do for it."), path="/today/"),
    ),
    "canvas.reopened": (
        Telling(side=Side.PARTIES, subject=_("The canvas of a new service changed"), body=_("%(actor)s changed it, so your agreement to it no longer counts. Read the change and agree again."), path=_CANVAS, needs_act=True),
    ),
    "canvas.commented": (
        Telling(side=Side.PARTIES, subject=_("A comment on the canvas of a new service"), body=_("%(actor)s wrote about a section."), path=_CANVAS),
    ),
    "canvas.settled": (
        Telling(side=Side.LEAD, subject=_("All hubs agree to the canvas: %(title)s"), body=_("Draft the agreement. It takes over what stands on the canvas."), path=_CANVAS, needs_act=True),
        Telling(side=Side.OTHERS, subject=_("All hubs agree to the canvas of a new service"), body=_("%(lead)s drafts the agreement next."), path=_CANVAS),
    ),
    "launch.begun": (
        Telling(side=Side.PARTIES, subject=_("The launch of a new service has begun"), body=_("The development is done. Put your hub's own version into your catalogue."), path=_LAUNCH, needs_act=True),
    ),
    "service.launched": (
        Telling(side=Side.PARTIES, subject=_("A hub launched its version of your service"), body=_("%(actor)s put it into the catalogue of its hub."), path=_LAUNCH),
    ),
    "collaboration.stopped": (
        Telling(side=Side.OTHERS, subject=_("A case was ended early"), body=_("It was decided at a milestone to stop. Who bears which costs stands on the page of the plan."), path=_DELIVERY + "plan/"),
        Telling(side=Side.CLIENT, subject=_("Your case was ended early: %(title)s"), body=_("It was decided at a milestone to stop. The reason stands on the page."), path=_DELIVERY + "plan/", needs_act=True),
    ),
    "authorisation.withdrawn": (
        Telling(side=Side.LEAD, subject=_("Your client withdrew its permission to share: %(title)s"), body=_("Nothing more about this request leaves your hub. Ask the hubs that read it to delete what they kept."), path=_CASE, needs_act=True),
        Telling(side=Side.OTHERS, subject=_("A client withdrew its permission to share"), body=_("Please delete what your hub kept of the request of %(lead)s that you were shown, and say so on the page."), path="/deletions/", needs_act=True),
    ),
    "partner_request.prepared": (
        Telling(side=Side.CLIENT, subject=_("May your hub ask others: %(title)s"), body=_("%(lead)s has written a request to other hubs. Read it, and say whether it may leave your hub."), path=_ASK, needs_act=True),
    ),
    "partner_request.agreed": (
        Telling(side=Side.LEAD, subject=_("Your client agreed to the partner request: %(title)s"), body=_("The reviewer of your hub reads it once more and releases it."), path=_ASK, needs_act=True),
    ),
    "partner_request.reminded": (
        Telling(side=Side.INVITED, subject=_("%(lead)s still hopes that your hub knows somebody"), body=_("Search your ecosystem, or say not now. Either helps."), path=_INVITATION, needs_act=True),
    ),
    "partner_request.expiring": (
        Telling(side=Side.LEAD, subject=_("A partner request ends soon: %(title)s"), body=_("After that day hubs see nothing of it any more. Decide on the answers, or prepare another one."), path=_ANSWERS, needs_act=True),
    ),
    "partner_request.ended": (
        Telling(side=Side.LEAD, subject=_("A partner request has ended: %(title)s"), body=_("Hubs that had not been taken up see nothing of it any more."), path=_ASK),
        Telling(side=Side.OTHERS, subject=_("%(lead)s has ended a partner request"), body=_("Please delete what your hub kept of it, and say so on the page."), path="/deletions/", needs_act=True),
    ),
    "match.suggested": (
        Telling(side=Side.LEAD, subject=_("A hub knows somebody: %(title)s"), body=_("Read what it says of its organisation, and take it up or not."), path=_ANSWERS, needs_act=True),
    ),
    "match.refused": (
        Telling(side=Side.OTHERS, subject=_("An organisation would rather not be suggested"), body=_("Nothing about it was shown. You may suggest somebody else."), path=_INVITATION),
    ),
    "match.taken": (
        Telling(side=Side.INVITED, subject=_("%(lead)s takes up your suggestion"), body=_("Next the hubs sign how both sides are named. The lead drafts the agreement."), path=_INVITATION),
    ),
    "match.declined": (
        Telling(side=Side.INVITED, subject=_("%(lead)s does not take up your suggestion"), body=_("The reason is on the page. You may suggest somebody else."), path=_INVITATION),
    ),
    "match.unauthorised": (
        Telling(side=Side.LEAD, subject=_("A match no longer agrees to be shown: %(title)s"), body=_("Please delete what your hub kept of it, and say so on the page."), path="/deletions/", needs_act=True),
    ),
    "meeting.arranged": (
        Telling(side=Side.PARTIES, subject=_("A meeting of both sides is arranged"), body=_("Day, time and talking points are on the page."), path=_TOGETHER, needs_act=True),
        Telling(side=Side.CLIENT, subject=_("You are to meet: %(title)s"), body=_("Day, time and talking points are on the page, with a file for your calendar."), path=_TOGETHER, needs_act=True),
    ),
    "agreement.drafted": (
        Telling(side=Side.PARTIES, subject=_("%(lead)s has drafted an agreement with your hub"), body=_("Read it, accept it, or suggest another wording."), path=_AGREEMENT, needs_act=True),
    ),
    "agreement.revised": (
        Telling(side=Side.PARTIES, subject=_("The text of an agreement changed"), body=_("%(actor)s changed the text. Earlier signatures no longer count. Please read the changes."), path=_AGREEMENT, needs_act=True),
    ),
    "agreement.declined": (
        Telling(side=Side.LEAD, subject=_("A hub declined the agreement: %(title)s"), body=_("Its reason is on the page."), path=_AGREEMENT, needs_act=True),
    ),
    "request.moved/ready": (
        Telling(side=Side.TURN, subject=_("An agreement is ready to be signed"), body=_("Every party accepted the text. Your hub's signature is needed."), path=_AGREEMENT, needs_act=True),
    ),
    "agreement.signature_withdrawn": (
        Telling(side=Side.PARTIES, subject=_("A signature was taken back"), body=_("%(actor)s took the signature of its hub back. The agreement waits for it again."), path=_AGREEMENT, needs_act=True),
    ),
    "agreement.round_over": (
        Telling(side=Side.LEAD, subject=_("The last day to sign has passed: %(title)s"), body=_("Not every party has signed. Set a new last day, or change the text."), path=_AGREEMENT, needs_act=True),
        Telling(side=Side.OTHERS, subject=_("The last day to sign has passed"), body=_("Nobody can sign until the lead hub sets a new day."), path=_AGREEMENT),
    ),
    "agreement.upload_refused": (
        Telling(side=Side.TURN, subject=_("A signed file was refused"), body=_("The reason is on the page. Nothing is lost: the file can be sent again."), path=_AGREEMENT, needs_act=True),
    ),
    "agreement.in_force": (
        Telling(side=Side.PARTIES, subject=_("An agreement is in force"), body=_("Every party has signed. Work can start."), path=_AGREEMENT),
    ),
    "collaboration.started": (
        Telling(side=Side.PARTIES, subject=_("A collaboration has started"), body=_("The tasks and targets are set up. Look at what your hub has to do."), path=_DELIVERY, needs_act=True),
        Telling(side=Side.CLIENT, subject=_("Work on your request has started: %(title)s"), body=_("%(lead)s remains your only contact."), path=_DELIVERY),
    ),
    "task.added": (
        Telling(side=Side.OWNER, subject=_("You have a new task"), body=_("%(actor)s gave you a task."), path=_DELIVERY, needs_act=True),
    ),
    "document.added": (
        Telling(side=Side.CLIENT, subject=_("A new file for you: %(title)s"), body=_("Your hubs added a file to your case."), path=_DELIVERY),
    ),
    "milestone.set": (
        Telling(side=Side.PARTIES, subject=_("A new milestone"), body=_("%(actor)s set a milestone at which it is decided whether the work goes on."), path=f"{_DELIVERY}plan/"),
        Telling(side=Side.CLIENT, subject=_("A new milestone: %(title)s"), body=_("At a milestone it is decided whether the work goes on."), path=f"{_DELIVERY}plan/"),
    ),
    "milestone.decided": (
        Telling(side=Side.PARTIES, subject=_("A milestone was decided"), body=_("Read whether the work goes on, changes or stops."), path=f"{_DELIVERY}plan/"),
    ),
    "deliverable.handed_over": (
        Telling(side=Side.CLIENT, subject=_("Please look at a deliverable: %(title)s"), body=_("Accept it, or send it back and say what is missing."), path=f"{_DELIVERY}plan/", needs_act=True),
    ),
    "deliverable.sent_back": (
        Telling(side=Side.PARTIES, subject=_("A deliverable was sent back"), body=_("Read what is missing, and hand it over again."), path=f"{_DELIVERY}plan/", needs_act=True),
    ),
    "change.proposed": (
        Telling(side=Side.PARTIES, subject=_("A change of scope waits for your answer"), body=_("It stands once every hub of the team agrees."), path=f"{_DELIVERY}changes/", needs_act=True),
    ),
    "incident.reported": (
        Telling(side=Side.PARTIES, subject=_("Something went wrong in a case"), body=_("Read what happened and what is done about it."), path=f"{_DELIVERY}changes/"),
    ),
    "booking.made": (
        Telling(side=Side.INVITED, subject=_("A facility of your hub is booked"), body=_("Confirm the time, or cancel it."), path=f"{_DELIVERY}facilities/", needs_act=True),
    ),
    "story.asked": (
        Telling(side=Side.CLIENT, subject=_("May we tell others about this: %(title)s"), body=_("Read the story. Nothing is published without your word."), path=f"{_DELIVERY}closing/", needs_act=True),
    ),
    "results.reported": (
        Telling(side=Side.CLIENT, subject=_("Please confirm the results: %(title)s"), body=_("%(lead)s says the work is done. Look at the numbers and files, and say whether they are right."), path=_DELIVERY, needs_act=True),
    ),
    "results.confirmed": (
        Telling(side=Side.LEAD, subject=_("Your client confirmed the results: %(title)s"), body=_("Give feedback and close the case, so that its numbers count."), path=_DELIVERY, needs_act=True),
        Telling(side=Side.OTHERS, subject=_("The client confirmed the results"), body=_("The lead closes the case next. Your feedback is welcome."), path=_DELIVERY),
    ),
    "results.disputed": (
        Telling(side=Side.PARTIES, subject=_("The client sent the results back"), body=_("What is missing stands on the page."), path=_DELIVERY, needs_act=True),
    ),
    "collaboration.closed": (
        Telling(side=Side.OTHERS, subject=_("A case is closed"), body=_("Its numbers are on your results page."), path="/results/"),
        Telling(side=Side.CLIENT, subject=_("Your case is closed: %(title)s"), body=_("Thank you. The files and numbers stay on this page."), path=_DELIVERY),
    ),
    "clause.suggested": (
        Telling(side=Side.PARTIES, subject=_("A suggestion for a clause of an agreement"), body=_("%(actor)s suggests other words. Take them up, or say why the clause should stay."), path=_TALK, needs_act=True),
    ),
    "clause.kept": (
        Telling(side=Side.PARTIES, subject=_("A suggestion was not taken up"), body=_("%(actor)s says why on the page."), path=_TALK),
    ),
    "clause.commented": (
        Telling(side=Side.PARTIES, subject=_("A comment on a clause"), body=_("%(actor)s wrote about a clause of an agreement."), path=_TALK),
    ),
    "step.done": (
        Telling(side=Side.LEAD, subject=_("A step is done: %(title)s"), body=_("Everybody has answered. What waited for it can go on."), path=_STEPS),
    ),
}  # fmt: skip

# The same where the case is the lead's own idea, in other words.
IDEA_TELLINGS: dict[str, tuple[Telling, ...]] = {
    "invitation.sent": (
        Telling(side=Side.INVITED, subject=_("%(lead)s invites your hub to develop a service together"), body=_("Read the idea and what your hub is asked for. Who is interested writes the canvas of the service with the others."), path=_INVITATION, needs_act=True),
        Telling(side=Side.STEWARDS, subject=_("%(hub)s is invited, and nobody of it is here yet"), body=_("%(lead)s would like to work with this hub. Find out who manages it, and invite that person."), path="/hubs/{hub}/people/", needs_act=True),
    ),
    "invitation.accepted": (
        Telling(side=Side.LEAD, subject=_("A hub said yes: %(title)s"), body=_("Write the canvas of the service together."), path=_CANVAS, needs_act=True),
    ),
    "collaboration.started": (
        Telling(side=Side.PARTIES, subject=_("The development of a new service has started"), body=_("The tasks, milestones and targets are set up. Look at what your hub has to do."), path=_DELIVERY, needs_act=True),
    ),
    "collaboration.closed": (
        Telling(side=Side.OTHERS, subject=_("The case of a new service is closed"), body=_("You can still launch your version and count its uptake."), path=_LAUNCH),
    ),
}  # fmt: skip
