"""The staff account."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from teams.plain_text import check_email, check_plain

from .municipality import Municipality
from .scope import OwnMunicipality, new_public_id


class UserManager(BaseUserManager.from_queryset(OwnMunicipality)):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Make a staff account. Raises ValueError without an address."""
        if not email:
            raise ValueError("A staff account needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str) -> "User":
        return super().get_by_natural_key(email.strip().lower())

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff who logs in. People who are invited to a round are not users."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    email = models.EmailField("e-mailadres", unique=True, validators=[check_email])
    name = models.CharField("naam", max_length=150, blank=True, validators=[check_plain])
    municipality = models.ForeignKey(  # a municipality goes whole
        Municipality, null=True, blank=True, on_delete=models.CASCADE, related_name="users"
    )
    is_coordinator = models.BooleanField("coördinator", default=False)
    is_manager = models.BooleanField("leidinggevende", default=False)
    is_active = models.BooleanField("actief", default=True)
    is_staff = models.BooleanField("mag in het beheer kijken", default=False)
    # Counts up to end every session of this account at once.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    objects = UserManager()

    class Meta:
        verbose_name = "medewerker"
        verbose_name_plural = "medewerkers"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_coordinator=False, is_manager=False) | models.Q(municipality__isnull=False),
                name="staff_rights_need_a_municipality",
            ),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret=None) -> str:
        """What every session of this account carries. Django's own knows only the password."""
        parts = f"{self.password}:{self.session_epoch}"
        return salted_hmac("teams.User.session", parts, secret=secret, algorithm="sha256").hexdigest()
