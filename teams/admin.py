"""The admin shows municipalities and teams, read-only; people and accounts have pages of their own."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from teams.models import Municipality, Team

admin.site.login = secure_admin_login(admin.site.login)  # one door: password and second factor


class ReadOnlyAdmin(admin.ModelAdmin):
    """Look, never touch."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Municipality)
class MunicipalityAdmin(ReadOnlyAdmin):
    list_display = ["name", "contact_email"]


@admin.register(Team)
class TeamAdmin(ReadOnlyAdmin):
    list_display = ["name", "municipality"]
