// What of a page is hard to read.

/** Text of a page whose contrast with its ground is under 4.5. */
export function faint(page) {
  return page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
    const paint = canvas.getContext("2d", { willReadFrequently: true });
    const channels = (color) => {
      paint.clearRect(0, 0, 1, 1);
      paint.fillStyle = color;
      paint.fillRect(0, 0, 1, 1);
      return [...paint.getImageData(0, 0, 1, 1).data];
    };
    const light = (color) => {
      const [red, green, blue] = channels(color).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const ground = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const color = getComputedStyle(at).backgroundColor;
        if (channels(color)[3] === 255) return color;
      }
      return "white";
    };
    const found = new Set();
    for (const element of document.querySelectorAll("body *:not(script, svg, svg *)")) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) || element.matches(".tag");
      if (!own || !element.getClientRects().length) continue;
      const [one, other] = [light(getComputedStyle(element).color), light(ground(element))];
      const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      if (contrast < 4.5) found.add(`${element.tagName}.${element.className} ${contrast.toFixed(2)}`);
    }
    return [...found];
  });
}
