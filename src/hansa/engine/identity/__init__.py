"""Same organisation or not: which records mean one, with the evidence weighed and said.

Front doors: ``find_duplicates`` for many records, ``compare`` for two. Evidence adds up as log-odds; what is rare in the
data tells more; another VAT number, PIC or country forbids a merge; shared domains prove nothing.
"""

from hansa.engine.identity.answer import Evidence, IdentityAnswer, Pair, Split, Verdict
from hansa.engine.identity.record import Record, Thresholds
from hansa.engine.identity.search import compare, find_duplicates

__all__ = [
    "Evidence",
    "IdentityAnswer",
    "Pair",
    "Record",
    "Split",
    "Thresholds",
    "Verdict",
    "compare",
    "find_duplicates",
]
