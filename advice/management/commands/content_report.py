from django.core.management.base import BaseCommand

from advice.library.report import content_report
from advice.library.report_text import as_text


class Command(BaseCommand):
    help = "Prints what the library holds, which sections have no entry and why, and what no answer leads to."

    def handle(self, *args, **options):
        self.stdout.write(as_text(content_report()), ending="")
