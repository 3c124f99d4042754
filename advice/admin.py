"""The admin shows the content; the fixtures are the truth, so nothing can be changed here."""

from django.contrib import admin

from advice.models import AdviceRule, Intervention, ThemeAdvice
from scans.admin import ReadOnlyAdmin


@admin.register(Intervention)
class InterventionAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind", "phase", "evidence", "as_of"]
    list_filter = ["kind", "phase", "evidence", "themes"]
    search_fields = ["name", "summary"]


@admin.register(AdviceRule)
class AdviceRuleAdmin(ReadOnlyAdmin):
    list_display = ["code", "question", "lowest", "highest", "first_step"]
    list_filter = ["question__questionnaire", "question__theme"]


@admin.register(ThemeAdvice)
class ThemeAdviceAdmin(ReadOnlyAdmin):
    list_display = ["theme", "role", "discussion", "stop"]
    list_filter = ["role"]
