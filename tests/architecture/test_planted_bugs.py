"""Planted bugs: each breaks one rule of agreement or one deadline, and the tests of the domain must notice.

A row whose old text is no longer in the source exactly once fails, so that rows cannot rot.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AGREEMENT, PROCESS = "tests/domain/agreement", "tests/domain/process"
SAYING = f"{AGREEMENT}/test_rules_c1_to_c6.py"
DECIDING = f"{AGREEMENT}/test_rules_c7_to_c14.py"
MERGED = f"{AGREEMENT}/test_merged.py"
PROPOSING = f"{AGREEMENT}/test_proposal.py"
UNSURE = f"{AGREEMENT}/test_unsure.py"
LIFE = f"{AGREEMENT}/test_case.py"
WAYS = f"{AGREEMENT}/test_ways.py"
BRINGING = "tests/domain/forge/test_deliveries.py"
PRESETS = f"{AGREEMENT}/test_presets.py"
DATED = f"{AGREEMENT}/test_dated_list.py"
HARD = f"{AGREEMENT}/test_hard_histories.py"
MOMENTS = f"{PROCESS}/test_moments.py"
TIMETABLE = f"{PROCESS}/test_timetable.py"
ADMISSION = f"{PROCESS}/test_admission.py"


@dataclass(frozen=True)
class Bug:
    """One change of the source that nobody may make unnoticed, and the tests that must notice it."""

    what: str
    file: str
    old: str
    new: str
    tests: str

    @property
    def path(self) -> str:
        """The file below ``tools``."""
        return f"accord/domain/{self.file}.py"


BUGS = [
    # C1
    Bug(
        "an objection to Report text blocks",
        "agreement/readiness",
        "if objection.stands and gated)",
        "if objection.stands)",
        SAYING,
    ),
    Bug(
        "Opinions are not gated",
        "agreement/effect",
        "any(entry.path.startswith(OPINIONS)",
        "all(entry.path.startswith('report/')",
        SAYING,
    ),
    # C2
    Bug(
        "a guest is counted",
        "agreement/voices",
        'return "not on the list of nominated experts at that moment"',
        'return ""',
        SAYING,
    ),
    Bug(
        "a category that may not withhold is counted",
        "agreement/voices",
        "if not world.at(moment).rules.may_withhold(speaker.category):",
        "if False:",
        SAYING,
    ),
    Bug(
        "an orphaned objection is dropped",
        "agreement/objections",
        "return self.counts and self.ended is None",
        "return self.counts and self.ended is None and not self.orphaned",
        SAYING,
    ),
    Bug(
        "the named successor is not asked",
        "process/people",
        "waiting += [name for name in named if name not in asked]",
        "waiting += []",
        SAYING,
    ),
    Bug(
        "a chair disposes of an objection whose owner is present",
        "agreement/endings",
        "return bool(event.reason) and not self._world.heirs(entity, moment)",
        "return True",
        SAYING,
    ),
    Bug(
        "supports of an entity that left are kept",
        "agreement/voices",
        "if not why_not and world.entity(entity, now) is None:",
        "if False:",
        SAYING,
    ),
    # C3
    Bug(
        "the source is counted",
        "agreement/voices",
        "if entity == dossier.source:",
        "if False:",
        SAYING,
    ),
    Bug(
        "an unconfirmed co-signer is counted",
        "agreement/voices",
        'if entity in dossier.cosigners and stance != "object" and',
        "if False and",
        WAYS,
    ),
    Bug(
        "the last word is ignored for the first",
        "agreement/voices",
        "return own[-1] if own else words[-1]",
        "return own[0] if own else words[-1]",
        SAYING,
    ),
    Bug(
        "the order of delivery decides instead of the time of receipt",
        "agreement/voices",
        "words.sort(key=lambda word: (word.moment, word.caution, word.said, word.seq))",
        "words.sort(key=lambda word: word.seq)",
        SAYING,
    ),
    Bug(
        "the order of caution is reversed",
        "agreement/voices",
        "return CAUTION[self.stance], not self.recuses",
        "return -CAUTION[self.stance], not self.recuses",
        SAYING,
    ),
    Bug(
        "the least cautious of an entity's words is shown",
        "agreement/voices",
        "return max(self.stances.values(), key=CAUTION.__getitem__, default=None)",
        "return min(self.stances.values(), key=CAUTION.__getitem__, default=None)",
        SAYING,
    ),
    Bug(
        "a word on an older text displaces one on the current text",
        "agreement/voices",
        "exact = _sure([word for word in about if word.entries[clause] == entry], now)",
        "exact = about if _last(about or words).entries.get(clause) == entry else []",
        SAYING,
    ),
    Bug(
        "edited words of support go on counting",
        "agreement/voices",
        "if exact and not _last(exact).changed:",
        "if exact:",
        SAYING,
    ),
    Bug(
        "an objection ends when its words are edited",
        "agreement/voices",
        'changed=event.seq in changed and event.stance != "object",',
        "changed=event.seq in changed,",
        SAYING,
    ),
    # C12, and what a forge brings
    Bug(
        "a head was received when the pull request was opened, whenever it was pushed",
        "forge/deliveries",
        "receipt = _receipt(begun, named, taken)",
        "receipt = _receipt(begun, begun, taken)",
        BRINGING,
    ),
    Bug(
        "what a server named before the pull request was opened dates its head",
        "forge/deliveries",
        "if moment < _begun(pull):",
        "if moment < datetime.min.replace(tzinfo=moment.tzinfo):",
        BRINGING,
    ),
    Bug(
        "a late review brings an old head back",
        "forge/deliveries",
        "if oid not in there or (before is not None and found[-1][0] != oid):",
        "if oid not in there or found[-1][0] != oid:",
        BRINGING,
    ),
    Bug(
        "what an edit brings in is taken as posted",
        "forge/deliveries",
        "first=False,",
        "first=True,",
        BRINGING,
    ),
    Bug(
        "what somebody made of the tool's comment was shown by the tool",
        "forge/deliveries",
        "if one.text is not None and one.editor.id == own:",
        "if one.text is not None:",
        BRINGING,
    ),
    Bug(
        "a program's words count",
        "forge/deliveries",
        "elif not comment.author.bot:",
        "else:",
        BRINGING,
    ),
    Bug(
        "a pasted mark is the tool's own",
        "forge/marker",
        "found = _STATUS.match(body)",
        "found = _STATUS.search(body)",
        BRINGING,
    ),
    Bug(
        "anybody opens the place of an Opinion",
        "forge/discussion",
        "if found is None or author is None or not (view.is_chair(author) or view.is_secretariat(author)):",
        "if found is None or author is None:",
        "tests/domain/forge/test_discussion.py",
    ),
    # C4
    Bug(
        "an objection without a reason is dropped whatever the preset",
        "agreement/objections",
        "and not given and rules.objection_needs_reason:",
        "and not given:",
        SAYING,
    ),
    # C5
    Bug(
        "a word on another wording counts as current",
        "agreement/voices",
        "if word.entries[clause] == entry]",
        "if word.entries[clause].had == entry.had]",
        SAYING,
    ),
    Bug(
        "the keyword a clause stands under is left out of the effect",
        "agreement/effect",
        "had=had, lead=",
        'had=had, container="", lead=',
        SAYING,
    ),
    Bug(
        "the form is left out of the effect",
        "agreement/effect",
        "had=had, lead=",
        'had=had, form="", lead=',
        SAYING,
    ),
    Bug(
        "the predecessor is left out of the effect",
        "agreement/effect",
        "had=had, lead=",
        "had=had, after=None, lead=",
        SAYING,
    ),
    Bug(
        "the effect is computed against the text it was written on",
        "agreement/effect",
        "had=had, lead=",
        "had=entry.had, lead=",
        SAYING,
    ),
    Bug(
        "a change of keyword alone is no difference",
        "agreement/proposal",
        "(base.digest, base.container, base.form, base.path)",
        "(base.digest, clause.container, base.form, base.path)",
        PROPOSING,
    ),
    Bug(
        "a move is no difference",
        "agreement/proposal",
        "moved = base is not None and clause.id not in unmoved",
        "moved = False",
        PROPOSING,
    ),
    Bug(
        "a deletion is no difference",
        "agreement/proposal",
        "        entries.extend(removed.get(clause.id, ()))\n",
        "",
        PROPOSING,
    ),
    # C6
    Bug(
        "an objection is lost when the text changes",
        "agreement/objections",
        "    for objection in _raised(dossier, now):\n",
        "    here = dossier.effect(world, now)\n"
        "    for objection in (o for o in _raised(dossier, now) if o.clauses == here):\n",
        SAYING,
    ),
    Bug(
        "an objection is ended by an act that names another",
        "agreement/endings",
        "and event.objection == objection and event.seq >= seq",
        "and event.seq >= seq",
        SAYING,
    ),
    Bug(
        "the secretariat's word alone ends an objection",
        "agreement/endings",
        'if event.by.role == "expert":',
        'if event.by.role in ("expert", "secretariat"):',
        SAYING,
    ),
    Bug(
        "a second objection of an entity replaces the first",
        "agreement/objections",
        "found[objection.id, objection.entity] = replace(",
        "found[objection.entity, objection.entity] = replace(",
        SAYING,
    ),
    Bug(
        "an objection said in a meeting is not one",
        "agreement/objections",
        "for said in event.objections:",
        "for said in ():",
        DECIDING,
    ),
    # C7
    Bug(
        "the call ends a moment after its end",
        "agreement/calls",
        "return now >= self.until",
        "return now > self.until",
        DECIDING,
    ),
    Bug(
        "the call ends a second early",
        "agreement/calls",
        "return now >= self.until",
        "return (self.until - now).total_seconds() <= 1",
        DECIDING,
    ),
    Bug(
        "a recalled call still counts",
        "agreement/calls",
        "if event.received.earliest > now or event.seq in recalled:",
        "if event.received.earliest > now:",
        DECIDING,
    ),
    Bug(
        "a restart keeps the old end",
        "agreement/calls",
        "effect, until = reads, moment + length",
        "effect = reads",
        DECIDING,
    ),
    Bug(
        "a restart keeps the old text",
        "agreement/calls",
        "effect, until = reads, moment + length",
        "until = moment + length",
        DECIDING,
    ),
    Bug(
        "hold restarts",
        "agreement/calls",
        "case ChangeInCall.RESTART:",
        "case ChangeInCall.RESTART | ChangeInCall.HOLD:",
        DECIDING,
    ),
    Bug(
        "a void call still counts",
        "agreement/calls",
        "                void = moment\n",
        "",
        DECIDING,
    ),
    # C8
    Bug(
        "ready without a call",
        "agreement/readiness",
        "        if required:\n",
        "        if not required:\n",
        DECIDING,
    ),
    Bug(
        "ready although the text is not the pinned one",
        "agreement/readiness",
        "if call.effect != effect:",
        "if False:",
        DECIDING,
    ),
    Bug(
        "one supporter fewer is enough",
        "agreement/readiness",
        "if len(said) < rules.needs_support:",
        "if len(said) + 1 < rules.needs_support:",
        DECIDING,
    ),
    Bug(
        "one supporter more is asked for",
        "agreement/readiness",
        "if len(said) < rules.needs_support:",
        "if len(said) <= rules.needs_support:",
        DECIDING,
    ),
    Bug(
        "one category fewer is enough",
        "agreement/readiness",
        "if len(categories) < rules.breadth_categories:",
        "if len(categories) + 1 < rules.breadth_categories:",
        DECIDING,
    ),
    Bug(
        "a support on an older text is relied on",
        "agreement/readiness",
        "return spoken_to and not voice.outdated and voice.stance in SUPPORTING",
        "return bool(voice.outdated) or voice.stance in SUPPORTING",
        DECIDING,
    ),
    Bug(
        "no position is taken for support",
        "agreement/readiness",
        'SUPPORTING = ("support", "accept")',
        'SUPPORTING = ("support", "accept", "abstain")',
        DECIDING,
    ),
    Bug(
        "the support of somebody who doesn't count is relied on",
        "agreement/readiness",
        "if voice.counts and _supports(voice, effect)]",
        "if _supports(voice, effect)]",
        DECIDING,
    ),
    # C9
    Bug(
        "a declaration that was not ready is honoured",
        "agreement/verdict",
        "if _late_news(dossier, world, declared) or not was_ready(dossier, world, declared):",
        "if _late_news(dossier, world, declared):",
        DECIDING,
    ),
    Bug(
        "late news is ignored",
        "agreement/verdict",
        "if _late_news(dossier, world, declared) or not was_ready(dossier, world, declared):",
        "if not was_ready(dossier, world, declared):",
        DECIDING,
    ),
    Bug(
        "a late support asks for confirmation",
        "agreement/verdict",
        ' and event.stance != "support":',
        ":",
        DECIDING,
    ),
    Bug(
        "what came after the declaration undoes it",
        "agreement/verdict",
        "dossier.as_of(received_by=moment, seq_below=seq)",
        "dossier",
        DECIDING,
    ),
    Bug(
        "an agreed text that reads differently stays agreed",
        "agreement/verdict",
        "found.effect != declared.effect and not merged:",
        "False:",
        DECIDING,
    ),
    Bug(
        "a version that changes nothing any more passes for what was declared",
        "agreement/verdict",
        "not found.effect and reads_so(world.at(now).agreed, declared.effect)",
        "not found.effect",
        DECIDING,
    ),
    Bug(
        "the order of an Opinion's clauses is ignored",
        "agreement/effect",
        "        for c in agreed.clauses\n        if c.path == path",
        "        for c in sorted(agreed.clauses, key=lambda one: one.id)\n        if c.path == path",
        DECIDING,
    ),
    Bug(
        "not agreed is final whatever is called afterwards",
        "agreement/verdict",
        "call.basis > declared.seq or",
        "False or",
        DECIDING,
    ),
    # C11
    Bug(
        "ad referendum ignores objections",
        "agreement/verdict",
        "if found.gated and any(objection.stands for objection in by_then):",
        "if False:",
        DECIDING,
    ),
    Bug(
        "ad referendum is agreement at once",
        "agreement/verdict",
        "if declared.until is None or now < declared.until:",
        "if declared.until is None:",
        DECIDING,
    ),
    Bug(
        "ad referendum holds one instant too long",
        "agreement/verdict",
        "if declared.until is None or now < declared.until:",
        "if declared.until is None or now <= declared.until:",
        DECIDING,
    ),
    Bug(
        "an objection at the very end of ad referendum still counts",
        "agreement/verdict",
        "or o.raised < declared.until)",
        "or o.raised <= declared.until)",
        DECIDING,
    ),
    # C13
    Bug(
        "a change is answered by another commit",
        "agreement/merged",
        "acts.get(after.commit, [])",
        "[act for some in acts.values() for act in some]",
        MERGED,
    ),
    Bug(
        "a change is answered by other words",
        "agreement/merged",
        "if entry.id in covered and covered[entry.id] == entry.gets:",
        "if entry.id in covered:",
        MERGED,
    ),
    Bug(
        "a later amendment changes what a finished contribution was about",
        "agreement/dossier",
        "if isinstance(event, Incorporated) and event.received.earliest <= moment:",
        "if isinstance(event, Incorporated) and False:",
        DECIDING,
    ),
    Bug(
        "what was taken back needs an answer",
        "agreement/merged",
        "found |= {(step, id_) for step in run}",
        "found |= set()",
        MERGED,
    ),
    Bug(
        "what was done again is taken for taken back",
        "agreement/merged",
        "if (place, id_) in found:",
        "if False:",
        MERGED,
    ),
    Bug(
        "undoing what was agreed needs no answer",
        "agreement/merged",
        "if id_ not in changes[later].left:",
        "if False:",
        MERGED,
    ),
    Bug(
        "a clause that comes back elsewhere was taken back",
        "agreement/merged",
        'return agreed.by_id.get(id_), ids[place - 1] if place else ""',
        'return agreed.by_id.get(id_), ""',
        MERGED,
    ),
    # C14
    Bug(
        "the secretariat's entry replaces an entity's own word",
        "agreement/voices",
        "own = [word for word in words if word.own or word.confirmed]",
        "own = list(words)",
        DECIDING,
    ),
    Bug(
        "an entry of the secretariat looks confirmed",
        "agreement/voices",
        'own=event.by.role == "expert",',
        "own=True,",
        DECIDING,
    ),
    Bug(
        "a disputed declaration is not shown as contested",
        "agreement/verdict",
        "        and event.contested\n",
        "        and not event.contested\n",
        DECIDING,
    ),
    # Fail closed
    Bug(
        "a support is relied on for a clause added since",
        "agreement/readiness",
        "return spoken_to and not",
        "return not",
        UNSURE,
    ),
    Bug(
        "an objection is ended by another entity's expert",
        "agreement/endings",
        "return not entities or owner in entities",
        "return True",
        UNSURE,
    ),
    Bug(
        "another entity confirms a withdrawal",
        "agreement/endings",
        "one.target == event.seq and one.entity == owner",
        "one.target == event.seq",
        UNSURE,
    ),
    Bug(
        "another entity confirms a position",
        "agreement/voices",
        "confirmed=(event.seq, event.entity) in confirmed or",
        "confirmed=event.seq in {target for target, _ in confirmed} or",
        UNSURE,
    ),
    Bug(
        "a support that may not have come yet is relied on",
        "agreement/voices",
        "come = [word for word in words if word.moment <= now]",
        "come = words",
        UNSURE,
    ),
    Bug(
        "an objection that may have come is left out",
        "agreement/objections",
        "        if event.received.earliest > now:\n",
        "        if event.received.latest > now:\n",
        UNSURE,
    ),
    Bug(
        "a withdrawal that may not have come yet ends an objection",
        "agreement/endings",
        "if event.received.latest <= now)",
        "if event.received.earliest <= now)",
        UNSURE,
    ),
    Bug(
        "a word from before an entity was on the list counts",
        "agreement/voices",
        "said = counted or words\n",
        "said = words\n",
        UNSURE,
    ),
    Bug(
        "a recall recorded late is no news",
        "agreement/verdict",
        "if isinstance(event, (Revised, Recalled, Reopened, Outcome)):",
        "if isinstance(event, (Revised, Reopened, Outcome)):",
        UNSURE,
    ),
    Bug(
        "the file is left out of the effect",
        "agreement/effect",
        "had=had, lead=",
        "path=now.path if now else entry.path, had=had, lead=",
        UNSURE,
    ),
    # C5: verbs above a clause, and amendments of contributions
    Bug(
        "the verb above a clause is left out of the effect",
        "agreement/effect",
        "lead=_lead(entry.container, proposed, agreed)",
        'lead=""',
        HARD,
    ),
    Bug(
        "a verb changed by the same contribution is not seen",
        "agreement/effect",
        "if container in proposed:",
        "if False:",
        HARD,
    ),
    Bug(
        "a heading counts as a verb",
        "agreement/effect",
        'return clause.digest if clause and clause.form == "keyword" else ""',
        'return clause.digest if clause else ""',
        HARD,
    ),
    Bug(
        "what an amended contribution deletes is still there",
        "agreement/effect",
        "if clause.id not in changed]",
        "]",
        WAYS,
    ),
    Bug(
        "what an amended contribution adds is not there",
        "agreement/effect",
        "        if e.gets is not None\n",
        "        if e.had is not None and e.gets is not None\n",
        WAYS,
    ),
    Bug(
        "an amendment loses the names of what it amends",
        "agreement/effect",
        "id=own.get(c.id, c.id)",
        "id=c.id",
        HARD,
    ),
    Bug(
        "an amendment is read against the agreed text alone",
        "agreement/dossier",
        "else overlaid(below, self.onto.effect(world, moment))",
        "else below",
        WAYS,
    ),
    # C3, C14: co-signers
    Bug(
        "a letter signs for an entity",
        "agreement/voices",
        'and (event.by.role == "expert" or (event.seq, entity) in confirmed)',
        'and (event.by.role != "chair" or (event.seq, entity) in confirmed)',
        WAYS,
    ),
    Bug(
        "the first signature counts instead of the last",
        "agreement/voices",
        "return max(own, key=lambda event: (event.received.latest, event.seq), default=None)",
        "return min(own, key=lambda event: (event.received.latest, event.seq), default=None)",
        WAYS,
    ),
    Bug(
        "a signature counts before it has certainly come",
        "agreement/voices",
        "(event.received.latest if event.accepted else event.received.earliest) <= now",
        "event.received.earliest <= now",
        HARD,
    ),
    Bug(
        "naming an entity as a co-signer silences its objection",
        "agreement/voices",
        ' and stance != "object" and signature(',
        " and signature(",
        WAYS,
    ),
    Bug(
        "one that declined supports",
        "agreement/voices",
        "if event is not signature(dossier, event.entity, now) or not event.accepted:",
        "if event is not signature(dossier, event.entity, now):",
        WAYS,
    ),
    # C6: lapse, setting aside, moving
    Bug(
        "an objection lapses a moment after its date",
        "agreement/endings",
        "self._now < event.until:",
        "self._now <= event.until:",
        WAYS,
    ),
    Bug(
        "an objection lapses in a preset that does not allow it",
        "agreement/endings",
        "not rules.objections_may_lapse\n",
        "False\n",
        WAYS,
    ),
    Bug(
        "an objection lapses after a request that left too little time",
        "agreement/endings",
        "long_enough = event.until - event.received.latest >= timedelta(days=rules.lapse_days)",
        "long_enough = True",
        WAYS,
    ),
    Bug(
        "a request that left exactly the days asked for is too short",
        "agreement/endings",
        ">= timedelta(days=rules.lapse_days)",
        "> timedelta(days=rules.lapse_days)",
        HARD,
    ),
    Bug(
        "an objection lapses although its owner answered",
        "agreement/endings",
        "if not self._answered(event, entity, seq):",
        "if True:",
        WAYS,
    ),
    Bug(
        "a support answers a request",
        "agreement/endings",
        'event.stance == "object" and event.entity in owners',
        "event.entity in owners",
        WAYS,
    ),
    Bug(
        "another entity answers a request",
        "agreement/endings",
        'event.stance == "object" and event.entity in owners',
        'event.stance == "object"',
        WAYS,
    ),
    Bug(
        "an answer in the last instant is too late",
        "agreement/endings",
        "event.received.earliest >= request.until:",
        "event.received.earliest >= request.until - timedelta(seconds=1):",
        HARD,
    ),
    Bug(
        "an answer at the end is in time",
        "agreement/endings",
        "event.received.earliest >= request.until:",
        "event.received.earliest > request.until:",
        WAYS,
    ),
    Bug(
        "an orphaned objection lapses",
        "agreement/endings",
        "or not self._world.heirs(entity, event.until)\n",
        "or False\n",
        HARD,
    ),
    Bug(
        "a chair sets aside where the rules do not allow it",
        "agreement/endings",
        "return self._world.at(moment).rules.set_aside_allowed and bool(event.reason)",
        "return bool(event.reason)",
        WAYS,
    ),
    Bug(
        "a chair sets aside without a reason",
        "agreement/endings",
        ".rules.set_aside_allowed and bool(event.reason)",
        ".rules.set_aside_allowed",
        WAYS,
    ),
    Bug(
        "a chair disposes without a reason",
        "agreement/endings",
        "return bool(event.reason) and not self._world.heirs(entity, moment)",
        "return not self._world.heirs(entity, moment)",
        HARD,
    ),
    Bug(
        "the secretariat sets aside",
        "agreement/endings",
        'if event.by.role != "chair":',
        'if event.by.role == "expert":',
        WAYS,
    ),
    Bug(
        "one of two successors ends an objection of both",
        "agreement/endings",
        "and all(any(self._said_by(owner, one)",
        "and any(any(self._said_by(owner, one)",
        WAYS,
    ),
    Bug(
        "a split moves objections that it does not name",
        "agreement/endings",
        "if isinstance(event, Split) and objection in event.objections:",
        "if isinstance(event, Split):",
        HARD,
    ),
    Bug(
        "an objection that moved stands in the rest",
        "agreement/endings",
        "return self._moved(objection, clauses) or self._lapsed(",
        "return self._lapsed(",
        WAYS,
    ),
    Bug(
        "a clause that was split off comes back without its objection",
        "agreement/endings",
        "if any(entry.id in self._touched for entry in clauses):",
        "if False:",
        HARD,
    ),
    Bug(
        "an objection to the whole moves with a part",
        "agreement/split",
        "if effect and all(entry.id in moved",
        "if effect and any(entry.id in moved",
        WAYS,
    ),
    Bug(
        "words on other clauses go with a part",
        "agreement/split",
        "if event.seq < part.seq and any(entry.id in clauses for entry in effect):",
        "if event.seq < part.seq:",
        WAYS,
    ),
    Bug(
        "words said after a split go with the part",
        "agreement/split",
        "if event.seq < part.seq and any(",
        "if any(",
        WAYS,
    ),
    Bug(
        "an objection goes to the chairs with the later of two dates",
        "agreement/objections",
        "return min(ends, default=None)",
        "return max(ends, default=None)",
        WAYS,
    ),
    Bug(
        "an objection goes to the chairs a day late",
        "agreement/objections",
        "days_after(objection.raised, days, state.experts.zone)",
        "days_after(objection.raised, days + 1, state.experts.zone)",
        WAYS,
    ),
    Bug(
        "words read as an objection need a reason beside them",
        "agreement/objections",
        "given = objection.reason or objection.words",
        "given = objection.reason",
        HARD,
    ),
    # C8: what it builds on, shares, silence
    Bug(
        "a requirement met later counts now",
        "agreement/readiness",
        "if one.met is None or one.met.received.latest > now",
        "if one.met is None",
        WAYS,
    ),
    Bug(
        "a requirement met after a declaration was met for it",
        "agreement/dossier",
        "met = one.met if one.met and any(_within((one.met,), received_by, seq_below)) else None",
        "met = one.met",
        WAYS,
    ),
    Bug(
        "breadth is of the categories from when it was said",
        "agreement/readiness",
        "{listed.category(voice.entity) for voice in supporting}",
        "{voice.category for voice in supporting}",
        DATED,
    ),
    Bug(
        "a share is rounded down",
        "process/rules",
        "return floor(part) + 1 if self.more else ceil(part)",
        "return floor(part) + 1 if self.more else floor(part)",
        PRESETS,
    ),
    Bug(
        "more than a half is a half",
        "process/rules",
        "return floor(part) + 1 if self.more else ceil(part)",
        "return ceil(part)",
        PRESETS,
    ),
    Bug(
        "one fewer than the share is enough",
        "agreement/readiness",
        "if len(for_it) < needed:",
        "if len(for_it) + 1 < needed:",
        PRESETS,
    ),
    Bug(
        "those that recused themselves are asked",
        "agreement/readiness",
        "} - {voice.entity for voice in sure if voice.recused}",
        "}",
        PRESETS,
    ),
    Bug(
        "the source is asked",
        "agreement/readiness",
        "if rules.may_withhold(entity.category) and entity.id != dossier.source",
        "if rules.may_withhold(entity.category)",
        PRESETS,
    ),
    Bug(
        "one recused word recuses from all clauses",
        "agreement/voices",
        "recused=bool(names) and all(",
        "recused=bool(names) and any(",
        HARD,
    ),
    Bug(
        "one that may have recused itself is not asked",
        "agreement/readiness",
        "- {voice.entity for voice in sure if voice.recused}",
        "- {voice.entity for voice in heard if voice.recused and voice.counts}",
        HARD,
    ),
    Bug(
        "a word that may not have come yet breaks a silence",
        "agreement/readiness",
        "{voice.entity for voice in sure if voice.stance",
        "{voice.entity for voice in heard if voice.counts and voice.stance",
        HARD,
    ),
    Bug(
        "the order of delivery decides whether an entity is recused",
        "agreement/voices",
        "return CAUTION[self.stance], not self.recuses",
        "return CAUTION[self.stance], True",
        HARD,
    ),
    Bug(
        "a milder word that may have come takes nothing away",
        "agreement/voices",
        "if word.moment > now and word.caution > least]",
        "if word.moment > now and word.caution > max(least, (1, True))]",
        HARD,
    ),
    Bug(
        "a stronger word that may not have come yet is relied on",
        "agreement/voices",
        "if word.moment > now and word.caution > least]",
        "if word.moment > now]",
        HARD,
    ),
    Bug(
        "an objection makes up for silence",
        "agreement/readiness",
        'voice.stance not in (None, "object")}',
        "voice.stance is not None}",
        PRESETS,
    ),
    Bug(
        "one silent entity fewer is allowed",
        "agreement/readiness",
        "silent > rules.may_be_silent:",
        "silent >= rules.may_be_silent:",
        PRESETS,
    ),
    Bug(
        "a No Objection is a Yes",
        "agreement/readiness",
        "if set(voice.stances.values()) <= set(rules.supporting_positions)",
        "if voice.stances",
        PRESETS,
    ),
    # C9: rough consensus, reopening, adopting
    Bug(
        "rough consensus where the rules do not allow it",
        "agreement/verdict",
        "waits = WHAT_PEOPLE_SAID if world.at(moment).rules.rough_allowed else frozenset()",
        "waits = WHAT_PEOPLE_SAID",
        PRESETS,
    ),
    Bug(
        "rough consensus without a reason",
        "agreement/verdict",
        "declared.rough and declared.reason:",
        "declared.rough:",
        PRESETS,
    ),
    Bug(
        "rough consensus on another text",
        "agreement/readiness",
        '        "objection-orphaned",\n        "support",',
        '        "objection-orphaned",\n        "text-changed",\n        "support",',
        HARD,
    ),
    Bug(
        "rough consensus while the call runs",
        "agreement/readiness",
        '        "objection-orphaned",\n        "support",',
        '        "objection-orphaned",\n        "call-runs",\n        "support",',
        PRESETS,
    ),
    Bug(
        "a call from before a reopening still counts",
        "agreement/calls",
        "if reopening is not None and event.seq < reopening.seq:",
        "if False:",
        WAYS,
    ),
    Bug(
        "what is in the text can be reopened",
        "agreement/calls",
        "and dossier.incorporated(event.received.earliest) is None",
        "and True",
        HARD,
    ),
    Bug(
        "a declaration is judged by rules recorded after it",
        "agreement/verdict",
        "world = world.known_before(declared.seq)",
        "world = world",
        HARD,
    ),
    Bug(
        "a declaration from before a reopening still counts",
        "agreement/calls",
        "and (reopening is None or event.seq > reopening.seq)",
        "and True",
        WAYS,
    ),
    Bug(
        "what was reopened looks as if it had never been called",
        "agreement/verdict",
        "if call is None and reopened(dossier, now) is not None:",
        "if False:",
        WAYS,
    ),
    Bug(
        "what the Forum adopted is only agreed",
        "agreement/verdict",
        'if declared.result == "adopted":',
        "if False:",
        WAYS,
    ),
    Bug(
        "adopting needs nothing put in the meeting",
        "agreement/calls",
        'PUT_ORALLY = ("agreed", "agreed ad referendum", "adopted")',
        'PUT_ORALLY = ("agreed", "agreed ad referendum")',
        WAYS,
    ),
    # The life of a contribution
    Bug(
        "a corrected contribution keeps its time one day longer",
        "agreement/revisions",
        "state.rules.correction_days, state.timetable.zone",
        "state.rules.correction_days + 1, state.timetable.zone",
        LIFE,
    ),
    Bug(
        "a correction at the very end is still in time",
        "agreement/revisions",
        "if event.received.latest < by else",
        "if event.received.latest <= by else",
        LIFE,
    ),
    Bug(
        "a correction may change the text too",
        "agreement/revisions",
        "if previous is None or not previous.returned or event.effect != previous.proposal:",
        "if previous is None or not previous.returned:",
        LIFE,
    ),
    Bug(
        "what is held counts as before the group",
        "agreement/revisions",
        "self.admission.verdict is Door.OPEN",
        "self.admission.verdict is not Door.RETURNED",
        LIFE,
    ),
    Bug(
        "what was admitted counts from before its admission",
        "agreement/revisions",
        "return max(revision.own_receipt.latest, revision.admitted.received.latest)",
        "return revision.own_receipt.latest",
        LIFE,
    ),
    Bug(
        "carried over ends a contribution",
        "agreement/case",
        'if disposed is not None and disposed.disposition != "carried-over":',
        "if disposed is not None:",
        LIFE,
    ),
    # Moments and windows
    Bug(
        "a deadline is a second late",
        "process/moments",
        "return day_start(day + timedelta(days=1), zone)",
        "return day_start(day + timedelta(days=1), zone) + timedelta(seconds=1)",
        MOMENTS,
    ),
    Bug(
        "a day has twenty-four hours whatever the clocks do",
        "process/moments",
        "return day_start(day + timedelta(days=1), zone)",
        "return day_start(day, zone) + timedelta(hours=24)",
        MOMENTS,
    ),
    Bug(
        "a bare day ends when it begins",
        "process/moments",
        "return deadline(parse_day(text), zone) if",
        "return day_start(parse_day(text), zone) if",
        MOMENTS,
    ),
    Bug(
        "a time without a zone is read as UTC",
        "process/moments",
        ".replace(tzinfo=zone)",
        ".replace(tzinfo=UTC)",
        MOMENTS,
    ),
    Bug(
        "a window includes its end",
        "process/windows",
        "if moment >= times.closes.latest:",
        "if moment > times.closes.latest:",
        TIMETABLE,
    ),
    Bug(
        "a window opens a moment after its opening",
        "process/windows",
        "if moment < times.opens.earliest:",
        "if moment <= times.opens.earliest:",
        TIMETABLE,
    ),
    Bug(
        "days that are not fixed are taken for sure",
        "process/windows",
        "if moment >= times.closes.earliest:",
        "if moment >= times.closes.latest:",
        TIMETABLE,
    ),
    Bug(
        "the recorded posting is ignored",
        "process/windows",
        "Interval.at(actual[window.opens]) if window.opens in actual else",
        "Interval.at(actual[window.opens]) if False else",
        TIMETABLE,
    ),
    Bug(
        "the final Report is out a moment late",
        "process/windows",
        "return moment >= (actual or",
        "return moment > (actual or",
        ADMISSION,
    ),
    Bug(
        "the days for a correction are one too few",
        "process/admission",
        "known.rules.correction_days, timetable.zone",
        "known.rules.correction_days - 1, timetable.zone",
        ADMISSION,
    ),
    Bug(
        "the lightest verdict wins",
        "process/admission",
        "verdict = max(verdict, reason.verdict, key=order.index)",
        "verdict = min(verdict, reason.verdict, key=order.index)",
        ADMISSION,
    ),
    Bug(
        "what is refused after the final Report can be waived",
        "process/admission",
        "if finding.rule in known.waived and reason.verdict is not Verdict.REFUSED:",
        "if finding.rule in known.waived:",
        ADMISSION,
    ),
]


@pytest.fixture(name="tools", scope="module")
def _tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source and of the schemas it reads, to plant bugs in, one after the other."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copytree(ROOT / "tools" / "accord", folder / "tools" / "accord")
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    return folder / "tools"


@contextmanager
def _changed(path: Path, new: str) -> Iterator[None]:
    """A file of the copy reads differently for a while."""
    before = path.read_text("utf-8")
    path.write_text(new, "utf-8")
    try:
        yield
    finally:
        path.write_text(before, "utf-8")


def _run(tools: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    """Run tests of this project on that copy of the source; it keeps no compiled file that could be stale."""
    settings = {
        "PYTHONPATH": str(tools),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "--tb=line", "-p", "no:cacheprovider", *tests],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_copy_is_what_is_tested_and_passes_as_it_stands(tools: Path) -> None:
    """Without a bug every test used below passes, and it is the copy that they import."""
    result = _run(tools, *sorted({bug.tests for bug in BUGS}))
    assert result.returncode == 0, result.stdout

    with _changed(
        tools / "accord" / "domain" / "agreement" / "effect.py", "raise RuntimeError('the copy')\n"
    ):
        result = _run(tools, SAYING)
    assert "the copy" in result.stdout, result.stdout


def test_every_planted_bug_has_a_name_of_its_own() -> None:
    """Two rows that say the same would hide that one of them was lost."""
    assert len({bug.what for bug in BUGS}) == len(BUGS) >= 25


@pytest.mark.parametrize("bug", BUGS, ids=[bug.what for bug in BUGS])
def test_a_planted_bug_is_noticed(bug: Bug, tools: Path) -> None:
    """The tests named in its row fail, and fail for an assertion rather than for a broken module."""
    source = (tools / bug.path).read_text("utf-8")
    times = source.count(bug.old)
    assert times == 1, f"{bug.path} has this {times} times: {bug.old}"

    with _changed(tools / bug.path, source.replace(bug.old, bug.new)):
        result = _run(tools, bug.tests)

    assert result.returncode == 1, f"not noticed: {bug.what}\n{result.stdout}{result.stderr}"
