// Content-Type text/plain;charset=UTF-8 is what fetch would add to a string by itself: the answer's headers say what was signed.
main(async () => {
  const key = "users/alice/put by a page.txt";
  const put = await ask("/presign", {method: "PUT", bucket: world.bucket, key, contentType: "text/plain", headers: {"x-oss-meta-app": "page"}});
  const sent = await fetch(put.url, {method: put.method, headers: put.headers, body: "put by a page"});
  const get = await ask("/presign", {bucket: world.bucket, key});
  const read = await fetch(get.url);
  return "put " + sent.status + ", read back: " + (await read.text());
});
