import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from scans.rounds.simulation import BadWorld, simulate


class Command(BaseCommand):
    help = "Puts a made-up municipality through the real services; prints every figure that staff would see."

    def add_arguments(self, parser):
        parser.add_argument(
            "--input", required=True, type=Path, metavar="FILE", help="JSON, see docs/privacy/simulate.md"
        )

    def handle(self, *args, input, **options):
        try:
            world = json.loads(input.read_text(encoding="utf-8"))
            shown = simulate(world)
        except RecursionError as error:
            raise CommandError(f"{input}: lists or objects lie too deep in one another") from error
        except (OSError, ValueError, BadWorld) as error:
            raise CommandError(f"{input}: {error}") from error
        self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1))
