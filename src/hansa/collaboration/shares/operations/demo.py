"""Removal of the demo network's part in this corner."""

from hansa.collaboration.shares.models import Estimate, Expense, Release


def forget_demo() -> None:
    """Delete estimates, expenses with their receipts, and releases of demo requests."""
    for expense in Expense.objects.filter(collaboration__request__is_demo=True).exclude(file=""):
        expense.file.delete(save=False)
    Expense.objects.filter(collaboration__request__is_demo=True).delete()
    Estimate.objects.filter(request__is_demo=True).delete()
    Release.objects.filter(request__is_demo=True).delete()
