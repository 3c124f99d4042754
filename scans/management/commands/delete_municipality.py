from django.core.management.base import BaseCommand, CommandError

from scans.rounds.deleting import delete_from_command_line, what_goes
from teams.models import Municipality


class Command(BaseCommand):
    help = "Deletes a municipality with its teams, people, rounds, results and accounts. It cannot be undone."

    def add_arguments(self, parser):
        parser.add_argument("--municipality", required=True, metavar="NAME", help="its name or its public id")
        parser.add_argument("--yes", action="store_true", help="do not ask for the name again")

    def handle(self, *args, municipality, yes, **options):
        found = _find(municipality)
        goes = what_goes(found)
        self.stdout.write(
            f"{goes.name} ({found.public_id}): {goes.teams} teams, {goes.people} people, {goes.rounds} rounds, "
            f"{goes.accounts} accounts."
        )
        if goes.open_until:
            self.stdout.write("A round is open. It stops now and gets no result.")
        if not yes and _typed() != goes.name:
            raise CommandError("That is not its name. Nothing was deleted.")
        if not delete_from_command_line(found.public_id):
            raise CommandError("Somebody else deleted it just now.")
        self.stdout.write("Deleted. Backups still hold it: see docs/operations.md.")


def _find(text: str) -> Municipality:
    rows = Municipality.objects
    found = rows.filter(public_id=text).first() or rows.filter(name__iexact=text.strip()).first()
    if found is None:
        raise CommandError(f"No municipality has the name or public id {text}.")
    return found


def _typed() -> str:
    try:
        return input("Type its name to delete it: ").strip()
    except EOFError as error:
        raise CommandError("Nobody is there to confirm. Add --yes.") from error
