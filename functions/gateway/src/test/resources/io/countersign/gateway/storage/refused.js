main(async () => {
  const foreign = await ask("/presign", {bucket: world.bucket, key: "users/bob/a.txt"});
  const nobody = await ask("/post-policy", {bucket: world.bucket, keyPrefix: "users/alice/"}, {});
  return foreign.status + " " + foreign.code + ", " + nobody.status + " " + nobody.code;
});
