// The peer: EPANET's own engine as built for npm (epanet-js).
//   node epanet.mjs FOLDER_WITH_NODE_MODULES FILE.inp OUT.json [accuracy]
//     writes heads, flows, demands, statuses and settings of every hydraulic step in the file's units, and the processor's seconds of
//     a run without looking at them;
//   node epanet.mjs FOLDER_WITH_NODE_MODULES FILE.inp OUT.json variants VARIANTS.json HOURS
//     writes the processor's seconds and the iterations of a list of variants together, each a [share of the demand, id of the pipe
//     that is shut].
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";

const [folder, inp, out, accuracy, list, hours] = process.argv.slice(2);
const require = createRequire(path.resolve(folder) + "/");
const { Project, Workspace, NodeProperty, LinkProperty, CountType, Option, TimeParameter } = require("epanet-js");

const workspace = new Workspace();
if (workspace.loadModule) await workspace.loadModule();
workspace.writeFile("in.inp", fs.readFileSync(inp));
const model = new Project(workspace);
const range = (n) => Array.from({ length: n }, (_, i) => i + 1);

function steps(look) {
  model.openH();
  model.initH(10);
  let left;
  do {
    const time = model.runH();
    look(time);
    left = model.nextH();
  } while (left > 0);
  model.closeH();
}

try {
  model.open("in.inp", "report.rpt", "out.bin");
} catch (error) {
  try { model.close(); } catch {}
  console.error(String(error), workspace.readFile("report.rpt"));
  process.exit(1);
}
const seconds = (run) => {
  const begin = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1e6;
};

const best = (run) => Math.min(...[1, 2, 3].map(() => seconds(run)));

function variants() {
  model.setTimeParameter(TimeParameter.Duration, 3600 * Number(hours));
  const demand = model.getOption(Option.DemandMult), result = { seconds: 0, iterations: 0 };
  for (const [share, pipe] of JSON.parse(fs.readFileSync(list))) {
    model.setOption(Option.DemandMult, demand * share);
    const shut = pipe ? model.getLinkIndex(pipe) : 0;
    if (shut) model.setLinkValue(shut, LinkProperty.InitStatus, 0);
    steps(() => { result.iterations += model.getStatistic(0); });
    result.seconds += best(() => steps(() => {}));
    if (shut) model.setLinkValue(shut, LinkProperty.InitStatus, 1);
  }
  return result;
}

if (accuracy === "variants") {
  console.warn = () => {};                     // a line for each step with a warning would be what is timed
  fs.writeFileSync(out, JSON.stringify(variants()));
  process.exit(0);
}
if (accuracy) model.setOption(Option.Accuracy, Number(accuracy));
const nodes = range(model.getCount(CountType.NodeCount)), links = range(model.getCount(CountType.LinkCount));
const result = { version: workspace.version ?? 0, flow_units: model.getFlowUnits(), nodes: nodes.map((i) => model.getNodeId(i)), links: links.map((i) => model.getLinkId(i)),
  time: [], head: [], demand: [], flow: [], status: [], setting: [], iterations: 0 };
steps((time) => {
  result.time.push(time);
  result.head.push(nodes.map((i) => model.getNodeValue(i, NodeProperty.Head)));
  result.demand.push(nodes.map((i) => model.getNodeValue(i, NodeProperty.Demand)));
  result.flow.push(links.map((i) => model.getLinkValue(i, LinkProperty.Flow)));
  result.status.push(links.map((i) => model.getLinkValue(i, LinkProperty.Status)));
  result.setting.push(links.map((i) => model.getLinkValue(i, LinkProperty.Setting)));
  result.iterations += model.getStatistic(0);
});
result.seconds = best(() => steps(() => {}));
model.close();
fs.writeFileSync(out, JSON.stringify(result));
