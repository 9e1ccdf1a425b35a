"""The script of the screen: turns pages by keys, keeps the address, the focus and those who listen up to date."""

from __future__ import annotations

import hashlib
from base64 import b64encode

# Without it all leaves stand one below the other, and the links between them work.
SCRIPT = """\
(function () {
  "use strict";
  var leaves = Array.prototype.slice.call(document.querySelectorAll("section.leaf"));
  var told = document.getElementById("told");
  var at = -1;
  var typed = "";

  function place(hash) {
    var id = "";
    try { id = decodeURIComponent(hash.slice(1)); } catch (error) { id = ""; }
    for (var index = 0; index < leaves.length; index += 1) {
      if (leaves[index].id === id) { return index; }
    }
    return -1;
  }

  function show(index, focus) {
    index = Math.max(0, Math.min(leaves.length - 1, index));
    if (index === at) { return; }
    at = index;
    leaves.forEach(function (leaf, number) { leaf.classList.toggle("current", number === at); });
    window.scrollTo(0, 0);
    var heading = leaves[at].querySelector("h1, h2");
    told.textContent = "Page " + (at + 1) + " of " + leaves.length + ": " + heading.textContent;
    document.title = heading.textContent + " - " + document.body.getAttribute("data-title");
    if (focus) { heading.focus({ preventScroll: true }); }
  }

  function go(index) {
    index = Math.max(0, Math.min(leaves.length - 1, index));
    if (index !== at) { window.location.hash = "#" + leaves[index].id; }
  }

  function follow(focus) {
    var index = place(window.location.hash);
    if (index >= 0) { show(index, focus); } else if (at < 0) { show(0, false); }
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) { return; }
    var key = event.key;
    if (/^[0-9]$/.test(key)) {
      typed = (typed + key).slice(-4);
      told.textContent = "Page " + typed + ", then Enter";
      return;
    }
    var number = typed;
    typed = "";
    if (key === "Enter") {
      if (number === "") { return; }
      go(parseInt(number, 10) - 1);
    } else if (key === "ArrowRight" || key === "PageDown") {
      go(at + 1);
    } else if (key === "ArrowLeft" || key === "PageUp") {
      go(at - 1);
    } else if (key === "Home") {
      go(0);
    } else if (key === "End") {
      go(leaves.length - 1);
    } else {
      return;
    }
    event.preventDefault();
  });
  window.addEventListener("hashchange", function () { follow(true); });
  document.body.classList.add("paged");
  follow(false);
}());
"""


def script_hash(script: str) -> str:
    """What the page's policy calls the one script that may run."""
    return f"sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}"
