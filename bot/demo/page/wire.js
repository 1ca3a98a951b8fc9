// The ways to the server and back: what people do goes out, what happens comes in.

/** Have somebody do something. Throws an Error that says why where it is refused. */
export async function act(what) {
  const response = await fetch("/act", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(what),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.refused);
  return answer;
}

/** Follow what happens: `on` holds a function for each kind of event, `connection` is told true or false. */
export function follow(on, connection) {
  const source = new EventSource("/events");
  source.addEventListener("open", () => connection(true));
  source.addEventListener("error", () => connection(false));
  for (const [kind, told] of Object.entries(on)) {
    source.addEventListener(kind, (event) => told(JSON.parse(event.data)));
  }
}

/** The bot's answers to queries, which may come before or after somebody asks for them. */
export class Answers {
  constructor(patience) {
    this.patience = patience;
    this.come = new Map();
    this.waiting = new Map();
  }

  take(content) {
    this.come.set(content.query, content);
    this.waiting.get(content.query)?.(content);
  }

  /** The answer to a query, null where none comes within some seconds. */
  async to(query) {
    if (this.come.has(query)) return this.come.get(query);
    const answer = await new Promise((resolve) => {
      this.waiting.set(query, resolve);
      setTimeout(() => resolve(null), this.patience * 1000);
    });
    this.waiting.delete(query);
    return answer;
  }
}
