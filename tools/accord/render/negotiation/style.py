"""How the page of the negotiating view looks: brackets are seen without colour, on paper too."""

STYLE = """
body.wide { max-width: 54rem; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.how, .notes, .where, .remark, nav { font-family: system-ui, sans-serif; font-size: .88rem; }
.remark { color: #444; overflow-wrap: anywhere; }
.open { border-left: 4px solid #8a1520; padding: .1rem 0 .3rem .9rem; margin: .9rem 0; }
.where { color: #444; }
.open p, .open h3, .open h4, .open h5, .open h6 { margin-top: .35rem; margin-bottom: .35rem; }
.sign-of { font-weight: bold; color: #8a1520; }
.current { background: #f3f3f3; }
.words { background: #eef3fa; }
.words b { font-family: system-ui, sans-serif; font-size: .88em; }
.words ins { text-decoration: underline; text-decoration-thickness: 2px; }
.notes { margin: .4rem 0; padding-left: 1.1rem; }
.notes ul { padding-left: 1.1rem; }
.notes li { margin: .15rem 0; }
.strong { font-weight: bold; }
.in-1 { margin-left: 1.6rem; }
.in-2 { margin-left: 3.2rem; }
.in-3 { margin-left: 4.8rem; }
.in-4 { margin-left: 6.4rem; }
.quote { border-left: 3px solid #999; padding-left: .8rem; }
.sign { border: 1px solid #8a1520; font-size: .75rem; }
@media print {
  .current, .words { background: none; }
  .open { break-inside: avoid; }
  .file { break-before: auto; }
}
"""
