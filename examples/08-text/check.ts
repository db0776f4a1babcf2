/**
 * What JSON.parse() lets through, and a check that does not.
 *
 * Lesson 8.
 *
 *     node examples/08-text/check.ts
 *     deno run examples/08-text/check.ts
 *
 * @module
 */

/** An order, as a program wants to see it. */
interface Order {
  item: string;
  count: number;
}

const prices: Record<string, number> = { tea: 2.5, coffee: 3.2 };

// #region trusts
function total(line: string): number {
  const { item, count } = JSON.parse(line) as Order;
  return prices[item]! * count;
}
// #endregion

// #region checks
function checkedTotal(line: string): number {
  const order: unknown = JSON.parse(line);
  if (typeof order !== "object" || order === null) throw new TypeError("An order is an object");
  const { item, count } = order as Record<string, unknown>;
  if (typeof item !== "string" || !Object.hasOwn(prices, item)) throw new TypeError("No such item");
  if (!Number.isInteger(count) || (count as number) < 1 || (count as number) > 100) {
    throw new RangeError("A count is a whole number from 1 to 100");
  }
  return prices[item]! * (count as number);
}
// #endregion

for (
  const line of [
    '{"item":"tea","count":2}',
    '{"item":"tea","count":-2}',
    '{"item":"tea","count":"2"}',
    '{"item":"tea","count":1e400}',
    '{"item":"toString","count":1}',
    "null",
    "tea",
  ]
) {
  console.log(line);
  for (const [name, call] of Object.entries({ trusts: total, checks: checkedTotal })) {
    let answer: string;
    try {
      const value = call(line);
      answer = `${value}, in JSON ${JSON.stringify(value)}`;
    } catch (error) {
      answer = (error as Error).name;
    }
    console.log(`  ${name}: ${answer}`);
  }
}
