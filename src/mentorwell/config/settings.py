"""Settings, all read from the environment in one place.

`MENTORWELL_MODE` is `production` unless it says `demo` or `development`: what a forgotten
variable leaves behind is the safe one.
"""

import sys
from pathlib import Path
from typing import Any

import environ
import font_manrope
from csp.constants import NONE, SELF

from mentorwell.foundation.secrets import secret


env = environ.Env()

RUNNING_TESTS = "pytest" in sys.modules
MODE = env.str("MENTORWELL_MODE", default="development" if RUNNING_TESTS else "production")
PRODUCTION = MODE not in {"demo", "development"}
DEMO = MODE == "demo"
DEBUG = False

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(env.str("MENTORWELL_HOME", default=str(Path.cwd() / "var")))

# --- Secrets: made on first start, kept outside the database and its backups ---------------

KEYS = Path(env.str("MENTORWELL_KEYS", default=str(VAR / "keys")))
SECRET_KEY = env.str("MENTORWELL_SECRET_KEY", default="") or secret(KEYS / "session")
SEAL_KEYS: list[str] = env.list("MENTORWELL_SEAL_KEYS", default=[]) or [
    secret(KEYS / "seal", fernet=True)
]
ALLOWED_HOSTS: list[str] = env.list("MENTORWELL_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
SITE_URL: str = env.str("MENTORWELL_URL", default="http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- Apps ---------------------------------------------------------------------------------

INSTALLED_APPS = [
    # First, so that their templates win over those of the packages.
    "mentorwell.web",
    "mentorwell.foundation",
    "mentorwell.accounts.apps.AdminSite",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.forms",
    "mentorwell.audit",
    "mentorwell.accounts",
    "mentorwell.notices",
    "mentorwell.programmes",
    "mentorwell.people",
    "mentorwell.learning",
    "mentorwell.mentorships",
    "mentorwell.goals",
    "mentorwell.messages",
    "mentorwell.meetings",
    "mentorwell.matching",
    "mentorwell.office",
    "mentorwell.ops",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Before the session: nothing may note who looked for help.
    "mentorwell.web.help.untouched.HelpFirst",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mentorwell.accounts.http.idle.SharedComputerMiddleware",
    "mentorwell.accounts.http.zone.OwnTimeMiddleware",
    "mentorwell.foundation.patients.PatientReminder",
    # Last, so that it hears first of what a view lets through, and knows whether htmx asked.
    "mentorwell.web.site.refusals.RefusalPages",
]

# The house writes here itself, of names, rosters and rules: nobody is reminded to leave out patients.
NO_PATIENT_REMINDER_IN = {"", "admin", "demo", "leaders", "office", "site"}

ROOT_URLCONF = "mentorwell.config.urls"
WSGI_APPLICATION = "mentorwell.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mentorwell.web.site.context.frame",
                "mentorwell.web.office.context.office_tabs",
            ],
            # Partials outermost, then the cache, then components: each needs the next.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "mentorwell.foundation.templatetags.look",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # fields render through our templates
COTTON_ISOLATE_BY_DEFAULT = True  # a component sees its attributes, not the page's variables

# --- Database -----------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'mentorwell.sqlite3'}")}
_database = DATABASES["default"]
_options = _database.setdefault("OPTIONS", {})
if _database["ENGINE"].endswith("sqlite3"):
    _options.update(
        # A transaction that will write takes the write lock at once: taking it later, after
        # a read, fails with "database is locked" without waiting for `timeout`.
        transaction_mode="IMMEDIATE",
        timeout=20,  # seconds to wait for another writer before giving up
        init_command=(
            "PRAGMA journal_mode=WAL;"  # readers and one writer at the same time
            "PRAGMA synchronous=NORMAL;"  # with WAL safe against a crash of the process
            "PRAGMA mmap_size=134217728;"  # read through the page cache of the system
            "PRAGMA journal_size_limit=67108864;"  # give the disk back after a large import
            "PRAGMA foreign_keys=ON;"
        ),
    )
    if RUNNING_TESTS:
        # Tests that use threads need a file; an in-memory database has one connection.
        _database["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
else:
    # One pool a process; an unreachable server is an error after five seconds, not thirty.
    _options.setdefault("pool", {"min_size": 1, "max_size": 10, "timeout": 5})
    if RUNNING_TESTS:
        _options.pop("pool")  # a pool keeps connections that block dropping the test database
# Requests are not transactions: each service opens its own and closes it before rendering.
ATOMIC_REQUESTS = False

# --- Cache, jobs, mail --------------------------------------------------------------------

_redis = env.str("REDIS_URL", default="")
# Rate limits must hold over all processes, so every one of these is shared. SQLite has one writer
# for a whole file: a cache in it would wait for a long import, and a sign-in waits for its rate
# limit no longer than a second. With SQLite all processes are on this host, where files do.
_cache: dict[str, Any]
if _redis:
    _cache = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _redis}
elif _database["ENGINE"].endswith("sqlite3") and not RUNNING_TESTS:
    _cache = {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(VAR / "cache"),
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
else:
    _cache = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
CACHES = {"default": _cache}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
# `EMAIL_URL` names the SMTP server: smtp+tls://user:password@mail.example.org:587. Without one,
# and always in the demo, mail goes to files.
_mail: dict[str, Any] = env.email("EMAIL_URL", default="filemail://")
EMAIL_BACKEND: str = (
    "django.core.mail.backends.filebased.EmailBackend" if DEMO else _mail["EMAIL_BACKEND"]
)
EMAIL_HOST: str = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT: int = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER: str = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD: str = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS: bool = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL: bool = _mail.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = str(VAR / "mail")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("MENTORWELL_MAIL_FROM", default="Mentorwell <mentorwell@localhost>")

# --- Sign-in ------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if RUNNING_TESTS:
    # A good hash takes a third of a second, which no test is about.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_ADAPTER = "mentorwell.accounts.http.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = True  # the question is asked the other way round: a shared computer?
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever owns an account hears when its password changes
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "mentorwell.web.accounts.forms.SignInForm",
    "request_login_code": "mentorwell.web.accounts.forms.AskForCodeForm",
    "confirm_login_code": "mentorwell.web.accounts.forms.EnterCodeForm",
    "confirm_email_verification_code": "mentorwell.web.accounts.forms.ProveAddressForm",
    "reset_password": "mentorwell.web.accounts.forms.LostPasswordForm",
    "reset_password_from_key": "mentorwell.web.accounts.forms.NewPasswordForm",
    "change_password": "mentorwell.web.accounts.forms.ChangePasswordForm",
    "set_password": "mentorwell.web.accounts.forms.FirstPasswordForm",
    "add_email": "mentorwell.web.accounts.forms.AddAddressForm",
    "reauthenticate": "mentorwell.web.accounts.forms.IsItYouForm",
}
# A whole hospital comes from one address, so limits by address are wide and those by account
# are tight.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/m/ip,5/300s/key",
    "request_login_code": "200/m/ip,3/m/key",
    "reset_password": "100/m/ip,5/m/key",
    "reset_password_from_key": "100/m/ip",
}
# How many reverse proxies of ours stand in front; their note of who asks is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("MENTORWELL_PROXIES", default=1 if PRODUCTION else 0)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
SHARED_COMPUTER_IDLE_SECONDS = 600

# --- Language and time --------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# --- Static files -------------------------------------------------------------------------

STATIC_URL = "static/"
# Outside production the files are served from where they lie.
STATIC_ROOT = env.str("MENTORWELL_STATIC_ROOT", default=str(VAR / "static")) if PRODUCTION else None
# The typeface stays in its package and is served from there.
STATICFILES_DIRS = [("fonts", str(Path(font_manrope.__file__).parent / "files"))]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
# Every test has a server of its own; it looks for a file when asked, not for all of them first.
WHITENOISE_AUTOREFRESH = RUNNING_TESTS

# --- Security -----------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("MENTORWELL_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"secrets": {"()": "mentorwell.foundation.logs.SecretsLeftOut"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["secrets"],
        }
    },
    # No mails to administrators: they would quote what somebody had just typed.
    "loggers": {"django": {"handlers": []}},
    "root": {"handlers": ["console"], "level": env.str("MENTORWELL_LOG_LEVEL", default="WARNING")},
}
