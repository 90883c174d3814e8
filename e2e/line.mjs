// The line between a phone and the office, as a test wants it: cut, slow, or with the next version of the worker at its end.
import http from "node:http";

export async function line(base) {
  const state = { isDown: false, isNew: false, posts: [], held: null };
  const server = http.createServer(async (request, response) => {
    if (state.isDown) return request.socket.destroy();
    if (request.method === "POST") {
      state.posts.push(request.url);
      await state.held;
    }
    const worker = state.isNew && request.url === "/sw.js";
    const headers = worker ? { ...request.headers, "accept-encoding": "identity" } : request.headers;
    const asked = http.request(base + request.url, { method: request.method, headers }, (answer) => {
      if (worker) delete answer.headers["content-length"];
      response.writeHead(answer.statusCode, answer.headers);
      if (!worker) return answer.pipe(response);
      answer.on("data", (part) => response.write(part));
      answer.on("end", () => response.end("\nconst next = true;\n"));
    });
    asked.on("error", () => request.socket.destroy());
    request.pipe(asked);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    /** What was sent to an address that contains these words. */
    posts: (words) => state.posts.filter((url) => url.includes(words)).length,
    cut() { state.isDown = true; server.closeAllConnections(); },
    mend() { state.isDown = false; },
    /** Answers to what is sent wait until the function is called. */
    hold() {
      let free;
      state.held = new Promise((done) => { free = done; });
      return () => { state.held = null; free(); };
    },
    update() { state.isNew = true; },
    close() { server.closeAllConnections(); server.close(); },
  };
}
