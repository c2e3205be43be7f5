"""The vocabularies that give every profile and need its meaning.

A *scheme* is one vocabulary in one version (services, ESCO skills, technologies, sectors, countries, ...). A *concept*
is an entry of it, with a stable URI. A *relation* links two concepts in SKOS terms. A *term* is a further wording.
Front doors: ``queries`` (lookups), ``operations`` (loading a version).
"""
