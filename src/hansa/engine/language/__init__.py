"""Text to language, sentences, vectors and concepts."""

from hansa.engine.language.concepts import LIMITS, ConceptIndex
from hansa.engine.language.detection import LANGUAGES, detect
from hansa.engine.language.encoder import (
    CachedEncoder,
    Encoder,
    HashingEncoder,
    ModelEncoder,
    RecentEncoder,
    load_encoder,
    reads_meaning,
)
from hansa.engine.language.linking import Link, Linker, Query, texts_to_link, without_languages
from hansa.engine.language.profiles import Ledger, Near, ProfileIndex, TextReader
from hansa.engine.language.sentences import parts, sentences
from hansa.engine.language.space import texts_to_encode, wordings_of
from hansa.engine.language.weighing import Weighing, weigh

__all__ = [
    "LANGUAGES",
    "LIMITS",
    "CachedEncoder",
    "ConceptIndex",
    "Encoder",
    "HashingEncoder",
    "Ledger",
    "Link",
    "Linker",
    "ModelEncoder",
    "Near",
    "ProfileIndex",
    "Query",
    "RecentEncoder",
    "TextReader",
    "Weighing",
    "detect",
    "load_encoder",
    "parts",
    "reads_meaning",
    "sentences",
    "texts_to_encode",
    "texts_to_link",
    "weigh",
    "without_languages",
    "wordings_of",
]
