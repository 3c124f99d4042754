"""Filling in: one theme per page, and the request that saves one choice."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scans import road, services
from scans.forms import NOTHING_SEEN, AnswerForm, ThemeForm
from scans.selectors.content import questionnaire_content

STALE = "In een ander venster stond bij een vraag een ander antwoord. Kijk even of dit klopt: het nieuwste telt."


@login_not_required
@require_safe
@road.with_draft
def continue_scan(request, state):
    """To the first gap, or to the check page when there is none."""
    step = state.first_gap
    return redirect("theme", step=step) if step else redirect("check")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@road.with_draft
def theme(request, state, step):
    if not 1 <= step <= len(state.content.themes):
        raise Http404
    current = state.content.themes[step - 1]
    if request.method != "POST":
        return _theme_page(request, state, step, ThemeForm(theme=current, answers=state.answers))
    form = ThemeForm(request.POST, theme=current, answers=state.answers)
    complete = form.is_valid()
    to_save, stale = _changes(form, current, state)
    if to_save:
        try:
            services.save_answers(state.id, to_save)
        except services.ScanClosed:
            return redirect("continue")
    if stale:
        messages.warning(request, STALE)
    if not complete:
        fresh = road.current_scan(request)
        return _theme_page(request, fresh, step, _as_stored(form, current, fresh)) if fresh else road.no_scan(request)
    if stale:
        return redirect("theme", step=step)
    return redirect("theme", step=step + 1) if step < len(state.content.themes) else redirect("check")


def _theme_page(request, state, step, form):
    return render(
        request,
        "scans/theme.html",
        {
            "form": form,
            "theme": state.content.themes[step - 1],
            "step": step,
            "steps": len(state.content.themes),
            "previous": step - 1,
            "skip_to": step + 1 if step < len(state.content.themes) else None,
        },
    )


def _as_stored(form, current, state):
    """The page once more: answers as they are stored by now, and only what was refused as it was sent.

    Shown as it was sent, an answer that another window has changed would be saved again by the next "Volgende".
    """
    refused = [code for code in form.errors if form.data.get(code)]
    stored = {code: choice for code, choice in state.choices.items() if code not in refused}
    return ThemeForm(form.data.dict() | stored, theme=current, answers=state.answers)


def _changes(form, current, state):
    """What this page changes, as {question id: choice}, and whether it was behind another window.

    The last commit wins per question. A question that was not touched on this page never overwrites what
    another window saved since.
    """
    to_save, stale = {}, False
    for question in current.questions:
        choice = form.cleaned_data.get(question.code)
        stored = state.answers.get(question.code, NOTHING_SEEN)
        seen = form.seen(question.code)
        if not choice:
            stale = stale or stored.revision != seen.revision
            continue
        behind = stored.revision != seen.revision and stored.choice != choice
        stale = stale or behind
        if choice != stored.choice and not (behind and choice == seen.choice):
            to_save[question.id] = choice
    return to_save, stale


@login_not_required
@require_POST
def answer(request):
    """Save one choice. 200 with its revision only after the database has committed it.

    412 when another choice was saved since the revision that the page had seen, with what stands there now.
    """
    held = road.scan_in_session(request)
    if held is None:
        return JsonResponse({"error": "no_scan"}, status=409)
    scan_id, questionnaire_id = held
    question = questionnaire_content(questionnaire_id).question(request.POST.get("question", ""))
    if question is None:
        return JsonResponse({"error": "unknown_question"}, status=404)
    form = AnswerForm(request.POST, question=question)
    if not form.is_valid():
        return JsonResponse({"error": "unknown_choice"}, status=400)
    try:
        choice, seen = form.cleaned_data["choice"], form.cleaned_data["seen"]
        revision = services.save_answer(scan_id, question.id, choice, seen=seen)
    except services.ScanClosed:
        return JsonResponse({"error": "no_scan"}, status=409)
    except services.AnswerChanged as changed:
        return JsonResponse({"revision": changed.stored.revision, "choice": changed.stored.choice}, status=412)
    return JsonResponse({"revision": revision})
