import json
from datetime import date, timedelta
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from advice.answer_file import AnswerFileError, read_answers
from advice.documents import Variant, as_json, render_html
from advice.pdf import PdfFailed, render_pdf
from advice.report import build_report
from scans.clock import database_today
from scans.models import Questionnaire, Role
from scans.selectors.content import current_questionnaire


class Command(BaseCommand):
    help = "Makes the result of a file with answers: the same as on the result page and in the PDF."

    def add_arguments(self, parser):
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--answers", required=True, type=Path, help="JSON: {question code: answer}")
        parser.add_argument("--format", required=True, choices=["json", "html", "pdf"])
        parser.add_argument("--share", action="store_true", help="without answers and scores")
        parser.add_argument("--date", help="day of the report, as 2026-11-20 (default: today)")
        parser.add_argument("--site", default="", help="address of the site, for links to the library")
        parser.add_argument("--output", required=True, type=Path)

    def handle(self, *args, role, answers, format, share, date: str | None, site, output, **options):
        try:
            content = current_questionnaire(role)
        except Questionnaire.DoesNotExist as error:
            raise CommandError("There is no published content. Run: manage.py load_content") from error
        try:
            choices = read_answers(answers, content)
        except AnswerFileError as error:
            raise CommandError(str(error)) from error
        report = build_report(content, choices, _day(date))
        variant = Variant.SHARE if share else Variant.MINE
        try:
            output.write_bytes(_document(report, variant, format, site))
        except OSError as error:
            raise CommandError(f"Cannot write {output}: {error.strerror}") from error
        except PdfFailed as error:
            raise CommandError(f"The PDF could not be made: {error}") from error
        self.stdout.write(f"{output}: {format}, {report.counted} of {report.questions} answers have a level")


def _document(report, variant: Variant, format: str, site: str) -> bytes:
    if format == "json":
        return (json.dumps(as_json(report, variant), ensure_ascii=False, indent=2) + "\n").encode()
    html = render_html(report, variant, site)
    return html.encode() if format == "html" else render_pdf(html)


def _day(text: str | None) -> date:
    if text is None:
        return database_today()
    try:
        day = date.fromisoformat(text)
        day + timedelta(weeks=4)  # the last step must have a day too
        return day
    except (ValueError, OverflowError) as error:
        raise CommandError(f"--date {text} is not a day; write it as 2026-11-20") from error
