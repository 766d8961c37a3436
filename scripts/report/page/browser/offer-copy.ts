/** A button that copies another element's text, or selects it where copying is not allowed. */
export function offerCopy(buttonId: string, textId: string, answerId: string): void {
  const button = document.getElementById(buttonId);
  const source = document.getElementById(textId);
  const answer = document.getElementById(answerId);
  if (button === null || source === null || answer === null) return;
  button.addEventListener('click', () => {
    const copied = async (): Promise<string> => {
      await navigator.clipboard.writeText(source.textContent ?? '');
      return 'Copied.';
    };
    const selected = (): string => {
      getSelection()?.selectAllChildren(source);
      return 'Selected: copy it with your keyboard.';
    };
    copied()
      .catch(selected)
      .then((text) => {
        answer.textContent = text;
      });
  });
}
