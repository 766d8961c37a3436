/**
 * What the page was written with, from its script element of this id.
 *
 * @throws Error where there is none: the page was cut
 */
export function readEmbedded<Data>(id: string): Data {
  const text = document.getElementById(id)?.textContent;
  if (text === null || text === undefined) throw new Error(`This page has no data '${id}': it was cut; write it again`);
  return JSON.parse(text) as Data;
}
