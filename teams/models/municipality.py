"""A municipality, its teams, and the people who are invited to fill in a scan."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from teams.plain_text import check_email, check_invited_email, check_plain

from .scope import OwnMunicipality, new_public_id


class MunicipalityQuerySet(OwnMunicipality):
    municipality_field = "pk"


class Municipality(models.Model):
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    name = models.CharField("naam", max_length=100, validators=[check_plain])
    contact_email = models.EmailField("e-mailadres voor contact", validators=[check_email])

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        constraints = [
            models.UniqueConstraint(
                Lower("name"), name="municipality_name", violation_error_message="Deze gemeente is er al."
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    municipality = models.ForeignKey(  # a municipality goes whole
        Municipality, on_delete=models.CASCADE, related_name="teams"
    )
    name = models.CharField("naam van het team", max_length=100, validators=[check_plain])

    objects = OwnMunicipality.as_manager()

    class Meta:
        verbose_name = "team"
        verbose_name_plural = "teams"
        constraints = [
            models.UniqueConstraint(
                "municipality", Lower("name"), name="team_name", violation_error_message="Dit team is er al."
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PersonRole(models.TextChoices):
    """The roles in the work. The same values as in `scans`, which this room may not look at; a test compares them."""

    CLIENT_MANAGER = "client_manager", "klantmanager"
    POLICY_OFFICER = "policy_officer", "beleidsmedewerker"
    MANAGER = "manager", "manager"


class Person(models.Model):
    """Somebody who can be invited to a round. Has no account and cannot log in."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    municipality = models.ForeignKey(  # a municipality goes whole
        Municipality, on_delete=models.CASCADE, related_name="people"
    )
    team = models.ForeignKey(  # nobody loses the team unnoticed; with the whole municipality it may go
        Team, on_delete=models.RESTRICT, related_name="people"
    )
    role = models.CharField("rol", max_length=20, choices=PersonRole)
    name = models.CharField("naam", max_length=150, validators=[check_plain])
    email = models.EmailField("e-mailadres", validators=[check_email])

    objects = OwnMunicipality.as_manager()

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "mensen"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "email"],
                name="person_email",
                violation_error_message="Dit e-mailadres hoort al bij iemand in je lijst.",
            ),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="person_email_is_lower_case"),
            models.CheckConstraint(condition=models.Q(role__in=PersonRole.values), name="person_role_exists"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        try:
            check_invited_email(self.email)
        except ValidationError as error:
            raise ValidationError({"email": error}) from error
