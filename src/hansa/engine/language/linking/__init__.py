"""Terms and sentences to the concepts of a large vocabulary such as all of ESCO, best first."""

from hansa.engine.language.linking.linker import Link, Linker, Query
from hansa.engine.language.linking.wordings import texts_to_link, without_languages

__all__ = ["Link", "Linker", "Query", "texts_to_link", "without_languages"]
