"""A measurement round: who is invited, in which fixed group, what is counted, and what was frozen at the end.

Nothing here refers to a scan but RoundDraft, which exists only while the scan is a draft.
"""

import uuid

from django.db import models

from teams.models import Municipality, OwnMunicipality, Person, Team, new_public_id

from .content import Questionnaire, Role, Theme
from .scan import Scan

FEWEST = 5  # k: may be raised before opening, never lowered


class RoundQuerySet(OwnMunicipality):
    def draft(self):
        return self.filter(state=MeasurementRound.State.DRAFT)

    def open(self):
        return self.filter(state=MeasurementRound.State.OPEN)

    def closed(self):
        return self.filter(state=MeasurementRound.State.CLOSED)

    def due(self, now):
        """Open, while the set instant has come."""
        return self.open().filter(closes_at__lte=now)


class MeasurementRound(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", "in voorbereiding"
        OPEN = "open", "loopt"
        CLOSED = "closed", "gesloten"

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    municipality = models.ForeignKey(  # a municipality goes whole
        Municipality, on_delete=models.CASCADE, related_name="rounds"
    )
    state = models.CharField("stand", max_length=10, choices=State, default=State.DRAFT)
    closes_at = models.DateTimeField("sluit op")  # 00:00 local time
    minimum = models.PositiveSmallIntegerField("kleinste groep", default=FEWEST)  # k
    teams = models.ManyToManyField(Team, verbose_name="teams", related_name="+")  # of the set-up; fixed in Group
    questionnaires = models.ManyToManyField(Questionnaire, verbose_name="vragenlijsten", related_name="+")
    policy_version = models.CharField("versie van de regels", max_length=10, blank=True)
    opened_on = models.DateField("geopend op", null=True)
    by_consent = models.JSONField("rollen met eigen keuze", default=list)  # fixed at opening
    # The band of people who answered, as it was at midnight of `band_on`. Nothing finer is ever shown before close.
    band = models.CharField("respons", max_length=20, blank=True)
    band_on = models.DateField("stand van", null=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "meetronde"
        verbose_name_plural = "meetrondes"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"],
                condition=models.Q(state="open"),
                name="one_open_round",
                violation_error_message="Er loopt al een ronde.",
            ),
            models.UniqueConstraint(
                fields=["municipality"],
                condition=models.Q(state="draft"),
                name="one_draft_round",
                violation_error_message="Er is al een ronde in voorbereiding.",
            ),
            models.CheckConstraint(
                condition=models.Q(minimum__gte=FEWEST),
                name="round_minimum",
                violation_error_message="Een groep heeft minstens 5 mensen.",
            ),
            models.CheckConstraint(condition=models.Q(state__in=["draft", "open", "closed"]), name="round_state"),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(opened_on__isnull=False), name="round_opened_on"
            ),
        ]

    def __str__(self) -> str:
        return f"ronde {self.public_id}"


class Group(models.Model):
    """People who are only ever counted together, fixed when the round opens."""

    measurement_round = models.ForeignKey(  # a round goes whole
        MeasurementRound, on_delete=models.CASCADE, related_name="groups"
    )
    key = models.CharField("sleutel", max_length=400)  # scoring.Group.id
    kind = models.CharField("soort", max_length=20)
    role = models.CharField("rol", max_length=20, choices=Role)
    teams = models.JSONField("teams")  # [[public id, name at opening], …], sorted by id: its definition
    invited = models.PositiveSmallIntegerField("uitgenodigd")

    class Meta:
        verbose_name = "groep"
        verbose_name_plural = "groepen"
        constraints = [models.UniqueConstraint(fields=["measurement_round", "key"], name="one_group_per_key")]

    def __str__(self) -> str:
        return self.key

    def takes(self, role: str, team: str) -> bool:
        """Whether somebody with this role, in the team with this public id, belongs here."""
        return self.role == role and (
            role != Role.CLIENT_MANAGER or team in [public_id for public_id, _ in self.teams]
        )


class Invitation(models.Model):
    """One person, one scan. `used` is shown to nobody and forgotten at close."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    measurement_round = models.ForeignKey(  # a round goes whole
        MeasurementRound, on_delete=models.CASCADE, related_name="invitations"
    )
    person = models.ForeignKey(  # nobody leaves the list while a round needs the address
        Person, on_delete=models.RESTRICT, related_name="invitations"
    )
    # The address as it was at opening. A coordinator who could change it would get somebody else's link.
    email = models.EmailField("e-mailadres")
    # Role and team as the coordinator set them. Where the answers go is `group`, which stays once used.
    role = models.CharField("rol", max_length=20, choices=Role)
    team = models.ForeignKey(Team, on_delete=models.RESTRICT, related_name="+")  # named on the pages of the round
    group = models.ForeignKey(Group, null=True, on_delete=models.CASCADE, related_name="+")  # goes with the round
    counts_as = models.CharField("telt als", max_length=20, choices=Role)  # the role of `group`; stays once used
    used = models.BooleanField("gebruikt", default=False)
    withdrawn = models.BooleanField("ingetrokken", default=False)
    no_reminder = models.BooleanField("geen herinnering", default=False)
    asks_correction = models.BooleanField("vraagt om een correctie", default=False)

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        constraints = [
            models.UniqueConstraint(fields=["measurement_round", "person"], name="one_invitation_per_person"),
        ]

    def __str__(self) -> str:
        return f"uitnodiging {self.public_id}"


class InvitationSecret(models.Model):
    """The SHA-256 of a secret that was mailed. All secrets of an invitation work until it is used."""

    secret_hash = models.CharField(max_length=64, primary_key=True)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="secrets")  # dies with it

    class Meta:
        verbose_name = "link van een uitnodiging"
        verbose_name_plural = "links van uitnodigingen"

    def __str__(self) -> str:
        return "link"


class OutgoingMail(models.Model):
    """The outbox: which invitation and which kind. The secret is drawn while sending and never stored."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", "uitnodiging"
        REMINDER = "reminder", "herinnering"

    class Status(models.TextChoices):
        WAITING = "waiting", "wacht"
        SENT = "sent", "verstuurd"
        REFUSED = "refused", "geweigerd door de mailserver"
        UNCERTAIN = "uncertain", "onzeker"

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="mails")  # dies with it
    kind = models.CharField("soort", max_length=10, choices=Kind)
    status = models.CharField("stand", max_length=10, choices=Status, default=Status.WAITING)

    class Meta:
        verbose_name = "mail"
        verbose_name_plural = "mails"
        constraints = [
            # One waiting mail per invitation: two clicks on "herinner" are one reminder.
            models.UniqueConstraint(
                fields=["invitation"], condition=models.Q(status="waiting"), name="one_waiting_mail_per_invitation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.status})"


class RoundDraft(models.Model):
    """The only tie between a scan and an invitation. Cut when the scan is sent, and when the round closes."""

    scan = models.OneToOneField(Scan, primary_key=True, on_delete=models.CASCADE)  # erased together
    invitation = models.OneToOneField(  # a tie to nothing is no tie
        Invitation, on_delete=models.CASCADE, related_name="draft"
    )
    group = models.ForeignKey(Group, null=True, on_delete=models.CASCADE, related_name="+")  # as it was shown
    attribute = models.BooleanField("niveaus in woorden laten zien", default=False)

    class Meta:
        verbose_name = "concept in een ronde"
        verbose_name_plural = "concepten in een ronde"

    def __str__(self) -> str:
        return "concept in een ronde"


class Tally(models.Model):
    """The counters of one group: {theme code: the six whole numbers of scoring.ThemeTally}. Deleted at close."""

    group = models.OneToOneField(Group, primary_key=True, on_delete=models.CASCADE)  # goes with the round
    counters = models.JSONField("tellers", default=dict)

    class Meta:
        verbose_name = "telling"
        verbose_name_plural = "tellingen"

    def __str__(self) -> str:
        return f"telling van {self.group_id}"


class Attribution(models.Model):
    """One theme level that somebody chose to show under the name of the role. Deleted at close.

    `own_hash` is made from the respondent's own secret, but differs from the hash of the own link: the two cannot be
    laid side by side without the secret itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # random: no order of arrival
    measurement_round = models.ForeignKey(MeasurementRound, on_delete=models.CASCADE)  # goes with the round
    role = models.CharField("rol", max_length=20, choices=Role)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT)  # content stays
    level = models.PositiveSmallIntegerField("niveau")
    own_hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "niveau met toestemming"
        verbose_name_plural = "niveaus met toestemming"
        constraints = [
            models.CheckConstraint(condition=models.Q(level__range=(0, 4)), name="attribution_level_0_to_4"),
            models.UniqueConstraint(fields=["own_hash", "theme"], name="one_attribution_per_theme"),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.level}"


class RoundResult(models.Model):
    """What everybody may see of a closed round, word for word. Never changes.

    `remembered` holds exact numbers for the policy of the next round and is shown to nobody (rule 8).
    """

    measurement_round = models.OneToOneField(  # goes with the municipality
        MeasurementRound, primary_key=True, on_delete=models.CASCADE, related_name="result"
    )
    content = models.TextField("uitkomst")  # canonical JSON, so that the hash can be checked for ever
    sha256 = models.CharField("sha256", max_length=64)
    policy_version = models.CharField("versie van de regels", max_length=10)
    questionnaires = models.JSONField("vragenlijsten")  # [[role, version], …]
    remembered = models.TextField("onthouden voor de volgende ronde")

    class Meta:
        verbose_name = "vastgestelde uitkomst"
        verbose_name_plural = "vastgestelde uitkomsten"

    def __str__(self) -> str:
        return self.sha256[:12]
