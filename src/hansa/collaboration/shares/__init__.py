"""What a case costs, brings and risks each hub: estimated before, counted after; and which split of the fees is fair.

An *estimate* is what a hub expects of one point of its role; an *expense* what it spent besides hours. A hub sees its own
amounts; the others see sums it *releases*. Front doors: ``operations``, ``queries``, ``policies``, ``states``.
"""
