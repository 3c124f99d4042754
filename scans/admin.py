"""The admin shows the content and never a scan: no member of staff reads an answer."""

from django.contrib import admin

from scans.models import AnswerOption, Citation, Question, Questionnaire, Source, Theme


class ReadOnlyAdmin(admin.ModelAdmin):
    """Look, never touch."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class CitationInline(ReadOnlyInline):
    model = Citation


class OptionInline(ReadOnlyInline):
    model = AnswerOption


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    list_display = ["code", "title", "year"]
    inlines = [CitationInline]


@admin.register(Theme)
class ThemeAdmin(ReadOnlyAdmin):
    list_display = ["position", "title", "code"]


@admin.register(Questionnaire)
class QuestionnaireAdmin(ReadOnlyAdmin):
    list_display = ["title", "version"]


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin):
    list_display = ["text", "code", "theme", "questionnaire"]
    list_filter = ["questionnaire", "theme"]
    inlines = [OptionInline]
