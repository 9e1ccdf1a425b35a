"""What is done, in plain words: one sentence an act, with who speaks for which invented entity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import tzinfo

from accord.application.rehearsal import acts
from accord.domain.process.moments import parse_instant, parse_until, show_until

_STANCES = {
    "support": "supports {what}",
    "accept": "can accept {what}",
    "abstain": "takes no position on {what}",
    "reserve": "joins {what} with a statement",
    "object": "objects to {what}",
}

_KINDS = {
    "comment": "a comment with wording",
    "opinion-outline": "the outline of a draft Opinion",
    "opinion-text": "the text of a draft Opinion",
    "public-input": "an input to the public consultation, with wording",
    "secretariat-text": "Report text",
}


class Sentences:
    """Speaks of acts; ``names`` are those of entities by id, ``numbers`` those of contributions by key.

    ``labels`` name the category of an entity, which is said where it hands something in.
    """

    def __init__(
        self, names: Mapping[str, str], labels: Mapping[str, str], numbers: Mapping[str, int], zone: tzinfo
    ) -> None:
        self._names = names
        self._labels = labels
        self._numbers = numbers
        self._zone = zone

    def of(self, act: acts.Act) -> str:
        """The sentence for an act."""
        match act:
            case acts.HandIn() | acts.Revise() | acts.Take() | acts.SplitOff() | acts.Withdraw():
                return self._source(act)
            case (
                acts.Speak() | acts.Cosign() | acts.StillStands() | acts.ConfirmEntry() | acts.EndObjection()
            ):
                return self._expert(act)
            case acts.Call() | acts.Recall() | acts.Declare() | acts.Ask() | acts.DisposeObjection():
                return f"{act.who}, chair, {self._chair(act)}."
            case acts.PutInMeeting() | acts.Adopt():
                return self._meeting(act)
            case acts.Show():
                about = f" {self.subject(act.about)}" if act.about else ""
                return f"$ accord {act.question}{about} --now {act.at}"
            case _:
                return f"{act.who} {self._secretariat(act)}."

    def subject(self, name: str) -> str:
        """`3` for a contribution, the name for an Opinion."""
        return str(self._numbers.get(name, name))

    def named(self, name: str) -> str:
        """`contribution 3`, or `Opinion NAME as it reads`."""
        number = self._numbers.get(name)
        return f"contribution {number}" if number else f"Opinion {name} as it reads"

    def _name_of(self, entity: str) -> str:
        return self._names.get(entity, entity)

    def _said(self, text: str) -> str:
        return text.format(**self._numbers)

    def _source(self, act: acts.HandIn | acts.Revise | acts.Take | acts.SplitOff | acts.Withdraw) -> str:
        match act:
            case acts.HandIn():
                way = f"by letter {act.letter}, " if act.letter else ""
                what = _KINDS[act.kind] if act.edits else "a statement"
                by = (
                    f", with {_listed(self._name_of(one) for one in act.cosigners)}," if act.cosigners else ""
                )
                label = self._labels.get(act.source)
                whose = self._name_of(act.source) + (f", {label}," if label and not by else by)
                if act.kind == "secretariat-text":
                    whose = f"{act.who}, secretariat,"
                amended = f", to amend {self.named(act.amends)}" if act.amends else ""
                return f"{whose} hands in {way}{what}{amended}: “{act.title}”."
            case acts.Revise() if act.category:
                return f"{act.who} corrects the category of {self.named(act.key)}: `{act.category}`."
            case acts.Revise() if not act.edits:
                return (
                    f"{act.who} puts {self.named(act.key)} on the newest text, without another word changed."
                )
            case acts.Revise():
                work = f" in {act.meeting}" if act.meeting else ""
                return f"{act.who} rewords {self.named(act.key)}{work}: {act.reason}."
            case acts.Take():
                return f"{act.who} takes {self.named(act.amendment)} into the text of {self.named(act.key)}."
            case acts.SplitOff():
                return f"{act.who} splits {self.named(act.key)}: {act.reason}. The part is {self.named(act.into)}."
            case acts.Withdraw():
                return f"{act.who} takes {self.named(act.key)} back: {act.reason}."

    def _expert(
        self, act: acts.Speak | acts.Cosign | acts.StillStands | acts.ConfirmEntry | acts.EndObjection
    ) -> str:
        whose = self._name_of(act.entity)
        match act:
            case acts.Speak():
                said = f": “{self._said(act.reason)}”" if act.reason else ""
                what = _STANCES[act.stance].format(what=self.named(act.on)) + said
                if act.letter:
                    return f"{act.who} enters, from letter {act.letter}, that the expert nominated by {whose} {what}."
                return f"{act.who}, expert nominated by {whose}, {what}."
            case acts.Cosign():
                return f"{act.who}, expert nominated by {whose}, signs {self.named(act.key)} with its source."
            case acts.StillStands():
                return f"{act.who} says that the objection of {whose} to {self.named(act.on)} still stands."
            case acts.ConfirmEntry():
                return f"{act.who} confirms what was entered for {whose} on {self.named(act.on)}."
            case acts.EndObjection():
                how = "is met by the new wording" if act.met else "is withdrawn"
                said = f", as said in {act.meeting}" if act.meeting else ""
                because = f": {act.reason}" if act.reason else ""
                return f"The objection of {whose} to {self.named(act.on)} {how}{said}{because}."

    def _chair(self, act: acts.Call | acts.Recall | acts.Declare | acts.Ask | acts.DisposeObjection) -> str:
        match act:
            case acts.Call():
                ends = show_until(parse_until(act.until, self._zone), self._zone)
                return f"calls for consensus on {self.named(act.on)} until {ends}"
            case acts.Recall():
                return f"takes the call on {self.named(act.on)} back: {act.reason}"
            case acts.Declare():
                return f"declares {self.named(act.on)} {'agreed' if act.agreed else 'not agreed'}"
            case acts.Ask():
                ends = show_until(parse_until(act.until, self._zone), self._zone)
                what = f"objection {self.subject(act.on)}-o{act.nth}"
                return (
                    f"asks the owner of {what} whether it still stands, for an answer by {ends}: {act.reason}"
                )
            case acts.DisposeObjection():
                return f"disposes of an objection to {self.named(act.on)} that nobody owns any more: {act.reason}"

    def _meeting(self, act: acts.PutInMeeting | acts.Adopt) -> str:
        if isinstance(act, acts.Adopt):
            parts = [
                f"The Forum ({act.meeting}), item {act.item}: {self.named(act.on)} is put to be adopted."
            ]
        else:
            until = f" until {act.until}" if act.until else ""
            put = f"{act.meeting}, item {act.item}: {self.named(act.on)} is put."
            parts = [f"{put} Result: {act.result}{until}."]
            parts += [f"{self._name_of(one)} objects: “{text}”" for one, text in act.objections]
        parts += [f"{self._name_of(one)} joins with a statement: “{text}”" for one, text in act.statements]
        return " ".join(parts)

    def _secretariat(self, act: acts.Act) -> str:
        match act:
            case acts.Begin():
                return "begins the record of this copy"
            case acts.CutDraft():
                return f"cuts {act.draft}"
            case acts.Post():
                return f"records that {act.draft} was posted officially (at an invented address)"
            case acts.Admit():
                return f"admits {self.named(act.key)}: {act.reason}"
            case acts.Waive():
                return f"overrules the finding `{act.rule}` on {self.named(act.key)}: {act.reason}"
            case acts.Redact():
                what = f"takes the text of {self.named(act.key)} out of reach"
                return f"{what} ({act.ground}): {act.reason}"
            case acts.Dispose():
                plural = "s" if len(act.keys) > 1 else ""
                which = _listed(self.subject(key) for key in act.keys)
                return f"records what became of contribution{plural} {which}: {self._said(act.reason)}"
            case acts.Correct():
                return (
                    f"adds a note to what is recorded about {self.named(act.key)}: {self._said(act.reason)}"
                )
            case acts.Incorporate():
                sources = _listed(self.subject(one) for one in act.sources)
                written = f", written from {sources}" if sources else ""
                return f"puts {self.named(act.key)} in the text{written}"
            case acts.ChangeMain():
                return f"changes the main branch by hand: {act.what}"
            case acts.Regularise():
                return f"takes responsibility for the change made by hand: {act.reason}"
            case acts.Nominate():
                who = act.entity_name or self._name_of(act.entity)
                return f"enters, from letter {act.letter}, that {who} nominates {act.name}"
            case _:
                raise TypeError(f"no sentence tells of {type(act).__name__}")


def show_time(act: acts.Act) -> str:
    """Day and UTC time of an act, to the second only where a second matters."""
    moment = parse_instant(act.at)
    matters = moment.second or (moment.hour, moment.minute) in ((22, 0), (23, 0))
    return (
        f"{moment.day:>2} {moment:%b %Y} {moment:%H:%M:%S}Z"
        if matters
        else f"{moment.day:>2} {moment:%b %Y %H:%M}Z"
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
