// The line to the simulator: changes come in by Server-Sent Events, and the line is taken up again when it breaks.

const RETRY_MILLISECONDS = 1000;

/** Give each change to `told`, and say by `linked(true or false)` whether the line stands. */
export function connect(told, linked) {
  const source = new EventSource("/page/live");
  source.addEventListener("message", (event) => told(JSON.parse(event.data)));
  source.addEventListener("open", () => linked(true));
  source.addEventListener("error", () => {
    linked(false);
    source.close();
    setTimeout(() => connect(told, linked), RETRY_MILLISECONDS);
  });
}
