"""A form in a session with CSRF, and one ORM write: the least that a Django site does to save something.

And a page that reads one row: the least that it does to show something.
"""

from django import forms
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from tests.bench.bare.models import Note


class NoteForm(forms.Form):
    question = forms.CharField(max_length=60)
    choice = forms.ChoiceField(choices=[(str(level), str(level)) for level in range(5)])
    seen = forms.IntegerField(min_value=0)


@require_safe
def begin(request):
    request.session["note"] = request.GET["key"]
    Note.objects.create(key=request.GET["key"], value="")
    return HttpResponse(get_token(request), content_type="text/plain")


@require_POST
def save(request):
    form = NoteForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": "invalid"}, status=400)
    Note.objects.filter(key=request.session["note"]).update(value=form.cleaned_data["choice"])
    return JsonResponse({"saved": True})


PAGE = engines["django"].from_string("<!doctype html><title>{{ note.key }}</title><p>{{ note.value }}</p>")


@require_safe
def read(request):
    return HttpResponse(PAGE.render({"note": Note.objects.get(key=request.GET["key"])}, request))


urlpatterns = [path("begin/", begin), path("save/", save), path("read/", read)]
