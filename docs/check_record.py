"""Check the decisions of an Accord record with nothing but `git` and the Python standard library.

    python3 -I -S docs/check_record.py [REPOSITORY]

It shares no line with Accord itself. It reads the branch `record`, proves that it was only ever added to, and works
out from the events alone whether each declaration and each meeting's outcome follows from the events before it.
`docs/checking-by-yourself.md` says in words what it does, and what it leaves to you. It exits with 0 if
everything follows, else with 1. C1 to C14 are the rules of agreement.
"""
# ruff: noqa: T201 - a script that prints

import hashlib
import json
import subprocess
import sys
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

Event = dict[str, Any]  # one line of the record
Effect = dict[str, dict[str, Any]]  # clause id → what becomes of the clause, in the order of the text
CAUTION = ["support", "accept", "abstain", "reserve", "object"]  # C3: the later, the more cautious
FOR_IT = ["support", "accept"]
PUT_ORALLY = ("agreed", "adopted")  # results of a meeting that stand in for a call (C11), or begin so
NO_TEXT: Effect = {"*": {}}  # what words are about where no clause changes


# --- Reading: git, moments, effects --------------------------------------------------------------------------------


def git(repository: str, *arguments: str, stdin: bytes = b"") -> bytes:
    """What one git command prints; nothing if it refuses."""
    command = ["git", "-C", repository, *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False).stdout


def moment(text: str) -> datetime:
    """`2024-12-20T22:59:59Z` as a moment."""
    return datetime.fromisoformat(text)


def earliest(event: Event) -> datetime:
    """The earliest moment at which it can have been received."""
    return moment(event["received"]["earliest"])


def latest(event: Event) -> datetime:
    """The latest moment at which it can have been received."""
    return moment(event["received"]["latest"])


def acted(event: Event) -> datetime:
    """When it was done: by a server's clock if it came from a forge, else when it was entered."""
    return latest(event) if event["received"].get("clock") == "server" else moment(event["recorded"])


def effect_of(event: Event) -> Effect:
    """What a line of the record says becomes of each clause; fields left out have their empty value."""
    blank = {"container": "", "after": None, "form": "", "lead": ""}
    return {entry["id"]: {**blank, **entry} for entry in event["effect"]}


def same(one: Effect, other: Effect) -> bool:
    """The same clauses, in the same order, with the same words."""
    return list(one.items()) == list(other.items())


# --- The history: every commit of the record only adds -------------------------------------------------------------


class Record:
    """Every event in order, every fact under its digest, and everything wrong with the history."""

    def __init__(self, repository: str) -> None:
        self.events: list[Event] = []
        self.facts: dict[str, Any] = {}
        self.wrong: list[str] = []
        self.counted: dict[str, int] = {}  # commit → how many events there were with it
        self.entered: dict[int, str] = {}  # running number of an event → the commit that entered it
        names = ("refs/heads/record", "refs/remotes/origin/record")
        found = (git(repository, "rev-parse", "--verify", "--quiet", name).decode().strip() for name in names)
        self.tip = next((commit for commit in found if commit), "")
        raw = git(repository, "log", "--reverse", "--topo-order", "-m", "--root", "--raw", "--no-abbrev",
                  "--no-renames", "--format=commit %H %P", self.tip) if self.tip else b""  # fmt: skip
        commits: list[tuple[str, list[str], list[list[str]]]] = []
        for line in raw.decode().splitlines():
            if line.startswith("commit "):
                _, commit, *parents = line.split()
                commits.append((commit, parents, []))
            elif line.startswith(":"):
                commits[-1][2].append(line[1:].replace("\t", " ").split(" ", 5))
        wanted = {
            oid for _, _, changes in commits for change in changes for oid in change[2:4] if oid.strip("0")
        }
        contents = read_all(repository, sorted(wanted))
        for index, (commit, parents, changes) in enumerate(commits):
            if len(parents) != (index > 0):
                self.say(commit, "", "the history is not one line from its beginning")
            self.add(commit, changes, contents)
        self.events.sort(key=lambda event: int(event["seq"]))

    def say(self, commit: str, path: str, what: str) -> None:
        """Something that should not be so."""
        self.wrong.append(f"commit {commit[:12]}{' ' * bool(path)}{path}: {what}")

    def about(self, subject: str, below: int, now: datetime) -> list[Event]:
        """What was received about a subject by *now* and entered before the event with number *below*."""
        mine = [e for e in self.events if e.get("subject") == subject and e["seq"] < below]
        return [event for event in mine if earliest(event) <= now]

    def add(self, commit: str, changes: list[list[str]], contents: dict[str, bytes]) -> None:
        """Take in what one commit did: whole lines at the end of files, new facts, and the count of both."""
        added: list[Event] = []
        head: dict[str, Any] = {}
        for _, mode, old_oid, new_oid, status, path in changes:
            old, new = contents.get(old_oid, b""), contents.get(new_oid, b"")
            if status not in ("A", "M") or mode != "100644":
                self.say(commit, path, "a file was removed, or is no plain file")
            elif path.endswith(".jsonl"):
                if not new.startswith(old) or not new.endswith(b"\n"):
                    self.say(commit, path, "lines that were there were changed, moved or dropped")
                    continue
                for line in new[len(old) : -1].split(b"\n"):
                    try:
                        added.append(json.loads(line, object_pairs_hook=once))
                        if (type(added[-1]["seq"]), type(added[-1]["kind"])) != (int, str):
                            raise ValueError("every event has a running number and a kind")
                    except (ValueError, KeyError, TypeError):
                        self.say(commit, path, "a line is no event")
                        return
            elif path.startswith("facts/"):
                digest = path.rpartition("/")[2].removesuffix(".json")
                if status != "A" or hashlib.sha256(new).hexdigest() != digest:
                    self.say(commit, path, "a fact is not what its name says")
                else:
                    self.facts[digest] = json.loads(new)
            elif path == "head.json":
                head = json.loads(new)
            elif status != "A" or path != "README.md":
                self.say(commit, path, "a file that does not belong here, or was edited")
        first = len(self.events) + 1
        if sorted(event["seq"] for event in added) != list(range(first, first + len(added))):
            self.say(commit, "", f"the events added are not numbered from {first} on without a gap")
        self.events += added
        self.counted[commit] = len(self.events)
        self.entered |= {event["seq"]: commit for event in added}
        if (added or head) and head.get("events") != len(self.events):
            self.say(commit, "head.json", f"it does not count the {len(self.events)} events there are")


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object in which no field stands twice."""
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a field stands twice")
    return dict(pairs)


def read_all(repository: str, oids: list[str]) -> dict[str, bytes]:
    """The content of each file, by its name in git."""
    out, rest = {}, git(repository, "cat-file", "--batch", stdin="".join(f"{oid}\n" for oid in oids).encode())
    for oid in oids:
        header, _, rest = rest.partition(b"\n")
        size = int(header.split()[-1])  # a file that is missing stops here: nothing can be said without it
        out[oid], rest = rest[:size], rest[size + 1 :]
    return out


# --- The world: the agreed text, the list of experts and the rules, as the record had seen them --------------------


class World:
    """What was known before the event with number *below*: nothing entered later can change the answer."""

    def __init__(self, record: Record, below: int) -> None:
        self.facts = record.facts
        self.seen = [e for e in record.events if e["kind"] == "main-seen" and e["seq"] < below]

    def at(self, when: datetime, what: str) -> Any:
        """A fact (`agreed`, `experts`, `consensus`, `timetable`) by the newest state of the text seen by then."""
        by_then = [state for state in self.seen if moment(state["recorded"]) <= when]
        return self.facts[(by_then or self.seen)[-1 if by_then else 0][what]]

    def listed(self, group: str, when: datetime) -> list[dict[str, Any]]:
        """The `entities`, `experts`, `chairs` or `secretariat` whose days on the list include that moment."""
        zone = ZoneInfo(self.at(when, "timetable")["zone"])

        def begins(day: str, days: int = 0) -> datetime:
            return datetime.combine(date.fromisoformat(day) + timedelta(days=days), time.min, zone)

        return [
            one
            for one in self.at(when, "experts").get(group, [])
            if begins(one["from"]) <= when and (not one.get("until") or when < begins(one["until"], 1))
        ]

    def entity(self, name: str, when: datetime) -> dict[str, Any] | None:
        """A nominating entity, if it is on the list at that moment (C2)."""
        return next((one for one in self.listed("entities", when) if one["id"] == name), None)

    def owners(self, name: str, when: datetime) -> list[str]:
        """C2. The entity itself while it is on the list, else its named successors, and theirs."""
        entries = self.at(when, "experts")["entities"]
        after = {entry["id"]: listing(entry["successor"]) for entry in entries if entry.get("successor")}
        owners, waiting = [], [name]
        for one in waiting:  # those named on the way are asked too
            if self.entity(one, when):
                owners.append(one)
            else:
                waiting += [heir for heir in after.get(one, []) if heir not in waiting]
        return owners

    def is_one_of(self, event: Event, group: str, entity: str = "") -> bool:
        """Whether who wrote the event is on that list (for that entity): by account, by name without one."""
        by, when = event["by"], acted(event)
        return any(
            (by.get("id") == one["account"] if one.get("account") is not None else by["name"] == one["name"])
            for one in self.listed(group, when)
            if not entity or one["entity"] == entity
        )

    def rules(self, when: datetime) -> dict[str, Any]:
        """The rules in force: the preset in use with the recorded changes to it, and what they leave out."""
        value = self.at(when, "consensus")
        changes = {change["field"]: change["value"] for change in value.get("changes", [])}
        given = {**value["presets"][value["use"]], **changes}
        words = given.get("positions") or {name: {"means": name} for name in CAUTION}
        *more, share = given.get("needs_share", "0/1").split(" ")  # `2/3`, or `more than 1/2`
        part, whole = share.split("/")
        silent = given.get("may_be_silent", "any")
        return {
            "escalate_days": 0,
            "supporting_positions": FOR_IT,
            **given,
            "name": f"{value['use']}, changed" if changes else value["use"],
            "gates": sorted(given["gates"]),
            "positions": [{"label": "", "recuses": False, **words[name], "name": name} for name in words],
            "needs_share": {"numerator": int(part), "denominator": int(whole), "more": bool(more)},
            "may_be_silent": None if silent == "any" else silent,
        }


def listing(value: Any) -> list[Any]:
    """A field that holds nothing, one thing or a list of them."""
    return [] if value is None else value if isinstance(value, list) else [value]


def is_called(entity: dict[str, Any], *names: Any) -> bool:
    """Whether one of the names is its id or its name, without regard to capitals."""
    return bool(
        {entity["id"].casefold(), entity["name"].casefold()} & {str(name).casefold() for name in names}
    )


def newest(events: list[Event]) -> Event:
    """The one that was received last; at one instant the one entered last."""
    return max(events, key=lambda event: (earliest(event), event["seq"]))


# --- One subject: a contribution, or an Opinion as it reads ---------------------------------------------------------


class Version(NamedTuple):
    """One version of a contribution, and what it came in with."""

    event: Event
    received: datetime
    metadata: dict[str, Any] | None
    admitted: Event | None
    waived: set[str]

    @property
    def counts(self) -> bool:
        """Whether its form was in order, or the secretariat admitted it (C14)."""
        form = self.event.get("form", [])
        errors = {one["rule"] for one in form if one.get("severity", "error") == "error"}
        return bool(self.admitted or (self.metadata and errors <= self.waived))

    @property
    def since(self) -> datetime:
        """From when it counts."""
        return max(latest(self.event), latest(self.admitted or self.event))


class Word(NamedTuple):
    """What one entity said at one moment about some clauses (C3): the later, or the more cautious, comes last."""

    place: tuple[datetime, int, bool, int]  # when, how cautious, whether it goes on taking part, event
    stance: str
    name: str  # as the rules call it
    own: bool  # its own, or confirmed by it (C14)
    changed: bool  # its words were edited or deleted since, so it says nothing any more (C12)
    about: Effect


def decisive(words: list[Word]) -> Word:
    """C14. The last one; what the secretariat entered never replaces what they said themselves."""
    return ([word for word in words if word.own] or words)[-1]


class Subject:
    """What was said about one subject, received by *now* and entered before the event with number *below*."""

    def __init__(self, record: Record, name: str, below: int, now: datetime) -> None:
        self.record, self.name, self.below, self.now = record, name, below, now
        self.world = World(record, below)
        self.events = record.about(name, below, now)
        self.heard = self.events
        whole = self.other((self.of("received") or [{}])[0].get("split_from"))
        self.all_versions = self.came_in(whole)
        self.versions = [version for version in self.all_versions if version.counts]
        current = (self.versions or self.all_versions or [Version({}, now, None, None, set())])[-1]
        metadata = current.metadata or {}
        source = metadata.get("source") if metadata.get("kind") != "secretariat-text" else ""
        known = self.world.listed("entities", current.received)
        named = next((one["id"] for one in known if is_called(one, source)), "")
        self.source = named if self.vouched_for(named, current) else ""
        everybody = self.world.at(current.received, "experts")["entities"]
        self.cosigners = {e["id"] for e in everybody if is_called(e, *listing(metadata.get("cosigners")))}
        amends = listing(metadata.get("amends"))
        self.requires = {*listing(metadata.get("requires")), *amends}
        self.amended = self.other(amends[0]) if amends and amends[0] < int(name) else None
        if whole:
            self.heard = [*self.inherited(whole), *self.events]

    def vouched_for(self, entity: str, version: Version) -> bool:
        """Nobody is made a source by somebody else's word: from a forge it comes from an expert of its own."""
        event, act = version.event, version.admitted or {}
        if not event.get("post") or event["by"]["role"] == "secretariat" or act.get("category"):
            return True
        experts = self.world.listed("experts", version.received)
        own = [one for one in experts if one["entity"] == entity]
        own += self.world.listed("secretariat", version.received)
        return any(one.get("account") == event["by"].get("id", 0) for one in own)

    def other(self, number: int | None) -> "Subject | None":
        """Another contribution at the same moment; None without one."""
        if not number or not self.record.about(str(number), self.below, self.now):
            return None
        return Subject(self.record, str(number), self.below, self.now)

    def of(self, *kinds: str) -> list[Event]:
        """The events of some kinds, in the order of the record."""
        return [event for event in self.events if event["kind"] in kinds]

    def said(self, *kinds: str) -> list[Event]:
        """The same, with what it inherited from the contribution that it was split from."""
        return [event for event in self.heard if event["kind"] in kinds]

    def surely(self, *kinds: str) -> list[Event]:
        """C10. The same without what may not have come yet: that opens nothing and ends nothing."""
        return [event for event in self.said(*kinds) if latest(event) <= self.now]

    def came_in(self, whole: "Subject | None") -> list[Version]:
        """Every version; the parts of one that was split came in when and as that one did (C6)."""
        admitted = {event["revision"]: event for event in self.of("admitted")}
        rests = {event["seq"] + 1 for event in self.of("split")}
        out: list[Version] = []
        for event in self.of("received", "revised"):
            number = event.get("revision", 1)
            metadata = event["metadata"] or (out[-1].metadata if out and not event.get("form") else None)
            waived = {act["rule"] for act in self.of("waived") if act["revision"] == number}
            version = Version(event, latest(event), metadata, admitted.get(number), waived)
            before = out if event["seq"] in rests else whole.all_versions if whole and not out else []
            for of in [one for one in before if one.event["seq"] < event["seq"]][-1:]:
                act = version.admitted or of.admitted
                version = Version(event, of.received, metadata, act, waived | of.waived)
            out.append(version)
        return out

    def inherited(self, whole: "Subject") -> list[Event]:
        """C6. What was said of the whole before it was split, about clauses of this part, and what ends objections."""
        part = self.of("received")[0]
        clauses = set(effect_of(part))
        words = [one for one in whole.said("position", "cosigned", "outcome") if one["seq"] < part["seq"]]
        about_it = [one for one in words if clauses & set(effect_of(one))]
        return [*about_it, *whole.said("confirmed", "objection-ended", "asked")]

    def incorporated(self, when: datetime) -> Event | None:
        """The act by which its text came into the agreed text."""
        return next((e for e in reversed(self.of("incorporated")) if earliest(e) <= when), None)

    def ground(self, when: datetime) -> dict[str, list[Any]]:
        """The agreed text that it changes, by clause; with what it amends put in until that is there (C5)."""
        if self.amended is None:
            return {row[0]: row for row in self.world.at(when, "agreed")["clauses"]}
        below, act = self.amended.ground(when), self.amended.incorporated(when)
        if act is None:
            changed = self.amended.effect(when)
            kept = {id_: row for id_, row in below.items() if id_ not in changed}
            gets = [[e["id"], e["path"], e["gets"], e["container"], e["form"]] for e in changed.values()]
            return kept | {row[0]: row for row in gets if row[2] is not None}
        own = {there: id_ for id_, there in act["ids"].items()}
        rows = (
            [own.get(i, i), path, digest, own.get(c, c), form] for i, path, digest, c, form in below.values()
        )
        return {row[0]: row for row in rows}

    def effect(self, when: datetime, version: int = -1) -> Effect:
        """C5. What would become of each clause, against the newest state of the agreed text seen by then."""
        act = self.incorporated(when)
        if act:
            return effect_of(act)
        rows = self.ground(when)
        if not self.name.isdigit():  # an Opinion as it reads: its clauses, in their order (C9)
            return {
                id_: {"id": id_, "path": path, "had": digest, "gets": digest,
                      "container": container, "after": None, "form": form, "lead": ""}
                for id_, path, digest, container, form in rows.values()
                if path == f"{self.name}.md"
            }  # fmt: skip
        current = [one.event for one in self.versions if one.since <= when]
        proposed = effect_of(current[version]) if len(current) >= -version else {}
        keywords = {id_: row[2] for id_, row in rows.items() if row[4] == "keyword"}
        for id_, one in proposed.items():
            keywords[id_] = (one["gets"] or "") if one["form"] == "keyword" else ""
        out: Effect = {}
        for entry in proposed.values():
            now = rows.get(entry["id"])
            if now is None and entry["gets"] is None:
                continue  # deleted already
            if now and entry["after"] is None:  # it stays where it is
                entry = {**entry, "path": now[1], "container": now[3]}
                if [now[2], now[4]] == [entry["gets"], entry["form"]]:
                    continue  # reads so already
            lead = keywords.get(entry["container"], "")
            out[entry["id"]] = {**entry, "had": now[2] if now else None, "lead": lead}
        return out

    def changes(self, since: datetime, until: datetime) -> list[datetime]:
        """Moments at which the effect may have become another: a version, a state of the text, what it amends."""
        moments = {version.since for version in self.versions}
        moments |= {moment(state["recorded"]) for state in self.world.seen}
        moments |= set(self.amended.changes(since, until)) if self.amended else set()
        return sorted(when for when in moments if since < when <= until)

    # --- Who counts, and what they say now ---

    def signature(self, entity: str) -> Event | None:
        """C3, C14. The newest act by which an entity itself (or confirmed by it) signed, or declined to."""
        own = [
            event
            for event in self.said("cosigned")
            if event["entity"] == entity
            and (not event["accepted"] or latest(event) <= self.now)  # C10. It may not have come yet.
            and (event["by"]["role"] == "expert" or self.confirmed(event["seq"], entity))
        ]
        return max(own, key=lambda event: (latest(event), event["seq"]), default=None)

    def confirmed(self, target: int, entity: str) -> list[Event]:
        """C14. The acts by which the entity confirmed what was entered for it."""
        mine = [one for one in self.surely("confirmed") if one["entity"] == entity]
        return [one for one in mine if one["target"] == target]

    def counts(self, entity: str, when: datetime, *, objects: bool) -> bool:
        """C2, C3. Whether the word of an entity can bear on consensus."""
        on_list = self.world.entity(entity, when)
        if on_list is None or on_list["category"] not in self.world.rules(when)["withholding_categories"]:
            return False
        # C6. Nobody is silenced by being named as a co-signer.
        silent = entity in self.cosigners and not objects and self.signature(entity) is None
        return entity != self.source and not silent

    def words(self, leave: set[str]) -> dict[str, list[Word]]:
        """C3. What each entity said while it counted, in order: at one instant the most cautious last."""
        out: dict[str, list[Word]] = defaultdict(list)
        edited = {event["target"] for event in self.said("words-changed")}
        for event in self.said("position", "cosigned", "outcome"):
            own = event["by"]["role"] == "expert" or event["kind"] == "outcome" or bool(event.get("meeting"))
            if event["kind"] == "position":
                spoken = [(event["entity"], event["stance"], event.get("said") or event["stance"])]
            elif event["kind"] == "outcome":
                spoken = [(one["entity"], "object", "object") for one in event.get("objections", [])]
                spoken += [(one["entity"], "reserve", "reserve") for one in event.get("statements", [])]
            else:
                signs = event is self.signature(event["entity"]) and event["accepted"]
                spoken = [(event["entity"], "support", "support")] if signs else []
            for entity, stance, name in spoken:
                if self.counts(entity, latest(event), objects=stance == "object"):
                    mine = own or event["kind"] == "cosigned" or bool(self.confirmed(event["seq"], entity))
                    place = (latest(event), CAUTION.index(stance), name not in leave, event["seq"])
                    gone = event["seq"] in edited and event["kind"] == "position" and stance != "object"
                    out[entity].append(Word(place, stance, name, mine, gone, effect_of(event) or NO_TEXT))
        return {entity: sorted(words, key=lambda word: word.place) for entity, words in out.items()}

    def heard_of(self, words: list[Word]) -> list[Word]:
        """C10. Without the words that may not have come yet, unless they are more cautious than what they replace."""
        come = [word for word in words if word.place[0] <= self.now]
        least = decisive(come).place[1:3] if come else (CAUTION.index("accept"), True)
        return come + [word for word in words if word.place[0] > self.now and word.place[1:3] > least]

    def is_gated(self, rules: dict[str, Any], reads: Effect) -> bool:
        """C1. Whether consensus gates it: the rules say so of the Opinions, and of the Report."""
        opinions = any(entry["path"].startswith("opinions/") for entry in reads.values())
        return "report" in rules["gates"] or ("opinions" in rules["gates"] and opinions)

    def people_missing(self, rules: dict[str, Any], reads: Effect) -> list[str]:
        """C8. What the rules ask of people: no standing objection, and as much support as they say."""
        out, now = [], reads or NO_TEXT
        if self.is_gated(rules, reads):
            out += [f"objection {one} stands (C6)" for one in self.standing_objections()]
        leave = {word["name"] for word in rules["positions"] if word["recuses"]}
        for_it, categories, recused, spoken = set(), set(), set(), set()
        enough = 0
        for entity, words in self.words(leave).items():
            on_list = self.world.entity(entity, self.now)
            if on_list is None:
                continue  # C2. When an entity leaves, its supports lapse.
            stand: dict[str, Word] = {}
            outdated = False
            for clause, entry in now.items():  # C5. A word holds for the clauses that still read so.
                about_it = [word for word in words if clause in word.about]
                exact = self.heard_of([word for word in about_it if word.about[clause] == entry])
                if exact and not decisive(exact).changed:
                    stand[clause] = decisive(exact)
                outdated = outdated or bool(clause not in stand and self.heard_of(about_it))
            stances = {word.stance for word in stand.values()}
            sure = stances and all(word.place[0] <= self.now for word in stand.values())  # C10
            if sure and {word.name for word in stand.values()} <= leave:
                recused.add(entity)
            if sure and "object" not in stances:
                spoken.add(entity)
            if set(stand) == set(now) and not outdated and stances <= set(FOR_IT):
                for_it.add(entity)
                categories.add(on_list["category"])
                enough += stances <= set(rules["supporting_positions"])
        able = rules["withholding_categories"]
        asked = {one["id"] for one in self.world.listed("entities", self.now) if one["category"] in able}
        asked -= {self.source, *recused}
        share = rules["needs_share"]
        part, whole = len(for_it & asked) * share["denominator"], len(asked) * share["numerator"]
        too_few = part <= whole if share["more"] and whole else part < whole
        if enough < rules["needs_support"] or len(for_it) < rules["breadth_entities"] or too_few:
            out.append(f"only {len(for_it)} entities support it (C8)")
        if len(categories) < rules["breadth_categories"]:
            out.append(f"those who support it are of only {len(categories)} categories (C8)")
        if rules["may_be_silent"] is not None and len(asked - spoken) > rules["may_be_silent"]:
            out.append(f"{len(asked - spoken)} of those asked said nothing (C8)")
        return out

    # --- Objections (C6) ---

    def standing_objections(self, before: datetime | None = None) -> list[str]:
        """C6. Every objection (raised before a moment) that counts and that nothing ended which names it."""
        raised = [
            (one["objection"], one["entity"], one.get("reason") or one.get("words"), one)
            for one in self.said("position")
            if one["stance"] == "object"
        ] + [
            (f"{event['subject']}-{event['meeting']}-{one['entity']}", one["entity"], one.get("text"), event)
            for event in self.said("outcome")
            for one in event.get("objections", [])
        ]
        standing = []
        for id_, entity, reason, event in raised:
            when = earliest(event)
            # C4. Whether a reason is needed is data; C6. words that were read as an objection say theirs.
            given = reason or not self.world.rules(when)["objection_needs_reason"]
            if not given or not self.counts(entity, when, objects=True) or (before and when >= before):
                continue
            if f"{id_} of {entity}" in standing:
                continue  # said again in the same meeting
            if not any(ended(id_, entity, event) for ended in (self.was_ended, self.moved, self.lapsed)):
                standing.append(f"{id_} of {entity}")
        return standing

    def was_ended(self, id_: str, entity: str, raised: Event) -> bool:
        """C6, C2. Ended by each of its owners; by a chair if it has none, or where the rules let it be set aside."""
        acts: list[Event] = []
        for end in self.surely("objection-ended"):
            if end["objection"] != id_ or end["seq"] < raised["seq"]:
                continue
            when = latest(end)
            owners = self.world.owners(entity, when)
            if end["how"] in ("disposed", "set-aside"):
                may = not owners if end["how"] == "disposed" else self.world.rules(when)["set_aside_allowed"]
                chair = end["by"]["role"] == "chair" and self.world.is_one_of(end, "chairs")
                if may and chair and end.get("reason"):
                    return True
                continue
            acts.append(end)
            if owners and all(any(self.is_said_by(owner, act) for act in acts) for owner in owners):
                return True
        return False

    def is_said_by(self, owner: str, end: Event) -> bool:
        """C14. By one of its experts, for it in a recorded meeting, or confirmed by one of its experts."""
        if end["by"]["role"] == "expert":
            return self.world.is_one_of(end, "experts", owner)
        own = [
            one for one in self.confirmed(end["seq"], owner) if self.world.is_one_of(one, "experts", owner)
        ]
        return bool(end.get("meeting") or own)

    def moved(self, id_: str, _: str, raised: Event) -> bool:
        """C6. Went with its clauses, and was about nothing else that was split; none of them is proposed here again."""
        if set(effect_of(raised)) & set(self.effect(self.now)):
            return False
        for act in self.of("split"):
            whole = [one.event for one in self.all_versions if one.event["seq"] < act["seq"]][-1]
            about = set(effect_of(raised)) & set(effect_of(whole))
            if id_ in act.get("objections", []) and about and about <= set(act["clauses"]):
                return True
        return False

    def lapsed(self, id_: str, entity: str, raised: Event) -> bool:
        """C6. Where the rules let it: its owners were asked, had the time that the rules give, and did not answer."""
        for act in self.surely("asked"):
            asked, until = latest(act), moment(act["until"])
            rules, owners = self.world.rules(asked), self.world.owners(entity, until)
            long_enough = until - asked >= timedelta(days=rules["lapse_days"])
            may = rules["objections_may_lapse"] and long_enough and owners and until <= self.now
            answers = [  # one says that it stands, or objects again
                event
                for event in self.said("confirmed", "position")
                if event["entity"] in owners
                and (event.get("target") == raised["seq"] or event.get("stance") == "object")
                and (earliest(act), act["seq"]) < (earliest(event), event["seq"])
                and earliest(event) < until
            ]
            if may and act["objection"] == id_ and not answers:
                return True
        return False

    # --- Calls and readiness (C7, C8) ---

    def missing(self, decision: Event) -> list[str]:
        """C8. Everything that kept the text from being agreed, or adopted, by this decision."""
        rules, reads = self.world.rules(self.now), self.effect(self.now)
        out = self.call_missing(rules, reads, decision)
        for number in self.requires:
            first = self.other(number)
            act = first.incorporated(self.now) if first else None
            if act is None or latest(act) > self.now:
                out.append(f"contribution {number}, on which it builds, is not in the text (C8)")
        if decision.get("rough") and decision.get("reason") and rules["rough_allowed"]:
            return out  # C9. Rough consensus, where the rules allow it: in spite of what people said.
        return out + self.people_missing(rules, reads)

    def still(self, *kinds: str) -> list[Event]:
        """Calls and decisions that no chair recalled (C7) or reopened (C9); what is in the text is not (C13)."""
        recalled = {event["call"] for event in self.of("recalled")}
        acts = [event["seq"] for event in self.of("reopened") if not self.incorporated(earliest(event))]
        reopened = max(acts, default=0)
        return [e for e in self.of(*kinds) if e["seq"] not in recalled and e["seq"] > reopened]

    def call_missing(self, rules: dict[str, Any], reads: Effect, decision: Event) -> list[str]:
        """C7. The newest call, what changes of the text did to it, and whether it has ended on this text."""
        opening = self.still("called", "outcome")
        calls = [one for one in opening if one.get("result", "agreed").startswith(PUT_ORALLY)]
        if not calls:
            return ["there was no call (C7)"] if rules["call_required"] else []
        call = newest(calls)
        opened, pinned = latest(call), effect_of(call)
        until = moment(call["until"]) if call.get("until") else opened
        if call["kind"] == "called":
            policy = self.world.rules(opened)
            if until - opened < timedelta(days=policy["minimum_call_days"]):
                return ["the call was shorter than the rules allow (C7)"]
            if call["rules"] != f"sha256:{digest_of(policy)}":
                return ["the call names other rules than those in force (C7)"]
            length = until - opened
            for when in self.changes(opened, self.now):
                if same(self.effect(when), pinned) or policy["change_in_call"] == "hold":
                    continue
                if policy["change_in_call"] == "refuse":
                    return ["the text changed during the call, which voids it (C7)"]
                pinned, until = self.effect(when), when + length
        out = []
        waits = decision["result"] == "agreed ad referendum"  # C11. It waits for its date.
        if until > self.now and not waits:
            out.append(f"the call ran until {until:%Y-%m-%d %H:%M} UTC (C7)")
        return out if same(reads, pinned) else [*out, "the text is not the one the call was about (C8)"]

    def is_agreed(self) -> bool:
        """C9. Whether its newest decision says so, followed from what came before, and holds for what it reads now."""
        made = self.still("declared", "outcome")
        made = [one for one in made if one["result"].startswith((*PUT_ORALLY, "not agreed"))]
        if not made:
            return False
        last = newest(made)
        then = Subject(self.record, self.name, upto(last), latest(last))
        if last["result"] == "not agreed" or then.missing(last) or came_to_light(last, self.events):
            return False
        if not self.incorporated(self.now) and not same(self.effect(self.now), effect_of(last)):
            return False
        if last["result"] != "agreed ad referendum":
            return True
        # C11. Its date must have come, and no objection with it.
        ends = moment(last["until"]) if last.get("until") else None
        gated = self.is_gated(self.world.rules(self.now), self.effect(self.now))
        return bool(ends and ends <= self.now and not (gated and self.standing_objections(ends)))


def digest_of(value: Any) -> str:
    """The SHA-256 of a JSON value in its one canonical spelling."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


# --- The decisions --------------------------------------------------------------------------------------------------


def upto(decision: Event) -> int:
    """What is entered below this number bears on a decision; the outcome of a meeting holds what was said there."""
    return int(decision["seq"]) + int(decision["kind"] == "outcome")


def problems(record: Record, event: Event) -> list[str]:
    """Why a declaration (C9) or an outcome of a meeting (C11) does not follow; empty if it does."""
    now, recorded, seq = latest(event), acted(event), event["seq"]
    subject, world = Subject(record, event["subject"], upto(event), now), World(record, seq)
    declared = event["kind"] == "declared"
    out = []
    groups = ["chairs"] if declared or event["by"]["role"] == "chair" else ["secretariat"]
    if not any(world.is_one_of(event, group) for group in groups):
        out.append(f"{event['by']['name']} had no right to say so (C9)")
    if event.get("rough") and not (event.get("reason") and world.rules(recorded)["rough_allowed"]):
        out.append("it is no rough consensus that the rules in force know, with a reason (C9)")
    if now > moment(event["recorded"]):
        out.append("it is said to have happened after it was entered")
    before_it = Subject(record, event["subject"], seq, recorded)
    if not same(effect_of(event), before_it.effect(recorded)):
        older = len(before_it.versions) > 1 and same(effect_of(event), before_it.effect(recorded, -2))
        late = "; it is about the version before, so look whether the newest came too late" if older else ""
        out.append(f"it is about another text than the newest before the group (C9){late}")
    elif event["result"].startswith(PUT_ORALLY):
        out += subject.missing(event)
    if declared:
        basis = next((one for one in subject.of("called", "outcome") if one["seq"] == event["basis"]), None)
        needed = event["result"] != "agreed" or world.rules(recorded)["call_required"] or event["basis"]
        if basis is None and needed:
            out.append(f"event {event['basis']}, on which it rests, opened nothing about it (C9)")
        if event["seen"] and record.counted.get(event["seen"], seq) >= seq:
            out.append("the record it was declared on is not an earlier state of this one (C9)")
        return out
    adopted = event["result"] == "adopted"
    if event["result"].startswith(PUT_ORALLY) and event.get("objections"):
        out.append("somebody objected in the room (C11)")
    kinds = {one["id"]: one["kind"] for one in world.at(recorded, "timetable")["events"]}
    if adopted and kinds.get(event["meeting"]) == "meeting":
        out.append(f"{event['meeting']} is not the Forum, and only the Forum adopts (C9)")
    elif kinds.get(event["meeting"]) != ("forum" if adopted else "meeting"):
        out.append(f"the timetable has no meeting {event['meeting']} (C11)")
    if adopted and (event["subject"].isdigit() or not before_it.is_agreed()):
        out.append("only an Opinion that was agreed as it read can be adopted (C9)")
    return out


def came_to_light(event: Event, after: list[Event]) -> str:
    """C9, C14. What asks a chair to look at a decision again: contested, or received before it and entered after."""
    for one in after:
        if one.get("subject") != event["subject"] or one["seq"] <= event["seq"]:
            continue
        if one["kind"] == "corrected" and one.get("contested") and one["target"] == event["seq"]:
            return f"; contested by event {one['seq']}"
        weakens = one["kind"] in ("revised", "recalled", "reopened", "outcome")
        weakens = weakens or (one["kind"] == "position" and one["stance"] != "support")
        if weakens and earliest(one) <= latest(event):
            return f"; to be confirmed, event {one['seq']} was received before it and entered after it"
    return ""


def main(repository: str) -> int:
    """Print one line a problem of the history and one line a decision; 0 if everything follows."""
    record = Record(repository)
    if not record.tip:
        print(f"There is no branch `record` in {repository}.")
        return 1
    for wrong in record.wrong:
        print(f"WRONG    {wrong}")
    bad = len(record.wrong)
    for event in record.events:
        if event["kind"] not in ("declared", "outcome"):
            continue
        try:
            found = problems(record, event)
        except (KeyError, IndexError, ValueError, TypeError, AttributeError) as problem:
            found = [f"it cannot be worked out: {problem!r}"]
        bad += bool(found)
        why = "; ".join(found) or f"follows from events 1 to {event['seq'] - 1}"
        say = "NO " if found else "YES"
        commit = record.entered[event["seq"]][:12]
        where = f"event {event['seq']} (commit {commit})"
        again = came_to_light(event, record.events)
        print(f"{say}  {event['subject']}  {where}  {event['kind']} {event['result']}: {why}{again}")
    print(
        f"{len(record.events)} events in {len(record.counted)} commits; {bad or 'no'} things that should not be so."
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "."))
