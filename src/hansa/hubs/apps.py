from django.apps import AppConfig


class HubsConfig(AppConfig):
    name = "hansa.hubs"
    label = "hubs"
