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
from hansa.collaboration.delivery.forms.plan import DecisionForm, MilestoneForm, TimeForm

__all__ = [
    "ClosingForm",
    "ConfirmForm",
    "DecisionForm",
    "DocumentForm",
    "FeedbackForm",
    "MilestoneForm",
    "ObjectionForm",
    "ResultForm",
    "TaskForm",
    "TimeForm",
]
