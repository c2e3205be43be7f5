"""From a partner request to two organisations that met.

A *partner request* goes from the lead to hubs of the network. A hub that knows somebody suggests a *match*: an
organisation of its own ecosystem, which agrees before it is named. Both sides are named step by step, through the
consent gate of ``partnering``. The hubs bring them together; what came of it is the *outcome*, and stands in the
*register* of agreements reached. Front doors: ``queries``, ``operations``, ``policies``, ``states``.
"""
