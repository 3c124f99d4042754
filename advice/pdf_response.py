"""HTML to a PDF download, or a page that says kindly that it did not work."""

import logging

from django.http import HttpResponse
from django.shortcuts import render

from advice.pdf import PdfBusy, PdfFailed, render_pdf

logger = logging.getLogger(__name__)


def pdf_response(request, html: str, name: str, back: str = "") -> HttpResponse:
    """`name`: of the file; `back`: the address of the page that the reader came from, "" for the own result."""
    try:
        pdf = render_pdf(html)
    except (PdfBusy, PdfFailed) as error:
        logger.warning("No PDF: %s %s", type(error).__name__, error)
        context = {"busy": isinstance(error, PdfBusy), "back": back}
        response = render(request, "advice/pdf_failed.html", context, status=503)
        response.headers["Retry-After"] = "60"
        return response
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
