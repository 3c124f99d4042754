"""One settings file. Our own constants first, as sentences; everything runs right after a clone.

`QUICKSCAN_MODE=production` asks for explicit settings: a missing variable explains itself.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- Our own constants ---------------------------------------------------------------------------

MODE = env.str("QUICKSCAN_MODE", default="development")
if MODE not in {"development", "production"}:
    raise ImproperlyConfigured(f"QUICKSCAN_MODE is '{MODE}'; it must be 'development' or 'production'.")
PRODUCTION = MODE == "production"


def retention_days(name: str, limit: int) -> int:
    """A number of days that an installation may shorten but never lengthen."""
    days = env.int(name, default=limit)
    if not 1 <= days <= limit:
        raise ImproperlyConfigured(f"{name} is {days}; it may go down from {limit} to 1, never up.")
    return days


# A draft is erased this many days after its start, a result this many days after it was sent.
DRAFT_DAYS = retention_days("QUICKSCAN_DRAFT_DAYS", 14)
RESULT_DAYS = retention_days("QUICKSCAN_RESULT_DAYS", 30)

# Invitations, and the people and addresses in them, are erased this many days after their round closed.
ROUND_PEOPLE_DAYS = retention_days("QUICKSCAN_ROUND_PEOPLE_DAYS", 30)
# The mail domains that invitations may go to, separated by commas. Without any, production invites nobody.
ROUND_MAIL_DOMAINS = [domain.strip().lower() for domain in env.list("QUICKSCAN_ROUND_MAIL_DOMAINS", default=[])]

# The version of the questionnaires that a new scan gets.
QUESTIONNAIRE_VERSION = "2026-1"

# What the PDF process may use: megabytes of address space, seconds per report, reports waiting at once.
PDF_MEMORY_MB = env.int("QUICKSCAN_PDF_MEMORY_MB", default=1024)
PDF_SECONDS = env.int("QUICKSCAN_PDF_SECONDS", default=30)
PDF_WAITING = env.int("QUICKSCAN_PDF_WAITING", default=2)  # below --threads: saving keeps a thread

# Staff set up a second factor before they see anything. An installation may ask for it, production always does.
STAFF_NEEDS_TOTP = PRODUCTION or env.bool("QUICKSCAN_STAFF_NEEDS_TOTP", default=False)

# Where people report a mistake or a weakness.
CONTACT_EMAIL = env.str("QUICKSCAN_CONTACT_EMAIL", default="quickscan@example.org")


def required(name: str, why: str) -> str:
    """A setting that production cannot do without; its absence says what to do."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {why} See docs/operations.md.")
    return value


# --- Security ------------------------------------------------------------------------------------

DEBUG = False
if PRODUCTION:
    SECRET_KEY = required("SECRET_KEY", "a random text of at least 50 characters that signs sessions.")
    hosts = required("ALLOWED_HOSTS", "the host names of this site, separated by commas.")
    ALLOWED_HOSTS = [host.strip() for host in hosts.split(",") if host.strip()]
else:
    SECRET_KEY = "development-only-this-mode-answers-on-the-loopback-address-and-nowhere-else"
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

CSRF_USE_SESSIONS = True  # the CSRF secret lives in the session: one cookie fewer
SESSION_ENGINE = "quickscan.sessions"
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = DRAFT_DAYS * 24 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # a colleague at the same desk finds nothing; the link leads back

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # a probe asks over plain HTTP, inside the network
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
# Never the path: that of a personal link holds its secret. "no-referrer" would send "Origin: null" with forms,
# which the CSRF check must refuse.
SECURE_REFERRER_POLICY = "strict-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION and env.bool("BEHIND_TLS_PROXY", default=True):
    # The proxy must set this header itself and drop what a client sent; docs/operations.md shows how.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # earlier keys: second factors go on working
# How many proxies of our own stand in front: that many entries at the end of X-Forwarded-For are to be trusted.
PROXY_HOPS = env.int(
    "QUICKSCAN_PROXY_HOPS", default=1 if PRODUCTION and env.bool("BEHIND_TLS_PROXY", default=True) else 0
)
# Addresses where a form may be bigger than usual: the import of people.
BIG_FORMS = {"/gemeente/mensen/importeren/": 3 * 1024 * 1024}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # no page here sends more than a few kilobytes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# --- The rooms -----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "crispy_forms",
    "csp",
    "teams",  # before allauth: our templates and ours alone
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "scans",
    "advice",
    "quickscan",
]
if not PRODUCTION:
    # The content can be looked at (never changed) in the admin. Production gets it with staff login.
    INSTALLED_APPS.insert(0, "django.contrib.admin")

MIDDLEWARE = [
    "quickscan.middleware.private_headers",
    "django.middleware.security.SecurityMiddleware",
    "quickscan.middleware.database_errors",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "quickscan.middleware.strict_requests",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "teams.middleware.staff_guard",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
if not PRODUCTION:
    MIDDLEWARE.insert(0, "quickscan.middleware.loopback_only")

ROOT_URLCONF = "quickscan.urls"
WSGI_APPLICATION = "quickscan.wsgi.application"
CSRF_FAILURE_VIEW = "quickscan.views.csrf_failure"
AUTH_USER_MODEL = "teams.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "municipality_home"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Staff accounts: django-allauth ---------------------------------------------------------------

ACCOUNT_ADAPTER = "teams.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up; allauth checks that this fits the login
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation was mailed to the address
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = (
    False  # allauth's live in one process; ours in the database (teams/throttle.py)
)
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {"login": "teams.forms.LoginForm", "reauthenticate": "teams.forms.PasswordAgainForm"}
MFA_ADAPTER = "teams.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Quickscan"
MFA_TOTP_TOLERANCE = 1  # one code earlier or later: clocks differ
MFA_RECOVERY_CODE_DIGITS = 10
MFA_FORMS = {
    "authenticate": "teams.forms.LoginCodeForm",
    "reauthenticate": "teams.forms.CodeAgainForm",
    "activate_totp": "teams.forms.SetUpCodeForm",
    "deactivate_totp": "teams.forms.StopCodeForm",
}
SOCIALACCOUNT_ADAPTER = "teams.adapters.OrganisationAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: the content policy lets no form end at another site
SOCIALACCOUNT_STORE_TOKENS = False

# The own organisation's login (OpenID Connect), one per installation. docs/operations.md says what each means.
OIDC_SERVER = env.str("QUICKSCAN_OIDC_SERVER", default="")
OIDC_NAME = env.str("QUICKSCAN_OIDC_NAME", default="je organisatie")
OIDC_DOMAINS = [domain.strip().lower() for domain in env.list("QUICKSCAN_OIDC_DOMAINS", default=[]) if domain.strip()]
OIDC_TRUST_EMAIL = env.bool("QUICKSCAN_OIDC_TRUST_EMAIL", default=False)
SOCIALACCOUNT_PROVIDERS = {}
if OIDC_SERVER:
    if PRODUCTION and not OIDC_SERVER.startswith("https://"):
        raise ImproperlyConfigured("QUICKSCAN_OIDC_SERVER must begin with https://. See docs/operations.md.")
    required("QUICKSCAN_OIDC_DOMAINS", "the mail domains that this provider may speak for, separated by commas.")
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisatie",
                "name": OIDC_NAME,
                "client_id": required("QUICKSCAN_OIDC_CLIENT_ID", "the name of this app at the provider."),
                "secret": required("QUICKSCAN_OIDC_CLIENT_SECRET", "the secret of this app at the provider."),
                "settings": {"server_url": OIDC_SERVER},
            }
        ],
    }

# --- Mail: to staff and to the invited -------------------------------------------------------------

# SITE_URL because mail is sent outside any request.
SITE_URL = env.str(
    "QUICKSCAN_SITE_URL",
    default=f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else f"http://127.0.0.1:{env.int('PORT', default=8000)}",
).rstrip("/")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("QUICKSCAN_MAIL_FROM", default=CONTACT_EMAIL)
if PRODUCTION:
    vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
    if "smtp" not in vars()["EMAIL_BACKEND"]:  # another way would leave links with their secrets in a log or a file
        raise ImproperlyConfigured("EMAIL_URL must begin with smtp://, smtp+tls:// or smtp+ssl://.")
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"  # to be read in var/mail

# --- Pages -----------------------------------------------------------------------------------------

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
if not PRODUCTION:  # the banner of the demo
    TEMPLATES[0]["OPTIONS"]["context_processors"].append("scans.demo.accounts.demo")
CRISPY_ALLOWED_TEMPLATE_PACKS = ("nldesign",)
CRISPY_TEMPLATE_PACK = "nldesign"

# --- Database: SQLite for the first run, PostgreSQL in production ---------------------------------

VAR_DIR = Path(env.str("QUICKSCAN_VAR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)
if PRODUCTION:
    required("DATABASE_URL", "for instance postgres://user:password@host/quickscan.")
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'quickscan.sqlite3'}")}
if not PRODUCTION:
    EMAIL_FILE_PATH = VAR_DIR / "mail"
_engine = DATABASES["default"]["ENGINE"]
if _engine.endswith("sqlite3"):
    if PRODUCTION:
        raise ImproperlyConfigured("Production runs on PostgreSQL: set DATABASE_URL. See docs/operations.md.")
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: what was acknowledged is on disk, also after a power cut.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # a restarted database costs nobody an answer
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# --- Language, time, files ------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no CORS header: nothing here is for another site
STORAGES = {
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}

# --- Logs: no address, no secret, no answer -------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_secret": {"()": "quickscan.logs.HideSecrets"}},
    "formatters": {
        "plain": {"format": "%(levelname)s %(name)s %(message)s"},
        "staff": {"format": "%(asctime)s %(name)s %(message)s"},  # staff acts: who, what, when
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["no_secret"], "formatter": "plain"},
        "staff": {"class": "logging.StreamHandler", "filters": ["no_secret"], "formatter": "staff"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "quickscan.staff": {"handlers": ["staff"], "level": "INFO", "propagate": False},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no third cookie
