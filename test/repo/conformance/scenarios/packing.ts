/**
 * pack(), unpack(), calcsize().
 *
 * @module
 */
import type { Scenario } from "../scenario.ts";

const call = (name: string, formats: string[]) =>
  formats.map((format) => `${name}('${format}')`).join("\n");

export const packing: Scenario[] = [
  {
    name: "Sizes in network byte order have no gaps",
    tells: ["numbers are not aligned"],
    steps: call("calcsize", [
      "!",
      "!B",
      "!H",
      "!I",
      "!L",
      "!Q",
      "!BH",
      "!BHI",
      "!BQ",
      "!3s",
      "!2H3x",
      "!?",
      "!c",
      "!f",
      "!d",
      "<BHI",
      ">BHI",
      "=BHI",
      "=l",
      "=q",
      "BHI",
      "0s",
      "!10p",
    ]),
  },
  {
    name: "Sizes of C have gaps, before a number and not behind it",
    tells: ["numbers are not aligned"],
    steps: call("calcsize", [
      "BH",
      "BI",
      "BQ",
      "HI",
      "IB",
      "IBI",
      "QB",
      "QBQ",
      "@BH",
      "@BL",
      "@l",
      "@n",
      "@N",
      "@P",
      "@q",
      "b3sh",
      "bx",
      "bd",
      "bf",
      "ic",
      "c0i",
      "ii0l",
      "BHIQ",
      "?i",
      "3xi",
      "B 2H",
      "ll",
    ]),
  },
  {
    name: "Formats that are none",
    tells: ["numbers are not aligned"],
    steps: `${
      call("calcsize", [
        "z",
        "!z",
        "!n",
        "!N",
        "!P",
        "<n",
        "5",
        "!5",
        "H!",
        "!!H",
        "1 H",
        "-1H",
        "!H,B",
        "BH",
      ])
    }
      calcsize(1)
    `,
  },
  {
    name: "Whole numbers become bytes",
    tells: ["numbers are the other way round"],
    steps: `
      pack('!BH', 1, 65535)
      pack('!I', 2130706433)
      pack('>h', -2)
      pack('<h', -2)
      pack('<I', 1)
      pack('=I', 1)
      pack('I', 1)
      pack('!b', -128)
      pack('!q', -1)
      pack('!Q', whole('18446744073709551615'))
      pack('<q', whole('-9223372036854775808'))
      pack('!2H', 1, 2)
      pack('!L', 4294967295)
      pack('@L', 1)
      pack('!0H')
      pack('')
    `,
  },
  {
    name: "Bytes become whole numbers",
    tells: ["all is unsigned", "numbers are the other way round"],
    steps: `
      unpack('!BH', hexed('01ffff'))
      unpack('!bh', hexed('80fffe'))
      unpack('<i', hexed('feffffff'))
      unpack('!I', hexed('fffffffe'))
      unpack('!q', hexed('ffffffffffffffff'))
      unpack('!Q', hexed('ffffffffffffffff'))
      unpack('<Q', hexed('0100000000000000'))
      unpack('@l', hexed('ffffffffffffffff'))
      unpack('!3B', hexed('010203'))
      unpack('!', hexed(''))
    `,
  },
  {
    name: "Bytes with gaps, there and back",
    tells: ["numbers are not aligned"],
    steps: `
      pack('BH', 1, 2)
      pack('BI', 1, 2)
      pack('bxh', 1, 2)
      pack('cQ', text('a'), 2)
      unpack('BH', hexed('01000200'))
      unpack('BI', hexed('0100000002000000'))
      pack('ci0l', text('a'), 7)
      pack('!xBx', 7)
      unpack('!xBx', hexed('000700'))
    `,
  },
  {
    name: "A number that does not fit",
    tells: ["any number fits"],
    steps: `
      pack('!B', 256)
      pack('!B', -1)
      pack('!b', 128)
      pack('!b', -129)
      pack('!H', 65536)
      pack('!H', -1)
      pack('!h', 32768)
      pack('!I', 4294967296)
      pack('!i', -2147483649)
      pack('!Q', whole('18446744073709551616'))
      pack('!Q', -1)
      pack('!q', whole('9223372036854775808'))
      pack('H', 65536)
      pack('!f', 1e300)
    `,
    differs: {
      "pack('!f', 1e300)": {
        cpython: "OverflowError",
        ours: "StructError",
        because: "A value that is too large for its field is one error: pack() says so",
      },
    },
  },
  {
    name: "Values that are not what the format says",
    tells: ["any number fits"],
    steps: `
      pack('!B', 'a')
      pack('!B', 1.5)
      pack('!B')
      pack('!B', 1, 2)
      pack('!B', null)
      pack('!c', text('ab'))
      pack('!c', 1)
      pack('!3s', 'abc')
      pack('!f', 'a')
      pack('!B', 256)
    `,
  },
  {
    name: "Bytes that are not as many as the format says",
    tells: ["any length will do"],
    steps: `
      unpack('!H', hexed('01'))
      unpack('!H', hexed('010203'))
      unpack('!', hexed('01'))
      unpack('!H', 'ab')
      unpack('BH', hexed('010203'))
    `,
  },
  {
    name: "Text of a fixed length, and with its length before it",
    tells: ["text loses its last byte"],
    steps: `
      pack('!5s', text('hello'))
      pack('!5s', text('hi'))
      pack('!3s', text('hello'))
      pack('!s', text('a'))
      pack('!0s', text('a'))
      unpack('!5s', text('hello'))
      unpack('!5s', hexed('6869000000'))
      pack('!5p', text('hello'))
      pack('!5p', text('hi'))
      unpack('!5p', hexed('0268690000'))
      unpack('!3p', hexed('096869'))
      unpack('!c', text('a'))
      unpack('!2c', text('ab'))
      pack('!4s', text('name'))
    `,
  },
  {
    name: "Truth values and floating-point numbers",
    tells: ["numbers are the other way round"],
    steps: `
      pack('!?', true)
      pack('!?', false)
      pack('!?', 2)
      unpack('!3?', hexed('000102'))
      pack('!f', 1.5)
      pack('<d', 0.1)
      pack('!d', -2)
      unpack('!f', hexed('3fc00000'))
      unpack('<d', hexed('9a9999999999b93f'))
      unpack('!d', hexed('7ff0000000000000'))
      unpack('!f', hexed('3dcccccd'))
    `,
  },
  {
    name: "Numbers of sizes and pointers",
    tells: ["all is unsigned"],
    steps: `
      pack('n', -1)
      pack('N', 1)
      pack('P', 1)
      unpack('n', hexed('ffffffffffffffff'))
      unpack('N', hexed('ffffffffffffffff'))
      unpack('P', hexed('ffffffffffffffff'))
      pack('N', -1)
    `,
  },
];
