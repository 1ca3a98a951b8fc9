"""What a sent reply leaves behind besides its thread: which question it answers, and what its buttons ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.choices import Offers, offers_from_json, offers_to_json
from bot.conversations import Conversation
from bot.counters import count_answer
from bot.schema import offers, recent, replies
from bot.state import State


@dataclass(frozen=True, slots=True)
class Echo:
    """A question with its answer, by which the same one is known again, and when it was asked."""

    digest: str
    asked: int


@dataclass(frozen=True, slots=True)
class SentReply:
    """A message of the bot's, in the conversation and the chat where it was sent.

    `question` is the message that it answers, None where it took the place of a question back. `before` is
    the thread it was asked in (as JSON), `kind` the kind of answer that is to be counted.
    """

    conversation: Conversation
    message: int
    question: int | None
    pages: str = ""
    before: str | None = None
    offers: Offers | None = None
    echo: Echo | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """What the buttons of a message ask, the hash of whose they are, and the day they were offered on."""

    offers: Offers
    person: str
    day: date


class Ledger:
    """The rows on replies, offers and what was answered lately; sealed and hashed by the state's vault."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._vault = state.vault

    async def keep(self, connection: AsyncConnection, reply: SentReply, now: int) -> None:
        """Write all that a reply leaves behind, within the caller's transaction; `now` in Unix seconds."""
        if reply.question is not None:
            await self._keep_reply(connection, reply, reply.question, now)
        await self._keep_offers(connection, reply, now)
        if reply.echo is not None:
            await self._keep_echo(connection, reply, reply.echo, now)
        await count_answer(connection, reply.kind)

    async def answer_to(self, chat: int, question: int) -> int | None:
        """The number of the bot's message that answers a question, the latest where there are several."""
        sealed = await self._of_question(chat, question, "number")
        return None if sealed is None else int(self._vault.unseal(sealed, "number"))

    async def thread_before(self, chat: int, question: int) -> str | None:
        """The thread that a question was asked in, as JSON; None where that is not known."""
        sealed = await self._of_question(chat, question, "before")
        return None if sealed is None else self._vault.unseal(sealed, "thread")

    async def pages_of_message(self, chat: int, message: int) -> str | None:
        """The pages of one of the bot's own messages, as JSON."""
        query = select(replies.c.pages).where(
            replies.c.chat == self._vault.key("chat", chat),
            replies.c.message == self._state.message_key(chat, message),
        )
        async with self._state.engine.connect() as connection:
            sealed = await connection.scalar(query)
        return None if sealed is None else self._vault.unseal(sealed, "pages")

    async def offers_of_message(self, chat: int, message: int) -> Offered | None:
        """What the buttons of a message ask; None where that is not kept, or no longer."""
        query = select(offers.c.content, offers.c.person, offers.c.sent).where(
            offers.c.chat == self._vault.key("chat", chat),
            offers.c.message == self._state.message_key(chat, message),
        )
        async with self._state.engine.connect() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            return None
        return Offered(self._opened(row.content), row.person, datetime.fromtimestamp(row.sent, UTC).date())

    async def open_choice(self, conversation: Conversation) -> Offers | None:
        """The choice that a conversation was asked last, as long as nothing was answered since."""
        chat, speaker = self._state.keys(conversation)
        query = select(offers.c.content).where(
            offers.c.chat == chat, offers.c.speaker == speaker, offers.c.open.is_(True)
        )
        async with self._state.engine.connect() as connection:
            sealed = await connection.scalar(query.order_by(offers.c.sent.desc()))
        return None if sealed is None else self._opened(sealed)

    async def answered_lately(self, chat: int, echo: Echo, within: int) -> int | None:
        """The message that answered the same question at most `within` seconds before, if any did."""
        query = select(recent.c.number).where(
            recent.c.chat == self._vault.key("chat", chat),
            recent.c.digest == echo.digest,
            recent.c.asked.between(echo.asked - within, echo.asked),
        )
        async with self._state.engine.connect() as connection:
            sealed = await connection.scalar(query)
        return None if sealed is None else int(self._vault.unseal(sealed, "number"))

    async def _of_question(self, chat: int, question: int, column: str) -> bytes | None:
        query = select(replies.c[column]).where(
            replies.c.chat == self._vault.key("chat", chat),
            replies.c.question == self._state.message_key(chat, question),
        )
        async with self._state.engine.connect() as connection:
            sealed: bytes | None = await connection.scalar(query.order_by(replies.c.sent.desc()))
        return sealed

    async def _keep_reply(
        self, connection: AsyncConnection, reply: SentReply, question: int, now: int
    ) -> None:
        chat = reply.conversation.chat
        home, key = self._vault.key("chat", chat), self._state.message_key(chat, reply.message)
        await connection.execute(delete(replies).where(replies.c.chat == home, replies.c.message == key))
        await connection.execute(
            insert(replies).values(
                chat=home,
                message=key,
                person=self._state.owner_key(reply.conversation),
                question=self._state.message_key(chat, question),
                number=self._vault.seal(str(reply.message), "number"),
                before=self._vault.seal(reply.before, "thread") if reply.before else None,
                pages=self._vault.seal(reply.pages, "pages") if reply.pages else None,
                sent=now,
            )
        )

    async def _keep_offers(self, connection: AsyncConnection, reply: SentReply, now: int) -> None:
        """Keep what the buttons ask; a choice that was asked before is closed by any answer since."""
        chat, speaker = self._state.keys(reply.conversation)
        key = self._state.message_key(reply.conversation.chat, reply.message)
        await connection.execute(delete(offers).where(offers.c.chat == chat, offers.c.message == key))
        if reply.kind:
            asked = (offers.c.chat == chat) & (offers.c.speaker == speaker)
            await connection.execute(update(offers).where(asked).values(open=False))
        if reply.offers is None:
            return
        await connection.execute(
            insert(offers).values(
                chat=chat,
                message=key,
                speaker=speaker,
                person=self._state.owner_key(reply.conversation),
                content=self._vault.seal(offers_to_json(reply.offers), "offers"),
                open=reply.offers.verb == "pick",
                sent=now,
            )
        )

    async def _keep_echo(self, connection: AsyncConnection, reply: SentReply, echo: Echo, now: int) -> None:
        chat = self._vault.key("chat", reply.conversation.chat)
        await connection.execute(delete(recent).where(recent.c.chat == chat, recent.c.digest == echo.digest))
        number = self._vault.seal(str(reply.message), "number")
        await connection.execute(
            insert(recent).values(chat=chat, digest=echo.digest, asked=echo.asked, number=number, sent=now)
        )

    def _opened(self, sealed: bytes) -> Offers:
        return offers_from_json(self._vault.unseal(sealed, "offers"))
