"""Addresses of staff. Of django-allauth only the pages that we need, each with our own template."""

from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.urls import path

from teams.views import access, account, colleagues, importing, municipality, organisation

ORGANISATION = {"provider_id": "organisatie"}  # one provider per installation

urlpatterns = [
    # inloggen: the names are those that allauth asks for
    path("inloggen/", LoginView.as_view(template_name="account/login.html"), name="account_login"),
    path("inloggen/code/", AuthenticateView.as_view(template_name="mfa/authenticate.html"), name="mfa_authenticate"),
    path(
        "inloggen/wachtwoord/",
        ReauthenticateView.as_view(template_name="account/reauthenticate.html"),
        name="account_reauthenticate",
    ),
    path(
        "inloggen/nog-een-code/",
        CodeAgainView.as_view(template_name="mfa/reauthenticate.html"),
        name="mfa_reauthenticate",
    ),
    path("inloggen/organisatie/", organisation.begin, ORGANISATION, name="openid_connect_login"),
    path("inloggen/organisatie/terug/", organisation.back, ORGANISATION, name="openid_connect_callback"),
    path("inloggen/organisatie/gestopt/", organisation.stopped, name="socialaccount_login_cancelled"),
    path("uitloggen/", LogoutView.as_view(template_name="account/logout.html"), name="account_logout"),
    # toegang: links and passwords
    path("toegang/", access.open_link, name="open_access"),
    path("toegang/wachtwoord/", access.choose_password, name="choose_password"),
    path("toegang/vergeten/", access.forgotten, name="forgotten"),
    path("toegang/gevraagd/", access.password_asked, name="password_asked"),
    path("toegang/<str:secret>/", access.link, name="access"),
    # account: my own
    path("account/", account.my_account, name="my_account"),
    path("account/", account.my_account, name="mfa_index"),  # where allauth goes after a change
    path("account/wachtwoord/", account.change_password, name="change_password"),
    path(
        "account/code/",
        ActivateTOTPView.as_view(template_name="mfa/totp/activate_form.html"),
        name="mfa_activate_totp",
    ),
    path(
        "account/code/wissen/",
        DeactivateTOTPView.as_view(template_name="mfa/totp/deactivate_form.html"),
        name="mfa_deactivate_totp",
    ),
    path("account/herstelcodes/", account.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/herstelcodes/bewaard/", account.recovery_codes_kept, name="recovery_codes_kept"),
    path("account/herstelcodes/nieuw/", account.new_recovery_codes, name="new_recovery_codes"),
    # gemeente: teams and people
    path("gemeente/", municipality.home, name="municipality_home"),
    path("gemeente/teams/nieuw/", municipality.add_team, name="add_team"),
    path("gemeente/teams/<str:public_id>/", municipality.edit_team, name="edit_team"),
    path("gemeente/teams/<str:public_id>/verwijderen/", municipality.remove_team, name="remove_team"),
    path("gemeente/mensen/", municipality.people_list, name="people"),
    path("gemeente/mensen/nieuw/", municipality.add_person, name="add_person"),
    path("gemeente/mensen/importeren/", importing.choose_file, name="import_people"),
    path("gemeente/mensen/importeren/bekijken/", importing.preview, name="import_preview"),
    path("gemeente/mensen/importeren/uitvoeren/", importing.apply, name="import_apply"),
    path("gemeente/mensen/importeren/stoppen/", importing.cancel, name="import_cancel"),
    path("gemeente/mensen/<str:public_id>/", municipality.edit_person, name="edit_person"),
    path("gemeente/mensen/<str:public_id>/verwijderen/", municipality.remove_person, name="remove_person"),
    # gemeente: colleagues
    path("gemeente/collega/uitnodigen/", colleagues.invite, name="invite_colleague"),
    path("gemeente/uitnodiging/<str:public_id>/intrekken/", colleagues.withdraw, name="withdraw_invitation"),
    path("gemeente/collega/<str:public_id>/", colleagues.colleague, name="colleague"),
    path("gemeente/collega/<str:public_id>/uitzetten/", colleagues.disable, name="disable_colleague"),
    path("gemeente/collega/<str:public_id>/aanzetten/", colleagues.enable, name="enable_colleague"),
    path("gemeente/collega/<str:public_id>/tweede-stap/", colleagues.reset, name="reset_colleague"),
]
