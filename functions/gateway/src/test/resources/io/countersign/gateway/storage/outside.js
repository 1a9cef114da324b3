// Whatever a page changes in its form, the storage refuses in words that the page may read.
main(async () => {
  const wanted = {bucket: world.bucket, keyPrefix: "users/alice/outside/", contentLengthRange: [1, 10], contentTypes: ["text/plain"]};
  const codes = [];
  for (const change of [
    (form) => form.set("key", "users/bob/outside.txt"),
    (form) => form.set("content-type", "text/html"),
    (form) => form.set("x-oss-content-type", "text/html"),
    (form) => form.set("file", new File(["eleven byte"], "outside.txt")),
    (form) => form.set("x-oss-signature", "0".repeat(64)),
  ]) {
    const policy = await ask("/post-policy", wanted);
    const form = filled(policy, new File(["ten bytes."], "outside.txt"));
    change(form);
    const answer = await fetch(policy.url, {method: "POST", body: form});
    codes.push((await answer.text()).match(/<Code>(.*)<\/Code>/)[1]);
  }
  return codes.join(" ");
});
