"""The first line of every staff page: whose municipality this is, or the 404 of something that does not exist."""

from functools import wraps

from django.http import Http404

from teams.models import Municipality
from teams.services.errors import NotAllowed


def as_coordinator(view):
    """Hands the view the municipality that this coordinator manages."""
    return _within(view, lambda user: Municipality.objects.managed_by(user))


def as_staff(view):
    """Hands the view the municipality that this coordinator or manager may see."""
    return _within(view, lambda user: Municipality.objects.seen_by(user))


def _within(view, municipalities):
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        municipality = municipalities(request.user).first()
        if municipality is None:
            raise Http404
        try:
            return view(request, municipality, *args, **kwargs)
        except NotAllowed as error:  # lost the right between the page and the button
            raise Http404 from error

    return wrapper
