from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from teams.mails import access_link
from teams.plain_text import check_email, check_plain, tidy
from teams.services.access import invite_coordinator
from teams.services.errors import AlreadyColleague


class Command(BaseCommand):
    help = (
        "Invites a coordinator and prints a link, once, to make the account with. Makes the municipality if needed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--municipality", required=True, metavar="NAME")
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="", help="of the coordinator")

    def handle(self, *args, municipality, email, name, **options):
        municipality, email, name = tidy(municipality), email.strip(), tidy(name)
        try:
            check_email(email)
            check_plain(municipality)
            check_plain(name)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if not municipality or len(municipality) > 100 or len(name) > 150:
            raise CommandError("Give a municipality of 1 to 100 characters and a name of at most 150.")
        try:
            secret = invite_coordinator(municipality, email, name=name)
        except AlreadyColleague as error:
            raise CommandError(f"{email} already has an account.") from error
        self.stderr.write("Works once, for seven days. Whoever has it can make the account:")
        self.stdout.write(access_link(secret))
