from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "hansa.web"
    label = "web"

    def ready(self) -> None:
        from hansa.web import navigation, sources

        navigation.BADGE_SOURCES[:] = [sources.waiting]
        navigation.PALETTE_SOURCES[:] = [sources.requests, sources.hubs]
