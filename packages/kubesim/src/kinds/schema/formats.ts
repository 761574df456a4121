// SPDX-License-Identifier: Apache-2.0
import { isIP, isIPv4, isIPv6 } from 'node:net';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME =
  /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[-+]\d{2}:?\d{2})$/;
const DURATION = /^-?(\d+(\.\d+)?(ns|us|µs|ms|s|m|h|d|w))+$/;
const UUID =
  /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const HOSTNAME =
  /^[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*\.?$/;
const EMAIL = /^[^@\s]+@[^@\s]+$/;
const BASE64 =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

type Check = (text: string) => boolean;

function cidr(text: string): boolean {
  const [address, bits, ...more] = text.split('/');
  const family = isIP(address);
  return (
    family !== 0 &&
    more.length === 0 &&
    /^\d{1,3}$/.test(bits ?? '') &&
    Number(bits) <= (family === 4 ? 32 : 128)
  );
}

/** What a text of a named format has to look like. Formats not named here are not checked, as in the real server. */
const FORMATS: Readonly<Record<string, Check>> = {
  date: text => DATE.test(text) && !Number.isNaN(Date.parse(text)),
  'date-time': text => DATE_TIME.test(text) && !Number.isNaN(Date.parse(text)),
  datetime: text => DATE_TIME.test(text) && !Number.isNaN(Date.parse(text)),
  duration: text => DURATION.test(text),
  uuid: text => UUID.test(text),
  uuid4: text => UUID.test(text),
  ipv4: isIPv4,
  ipv6: isIPv6,
  cidr,
  hostname: text => text.length <= 255 && HOSTNAME.test(text),
  email: text => EMAIL.test(text),
  uri: text => URL.canParse(text),
  byte: text => BASE64.test(text),
  mac: text => /^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(text),
};

/** Whether a text has the form its schema names. */
export function hasFormat(format: string, text: string): boolean {
  return !Object.hasOwn(FORMATS, format) || FORMATS[format](text);
}
