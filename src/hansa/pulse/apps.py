from django.apps import AppConfig


class PulseConfig(AppConfig):
    name = "hansa.pulse"
    label = "pulse"
