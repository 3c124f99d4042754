"""My list: look at it, change it with a button."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from advice.library import my_list
from advice.library.content import library
from advice.library.forms import ListForm


@login_not_required
@require_safe
def show(request):
    kept = my_list.entries(request, library())
    return render(request, "library/my_list.html", {"entries": kept, "may_keep": my_list.may_keep(request)})


@login_not_required
@require_POST
def change(request):
    """Keep an entry, take it out, or empty the list; then back to the page with the button."""
    form = ListForm(request.POST)
    if form.is_valid():
        messages.success(request, _change(request, form.cleaned_data["do"], form.cleaned_data["code"]))
    else:
        messages.warning(request, "Dit lukte niet. Je lijst is niet veranderd.")
    return redirect(form.place(request))


def _change(request, do: str, code: str) -> str:
    """Do it and say what was done."""
    if not my_list.may_keep(request):
        return "Je bent ingelogd. Een lijst kun je alleen bewaren zonder in te loggen."
    if do == "empty":
        my_list.empty(request)
        return "Je lijst is leeg."
    entry = library().by_code.get(code)
    if do == "remove":
        my_list.remove(request, code)
        return f"“{entry.name}” is uit je lijst gehaald." if entry else "Dit is uit je lijst gehaald."
    if entry is None:
        return "Dit staat niet meer in de bibliotheek. Je lijst is niet veranderd."
    try:
        my_list.add(request, code)
    except my_list.ListFull:
        return f"Je lijst is vol: er passen {my_list.LIMIT} onderdelen in. Haal er eerst een uit."
    return f"“{entry.name}” staat in je lijst."
