from __future__ import annotations

import pytest

from jenkins2gha.mapping.timezones import timezone
from translating import with_sections


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("UTC", None),
        ("GMT", None),
        ("Etc/UTC", None),
        ("PST", "America/Los_Angeles"),
        ("IST", "Asia/Kolkata"),
        ("US/Eastern", "America/New_York"),
        ("Europe/Berlin", "Europe/Berlin"),
        (None, None),
    ],
)
def test_a_zone_under_the_name_that_github_takes(written: str | None, zone: str | None) -> None:
    assert timezone(written) == zone


@pytest.mark.parametrize(("zone", "written"), [("UTC", None), ("JST", "Asia/Tokyo")])
def test_a_schedule_in_a_zone(zone: str, written: str | None) -> None:
    translation = with_sections(f"triggers {{ cron('TZ={zone}\\n0 9 * * *') }}")
    (entry,) = translation.workflow.triggers.schedule
    assert (entry.cron, entry.timezone) == ("0 9 * * *", written)
