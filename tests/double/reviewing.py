"""Reviews, remarks on lines, labels, statuses and checks."""

from __future__ import annotations

from typing import Literal

from tests.double.state import (
    Account,
    CheckRun,
    CheckSuite,
    Pull,
    Remark,
    Repository,
    Review,
    Status,
    Thread,
    Topic,
)
from tests.double.topics import Topics

Verdict = Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED"]


class Reviewing(Topics):
    """What reviewers, bots and workflows say about a pull request."""

    def review(
        self,
        pull: Pull,
        who: Account | str,
        state: Verdict = "COMMENTED",
        body: str = "",
        commit: str | None = None,
    ) -> Review:
        """Review it, on its head unless another commit is given."""
        author, now = self.account(who), self.clock.now()
        made = self.add(
            Review(
                id=self.id(),
                pull=pull,
                words=self.words(author, body),
                state=state,
                commit=commit or pull.head,
                submitted=now,
                updated=now,
            )
        )
        pull.reviews.append(made)
        self.touch(pull, "review")
        self.happened("pull_request_review", "submitted", author, pull.repository, review=made, pull=pull)
        return made

    def edit_review(self, review: Review, text: str, *, by: Account | str | None = None) -> None:
        """Change what a review says."""
        who = self.account(by) if by else review.words.author
        before = review.words.text
        self.rewrite(review.words, text, who)
        review.updated = self.clock.now()
        self.touch(review.pull, "review edited")
        changes = {"body": {"from": before}}
        repository = review.pull.repository
        self.happened(
            "pull_request_review", "edited", who, repository, review=review, pull=review.pull, changes=changes
        )

    def dismiss_review(self, review: Review, by: Account | str, message: str = "") -> None:
        """Dismiss it: its state is gone, the timeline says so."""
        who = self.account(by)
        before, review.state = review.state, "DISMISSED"
        review.updated = self.clock.now()
        self.touch(review.pull, "review dismissed")
        self.note(review.pull, "ReviewDismissedEvent", who, before=before, review=review, message=message)
        self.happened(
            "pull_request_review", "dismissed", who, review.pull.repository, review=review, pull=review.pull
        )

    def remark(self, pull: Pull, who: Account | str, path: str, line: int | None, text: str) -> Thread:
        """Begin a thread on a line; it comes with a review, as every such comment does."""
        author = self.account(who)
        review = self.review(pull, author)
        thread = self.add(Thread(id=self.id(), pull=pull, path=path, line=line, commit=pull.head))
        pull.threads.append(thread)
        self._remark(thread, author, text, review)
        return thread

    def reply(self, thread: Thread, who: Account | str, text: str) -> Remark:
        """Answer in a thread."""
        return self._remark(thread, self.account(who), text, self.review(thread.pull, who))

    def resolve(self, thread: Thread, by: Account | str) -> None:
        """Mark a thread as resolved."""
        thread.resolved, thread.resolved_by = True, self.account(by)
        self.happened(
            *("pull_request_review_thread", "resolved", self.account(by), thread.pull.repository),
            thread=thread,
            pull=thread.pull,
        )

    def unresolve(self, thread: Thread, by: Account | str) -> None:
        """Take that back."""
        thread.resolved, thread.resolved_by = False, None
        self.happened(
            *("pull_request_review_thread", "unresolved", self.account(by), thread.pull.repository),
            thread=thread,
            pull=thread.pull,
        )

    def set_label(self, topic: Topic, name: str, by: Account | str) -> None:
        """Put a label on it."""
        label = self.label(topic.repository, name)
        if label.name not in topic.labels:
            topic.labels.append(label.name)
            self.touch(topic, "label")
            self.told(topic, "labeled", self.account(by), label=label)

    def drop_label(self, topic: Topic, name: str, by: Account | str) -> None:
        """Take a label off it."""
        label = self.label(topic.repository, name)
        if label.name in topic.labels:
            topic.labels.remove(label.name)
            self.touch(topic, "label")
            self.told(topic, "unlabeled", self.account(by), label=label)

    def set_status(
        self,
        repository: Repository,
        sha: str,
        context: str,
        state: Literal["error", "failure", "pending", "success"],
        by: Account | str,
        description: str | None = None,
        url: str | None = None,
    ) -> Status:
        """Set a commit status. The pull request does not count as changed."""
        made = Status(
            id=self.id(),
            sha=sha,
            context=context,
            state=state,
            description=description,
            url=url,
            creator=self.account(by),
            at=self.clock.now(),
        )
        repository.statuses.setdefault(sha, []).append(made)
        self.happened("status", None, made.creator, repository, status=made)
        return made

    def check(
        self,
        repository: Repository,
        sha: str,
        name: str,
        conclusion: str | None = "success",
        *,
        app: str = "github-actions",
    ) -> CheckRun:
        """A check run on a commit, as a job of a workflow (also of a fork's) makes it under its own name."""
        suites = [one for one in repository.suites if one.sha == sha and one.app == app]
        suite = (
            suites[0]
            if suites
            else CheckSuite(id=self.id(), sha=sha, branch=None, app=app, at=self.clock.now())
        )
        if not suites:
            repository.suites.append(self.add(suite))
        status = "completed" if conclusion else "in_progress"
        now = self.clock.now()
        made = CheckRun(
            id=self.id(), suite=suite, name=name, sha=sha, status=status, conclusion=conclusion, at=now
        )
        repository.checks.append(self.add(made))
        return made

    def _remark(self, thread: Thread, author: Account, text: str, review: Review) -> Remark:
        first = thread.remarks[0] if thread.remarks else None
        made = self.add(
            Remark(
                id=self.id(),
                thread=thread,
                words=self.words(author, text),
                updated=self.clock.now(),
                review=review,
                reply_to=first,
            )
        )
        thread.remarks.append(made)
        self.touch(thread.pull, "remark")
        self.happened(
            *("pull_request_review_comment", "created", author, thread.pull.repository),
            remark=made,
            pull=thread.pull,
        )
        return made
