"""The pages of a request, from the public form to the answers."""
