from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "hansa.exchange"
    label = "exchange"
