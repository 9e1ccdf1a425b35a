"""Wording of the second round, all of it invented: the texts of the draft Opinions."""

from __future__ import annotations

SCHOOLS = "opinions/island-schools.md"
MAKERS = "opinions/young-makers.md"
MASTS = "opinions/shared-masts.md"

LIGHTHOUSES_TEXT = """\
---
id: lighthouse-learning
title: Lighthouses and other connected public buildings as places to learn
themes: [digital-divides]
stage: text
language: en
---

The Seventh Example Forum (Port Arcadia, 2026),

*considering*

1. that the lighthouses of invented Arcadia stand in every coastal village;
2. that they have had power and a connection since they were automated;
3. that people who never used a computer come more readily to a place they know,

*noting*

the trial courses held at three of these lighthouses,

*is of the view*

1. that public buildings which are already connected can serve as places to learn;
2. that such a place needs somebody to ask, and hours outside the working day,

*invites Member States*

1. to consider opening connected public buildings in the evening;
2. to share what they learn from doing so.
"""

RADIO_TEXT = """\
---
id: weather-radio
title: Neighbourhood weather radio when other networks are down
themes: [resilience]
stage: text
language: en
---

The Seventh Example Forum (Port Arcadia, 2026),

*recalling*

the storm of the invented year in which twelve handheld radios were the last network of the Imaginary Islands,

*considering*

1. that a warning is heard when it comes on at least two paths;
2. that neighbours who run a weather radio know whom to call,

*is of the view*

1. that small radio networks run by neighbours add to the resilience of other networks;
2. that rules for them are best when they are short and easy to find,

*invites Member States and Sector Members*

1. to consider how neighbours can take part in passing on warnings;
2. to exchange plans for such radios.
"""

REPAIR_TEXT = """\
---
id: repair-workshops
title: Repair workshops for a longer life of devices
themes: [green-transformation]
stage: text
language: en
---

The Seventh Example Forum (Port Arcadia, 2026),

*considering*

1. that in invented Lyrania a telephone that is mended once is used for three more years;
2. that spare parts are hard to find after the third year,

*is of the view*

1. that spare parts and plans should be found for as long as a device is sold, and seven years more;
2. that school workshops can be places of repair on Saturdays,

*invites Member States*

to consider repair when they buy devices for public use.
"""

SCHOOLS_TEXT = """\
---
id: island-schools
title: Connecting island schools by satellite
themes: [space-connectivity]
stage: text
language: en
---

The Seventh Example Forum (Port Arcadia, 2026),

*considering*

1. that island schools of the invented Zephyria Isles are connected for two hours a day;
2. that these hours follow the tide and not the timetable,

*is of the view*

1. that every island school should have a connection during lessons;
2. that schools of one archipelago can share one ground station,

*invites Member States and Sector Members*

to exchange what such connections cost over ten years.
"""

MAKERS_TEXT = """\
---
id: young-makers
title: Maker rooms for young inventors
themes: [innovation-ecosystems]
stage: text
language: en
---

The Seventh Example Forum (Port Arcadia, 2026),

*considering*

1. that people with an idea often have no workshop;
2. that a first order helps a young firm more than a prize does,

*is of the view*

that rooms with tools, open to all ages, belong to an ecosystem of innovation,

*invites Member States*

1. to encourage universities to lend their maker rooms;
2. to consider small first orders by public bodies.
"""

MASTS_TEXT = """\
---
id: shared-masts
title: Sharing masts among community networks
themes: [digital-divides, green-transformation]
stage: text
language: en
---

The Seventh Example Forum (Port Arcadia, 2026),

*considering*

1. that three masts stand on the same hill of invented Lyrania, each for one network;
2. that a mast is the larger part of what a small network costs,

*is of the view*

1. that masts can be shared where the hill allows it;
2. that the terms of sharing should be published,

*invites Sector Members*

to consider offering space on their masts to community networks.
"""
