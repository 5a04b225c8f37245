"""Errors as sentences."""

from core.errors import ImportRefused, StorageError, VkHumanNeeded
from dashboard.failures import explain, explain_code


def test_an_error_is_said_in_the_reader_s_language_with_a_remedy() -> None:
    """What happened and what to do about it."""
    told = explain(StorageError("The file is locked."), "ru")
    assert told.what == "База данных отказала."
    assert told.remedy.startswith("Проверьте")


def test_the_reason_makes_the_sentence_narrower() -> None:
    """An empty file is told to be empty, not just unreadable."""
    told = explain(ImportRefused("The file is empty.", hint="Choose another.", reason="empty"), "en")
    assert told.what == "The file is empty."


def test_a_russian_reader_is_not_told_twice_and_once_in_english() -> None:
    """Where the reason has a sentence of its own, the program's English words stay out of a Russian page."""
    refused = ImportRefused("The workbook is damaged or not one.", hint="Save it again.", reason="broken")
    assert explain(refused, "ru").what.startswith("Книга Excel")
    assert not explain(refused, "ru").detail


def test_a_defect_keeps_its_details_to_the_log() -> None:
    """Nothing of an unexpected error is shown but a mark to look for."""
    told = explain(ValueError("secret path"), "en", "ab12")
    assert "secret" not in f"{told.what} {told.remedy} {told.detail}"
    assert "ab12" in told.remedy


def test_a_check_of_vk_leads_to_it() -> None:
    """Only a person can pass a captcha, so the page leads there."""
    assert explain(VkHumanNeeded("Captcha.", link="https://vk.com/c"), "ru").detail == "https://vk.com/c"


def test_an_unknown_code_is_still_a_sentence() -> None:
    """A newer task may bring a code that this page does not know."""
    assert explain_code("newer", "en").what == "Something unexpected went wrong."
