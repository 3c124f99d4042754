from django.core.management.base import BaseCommand, CommandError

from advice.content_load import load_content
from scans.content_files import ContentError


class Command(BaseCommand):
    help = "Loads the fixtures, checks that they are complete and publishes new versions. All or nothing."

    def handle(self, *args, **options):
        try:
            loaded = load_content()
        except ContentError as error:
            raise CommandError(str(error)) from error
        news = f"; published: {', '.join(loaded.published)}" if loaded.published else "; nothing new to publish"
        self.stdout.write(f"{loaded.records} content records loaded{news}")
