"""All settings of Hansa, in one file. Every value that a machine may change is read through ``env``."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from hansa.web.environment import env
from hansa.web.secret import installation_secret

PACKAGE_DIR = Path(__file__).resolve().parent.parent
CHECKOUT_DIR = PACKAGE_DIR.parent.parent

VAR_DIR: Path = env("HANSA_VAR", Path, CHECKOUT_DIR / "var", "the folder for database, files, keys and mail")
DEBUG = env("HANSA_DEBUG", bool, False, "whether errors show their traceback in the browser")
# A demo installation shows its mail sink and its demo log-ins; a real one never does.
DEMO = env("HANSA_DEMO", bool, False, "whether this installation is a demo")
PORT = env("HANSA_PORT", int, 8000, "the port of the web server")
HOST = env("HANSA_HOST", str, "127.0.0.1", "the address the web server listens on")
# Browsers accept passkeys on http only for this name.
_LOCAL_NAME = "localhost" if HOST in {"127.0.0.1", "0.0.0.0", "::", "::1"} else HOST  # noqa: S104 - only compared
SITE_URL = env("HANSA_SITE_URL", str, f"http://{_LOCAL_NAME}:{PORT}", "the public address, used in mails")
WEB_PROCESSES = env("HANSA_WEB_PROCESSES", int, 1, "how many processes answer requests")
WEB_THREADS = env("HANSA_WEB_THREADS", int, 4, "how many requests each process answers at once")
WORKER_JOBS = env("HANSA_WORKER_JOBS", int, 2, "how many background jobs run at once")
CONTACT_EMAIL = env("HANSA_CONTACT", str, "", "the mail address shown on the help page")
FUNDING_LINE = env("HANSA_FUNDING_LINE", str, "", "a co-funding line for the foot of public pages, where one is due")
LANGUAGE_MODEL = env("HANSA_LANGUAGE_MODEL", bool, True, "whether texts are read with the language model")
NETWORK_NAME = env("HANSA_NETWORK_NAME", str, "Hansa", "the name of the network this installation serves")

SECRET_KEY = env("HANSA_SECRET_KEY", str, None, "the secret that signs sessions") or installation_secret(VAR_DIR)
ALLOWED_HOSTS = env(
    "HANSA_ALLOWED_HOSTS", list, ["localhost", "127.0.0.1", "[::1]", "testserver"], "allowed host names"
)
CSRF_TRUSTED_ORIGINS = env("HANSA_TRUSTED_ORIGINS", list, [], "origins allowed to post forms behind a proxy")
SECURE_COOKIES = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "hansa.web",
    "hansa.pulse",
    "hansa.exchange",
    "hansa.collaboration",
    "hansa.hubs",
    "hansa.foundation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hansa.web.middleware.compressed",
    "hansa.web.middleware.refuse_unreadable_input",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "hansa.web.access.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Deny by default: a view is for signed-in people unless it says login_not_required.
    "hansa.web.access.SignInRequired",
    "hansa.web.middleware.actor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "hansa.web.urls"
WSGI_APPLICATION = "hansa.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "hansa.web.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "hansa.web.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "hansa.web.widgets.Renderer"


def _database() -> dict:
    """Return the database settings: DATABASE_URL when given, else the embedded server."""
    url = env(
        "DATABASE_URL", str, "", "a PostgreSQL server (15 or newer), as postgresql://user:password@host:port/name"
    )
    # A health check would be a statement for every request; ``lost_connections`` notices a restart without one.
    common = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": False, "ATOMIC_REQUESTS": False}
    kept = env("HANSA_DB_PREPARE", bool, True, "whether the database keeps the plans of statements that come again")
    # The fifth time a statement comes, the connection asks the server to keep it.
    plans = {"server_side_binding": True, "prepare_threshold": 5} if kept else {}
    if not url:
        return {
            "ENGINE": "hansa.web.postgres",
            "NAME": env("HANSA_DB_NAME", str, "hansa", "the database name"),
            "OPTIONS": plans,
            **common,
        }
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name. Leave it out to use the embedded server."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(port or ""),
        # Such as sslmode, as PostgreSQL's own tools read them from the address.
        "OPTIONS": plans | options,
        **common,
    }


# Read by the embedded server; a folder with postgres, initdb, pg_ctl and psql.
POSTGRES_BIN = env("HANSA_PG_BIN", Path, None, "the program folder of PostgreSQL")
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}}}
SESSION_ENGINE = "hansa.web.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

# Accounts
AUTH_USER_MODEL = "hubs.User"
AUTHENTICATION_BACKENDS = ["hansa.hubs.people.accounts.SignInBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
CSRF_FAILURE_VIEW = "hansa.web.views.errors.not_signed_or_stale"
LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Addresses are typed by managers and proven by the first mailed link; allauth keeps no list of its own.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A mail tells of every change to password and second factors.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_ADAPTER = "hansa.hubs.people.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "hansa.hubs.people.forms.LoginForm",
    "reauthenticate": "hansa.hubs.people.forms.ReauthenticatePasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env("HANSA_PROXIES", int, 0, "how many proxies in front add X-Forwarded-For")
MFA_ADAPTER = "hansa.hubs.people.accounts.MFAAdapter"
MFA_FORMS = {
    "authenticate": "hansa.hubs.people.forms.AuthenticateForm",
    "reauthenticate": "hansa.hubs.people.forms.ReauthenticateForm",
    "activate_totp": "hansa.hubs.people.forms.ActivateTOTPForm",
    "add_webauthn": "hansa.hubs.people.forms.AddWebAuthnForm",
    "edit_webauthn": "hansa.hubs.people.forms.EditWebAuthnForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers accept passkeys on http only for localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE_COOKIES
MFA_TOTP_ISSUER = NETWORK_NAME

# Languages. "qps" is the right-to-left pseudo-locale of the tests; it is offered only when asked for.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German")), ("fr", _("French")), ("es", _("Spanish"))]
PSEUDO_LOCALE = env("HANSA_PSEUDO_LOCALE", bool, False, "whether the right-to-left pseudo-locale is offered")
LANGUAGES_BIDI = ["ar", "he", "fa", "ur", "qps"]
if PSEUDO_LOCALE:
    import django.conf.locale

    django.conf.locale.LANG_INFO["qps"] = {"bidi": True, "code": "qps", "name": "Pseudo", "name_local": "[Pseudo]"}
    LANGUAGES.append(("qps", "Pseudo"))
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [PACKAGE_DIR / "web" / "locale"]

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "files"
MEDIA_URL = ""
# Made at the first seal; every machine of an installation needs the same one.
SEAL_DIR: Path = env("HANSA_SEAL_DIR", Path, VAR_DIR / "keys" / "seal", "the folder of the seal's key")
TIMESTAMP_URL = env("HANSA_TIMESTAMP_URL", str, "", "a time-stamping authority (RFC 3161); without one, Hansa's own")
# Nobody is trusted by default: who signs with a certificate of an unknown issuer is said to.
TRUST_DIR: Path = env(
    "HANSA_TRUST_DIR",
    Path,
    VAR_DIR / "keys" / "trust",
    "a folder of certificates whose signatures and time stamps count",
)
STORAGES: dict[str, dict[str, Any]] = {
    # Other users of the machine read no documents of cases.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        if env("HANSA_HASHED_STATIC", bool, False, "whether static files carry a hash (make run sets it)")
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
MAX_DOCUMENT_BYTES = env("HANSA_MAX_DOCUMENT_MB", int, 25, "the largest file a user may attach, in MB") * 1_000_000
# Each uploaded file goes to one of them, if set; else files say "not scanned".
VIRUS_COMMAND = env("HANSA_VIRUS_COMMAND", str, "", "a command that reads a file from its input: 0 clean, 1 virus")
VIRUS_SOCKET = env("HANSA_VIRUS_SOCKET", str, "", "the socket of clamd")

# Mail
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env("HANSA_SMTP_HOST", str, "127.0.0.1", "the mail server")
EMAIL_PORT = env("HANSA_SMTP_PORT", int, PORT + 25, "the mail server's port (the demo's own sink by default)")
EMAIL_HOST_USER = env("HANSA_SMTP_USER", str, "", "the mail account")
EMAIL_HOST_PASSWORD = env("HANSA_SMTP_PASSWORD", str, "", "the mail account's password")
EMAIL_USE_TLS = env("HANSA_SMTP_TLS", bool, False, "whether to use STARTTLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("HANSA_MAIL_FROM", str, "Hansa <hansa@localhost>", "the sender of mails")
MAIL_SINK_DIR = VAR_DIR / "mail"

# Jobs: the worker knows the ``tasks`` of every corner.
PROCRASTINATE_IMPORT_PATHS = sorted(
    f"hansa.{path.parent.parent.name}.{path.parent.name}.tasks" for path in PACKAGE_DIR.glob("*/*/tasks.py")
)

# Content security: nothing inline, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A page that does not exist is the visitor's affair.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "psycopg.pool": {"level": "ERROR"},
        "hansa": {"level": env("HANSA_LOG_LEVEL", str, "INFO", "the log level of Hansa")},
    },
}
