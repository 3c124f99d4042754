"""What can be taken along from a closed round: the report, the page of one group, and the figures."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from advice.pdf_response import pdf_response
from teams.views.scope import as_staff

from .documents import file_name, group_html, round_html
from .frozen import frozen_or_404, frozen_until
from .workbook import XLSX, workbook_bytes


@require_safe
@as_staff
def report_pdf(request, municipality, public_id):
    frozen = frozen_or_404(municipality, public_id)
    html = round_html(frozen_until(municipality, frozen), request.build_absolute_uri("/"))
    return pdf_response(request, html, file_name(frozen, "pdf"), reverse("round_result", args=[public_id]))


@require_safe
@as_staff
def group_pdf(request, municipality, public_id, number):
    frozen = frozen_or_404(municipality, public_id)
    group = frozen.group(number)
    if group is None:
        raise Http404
    html = group_html(frozen_until(municipality, frozen), group, request.build_absolute_uri("/"))
    back = reverse("round_group", args=[public_id, number])
    return pdf_response(request, html, file_name(frozen, "pdf", group), back)


@require_safe
@as_staff
def as_xlsx(request, municipality, public_id):
    """The shown figures as a workbook; the same bytes for the same round."""
    frozen = frozen_or_404(municipality, public_id)
    response = HttpResponse(workbook_bytes(frozen_until(municipality, frozen)), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(frozen, "xlsx")}"'
    return response
