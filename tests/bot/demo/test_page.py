"""The page in headless Chromium: what the bot sends is shown, and what a person does reaches the bot."""

from __future__ import annotations

from selenium.webdriver import ActionChains, Keys
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LoginUrl,
    ReplyParameters,
)
from telegram.constants import ParseMode

from bot.simulator import TOKEN, USERNAME
from tests.bot.demo.browser import Page
from tests.bot.demo.puppet import Puppet
from tests.bot.pictures import picture

HTML = ParseMode.HTML
HOSTILE = """<img src=x onerror="document.title='taken'"><script>document.title='taken'</script> "' & ‮evil"""


def test_markup_is_shown_as_what_it_means(puppet: Puppet, page: Page) -> None:
    text = (
        '🙂 <b>27 <i>strikes</i></b> in <a href="https://example.org/a?b=1&amp;c=2">a release</a>, '
        "<code>x &lt; y</code>\n<blockquote>an aside</blockquote>"
    )
    puppet.does(lambda bot: bot.send_message(puppet.ada, text, parse_mode=HTML))
    message = page.answer(0)
    shown = page.inside(message, ".text")
    assert page.text_of(message) == "🙂 27 strikes in a release, x < y\nan aside"
    assert page.inside(shown, "b").text == "27 strikes"
    assert page.inside(shown, "b i").text == "strikes"
    assert page.inside(shown, "a").get_attribute("href") == "https://example.org/a?b=1&c=2"
    assert page.inside(shown, "code").text == "x < y"
    assert page.inside(shown, "blockquote").text == "an aside"


def test_hostile_text_stays_text_wherever_it_is_shown(puppet: Puppet, page: Page) -> None:
    title = page.driver.title
    page.say(HOSTILE)
    asked = puppet.hears_text()
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton(HOSTILE, callback_data="x")]])
    puppet.does(
        lambda bot: bot.send_message(
            puppet.ada, HOSTILE, reply_parameters=ReplyParameters(asked.id), reply_markup=keyboard
        )
    )
    answer = page.answer(0)
    assert page.text_of(answer) == HOSTILE
    page.press("evil", answer)
    query = puppet.hears("callback_query").callback_query
    assert query is not None
    puppet.does(lambda bot: bot.answer_callback_query(query.id, HOSTILE, show_alert=True))
    page.until(lambda: page.one("#alert").is_displayed() and page.one("#alert-text").text)
    page.one("#alert button").click()
    page.one("#show-calls").click()
    page.until(lambda: page.all("#call-list summary"))[0].click()
    assert page.all("main img, main script, aside img, aside script") == []
    assert page.driver.title == title


def test_a_link_leads_to_the_web_or_nowhere(puppet: Puppet, page: Page) -> None:
    text = '<a href="javascript:document.title=1">one</a> <a href="data:text/html,x">two</a> <b>three</b>'
    puppet.does(lambda bot: bot.send_message(puppet.ada, text, parse_mode=HTML))
    assert page.all_inside(page.answer(0), ".text a") == []


def test_an_edit_of_the_bots_takes_the_place_of_what_stood(puppet: Puppet, page: Page) -> None:
    sent = puppet.does(lambda bot: bot.send_message(puppet.ada, "26 strikes"))
    page.message("26 strikes")
    puppet.does(lambda bot: bot.edit_message_text("27 strikes", puppet.ada, sent.id))
    message = page.message("27 strikes")
    assert "edited" in page.inside(message, ".meta").text
    assert len(page.all("#log article")) == 1


def test_a_message_that_is_deleted_goes(puppet: Puppet, page: Page) -> None:
    sent = puppet.does(lambda bot: bot.send_message(puppet.ada, "one"))
    page.message("one")
    del puppet.server.world.chats[puppet.ada].messages[sent.id]
    puppet.does(lambda bot: bot.send_message(puppet.ada, "two"))
    page.message("two")
    page.until(lambda: [page.text_of(node) for node in page.all("#log article")] == ["two"])


def test_ones_own_message_can_be_edited_by_the_keyboard(puppet: Puppet, page: Page) -> None:
    page.say("strikes in Syria")
    page.message("strikes in Syria")
    page.field.send_keys(Keys.ARROW_UP)
    page.until(lambda: page.one("#about-to").is_displayed())
    page.field.send_keys(Keys.BACKSPACE * len("Syria") + "Iraq" + Keys.ENTER)
    edited = puppet.hears("edited_message").edited_message
    assert edited is not None
    assert edited.text == "strikes in Iraq"
    assert "edited" in page.inside(page.message("strikes in Iraq"), ".meta").text
    assert page.field.get_attribute("value") == ""


def test_a_button_waits_for_its_answer_and_shows_it(puppet: Puppet, page: Page) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Compare", callback_data="compare")]])
    puppet.does(lambda bot: bot.send_message(puppet.group, "27 strikes", reply_markup=keyboard))
    page.go_to("Figures desk")
    page.become("Karim")
    page.press("Compare", page.answer(0))
    query = puppet.hears("callback_query").callback_query
    assert query is not None
    assert (query.from_user.first_name, query.data) == ("Karim", "compare")
    page.until(lambda: page.all(".keyboard [aria-busy]"))
    puppet.does(lambda bot: bot.answer_callback_query(query.id, "Only Ada can press this."))
    page.until(lambda: page.one("#toast").text == "Only Ada can press this.")
    assert page.all(".keyboard [aria-busy]") == []


def test_buttons_that_lead_elsewhere_stay_in_the_page_where_they_lead_to_the_bot(
    puppet: Puppet, page: Page
) -> None:
    row = [
        InlineKeyboardButton("Source", url="https://example.org/"),
        InlineKeyboardButton("In private", url=f"https://t.me/{USERNAME}?start=figure-1"),
        InlineKeyboardButton("Share", switch_inline_query_current_chat="strikes raqqa"),
        InlineKeyboardButton("Odd", login_url=LoginUrl("https://example.org/")),
    ]
    puppet.does(lambda bot: bot.send_message(puppet.group, "Hello", reply_markup=InlineKeyboardMarkup([row])))
    page.go_to("Figures desk")
    answer = page.answer(0)
    assert page.inside(answer, ".keyboard a").get_attribute("href") == "https://example.org/"
    page.press("Share", answer)
    assert page.field.get_attribute("value") == f"@{USERNAME} strikes raqqa"
    page.press("In private", answer)
    started = puppet.hears_text()
    assert (started.text, started.chat.id) == ("/start figure-1", puppet.ada)


def test_a_picture_is_shown_with_its_caption_and_can_be_seen_larger(puppet: Puppet, page: Page) -> None:
    puppet.does(
        lambda bot: bot.send_photo(
            puppet.ada, picture(640, 400), caption="<b>Strikes</b> by month", parse_mode=HTML
        )
    )
    message = page.answer(0)
    image = page.inside(message, "img")
    assert image.get_attribute("alt") == "Picture: Strikes by month"
    page.until(lambda: int(str(image.get_property("naturalWidth"))) == 640)
    assert page.inside(message, ".text b").text == "Strikes"
    image.click()
    page.until(lambda: page.one("#picture img").is_displayed())
    ActionChains(page.driver).send_keys(Keys.ESCAPE).perform()
    page.until(lambda: not page.one("#picture").is_displayed())


def test_the_bots_name_asks_inline_and_a_result_is_sent(puppet: Puppet, page: Page) -> None:
    page.go_to("Raqqa 2017")
    page.field.send_keys(f"@{USERNAME} strikes raqqa")
    query = puppet.hears("inline_query").inline_query
    assert query is not None
    assert query.query == "strikes raqqa"
    results = [
        InlineQueryResultArticle(
            str(number),
            f"{number} strikes",
            InputTextMessageContent(f"<b>{number} strikes</b>", parse_mode=HTML),
            description="10 June 2017, U.S. Department of Defense",
        )
        for number in (27, 17)
    ]
    puppet.does(lambda bot: bot.answer_inline_query(query.id, results))
    page.until(lambda: len(page.all("[role=option]")) == 2)
    page.field.send_keys(Keys.ARROW_DOWN * 2 + Keys.ENTER)
    message = page.message("17 strikes")
    assert f"via @{USERNAME}" in message.text
    assert page.inside(message, ".text b").text == "17 strikes"
    assert page.field.get_attribute("value") == ""
    sent = puppet.hears_text()
    assert sent.via_bot is not None
    assert (sent.message_thread_id, sent.text) == (puppet.topic, "17 strikes")


def test_an_inline_query_without_results_says_so_and_leads_to_the_private_chat(
    puppet: Puppet, page: Page
) -> None:
    page.field.send_keys(f"@{USERNAME} weather")
    query = puppet.hears("inline_query").inline_query
    assert query is not None
    button = InlineQueryResultsButton("Ask in private", start_parameter="inline")
    puppet.does(lambda bot: bot.answer_inline_query(query.id, [], button=button))
    page.until(lambda: [option.text for option in page.all("[role=option]")] == ["Ask in private"])
    page.field.send_keys(Keys.ARROW_DOWN + Keys.ENTER)
    page.message("/start inline")


def test_the_menu_completes_a_command_for_the_group(puppet: Puppet, page: Page) -> None:
    commands = [("ask", "Ask a question"), ("help", "What can be asked")]
    puppet.does(lambda bot: bot.set_my_commands(commands))
    page.go_to("Figures desk")
    page.field.send_keys("/as")
    page.until(lambda: len(page.all("[role=option]")) == 1)
    page.field.send_keys(Keys.TAB)
    assert page.field.get_attribute("value") == f"/ask@{USERNAME} "


def test_a_reply_points_to_what_it_replies_to(puppet: Puppet, page: Page) -> None:
    puppet.does(lambda bot: bot.send_message(puppet.group, "27 strikes", message_thread_id=puppet.topic))
    page.go_to("Raqqa 2017")
    page.become("Mei")
    page.reply_to(page.answer(0))
    page.say("and Iraq?")
    quoted = page.inside(page.message("and Iraq?"), ".quoted")
    assert quoted.text == "Sitrep\n27 strikes"
    heard = puppet.hears_text()
    assert heard.reply_to_message is not None
    assert heard.from_user is not None
    assert (heard.from_user.first_name, heard.message_thread_id) == ("Mei", puppet.topic)


def test_each_person_has_a_private_chat_and_sees_their_own_messages_as_theirs(page: Page) -> None:
    page.say("a question of Ada's")
    assert "own" in str(page.message("of Ada's").get_attribute("class"))
    page.become("Karim")
    page.until(lambda: page.all("#log article") == [])
    page.go_to("Figures desk")
    page.say("hello")
    assert "own" in str(page.message("hello").get_attribute("class"))
    page.become("Mei")
    page.until(lambda: "other" in str(page.message("hello").get_attribute("class")))


def test_what_comes_elsewhere_is_counted_and_typing_is_shown(puppet: Puppet, page: Page) -> None:
    puppet.does(lambda bot: bot.send_chat_action(puppet.ada, "typing"))
    page.until(lambda: page.one("#chat-subtitle").text == "typing…")
    puppet.does(lambda bot: bot.send_message(puppet.group, "one"))
    puppet.does(lambda bot: bot.send_message(puppet.group, "two"))
    page.until(lambda: [badge.text for badge in page.all(".unread")] == ["2"])
    page.go_to("Figures desk")
    assert page.all(".unread") == []


def test_the_calls_are_shown_raw_and_the_token_never(puppet: Puppet, page: Page) -> None:
    puppet.does(lambda bot: bot.send_message(puppet.ada, "<b>27</b>", parse_mode=HTML))
    puppet.does(lambda bot: bot.send_photo(puppet.ada, picture(2, 2)))
    page.one("#show-calls").click()
    rows = page.until(lambda: page.all("#call-list summary"))
    assert [row.text.split()[0] for row in rows][:2] == ["sendPhoto", "sendMessage"]
    for row in rows:
        row.click()
    text = page.one("#call-list").text
    assert "<b>27</b>" in text
    assert "a file of" in text
    assert TOKEN not in page.driver.page_source
    assert TOKEN.partition(":")[2] not in page.driver.page_source


def test_a_page_that_is_opened_again_shows_what_was(puppet: Puppet, page: Page) -> None:
    page.say("one")
    page.message("one")
    puppet.does(lambda bot: bot.send_message(puppet.ada, "two"))
    page.message("two")
    again = Page(page.driver, puppet.pages.url)
    again.message("two")
    assert [again.text_of(node) for node in again.all("#log article")] == ["one", "two"]
    assert again.all(".unread") == []


def test_everything_has_a_name_and_a_role(puppet: Puppet, page: Page) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Chart", callback_data="chart")]])
    puppet.does(lambda bot: bot.send_photo(puppet.ada, picture(2, 2), caption="27", reply_markup=keyboard))
    page.say("hello")
    page.message("hello")
    page.one("#show-calls").click()
    controls = page.all("button, a, input, select, textarea, [role], main, nav, aside, img")
    nameless = [
        control.get_attribute("outerHTML")
        for control in controls
        if control.is_displayed()
        and not control.accessible_name
        and control.aria_role not in ("status", "generic")
    ]
    assert nameless == []
    assert {page.one(s).aria_role for s in ("main", "nav", "aside", "#log", "#text")} == {
        "main",
        "navigation",
        "complementary",
        "log",
        "combobox",
    }
