// A form as HTML has it, filled from the answer in its order and sent by the browser itself.
main(async () => {
  const policy = await ask("/post-policy", {
    bucket: world.bucket,
    keyPrefix: "users/alice/forms/",
    contentLengthRange: [1, 1000],
    contentTypes: ["text/plain"],
    successActionStatus: 201,
  });
  const frame = document.createElement("iframe");
  frame.name = "answer";
  document.body.append(frame);

  const form = document.createElement("form");
  form.method = "post";
  form.action = policy.url;
  form.enctype = "multipart/form-data";
  form.target = frame.name;
  for (const [name, value] of Object.entries(policy.fields)) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  const file = document.createElement("input");
  file.type = "file";
  file.name = "file";
  const chosen = new DataTransfer();
  chosen.items.add(new File(["a file of the page's own: é"], "from a browser ü.txt", {type: "text/plain"}));
  file.files = chosen.files;
  form.append(file);
  document.body.append(form);

  const answered = new Promise((resolve) => frame.addEventListener("load", resolve));
  form.submit();
  await answered;
  return "uploaded";
});
