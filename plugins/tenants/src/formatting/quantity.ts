// SPDX-License-Identifier: Apache-2.0
import type { QuotaLine } from '@tenantry/backstage-plugin-tenants-common';

/** Kinds of amounts on the wire: cores, bytes, or a plain count. */
export type Unit = QuotaLine['unit'];

const MIB_EXPONENT = 2;
const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** A number with at most one decimal and thousands apart. */
export function formatNumber(n: number): string {
  return numbers.format(n);
}

function bytesExponent(n: number): number {
  if (n <= 0) return 0;
  const exponent = Math.floor(Math.log2(n) / 10);
  return Math.min(BYTES.length - 1, Math.max(0, exponent));
}

/** An amount with its unit: `11.2 cores`, `40 m`, `23 GiB`, `60`. */
export function formatAmount(n: number, unit: Unit): string {
  if (unit === 'bytes') {
    const exponent = bytesExponent(n);
    return `${formatNumber(n / 1024 ** exponent)} ${BYTES[exponent]}`;
  }
  if (unit === 'count') return formatNumber(n);
  return isTiny(n) ? formatCores(n) : `${formatCores(n)} cores`;
}

/** Bytes where there is little room, in MiB at the least: no decimals from a hundred on, `1.4 GiB`, `292 MiB`, `0 MiB`. */
export function formatBytes(n: number): string {
  const exponent = Math.max(MIB_EXPONENT, bytesExponent(n));
  const scaled = n / 1024 ** exponent;
  const brief = scaled < 100 ? scaled : Math.round(scaled);
  return `${formatNumber(brief)} ${BYTES[exponent]}`;
}

function isTiny(cores: number): boolean {
  return cores > 0 && cores < 0.1;
}

/** Cores where the unit stands in the head of a column: `11.2`, under a tenth `40 m`. */
export function formatCores(n: number): string {
  if (!isTiny(n)) return formatNumber(n);
  const millis = n * 1000;
  return `${formatNumber(millis < 10 ? millis : Math.round(millis))} m`;
}

/** `used` and `hard` in one unit, the unit written once: `11.2 of 16 cores`. */
export function formatUsedOf(used: number, hard: number, unit: Unit): string {
  if (unit === 'bytes') {
    const exponent = bytesExponent(hard);
    const scale = 1024 ** exponent;
    return `${formatNumber(used / scale)} of ${formatAmount(hard, unit)}`;
  }
  return `${formatNumber(used)} of ${formatAmount(hard, unit)}`;
}
