from benchmarks.conversations import FillingIn
from benchmarks.light_server import LightServer, Shown

LEA = 7


def asked(text: str, *data: str) -> Shown:
    return Shown(LEA, 1, new=True, text=text, buttons=tuple(("", one) for one in data), at=0.0)


def said(server: LightServer) -> str:
    """What was said or tapped last."""
    *_, (_, body) = server._pending
    return body.decode()


async def test_somebody_taps_skips_writes_and_confirms_until_the_conversation_is_over() -> None:
    server, lea = LightServer(), FillingIn(LEA, "/action")

    lea.speaks(server)
    assert '"text": "/action"' in said(server)

    assert lea.reads(asked("<b>Quelle coalition ?</b>", "f:1:1:a:o:abc", "f:1:1:a:o:def", "f:1:1:cancel"))
    lea.speaks(server)
    assert '"data": "f:1:1:a:o:abc"' in said(server)

    assert not lea.reads(Shown(LEA, 1, new=False, text="<b>Quelle coalition ?</b>\nLa vôtre", buttons=(), at=0.0))
    assert lea.reads(asked("<b>Qu’avez-vous fait ?</b>", "f:1:2:back", "f:1:2:cancel"))
    lea.speaks(server)
    assert "(7, 0)" in said(server)

    assert lea.reads(asked("<b>Une photo ?</b>", "f:1:3:back", "f:1:3:skip", "f:1:3:cancel"))
    lea.speaks(server)
    assert '"data": "f:1:3:skip"' in said(server)

    assert lea.reads(asked("<b>Votre action</b>", "f:1:4:confirm", "f:1:4:page:0", "f:1:4:cancel"))
    lea.speaks(server)
    assert '"data": "f:1:4:confirm"' in said(server)

    assert lea.reads(asked("Merci !", "menu"))
    lea.speaks(server)
    assert lea.finished == 1
    assert '"text": "/action"' in said(server)


async def test_one_option_is_ticked_then_the_list_is_ended() -> None:
    server, lea = LightServer(), FillingIn(LEA, "/action")
    lea.speaks(server)

    lea.reads(asked("<b>Quels enjeux ?</b>", "f:1:1:a:o:abc", "f:1:1:a:o:def", "f:1:1:a:done"))
    lea.speaks(server)
    assert '"data": "f:1:1:a:o:abc"' in said(server)

    lea.reads(asked("<b>Quels enjeux ?</b>", "f:1:2:a:d:abc", "f:1:2:a:o:def", "f:1:2:a:done"))
    lea.speaks(server)
    assert '"data": "f:1:2:a:done"' in said(server)


async def test_another_text_is_tried_where_the_first_is_no_answer() -> None:
    server, lea = LightServer(), FillingIn(LEA, "/action")
    lea.speaks(server)

    lea.reads(asked("<b>Combien ?</b>", "f:1:1:cancel"))
    lea.speaks(server)
    lea.reads(asked("Ce n’est pas un nombre.\n\n<b>Combien ?</b>", "f:1:2:cancel"))
    lea.speaks(server)

    assert '"text": "12"' in said(server)
