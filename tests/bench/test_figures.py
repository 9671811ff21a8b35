"""The README's figures are those of the last `make bench`."""

import json
import re

from tests.bench import reading
from tests.bench.__main__ import RESULTS
from tests.journeys.conftest import ROOT


def test_the_readme_tells_what_was_measured() -> None:
    text = (ROOT / "README.md").read_text()
    found = re.search(r"<!-- figures of make bench -->\n(.*?)<!-- end of figures -->", text, re.S)
    assert found is not None
    figures = json.loads(RESULTS.read_text())
    assert found[1].strip() == reading.table(figures["reading"])
