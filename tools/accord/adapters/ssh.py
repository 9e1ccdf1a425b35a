"""SSH signatures as Git keeps them, made and checked by `ssh-keygen`: the only module that runs it."""

from __future__ import annotations

import base64
import binascii
import os
import subprocess
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from accord.application.ports import Signed
from accord.domain.findings import Exit, Refused, refuse

NAMESPACE = "git"
VARIABLE = "ACCORD_SIGNING_KEY"
SETTING = "user.signingkey"
LITERAL = "key::"
KINDS = ("ssh-", "ecdsa-", "sk-")
TIMEOUT = 120.0  # seconds; a passphrase may have to be typed

_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_MAGIC = b"SSHSIG"


@dataclass(frozen=True, slots=True, kw_only=True)
class SshSigner:
    """Implements the port `Signer`. ``setting`` reads Git's own settings (an empty text: not set)."""

    setting: Callable[[str], str]

    def refuse_without_key(self, name: str, keys: Collection[bytes]) -> None:
        """Refuse before anything is done if *name* could not sign with one of *keys*.

        Raises:
            Refused: no key is named here, or one that is not listed for *name* (exit USAGE).
        """
        named = self._named()
        if not named:
            raise refuse(
                "signing-key",
                f"A key is listed for {name}, so what {name} enters is signed, and no key is named here.",
                fix=f"Name your key once: `git config {SETTING} FILE` (or set {VARIABLE}); FILE is as in "
                "`~/.ssh/id_ed25519`.",
                exit_code=Exit.USAGE,
            )
        public = _public(named)
        if public is not None and public not in keys:
            raise _not_listed(name, public, keys)

    def sign(self, content: bytes, name: str, keys: Collection[bytes]) -> str:
        """The signature of *content* by the key named here, which must be one of *keys*.

        Raises:
            Refused: as above (exit USAGE), or `ssh-keygen` will not sign (exit OUTSIDE).
        """
        from tempfile import TemporaryDirectory

        self.refuse_without_key(name, keys)
        named = self._named()
        with TemporaryDirectory(prefix="accord-sign-") as folder:
            options: tuple[str, ...] = ()
            if _is_literal(named):  # only the agent has the other half of it
                file = Path(folder) / "key.pub"
                file.write_text(named.removeprefix(LITERAL) + "\n", encoding="utf-8")
                named, options = str(file), ("-U",)
            answer = _run("-Y", "sign", "-n", NAMESPACE, "-f", named, *options, stdin=content, asks=True)
        signature = answer.stdout.decode("ascii", "replace")
        key = signing_key(signature)
        if answer.returncode != 0 or key is None:
            said = " ".join(answer.stderr.decode("utf-8", "replace").split()) or "no reason given"
            raise refuse(
                "signing-failed",
                f"It could not be signed for {name}, and nothing was changed. (ssh-keygen said: {said})",
                fix=f"Check the key that {SETTING} or {VARIABLE} names; one with a passphrase is asked for it at a "
                "terminal, or comes from an agent (`ssh-add`).",
                exit_code=Exit.OUTSIDE,
            )
        if key not in keys:
            raise _not_listed(name, key, keys)
        return signature

    def signed_with(self, signed: Sequence[Signed]) -> list[bytes | None]:
        """For each content and signature the key that made it; ``None`` where the one does not fit the other.

        Raises:
            Refused: `ssh-keygen` is not here (exit OUTSIDE).
        """
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
            return list(pool.map(_checked, signed))

    def _named(self) -> str:
        own = os.environ.get(VARIABLE, "").strip()
        return str(Path(own).expanduser()) if own.startswith("~") else own or self.setting(SETTING)


def signing_key(signature: str) -> bytes | None:
    """The public key that a signature says it was made with; ``None`` if it is no SSH signature for Git.

    The format is that of OpenSSH's PROTOCOL.sshsig: magic, version, then texts, each after its length.
    """
    lines = signature.strip().splitlines()
    if len(lines) < 3 or lines[0] != _BEGIN or lines[-1] != _END:
        return None
    try:
        content = base64.b64decode("".join(lines[1:-1]), validate=True)
    except binascii.Error:
        return None
    key, rest = _text(content[len(_MAGIC) + 4 :])
    namespace, _ = _text(rest)
    right = content.startswith(_MAGIC + b"\0\0\0\1") and namespace == NAMESPACE.encode()
    return key if right and key else None


def _text(content: bytes) -> tuple[bytes, bytes]:
    size = int.from_bytes(content[:4])
    return content[4 : 4 + size], content[4 + size :]


def _checked(signed: Signed) -> bytes | None:
    from tempfile import NamedTemporaryFile

    key = signing_key(signed.signature)
    if key is None:
        return None
    with NamedTemporaryFile(prefix="accord-", suffix=".sig") as file:
        file.write(signed.signature.encode("ascii", "replace"))
        file.flush()
        # Whose key it is and when it held is for the dated list to say; here only whether the signature fits.
        answer = _run("-Y", "check-novalidate", "-n", NAMESPACE, "-s", file.name, stdin=signed.content)
    return key if answer.returncode == 0 else None


def _run(*arguments: str, stdin: bytes, asks: bool = False) -> subprocess.CompletedProcess[bytes]:
    at_terminal = asks and sys.stdin is not None and sys.stdin.isatty()
    quiet = {} if at_terminal else {"SSH_ASKPASS_REQUIRE": "never"}
    try:
        return subprocess.run(
            ["ssh-keygen", *arguments],  # noqa: S607 - the user's own, found as their shell finds it
            input=stdin,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
            env=os.environ | {"LC_ALL": "C"} | quiet,
            start_new_session=not at_terminal,  # without a terminal nobody could answer a question
        )
    except FileNotFoundError:
        raise refuse(
            "ssh-missing",
            "The program `ssh-keygen` was not found; signatures are made and checked with it.",
            fix="Install OpenSSH (`openssh-client`), then run the same command again.",
            exit_code=Exit.OUTSIDE,
        ) from None
    except subprocess.TimeoutExpired:
        raise refuse(
            "ssh-timeout",
            f"`ssh-keygen` did not answer within {TIMEOUT:.0f} seconds. Nothing was changed.",
            fix="Run the same command again.",
            exit_code=Exit.OUTSIDE,
        ) from None


def _is_literal(named: str) -> bool:
    return named.startswith(LITERAL) or (named.startswith(KINDS) and " " in named)


def _public(named: str) -> bytes | None:
    """The public half of the key named, where it can be read without a passphrase."""
    from accord.domain.process.keys import key_bytes

    if _is_literal(named):
        text = named.removeprefix(LITERAL)
    else:
        file = Path(named)
        file = file if file.suffix == ".pub" else file.with_name(f"{file.name}.pub")
        try:
            text = file.read_text("utf-8", "replace")
        except OSError:
            return None
    return key_bytes(" ".join(text.split()[:2]))


def _not_listed(name: str, key: bytes, keys: Collection[bytes]) -> Refused:
    from accord.domain.process.keys import fingerprint

    known = ", ".join(sorted(fingerprint(one) for one in keys))
    return refuse(
        "signing-key",
        f"The key named here ({fingerprint(key)}) is not one listed for {name} now ({known}).",
        fix=f"Name the right one with {VARIABLE}, or say with `--as` who acts. A new key comes into "
        "process/experts.yaml first.",
        exit_code=Exit.USAGE,
    )
