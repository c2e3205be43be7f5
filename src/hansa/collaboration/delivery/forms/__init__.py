"""Forms of the delivery pages: they turn what is typed into clean values."""

from hansa.collaboration.delivery.forms.delivery import (
    ClosingForm,
    ConfirmForm,
    DocumentForm,
    FeedbackForm,
    ObjectionForm,
    ResultForm,
    TaskForm,
)
from hansa.collaboration.delivery.forms.exchange import BookingForm, PapersForm, SecondmentForm
from hansa.collaboration.delivery.forms.plan import DecisionForm, MilestoneForm, TimeForm

__all__ = [
    "BookingForm",
    "ClosingForm",
    "ConfirmForm",
    "DecisionForm",
    "DocumentForm",
    "FeedbackForm",
    "MilestoneForm",
    "ObjectionForm",
    "PapersForm",
    "ResultForm",
    "SecondmentForm",
    "TaskForm",
    "TimeForm",
]
