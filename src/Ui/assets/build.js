// Bundles css (Tabler's part by sass) and js with esbuild, icons into one sprite, licences into one notice.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { compile } from "sass";

const out = "../wwwroot";
rmSync(out, { recursive: true, force: true });
mkdirSync(out);

const options = { bundle: true, minify: true, outdir: out, legalComments: "none", target: ["chrome90", "safari14"], logLevel: "warning" };
// Resolved like a file of css/, so that office.css can import it into its layer.
const tabler = {
  name: "tabler",
  setup: bundle => bundle.onLoad({ filter: /tabler\.scss$/ }, ({ path }) =>
    ({ contents: compile(path, { loadPaths: ["node_modules"], quietDeps: true }).css, loader: "css" })),
};
await build({ ...options, entryPoints: ["css/shop.css", "css/office.css"], plugins: [tabler] });
await build({ ...options, entryPoints: ["js/ui.js"], format: "iife" });
await build({ ...options, entryPoints: ["js/charts.js"], format: "esm" });

writeFileSync(`${out}/htmx.js`, readFileSync("node_modules/htmx.org/dist/htmx.min.js", "utf8").replace(/\n?\/\/# sourceMappingURL=.*/, ""));
writeFileSync(`${out}/mark.svg`, readFileSync("mark.svg"));

const symbols = readFileSync("icons.txt", "utf8").split("\n").filter(Boolean).map(symbol);
writeFileSync(`${out}/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);

const notices = ["@tabler/core", "@tabler/icons", "htmx.org", "echarts", "zrender", "tslib"].map(notice);
writeFileSync(`${out}/THIRD-PARTY-NOTICES.txt`, notices.join("\n\n").replaceAll("\r\n", "\n"));

function symbol(name) {
  const svg = readFileSync(`node_modules/@tabler/icons/icons/outline/${name}.svg`, "utf8");
  const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.indexOf("</svg>")).replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`;
}

function notice(name) {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const texts = ["LICENSE", "LICENSE.txt", "LICENSE.md", "NOTICE"].flatMap(file => {
    try { return [readFileSync(`${folder}/${file}`, "utf8").trim()]; } catch { return []; }
  });
  return `==== ${name} ${version} (${license}) ====\n\n${texts.join("\n\n")}\n`;
}
