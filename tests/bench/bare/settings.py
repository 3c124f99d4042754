"""Quickscan's settings with what `startproject` gives: the middleware of any Django site and one view that writes."""

from quickscan.settings import *  # noqa: F403

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "tests.bench.bare.apps.BareConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
AUTH_USER_MODEL = "auth.User"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
ROOT_URLCONF = "tests.bench.bare.urls"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
