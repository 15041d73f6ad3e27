"""Short transcripts, written for these tests, as the tools write them."""

from __future__ import annotations

import json

ZOOM = b"""WEBVTT

1
00:00:01.000 --> 00:00:04.200
Athena Pallas (she/her): What would you like to talk about today?

2
00:00:04.900 --> 00:00:06.100
Take your time: we have an hour.

3
00:00:05.800 --> 00:00:09.000
Telemachus: My house is full of guests.

4
00:00:15.000 --> 00:00:17.500
Telemachus: And nobody pays.
"""

TEAMS = (
    "\ufeffWEBVTT\r\n\r\n"
    "0a1b2c3d-1111-2222-3333-444455556666/12-0\r\n"
    "00:00:03.120 --> 00:00:05.000\r\n<v Pallas, Athena (External)>Tell me\r\nmore &amp; more.</v>\r\n\r\n"
    "0a1b2c3d-1111-2222-3333-444455556666/12-1\r\n"
    "0:0:6.120 --> 0:0:7.5\r\n<v Telemachus>Well.</v>\r\n"
).encode()

MEET = b"""Weekly talk (2026-01-03 10:00 GMT+2) - Transcript
Attendees
Athena, Telemachus
Transcript

00:00:00

Athena: How are you?
Telemachus: Fine.

00:05:00

Athena: What else?
Meeting ended after 00:09:12
This editable transcript was computer generated and might contain errors.
"""

OTTER = b"""Athena  0:03
How was the council?

Telemachus  1:02:07
Loud.
Very loud.

Transcribed by https://otter.ai
"""

TEAMS_PASTED = b"""Council-20260103_100000-Meeting Recording

Athena started transcription

Pallas, Athena (External)   0:03
How was it?

Telemachus   0:09
Loud.

Athena stopped transcription
"""

NOTES = b"""COACH: What now? [pause] Think aloud.
CLIENT: I see two ways: wait or sail.
Note: she frowned here
Coach: Which one is yours?
"""

SRT = b"""1
00:00:05,000 --> 00:00:03,000
- How are you?
- Fine.

2
00:00:07,000 --> 00:00:09,000
Good to hear.
"""

WHISPER = json.dumps(
    {
        "text": "...",
        "segments": [
            {"id": 0, "start": 1.0, "end": 0.5, "text": " What happened?", "speaker": "SPEAKER_00"},
            {"id": 1, "start": 3.0, "end": 4.0, "text": " Thank you.", "no_speech_prob": 0.93},
            {"id": 2, "start": 5.0, "end": 6.0, "text": " They ate everything.", "speaker": "SPEAKER_01"},
            {"id": 3, "start": 6.0, "end": 7.0},
        ],
    }
).encode()

ROLLING = b"""WEBVTT

00:00:01.000 --> 00:00:03.000
we should have sailed

00:00:03.000 --> 00:00:05.000
we should have sailed
in the spring

00:00:05.000 --> 00:00:07.000
in the spring
"""

HEBREW = "אתנה: מה שלומך?\nטלמכוס: טוב.\nאתנה: מה עוד?\n".encode()

ALL = {
    "zoom": ZOOM,
    "teams": TEAMS,
    "meet": MEET,
    "otter": OTTER,
    "teams_pasted": TEAMS_PASTED,
    "notes": NOTES,
    "srt": SRT,
    "whisper": WHISPER,
    "rolling": ROLLING,
    "hebrew": HEBREW,
}
