"""Production asks for explicit settings, explains what is missing, and passes Django's own check."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

GOOD = {
    "QUICKSCAN_MODE": "production",
    "SECRET_KEY": "r4nd0m-" * 9 + "0123456789",
    "ALLOWED_HOSTS": "scan.example.nl,www.scan.example.nl",
    "DATABASE_URL": "postgres://user:password@database/quickscan",
}


@pytest.fixture
def production(tmp_path):
    """Run Python in production mode with these variables; None takes one away. Returns (exit code, output)."""

    def run(*command, **changes):
        wanted = {name: value for name, value in (GOOD | changes).items() if value is not None}
        environment = {"PATH": os.environ["PATH"], "QUICKSCAN_VAR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, *command], env=environment | wanted, cwd=settings.BASE_DIR,
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    return run


SHOW = "from quickscan import settings as s; "


WITH_EVERYTHING = {
    "EMAIL_URL": "smtp+tls://user:password@mail.example.nl:587",
    "QUICKSCAN_ROUND_MAIL_DOMAINS": "example.nl, werk.example.nl",
    "QUICKSCAN_ROUND_PEOPLE_DAYS": "7",
    "QUICKSCAN_OIDC_SERVER": "https://login.example.nl",
    "QUICKSCAN_OIDC_DOMAINS": "example.nl",
    "QUICKSCAN_OIDC_CLIENT_ID": "quickscan",
    "QUICKSCAN_OIDC_CLIENT_SECRET": "a secret of the provider",
    "SECRET_KEY_FALLBACKS": "0ld-r4nd0m-" * 9,
}


@pytest.mark.parametrize(
    "changes", [{}, WITH_EVERYTHING, {"BEHIND_TLS_PROXY": "false"}], ids=["least", "everything", "no proxy"]
)
def test_the_deployment_check_has_nothing_to_say(production, changes):
    code, said = production("-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING", **changes)
    assert (code, "no issues (0 silenced)" in said) == (0, True), said


def test_the_deployment_check_can_fail(production):
    code, said = production("manage.py", "check", "--deploy", "--fail-level", "WARNING", SECRET_KEY="short")
    assert code == 1 and "security.W009" in said


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
@pytest.mark.parametrize("value", [None, ""], ids=["missing", "empty"])
def test_a_missing_variable_explains_itself(production, name, value):
    code, said = production("-c", "import quickscan.settings", **{name: value})
    last = said.strip().splitlines()[-1]
    assert code == 1
    assert f"ImproperlyConfigured: Set {name}: " in last and last.endswith("See docs/operations.md.")


@pytest.mark.parametrize("url", ["sqlite:///quickscan.sqlite3", "sqlite://:memory:"])
def test_sqlite_is_refused(production, url):
    code, said = production("-c", "import quickscan.settings", DATABASE_URL=url)
    assert code == 1 and "Production runs on PostgreSQL" in said


@pytest.mark.parametrize("mode", ["prod", "Production", "", "debug"])
def test_a_mode_that_does_not_exist_is_refused(production, mode):
    code, said = production("-c", "import quickscan.settings", QUICKSCAN_MODE=mode)
    assert code == 1 and "must be 'development' or 'production'" in said


@pytest.mark.parametrize(("name", "days"), [("QUICKSCAN_DRAFT_DAYS", 15), ("QUICKSCAN_RESULT_DAYS", 0)])
def test_a_longer_retention_does_not_start(production, name, days):
    code, said = production("-c", "import quickscan.settings", **{name: str(days)})
    assert code == 1 and f"{name} is {days}; it may go down" in said


def test_the_guards_are_on(production):
    code, said = production(
        "-c",
        SHOW
        + "print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_NAME, s.SECURE_SSL_REDIRECT, s.ALLOWED_HOSTS,"
        "'django.contrib.admin' in s.INSTALLED_APPS, 'loopback' in str(s.MIDDLEWARE), s.SECURE_PROXY_SSL_HEADER)",
    )
    assert code == 0, said
    assert said.strip() == (
        "False True __Host-session True ['scan.example.nl', 'www.scan.example.nl'] False False "
        "('HTTP_X_FORWARDED_PROTO', 'https')"
    )


DEMO = (
    "import django; django.setup(); from django.conf import settings\n"
    "from django.urls import NoReverseMatch, reverse\n"
    "for name in ('demo_login', 'development_mail'):\n"
    "    try: print(reverse(name))\n"
    "    except NoReverseMatch: print('none')\n"
    "print('scans.demo' in str(settings.TEMPLATES))"
)


def test_the_demo_has_no_address_and_no_banner(production):
    """Without its context processor no template shows the banner (tests/scans/test_demo.py)."""
    code, said = production("-c", DEMO, DJANGO_SETTINGS_MODULE="quickscan.settings")
    assert (code, said.split()) == (0, ["none", "none", "False"]), said


def test_development_has_them(production):
    code, said = production("-c", DEMO, **dict.fromkeys(GOOD), DJANGO_SETTINGS_MODULE="quickscan.settings")
    assert (code, said.split()) == (0, ["/demo/inloggen/", "/post/", "True"]), said


def test_the_demo_is_refused_without_asking_the_database(production):
    """The database of these tests cannot be reached: whoever asks it gets another error."""
    code, said = production("manage.py", "load_demo")
    assert code == 1 and "The demo is for development. Nothing was written." in said
    code, said = production("manage.py", "load_content")
    assert code == 1 and "for development" not in said


def test_without_a_proxy_its_header_is_not_believed(production):
    code, said = production("-c", SHOW + "print(hasattr(s, 'SECURE_PROXY_SSL_HEADER'))", BEHIND_TLS_PROXY="false")
    assert (code, said.strip()) == (0, "False")


MAIL = (
    "print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD, s.DEFAULT_FROM_EMAIL,"
    "s.EMAIL_TIMEOUT, getattr(s, 'EMAIL_USE_TLS', False), getattr(s, 'EMAIL_USE_SSL', False))"
)


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("smtp+tls://scan%40dorp.nl:p%3A%2Fss%40@mail.dorp.nl:587",
         "mail.dorp.nl 587 scan@dorp.nl p:/ss@ Scan <scan@dorp.nl> 10 True False"),
        ("smtp+ssl://u:p@mail.dorp.nl:465", "mail.dorp.nl 465 u p Scan <scan@dorp.nl> 10 False True"),
        ("smtp://mail.dorp.nl:25", "mail.dorp.nl 25 None None Scan <scan@dorp.nl> 10 False False"),
        (None, "localhost 25 None None Scan <scan@dorp.nl> 10 False False"),
    ],
)  # fmt: skip
def test_a_mail_server_is_set_whole_in_one_variable(production, url, read):
    code, said = production("-c", SHOW + MAIL, EMAIL_URL=url, QUICKSCAN_MAIL_FROM="Scan <scan@dorp.nl>")
    assert (code, said.strip()) == (0, read)


@pytest.mark.parametrize("url", ["consolemail://", "filemail:///tmp/mail", "dummymail://"])
def test_mail_never_lands_in_a_log_or_a_file(production, url):
    code, said = production("-c", "import quickscan.settings", EMAIL_URL=url)
    assert code == 1 and "EMAIL_URL must begin with smtp" in said


def test_hosts_may_be_written_with_spaces(production):
    _, said = production("-c", SHOW + "print(s.ALLOWED_HOSTS)", ALLOWED_HOSTS="a.example.nl, b.example.nl,")
    assert said.strip() == "['a.example.nl', 'b.example.nl']"


def test_development_needs_no_variable_and_keeps_its_key_to_itself(production):
    code, said = production("-c", SHOW + "print(s.MODE, s.DEBUG, s.ALLOWED_HOSTS)", **dict.fromkeys(GOOD))
    assert (code, said.strip()) == (0, "development False ['127.0.0.1', 'localhost', '[::1]']")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "::", "scan.example.nl"])
def test_dev_run_listens_on_this_machine_only(host):
    done = subprocess.run(
        ["./dev", "run"], cwd=settings.BASE_DIR, env={"PATH": os.environ["PATH"], "HOST": host},
        capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"HOST={host} is refused" in done.stderr
