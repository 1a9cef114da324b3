package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.Headers;
import io.countersign.presign.OperatorPresigner;
import io.countersign.presign.PresignedUrl;
import io.countersign.registry.Bucket;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code presign}: presigns one URL for an operator.
 *
 * @param expiresIn seconds; if empty, the default of the settings
 * @param sourceIp an address or a block; if empty, the URL may be used from anywhere
 * @param once whether the URL is good for one request
 * @param signer a user of the bucket's account; if this and {@code accessKey} are empty, the signer of the bucket
 */
record PresignCommand(
        RegistryOptions.DataPlace data,
        RequestLine request,
        OptionalInt expiresIn,
        Optional<String> sourceIp,
        boolean once,
        Optional<String> signer,
        Optional<String> accessKey,
        boolean json)
        implements Invocation.Operation {
    private static final String ONCE = "--once";

    static final class Options implements CommandTree.Options {
        private final RegistryOptions.Reading registry;
        private final Argument<String> bucket;
        private final Argument<String> key;
        private final RequestLine.Options request;
        private final Argument<Optional<String>> version;
        private final Argument<OptionalInt> expiresIn;
        private final Argument<Optional<String>> sourceIp;
        private final Argument<Boolean> once;
        private final Key signing;

        Options(CommandDeclaration command) {
            command.describe(
                    "Presign one URL with an access key of the registry. The limits of POST /presign apply; policies are not"
                            + " evaluated.",
                    "",
                    "Examples:",
                    "  countersign presign --bucket examplebucket --key public/readme.txt --expires-in 600 --data data",
                    "  countersign presign --bucket examplebucket --key a.jpg --method PUT --data data");
            registry = new RegistryOptions.Reading(command);
            bucket = command.required("--bucket", "NAME", "The bucket.");
            key = command.required("--key", "KEY", "The object key, not URL-encoded.");
            request = new RequestLine.Options(command);
            version = command.optional(RequestLine.VERSION, "VERSION", "V4 or V1. Default: V4.");
            expiresIn = command.number(
                    "--expires-in",
                    "SECONDS",
                    "The lifetime of the URL, from 1 to countersign.presign.max-expires-in. Default:"
                            + " countersign.presign.default-expires-in.");
            sourceIp = command.optional(
                    "--source-ip", "CIDR", "The address or the block that the URL may be used from. Default: any.");
            once = command.flagWithValue(
                    ONCE, "Make a V4 URL that is good for one request, where Countersign decides on it.");
            signing = command.atMostOne(Key::new);
        }

        /** At most one of the two. */
        static final class Key {
            private final Argument<Optional<String>> signer;
            private final Argument<Optional<String>> accessKey;

            Key(Arguments group) {
                signer = group.optional(
                        "--signer",
                        "USER",
                        "Sign as this user of the bucket's account. Default: the signer of the bucket.");
                accessKey = group.optional("--access-key", "ID", "Sign with this access key.");
            }
        }

        @Override
        public PresignCommand read() throws CommandFailure.Misuse {
            return new PresignCommand(
                    registry.place(),
                    request.read(
                            Optional.of(bucket.value()),
                            Optional.of(key.value()),
                            version.value().orElse(RequestLine.DEFAULT_VERSION)),
                    expiresIn.value(),
                    sourceIp.value(),
                    once.value(),
                    signing.signer.value(),
                    signing.accessKey.value(),
                    registry.json());
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable {
        Settings settings = QuickCommands.Tools.settings();
        try (OpenedData opened = tools.existing(data, settings)) {
            ChosenKeys keys = ChosenKeys.in(opened, settings, tools.now());
            String name = request.bucket().orElse("");
            Bucket bucket = keys.bucket(name)
                    .orElseThrow(() -> new CommandFailure(
                            "NoSuchBucket",
                            "The registry does not hold the bucket " + Echo.of(name) + "; correct its name."));
            AccessKey key = accessKey.isPresent()
                    ? keys.byId(accessKey.get())
                    : keys.of(signer.map(bucket::signedBy).orElse(bucket));
            PresignedUrl url = new OperatorPresigner(keys.registry(), settings.presign(), tools.random())
                    .presign(Members.of(Values.parse(wanted())), bucket, key, tools.now());
            print(url, key, tools);
        } catch (SigningRefusal e) {
            throw new CommandFailure(e.code().text(), request.echoed(e.text()), e);
        } catch (InvalidDocumentException e) {
            throw new CommandFailure("InvalidRequest", option(e.location().toString()) + ": " + e.problem() + ".", e);
        }
    }

    /** The option that gave the member of the body. Headers and parameters keep the place in the body, which has their name. */
    private static String option(String member) {
        return switch (member) {
            case "method", "bucket", "key" -> "--" + member;
            case "version" -> RequestLine.VERSION;
            case "expiresIn" -> "--expires-in";
            case "sourceIp" -> "--source-ip";
            case "once" -> ONCE;
            default -> member;
        };
    }

    /** The body of a request to the endpoint. */
    private String wanted() {
        return JsonText.object(json -> {
            json.put("method", request.method())
                    .put("bucket", request.bucket())
                    .put("key", request.key())
                    .put("version", request.version());
            expiresIn.ifPresent(seconds -> json.put("expiresIn", seconds));
            sourceIp.ifPresent(address -> json.put("sourceIp", address));
            if (once) {
                json.put("once", true);
            }
            json.object(
                    "headers",
                    headers -> request.headers().forEach(header -> headers.put(header.name(), header.value())));
            json.object("query", query -> request.query().forEach(one -> query.put(one.name(), one.value())));
        });
    }

    private void print(PresignedUrl url, AccessKey key, QuickCommands.Tools tools) {
        if (json) {
            tools.out().println(JsonText.object(members -> {
                url.write(members);
                members.put("accessKeyId", key.id());
            }));
            return;
        }
        tools.out().println(url.url());
        for (Headers.HeaderField header : url.headers().fields()) {
            tools.out().println("send: " + header.name() + ": " + header.value());
        }
        tools.out().println("method: " + url.method() + ", signed by " + key.id() + ", until " + url.expiration());
    }
}
