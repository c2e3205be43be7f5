"""A new service, from the canvas that its hubs write together to its uptake in each ecosystem.

The *canvas* describes the service in sections; every hub of the team writes in it, and agrees to it as it stands. After
development each hub *launches* its own version, an offer of its profile marked as made together; *uptake* counts how
often each version is delivered. The case itself is partnering's.
Front doors: ``queries``, ``operations``, ``policies``, ``states``.
"""
