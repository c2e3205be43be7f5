from django.apps import AppConfig
from django.core.signals import request_started


class WebConfig(AppConfig):
    name = "hansa.web"
    label = "web"

    def ready(self) -> None:
        from hansa.collaboration.aid import panels as aid
        from hansa.web import navigation, panels, sources
        from hansa.web.lost_connections import close_lost

        request_started.connect(close_lost)
        panels.PANELS["case"] = [aid.headroom]
        navigation.BADGE_SOURCES[:] = [sources.waiting]
        navigation.PALETTE_SOURCES[:] = [sources.requests, sources.hubs]
