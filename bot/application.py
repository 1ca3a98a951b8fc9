"""The bot as a whole: every handler, wired in one ordered function, and how the process starts and ends."""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import structlog
from telegram import Message, Update, User
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ExtBot,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.charts.buttons import CHART
from bot.charts.studio import Studio
from bot.clock import Clock
from bot.conversations import conversation_of
from bot.desk import Desk, Outcome, Pressed, Reply, is_group
from bot.errors import EXIT_CODE, BotError, StateError, TokenRefused
from bot.faults import asked_wait, backoff, where
from bot.follow_ups import SOURCES, WRONG
from bot.handlers.about import About
from bot.handlers.admission import Admission
from bot.handlers.buttons import Buttons
from bot.handlers.charts import Charts
from bot.handlers.checks import Checks
from bot.handlers.choices import Choices
from bot.handlers.commands import Commands
from bot.handlers.figures import Figures
from bot.handlers.groups import CommandFor, Groups, MentionOf, ReplyTo, Spoken
from bot.handlers.membership import Membership
from bot.handlers.privacy import Privacy
from bot.handlers.private import Private
from bot.handlers.settings import ChatSettings
from bot.keyboards import without
from bot.logs import configure_logs
from bot.polling import PollingRequest
from bot.preferences import Preferences, preferences_of
from bot.service import Service
from bot.settings import Settings, load_settings, state_path
from bot.state import open_state
from bot.vault import Vault
from bot.words import load_wordbook
from bot.words.charts import load_chart_words
from knowledge import Knowledge, open_knowledge

log = structlog.get_logger()

T = TypeVar("T")

#: Seconds that an answer under way gets to finish when the process is asked to end.
GRACE = 10.0

#: The library's application with its defaults for the types that are not used here.
App = Application[ExtBot[None], Any, Any, Any, Any, Any]
Handler = BaseHandler[Update, Any, Outcome]


def handlers(desk: Desk, charts: Charts) -> list[Handler]:
    """Every handler, in order: the first that fits an update has it, and what fits none is let go.

    Only new messages are handled, and edited ones for the sake of their answers. Channel posts and guest
    messages are messages to the library's filters too, so each line asks for `new` or `said`.
    """
    new = filters.UpdateType.MESSAGE
    said = new | filters.UpdateType.EDITED_MESSAGE
    private, groups = Private(desk), Groups(desk)
    in_private, in_groups = said & filters.ChatType.PRIVATE, said & filters.ChatType.GROUPS
    written = (filters.TEXT | filters.CAPTION) & ~filters.VIA_BOT
    admitted = Admission(desk).to
    return [
        MessageHandler(new & filters.StatusUpdate.MIGRATE, groups.migrated),
        *_commands(desk, charts, in_private | (in_groups & Spoken())),
        MessageHandler(in_private & filters.COMMAND, private.unknown_command),
        MessageHandler(in_private & written, private.question),
        MessageHandler(
            in_private & ~written & ~filters.StatusUpdate.ALL & ~filters.VIA_BOT, private.unreadable
        ),
        MessageHandler(in_groups & CommandFor(desk.me), admitted(groups.unknown_command)),
        MessageHandler(in_groups & MentionOf(desk.me) & ReplyTo(desk.me), admitted(groups.question)),
        MessageHandler(in_groups & MentionOf(desk.me), admitted(groups.question, "mentions")),
        MessageHandler(in_groups & ReplyTo(desk.me), admitted(groups.question)),
        *_buttons(desk, charts),
        ChatMemberHandler(Membership(desk).changed, ChatMemberHandler.MY_CHAT_MEMBER),
    ]


def _commands(desk: Desk, charts: Charts, where: filters.BaseFilter) -> list[Handler]:
    commands, settings, privacy, about = Commands(desk), ChatSettings(desk), Privacy(desk), About(desk)
    admitted = Admission(desk).to
    return [
        CommandHandler("start", admitted(commands.start), where),
        CommandHandler("help", admitted(commands.help), where),
        CommandHandler("ask", admitted(commands.ask), where),
        CommandHandler("check", admitted(Checks(desk).check), where),
        CommandHandler("sources", admitted(commands.sources), where),
        CommandHandler("history", admitted(commands.history), where),
        CommandHandler("chart", admitted(charts.command), where),
        CommandHandler("why", admitted(commands.why), where),
        CommandHandler("about", admitted(about.about), where),
        CommandHandler("stats", admitted(about.stats), where),
        CommandHandler("settings", settings.show, where),
        CommandHandler("privacy", privacy.show, where),
        CommandHandler("forget", privacy.forget, where),
    ]


def _buttons(desk: Desk, charts: Charts) -> list[Handler]:
    """Buttons by the data that they send back; the last line has what is of an older version, too."""
    choices, figures = Choices(desk), Figures(desk)
    return [
        CallbackQueryHandler(choices.picked, r"^pick:\d$"),
        CallbackQueryHandler(choices.followed, r"^ask:\d$"),
        CallbackQueryHandler(choices.example, r"^example:\d$"),
        CallbackQueryHandler(charts.pressed, f"^{CHART}$"),
        CallbackQueryHandler(figures.sources, f"^{SOURCES}$"),
        CallbackQueryHandler(figures.doubted, f"^{WRONG}$"),
        CallbackQueryHandler(ChatSettings(desk).changed, r"^set:"),
        CallbackQueryHandler(Buttons(desk).pressed),
    ]


class Switchboard:
    """Finds the handler of an update.

    Unlike the library's dispatcher it hands on what the handler returns and what it raises: they decide
    whether an update is done with.
    """

    def __init__(self, app: App, desk: Desk, charts: Charts) -> None:
        self._app = app
        self._desk = desk
        self._handlers = handlers(desk, charts)

    def wants(self, update: Update) -> bool:
        """Whether anything will be done about an update."""
        return any(_fits(handler, update) for handler in self._handlers)

    async def handle(self, update: Update) -> Outcome:
        """What becomes of an update. An edited message changes its answer, and without one is let be."""
        chat = update.effective_chat
        wishes = await preferences_of(self._desk.state, chat.id) if chat is not None else Preferences()
        self._desk.speak(wishes.language)
        if update.edited_message is not None:
            return self._as_wished(await self._changed(update, update.edited_message), wishes)
        return self._as_wished(await self._handled(update), wishes)

    async def _changed(self, update: Update, edited: Message) -> Outcome:
        """The change of an answer whose question was edited; the conversation goes on from its last one."""
        state, talk = self._desk.state, conversation_of(edited)
        answer = await self._desk.ledger.answer_to(edited.chat.id, edited.message_id)
        outcome = await self._handled(update) if answer is not None else None
        if answer is None or not isinstance(outcome, Reply):
            return None
        leads = await state.thread(talk) == await state.thread_of_message(edited.chat.id, answer)
        return replace(outcome, edits=answer, leads=leads)

    async def _handled(self, update: Update) -> Outcome:
        for handler in self._handlers:
            check = handler.check_update(update)
            if check is not None and check is not False:
                context = self._app.context_types.context.from_update(update, self._app)
                return await handler.handle_update(update, self._app, check, context)
        return None

    def _as_wished(self, outcome: Outcome, wishes: Preferences) -> Outcome:
        """What becomes of an update, in the manner that its chat wants."""
        if isinstance(outcome, Pressed):
            reply = self._as_wished(outcome.reply, wishes)
            return replace(outcome, reply=reply) if isinstance(reply, Reply) else outcome
        if not isinstance(outcome, Reply):
            return outcome
        check, chart = outcome.kind == "claims", outcome.picture is not None
        if (check and not wishes.has("checks")) or (chart and not wishes.has("charts")):
            return replace(
                self._desk.say(outcome.question, self._desk.words.switched_off), edits=outcome.edits
            )
        quiet, leads_on = wishes.has("quiet"), outcome.kind not in ("", "choice", "claims")
        if leads_on and (quiet or not wishes.has("buttons")):
            outcome = replace(outcome, keyboard=(), offers=None)
        elif not wishes.has("charts"):
            outcome = replace(outcome, keyboard=without(outcome.keyboard, CHART))
        return replace(outcome, silent=quiet)

    def apologise(self, update: Update) -> Reply | None:
        """What somebody is told whose question breaks the bot; a group is left in peace."""
        if update.message is None or is_group(update.message):
            return None
        return self._desk.say(update.message, self._desk.words.sorry)


def _fits(handler: Handler, update: Update) -> bool:
    check = handler.check_update(update)
    return check is not None and check is not False


def build_app(settings: Settings) -> tuple[App, PollingRequest]:
    """The library's application, without its updater, and the request that polls for it."""
    # A proxy of the environment cannot reach a server on this machine.
    options = {"trust_env": not settings.is_local}
    polling = PollingRequest(connection_pool_size=2, httpx_kwargs=options)
    sending = HTTPXRequest(connection_pool_size=64, read_timeout=10, pool_timeout=10, httpx_kwargs=options)
    builder = (
        ApplicationBuilder().token(settings.token.get_secret_value()).base_url(f"{settings.api_url}/bot")
    )
    return builder.request(sending).get_updates_request(polling).updater(None).build(), polling


async def connect(app: App, clock: Clock) -> User:
    """Learn who the bot is, waiting for Telegram to be reachable. Raises `TokenRefused`."""
    failures = 0
    while True:
        try:
            await app.initialize()
            return app.bot.bot
        except InvalidToken:
            raise TokenRefused(
                "Telegram refuses the token in SITREP_TOKEN; check it with @BotFather."
            ) from None
        except RetryAfter as error:
            await clock.sleep(asked_wait(error))
        except TelegramError as error:
            failures += 1
            log.warning("telegram_unreachable", error=where(error), failures=failures)
            await clock.sleep(backoff(failures))


async def serve(settings: Settings, knowledge: Knowledge, stop: asyncio.Event, clock: Clock) -> None:
    """Answer until `stop` is set. Raises `BotError` where that is impossible."""
    app, polling_request = build_app(settings)
    chart_words = load_chart_words()
    studio = Studio(chart_words)
    try:
        me = await _unless_stopped(connect(app, clock), stop)
        if me is None:
            return
        with _only_process(settings.location):
            async with open_state(settings.location, Vault(settings.secret)) as state:
                desk = Desk(knowledge, state, load_wordbook(), chart_words, me)
                switchboard = Switchboard(app, desk, Charts(desk, studio, chart_words))
                service = Service(app.bot, polling_request, state, switchboard, desk.words, clock)
                log.info("started", bot=me.username)
                studio.warm_up()
                await service.run(stop, GRACE)
    finally:
        studio.close()
        await app.shutdown()
        await app.bot.shutdown()


async def _unless_stopped(work: Coroutine[Any, Any, T], stop: asyncio.Event) -> T | None:
    """What some work results in, or None where the stop comes first."""
    task, stopped = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((task, stopped), return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        for waiting in (task, stopped):
            waiting.cancel()
            with suppress(asyncio.CancelledError, BotError):
                await waiting


@contextmanager
def _only_process(location: str) -> Iterator[None]:
    """Hold the state's file for this process alone; the hold ends with the process, however it ends."""
    path = state_path(location)
    if path is None:
        yield
        return
    lock = path.with_name(path.name + ".lock")
    try:
        lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StateError(f"The state at {path} cannot be used: {error.strerror}.") from None
    try:
        _lock(handle, path)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise StateError(f"Another process of the bot uses the state at {path}.") from None
    except OSError as error:
        raise StateError(f"The state at {path} cannot be locked: {error.strerror}.") from None


async def _main(settings: Settings, knowledge: Knowledge) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await serve(settings, knowledge, stop, Clock())
    log.info("stopped")


def run(settings: Settings | None = None) -> int:
    """Run the bot until it is asked to end; returns the process's exit code.

    Without `settings` they come from the environment. An error of the bot becomes one sentence here; errors
    of the record (`KnowledgeError`) are the caller's.
    """
    try:
        settings = settings or load_settings()
        configure_logs()
        knowledge = open_knowledge()
        asyncio.run(_main(settings, knowledge))
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return EXIT_CODE
    return 0
