"""Settings of the floor: Hansa's database, and what a new Django project starts with: its middleware, plain connections."""

from hansa.web.settings import *  # noqa: F403

INSTALLED_APPS = [
    "hansa.hubs",
    "hansa.foundation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "procrastinate.contrib.django",
]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "no_tasks"
PROCRASTINATE_IMPORT_PATHS: list[str] = []
SESSION_ENGINE = "django.contrib.sessions.backends.db"
ROOT_URLCONF = "bench.floor"
WSGI_APPLICATION = "bench.floor.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}}]
DATABASES = {"default": DATABASES["default"] | {"OPTIONS": {}}}  # noqa: F405
