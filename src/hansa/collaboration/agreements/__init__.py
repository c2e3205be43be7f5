"""The agreement between lead and partners: drafted, read, accepted, signed, sealed.

A *version* is one text with its hash. A *party* is a hub of the team; its *signatory* signs one version. A change of
the text makes a new version and voids earlier signatures. When the last party signs, the agreement is in force and its
*sealed file* is made. Front doors: ``operations`` (draft, revise, accept, sign, decline), ``queries``, ``policies``.
"""
