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
from typing import Any
from zoneinfo import ZoneInfo

Event = dict[str, Any]  # one line of the record
Effect = dict[str, dict[str, Any]]  # clause id → what becomes of the clause, in the order of the text
CAUTION = ["support", "accept", "abstain", "reserve", "object"]  # C3: the later, the more cautious
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

    def is_one_of(self, event: Event, group: str, entity: str = "") -> bool:
        """Whether who wrote the event is on that list (for that entity): by account, by name without one."""
        by, when = event["by"], moment(event["recorded"])
        return any(
            (by.get("id") == one["account"] if one.get("account") is not None else by["name"] == one["name"])
            for one in self.listed(group, when)
            if not entity or one["entity"] == entity
        )

    def rules(self, when: datetime) -> dict[str, Any]:
        """The rules in force: the preset in use, with the recorded changes to it."""
        value = self.at(when, "consensus")
        changes = {change["field"]: change["value"] for change in value.get("changes", [])}
        name = f"{value['use']}, changed" if changes else value["use"]
        return {"name": name, **value["presets"][value["use"]], **changes}


# --- One subject: a contribution, or an Opinion as it reads ---------------------------------------------------------


class Subject:
    """What was said about one subject, received by *now* and entered before the event with number *below*."""

    def __init__(self, record: Record, name: str, below: int, now: datetime) -> None:
        self.name, self.world, self.now = name, World(record, below), now
        mine = (e for e in record.events if e.get("subject") == name and e["seq"] < below)
        self.events = [event for event in mine if earliest(event) <= now]
        self.versions: list[tuple[datetime, Event]] = []  # from when each counts
        metadata: dict[str, Any] | None = None
        admitted = {event["revision"]: event for event in self.of("admitted")}
        for event in self.of("received", "revised"):
            broken = any(one.get("severity", "error") == "error" for one in event.get("form", []))
            metadata = event["metadata"] or (None if event.get("form") else metadata)
            act = admitted.get(event.get("revision", 1))
            if act or (metadata and not broken):
                self.versions.append((max(latest(event), latest(act or event)), event))
        # C3. The source, and co-signers that have not confirmed, hold no position.
        received = latest(self.versions[-1][1]) if self.versions else now
        metadata = metadata or {}
        source = str(metadata.get("source", "")).casefold()
        known = [
            one
            for one in self.world.listed("entities", received)
            if metadata.get("kind") != "secretariat-text"
        ]
        self.silent = {one["id"] for one in known if source in (one["id"].casefold(), one["name"].casefold())}
        signed = {str(one).casefold() for one in metadata.get("cosigners", [])}
        self.silent |= {
            one["id"]
            for one in self.world.at(received, "experts")["entities"]
            if {one["id"].casefold(), one["name"].casefold()} & signed
        }

    def of(self, *kinds: str) -> list[Event]:
        """The events of some kinds, in the order of the record."""
        return [event for event in self.events if event["kind"] in kinds]

    def effect(self, when: datetime, version: int = -1) -> Effect:
        """C5. What would become of each clause, against the newest state of the agreed text seen by then."""
        put_in = [event for event in self.of("incorporated") if earliest(event) <= when]
        if put_in:
            return effect_of(put_in[-1])
        rows = {row[0]: row for row in self.world.at(when, "agreed")["clauses"]}
        if not self.name.isdigit():  # an Opinion as it reads: its clauses, in their order (C9)
            return {
                id_: {"id": id_, "path": path, "had": digest, "gets": digest,
                      "container": container, "after": None, "form": form, "lead": ""}
                for id_, path, digest, container, form in rows.values()
                if path == f"{self.name}.md"
            }  # fmt: skip
        current = [event for since, event in self.versions if since <= when]
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

    def why_not_counted(self, entity: str, when: datetime) -> str:
        """C2, C3. Why the word of an entity cannot withhold consensus; empty if it can."""
        on_list = self.world.entity(entity, when)
        if on_list is None:
            return "not on the list"
        if on_list["category"] not in self.world.rules(when)["withholding_categories"]:
            return "of a category that the rules do not let withhold consensus"
        return "the source or a co-signer" if entity in self.silent else ""

    def standing_objections(self) -> list[str]:
        """C6. Every objection that counts and that no act ended which names it."""
        raised = [
            (event["objection"], event["entity"], event.get("reason", ""), event)
            for event in self.of("position")
            if event["stance"] == "object"
        ] + [
            (f"{self.name}-{event['meeting']}-{said['entity']}", said["entity"], said.get("text", ""), event)
            for event in self.of("outcome")
            for said in event.get("objections", [])
        ]
        standing = []
        for id_, entity, reason, event in raised:
            needs_reason = self.world.rules(earliest(event))["objection_needs_reason"]
            counts = not self.why_not_counted(entity, earliest(event)) and (reason or not needs_reason)
            if counts and not any(self.ends(end, id_, entity, event) for end in self.of("objection-ended")):
                standing.append(f"{id_} of {entity}")
        return standing

    def ends(self, end: Event, id_: str, entity: str, raised: Event) -> bool:
        """C6, C2, C14. Withdrawn or met by its owner's experts, or for them in a meeting or with their confirmation;
        disposed of by a chair if its owner left the list without a successor."""
        if end["objection"] != id_ or end["seq"] < raised["seq"]:
            return False
        owner, asked = entity, {entity}
        while self.world.entity(owner, self.now) is None:
            entries = self.world.at(self.now, "experts")["entities"]
            after = [one["successor"] for one in entries if one["id"] == owner and one.get("successor")]
            if not after or after[-1] in asked:
                return bool(end["how"] == "disposed" and self.world.is_one_of(end, "chairs"))
            owner = after[-1]
            asked.add(owner)
        if end["how"] == "disposed":
            return False
        confirmed = [one for one in self.of("confirmed") if one["target"] == end["seq"]]
        return (
            (end["by"]["role"] == "expert" and self.world.is_one_of(end, "experts", owner))
            or (end["by"]["role"] == "secretariat" and bool(end.get("meeting")))
            or any(self.world.is_one_of(one, "experts", owner) for one in confirmed)
        )

    def supporters(self) -> list[str]:
        """C3, C5. The category of each entity whose newest word on every clause as it reads now is for the text."""
        now = self.effect(self.now) or NO_TEXT
        confirmed = {(e["target"], e["entity"]) for e in self.of("confirmed") if latest(e) <= self.now}
        words: dict[str, list[tuple[datetime, int, int, bool, Effect]]] = defaultdict(list)
        for event in self.of("position", "outcome"):
            said = [(event["entity"], event["stance"])] if event["kind"] == "position" else [
                *((one["entity"], "object") for one in event.get("objections", [])),
                *((one["entity"], "reserve") for one in event.get("statements", [])),
            ]  # fmt: skip
            own = event["by"]["role"] == "expert" or event.get("meeting")
            for entity, stance in said:
                if stance in ("support", "accept") and latest(event) > self.now:
                    continue  # C10. It may not have come yet.
                own = own or (event["seq"], entity) in confirmed
                about = effect_of(event) or NO_TEXT
                words[entity].append((latest(event), CAUTION.index(stance), event["seq"], bool(own), about))
        out = []
        for entity, spoken in words.items():
            # C2. Only what was said while it counted.
            spoken = sorted(
                (w for w in spoken if not self.why_not_counted(entity, w[0])), key=lambda word: word[:3]
            )
            on_list = self.world.entity(entity, self.now)
            if on_list is None or not spoken:
                continue
            last: dict[str, int] = {}
            outdated = not any(clause in word[4] for word in spoken for clause in now)
            for clause, entry in now.items():
                about_it = [word for word in spoken if clause in word[4]]
                exact = [word for word in about_it if word[4][clause] == entry]
                outdated = outdated or (bool(about_it) and not exact)
                if exact:
                    last[clause] = ([word for word in exact if word[3]] or exact)[-1][1]
            # C8. About every clause as it reads now, one added since included.
            if set(last) == set(now) and not outdated and max(last.values()) <= CAUTION.index("accept"):
                out.append(str(on_list["category"]))
        return out

    def missing(self, outcome: Event | None = None) -> list[str]:
        """C7, C8. Everything that keeps the text from being agreed; an outcome of a meeting needs no call (C11)."""
        rules, reads = self.world.rules(self.now), self.effect(self.now)
        gated = "report" in rules["gates"] or (
            "opinions" in rules["gates"]
            and any(entry["path"].startswith("opinions/") for entry in reads.values())
        )
        out = [] if outcome else self.call_missing(rules, reads)
        if gated:
            out += [f"objection {one} stands (C6)" for one in self.standing_objections()]
            out += [
                f"{one['entity']} objected in the room (C6)" for one in (outcome or {}).get("objections", [])
            ]
        for_it = self.supporters()
        enough = len(for_it) >= max(rules["needs_support"], rules["breadth_entities"])
        if not enough or len(set(for_it)) < rules["breadth_categories"]:
            out.append(f"only {len(for_it)} entities support it (C8)")
        return out

    def call_missing(self, rules: dict[str, Any], reads: Effect) -> list[str]:
        """C7. The newest call, what changes of the text did to it, and whether it has ended on this text."""
        recalled = {event["call"] for event in self.of("recalled")}
        calls = [
            event
            for event in self.of("called", "outcome")
            if event["seq"] not in recalled
            and (event["kind"] == "called" or event["result"].startswith("agreed"))
        ]
        if not calls:
            return ["there was no call (C7)"] if rules["call_required"] else []
        call = max(calls, key=lambda event: (earliest(event), event["seq"]))
        opened, pinned = latest(call), effect_of(call)
        until = moment(call["until"]) if call.get("until") else opened
        if call["kind"] == "called":
            policy = self.world.rules(opened)
            if until - opened < timedelta(days=policy["minimum_call_days"]):
                return ["the call was shorter than the rules allow (C7)"]
            if call["rules"] != f"sha256:{digest_of(policy)}":
                return ["the call names other rules than those in force (C7)"]
            changes = {since for since, _ in self.versions}
            changes |= {moment(state["recorded"]) for state in self.world.seen}
            length = until - opened
            for when in sorted(when for when in changes if opened < when <= self.now):
                if same(self.effect(when), pinned) or policy["change_in_call"] == "hold":
                    continue
                if policy["change_in_call"] == "refuse":
                    return ["the text changed during the call, which voids it (C7)"]
                pinned, until = self.effect(when), when + length
        out = [] if until <= self.now else [f"the call ran until {until:%Y-%m-%d %H:%M} UTC (C7)"]
        return out if same(reads, pinned) else [*out, "the text is not the one the call was about (C8)"]


def digest_of(value: Any) -> str:
    """The SHA-256 of a JSON value in its one canonical spelling."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


# --- The decisions --------------------------------------------------------------------------------------------------


def problems(record: Record, event: Event) -> list[str]:
    """Why a declaration (C9) or an outcome of a meeting (C11) does not follow; empty if it does."""
    now, recorded, seq = latest(event), moment(event["recorded"]), event["seq"]
    subject, world = Subject(record, event["subject"], seq, now), World(record, seq)
    declared = event["kind"] == "declared"
    out = []
    groups = ["chairs"] if declared or event["by"]["role"] == "chair" else ["secretariat"]
    if not any(world.is_one_of(event, group) for group in groups):
        out.append(f"{event['by']['name']} had no right to say so (C9)")
    if now > recorded:
        out.append("it is said to have happened after it was entered")
    before_it = Subject(record, event["subject"], seq, recorded)
    if not same(effect_of(event), before_it.effect(recorded)):
        older = len(before_it.versions) > 1 and same(effect_of(event), before_it.effect(recorded, -2))
        late = "; it is about the version before, so look whether the newest came too late" if older else ""
        out.append(f"it is about another text than the newest before the group (C9){late}")
    elif event["result"].startswith("agreed"):
        out += subject.missing(None if declared else event)
    if declared:
        basis = next((one for one in subject.of("called", "outcome") if one["seq"] == event["basis"]), None)
        free = (
            event["result"] == "agreed" and not world.rules(recorded)["call_required"] and not event["basis"]
        )
        if basis is None and not free:
            out.append(f"event {event['basis']}, on which it rests, opened nothing about it (C9)")
        if event["seen"] and record.counted.get(event["seen"], seq) >= seq:
            out.append("the record it was declared on is not an earlier state of this one (C9)")
    elif event["meeting"] not in [
        one["id"] for one in world.at(recorded, "timetable")["events"] if one["kind"] == "meeting"
    ]:
        out.append(f"the timetable has no meeting {event['meeting']} (C11)")
    return out


def later(record: Record, event: Event) -> str:
    """C9, C14. What came to light after a decision, and asks a chair to look again."""
    for one in record.events[event["seq"] :]:
        if one.get("subject") != event["subject"]:
            continue
        weakens = one["kind"] == "revised" or (one["kind"] == "position" and one["stance"] != "support")
        if earliest(one) <= latest(event) and (
            weakens or (one["kind"] == "outcome" and one.get("objections"))
        ):
            return f"; to be confirmed, event {one['seq']} was received before it and entered after it"
        if one["kind"] == "corrected" and one.get("contested") and one["target"] == event["seq"]:
            return f"; contested by event {one['seq']}"
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
        print(
            f"{say}  {event['subject']}  {where}  {event['kind']} {event['result']}: {why}{later(record, event)}"
        )
    print(
        f"{len(record.events)} events in {len(record.counted)} commits; {bad or 'no'} things that should not be so."
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "."))
