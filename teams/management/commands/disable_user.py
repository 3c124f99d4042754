from django.core.management.base import BaseCommand, CommandError

from teams.models import User
from teams.services.colleagues import disable_user


class Command(BaseCommand):
    help = "Closes a staff account: no way in any more, and every session ends at once."

    def add_arguments(self, parser):
        parser.add_argument("--email", required=True)

    def handle(self, *args, email, **options):
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"No account has the address {email}.")
        disable_user(user, by="command-line")
        self.stdout.write(f"{user.email} can no longer log in.")
