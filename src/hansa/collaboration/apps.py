from django.apps import AppConfig


class CollaborationConfig(AppConfig):
    name = "hansa.collaboration"
    label = "collaboration"
