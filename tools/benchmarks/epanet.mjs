// The peer: EPANET's own engine as built for npm (epanet-js). node epanet.mjs FOLDER_WITH_NODE_MODULES FILE.inp OUT.json [accuracy]
// Writes heads, flows, demands, statuses and settings of every hydraulic step in the file's units, and the processor's seconds of a run
// without looking at them.
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";

const [folder, inp, out, accuracy] = process.argv.slice(2);
const require = createRequire(path.resolve(folder) + "/");
const { Project, Workspace, NodeProperty, LinkProperty, CountType, Option } = require("epanet-js");

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
const runs = [];
for (let i = 0; i < 3; ++i) {
  const begin = process.cpuUsage();
  steps(() => {});
  const { user, system } = process.cpuUsage(begin);
  runs.push((user + system) / 1e6);
}
result.seconds = Math.min(...runs);
model.close();
fs.writeFileSync(out, JSON.stringify(result));
