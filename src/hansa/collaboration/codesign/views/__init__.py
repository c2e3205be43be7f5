"""The pages of a new service: proposing it, its canvas, its launch."""
