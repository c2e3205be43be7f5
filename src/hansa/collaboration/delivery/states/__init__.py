"""Choices, clocks and formulas; pure."""

from hansa.collaboration.delivery.states.choices import (
    Better,
    BookingState,
    ChangeState,
    Decision,
    FeedbackFrom,
    HandoverState,
    InvestmentKind,
    LessonKind,
    Moment,
    Scan,
    StoryState,
)
from hansa.collaboration.delivery.states.files import clean_name, content_problem, name_problem
from hansa.collaboration.delivery.states.maturity import Dimension, Instrument, Question
from hansa.collaboration.delivery.states.measures import COUNTED, MEASURES, Event, is_computed, measured
from hansa.collaboration.delivery.states.zones import MORE_ZONES, ZONES

__all__ = [
    "COUNTED",
    "MEASURES",
    "MORE_ZONES",
    "ZONES",
    "Better",
    "BookingState",
    "ChangeState",
    "Decision",
    "Dimension",
    "Event",
    "FeedbackFrom",
    "HandoverState",
    "Instrument",
    "InvestmentKind",
    "LessonKind",
    "Moment",
    "Question",
    "Scan",
    "StoryState",
    "clean_name",
    "content_problem",
    "is_computed",
    "measured",
    "name_problem",
]
