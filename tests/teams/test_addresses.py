"""What tests/quickscan/matrix does not ask of the addresses of staff: odd methods, and headers."""

import pytest

from teams import urls

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def path_of(pattern) -> str:
    return "/" + str(pattern.pattern).replace("<str:public_id>", "A" * 16).replace("<str:secret>", "A" * 43)


@pytest.mark.parametrize("path", sorted({path_of(pattern) for pattern in urls.urlpatterns}))
def test_methods_that_no_page_knows_are_refused(client, path):
    for method in ("PATCH", "TRACE", "PURGE"):
        assert client.generic(method, path).status_code == 405


def test_every_page_has_the_headers(own, coordinator):
    for path in ("/inloggen/", "/gemeente/", "/gemeente/mensen/importeren/", "/account/code/", "/toegang/x/"):
        response = coordinator.get(path)
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["Cache-Control"].find("no-store") >= 0
