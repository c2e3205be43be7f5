"""From a client's need to a team that said yes.

A *need* is the client's problem; a *request* is that need being worked on by its *lead* hub. *Wants* are the activities
and competences it asks for. The *team* is the lead and the hubs picked to help; an *invitation* asks one of them.
The request is the spine: agreement and collaboration hang on it one to one, and its state says how far it is.
Front doors: ``queries``, ``operations``, ``policies``, ``states``.
"""
