from django.apps import AppConfig
from django.core.signals import request_started


class WebConfig(AppConfig):
    name = "hansa.web"
    label = "web"

    def ready(self) -> None:
        from hansa.web import navigation, sources
        from hansa.web.lost_connections import close_lost

        request_started.connect(close_lost)
        navigation.BADGE_SOURCES[:] = [sources.waiting]
        navigation.PALETTE_SOURCES[:] = [sources.requests, sources.hubs]
