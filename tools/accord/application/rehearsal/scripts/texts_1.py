"""Wording of the first round, all of it invented: outlines of Opinions and the sections of the Second Draft."""

from __future__ import annotations

LIGHTHOUSES = "opinions/lighthouse-learning.md"
RADIO = "opinions/weather-radio.md"
REPAIR = "opinions/repair-workshops.md"

LIGHTHOUSES_OUTLINE = """\
---
id: lighthouse-learning
title: Lighthouses and other connected public buildings as places to learn
themes: [digital-divides]
stage: outline
language: en
---

This outline asks the Forum for a draft Opinion on public buildings that are already connected.

Rationale: the lighthouses of invented Arcadia have had power and a connection since they were automated, and nobody
uses
them in the evening.

Points for the Opinion:

- people who never used a computer come to a place they know more readily than to a new one;
- somebody is there whom they can ask;
- the building stays open outside the working day;
- Member States share what they learn from doing so.
"""

RADIO_OUTLINE = """\
---
id: weather-radio
title: Neighbourhood weather radio when other networks are down
themes: [resilience]
stage: outline
language: en
---

This outline asks the Forum for a draft Opinion on small radio networks that neighbours run for storm warnings.

Rationale: on the Imaginary Islands the last network to fall silent in a storm was one of twelve handheld radios.

Points for the Opinion:

- warnings reach people on more than one path;
- neighbours who run a weather radio know whom to call;
- rules for such radios are short and easy to find.
"""

REPAIR_OUTLINE = """\
---
id: repair-workshops
title: Repair workshops for a longer life of devices
themes: [green-transformation]
stage: outline
language: en
---

This outline asks the Forum for a draft Opinion on workshops in which people mend their own devices.

Rationale: in invented Lyrania a telephone that is mended once is used for three more years.

Points for the Opinion:

- spare parts and plans can be found for seven years;
- schools lend their workshops on Saturdays;
- what cannot be mended is taken apart, and its metals are used again.
"""

POWER_BEFORE = "- the building stays open outside the working day;"
POWER_AFTER = """\
- the building stays open outside the working day;
- it has power of its own for the hours in which the grid is down;"""

COVER_2 = """\
---
title: Second Draft of the Report by the ITU Secretary-General
subtitle: for the Seventh World Telecommunication/Information and Communication Technology Policy Forum 2026 (WTPF-26)
draft: draft-2
date: 2024-11-04
original_language: en
source: Written for a rehearsal from invented contributions
notice: Unofficial working aid. The official documents are on the page of the Union.
---
"""

DIVIDES = """\
# Bridging digital divides (invented example text)

Experts nominated by invented Arcadia describe lighthouses in which neighbours learn from each other how to use a
computer. Such places help most where the next school is far away.

A place to learn is used when somebody is there to ask, and when it is open in the evening.

Some experts would measure success by how many people come back a second time, others by what they can do afterwards.
"""

GREEN = """\
# Green digital transformation (invented example text)

In invented Lyrania repair workshops keep devices in use for three years longer than before.

Spare parts are the difficulty most often named: they are hard to find after the third year.
"""

RESILIENCE = """\
# Resilience of telecommunication/ICTs (invented example text)

The Union of Imaginary Islands counts on several paths for a warning: mobile networks, sirens, and radios that
neighbours run themselves.

Who may run such a radio is written in eleven places; two would do.
"""

SPACE = """\
# Space connectivity (invented example text)

Island schools of invented Zephyria are connected by satellite for two hours a day. The hours are those of the tide,
not of the timetable.

Whether small operators get access to orbits on the same terms as large ones is an open question among stakeholders.
"""

INNOVATION = """\
# ICT-centric innovation ecosystems and entrepreneurship (invented example text)

Example University lends its maker rooms to people who have an idea and no workshop.

First orders by public bodies help a young firm more than a prize does, as two Associates report.
"""
