"""Loading vocabularies, the only way they change."""

from hansa.hubs.taxonomy.operations.drafts import ConceptDraft, RelationDraft, SchemeDraft
from hansa.hubs.taxonomy.operations.encoding import encode, encode_texts, write_shipped
from hansa.hubs.taxonomy.operations.esco_files import load_esco
from hansa.hubs.taxonomy.operations.loading import LoadReport, ensure, load_scheme
from hansa.hubs.taxonomy.operations.nuts import load_nuts
from hansa.hubs.taxonomy.operations.refusals import CannotLoad

__all__ = [
    "CannotLoad",
    "ConceptDraft",
    "LoadReport",
    "RelationDraft",
    "SchemeDraft",
    "encode",
    "encode_texts",
    "ensure",
    "load_esco",
    "load_nuts",
    "load_scheme",
    "write_shipped",
]
