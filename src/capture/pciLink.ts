import type { PciLink } from '../model/snapshot.ts';

/** `8.0 GT/s PCIe`; kernels before 5.8 print `8 GT/s`; a bridge that does not say prints `Unknown`. */
function transfers(text: string | null): number | null {
  const number = /^(\d+(?:\.\d+)?) GT\/s/.exec(text ?? '')?.[1];
  return number === undefined ? null : Number(number);
}

/** 0 and 255 stand for no link: a device inside the chipset, or one of a virtual machine. */
function lanes(text: string | null): number | null {
  const number = Number(text ?? Number.NaN);
  return Number.isInteger(number) && number > 0 && number < 255 ? number : null;
}

/** The PCI Express link of a NIC, from the files of its device; null where it has none. */
export function readPciLink(text: (file: string) => string | null): PciLink | null {
  const [speed, maxSpeed] = ['current', 'max'].map((which) => transfers(text(`device/${which}_link_speed`)));
  const [width, maxWidth] = ['current', 'max'].map((which) => lanes(text(`device/${which}_link_width`)));
  if (!speed || !width) return null;
  return { speed, width, maxSpeed: maxSpeed ?? null, maxWidth: maxWidth ?? null };
}
