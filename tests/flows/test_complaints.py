"""The watchman of the other stories: what goes wrong in a page is noticed."""

import pytest

pytestmark = pytest.mark.browser

MISTAKES = {
    "an inline script": (
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = true'}))",
        "CSP violation: script-src-elem inline",
    ),
    "an inline style": ("document.body.setAttribute('style', 'color: red')", "CSP violation: style-src-attr inline"),
    "another site": ("fetch('http://127.0.0.1:9/').catch(() => {})", "CSP violation: connect-src http://127.0.0.1:9"),
    "a page error": ("setTimeout(() => { throw new Error('kapot'); })", "page error: kapot"),
    "a console error": ("console.error('mis')", "console: mis"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_it_is_noticed(page, complaints, mistake):
    script, complaint = MISTAKES[mistake]
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert complaints.left() == []
    page.evaluate(f"() => {{ {script} }}")
    for _ in range(100):
        if any(complaint in text for text in complaints.left()):
            break
        page.wait_for_timeout(50)
    else:
        pytest.fail(f"not noticed; found only {complaints.found}")
    assert page.evaluate("window.ran") is None
    complaints.found.clear()
