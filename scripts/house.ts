import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ICruiseResult } from 'dependency-cruiser';
import { UsageError } from '#text/usage-error.ts';
import { EXIT, endWith } from './cli/command-end.ts';
import { left, renderTable, right } from './text/render-table.ts';

const CRUISER = fileURLToPath(new URL('../node_modules/dependency-cruiser/bin/dependency-cruise.mjs', import.meta.url));
const SOURCES = ['scripts', 'functions', 'infra', 'localstack'];
/** A file this short with one importer may be a paragraph of that importer. */
const SMALL_LINES = 40;

type Modules = ICruiseResult['modules'];

/** A folder whose files belong together: its size, and the other folders that it imports. */
type Room = { files: number; lines: number; readonly imports: Set<string> };
type House = ReadonlyMap<string, Room>;

/** What can be printed: every room, the layers as a chart, or the files that may be a paragraph of their only importer. */
const VIEWS: Readonly<Record<string, (modules: Modules, house: House) => string>> = {
  '--rooms': renderHouse,
  '--picture': drawLayers,
  '--small': renderSmall,
};

await endWith(async () => {
  const modules = readImports();
  const house = buildHouse(modules, roomOf);
  const [asked = '--rooms', excess] = process.argv.slice(2);
  const render = VIEWS[asked];
  if (render === undefined || excess !== undefined) {
    throw new UsageError(
      `Unknown view '${process.argv.slice(2).join(' ')}': expected one of ${Object.keys(VIEWS).join(', ')}`,
    );
  }
  process.stdout.write(`${render(modules, house)}\n`);
  return roomsInCycles(house).length === 0 ? EXIT.done : EXIT.failed;
});

/** The cruiser's parser does not load under tsx, so it runs as a process of its own. */
function readImports(): Modules {
  const args = [CRUISER, ...SOURCES, '--include-only', `^(${SOURCES.join('|')})/`, '--output-type', 'json'];
  const output = execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return (JSON.parse(output) as ICruiseResult).modules;
}

/** Rooms stand one level below a layer of scripts/, and one level below every other source folder. */
function roomOf(file: string): string {
  const folders = file.split('/').slice(0, -1);
  return folders.slice(0, folders[0] === 'scripts' ? 3 : 2).join('/');
}

function layerOf(file: string): string {
  const folders = file.split('/').slice(0, -1);
  return folders.slice(0, folders[0] === 'scripts' ? 2 : 1).join('/');
}

function buildHouse(modules: Modules, placeOf: (file: string) => string): House {
  const house = new Map<string, Room>();
  for (const { source, dependencies } of modules) {
    const place = placeOf(source);
    const room = house.get(place) ?? { files: 0, lines: 0, imports: new Set<string>() };
    house.set(place, room);
    room.files++;
    room.lines += linesOf(source);
    for (const { resolved } of dependencies) {
      if (placeOf(resolved) !== place) room.imports.add(placeOf(resolved));
    }
  }
  return house;
}

function linesOf(file: string): number {
  return readFileSync(file, 'utf8').split('\n').length - 1;
}

/** Every room that a room imports, directly or through others; itself among them where it is part of a cycle. */
function reachFrom(house: House, start: string): Set<string> {
  const reached = new Set<string>();
  const open = [start];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    for (const next of house.get(place)?.imports ?? []) {
      if (!reached.has(next)) open.push(next);
      reached.add(next);
    }
  }
  return reached;
}

/** The floor of each room: one above the highest room that it imports. Rooms of one cycle share a floor. */
function floorsOf(house: House): Map<string, number> {
  const reached = new Map([...house.keys()].map((place) => [place, reachFrom(house, place)]));
  const floors = new Map<string, number>();
  const floorOf = (place: string): number => {
    const known = floors.get(place);
    if (known !== undefined) return known;
    const below = [...(reached.get(place) ?? [])].filter((other) => !reached.get(other)?.has(place));
    const floor = 1 + Math.max(0, ...below.map(floorOf));
    floors.set(place, floor);
    return floor;
  };
  for (const place of house.keys()) floorOf(place);
  return floors;
}

function roomsInCycles(house: House): string[] {
  return [...house.keys()].filter((place) => reachFrom(house, place).has(place));
}

function smallFiles(modules: Modules): Modules {
  return modules.filter(({ source, dependents }) => dependents.length === 1 && linesOf(source) <= SMALL_LINES);
}

function renderSmall(modules: Modules): string {
  return smallFiles(modules)
    .map(({ source, dependents }) => `${source} (${linesOf(source)} lines), imported by ${dependents[0]}`)
    .join('\n');
}

function renderHouse(modules: Modules, house: House): string {
  const layers = buildHouse(modules, layerOf);
  return [
    renderPlaces('Layer', layers),
    renderPlaces('Room', house),
    summarize(modules, house, Math.max(...floorsOf(layers).values())),
  ].join('\n\n');
}

function renderPlaces(head: string, house: House): string {
  const floors = floorsOf(house);
  const rows = [...house]
    .sort(([a], [b]) => (floors.get(b) ?? 0) - (floors.get(a) ?? 0) || a.localeCompare(b))
    .map(([place, { files, lines, imports }]) => [
      String(floors.get(place)),
      place,
      String(files),
      String(lines),
      [...imports].sort().join(' '),
    ]);
  const columns = [right('Floor'), left(head), right('Files'), right('Lines'), left('Imports')];
  return renderTable(columns, rows);
}

function summarize(modules: Modules, house: House, layerFloors: number): string {
  const rooms = [...house.values()];
  return [
    `${rooms.reduce((sum, { files }) => sum + files, 0)} files, ${rooms.reduce((sum, { lines }) => sum + lines, 0)} lines`,
    `${rooms.length} rooms on ${Math.max(...floorsOf(house).values())} floors, ${rooms.reduce((sum, { imports }) => sum + imports.size, 0)} arrows; layers on ${layerFloors} floors`,
    `${roomsInCycles(house).length} rooms in a cycle`,
    `${smallFiles(modules).length} files of at most ${SMALL_LINES} lines have a single importer`,
  ].join('\n');
}

/** The layers as a Mermaid chart; an arrow that follows from two others is left out. */
function drawLayers(modules: Modules): string {
  const house = buildHouse(modules, layerOf);
  const arrows = [...house].flatMap(([place, { imports }]) => {
    const direct = [...imports];
    const indirect = new Set(direct.flatMap((other) => [...reachFrom(house, other)]));
    return direct.filter((other) => !indirect.has(other)).map((other) => `  ${place} --> ${other}`);
  });
  return ['```mermaid', 'flowchart TD', ...arrows.sort(), '```'].join('\n');
}
