const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");

const PAGE = 50;

function byKey(articles, keysOf) {
  const found = new Map();
  for (const article of articles)
    for (const key of keysOf(article)) {
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(article);
    }
  return found;
}

function paged(groups, folder, slug) {
  const pages = [];
  for (const [title, articles] of groups) {
    const total = Math.ceil(articles.length / PAGE);
    const url = (number) => `/${folder}/${slug(title)}/${number > 1 ? `page/${number}/` : ""}`;
    for (let number = 1; number <= total; number++)
      pages.push({
        title, number, total, url: url(number),
        newer: number > 1 ? url(number - 1) : "", older: number < total ? url(number + 1) : "",
        articles: articles.slice((number - 1) * PAGE, number * PAGE),
      });
  }
  return pages;
}

module.exports = function (config) {
  const slug = config.getFilter("slugify");
  const newestFirst = (api) => api.getFilteredByGlob("content/**/*.md").reverse();
  const hash = createHash("sha256").update(readFileSync("style.css")).digest("hex").slice(0, 16);
  const months = "January February March April May June July August September October November December".split(" ");

  config.addGlobalData("site", { title: "The Made-up Sheet", url: "https://sheet.example", style: `/style.${hash}.css` });
  config.addPassthroughCopy({ "style.css": `style.${hash}.css` });
  config.addCollection("newest", (api) => newestFirst(api).slice(0, 30));
  config.addCollection("listings", (api) => {
    const articles = newestFirst(api);
    return [
      ...paged(byKey(articles, (it) => it.data.topics), "topics", slug),
      ...paged(byKey(articles, (it) => [it.data.day]), "days", String),
      ...paged(byKey(articles, (it) => [it.data.month]), "months", String),
    ];
  });
  config.addCollection("topics", (api) => {
    const topics = byKey(newestFirst(api), (it) => it.data.topics);
    return [...topics].sort((a, b) => b[1].length - a[1].length).slice(0, 8).map(([title]) => ({ title, url: `/topics/${slug(title)}/` }));
  });
  config.addFilter("said", (date) => `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`);
  config.addFilter("iso", (date) => date.toISOString());
  return { markdownTemplateEngine: false, htmlTemplateEngine: "njk", dir: { input: ".", includes: "_includes", output: "_site" } };
};
