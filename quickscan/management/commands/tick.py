import time

from django.core.management.base import BaseCommand
from django.db import OperationalError, connection

from quickscan.tick import tick


class Command(BaseCommand):
    help = "Does what is due: erases what has expired. Run it every minute; --every repeats it."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on until stopped")

    def handle(self, *args, every, verbosity, **options):
        while True:
            try:
                done = tick()
                if verbosity > 1 or not every:
                    self.stdout.write(str(done))
            except OperationalError:
                if not every:
                    raise
                self.stderr.write("The database is away; trying again.")
                connection.close()
            if not every:
                return
            time.sleep(every)
