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
from hansa.collaboration.delivery.forms.handing_over import (
    AnswerForm,
    ChangeAnswerForm,
    ChangeForm,
    DeliverableForm,
    FollowUpForm,
    HandoverForm,
    IncidentForm,
)
from hansa.collaboration.delivery.forms.outcome import InvestmentForm, MaturityForm
from hansa.collaboration.delivery.forms.plan import DecisionForm, MilestoneForm, TimeForm
from hansa.collaboration.delivery.forms.stories import LessonForm, StoryAnswerForm, StoryForm

__all__ = [
    "AnswerForm",
    "BookingForm",
    "ChangeAnswerForm",
    "ChangeForm",
    "ClosingForm",
    "ConfirmForm",
    "DecisionForm",
    "DeliverableForm",
    "DocumentForm",
    "FeedbackForm",
    "FollowUpForm",
    "HandoverForm",
    "IncidentForm",
    "InvestmentForm",
    "LessonForm",
    "MaturityForm",
    "MeasurementForm",
    "MilestoneForm",
    "ObjectionForm",
    "PapersForm",
    "SecondmentForm",
    "StoryAnswerForm",
    "StoryForm",
    "TaskForm",
    "TimeForm",
]
