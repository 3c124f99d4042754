"""Ways in for who has no password (yet), what waits to be mailed, and the count of failed tries."""

from django.db import models
from django.db.models.functions import Lower, Now

from .accounts import User
from .municipality import Municipality
from .scope import OwnMunicipality, new_public_id


class Expiring(models.QuerySet):
    def alive(self, at=None):
        return self.filter(expires_at__gt=at or Now())

    def expired(self, at=None):
        return self.filter(expires_at__lte=at or Now())


class AccountInvitationQuerySet(OwnMunicipality, Expiring):
    pass


class AccountInvitation(models.Model):
    """A colleague who may make an account. The account itself begins when the link is used.

    So the list of a coordinator looks the same whether or not the address has an account in another municipality.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE)  # a municipality goes whole
    name = models.CharField("naam", max_length=150)
    email = models.EmailField("e-mailadres")
    is_coordinator = models.BooleanField("coördinator", default=False)
    is_manager = models.BooleanField("leidinggevende", default=False)
    secret_hash = models.CharField(max_length=64, null=True, unique=True)  # null: the link is not drawn yet
    mail_asked = models.BooleanField(default=False)
    expires_at = models.DateTimeField()

    objects = AccountInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "uitnodiging voor een account"
        verbose_name_plural = "uitnodigingen voor een account"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "email"], name="account_invitation_once"),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="account_invitation_email_is_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PasswordLink(models.Model):
    """A way to set a new password. Only the SHA-256 of its 256-bit secret is stored."""

    secret_hash = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)  # means nothing without the account
    expires_at = models.DateTimeField()

    objects = Expiring.as_manager()

    class Meta:
        verbose_name = "wachtwoordlink"
        verbose_name_plural = "wachtwoordlinks"

    def __str__(self) -> str:
        return "wachtwoordlink"


class PasswordRequest(models.Model):
    """Somebody typed this address on "wachtwoord vergeten". Whether it is known is looked up when mail is sent."""

    email = models.EmailField("e-mailadres", primary_key=True)
    expires_at = models.DateTimeField()

    objects = Expiring.as_manager()

    class Meta:
        verbose_name = "vraag om een wachtwoord"
        verbose_name_plural = "vragen om een wachtwoord"

    def __str__(self) -> str:
        return "vraag om een wachtwoord"


class FailedTries(models.Model):
    """How often something went wrong for one address, account or code since `since` (seconds). The key is a hash."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    since = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = "mislukte pogingen"
        verbose_name_plural = "mislukte pogingen"

    def __str__(self) -> str:
        return f"{self.count}"
