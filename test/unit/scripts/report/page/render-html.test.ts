import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { element, link } from '#report/page/element.ts';
import { renderHtml, renderJson } from '#report/page/render-html.ts';

describe('renderHtml', () => {
  it('writes an element with what is in it, and nothing for null', () => {
    const list = element('ul', { class: 'list' }, element('li', {}, 'one'), null, 'two');
    expect(renderHtml(list)).toBe('<ul class="list"><li>one</li>two</ul>');
  });

  it('writes true as an attribute without a value, and leaves out false and null', () => {
    const input = element('input', { type: 'radio', checked: true, disabled: false, name: null, max: 0 });
    expect(renderHtml(input)).toBe('<input type="radio" checked max="0">');
  });

  it('escapes texts and values, so that neither can become markup', () => {
    const hostile = `"><img src=x onerror='alert(1)'>&`;
    expect(renderHtml(element('p', { title: hostile }, hostile))).toBe(
      '<p title="&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;">&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;</p>',
    );
  });
});

describe('renderJson', () => {
  it('keeps any text inside its script element, and reads back as it was', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('<', '>', '&', '/', '!', '-', 'script', '\u2028', '\u2029', 'a'),
    });
    fc.assert(
      fc.property(hostile, (text) => {
        const json = renderJson({ [text]: text });
        expect(json).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(json)).toEqual({ [text]: text });
      }),
    );
  });
});

describe('link', () => {
  it('links to the web', () => {
    expect(renderHtml(link('https://example.com/?a=1&b', 'a price'))).toBe(
      '<a href="https://example.com/?a=1&amp;b" rel="noreferrer">a price</a>',
    );
  });

  it.each(['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'lambda pricing'])(
    'leaves %j a text, which is no address of the web',
    (source) => {
      expect(link(source)).toBe(source);
    },
  );
});
