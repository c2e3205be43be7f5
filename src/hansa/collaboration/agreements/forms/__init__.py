"""Forms of the agreement: terms, wordings, answers, signatures."""

from hansa.collaboration.agreements.forms.answers import (
    ChangeForm,
    CheckForm,
    ClauseForm,
    DeclineForm,
    SignatoryForm,
    SignForm,
)
from hansa.collaboration.agreements.forms.terms import TermsForm

__all__ = ["ChangeForm", "CheckForm", "ClauseForm", "DeclineForm", "SignForm", "SignatoryForm", "TermsForm"]
