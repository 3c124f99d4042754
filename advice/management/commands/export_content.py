import json

from django.core.management.base import BaseCommand

from advice.content_export import export_content


class Command(BaseCommand):
    help = "Prints the whole content as one JSON document (schema in docs/content.md)."

    def handle(self, *args, **options):
        self.stdout.write(json.dumps(export_content(), ensure_ascii=False, indent=2))
