"""Steps that a steward added to a scenario, worked on in a running case.

A *general step* asks for a form, a document, an approval or a meeting; the page of steps knows nothing of what it is about.
What is done is told to the request, whose moves wait for it. Also here: how long each step takes in the network.
Front doors: ``queries``, ``operations``, ``policies``.
"""
