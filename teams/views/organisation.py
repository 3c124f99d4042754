"""Login through the own organisation: allauth's two steps, and a page when the organisation does not answer."""

from allauth.socialaccount.providers.openid_connect.views import callback as allauth_callback
from allauth.socialaccount.providers.openid_connect.views import login as allauth_login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe
from requests import RequestException


def _when_it_answers(view, request, provider_id):
    try:
        return view(request, provider_id)
    except (RequestException, ValueError, KeyError, TypeError):  # away, or answering something else
        return render(request, "socialaccount/away.html", status=503)


@login_not_required
@require_safe
def begin(request, provider_id):
    """Off to the organisation. A link and no form: the content policy lets no form end at another site."""
    return _when_it_answers(allauth_login, request, provider_id)


@login_not_required
@require_safe
def back(request, provider_id):
    return _when_it_answers(allauth_callback, request, provider_id)


@login_not_required
@require_safe
def stopped(request):
    return render(request, "socialaccount/authentication_error.html", status=401)
