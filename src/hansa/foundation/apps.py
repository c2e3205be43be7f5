from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "hansa.foundation"
    label = "foundation"
