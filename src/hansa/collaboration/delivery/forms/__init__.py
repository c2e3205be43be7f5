"""Forms of the delivery pages: they turn what is typed into clean values."""

from hansa.collaboration.delivery.forms.delivery import (
    ClosingForm,
    ConfirmForm,
    DocumentForm,
    FeedbackForm,
    MeasurementForm,
    ObjectionForm,
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
    "MeasurementForm",
    "MilestoneForm",
    "ObjectionForm",
    "PapersForm",
    "SecondmentForm",
    "TaskForm",
    "TimeForm",
]
