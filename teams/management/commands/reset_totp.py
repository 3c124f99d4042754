from django.core.management.base import BaseCommand, CommandError

from teams.models import User
from teams.services.colleagues import reset_second_factor


class Command(BaseCommand):
    help = "Forgets the second factor of a staff account; the next login asks for a new one. Ends every session."

    def add_arguments(self, parser):
        parser.add_argument("--email", required=True)

    def handle(self, *args, email, **options):
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"No account has the address {email}.")
        reset_second_factor(user, by="command-line")
        self.stdout.write(f"{user.email} sets up a new second factor at the next login.")
