"""Settings. What differs between installations comes from the environment (docs/guides/settings.md)."""

from __future__ import annotations

import base64
import logging
import os
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from telemachy.interfaces.common import logging as log_lines

PACKAGE = Path(__file__).resolve().parents[1]


#: Every name that is asked for below.
NAMES: set[str] = set()


def _text(name: str, default: str = "") -> str:
    NAMES.add(name)
    # A variable that is set to nothing, as containers hand on what nobody set, counts as not set.
    return os.environ.get(name, "").strip() or default


def _flag(name: str, default: bool = False) -> bool:
    value = _text(name, "1" if default else "0").lower()
    if value not in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return value in {"1", "true", "yes", "on"}


def _number(name: str, default: int) -> int:
    value = _text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def _list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in _text(name, default).split(",") if part.strip()]


# --- where things are ---------------------------------------------------------------------------

DATA_DIR = Path(_text("TELEMACHY_DATA_DIR") or "data").resolve()
# Compiled kernels go to the data directory, for the installation itself may be read-only.
os.environ.setdefault("NUMBA_CACHE_DIR", str(DATA_DIR / "compiled"))
DEBUG = _flag("TELEMACHY_DEBUG")
DEMO = _flag("TELEMACHY_DEMO")
BASE_URL = _text("TELEMACHY_BASE_URL", "http://localhost:8000").rstrip("/")
_host = urlsplit(BASE_URL).hostname or ""
if not BASE_URL.startswith(("https://", "http://")) or not _host:
    raise ImproperlyConfigured(
        f"TELEMACHY_BASE_URL must be like https://mentoring.example.org, not {BASE_URL!r}."
    )
_OWN_MACHINE = {"localhost", "127.0.0.1", "::1"}
SECRET_KEY = _text("TELEMACHY_SECRET_KEY")
if not SECRET_KEY:
    # Everybody can read the key below, so it serves on one's own machine only.
    if not (DEBUG or DEMO) or _host not in _OWN_MACHINE:
        raise ImproperlyConfigured(
            "Set TELEMACHY_SECRET_KEY to a long random text (see docs/guides/settings.md)."
        )
    SECRET_KEY = "only-for-demo-and-development-never-for-people"  # noqa: S105 - refused outside of demo and debug

#: 32 bytes in base64: the Ed25519 key that signs badges; none is handed out without it.
BADGE_KEY = _text("TELEMACHY_BADGE_KEY")
if not BADGE_KEY and (DEBUG or DEMO) and _host in _OWN_MACHINE:
    BADGE_KEY = "b25seS1mb3ItZGVtby1hbmQtZGV2ZWxvcG1lbnQtISE="
try:
    _is_key = not BADGE_KEY or len(base64.b64decode(BADGE_KEY)) == 32
except ValueError:
    _is_key = False
if not _is_key:
    raise ImproperlyConfigured("TELEMACHY_BADGE_KEY must be 32 bytes in base64.")
ALLOWED_HOSTS = _list("TELEMACHY_ALLOWED_HOSTS", f"{_host},localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [BASE_URL]


def _database(url: str) -> dict[str, object]:
    """Read sqlite:///path or postgresql://user:password@host:port/name?sslmode=... into Django's terms."""
    parts = urlsplit(url)
    try:
        port = parts.port or ""
    except ValueError as error:
        raise ImproperlyConfigured(f"The port in TELEMACHY_DATABASE_URL: {error}.") from error
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path.removeprefix("/")) or ":memory:",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 60,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                # Read from the system's own cache: a third off what many scattered rows cost.
                "PRAGMA mmap_size=268435456;",
            },
            "CONN_MAX_AGE": 600,
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": port,
            "OPTIONS": dict(parse_qsl(parts.query)),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured("TELEMACHY_DATABASE_URL must begin with sqlite:/// or postgresql://.")


DATABASES = {
    "default": _database(_text("TELEMACHY_DATABASE_URL") or f"sqlite:///{DATA_DIR / 'telemachy.sqlite3'}")
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Counts of attempts to sign in are kept here: a few hundred strangers must not push them out.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

# --- applications -------------------------------------------------------------------------------

INSTALLED_APPS = [
    "telemachy.apps.audit",
    "telemachy.apps.people",
    "telemachy.apps.knowledge",
    "telemachy.apps.programmes",
    "telemachy.apps.relationships",
    "telemachy.apps.practice",
    "telemachy.apps.supervision",
    "telemachy.apps.assist",
    "telemachy.apps.integrations",
    "telemachy.interfaces.common",
    "telemachy.interfaces.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_structlog",
    "django_tasks",
    "django_tasks_db",
    "django.forms",
]

MIDDLEWARE = [
    "telemachy.interfaces.common.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "telemachy.interfaces.common.health.HealthMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    # Answers /api/ itself: what follows is for pages.
    "telemachy.interfaces.api.middleware.ApiMiddleware",
    "telemachy.interfaces.mcp.middleware.McpMiddleware",
    "telemachy.interfaces.mcp.oauth_middleware.OAuthMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "telemachy.interfaces.common.middleware.PersonMiddleware",
    "telemachy.interfaces.common.ratelimit.WriteLimitMiddleware",
    "telemachy.interfaces.common.bodies.BodyLimitMiddleware",
    "telemachy.interfaces.common.middleware.PlainErrorsMiddleware",
]

ROOT_URLCONF = "telemachy.project.urls"
ASGI_APPLICATION = "telemachy.project.asgi.application"
WSGI_APPLICATION = "telemachy.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before allauth's own templates, so that its pages look like ours.
        "DIRS": [PACKAGE / "interfaces" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "telemachy.interfaces.web.context.shell",
            ],
            "builtins": ["telemachy.interfaces.web.templatetags.ui", "django.templatetags.i18n"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- people signing in --------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "telemachy.interfaces.common.accounts.InvitedOnly"
ACCOUNT_FORMS = {
    "login": "telemachy.interfaces.web.forms.accounts.SignIn",
    "reset_password": "telemachy.interfaces.web.forms.accounts.ForgottenPassword",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation reached the address, which proves it
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody can have us write to strangers
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
USERSESSIONS_TRACK_ACTIVITY = True

# --- security -----------------------------------------------------------------------------------

HTTPS = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = _number("TELEMACHY_HSTS_SECONDS", 0)
# What holds for other names of the domain is not for one of its installations to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_SSL_REDIRECT = HTTPS and _flag("TELEMACHY_SSL_REDIRECT")
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # load balancers ask in plain HTTP
BEHIND_PROXY = _flag("TELEMACHY_BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
RATELIMIT_IP_META_KEY = "telemachy.interfaces.common.ratelimit.client_address"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
WRITES_PER_MINUTE = _number("TELEMACHY_WRITES_PER_MINUTE", 120)
API_CALLS_PER_MINUTE = _number("TELEMACHY_API_CALLS_PER_MINUTE", 600)
AGENT_CALLS_PER_MINUTE = _number("TELEMACHY_AGENT_CALLS_PER_MINUTE", 60)
#: Hosts to which webhooks may be sent; none without this setting.
WEBHOOK_HOSTS = [host.lower() for host in _list("TELEMACHY_WEBHOOK_HOSTS")]
DOWNLOADS_PER_MINUTE = _number("TELEMACHY_DOWNLOADS_PER_MINUTE", 20)

# --- files --------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = Path(_text("TELEMACHY_STATIC_DIR") or DATA_DIR / "static")
MEDIA_ROOT = Path(_text("TELEMACHY_MEDIA_DIR") or DATA_DIR / "media")
MEDIA_URL = ""  # uploads are only ever served by a view that asks the policy
STORAGES = {
    "default": {"BACKEND": _text("TELEMACHY_STORAGE", "telemachy.interfaces.common.storage.WholeFiles")},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MAX_ATTACHMENT_BYTES = _number("TELEMACHY_MAX_ATTACHMENT_MB", 10) * 1024 * 1024
MAX_ROSTER_BYTES = _number("TELEMACHY_MAX_ROSTER_MB", 50) * 1024 * 1024
MAX_RECORDING_BYTES = _number("TELEMACHY_MAX_RECORDING_MB", 300) * 1024 * 1024
#: The most days that sound and words of a recorded conversation are kept, unless an organisation says less.
RECORDING_DAYS = _number("TELEMACHY_RECORDING_DAYS", 90)
#: Path of a function that turns sound into a transcript (supervision.actions.transcripts); "" for none.
TRANSCRIBER = _text("TELEMACHY_TRANSCRIBER")
#: For telemachy.interfaces.common.transcribers.command: {audio} stands for the file.
TRANSCRIBE_COMMAND = _text("TELEMACHY_TRANSCRIBE_COMMAND")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- language model: none unless it is named here (docs/guides/assist.md) ------------------------

#: "openai:NAME", "anthropic:NAME", or "compatible:NAME" for any address that speaks as OpenAI's does.
ASSIST_MODEL = _text("TELEMACHY_ASSIST_MODEL")
ASSIST_KEY = _text("TELEMACHY_ASSIST_KEY")
_services = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "compatible": "",
}
_service, _model = [*ASSIST_MODEL.split(":", 1), ""][:2]
ASSIST_URL = _text("TELEMACHY_ASSIST_URL") or _services.get(_service, "")
#: The one host that is ever called; "" for none.
ASSIST_HOST = (urlsplit(ASSIST_URL).hostname or "") if ASSIST_MODEL else ""
ASSIST_SECONDS = _number("TELEMACHY_ASSIST_SECONDS", 30)
if ASSIST_MODEL and (_service not in _services or not _model):
    raise ImproperlyConfigured("TELEMACHY_ASSIST_MODEL is openai:NAME, anthropic:NAME or compatible:NAME.")
if ASSIST_MODEL and not ASSIST_HOST:
    raise ImproperlyConfigured("TELEMACHY_ASSIST_URL must be the address of the language model.")
if ASSIST_MODEL and find_spec("pydantic_ai") is None:
    raise ImproperlyConfigured("TELEMACHY_ASSIST_MODEL needs the extra: install telemachy[assist].")

# --- language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "en"
#: Each by its own name: whoever looks for it may not read the others.
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [PACKAGE / "interfaces" / "web" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["telemachy.interfaces.web.formats"]

# --- mail and background work -------------------------------------------------------------------

EMAIL_BACKEND = _text("TELEMACHY_EMAIL_BACKEND") or (
    "django.core.mail.backends.smtp.EmailBackend"
    if _text("TELEMACHY_SMTP_HOST")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = _text("TELEMACHY_SMTP_HOST", "localhost")
EMAIL_PORT = _number("TELEMACHY_SMTP_PORT", 25)
EMAIL_HOST_USER = _text("TELEMACHY_SMTP_USER")
EMAIL_HOST_PASSWORD = _text("TELEMACHY_SMTP_PASSWORD")
# Port 465 is TLS from the first byte on (RFC 8314); STARTTLS is what every other port offers.
EMAIL_USE_SSL = _flag("TELEMACHY_SMTP_TLS") and EMAIL_PORT == 465
EMAIL_USE_TLS = _flag("TELEMACHY_SMTP_TLS") and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _text("TELEMACHY_MAIL_FROM", "Telemachy <telemachy@localhost>")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- log lines ----------------------------------------------------------------------------------

_level = _text("TELEMACHY_LOG_LEVEL", "INFO").upper()
if _level not in logging.getLevelNamesMapping():
    raise ImproperlyConfigured("TELEMACHY_LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.")
LOGGING = log_lines.configuration(as_json=not (DEBUG or DEMO), level=_level)

#: What the environment has for Telemachy, settings and slips of the pen.
GIVEN_NAMES = {name for name in os.environ if name.startswith("TELEMACHY_")}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
