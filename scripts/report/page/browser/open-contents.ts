/** Opens the contents where they stand beside the text; where they stand above it they would push the verdict off the screen. */
export function openContents(): void {
  const contents = document.querySelector('nav details');
  const wide = matchMedia('(min-width: 78rem)');
  const follow = (): void => {
    contents?.toggleAttribute('open', wide.matches);
  };
  wide.addEventListener('change', follow);
  follow();
}
