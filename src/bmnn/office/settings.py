"""Settings of the site: safe by default, no outgoing connection, everything in one data folder.

The data folder comes from the environment variable BMNN_DATA (`bmnn … --data`); it holds the database, the
secret key, the server's signing key, backups' public keys and the checkpoints. PostgreSQL is chosen by
BMNN_PG (a libpq connection string); everything else is SQLite with the settings of `core.database`.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

from csp.constants import NONE, SELF

from bmnn.office.core.database import SQLITE_OPTIONS, postgres
from bmnn.office.core.datafolder import data_folder, secret_key

TESTING = "pytest" in sys.modules
DATA = data_folder()
SECRET_KEY = "khóa chỉ dùng khi chạy thử" if TESTING else secret_key(DATA)
DEBUG = False
ALLOWED_HOSTS = [
    h.strip() for h in os.environ.get("BMNN_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if h.strip()
]
# The test client's host name; never allowed in a real run.
ALLOWED_HOSTS += ["testserver"] if TESTING else []

_ROOMS = ("core", "records", "people", "equipment", "guidance", "oversight", "reporting", "web")


def _is_app(room: str) -> bool:
    """A room is an application once it declares itself in apps.py."""
    return importlib.util.find_spec(f"bmnn.office.{room}.apps") is not None


INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "axes",
    *(f"bmnn.office.{room}" for room in _ROOMS if _is_app(room)),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "bmnn.office.core.middleware.NoStore",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bmnn.office.core.middleware.SessionLimits",
    "bmnn.office.core.middleware.OwnPassword",
    "bmnn.office.core.middleware.InWords",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "bmnn.office.web.middleware.PageForWrongMethod",
]

ROOT_URLCONF = "bmnn.office.urls"
WSGI_APPLICATION = "bmnn.office.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                *(
                    ["bmnn.office.web.context.page"]
                    if _is_app("web") and (Path(__file__).parent / "web" / "context.py").exists()
                    else []
                ),
            ]
        },
    }
]

if os.environ.get("BMNN_PG"):
    DATABASES = {"default": postgres(os.environ["BMNN_PG"])}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            # `bmnn verify` works on a snapshot of the database, so that nobody has to wait for it.
            "NAME": os.environ.get("BMNN_DB") or DATA / "bmnn.sqlite3",
            "ATOMIC_REQUESTS": False,
            "OPTIONS": SQLITE_OPTIONS,
            "TEST": {"NAME": os.environ.get("BMNN_TEST_DB", ":memory:")},
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "bmnn.office.core.lockout.ManyAddresses",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    # The cost of Argon2id is for attackers; the tests that need the real hasher ask for it by name.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "bmnn.office.core.validators.Predictable"},
]
LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/dang-nhap/"

# Five wrong passwords lock the pair of name and address; a colleague elsewhere cannot lock one out.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# And a slower lock on the name alone (core.lockout): so many failures from all addresses within the hour.
SLOW_LOCK_FAILURES, SLOW_LOCK_SECONDS = 20, 3600
AXES_LOCKOUT_TEMPLATE = (
    "web/khoa.html" if (Path(__file__).parent / "web/templates/web/khoa.html").exists() else None
)
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_HTTP_RESPONSE_CODE = 429
AXES_SENSITIVE_PARAMETERS = ["password"]

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_SECONDS = 15 * 60
SESSION_ABSOLUTE_SECONDS = 8 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "bmnn.office.web.errors.csrf"
# On 127.0.0.1 there is no TLS; behind the LAN server's TLS set BMNN_TLS=1 and the cookies take the __Host-
# prefix.
_TLS = os.environ.get("BMNN_TLS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _TLS
SESSION_COOKIE_NAME = "__Host-bmnn" if _TLS else "bmnn"
CSRF_COOKIE_NAME = "__Host-bmnn-csrf" if _TLS else "bmnn-csrf"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _TLS else None

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
# An upload is spooled inside the data folder (an encrypted disk), never in the shared temporary folder.
FILE_UPLOAD_TEMP_DIR = DATA / "tmp" if (DATA / "tmp").is_dir() else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "d/m/Y"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = None  # served from the packages by WHITENOISE_USE_FINDERS, nothing is collected
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"err": {"class": "logging.StreamHandler"}, "none": {"class": "logging.NullHandler"}},
    "root": {"handlers": ["err"], "level": "ERROR"},
    "loggers": {
        "django": {"handlers": ["err"], "level": "ERROR", "propagate": False},
        # A strange Host header (DNS rebinding) is answered 400; it says nothing a clerk needs to read.
        "django.security.DisallowedHost": {"handlers": ["none"], "propagate": False},
        "axes": {"handlers": ["err"], "level": "ERROR", "propagate": False},
    },
}
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
