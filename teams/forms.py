"""Forms check the shape of what was typed. The look (classes, ids of errors) is the same for all of them."""

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from teams import sessions, throttle
from teams.import_file import MAX_BYTES
from teams.models import PersonRole, Team
from teams.plain_text import check_email, check_plain, tidy
from teams.staff_log import staff_act

TOO_MANY_CODES = "Er zijn te veel verkeerde codes ingevuld. Wacht tien minuten en probeer het dan opnieuw."
_LOOKS = {"checkbox": "utrecht-checkbox utrecht-checkbox--html-input", "select": "utrecht-select", "file": ""}


class Styled:
    """Gives every field the classes of the design system, and no placeholder: that vanishes while typing."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            kind = getattr(field.widget, "input_type", "")
            field.widget.attrs["class"] = _LOOKS.get(kind, "utrecht-textbox utrecht-textbox--html-input")
            field.widget.attrs.pop("placeholder", None)


class PlainText(forms.CharField):
    """A name: tidied, and never a formula."""

    def __init__(self, **kwargs):
        super().__init__(validators=[check_plain], **kwargs)

    def to_python(self, value):
        return tidy(super().to_python(value))


class Email(forms.EmailField):
    def __init__(self, **kwargs):
        kwargs = {"label": "E-mailadres", "max_length": 254, "validators": [check_email]} | kwargs
        super().__init__(error_messages={"required": "Vul een e-mailadres in."}, **kwargs)

    def to_python(self, value):
        return super().to_python(value).lower()


# --- getting in --------------------------------------------------------------------------------------------


class LoginForm(Styled, AllauthLoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label, missing in (
            ("login", "E-mailadres", "Vul je e-mailadres in."),
            ("password", "Wachtwoord", "Vul je wachtwoord in."),
        ):
            self.fields[name].label, self.fields[name].help_text = label, ""
            self.fields[name].error_messages["required"] = missing
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def login(self, request, redirect_url=None):
        response = super().login(request, redirect_url)
        if sessions.is_staff_session(request):  # allauth has just set its own idea of how long
            sessions.begin(request)
        return response


class PasswordAgainForm(Styled, AllauthReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        field.label, field.help_text = "Wachtwoord", ""
        field.error_messages["required"] = "Vul je wachtwoord in."


class CodeLook(Styled):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = "Code"
        field.max_length = 20
        field.error_messages["required"] = "Vul de code in."
        field.widget.attrs |= {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


class GuardedCode(CodeLook):
    """A code may be tried ten times in ten minutes, and a right one works once: also in another process."""

    def clean_code(self):
        if throttle.failures("code", self.user.pk) >= throttle.CODE_TRIES:
            raise ValidationError(TOO_MANY_CODES)
        try:
            code = super().clean_code()
        except ValidationError:
            throttle.failed("code", self.user.pk)
            staff_act(self.user, "wrong_code")
            raise
        is_totp = self.authenticator.type == Authenticator.Type.TOTP
        if is_totp and not throttle.first_use("used code", f"{self.user.pk}:{code}"):
            raise ValidationError("Deze code is al gebruikt. Wacht op de volgende.")
        return code


class LoginCodeForm(GuardedCode, AuthenticateForm):
    pass


class CodeAgainForm(GuardedCode, ReauthenticateForm):
    pass


class SetUpCodeForm(CodeLook, ActivateTOTPForm):
    def clean_code(self):
        if throttle.failures("code", self.user.pk) >= throttle.CODE_TRIES:
            raise ValidationError(TOO_MANY_CODES)
        try:
            return super().clean_code()
        except ValidationError:
            throttle.failed("code", self.user.pk)
            raise


class StopCodeForm(Styled, DeactivateTOTPForm):
    pass


class ForgottenForm(Styled, forms.Form):
    email = Email(widget=forms.EmailInput(attrs={"autocomplete": "username"}))


class NewPasswordForm(Styled, forms.Form):
    password = forms.CharField(
        label="Nieuw wachtwoord",
        help_text="Minstens twaalf tekens. Een zin van een paar woorden is sterk en goed te onthouden.",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Kies een wachtwoord."},
    )
    again = forms.CharField(
        label="Nog een keer",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Typ je wachtwoord nog een keer."},
    )

    def clean_password(self):
        password = self.cleaned_data["password"]
        password_validation.validate_password(password)
        return password

    def clean(self):
        data = super().clean()
        if "password" in data and "again" in data and data["password"] != data["again"]:
            self.add_error("again", "Dit is niet hetzelfde wachtwoord.")
        return data


# --- setting up --------------------------------------------------------------------------------------------


class TeamForm(Styled, forms.Form):
    name = PlainText(
        label="Naam van het team", max_length=100, error_messages={"required": "Geef het team een naam."}
    )


class PersonForm(Styled, forms.Form):
    name = PlainText(label="Naam", max_length=150, error_messages={"required": "Vul een naam in."})
    email = Email()
    team = forms.ModelChoiceField(
        label="Team",
        queryset=Team.objects.none(),
        to_field_name="public_id",
        empty_label="Kies een team",
        error_messages={"required": "Kies een team.", "invalid_choice": "Kies een team uit de lijst."},
    )
    role = forms.ChoiceField(
        label="Rol",
        choices=[("", "Kies een rol"), *PersonRole.choices],
        error_messages={"required": "Kies een rol.", "invalid_choice": "Kies een rol uit de lijst."},
    )

    def __init__(self, *args, municipality, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = municipality.teams.order_by("name")


class RightsForm(Styled, forms.Form):
    is_coordinator = forms.BooleanField(
        label="Coördinator: beheert teams, mensen en rondes, en ziet de uitkomsten", required=False
    )
    is_manager = forms.BooleanField(label="Leidinggevende: ziet de uitkomsten", required=False)

    def clean(self):
        data = super().clean()
        if not (data.get("is_coordinator") or data.get("is_manager")):
            self.add_error("is_coordinator", "Kies minstens één recht.")
        return data


class InviteForm(RightsForm):
    name = PlainText(label="Naam", max_length=150, error_messages={"required": "Vul een naam in."})
    email = Email()
    field_order = ("name", "email", "is_coordinator", "is_manager")


class ImportForm(Styled, forms.Form):
    file = forms.FileField(
        label="Bestand",
        help_text="CSV of Excel (.xlsx), hoogstens 2 MB en 5.000 rijen.",
        allow_empty_file=True,
        error_messages={"required": "Kies een bestand.", "invalid": "Kies een bestand."},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError("Dit bestand is groter dan 2 MB. Verdeel het over meer bestanden.")
        return file
