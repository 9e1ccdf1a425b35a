"""What objections read like in English, French and Spanish, and what makes the same words none: data.

Each line of ``objects`` and ``unless`` is a regular expression over lower-case text without accents, with spoken forms
written out (`can't` → `cannot`). A name in capitals stands for one of the ``words`` (a regular expression, too), and
`..` for up to seven words of which none turns the meaning. ENTITIES are the names of the entities.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """How one language objects: ``objects`` one expression a line; none where one of ``unless`` is in the same part of
    the sentence.
    """

    words: Mapping[str, str]
    objects: str
    unless: str


ENGLISH = Tongue(
    words={
        "BODY": "administration|delegation|government|ministry|organi[sz]ation|company|university|country|"
        "institution|association|agency|authority|membership|entity|group|side|team",
        "WHO": r"i|we|(?:my|our|the) (?:[\w-]+ ){0,2}?BODY(?: of (?:the )?[\w-]+)?|ENTITIES",
        "TURNS": "not|never|no|nor|neither|nobody|none|hardly|without|cannot|they|you|he|she|others|some|who|whom|"
        "which|whether|if|unless|could|might|may|nothing|reasons?|see|why|had|did|used",
        "NO_NOUN": r"(?<!\bthe )(?<!\ban )(?<!\ba )(?<!\bthis )(?<!\bits )(?<!\bour )(?<!\bmy )(?<!\bevery )",
        "AFTER": r"$|[.,;:!)]| (?:to|against|on|in|because|as|since|for|until|unless|strongly|firmly|formally|here|"
        r"again|most|very|and|that|also|both|\W)",
        "MUST": "hereby|formally|strongly|firmly|also|still|therefore|must|will|shall|do|does|to",
        "AM": "am|are|is|remain|remains|have been|has been|[a-z]+ly|still|also|therefore|both",
        "CANNOT": "cannot|can in no way|could not|will not|shall not|do not|does not|am not|are not|is not|would not",
        "SOMEHOW": "[a-z]+ly|yet|be|at this stage|as it stands|as drafted",
        "ABLE": "able|prepared|ready|willing|in a position",
        "AGREE": "accept|agree|support|endorse|approve|join|go along|live with|be part of|subscribe",
        "ENOUGH": "more|enough|with (?:you|him|her|them)",
        "TEXT": r"(?:it|this|that|these)\b|(?:the|your) (?:[\w-]+ ){0,2}?(?:text|wording|proposal|clause|paragraph|"
        r"draft|change|opinion|amendment|contribution|deletion|addition|language|sentence|section)|\d|para",
        "OBJECTION": "(?:objections?|veto)",
        "TAKE_BACK": "withdraw(?:s|ing|n)?|withdrew|lift(?:s|ing|ed)?|drop(?:s|ping|ped)?|retract(?:s|ing|ed)?|"
        "removes?|removed|clears?|cleared|met|meets|resolves?|resolved|answers?|answered|addresse[sd]|address|"
        "settles?|settled",
        "TO_OBJECT": "objects?|objecting|opposes?|opposing|opposed|blocks?|blocking|vetoe?s?|rejects?|disagrees?",
        "STAND": "stand in the way|against|maintain|an objection",
        "ASK": "do|does|did|is|are|was|would|could|can|should|may|why|who|what|when|where|how|has|have|will",
    },
    objects=r"""
\bWHO.. NO_NOUNobjects?(?=AFTER)
\bWHO(?:..)? MUST object(?=AFTER)
\bWHO(?: AM){1,4} (?:opposed\b|against (?:it|this|that|these|the|any|\d))
\bWHO.. (?:opposes?|vetoe?s?|rejects?|disapproves?)\b(?! by\b)
\bWHO(?: (?:have to|has to|MUST)){0,3} blocks? (?:TEXT|any|consensus|agreement)
\bWHO.. CANNOT(?: SOMEHOW){0,2}(?: ABLE to)?(?: be)?(?: [a-z]+ly)? AGREE\b(?! ENOUGH\b)
\bWHO.. (?:unable|unwilling) to AGREE\b
\bWHO(?: [a-z]+ly)?(?: must| have to| has to)? disagrees? with (?:TEXT)
\b(?:is|are|remains?|seems?) (?:[a-z]+ly )?(?:not acceptable|unacceptable)\b
\b(?:finds?|considers?) (?:[\w-]+ ){1,4}?(?:unacceptable|not acceptable)\b
\b(?:an?|my|our|this) (?:formal |strong |firm |clear |standing )?OBJECTION\b
\bobjections? (?:from|by|of) (?!(?:form|others?|some|any|nobody|whom)\b)[\w(]
^(?:formal |strong )?objection[\s.!]*$
^objection\s*[:,\u2013\u2014-]
^(?:strongly |formally |must )?(?:object(?:ing)? (?:to|against)|opposed? to|opposing)\b
\bred lines? for (?:us|me|my|our)\b
\bthe objections? (?:still |therefore )?(?:stands?|remains?|holds?)\b
\b(?:maintain|keep|uphold|raise|register|lodge|reiterate|repeat|restate)s? (?:[\w-]+ ){0,3}?objections?\b
""",
    unless=r"""
\b(?:no|without|zero|any|nor|neither) (?:[a-z]+ ){0,2}?OBJECTION\b
\b(?:not|never|no longer|nor|neither|without) (?:[a-z]+ ){0,3}?(?:TO_OBJECT|STAND)\b
\bTAKE_BACK\b.*\bOBJECTION\b
\bOBJECTION\b(?:(?!\bnot\b).)*\b(?:TAKE_BACK|gone|no longer)\b
\b(?:TO_OBJECT|objection|unacceptable|AGREE)\b(?:(?! unless ).)* if\b
^(?:and |so |then )?ASK\b.*\?
^(?:if|in case|whether|suppose|unless|should|before|until|when|whenever|had)\b(?:(?!, (?:i|we|my|our) ).)*$
\b(?:whether|in case|even if|only if|unless|might|may|could)\b (?:[\w-]+ ){0,4}?TO_OBJECT\b
\bwould have (?:objected|opposed|blocked|rejected)\b
\b(?:right|free|freedom|chance|opportunity|time|how|possible|ability|wait) (?:\w+ )?to object\b
\bobjection (?:procedure|period|process|rule|id|number|form|button|command)s?\b
""",
)
FRENCH = Tongue(
    words={
        "BODY": "administration|delegation|gouvernement|organisation|universite|pays|entreprise|association",
        "AGREE": "accepter|souscrire|appuyer|approuver|soutenir|nous rallier|nous associer|me rallier",
        "PUT": "formul|soulev|maint|oppos|fais|fait|emet|elev",
    },
    objects=r"""
\bje (?:[a-z]+ment )?m'(?:y )?oppose\b
\bnous nous (?:y )?opposons\b
\b(?:BODY|ENTITIES)(?: (?:de |du |d')?[\w-]+){0,3}? s'(?:y )?oppose\b
\b(?:j'objecte|nous objectons|je rejette|nous rejetons|je refuse|nous refusons)\b
\bne (?:peux|pouvons|peut|puis|saurions|saurait) (?:pas |en aucun cas )?(?:l'|le |la |les |y )?AGREE
\bne (?:suis|sommes|est) pas en mesure (?:de |d')(?:l'|le |la |les )?AGREE
\bne (?:suis|sommes|est) pas d'accord avec (?:le|la|ce|cette|cet|l'|les|ces)
\bn'accept(?:e|ons) pas\b
\b(?:est|sont|reste|restent) inacceptables?\b|\binacceptables? pour (?:nous|moi|mon|notre)\b
\b(?:PUT)\w* (?:[\w']+ ){0,2}?objection\b
\bobjection (?:de la part |formelle )?(?:de|du|d')(?! forme)
^objection[\s.!]*$
\b(?:mon|notre) objection
""",
    unless=r"""
\b(?:aucune|sans|pas d'|ni|jamais d'|plus d') ?objections?\b
\bne (?:nous |m'|s')(?:y )?oppos\w+ (?:pas|plus|nullement)\b|\bne nous (?:y )?opposons\b
\b(?:retir|lev|renonc)\w* (?:[\w']+ ){0,2}?objection
\bobjection (?:[\w']+ ){0,4}?(?:levee|retiree|satisfaite|reglee)
\bn'object
^(?:si|est-ce que|pourquoi|qui|avez-vous)\b
""",
)
SPANISH = Tongue(
    words={
        "BODY": "administracion|delegacion|gobierno|organizacion|universidad|pais|empresa|asociacion",
        "AGREE": "aceptar|apoyar|aprobar|respaldar|sumar|suscribir",
        "PUT": "present|formul|mant|plante|hago|hac|elev",
        "HAVE": "tengo|tenemos|tiene|hay|presentamos|formulamos|vemos",
    },
    objects=r"""
\b(?:me opongo|nos oponemos|objetamos|rechazo|rechazamos|yo objeto|vetamos)\b
^objeto\b(?! (?:de|del|social|principal)\b)
\b(?:BODY|ENTITIES)(?: (?:de |del )?[\w-]+){0,3}? (?:se opone|objeta|rechaza)\b
\bno (?:lo |la |los |las )?(?:puedo|podemos|puede) (?:en modo alguno )?AGREE
\bno (?:estoy|estamos|esta) en condiciones de AGREE
\bno (?:estoy|estamos|esta) de acuerdo con (?:el|la|este|esta|los|las)\b
\bno (?:acepto|aceptamos)\b
\b(?:es|son|resulta|resultan) inaceptables?\b|\binaceptables? para (?:nosotros|mi|nuestr[ao])\b
\b(?:PUT)\w* (?:\w+ ){0,2}?objecion(?:es)?\b
\bobjecion (?:formal )?(?:de|del|por parte de)\b(?! forma)
^objecion[\s.!]*$
\b(?:mi|nuestra) objecion\b
""",
    unless=r"""
\b(?:sin|ninguna|ni|no HAVE(?: ninguna)?) objecion(?:es)?\b
\bno (?:me opongo|nos oponemos|objet\w+|se opone|rechaz\w+)\b
\b(?:retir|levant|renunci)\w* (?:\w+ ){0,2}?objecion
\bobjecion (?:\w+ ){0,4}?(?:retirada|levantada|resuelta|atendida)
^(?:\u00bf|si |acaso |por que |quien )
""",
)
TONGUES = (ENGLISH, FRENCH, SPANISH)
