"""Removal of the demo network's part in this corner."""

from hansa.collaboration.matchmaking.models import Match, MatchDisclosure, Outcome


def forget_demo() -> None:
    """Delete the matches of demo requests with what was shown of them, and the files of their outcomes."""
    for outcome in Outcome.objects.filter(match__request__is_demo=True).exclude(file=""):
        outcome.file.delete(save=False)
    MatchDisclosure.objects.filter(match__request__is_demo=True).delete()
    Match.objects.filter(request__is_demo=True).delete()
