import time

from django.core.management.base import BaseCommand, CommandError

from scans.demo.load import DemoLeftOut, DemoRefused, load_demo
from teams.staff_log import without_staff_log


class Command(BaseCommand):
    help = "Loads two made-up municipalities with eight rounds, for development only. A second time changes nothing."

    def handle(self, *args, **options):
        with without_staff_log():
            said = self._load()
        self.stdout.write(said)

    def _load(self) -> str:
        began = time.monotonic()
        try:
            loaded = load_demo()
        except DemoRefused as refused:
            raise CommandError(str(refused)) from refused
        except DemoLeftOut as why:
            return str(why)
        return (
            f"demo loaded: {loaded.municipalities} municipalities, {loaded.teams} teams, {loaded.rounds} rounds, "
            f"{loaded.scans} scans sent ({time.monotonic() - began:.0f} s)"
        )
