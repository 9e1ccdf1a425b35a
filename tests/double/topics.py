"""Pull requests and issues: opened, edited, closed, and talked about."""

from __future__ import annotations

from typing import Any

from tests.double.gitstore import Files
from tests.double.repositories import Repositories
from tests.double.state import Account, Comment, Edit, Pull, Repository, Topic, Words


class Topics(Repositories):
    """Pull requests, issues and comments."""

    def words(self, author: Account, text: str) -> Words:
        """A text, written now."""
        return Words(author=author, text=text, created=self.clock.now())

    def rewrite(self, words: Words, text: str, by: Account) -> None:
        """Change a text, keeping how it read."""
        if not words.edits:
            words.edits.append(Edit(id=self.id(), editor=words.author, at=words.created, text=words.text))
        words.edits.append(Edit(id=self.id(), editor=by, at=self.clock.now(), text=text))
        words.text = text

    def hide_edit(self, words: Words, position: int) -> None:
        """Take a wording out of the history that is shown (0 is the first)."""
        words.edits[position].deleted = self.clock.now()

    def open_issue(
        self,
        repository: Repository,
        author: Account | str,
        title: str,
        body: str = "",
        labels: tuple[str, ...] = (),
    ) -> Topic:
        """Open an issue."""
        who = self.account(author)
        issue = self.add(
            Topic(**self._new(repository, who, title, body), labels=self._named(repository, labels))
        )
        repository.topics[issue.number] = issue
        self.happened("issues", "opened", who, repository, topic=issue)
        return issue

    def open_pull(
        self,
        repository: Repository,
        author: Account | str,
        title: str = "A proposal",
        body: str = "",
        *,
        files: Files | None = None,
        branch: str | None = None,
        head: Repository | None = None,
        base: str | None = None,
        draft: bool = False,
    ) -> Pull:
        """Open a pull request, first pushing ``files`` to its branch.

        Without ``head`` it comes from the author's fork (made when there is none), or from a branch of the
        repository itself when the author may push there.
        """
        who = self.account(author)
        head = head or self._home(repository, who)
        branch = branch or f"proposal-{repository.next_number}"
        base = base or repository.default_branch
        base_sha = self.bare(repository).tip(f"refs/heads/{base}")
        if base_sha is None:
            raise LookupError(f"no branch {base}")
        if files is not None:
            sha = self.push(head, branch, files, by=who, message=title, parent=base_sha)
        else:
            sha = self.bare(head).tip(f"refs/heads/{branch}") or ""
        if not sha:
            raise LookupError(f"no branch {branch}")
        pull = self.add(
            Pull(
                **self._new(repository, who, title, body),
                head_repository=head,
                head_owner=head.owner,
                head_ref=branch,
                head=sha,
                base=base,
                base_sha=base_sha,
                draft=draft,
            )
        )
        repository.topics[pull.number] = pull
        self.bare(repository).point(f"refs/pull/{pull.number}/head", sha)
        self.arrived(repository, sha, branch)
        self.happened("pull_request", "opened", who, repository, pull=pull)
        return pull

    def edit(
        self,
        topic: Topic,
        *,
        by: Account | str | None = None,
        title: str | None = None,
        body: str | None = None,
        base: str | None = None,
    ) -> None:
        """Change the title, the description, or the branch it is meant for."""
        who = self.account(by) if by else topic.author
        changes: dict[str, Any] = {}
        if title is not None and title != topic.title:
            changes["title"] = {"from": topic.title}
            self.note(topic, "RenamedTitleEvent", who, before=topic.title, after=title)
            topic.title = title
        if body is not None and body != topic.body.text:
            changes["body"] = {"from": topic.body.text}
            self.rewrite(topic.body, body, who)
        if base is not None and isinstance(topic, Pull) and base != topic.base:
            changes["base"] = {"ref": {"from": topic.base}, "sha": {"from": topic.base_sha}}
            self.note(topic, "BaseRefChangedEvent", who, before=topic.base, after=base)
            topic.base = base
            topic.base_sha = self.bare(topic.repository).tip(f"refs/heads/{base}") or topic.base_sha
        if changes:
            self.touch(topic, "edit")
            self.told(topic, "edited", who, changes=changes)

    def close(self, pull: Topic, *, by: Account | str | None = None) -> None:
        """Close it."""
        who = self.account(by) if by else pull.author
        pull.state, pull.closed, pull.closed_by = "closed", self.clock.now(), who
        self.touch(pull, "close")
        if isinstance(pull, Pull) and pull.merged:
            self.note(pull, "MergedEvent", who, after=pull.merge_sha)
        self.note(pull, "ClosedEvent", who)
        self.told(pull, "closed", who)

    def reopen(self, topic: Topic, *, by: Account | str | None = None) -> None:
        """Open it again."""
        who = self.account(by) if by else topic.author
        topic.state, topic.closed, topic.closed_by = "open", None, None
        self.touch(topic, "reopen")
        self.note(topic, "ReopenedEvent", who)
        self.told(topic, "reopened", who)

    def merge(self, pull: Pull, *, by: Account | str, message: str = "Merge") -> str:
        """Merge it with a merge commit, as the button does; the commit."""
        who, bare = self.account(by), self.bare(pull.repository)
        ref = f"refs/heads/{pull.base}"
        before = bare.refs()
        tree = bare.git("merge-tree", "--write-tree", before[ref], pull.head).splitlines()[0]
        made = bare.git(
            *("-c", f"user.name={who.login}", "-c", "user.email=", "commit-tree", tree),
            *("-p", before[ref], "-p", pull.head, "-m", message),
        )
        bare.point(ref, made)
        self.refs_changed(pull.repository, before, who)
        return made

    def comment(self, topic: Topic, who: Account | str, text: str) -> Comment:
        """Comment on it."""
        author = self.account(who)
        words = self.words(author, text)
        made = self.add(Comment(id=self.id(), topic=topic, words=words, updated=self.clock.now()))
        topic.comments.append(made)
        self.touch(topic, "comment")
        self.happened("issue_comment", "created", author, topic.repository, comment=made, topic=topic)
        return made

    def edit_comment(self, comment: Comment, text: str, *, by: Account | str | None = None) -> None:
        """Change a comment."""
        who = self.account(by) if by else comment.words.author
        before = comment.words.text
        self.rewrite(comment.words, text, who)
        comment.updated = self.clock.now()
        self.touch(comment.topic, "comment edited")
        self.happened(
            *("issue_comment", "edited", who, comment.topic.repository),
            comment=comment,
            topic=comment.topic,
            changes={"body": {"from": before}},
        )

    def delete_comment(self, comment: Comment, *, by: Account | str | None = None) -> None:
        """Delete a comment: the timeline keeps only that there was one."""
        who = self.account(by) if by else comment.words.author
        topic = comment.topic
        topic.comments.remove(comment)
        self.touch(topic, "comment deleted")
        self.note(topic, "CommentDeletedEvent", who, author=comment.words.author)
        self.happened("issue_comment", "deleted", who, topic.repository, comment=comment, topic=topic)

    def told(self, topic: Topic, action: str, who: Account, **more: Any) -> None:
        """Note an event about an issue or a pull request."""
        if isinstance(topic, Pull):
            self.happened("pull_request", action, who, topic.repository, pull=topic, **more)
        else:
            self.happened("issues", action, who, topic.repository, topic=topic, **more)

    def _new(self, repository: Repository, who: Account, title: str, body: str) -> dict[str, Any]:
        number, repository.next_number = repository.next_number, repository.next_number + 1
        common = {"repository": repository, "title": title, "body": self.words(who, body)}
        return {"id": self.id(), "number": number, "updated": self.clock.now(), **common}

    def _named(self, repository: Repository, labels: tuple[str, ...]) -> list[str]:
        return [self.label(repository, name).name for name in labels]

    def _home(self, repository: Repository, who: Account) -> Repository:
        if repository.may_write(who):
            return repository
        forks = [one for one in self.repositories.values() if one.fork_of is repository and one.owner is who]
        live = [one for one in forks if not one.deleted]
        return live[0] if live else self.fork(repository, who)
