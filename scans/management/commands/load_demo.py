import logging
import time

from django.core.management.base import BaseCommand, CommandError

from scans.demo.load import DemoLeftOut, DemoRefused, load_demo


class Command(BaseCommand):
    help = "Loads two made-up municipalities with eight rounds, for development only. A second time changes nothing."

    def handle(self, *args, **options):
        staff = logging.getLogger("quickscan.staff")
        level = staff.level
        staff.setLevel(logging.WARNING)  # what made-up colleagues do is no act of staff
        try:
            self.stdout.write(self._load())
        finally:
            staff.setLevel(level)

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
