import hashlib
import os
import shutil

SITENAME = "The Made-up Sheet"
SITEURL = "https://sheet.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
THEME = "theme"
CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
DEFAULT_CATEGORY = "news"
DEFAULT_PAGINATION = 50
PAGINATED_TEMPLATES = {"tag": None, "period_archives": None}
DIRECT_TEMPLATES = ["index"]
ARTICLE_URL = ARTICLE_SAVE_AS = "{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS += "index.html"
ARTICLE_LANG_URL, ARTICLE_LANG_SAVE_AS = ARTICLE_URL, ARTICLE_SAVE_AS
TAG_URL = "topics/{slug}/"
TAG_SAVE_AS = TAG_URL + "index.html"
MONTH_ARCHIVE_URL = "months/{date:%Y-%m}/"
MONTH_ARCHIVE_SAVE_AS = MONTH_ARCHIVE_URL + "index.html"
DAY_ARCHIVE_URL = "days/{date:%Y-%m-%d}/"
DAY_ARCHIVE_SAVE_AS = DAY_ARCHIVE_URL + "index.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = ""
FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 30
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {
    "extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.meta": {}},
    "output_format": "html5",
}

# Its style sheet is named by its bytes, as that of the other generators is.
_here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(_here, "style.css"), "rb") as _file:
    STYLE = f"style.{hashlib.sha256(_file.read()).hexdigest()[:16]}.css"
os.makedirs(os.path.join(_here, "content", "extra"), exist_ok=True)
shutil.copyfile(os.path.join(_here, "style.css"), os.path.join(_here, "content", "extra", "style.css"))
STATIC_PATHS = ["extra"]
EXTRA_PATH_METADATA = {"extra/style.css": {"path": STYLE}}
