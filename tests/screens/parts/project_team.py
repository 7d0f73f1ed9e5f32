"""A coalition is proposed, and the project team decides."""

from tests.screens.tour import Tour, Visitor


async def walk(tour: Tour) -> None:
    """One proposal is corrected, sent and approved, another one refused with a word."""
    sam, anne = tour.visitor("Sam"), tour.visitor("Anne")
    await anne.says("/equipe", "Menu of the team, where nothing waits")
    await anne.taps("Approvals", "Approvals, where nothing waits")
    await sam.forges("propose", "A proposal: the need", label="Propose a coalition")
    await sam.says("Beaucoup d’entre nous jettent trop.", "A proposal: the name")
    await sam.says("Mobilités alternatives", "A proposal: the idea")
    await sam.says("Partager nos restes.", "A proposal: the scope")
    await sam.taps("A theme of the Plan Climat", "A proposal: whom to invite")
    await sam.taps("Skip", "A proposal: the review")
    await sam.taps("Confirm", "Refused: the name is taken")
    await sam.taps("Correct", "Which line to correct")
    await sam.taps(
        "{label}: {answer}", "A line is corrected", label=tour.language.plain("Name"), answer="Mobilités alternatives"
    )
    await sam.taps("Keep the present answer")
    await sam.taps("Correct")
    await sam.taps("{label}: {answer}", label=tour.language.plain("Name"), answer="Mobilités alternatives")
    await sam.says("Zéro déchet au bureau")
    await sam.taps("Confirm", "Proposed")
    await anne.reads("Notice: a proposal")
    await anne.taps("Why this message?", "Why: a proposal")
    await anne.forges("team", "Menu of the team with a proposal", label="Project team")
    await anne.forges("approvals:0", "Approvals with a proposal")
    await anne.taps("Proposal: {name}", "A proposal", name="Zéro déchet au bureau")
    await anne.taps("Approve", "Approved")
    await sam.reads("Notice: the proposal is approved")
    await sam.taps("Why this message?", "Why: the answer to a proposal")
    await sam.taps("See the coalition", "Card of a coalition that nobody has joined yet")
    await _proposes(sam)
    await anne.forges(anne.data_of("Refuse with a word"), "The word that goes with a refusal")
    await anne.says("Cette coalition existe déjà : rejoignez-la.", "The refusal: the review")
    await anne.taps("Confirm", "Refused, with a word")
    await sam.reads("Notice: the proposal is not accepted")


async def _proposes(sam: Visitor) -> None:
    await sam.says("/proposer")
    for words in ("Un besoin.", "Covoiturage du soir", "Une idée."):
        await sam.says(words)
    await sam.taps("One sector of activity")
    await sam.says("ENIB")
    await sam.taps("Confirm")
