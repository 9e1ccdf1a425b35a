"""People, their tokens, and what becomes of them."""

from __future__ import annotations

from typing import Literal

from tests.double.core import Core
from tests.double.state import Account, Repository, Token


class People(Core):
    """Accounts and tokens."""

    def user(self, login: str, kind: Literal["User", "Bot", "Organization"] = "User") -> Account:
        """An account of this name, made when there is none."""
        if found := self.find_account(login):
            return found
        app = self.id("small") if kind == "Bot" else None
        return self.add(Account(id=self.id("account"), login=login, kind=kind, app=app))

    def organization(self, login: str) -> Account:
        """The same for an organization."""
        return self.user(login, "Organization")

    def rename_user(self, who: Account | str, login: str) -> Account:
        """The account takes another name; its repositories are found under the old one, the account is not."""
        account = self.account(who)
        for repository in self.repositories.values():
            if repository.owner is account:
                self.moved[repository.full_name.lower()] = repository.id
        account.login = login
        return account

    def delete_user(self, who: Account | str) -> None:
        """The account is gone, its repositories with it; what it wrote stays, as a ghost's."""
        account = self.account(who)
        account.deleted = True
        for repository in self.repositories.values():
            if repository.owner is account:
                repository.deleted = True

    def mint(
        self,
        who: Account | str = "github-actions[bot]",
        permissions: dict[str, str] | None = None,
        kind: Literal["workflow", "app", "user"] = "workflow",
        repository: Repository | None = None,
    ) -> str:
        """A token; for a workflow's job give the `permissions:` of the job. Names as in a workflow file."""
        account = self.account(who)
        prefix = {"workflow": "ghs_", "app": "ghs_app", "user": "ghp_"}[kind]
        secret = f"{prefix}{len(self.tokens):036d}"
        named = {name.replace("-", "_"): access for name, access in (permissions or {}).items()}
        self.tokens[secret] = Token(
            secret=secret,
            account=account,
            permissions={"metadata": "read", **named},
            kind=kind,
            repository=repository,
        )
        return secret

    def revoke(self, secret: str) -> None:
        """The token no longer works."""
        self.tokens[secret].revoked = True
